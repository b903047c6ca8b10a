"""Addresses of publication: what everybody may read, and the office's page about it."""

from django.urls import path

from mianduimian.publication.views import afterwords, desk, messages, receipts, rounds, speaking, wishes

app_name = "publication"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("receipt", receipts.find, name="find"),
    path("receipt/<str:code>", receipts.receipt, name="receipt"),
    path("receipt/<str:code>/more", receipts.more, name="more"),
    path("receipt/<str:code>/not-mine/<int:part>", receipts.not_mine, name="not_mine"),
    path("receipt/<str:code>/unsolved/<int:part>", receipts.unsolved, name="unsolved"),
    path("next", wishes.wishes, name="wishes"),
    path("next/<int:pk>/back", wishes.back, name="back"),
    path("<str:code>", rounds.round, name="round"),
    path("<str:code>/matters", rounds.matters, name="matters"),
    path("<str:code>/speak", speaking.speak, name="speak"),
    path("<str:code>/whistle", speaking.whistle, name="whistle"),
    path("<str:code>/alike", speaking.alike, name="alike"),
    path("<str:code>/later", afterwords.later, name="later"),
    path("later/<int:pk>/answer", afterwords.answer, name="answer"),
    path("<str:code>/manage", desk.manage, name="manage"),
    path("<str:code>/release", desk.release, name="release"),
    path("<str:code>/withdraw", desk.withdraw, name="withdraw"),
    path("<str:code>/retry", desk.retry, name="retry"),
    path("<str:code>/texts", messages.texts, name="texts"),
    path("<str:code>/letters", messages.letters, name="letters"),
    path("<str:code>/letters/<int:pk>/sheet", messages.letter_sheet, name="letter_sheet"),
    path("<str:code>/letters/<int:pk>/posted", messages.post_letters, name="post_letters"),
    path("<str:code>/messages/<int:pk>", messages.settle, name="settle"),
]
