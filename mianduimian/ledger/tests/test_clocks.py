"""The clocks: objections and extensions in time or a day too late, late replies, provisional deadlines."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mianduimian.journal.models import Line
from mianduimian.ledger import acts
from mianduimian.ledger.commands import calendar as command
from mianduimian.ledger.models import Assignment, Matter, to_recount
from mianduimian.ledger.rules import Order
from mianduimian.ledger.tests.conftest import ANSWER, more
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.workdays import calendar

FIFTH, SIXTH = date(2023, 11, 23), date(2023, 11, 24)  # working days after 2023-11-16
DUE, AFTER = date(2023, 12, 7), date(2023, 12, 8)
LATER = date(2023, 12, 15)
NEXT_YEAR = """
year = 2027
source = "https://example.org/2027"
[[holiday]]
name = "元旦"
off = [2027-01-01, 2027-01-02, 2027-01-03, 2027-01-04]
[[holiday]]
name = "劳动节"
off = [2027-05-01]
[[holiday]]
name = "国庆节"
off = [2027-10-01]
"""


def test_an_objection_on_the_fifth_working_day_is_in_time(assigned, handler):
    objection = acts.object(assigned, reason="道路属县区管养", by=handler, on=FIFTH)
    assert (assigned.state, objection.upheld) == ("objected", None)


def test_an_objection_on_the_sixth_working_day_is_too_late(assigned, handler):
    with pytest.raises(Refused, match="5个工作日（2023-11-23）"):
        acts.object(assigned, reason="道路属县区管养", by=handler, on=SIXTH)


def test_an_objection_needs_reasons(assigned, handler, day):
    with pytest.raises(Refused, match="写明理由"):
        acts.object(assigned, reason="  ", by=handler, on=day)


def test_an_upheld_objection_moves_the_matter_to_another_unit_with_a_new_clock_in_the_same_turn(assigned, handler, office, hire):
    acts.object(assigned, reason="道路属县区管养", by=handler, on=FIFTH)
    with pytest.raises(Refused, match="另一个单位"):
        acts.uphold(assigned, Order("traffic_police"), why="有理", by=office, on=FIFTH)
    given = acts.uphold(assigned, Order("transport"), why="有理", by=office, on=FIFTH)
    assert (given.turn, given.lead.key, given.on, given.reply_due_on) == (1, "transport", FIFTH, date(2023, 12, 14))
    assert given.requirement == "由市交警支队牵头整治"
    first, second = Assignment.objects.filter(matter=assigned)
    assert (first.ended_on, second.ended_on, assigned.state) == (FIFTH, None, "assigned")
    with pytest.raises(NotYours):
        acts.accept(assigned, by=handler, on=FIFTH)
    assert acts.accept(assigned, by=hire("unit", "transport"), on=FIFTH).state == "accepted"


def test_a_designated_unit_may_not_hand_the_matter_back_again_and_its_clock_runs_on(assigned, handler, office, day):
    acts.object(assigned, reason="道路属县区管养", by=handler, on=day)
    with pytest.raises(Refused, match="写明理由"):
        acts.overrule(assigned, why="", by=office, on=FIFTH)
    acts.overrule(assigned, why="按职责分工由你单位办理", by=office, on=FIFTH)
    held = Assignment.objects.get(matter=assigned)
    assert (assigned.state, held.accepted_on, held.reply_due_on) == ("accepted", FIFTH, DUE)
    with pytest.raises(Refused, match="不得退回"):
        acts.object(assigned, reason="再退", by=handler, on=FIFTH)


def test_an_extension_asked_on_the_due_day_is_in_time_and_the_day_after_too_late(accepted, handler):
    with pytest.raises(Refused, match="到期后不能再申请延期"):
        acts.ask_extension(accepted, until=LATER, reason="雨天", by=handler, on=AFTER)
    assert acts.ask_extension(accepted, until=LATER, reason="雨天", by=handler, on=DUE).was_due_on == DUE
    with pytest.raises(Refused, match="还没有批复"):
        acts.ask_extension(accepted, until=LATER, reason="雨天", by=handler, on=DUE)


@pytest.mark.parametrize(
    ("until", "reason", "said"),
    [(DUE, "雨天", "须晚于"), (date(2024, 3, 1), "雨天", "最多延长15个工作日"), (LATER, " ", "写明理由")],
)
def test_an_extension_has_a_reason_and_a_later_day_within_the_limit(accepted, handler, day, until, reason, said):
    with pytest.raises(Refused, match=said):
        acts.ask_extension(accepted, until=until, reason=reason, by=handler, on=day)


def test_a_granted_extension_moves_the_day_and_keeps_what_was(accepted, handler, office, day):
    acts.ask_extension(accepted, until=LATER, reason="雨天", by=handler, on=day)
    asked = acts.grant_extension(accepted, why="同意", by=office, on=DUE)
    assert (asked.was_due_on, asked.new_due_on, asked.decided_by) == (DUE, LATER, office)
    assert Assignment.objects.get().reply_due_on == LATER
    assert not acts.reply(accepted, ANSWER, by=handler, on=date(2023, 11, 30)).late
    line = Line.objects.of(accepted).get(verb="ledger.grant_extension")
    assert (line.was["reply_due_on"], line.now["reply_due_on"], line.now["lapsed"]) == ("2023-12-07", "2023-12-15", False)


def test_a_declined_extension_leaves_the_day_and_another_may_be_asked(accepted, handler, office, day):
    acts.ask_extension(accepted, until=LATER, reason="雨天", by=handler, on=day)
    with pytest.raises(Refused, match="写明理由"):
        acts.decline_extension(accepted, why="", by=office, on=day)
    acts.decline_extension(accepted, why="天气晴好", by=office, on=day)
    assert Assignment.objects.get().reply_due_on == DUE
    with pytest.raises(Refused, match="没有等待批复"):
        acts.grant_extension(accepted, by=office, on=day)
    acts.ask_extension(accepted, until=LATER, reason="材料晚到", by=handler, on=day)


def test_a_second_extension_needs_a_leader_and_there_is_no_third(accepted, handler, office, leader, day):
    acts.ask_extension(accepted, until=LATER, reason="雨天", by=handler, on=day)
    with pytest.raises(NotYours):
        acts.grant_extension(accepted, by=leader, on=day)
    acts.grant_extension(accepted, by=office, on=day)
    acts.ask_extension(accepted, until=date(2023, 12, 20), reason="还是雨天", by=handler, on=day)
    with pytest.raises(NotYours, match="领导"):
        acts.grant_extension(accepted, by=office, on=day)
    acts.grant_extension(accepted, by=leader, on=day)
    with pytest.raises(Refused, match="已满2次"):
        acts.ask_extension(accepted, until=date(2023, 12, 25), reason="第三次", by=handler, on=day)


@pytest.mark.parametrize(("on", "late"), [(DUE, False), (AFTER, True)])
def test_a_reply_on_the_due_day_is_in_time_and_the_day_after_late(accepted, handler, on, late):
    solved = {"solved": True}
    assert acts.reply(accepted, type(ANSWER)(**{**vars(ANSWER), **solved}), by=handler, on=on).late is late


def test_an_extension_granted_after_the_day_had_passed_does_not_make_a_late_reply_timely(accepted, handler, office):
    acts.ask_extension(accepted, until=LATER, reason="雨天", by=handler, on=DUE)
    acts.grant_extension(accepted, by=office, on=AFTER)
    answer = type(ANSWER)(**{**vars(ANSWER), "solved": True})
    assert acts.reply(accepted, answer, by=handler, on=AFTER).late
    assert Line.objects.of(accepted).get(verb="ledger.grant_extension").now["lapsed"] is True


@pytest.fixture
def december(matter, office) -> Matter:
    """A matter given when the next year's notice is not yet published."""
    acts.assign(matter, by=office, on=date(2026, 12, 15))
    return matter


