"""通报: the figures are what they say they are, like is compared with like, small numbers are not ranked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.ledger import acts as ledger
from mianduimian.mechanism import rulebook
from mianduimian.people.models import Person, Post
from mianduimian.refusal import NotYours, Refused
from mianduimian.supervision import acts
from mianduimian.supervision.models import Circular, held_in
from mianduimian.supervision.rules import Held, Said, figures, tally

BEGINS, ENDS = date(2023, 11, 16), date(2023, 12, 15)
RULES = rulebook("heyuan-2.0")
DAYS = st.dates(date(2023, 11, 1), date(2024, 1, 31))
UNITS = st.sampled_from(
    [("交警", "department"), ("住建", "department"), ("府办", "standing"), ("源城", "government"), ("东源", "government")]
)


@st.composite
def helds(draw):
    unit, kind = draw(UNITS)
    day, replied = draw(DAYS), draw(st.none() | DAYS)
    ended, settled, back = draw(st.none() | DAYS), draw(st.none() | DAYS), draw(st.none() | DAYS)
    light = draw(st.sampled_from(["", "green", "yellow", "red"]))
    return Held(unit, kind, day, day + timedelta(21), ended, replied, draw(st.booleans()), settled, back, light)


@given(st.lists(helds(), max_size=60))
def test_the_lines_agree_with_their_parts_whatever_happened(held):
    lines = figures(held, BEGINS, ENDS, RULES)
    for line in lines:
        assert 0 <= line["on_time"] <= line["replied"] <= line["matters"]
        assert line["replied"] + line["overdue"] <= line["matters"]
        assert line["rate"] is None or 0 <= line["rate"] <= 100
        assert line["rank"] is None or line["replied"] + line["overdue"] >= RULES.figures["rank_from"]
    assert sum(line["matters"] for line in lines) == sum(
        one.on <= ENDS and (one.ended_on is None or one.ended_on >= BEGINS) for one in held
    )


RECORDS = st.dictionaries(UNITS, st.lists(st.booleans(), max_size=20), min_size=2)


@given(RECORDS)
def test_ranks_hold_only_among_the_like(records):
    held = [
        Held(unit, kind, BEGINS, ENDS, replied_on=BEGINS, late=late)
        for (unit, kind), replies in records.items()
        for late in replies
    ]
    lines = figures(held, BEGINS, ENDS, RULES)
    for kin in ("offices", "counties"):
        ranked = [line for line in lines if line["kin"] == kin and line["rank"]]
        for one in ranked:
            assert one["replied"] >= RULES.figures["rank_from"]
            assert one["rank"] == 1 + sum(other["rate"] > one["rate"] for other in ranked)


def test_who_owes_a_reply_counts_in_the_denominator():
    held = [
        Held("交警", "department", BEGINS, date(2023, 12, 7), replied_on=date(2023, 12, 7)),
        Held("交警", "department", BEGINS, date(2023, 12, 7), replied_on=date(2023, 12, 8), late=True),
        Held("交警", "department", BEGINS, date(2023, 12, 7)),
        Held("交警", "department", BEGINS, ENDS),
    ]
    line = tally("交警", "department", held, BEGINS, ENDS)
    assert (line.matters, line.replied, line.on_time, line.overdue, line.rate) == (4, 2, 1, 1, 33.3)


def test_a_reply_after_the_period_was_still_owed_in_it():
    held = [Held("交警", "department", BEGINS, date(2023, 12, 7), replied_on=date(2023, 12, 20), late=True)]
    line = tally("交警", "department", held, BEGINS, ENDS)
    assert (line.replied, line.overdue) == (0, 1)


def test_the_smaller_number_is_shown_but_not_ranked():
    many = [Held("交警", "department", BEGINS, ENDS, replied_on=BEGINS, late=n > 8) for n in range(10)]
    few = [Held("住建", "department", BEGINS, ENDS, replied_on=BEGINS) for _ in range(9)]
    ranks = {line["unit"]: (line["rate"], line["rank"]) for line in figures(many + few, BEGINS, ENDS, RULES)}
    assert ranks == {"交警": (90.0, 1), "住建": (100.0, None)}


def test_a_circular_keeps_the_figures_as_issued(matter, give, reply, supervisor, office):
    reply(matter, on=date(2023, 12, 1))
    ledger.settle(matter, by=office, on=date(2023, 12, 2))
    late = give("housing")
    circular = acts.circulate(
        matter.appeal.round, begins_on=BEGINS, ends_on=ENDS, said=Said(text="抓紧。"), by=supervisor, on=ENDS
    )
    lines = {line["unit"]: line for line in circular.figures["units"]}
    assert circular.number == "河面通〔2023〕1号"
    assert (lines["市交警支队"]["replied"], lines["市交警支队"]["settled"], lines["市交警支队"]["rate"]) == (1, 1, 100.0)
    assert (lines["市住建局"]["overdue"], lines["市住建局"]["yellow"], lines["市住建局"]["rate"]) == (1, 1, 0.0)
    assert circular.figures["definitions"]
    ledger.accept(late, by=_handler(late), on=ENDS)
    assert Circular.objects.get().figures == circular.figures


def _handler(matter):
    person = Person.objects.create(username="later", name="后来", joined_on=BEGINS)
    Post.objects.create(person=person, unit=matter.assignment.lead, role="unit", since=BEGINS)
    return person


def test_what_was_sent_back_counts_at_the_unit_that_left_it(matter, reply, visitor, supervisor):
    reply(matter, on=date(2023, 12, 1))
    ledger.reassign(matter, why="不满意", by=visitor, on=date(2023, 12, 5))
    held = held_in(matter.appeal.round, ENDS)
    assert [one.sent_back_on for one in held] == [date(2023, 12, 5), None]


def test_a_period_is_circulated_once_and_not_before_its_end(matter, supervisor):
    round = matter.appeal.round
    with pytest.raises(Refused, match="才结束"):
        acts.circulate(round, begins_on=BEGINS, ends_on=ENDS, by=supervisor, on=ENDS - timedelta(1))
    acts.circulate(round, begins_on=BEGINS, ends_on=ENDS, by=supervisor, on=ENDS)
    with pytest.raises(Refused, match="已经通报"):
        acts.circulate(round, begins_on=BEGINS, ends_on=ENDS, by=supervisor, on=ENDS)
    with pytest.raises(Refused, match="早于"):
        acts.circulate(round, begins_on=ENDS, ends_on=BEGINS, by=supervisor, on=ENDS)


def test_a_round_without_matters_has_nothing_to_circulate(round, supervisor):
    with pytest.raises(Refused, match="无可通报"):
        acts.circulate(round, begins_on=BEGINS, ends_on=ENDS, by=supervisor, on=ENDS)


def test_only_supervisors_circulate_and_only_in_their_region(matter, office, leader, hire):
    for who in (office, leader, hire("supervisor", "yuancheng")):
        with pytest.raises(NotYours):
            acts.circulate(matter.appeal.round, begins_on=BEGINS, ends_on=ENDS, by=who, on=ENDS)


def test_who_reads_a_circular(matter, handler, stranger, supervisor):
    acts.circulate(matter.appeal.round, begins_on=BEGINS, ends_on=ENDS, by=supervisor, on=ENDS)
    seen = [bool(Circular.objects.seen_by(who)) for who in (handler, stranger, supervisor)]
    assert seen == [True, False, True]
