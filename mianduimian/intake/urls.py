"""Addresses of the room intake."""

from django.urls import path

from mianduimian.intake.views import batches, mentions, openings, submissions

app_name = "intake"
urlpatterns = [
    path("openings/", openings.openings, name="openings"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/progress/", batches.progress, name="progress"),
    path("batches/<int:pk>/start/", batches.start, name="start"),
    path("batches/<int:pk>/resume/", batches.resume, name="resume"),
    path("batches/<int:pk>/drop/", batches.drop, name="drop"),
    path("submissions/<int:pk>/", submissions.submission, name="submission"),
    path("submissions/<int:pk>/slip/", submissions.slip, name="slip"),
    path("photos/<int:pk>/", submissions.photo, name="photo"),
    path("submissions/<int:pk>/unmask/", submissions.unmask, name="unmask"),
    path("submissions/<int:pk>/erase/", submissions.erase, name="erase"),
    path("submissions/<int:pk>/mentions/", mentions.mentions, name="mentions"),
    path("mentions/<int:pk>/", mentions.mend, name="mend"),
    path("<str:code>/", submissions.round, name="round"),
    path("<str:code>/upload/", batches.upload, name="upload"),
    path("<str:code>/type/", submissions.typed, name="type"),
]
