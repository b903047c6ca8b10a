"""The table of moves: what is in it, and that nothing outside it can be done, for every role in every state."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.journal.models import Line
from mianduimian.ledger.models import Assignment, Matter
from mianduimian.ledger.rules import MOVES, State, check, duty, next_hand, possible, stands_apart, word_of
from mianduimian.ledger.tests.calls import CALLS, make
from mianduimian.people.models import Person
from mianduimian.people.rules import Role, granted, permissions
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import Term

ALLOWED = """
assign: open → assigned; office
accept: assigned → accepted; unit
reply: accepted staged → replied; unit
progress: accepted replied staged; unit
evidence: accepted replied staged settled; unit
reach: accepted replied staged; unit
contact: accepted replied staged; unit
finish: accepted replied staged; unit
entrust: assigned accepted replied staged; unit
oversee: assigned accepted objected replied staged; office
ask_extension: assigned accepted; unit
object: assigned accepted → objected; unit
uphold: objected → assigned; office
overrule: objected → accepted; office
grant_extension: assigned accepted; office
grant_again: assigned accepted; leader
decline_extension: assigned accepted; office
settle: replied staged → settled; office
stage: replied → staged; office
replan: staged; office
send_again: replied → accepted; office
propose_closing: settled → closing; office
reassign: replied staged settled closing closed → assigned; office supervisor visitor
close: closing → closed; visitor
"""


def _read(text: str) -> set[tuple[str, str, str, str]]:
    """(verb, role, from, to) for every line of the text above."""
    found = set()
    for line in text.strip().splitlines():
        verb, rest = line.split(": ")
        way, roles = rest.split("; ")
        starts, _arrow, end = way.partition(" → ")
        found |= {(verb, role, start, end or start) for role in roles.split() for start in starts.split()}
    return found


ALL = _read(ALLOWED)


def test_the_table_says_what_this_text_says():
    assert set(MOVES) == {verb for verb, *_rest in ALL} == set(CALLS)
    for role in Role:
        for state in State:
            for verb, move in MOVES.items():
                allowed = any((verb, role, state) == entry[:3] for entry in ALL)
                grants = granted([role])
                if allowed:
                    assert check(verb, state, grants) is move
                    assert (verb, role, state, move.end or state) in ALL
                    assert move in possible(state, grants)
                else:
                    with pytest.raises(Refused):
                        check(verb, state, grants)
                    assert move not in possible(state, grants)


def test_every_permission_of_the_table_is_somebody_s():
    held = frozenset().union(*permissions().values())
    assert {move.permission for move in MOVES.values()} <= held


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=60))
def test_however_the_moves_are_tried_a_matter_stays_in_a_state_of_the_list_and_only_a_new_turn_reopens_it(verbs):
    state, everything = State.OPEN, frozenset(move.permission for move in MOVES.values())
    for verb in verbs:
        if MOVES[verb] in possible(state, everything):
            assert state != State.CLOSED or verb == "reassign"  # 销号后又发生：回头看认定后重办
            state = check(verb, state, everything).end or state
    assert state in State


def test_every_state_is_reached_and_only_two_hands_reach_the_end():
    reached, waiting = {State.OPEN}, [State.OPEN]
    while waiting:
        state = waiting.pop()
        ends = {move.end for move in MOVES.values() if state in move.starts and move.end} - reached
        reached |= ends
        waiting += ends
    assert reached == set(State)
    assert [m.verb for m in MOVES.values() if m.end == State.CLOSED] == ["close"]
    assert MOVES["close"].starts == {State.CLOSING} and MOVES["close"].permission not in granted([Role.UNIT, Role.OFFICE])


@given(st.sampled_from(sorted(MOVES)), st.integers(1, 3), st.sets(st.integers(1, 3)), st.sets(st.integers(1, 3)))
def test_a_unit_moves_its_own_matter_and_judges_only_those_of_others(verb, lead, assists, own):
    move = MOVES[verb]
    mine = bool(own & {lead, *assists})
    if move.role == Role.UNIT:
        assert stands_apart(move, own, lead, assists) == (mine if move.together else lead in own)
    else:
        assert stands_apart(move, own, lead, assists) == (not mine)


def test_every_state_has_its_duty_and_its_next_hand_except_the_end():
    assert {state: duty(state).value for state in State} == {
        "open": "assign", "assigned": "assign", "objected": "assign", "accepted": "carry", "staged": "carry",
        "replied": "supervise", "settled": "supervise", "closing": "supervise", "closed": "supervise",
    }  # fmt: skip
    assert duty("accepted", accountable=True) == "account"
    assert next_hand("closed") is None
    for state in set(State) - {State.CLOSED}:
        hand = next_hand(state)
        assert any(move.role == hand for move in MOVES.values() if state in move.starts)


def test_words_are_there_for_buttons_and_history():
    assert (word_of("reply"), word_of("open_matter"), word_of("strange")) == ("书面反馈", "入账", "strange")
    assert MOVES["reply"].start_words == "办理中、阶段性办结"
    assert (MOVES["reply"].end_word, MOVES["progress"].end_word) == ("已书面反馈", "")
    assert isinstance(State.OPEN, Term)


@pytest.fixture
def crew(hire, handler, office, visitor, supervisor, leader):
    """One person for every role; the handler belongs to the lead unit."""
    others = {role: hire(role) for role in ("deputy", "press", "system", "security", "audit", "clock")}
    known = {"unit": handler, "office": office, "visitor": visitor, "supervisor": supervisor, "leader": leader}
    return known | others


def _put(matter: Matter, state: str) -> None:
    Matter.objects.filter(pk=matter.pk).update(state=state)


def _refused(verb: str, matter: Matter, by: Person, on: date) -> bool:
    try:
        make(verb, matter, by, on)
    except Refused:
        return True
    return False


@pytest.mark.parametrize("state", list(State))
def test_no_role_makes_a_move_that_the_table_does_not_have(crew, assigned, milestone, day, state):
    _put(assigned, state)
    lines = Line.objects.count()
    allowed = {entry[:3] for entry in ALL} | {("grant_again", "office", start) for start in ("assigned", "accepted")}
    outside = [(verb, role) for verb in MOVES for role in crew if (verb, role, state) not in allowed]
    assert len(outside) > 150
    assert [(verb, role) for verb, role in outside if not _refused(verb, assigned, crew[role], day)] == []
    assert Line.objects.count() == lines
    assert (Matter.objects.get().state, Assignment.objects.count()) == (state, 1)


@pytest.mark.parametrize("verb", [verb for verb, move in MOVES.items() if move.role == Role.UNIT])
def test_a_handler_of_another_unit_moves_nothing(assigned, milestone, stranger, day, verb):
    _put(assigned, min(MOVES[verb].starts))
    with pytest.raises(NotYours, match="其他单位牵头"):
        make(verb, assigned, stranger, day)


@pytest.mark.parametrize("verb", [verb for verb, move in MOVES.items() if move.role == Role.UNIT])
def test_the_assisting_unit_reports_but_does_not_answer_for_the_matter(assigned, milestone, helper, day, verb):
    _put(assigned, "accepted" if verb != "accept" else "assigned")
    if MOVES[verb].together:
        make(verb, assigned, helper, day)
    else:
        with pytest.raises(NotYours):
            make(verb, assigned, helper, day)


@pytest.mark.parametrize("verb", ["uphold", "overrule", "settle", "stage", "send_again", "propose_closing", "reassign", "close"])
@pytest.mark.parametrize("unit_key", ["traffic_police", "housing"])
def test_a_unit_cannot_judge_settle_or_close_its_own_matter_whatever_posts_its_people_hold(
    assigned, hire, day, verb, unit_key
):
    _put(assigned, min(MOVES[verb].starts))
    insider = hire("office" if verb != "close" else "visitor", unit_key)
    with pytest.raises(NotYours, match="您的单位正在承办"):
        make(verb, assigned, insider, day)


def test_the_office_of_another_county_judges_nothing_here(assigned, hire, day):
    _put(assigned, "replied")
    with pytest.raises(NotYours, match="区划"):
        make("settle", assigned, hire("office", "longchuan"), day)
