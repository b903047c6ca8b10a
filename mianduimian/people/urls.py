"""Addresses of people: persons, posts, units, permissions and the journal."""

from django.urls import path

from mianduimian.people import views

app_name = "people"
urlpatterns = [
    path("", views.persons, name="persons"),
    path("register", views.register, name="register"),
    path("<int:pk>", views.one, name="person"),
    path("<int:pk>/appoint", views.appoint, name="appoint"),
    path("posts/<int:pk>/relieve", views.relieve, name="relieve"),
    path("units", views.units, name="units"),
    path("rights", views.rights, name="rights"),
    path("journal", views.trace, name="trace"),
    path("journal/verify", views.verify, name="verify"),
]
