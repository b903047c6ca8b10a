"""Addresses of the room taskforce."""

from django.urls import path

from mianduimian.taskforce import views

app_name = "taskforce"
urlpatterns = [
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/plan.docx", views.paper, name="paper"),
    path("plans/<int:pk>/issue/", views.issue, name="issue"),
    path("measures/<int:pk>/", views.measure, name="measure"),
    path("measures/<int:pk>/milestone/", views.milestone, name="milestone"),
    path("measures/<int:pk>/units/", views.units, name="units"),
    path("measures/<int:pk>/dates/", views.dates, name="dates"),
    path("milestones/<int:pk>/shift/", views.shift, name="shift"),
    path("milestones/<int:pk>/strike/", views.strike, name="strike"),
    path("<str:code>/", views.round, name="round"),
    path("<str:code>/form/", views.form, name="form"),
    path("<str:code>/join/", views.join, name="join"),
    path("<str:code>/compare/", views.compare, name="compare"),
    path("<str:code>/draft/", views.draft, name="draft"),
]
