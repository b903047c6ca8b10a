"""Addresses of the room ledger: one for each move of the table that has a page here."""

from django.urls import path

from mianduimian.ledger.forms import FORMS
from mianduimian.ledger.views import files, pages, steps

app_name = "ledger"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("open/", pages.opening, name="open"),
    path("open/assign/", pages.assigning, name="assign_many"),
    path("moves/", pages.moves, name="moves"),
    path("<int:pk>/", pages.matter, name="matter"),
    path("evidence/<int:pk>/", files.evidence, name="file"),
    path("assignment/<int:pk>/", files.assignment, name="assignment_paper"),
    path("reply/<int:pk>/", files.reply, name="reply_paper"),
    *(path(f"<int:pk>/{verb}/", steps.step(verb), name=verb) for verb in FORMS),
]
