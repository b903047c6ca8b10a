"""Addresses of publication: what everybody may read, and the office's pages about it."""

from django.urls import path

from mianduimian.publication.views import alerts, desk, drafts, handing, pictures, receipts, rounds, speaking

app_name = "publication"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("receipt", receipts.find, name="find"),
    path("receipt/<str:code>", receipts.receipt, name="receipt"),
    path("picture/<int:pk>", rounds.picture, name="picture"),
    path("alerts", alerts.subscribe, name="subscribe"),
    path("alerts/asked", alerts.asked, name="asked"),
    path("alerts/confirm/<str:key>", alerts.confirm, name="confirm"),
    path("alerts/end/<str:key>", alerts.unsubscribe, name="unsubscribe"),
    path("feeds/<str:scope>/<str:key>/<str:form>", handing.news_feed, name="feed"),
    path("data", handing.data, name="data"),
    path("data/matters-1.0.schema.json", handing.schema, name="schema"),
    path("journal", handing.journal, name="journal"),
    path("journal/heads.<str:form>", handing.hashes, name="hashes"),
    path("<str:code>", rounds.round, name="round"),
    path("<str:code>/matters", rounds.matters, name="matters"),
    path("<str:code>/matters/<int:pk>", rounds.matter, name="matter"),
    path("<str:code>/matters.csv", handing.lines_csv, name="lines_csv"),
    path("<str:code>/matters.json", handing.lines_json, name="lines_json"),
    path("<str:code>/pictures", rounds.pictures, name="pictures"),
    path("<str:code>/press.zip", handing.press_kit, name="press_kit"),
    path("<str:code>/speak", speaking.speak, name="speak"),
    path("<str:code>/manage", desk.manage, name="manage"),
    path("<str:code>/propose", desk.propose, name="propose"),
    path("<str:code>/release", desk.release, name="release"),
    path("<str:code>/withdraw", desk.withdraw, name="withdraw"),
    path("<str:code>/retry", desk.retry, name="retry"),
    path("<str:code>/drafts", drafts.drafts, name="drafts"),
    path("<str:code>/drafts/all", drafts.draft_all, name="draft_all"),
    path("<str:code>/drafts/release", drafts.release_drafts, name="release_drafts"),
    path("<str:code>/drafts/<int:pk>/return", drafts.return_draft, name="return_draft"),
    path("<str:code>/drafts/<int:pk>/withdraw", drafts.withdraw_draft, name="withdraw_draft"),
    path("<str:code>/drafts/<str:kind>/<int:pk>", drafts.draft, name="draft"),
    path("<str:code>/gallery", pictures.gallery, name="gallery"),
    path("<str:code>/gallery/<int:pk>", pictures.prepare, name="prepare"),
    path("<str:code>/gallery/<int:pk>/inner", pictures.inner, name="inner"),
    path("<str:code>/gallery/<int:pk>/proof", pictures.proof, name="proof"),
    path("<str:code>/gallery/<int:pk>/release", pictures.release, name="release_picture"),
    path("<str:code>/gallery/<int:pk>/withdraw", pictures.withdraw, name="withdraw_picture"),
]
