"""Addresses of the room meeting."""

from django.urls import path

from mianduimian.meeting.views import board, hall, opinions, preparing

app_name = "meeting"
urlpatterns = [
    path("", preparing.meetings, name="meetings"),
    path("plan/<str:code>/", preparing.plan, name="plan"),
    path("unheard/<str:code>/", opinions.unheard_appeals, name="unheard"),
    path("appeals/<int:pk>/opine/", opinions.opine, name="opine"),
    path("items/<int:pk>/move/", preparing.move, name="move"),
    path("items/<int:pk>/take-off/", preparing.take_off, name="take_off"),
    path("seats/<int:pk>/unseat/", preparing.unseat, name="unseat"),
    path("exchanges/<int:pk>/correct/", hall.correct, name="correct"),
    path("exchanges/<int:pk>/promise/", hall.promise, name="promise"),
    path("suggestions/<int:pk>/adopt/", hall.adopt, name="adopt"),
    path("<int:pk>/", hall.meeting, name="meeting"),
    path("<int:pk>/replan/", preparing.replan, name="replan"),
    path("<int:pk>/seat/", preparing.seat, name="seat"),
    path("<int:pk>/agenda/", preparing.agenda, name="agenda"),
    path("<int:pk>/hold/", hall.hold, name="hold"),
    path("<int:pk>/exchange/", hall.exchange, name="exchange"),
    path("<int:pk>/suggest/", hall.suggest, name="suggest"),
    path("<int:pk>/minutes/", hall.issue_minutes, name="issue_minutes"),
    path("<int:pk>/minutes.docx", hall.minutes, name="minutes"),
    path("<int:pk>/board/", board.board, name="board"),
    path("<int:pk>/board/now/", board.now, name="now"),
]
