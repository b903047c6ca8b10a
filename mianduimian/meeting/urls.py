"""Addresses of the room meeting."""

from django.urls import path

from mianduimian.meeting.views import arrivals, board, choosing, hall, opinions, preparing, recording

app_name = "meeting"
urlpatterns = [
    path("", preparing.meetings, name="meetings"),
    path("plan/<str:code>/", preparing.plan, name="plan"),
    path("unheard/<str:code>/", opinions.unheard_appeals, name="unheard"),
    path("appeals/<int:pk>/opine/", opinions.opine, name="opine"),
    path("items/<int:pk>/move/", preparing.move, name="move"),
    path("items/<int:pk>/take-off/", preparing.take_off, name="take_off"),
    path("seats/<int:pk>/unseat/", preparing.unseat, name="unseat"),
    path("exchanges/<int:pk>/correct/", recording.correct, name="correct"),
    path("exchanges/<int:pk>/promise/", recording.promise, name="promise"),
    path("promises/<int:pk>/amend/", recording.amend, name="amend"),
    path("suggestions/<int:pk>/adopt/", hall.adopt, name="adopt"),
    path("<int:pk>/", hall.meeting, name="meeting"),
    path("<int:pk>/replan/", preparing.replan, name="replan"),
    path("<int:pk>/seat/", preparing.seat, name="seat"),
    path("<int:pk>/agenda/", preparing.agenda, name="agenda"),
    path("<int:pk>/choice/", choosing.choice, name="choice"),
    path("<int:pk>/choose/", choosing.choose, name="choose"),
    path("<int:pk>/hold/", hall.hold, name="hold"),
    path("<int:pk>/record/", recording.exchange, name="exchange"),
    path("<int:pk>/call-up/", recording.call_up, name="call_up"),
    path("<int:pk>/suggest/", hall.suggest, name="suggest"),
    path("<int:pk>/minutes/", hall.issue_minutes, name="issue_minutes"),
    path("<int:pk>/minutes.docx", hall.minutes, name="minutes"),
    path("<int:pk>/board/", board.board, name="board"),
    path("<int:pk>/board/now/", board.now, name="now"),
    path("<int:pk>/board/link/", board.display, name="display"),
    path("screen/<str:token>/", board.screen, name="screen"),
    path("screen/<str:token>/now/", board.screen_now, name="screen_now"),
    path("<int:pk>/cards/", arrivals.cards, name="cards"),
    path("<int:pk>/cards/issue/", arrivals.issue_cards, name="issue_cards"),
    path("<int:pk>/arrivals/", arrivals.arrivals, name="arrivals"),
    path("card/<str:token>/", arrivals.card, name="card"),
    path("card/<str:token>/check-in/", arrivals.check_in, name="check_in"),
]
