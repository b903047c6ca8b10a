"""Addresses of the room supervision."""

from django.urls import path

from mianduimian.supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.home, name="home"),
    path("remind/", views.remind, name="remind"),
    path("<int:pk>/", views.matter, name="matter"),
    *(path(f"<int:pk>/{verb}/", views.step(verb), name=verb) for verb in views.STEPS),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/paper/", views.notice_paper, name="notice_paper"),
    path("reminders/<int:pk>/paper/", views.reminder_paper, name="reminder_paper"),
    path("instructions/<int:pk>/", views.instruction, name="instruction"),
    path("press/", views.items, name="items"),
    path("circulars/", views.circulars, name="circulars"),
    path("circulars/new/", views.circulate, name="circulate"),
    path("circulars/<int:pk>/", views.circular, name="circular"),
    path("circulars/<int:pk>/paper/", views.circular_paper, name="circular_paper"),
]
