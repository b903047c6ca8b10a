"""公开征集: opening, calling, extending, ending."""

from datetime import date

import pytest

from mianduimian.archive.models import Document
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation import acts
from mianduimian.solicitation.rules import Notice, Opening

OPENING = Opening("道路安全与交通秩序", "travel", "441600", "市长", "shifuban")
NOTICE = Notice(date(2023, 10, 20), date(2023, 10, 25), "全市范围", ["hotline", "web"])


def test_a_round_is_numbered_within_its_region_and_year_and_keeps_its_rulebook(office, day):
    first, second = (acts.open_round(OPENING, by=office, on=day) for _time in range(2))
    assert (first.code, second.code) == ("441600-2023-01", "441600-2023-02")
    assert first.rules.reply["within"] == 15
    assert first.level == "city"


def test_only_the_office_opens_a_round_and_only_in_its_own_region(handler, hire, day):
    with pytest.raises(NotYours, match="专班工作人员"):
        acts.open_round(OPENING, by=handler, on=day)
    with pytest.raises(Refused, match="河源市"):
        acts.open_round(OPENING, by=hire("office", "longchuan"), on=day)


def test_a_call_is_issued_once_and_extended_by_a_new_notice(round, office, day):
    call = acts.issue_call(round, NOTICE, by=office, on=NOTICE.opens_on)
    with pytest.raises(Refused, match="延长征集"):
        acts.issue_call(round, NOTICE, by=office, on=NOTICE.opens_on)
    later = acts.extend_call(call, closes_on=date(2023, 10, 30), why="来件踊跃", by=office, on=NOTICE.closes_on)
    assert (call.number, later.number) == ("河面征〔2023〕1号", "河面征〔2023〕2号")
    assert later.scope == "全市范围"
    with pytest.raises(Refused, match="已被新的公告替换"):
        acts.extend_call(call, closes_on=date(2023, 11, 1), why="再延", by=office, on=NOTICE.closes_on)
    with pytest.raises(Refused, match="须晚于"):
        acts.extend_call(later, closes_on=date(2023, 10, 30), why="不变", by=office, on=NOTICE.closes_on)


def test_each_notice_is_kept_as_it_was_issued(round, office):
    call = acts.issue_call(round, NOTICE, by=office, on=NOTICE.opens_on)
    later = acts.extend_call(call, closes_on=date(2023, 10, 30), why="来件踊跃", by=office, on=NOTICE.closes_on)
    kept = [Document.objects.of(one).get() for one in (call, later)]
    assert [one.number for one in kept] == [call.number, later.number]
    assert kept[0].digest != kept[1].digest


def test_a_round_ends_once(round, office, day):
    acts.end_round(round, why="全部销号", by=office, on=day)
    with pytest.raises(Refused, match="已于2023-11-16结束"):
        acts.end_round(round, why="再来一次", by=office, on=day)


def test_every_act_leaves_one_line_and_the_chain_holds(round, office, day):
    acts.issue_call(round, NOTICE, by=office, on=NOTICE.opens_on)
    assert [line.verb for line in Line.objects.of(round)] == ["solicitation.issue_call"]
    assert journal.verify() is None
