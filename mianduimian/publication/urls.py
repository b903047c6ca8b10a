"""Addresses of the room publication."""

from django.urls import URLPattern

app_name = "publication"
urlpatterns: list[URLPattern] = []
