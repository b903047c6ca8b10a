"""座谈会规则: fair invitations, quotas, promises, opinions."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mianduimian.mechanism import rulebook
from mianduimian.meeting.rules import (
    Decided,
    Seating,
    SeatKind,
    Voice,
    check_begun,
    check_opinion,
    check_promise,
    check_quota,
    check_seating,
    fill,
    invite,
    quotas,
)
from mianduimian.refusal import Refused

BOOK = rulebook("heyuan-2.0")
DAY = date(2023, 11, 16)


def voice(appeal, voices, region="源城区", submission=None, citizen=None):
    submission = submission or appeal * 100
    return Voice(appeal, f"诉求{appeal}", region, voices, submission, citizen or f"c{submission}")


candidates = some.lists(
    some.builds(
        voice,
        some.integers(1, 30),
        some.integers(1, 40),
        some.sampled_from(["源城区", "龙川县", "紫金县", ""]),
        some.integers(1, 200),
        some.sampled_from("甲乙丙丁戊己庚辛"),
    ),
    max_size=30,
)


class TestInvitations:
    def test_the_loudest_appeal_comes_first_and_then_other_regions(self):
        chosen = invite([voice(1, 9), voice(2, 8), voice(3, 5, "龙川县"), voice(4, 1, "紫金县")], 3)
        assert [one.voice.appeal for one in chosen] == [1, 3, 2]

    def test_the_reason_says_how_many_spoke_and_how_many_sit_already(self):
        chosen = invite([voice(1, 9), voice(2, 8)], 2)
        assert [one.reason for one in chosen] == [
            "9 宗来件反映；源城区的第一席",
            "8 宗来件反映；源城区已有 1 席，仍是所余中最多的",
        ]

    def test_one_appeal_and_one_citizen_are_invited_once(self):
        twice = [voice(1, 9, submission=1, citizen="甲"), voice(1, 9, submission=2, citizen="乙"), voice(2, 3, citizen="甲")]
        assert [one.voice.submission for one in invite(twice, 5)] == [1]

    def test_equal_voices_are_taken_in_the_order_of_the_appeals(self):
        assert [one.voice.appeal for one in invite([voice(3, 2, "甲"), voice(1, 2, "乙"), voice(2, 2, "丙")], 3)] == [1, 2, 3]

    @given(candidates, some.integers(0, 12))
    def test_never_more_than_the_seats_nor_twice_the_same(self, among, seats):
        chosen = [one.voice for one in invite(among, seats)]
        assert len(chosen) <= seats
        assert len({one.appeal for one in chosen}) == len({one.citizen for one in chosen}) == len(chosen)

    @given(candidates, some.integers(1, 12))
    def test_a_seat_is_left_empty_only_when_nobody_is_left(self, among, seats):
        chosen = [one.voice for one in invite(among, seats)]
        appeals, citizens = {one.appeal for one in chosen}, {one.citizen for one in chosen}
        left = [one for one in among if one.appeal not in appeals and one.citizen not in citizens]
        assert len(chosen) == seats or not left

    @given(candidates, some.integers(1, 12))
    def test_no_region_gets_a_seat_that_another_earned_more(self, among, seats):
        chosen = [one.voice for one in invite(among, seats)]
        seated = Counter()
        for place, one in enumerate(chosen):
            for later in chosen[place + 1 :]:
                assert one.voices / (1 + seated[one.region]) >= later.voices / (1 + seated[later.region])
            seated[one.region] += 1

    @given(candidates, some.integers(1, 12), some.randoms())
    def test_the_order_in_which_they_came_changes_nothing(self, among, seats, dice):
        mixed = list(dict.fromkeys(among))
        dice.shuffle(mixed)
        unique = {(one.voices, one.appeal, one.submission): one for one in among}
        if len(unique) == len(set(among)):
            assert invite(mixed, seats) == invite(dict.fromkeys(among), seats)


class TestQuotas:
    def test_the_quotas_come_from_the_rulebook(self):
        assert quotas(BOOK) == {SeatKind.CITIZEN: 10, SeatKind.NPC: 1, SeatKind.CPPCC: 1}

    @pytest.mark.parametrize(("kind", "taken"), [("citizen", 9), ("npc", 0), ("unit", 99), ("press", 99), ("party", 99)])
    def test_a_seat_within_the_quota_is_given(self, kind, taken):
        check_quota(kind, taken, BOOK)

    @pytest.mark.parametrize(("kind", "taken"), [("citizen", 10), ("npc", 1), ("cppcc", 1)])
    def test_a_seat_beyond_the_quota_is_refused(self, kind, taken):
        with pytest.raises(Refused, match="已经坐满"):
            check_quota(kind, taken, BOOK)

    @pytest.mark.parametrize(
        ("seating", "why"),
        [
            (Seating("press", ""), "姓名或职务"),
            (Seating("unit", "张局"), "须写明单位"),
            (Seating("citizen", "群众甲"), "选定其来件"),
            (Seating("host", "市长", submission=1), "不关联来件"),
        ],
    )
    def test_a_seat_that_says_too_little_or_too_much_is_refused(self, seating, why):
        with pytest.raises(Refused, match=why):
            check_seating(seating)


class TestDates:
    @given(some.dates(), some.integers(-400, 400))
    def test_a_promise_is_never_older_than_the_meeting(self, made_on, days):
        if made_on.toordinal() + days < 1 or made_on.toordinal() + days > date.max.toordinal():
            return
        due_on = made_on + timedelta(days)
        if days >= 0:
            check_promise(made_on, due_on)
        else:
            with pytest.raises(Refused, match="早于承诺当日"):
                check_promise(made_on, due_on)

    def test_the_day_of_the_meeting_is_early_enough(self):
        check_begun(DAY, DAY)
        with pytest.raises(Refused):
            check_begun(DAY, DAY - timedelta(1))


class TestOpinions:
    GOOD = Decided("by_a_date", "增设护学岗。", "traffic_police", ("education",), DAY)

    def test_the_same_day_is_early_enough_and_a_ledger_entry_needs_no_date(self):
        check_opinion(self.GOOD, DAY)
        check_opinion(replace(self.GOOD, handling="on_the_ledger", solve_by=None), DAY)

    def test_a_way_of_handling_that_does_not_exist_is_an_error(self):
        with pytest.raises(ValueError, match="later"):
            check_opinion(replace(self.GOOD, handling="later"), DAY)

    def test_a_text_for_many_names_each_appeal_and_unit_and_leaves_other_braces_alone(self):
        assert fill("由{单位}办理{诉求}{其他}", title="甲路逆行", unit="市交警支队") == "由市交警支队办理甲路逆行{其他}"
