"""期限重算: what was set beyond the known calendar is counted anew when the year is loaded, and only that."""

from datetime import date

import pytest
from django.conf import settings

from mianduimian.archive.models import Document
from mianduimian.journal.models import Line
from mianduimian.refusal import NotYours
from mianduimian.supervision import acts
from mianduimian.supervision.rules import Demand
from mianduimian.supervision.tests.conftest import DEMAND

GIVEN = date(2026, 12, 24)
LATER = date(2026, 12, 30)
YEAR = """
year = 2027
source = "https://example.org/made-up-for-a-test"
[[holiday]]
off = [2027-01-01, 2027-01-04, 2027-05-01, 2027-10-01]
"""


def publish():
    (settings.CALENDARS / "2027.toml").write_text(YEAR, "utf-8")


@pytest.fixture
def december(give):
    return give(on=date(2026, 12, 1))


def test_a_notice_is_counted_anew_and_kept_as_its_next_version(december, supervisor, clock):
    notice = acts.notify(december, DEMAND, by=supervisor, on=GIVEN)
    assert (notice.due_on, notice.provisional) == (date(2026, 12, 29), True)
    early = acts.notify(december, DEMAND, by=supervisor, on=date(2026, 12, 28))
    assert acts.recompute(by=clock, on=LATER) == []
    publish()
    assert acts.recompute(by=clock, on=LATER) == [notice, early]
    notice.refresh_from_db()
    early.refresh_from_db()
    assert (notice.due_on, notice.provisional) == (date(2026, 12, 29), False)
    assert (early.due_on, early.provisional) == (date(2027, 1, 6), False)
    assert list(Document.objects.of(early).values_list("version", flat=True)) == [2, 1]
    line = Line.objects.of(december).filter(verb="supervision.recompute").order_by("number").last()
    assert (line.was["due_on"], line.now["due_on"]) == ("2027-01-04", "2027-01-06")
    assert acts.recompute(by=clock, on=LATER) == []


def test_the_rest_is_left_to_the_next_call(december, supervisor, clock):
    early, late = (acts.notify(december, DEMAND, by=supervisor, on=date(2026, 12, 28)) for _n in range(2))
    publish()
    assert [acts.recompute(most=1, by=clock, on=LATER) for _time in range(3)] == [[early], [late], []]


def test_an_instruction_is_counted_anew_until_it_is_reported_on(december, leader, handler, clock):
    given, answered = (acts.instruct(december, text="请抓紧。", by=leader, on=GIVEN) for _n in range(2))
    acts.report(answered, text="已落实。", by=handler, on=LATER)
    publish()
    assert acts.recompute(by=clock, on=LATER) == [given]
    given.refresh_from_db()
    assert (given.due_on, given.provisional) == (date(2027, 1, 11), False)


def test_a_day_that_a_person_set_stays(december, supervisor, leader, clock):
    acts.notify(december, Demand(DEMAND.failing, DEMAND.demand, date(2027, 1, 4)), by=supervisor, on=GIVEN)
    acts.instruct(december, text="请抓紧。", due_on=date(2027, 1, 4), by=leader, on=GIVEN)
    publish()
    assert acts.recompute(by=clock, on=LATER) == []


def test_only_those_who_keep_the_calendar_recompute(supervisor):
    with pytest.raises(NotYours):
        acts.recompute(by=supervisor, on=LATER)
