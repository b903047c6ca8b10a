"""How rounds are numbered and when the window of a call is sensible."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.archive.rules import sentences
from mianduimian.mechanism import rulebook
from mianduimian.papers import Paper
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Call
from mianduimian.solicitation.papers import notice
from mianduimian.solicitation.rules import LONGEST_WINDOW, Channel, Verb, check_window, code, window

DAY = date(2023, 10, 20)
DAYS = st.integers(-800, 800)


def test_a_round_is_named_by_region_year_and_number():
    assert code("441600", 2023, 7) == "441600-2023-07"


def test_the_usual_window_counts_its_first_day():
    assert window(DAY, rulebook("heyuan-2.0")) == date(2023, 10, 25)


@given(DAYS, DAYS)
def test_a_window_is_taken_only_where_it_makes_sense(opens, length):
    first, last = DAY + timedelta(days=opens), DAY + timedelta(days=opens + length)
    sensible = 0 <= length <= LONGEST_WINDOW and last >= DAY and opens <= 366
    if sensible:
        check_window(first, last, DAY)
    else:
        with pytest.raises(Refused):
            check_window(first, last, DAY)


def test_every_channel_says_how_to_go_about_it_and_every_act_has_a_word():
    assert {channel.value for channel in Channel} <= set(sentences()["call"])
    assert all(verb.word and verb.startswith("solicitation.") for verb in Verb)


def test_a_notice_is_an_announcement_signed_by_the_task_force(round, office):
    call = Call(round=round, number="河面征〔2023〕1号", opens_on=DAY, closes_on=DAY, scope="全市", channels=[], issued_on=DAY)
    paper = notice(call)
    assert isinstance(paper, Paper)
    assert (paper.kind, paper.signed, paper.on) == ("公告", "河源市“面对面”工作专班", DAY)
