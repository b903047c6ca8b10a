"""Hot issues: what is counted for a matter, whom it is shown to, and that many rows ask no more of the database."""

from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.utils.html import escape

from mianduimian.desks import hot
from mianduimian.desks.hot import Asked, find, newest, usual_window
from mianduimian.desks.views import outlook
from mianduimian.intake.models import Citizen, Submission
from mianduimian.people.models import Region
from mianduimian.solicitation.models import Call, Round
from mianduimian.text.hot import Trend, Window
from mianduimian.triage.models import Appeal, Part, Proposal

pytestmark = pytest.mark.django_db
NOVEMBER = Window(date(2023, 11, 1), date(2023, 11, 30))
OCTOBER, NOON = date(2023, 10, 15), date(2023, 11, 15)
ALL = Round.objects.all()


@pytest.fixture
def said(round, office):
    """One part of a submission: said(appeal, on=…, phone="7", region="441602003") → the part."""
    numbers = count(1)

    def make(appeal=None, *, on=NOON, phone="", region=None, bucket="", title="路灯坏了", **more) -> Part:
        n = next(numbers)
        kept = {key: more.pop(key) for key in ("confidential", "said_at", "received_on") if key in more}
        citizen = Citizen.objects.create(name="赖小明", phone_index=phone) if phone != "none" else None
        submission = Submission.objects.create(
            round=more.pop("round", round), channel="hotline", title=title, text="灯坏了三盏", citizen=citizen, region_id=region,
            receipt=f"R{n}", content=f"c{n}", source_number=f"H{n}",
            **{"said_at": datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo("Asia/Shanghai")), "received_on": on} | kept,
        )  # fmt: skip
        bucket = bucket or ("distilled" if appeal else "undecided")
        return Part.objects.create(submission=submission, appeal=appeal, bucket=bucket, **more)

    return make


@pytest.fixture
def appeal(round, office, day):
    """An appeal of the round: appeal("兴源路黑", "transport.light")."""

    def make(title="兴源路黑", category="transport.light", of=None) -> Appeal:
        of = of or round
        number = Appeal.objects.filter(round=of).count() + 1
        return Appeal.objects.create(
            round=of, number=number, title=title, wording=title, category=category, made_on=day, made_by=office
        )

    return make


def look(**asked):
    return find(Asked(**{"rounds": ALL, "window": NOVEMBER} | asked), newest())


def counts(issue):
    return {name: getattr(issue.hot.counts, name) for name in ("size", "citizens", "places", "before")}


def test_a_matter_is_counted_by_submissions_citizens_and_places_against_the_earlier_window(said, appeal):
    one = appeal()
    for n in range(6):
        said(one, phone=f"p{n % 4}", region="441602003" if n % 2 else "441622100")
    said(one, on=OCTOBER)
    said(one, on=date(2023, 12, 1))
    said(one, on=date(2023, 9, 1))
    (issue,) = look().ranked
    assert counts(issue) == {"size": 6, "citizens": 4, "places": 2, "before": 1}
    assert (issue.title, issue.decided, issue.waiting, issue.url) == ("兴源路黑", True, 0, f"/triage/appeals/{one.pk}")


