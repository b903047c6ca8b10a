"""Addresses of the room supervision."""

from django.urls import path

from mianduimian.supervision.views import circulars, notices, pages, previews, reports, steps

app_name = "supervision"
urlpatterns = [
    path("", pages.home, name="home"),
    path("remind/", pages.remind, name="remind"),
    path("lasting/", pages.lasting, name="lasting"),
    path("preview/", previews.preview, name="preview"),
    path("<int:pk>/", pages.matter, name="matter"),
    *(path(f"<int:pk>/{verb}/", steps.step(verb), name=verb) for verb in steps.STEPS),
    path("drafts/<int:pk>/", notices.draft, name="draft"),
    path("drafts/<int:pk>/drop/", notices.drop, name="drop"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/paper/", circulars.notice_paper, name="notice_paper"),
    path("reminders/<int:pk>/paper/", circulars.reminder_paper, name="reminder_paper"),
    path("instructions/<int:pk>/", reports.instruction, name="instruction"),
    path("inspections/<int:pk>/", reports.inspection, name="inspection"),
    path("inspections/<int:pk>/photograph/", reports.photograph, name="photograph"),
    path("photos/<int:pk>/", reports.photo, name="photo"),
    path("accounts/<int:pk>/", reports.sanction, name="sanction"),
    path("press/", reports.items, name="items"),
    path("press/<int:pk>/after/", reports.follow_up, name="follow_up"),
    path("circulars/", circulars.circulars, name="circulars"),
    path("circulars/new/", circulars.circulate, name="circulate"),
    path("circulars/<int:pk>/", circulars.circular, name="circular"),
    path("circulars/<int:pk>/paper/", circulars.circular_paper, name="circular_paper"),
]
