"""Addresses of publication: what everybody may read, and the office's page about it."""

from django.urls import path

from mianduimian.publication import views

app_name = "publication"
urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("receipt", views.find, name="find"),
    path("receipt/<str:code>", views.receipt, name="receipt"),
    path("<str:code>", views.round, name="round"),
    path("<str:code>/matters", views.matters, name="matters"),
    path("<str:code>/speak", views.speak, name="speak"),
    path("<str:code>/manage", views.manage, name="manage"),
    path("<str:code>/release", views.release, name="release"),
    path("<str:code>/withdraw", views.withdraw, name="withdraw"),
    path("<str:code>/retry", views.retry, name="retry"),
]
