"""Addresses of the room solicitation."""

from django.urls import path

from mianduimian.solicitation import views

app_name = "solicitation"
urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("wishes/", views.wishes, name="wishes"),
    path("wishes/<int:pk>/show/", views.show_wish, name="show_wish"),
    path("wishes/<int:pk>/drop/", views.drop_wish, name="drop_wish"),
    path("open/", views.open_round, name="open"),
    path("rulebooks/<str:key>/", views.rulebook, name="rulebook"),
    path("calls/<int:pk>/notice.docx", views.paper, name="paper"),
    path("<str:code>/", views.round, name="round"),
    path("<str:code>/issue/", views.issue, name="issue"),
    path("<str:code>/extend/", views.extend, name="extend"),
    path("<str:code>/end/", views.end, name="end"),
]
