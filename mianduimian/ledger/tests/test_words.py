"""The words by which the ledger is asked, and its 26 columns."""

from datetime import date

import pytest

from mianduimian.ledger import acts
from mianduimian.ledger.models import Matter, to_open
from mianduimian.ledger.sheets import COLUMNS, line
from mianduimian.ledger.tests.conftest import ANSWER, more

AFTER = date(2023, 12, 8)


def test_who_holds_leads_and_sees_a_matter(assigned, handler, helper, stranger, office, unit, round):
    asked = Matter.objects
    assert [asked.held_by(who).count() for who in (handler, helper, stranger)] == [1, 1, 0]
    assert [asked.led_by(who).count() for who in (handler, helper)] == [1, 0]
    assert [asked.led_in(unit(key)).count() for key in ("traffic_police", "housing")] == [1, 0]
    assert [asked.with_unit(unit(key)).count() for key in ("traffic_police", "housing", "education")] == [1, 1, 0]
    assert asked.seen_by(office).of(round).count() == 1


def test_what_is_owed_overdue_and_settled(accepted, handler, office, day):
    asked = Matter.objects
    assert (asked.unreplied().count(), asked.overdue(date(2023, 12, 7)).count(), asked.overdue(AFTER).count()) == (1, 0, 1)
    assert (asked.due_by(date(2023, 12, 6)).count(), asked.due_by(date(2023, 12, 7)).count()) == (0, 1)
    acts.reply(accepted, ANSWER, by=handler, on=day)
    assert (asked.unreplied().count(), asked.overdue(AFTER).count(), asked.settled().count()) == (0, 0, 0)
    acts.settle(accepted, by=office, on=day)
    assert (asked.settled().count(), asked.in_state("settled", "closed").count()) == (1, 1)


@pytest.mark.parametrize(("words", "found"), [("校门口", 1), ("小学 绕行", 1), ("小学 消防", 0), ("441600-2023", 1), ("", 1)])
def test_matters_are_found_by_chinese_words_of_any_length(matter, words, found):
    assert Matter.objects.matching(words).count() == found


def test_an_opinion_waits_until_its_appeal_is_on_the_ledger(opinion, office, stranger, day):
    assert list(to_open(office)) == [opinion]
    assert list(to_open(stranger)) == []
    acts.open_matter(opinion.appeal, by=office, on=day)
    assert list(to_open(office)) == []


def test_lines_take_the_same_number_of_queries_for_one_and_for_many(
    closing, milestone, opinion, office, day, django_assert_num_queries
):
    def read() -> int:
        return len([line(matter, AFTER) for matter in Matter.objects.lines()])

    with django_assert_num_queries(15):
        assert read() == 1
    more(opinion, office, day, 5)
    with django_assert_num_queries(15):
        assert read() == 6


def test_a_line_says_what_officials_expect_in_26_columns(closing, milestone, visitor, day):
    acts.close(closing, ground="回访满意", by=visitor, on=day)
    said = line(Matter.objects.lines()[0], AFTER)
    assert set(said) == {column.key for column in COLUMNS} and len(COLUMNS) == 26
    assert said["channels"] == "12345热线、网上征集"
    assert (said["voices"], said["first"], said["lead"], said["assists"]) == (2, "市交警支队", "市交警支队", "市住建局")
    assert (said["responsible"], said["leader"], said["milestones"]) == ("大队长", "支队领导", "2023-11-30 标线完成")
    assert (said["state"], said["closed"], said["turn"]) == ("销号", f"{visitor.name} 2023-11-16", 1)
    assert (said["light"], said["reply_due_on"], said["solve_by"]) == ("正常", "2023-12-07", date(2023, 12, 20))
    assert "王翠花" not in str(said)


def test_an_empty_line_has_empty_cells(matter):
    said = line(Matter.objects.lines()[0], AFTER)
    assert (said["lead"], said["public"], said["closed"], said["light"]) == ("", "", "", "正常")
