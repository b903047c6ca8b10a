"""Addresses of the room lookback."""

from django.urls import path

from mianduimian.lookback import views

app_name = "lookback"
urlpatterns = [
    path("", views.home, name="home"),
    path("plan/", views.plan_all, name="plan_all"),
    path("<int:pk>/", views.matter, name="matter"),
    path("<int:pk>/verify/", views.verify, name="verify"),
    path("<int:pk>/plan/", views.plan, name="plan"),
    path("<int:pk>/back/", views.send_back, name="send_back"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/paper/", views.paper, name="paper"),
    path("visits/<int:pk>/", views.visit, name="visit"),
    path("visits/<int:pk>/attempt/", views.attempt, name="attempt"),
    path("visits/<int:pk>/answer/", views.answer, name="answer"),
    path("visits/<int:pk>/identity/", views.identity, name="identity"),
]