def test_a_deadline_beyond_the_known_years_is_provisional_and_counted_anew_when_the_year_is_loaded(december, clock, tmp_path):
    held = Assignment.objects.get()
    assert (held.reply_due_on, held.provisional) == (date(2027, 1, 5), True)
    assert acts.recompute(by=clock, on=date(2026, 12, 20)) == []
    (tmp_path / "2027.toml").write_text(NEXT_YEAR, "utf-8")
    said = [CliRunner().invoke(command, ["load", str(tmp_path / "2027.toml")]).output for _time in range(2)]
    assert said == ["装入 2027 年，重算 1 个期限\n", "装入 2027 年，重算 0 个期限\n"]
    held.refresh_from_db()
    assert (held.reply_due_on, held.provisional) == (date(2027, 1, 7), False)
    line = Line.objects.of(december).get(verb="ledger.recompute")
    assert (line.was["reply_due_on"], line.now["reply_due_on"]) == ("2027-01-05", "2027-01-07")
    assert line.actor_name == Person.objects.clock().name


def test_counting_anew_reads_what_stays_with_as_many_statements_for_one_as_for_many(december, opinion, office, clock, settings):
    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            assert acts.recompute(by=clock, on=date(2026, 12, 20)) == []
        return len(told)

    asked()
    one = asked()
    more(opinion, office, date(2026, 12, 15), 4)
    assert asked() == one
    (settings.CALENDARS / "2027.toml").write_text(NEXT_YEAR, "utf-8")
    moved = to_recount(calendar(settings.CALENDARS))
    assert [one.matter_id for one in acts.recompute(among=moved[:2], by=clock, on=date(2026, 12, 20))] == moved[:2]
    assert len(acts.recompute(by=clock, on=date(2026, 12, 20))) == 3


def test_an_unreadable_year_changes_nothing_and_is_said_in_words(december, tmp_path):
    (tmp_path / "2027.toml").write_text("not a year", "utf-8")
    answer = CliRunner().invoke(command, ["load", str(tmp_path / "2027.toml")])
    assert answer.exit_code == 1 and "TOML" in answer.output
    assert Assignment.objects.get().provisional


def test_an_extended_deadline_was_chosen_by_a_person_and_is_not_counted_anew(december, hire, office, clock, settings):
    police = hire("unit", "traffic_police")
    acts.accept(december, by=police, on=date(2026, 12, 16))
    acts.ask_extension(december, until=date(2027, 1, 12), reason="雨天", by=police, on=date(2026, 12, 16))
    acts.grant_extension(december, by=office, on=date(2026, 12, 17))
    (settings.CALENDARS / "2027.toml").write_text(NEXT_YEAR, "utf-8")
    assert acts.recompute(by=clock, on=date(2026, 12, 20)) == []
    assert Assignment.objects.get().reply_due_on == date(2027, 1, 12)


def test_only_those_who_keep_the_calendar_recompute(office, day):
    with pytest.raises(NotYours):
        acts.recompute(by=office, on=day)


def test_an_edit_never_sets_the_clock_back(accepted, handler, day):
    for days in (1, 2, 3):
        acts.progress(accepted, text=f"第{days}天", by=handler, on=day + timedelta(days))
    assert Assignment.objects.get().reply_due_on == DUE