def test_a_day_of_shanghai_is_a_day_also_where_the_database_thinks_in_another_zone(said, appeal):
    one = appeal()
    last = datetime(2023, 11, 30, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
    first = datetime(2023, 11, 1, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    for when in (first, last, first - timedelta(minutes=1), last + timedelta(minutes=1)):
        said(one, said_at=when)
    assert [counts(issue)["size"] for issue in look().small] == [2]
    assert counts(look().small[0])["before"] == 1


def test_what_has_no_time_counts_on_the_day_it_was_received(said, appeal):
    one = appeal()
    for received in (date(2023, 11, 1), date(2023, 11, 30), date(2023, 10, 31), date(2023, 12, 1)):
        said(one, said_at=None, received_on=received)
    assert counts(look().small[0]) == {"size": 2, "citizens": 2, "places": 0, "before": 1}


def test_two_parts_of_one_submission_are_one_voice(said, appeal):
    one = appeal()
    for _n in range(2):
        part = said(one)
        Part.objects.create(submission=part.submission, number=2, appeal=one, bucket="distilled")
    assert counts(look().small[0])["size"] == 2


def test_citizens_are_told_apart_without_opening_a_seal(said, appeal, monkeypatch):
    monkeypatch.setattr("mianduimian.intake.sealing.unseal", lambda sealed: pytest.fail("a seal was opened"))
    one = appeal()
    said(one, phone="same")
    said(one, phone="same")
    said(one, phone="same", confidential=True)
    said(one, phone="")
    said(one, phone="")
    said(one, phone="none")
    assert counts(look().ranked[0]) == {"size": 6, "citizens": 5, "places": 0, "before": None}


def test_a_county_and_its_towns_are_not_counted_twice(said, appeal):
    one = appeal()
    for region in ("441602", "441602003", "441602", None):
        said(one, region=region)
    assert counts(look().small[0])["places"] == 1


def test_what_repeats_an_earlier_appeal_counts_for_it_and_what_was_set_aside_for_none(said, appeal):
    one = appeal()
    for _n in range(4):
        said(one)
    said(bucket="repeat", earlier=one)
    for more in ({"bucket": "invalid", "reason": "no_fact"}, {"bucket": "elsewhere", "reason": "court"}, {"bucket": "withdrawn"}):
        said(**more)
    found = look()
    assert [counts(issue)["size"] for issue in found.ranked] == [5]
    assert (found.size, found.ungrouped) == (5, 0)


def test_what_nobody_decided_counts_in_the_machines_group_and_is_marked(said, appeal, round, day):
    one, parts = appeal(), [said() for _n in range(5)]
    alone = said()
    group = Proposal.objects.create(round=round, representative=parts[0], sure=0.8, why="像", made_on=day, category="labour")
    group.parts.set(parts)
    joining = [said(one) for _n in range(4)] and [said() for _n in range(2)]
    grown = Proposal.objects.create(round=round, representative=joining[0], sure=0.8, why="像", made_on=day, appeal=one)
    grown.parts.set(joining)
    found = look()
    assert {(issue.title, issue.hot.counts.size, issue.decided, issue.waiting) for issue in found.ranked} == {
        ("兴源路黑", 6, True, 2), ("路灯坏了", 5, False, 5),
    }  # fmt: skip
    assert found.ungrouped == 1 and alone.bucket == "undecided"


def test_an_answered_group_of_the_machine_is_none(said, round, office, day):
    parts = [said() for _n in range(5)]
    group = Proposal.objects.create(
        round=round, representative=parts[0], sure=0.8, why="像", made_on=day, answer="rejected", answered_by=office
    )
    group.parts.set(parts)
    assert (look().ranked, look().ungrouped) == ([], 5)


def test_few_voices_stand_apart_whatever_their_growth_and_a_single_one_is_no_issue(said, appeal):
    many, few, alone = appeal("多"), appeal("少"), appeal("独")
    for _n in range(5):
        said(many)
        said(many, on=OCTOBER)
    for _n in range(4):
        said(few)
    said(alone)
    found = look()
    assert ([issue.title for issue in found.ranked], [issue.title for issue in found.small]) == (["多"], ["少"])
    assert found.small[0].hot.growth.trend == Trend.UP and found.ranked[0].hot.growth.trend == Trend.LEVEL


def test_nothing_is_compared_with_a_window_in_which_nobody_spoke(said, appeal):
    one = appeal()
    for _n in range(9):
        said(one)
    found = look()
    assert not found.compared and found.ranked[0].hot.growth.trend == Trend.UNKNOWN
    said(appeal("别的"), on=OCTOBER)
    assert look().compared and look().ranked[0].hot.growth.trend == Trend.UP


def test_one_asks_for_a_county_and_for_a_class_with_all_below_it(said, appeal):
    lamp, wage = appeal(), appeal("欠薪", "labour")
    for _n in range(5):
        said(lamp, region="441622100")
        said(wage, region="441602003")
    assert [issue.title for issue in look(region=Region.objects.get(pk="441622")).ranked] == ["兴源路黑"]
    assert [issue.title for issue in look(category="transport").ranked] == ["兴源路黑"]
    assert [issue.title for issue in look(category="labour").ranked] == ["欠薪"]
    assert look(category="transport.lights").ranked == []


def test_the_title_of_a_whistle_blower_is_not_shown(said, round, day, office, get, monkeypatch):
    monkeypatch.setattr(outlook, "localdate", lambda: NOVEMBER.ends)
    parts = [said(title="举报某人", confidential=True) for _n in range(5)]
    group = Proposal.objects.create(round=round, representative=parts[0], sure=0.8, why="像", made_on=day)
    group.parts.set(parts)
    page = get(office, "desks:hot_all").content.decode()
    assert "举报某人" not in page and "举报保密" in page


def test_the_window_of_a_round_is_its_call_and_grows_to_its_last_submission(said, round, office, day):
    assert usual_window(ALL, round, day) == Window(round.opened_on, round.opened_on)
    issued = {"issued_on": day, "issued_by": office}
    Call.objects.create(round=round, number="1", opens_on=date(2023, 10, 21), closes_on=date(2023, 10, 26), scope="", **issued)
    assert usual_window(ALL, round, day) == Window(date(2023, 10, 21), date(2023, 10, 26))
    said(on=date(2023, 10, 28))
    assert usual_window(ALL, round, day) == Window(date(2023, 10, 21), date(2023, 10, 28))
    assert usual_window(ALL, None, day) == Window(date(2023, 10, 18), day)


@pytest.fixture
def november(monkeypatch):
    """The pages are read on the last day of November."""
    monkeypatch.setattr(outlook, "localdate", lambda: NOVEMBER.ends)


def test_the_page_shows_each_score_with_what_it_is_made_of_and_the_formula_with_its_source(said, appeal, office, get, november):
    one = appeal()
    for n in range(6):
        said(one, phone=f"p{n}", on=NOON if n else OCTOBER)
    page = get(office, "desks:hot_all").content.decode()
    assert f'href="/triage/appeals/{one.pk}"' in page and "5 宗 · 5 人 · 0 处" in page and "上一时段 1 宗" in page
    assert "来件 2.58 + 群众 2.58 + 地方 0.00 + 增势 0.00 + 点赞 0.00" in page
    assert newest().sections["hot"]["growth"].sentence in page and "[W] 本系统的设置" in page
    assert "收件不保存点赞数" in page


def test_what_was_typed_wrong_is_said_and_the_usual_window_shown(said, appeal, office, get, november):
    one = appeal()
    for _n in range(5):
        said(one)
    for typed in ({"begins": "2023-12-01", "ends": "2023-11-01"}, {"begins": "昨天"}, {"region": "9"}, {"category": "<b>"}):
        page = get(office, "desks:hot_all", **typed)
        assert page.status_code == 200 and "兴源路黑" in page.content.decode(), typed
    assert "早于开始" in get(office, "desks:hot_all", begins="2023-12-01", ends="2023-11-01").content.decode()
    assert escape("<b>") in page.content.decode()


def test_each_sees_the_rounds_of_their_own_regions(said, appeal, get, hire, everybody, round, november):
    one = appeal()
    for _n in range(5):
        said(one)
    assert "兴源路黑" in get(everybody["leader"], "desks:hot_all").content.decode()
    county = hire("office", "longchuan")
    assert "兴源路黑" not in get(county, "desks:hot_all").content.decode()
    assert get(county, "desks:hot", round.code).status_code == 404
    assert get(everybody["unit"], "desks:hot_all").status_code == 403


def test_a_round_shows_only_its_own(said, appeal, round, office, get, november, city):
    other = Round.objects.create(
        code="441600-2023-11", number=11, year=2023, focus="饮水", theme="water", level="city", region=city, host="市长",
        office=round.office, rulebook="heyuan-2.0", opened_on=NOON, opened_by=office,
    )  # fmt: skip
    mine, theirs = appeal("本期的"), appeal("别期的", of=other)
    for _n in range(5):
        said(mine)
        said(theirs, round=other)
    page = get(office, "desks:hot", round.code, begins="2023-11-01", ends="2023-11-30").content.decode()
    assert "本期的" in page and "别期的" not in page
    assert {issue.title for issue in look().ranked} == {"本期的", "别期的"}


def test_many_matters_ask_no_more_of_the_database(said, appeal, office, get, november, django_assert_max_num_queries):
    def more(how_many):
        for n in range(how_many):
            one = appeal(f"第{n}件")
            for _n in range(5):
                said(one)

    more(2)
    get(office, "desks:hot_all")
    with django_assert_max_num_queries(60) as few:
        get(office, "desks:hot_all")
    more(hot.SHOWN + 3)
    with django_assert_max_num_queries(len(few)):
        page = get(office, "desks:hot_all").content.decode()
    assert page.count("宗 · ") == hot.SHOWN
