"""Addresses of the room archive."""

from django.urls import path

from mianduimian.archive import views

app_name = "archive"
urlpatterns = [
    path("", views.register, name="register"),
    path("<int:pk>/file/", views.file, name="file"),
    path("wording/", views.wordings, name="wordings"),
    path("wording/<str:kind>/<str:key>/", views.phrase, name="phrase"),
]
