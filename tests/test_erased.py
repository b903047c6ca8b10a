"""抹去: whoever is erased is in no column of any table any more, whichever room kept a copy; every count stays."""

import pytest
from django.apps import apps
from django.db import models

from mianduimian.intake import acts
from mianduimian.intake.models import Citizen, Submission, copies
from mianduimian.journal import acts as journal
from mianduimian.ledger.models import Matter
from mianduimian.lookback.models import Answer
from mianduimian.triage.models import Appeal, Part, funnel
from tests.test_privacy import told_story  # noqa: F401 the world these tests look at
from tests.test_story import people  # noqa: F401

NAME = "家长0号"
TEXTS = (models.CharField, models.TextField, models.JSONField)
ELSEWHERE = {"intake.citizen"}  # sealed: looked at by what it opens to


def columns():
    """Every column of the house in which words may stand."""
    for model in apps.get_models():
        if model.__module__.startswith("mianduimian.") and model._meta.label_lower not in ELSEWHERE:
            for field in model._meta.concrete_fields:
                if isinstance(field, TEXTS) and not field.is_relation:
                    yield model, field.name


def found(word):
    return {
        f"{model._meta.label}.{name}"
        for model, name in columns()
        for value in model._default_manager.values_list(name, flat=True)
        if word in str(value)
    }


@pytest.fixture
def named(told_story):  # noqa: F811
    """One citizen of the story whose name stands everywhere a room keeps words."""
    citizen = next(one for one in Citizen.objects.all() if one.name == NAME)
    for copy in copies():
        for row in copy.of(citizen):
            for column in [column for column in copy.columns if getattr(row, column)]:
                limit = row._meta.get_field(column).max_length or 999
                copy.model.objects.filter(pk=row.pk).update(**{column: f"{NAME}说：{getattr(row, column)}"[:limit]})
    Submission.objects.filter(citizen=citizen).update(text=f"我是{NAME}")
    return citizen


def test_nothing_of_an_erased_citizen_is_left_in_any_table_and_every_count_stays(named, told_story, day):  # noqa: F811
    round = named.submissions.first().round
    before = [funnel(round), *(table.objects.count() for table in (Part, Appeal, Matter, Answer))]
    assert len(found(NAME)) >= 8  # the planted name is seen
    acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    assert found(NAME) == set()
    assert [funnel(round), *(table.objects.count() for table in (Part, Appeal, Matter, Answer))] == before
    assert not [one for one in Citizen.objects.all() if one.name == NAME]
    assert journal.verify() is None


def test_what_others_said_stays(named, told_story, day):  # noqa: F811
    others = {one.pk: one.text for one in Submission.objects.exclude(citizen=named)}
    acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    assert {one.pk: one.text for one in Submission.objects.exclude(citizen=named)} == others


def test_every_copy_leads_to_a_citizen_and_names_columns_that_are_there():
    for copy in copies():
        assert all(copy.model._meta.get_field(column) for column in copy.columns)
        assert not copy.of(Citizen(pk=0)).query.is_empty()
