"""Addresses of the room ledger: one for each move of the table that has a page here."""

from django.urls import path

from mianduimian.ledger.forms import FORMS
from mianduimian.ledger.views import files, inline, pages, parked, returning, steps

app_name = "ledger"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("open/", pages.opening, name="open"),
    path("open/assign/", pages.assigning, name="assign_many"),
    path("moves/", pages.moves, name="moves"),
    path("parked/", parked.pool, name="parked"),
    path("<int:pk>/fill-in/", inline.fill_in, name="fill_in"),
    path("returns/", returning.returns, name="returns"),
    path("returns/<int:pk>/", returning.returned, name="returned"),
    path("returns/<int:pk>/write/", returning.write_back, name="write_back"),
    path("<int:pk>/", pages.matter, name="matter"),
    path("evidence/<int:pk>/", files.evidence, name="file"),
    path("assignment/<int:pk>/", files.assignment, name="assignment_paper"),
    path("reply/<int:pk>/", files.reply, name="reply_paper"),
    *(path(f"<int:pk>/{verb}/", steps.step(verb), name=verb) for verb in FORMS),
]
