"""Addresses of the room triage."""

from django.urls import path

from mianduimian.triage.views import appeals, deciding, proposals, workbench

app_name = "triage"
urlpatterns = [
    path("appeals/<int:pk>", appeals.appeal, name="appeal"),
    path("appeals/<int:pk>/reword", appeals.reword, name="reword"),
    path("appeals/<int:pk>/merge", appeals.merge, name="merge"),
    path("appeals/<int:pk>/split", appeals.split, name="split"),
    path("proposals/<int:pk>", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/confirm", proposals.confirm, name="confirm"),
    path("proposals/<int:pk>/join", proposals.join, name="join"),
    path("proposals/<int:pk>/reject", proposals.reject, name="reject"),
    path("submissions/<int:pk>/cut", deciding.cut, name="cut"),
    path("decisions/<int:pk>/undo", deciding.undo, name="undo"),
    path("<str:code>", workbench.round, name="round"),
    path("<str:code>/read", workbench.read, name="read"),
    path("<str:code>/reading", workbench.reading, name="reading"),
    path("<str:code>/appeals", workbench.appeals, name="appeals"),
    path("<str:code>/appeals.xlsx", workbench.sheet, name="sheet"),
    path("<str:code>/decisions", workbench.decisions, name="decisions"),
    path("<str:code>/search", workbench.search, name="search"),
    path("<str:code>/parts/<str:bucket>", workbench.bucket, name="bucket"),
    path("<str:code>/decide", deciding.decide, name="decide"),
    path("<str:code>/distil", deciding.distil, name="distil"),
    path("<str:code>/add", deciding.add, name="add"),
    path("<str:code>/aside", deciding.aside, name="aside"),
    path("<str:code>/back", deciding.back, name="back"),
]
