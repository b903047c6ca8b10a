"""Addresses of outcomes."""

from django.urls import path

from mianduimian.outcomes import views

app_name = "outcomes"
urlpatterns = [
    path("problems", views.problems, name="problems"),
    path("problems/<int:pk>", views.problem, name="problem"),
    path("problems/<int:pk>/in-force", views.in_force, name="in_force"),
    path("<str:code>", views.round, name="round"),
    path("<str:code>/count", views.count, name="count"),
    path("<str:code>/register", views.register, name="register"),
]
