"""Addresses of the desks: the front hall, the funnel, the ledger, the wall chart, the roll-up."""

from django.urls import path

from mianduimian.desks.views import clock, issuing, ledger, outlook, pages, wall

app_name = "desks"
urlpatterns = [
    path("", pages.home, name="home"),
    path("desk/ledger", ledger.ledger, name="ledger"),
    path("desk/ledger.xlsx", ledger.export, name="export"),
    path("desk/ledger/views", ledger.keep_view, name="keep_view"),
    path("desk/ledger/views/<int:pk>/drop", ledger.drop_view, name="drop_view"),
    path("desk/levels", pages.rollup, name="rollup"),
    path("desk/submissions/<int:pk>", pages.submission, name="submission"),
    path("desk/hot", outlook.hot, name="hot_all"),
    path("desk/topics", outlook.topics, name="topics"),
    path("desk/jobs", clock.jobs, name="jobs"),
    path("desk/<str:code>", pages.choose, name="round"),
    path("desk/<str:code>/funnel", pages.funnel, name="funnel"),
    path("desk/<str:code>/appeals", pages.appeals, name="appeals"),
    path("desk/<str:code>/submissions/<str:key>", pages.bucket, name="bucket"),
    path("desk/<str:code>/briefing", pages.briefing, name="briefing"),
    path("desk/<str:code>/ledger", issuing.issued, name="issued"),
    path("desk/<str:code>/ledger/issue", issuing.issue, name="issue"),
    path("desk/<str:code>/ledger/paper", issuing.paper, name="ledger_paper"),
    path("desk/<str:code>/hot", outlook.hot, name="hot"),
    path("desk/<str:code>/wall", wall.wall, name="wall"),
    path("desk/<str:code>/wall.pdf", wall.paper, name="wall_paper"),
    path("desk/<str:code>/screen", wall.screen, name="screen"),
]
