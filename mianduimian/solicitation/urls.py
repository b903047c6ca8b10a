"""Addresses of the room solicitation."""

from django.urls import URLPattern

app_name = "solicitation"
urlpatterns: list[URLPattern] = []
