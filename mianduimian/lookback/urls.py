"""Addresses of the room lookback."""

from django.urls import path

from mianduimian.lookback.views import campaigns, open, pages, recurring, shares, steps, visits

app_name = "lookback"
urlpatterns = [
    path("", pages.home, name="home"),
    path("plan/", steps.plan_all, name="plan_all"),
    path("say/<str:token>/", open.say, name="say"),
    path("calls/", visits.assign, name="assign"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/begin/", campaigns.begin, name="begin"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/gather/", campaigns.gather, name="gather"),
    path("campaigns/<int:pk>/draw/", campaigns.draw, name="draw"),
    path("campaigns/<int:pk>/entrust/", campaigns.entrust, name="entrust"),
    path("shares/<str:code>/", shares.share, name="shares"),
    path("again/<int:pk>/", recurring.recurrence, name="recurrence"),
    path("photos/<int:pk>/", steps.photo, name="photo"),
    path("<int:pk>/", pages.matter, name="matter"),
    path("<int:pk>/verify/", steps.verify, name="verify"),
    path("<int:pk>/plan/", steps.plan, name="plan"),
    path("<int:pk>/reply/", steps.judge_reading, name="judge_reading"),
    path("<int:pk>/back/", steps.send_back, name="send_back"),
    path("<int:pk>/close/", steps.close, name="close"),
    path("<int:pk>/exempt/", steps.exempt, name="exempt"),
    path("<int:pk>/recuse/", steps.recuse, name="recuse"),
    path("<int:pk>/paper/", steps.paper, name="paper"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/attempt/", visits.attempt, name="attempt"),
    path("visits/<int:pk>/answer/", visits.answer, name="answer"),
    path("visits/<int:pk>/identity/", visits.identity, name="identity"),
    path("visits/<int:pk>/letter/", visits.letter, name="letter"),
]
