"""Addresses of the desks: the front hall, the funnel, the ledger, the wall chart, the roll-up."""

from django.urls import path

from mianduimian.desks import views

app_name = "desks"
urlpatterns = [
    path("", views.home, name="home"),
    path("desk/ledger", views.ledger, name="ledger"),
    path("desk/ledger.xlsx", views.export, name="export"),
    path("desk/levels", views.rollup, name="rollup"),
    path("desk/submissions/<int:pk>", views.submission, name="submission"),
    path("desk/<str:code>", views.choose, name="round"),
    path("desk/<str:code>/funnel", views.funnel, name="funnel"),
    path("desk/<str:code>/appeals", views.appeals, name="appeals"),
    path("desk/<str:code>/submissions/<str:key>", views.bucket, name="bucket"),
    path("desk/<str:code>/briefing", views.briefing, name="briefing"),
    path("desk/<str:code>/wall", views.wall, name="wall"),
    path("desk/<str:code>/screen", views.screen, name="screen"),
]
