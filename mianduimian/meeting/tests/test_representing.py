"""Choosing what comes before the meeting and who is invited: coverage, fairness, and a lot that anybody can draw again."""

from collections import Counter
from math import ceil, floor
from random import Random

from hypothesis import given
from hypothesis import strategies as some

from mianduimian.meeting.representing import Candidate, apportion, choose, draw
from mianduimian.meeting.rules import Voice

REGIONS = ("源城区", "龙川县", "紫金县", "")
seeds = some.text("abc123", min_size=1, max_size=6)
weights = some.dictionaries(some.sampled_from("甲乙丙丁戊己庚"), some.integers(0, 40), max_size=7)


def candidate(appeal, citizens, region="源城区", kind="parking"):
    return Candidate(appeal, f"诉求{appeal}", region, kind, frozenset(citizens))


people = some.frozensets(some.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1, max_size=9)
candidates = some.lists(
    some.builds(candidate, some.integers(1, 60), people, some.sampled_from(REGIONS), some.sampled_from(["路灯", "停车", "公交"])),
    max_size=25,
    unique_by=lambda one: one.appeal,
)


def regions(choice):
    return Counter(one.candidate.region for one in choice.chosen)


class TestShares:
    @given(weights, some.integers(0, 30), seeds)
    def test_all_places_are_given_and_each_gets_its_share_rounded_down_or_up(self, spoke, places, seed):
        shares = apportion(spoke, places, Random(seed))
        assert sum(share.places for share in shares.values()) == (places if any(spoke.values()) else 0)
        for share in shares.values():
            assert floor(share.exact) <= share.places <= ceil(share.exact)

    def test_every_county_with_a_voice_has_a_chance_in_the_measure_of_its_voices(self):
        spoke = {"大": 60, "中": 30, "小": 10}
        drawn = [apportion(spoke, 3, Random(str(n))) for n in range(3000)]
        average = {name: sum(one[name].places for one in drawn) / len(drawn) for name in spoke}
        assert abs(average["大"] - 1.8) < 0.05 and abs(average["中"] - 0.9) < 0.05 and abs(average["小"] - 0.3) < 0.05

    def test_a_county_where_nobody_spoke_has_no_share(self):
        assert set(apportion({"甲": 3, "乙": 0}, 2, Random("1"))) == {"甲"}


class TestChoice:
    def test_the_next_appeal_is_that_which_speaks_for_most_who_are_not_yet_spoken_for(self):
        choice = choose([candidate(1, "abcd"), candidate(2, "abc"), candidate(3, "ef")], 2, "x")
        assert [one.candidate.appeal for one in choice.chosen] == [1, 3]
        assert (choice.covered, choice.citizens) == (6, 6)
        assert choice.chosen[0].reason == (
            "代表 4 名群众，其中 4 名还没有别的议题代表；源城区按人数应得 2.00 件，抽签取整为 2 件，这是第 1 件"
        )

    def test_who_is_on_the_agenda_already_is_spoken_for(self):
        choice = choose([candidate(1, "abc"), candidate(2, "de")], 1, "x", covered=frozenset("abc"))
        assert choice.chosen[0].candidate.appeal == 2 and (choice.covered, choice.citizens) == (5, 5)

    def test_a_county_that_has_fewer_appeals_than_places_leaves_them_to_others_and_says_so(self):
        among = [candidate(1, "abcdefghij"), *(candidate(n, "xyz"[n - 2], "龙川县") for n in (2, 3, 4))]
        choice = choose(among, 4, "x")
        assert regions(choice) == {"源城区": 1, "龙川县": 3}
        assert any("由此补足" in one.reason for one in choice.chosen)

    def test_one_kind_does_not_take_all_places(self):
        lamps = [candidate(n, f"{n}{n + 1}{n + 2}", kind="路灯") for n in range(1, 5)]
        buses = [candidate(n, f"b{n}", kind="公交") for n in range(10, 14)]
        kinds = Counter(one.candidate.kind for one in choose([*lamps, *buses], 4, "x").chosen)
        assert kinds["公交"] >= 1 and kinds["路灯"] >= 1

    @given(candidates, some.integers(0, 12), seeds)
    def test_as_many_as_there_are_places_and_none_twice(self, among, places, seed):
        chosen = [one.candidate.appeal for one in choose(among, places, seed).chosen]
        assert len(chosen) == len(set(chosen)) == min(places, len(among))

    @given(candidates, some.integers(1, 12), seeds)
    def test_each_county_gets_its_places_as_long_as_it_has_appeals_for_them(self, among, places, seed):
        choice = choose(among, places, seed)
        there, got = Counter(one.region for one in among), regions(choice)
        for share in choice.shares:
            assert got[share.region] >= min(share.places, there[share.region])

    @given(candidates, some.integers(0, 12), seeds)
    def test_the_coverage_told_is_true(self, among, places, seed):
        choice = choose(among, places, seed)
        assert choice.covered == len(set().union(*(one.candidate.citizens for one in choice.chosen)))
        assert choice.covered == sum(one.fresh for one in choice.chosen)
        assert choice.citizens == len(set().union(*(one.citizens for one in among)))

    @given(candidates, some.integers(0, 12), seeds, some.randoms())
    def test_the_same_seed_chooses_the_same_in_whatever_order_they_came(self, among, places, seed, dice):
        mixed = list(among)
        dice.shuffle(mixed)
        assert choose(mixed, places, seed) == choose(among, places, seed)

    def test_equal_appeals_are_chosen_by_lot_not_by_number(self):
        among = [candidate(n, f"{n}") for n in range(1, 5)]
        first = {choose(among, 1, str(n)).chosen[0].candidate.appeal for n in range(60)}
        assert first == {1, 2, 3, 4}


def voice(appeal, submission, citizen=None, voices=1):
    return Voice(appeal, f"诉求{appeal}", "源城区", voices, submission, citizen or f"c{submission}")


voices = some.lists(
    some.builds(voice, some.integers(1, 6), some.integers(1, 400), some.sampled_from("甲乙丙丁戊己庚辛"), some.integers(1, 30)),
    max_size=30,
    unique_by=lambda one: one.submission,
)


class TestLot:
    def test_each_appeal_has_one_first_and_then_where_most_spoke(self):
        among = [voice(1, n, voices=9) for n in range(10, 19)] + [voice(2, n, voices=2) for n in range(20, 22)]
        assert [one.voice.appeal for one in draw([2, 1], among, 4, "x")] == [2, 1, 1, 1]

    def test_everybody_who_may_be_invited_has_the_same_chance(self):
        among = [voice(1, n) for n in range(4)]
        drawn = Counter(draw([1], among, 1, str(n))[0].voice.submission for n in range(2000))
        assert set(drawn) == {0, 1, 2, 3} and max(drawn.values()) < 1.25 * min(drawn.values())

    def test_the_reason_says_among_how_many_the_lot_was_drawn(self):
        among = [voice(1, 1, "甲", 3), voice(1, 2, "甲", 3), voice(1, 3, "乙", 3)]
        first, second = draw([1], among, 5, "x")
        assert first.reason == "在这件诉求 2 名可邀请的群众中抽签产生"
        assert second.reason == "在这件诉求其余 1 名可邀请的群众中抽签产生；已有 1 席"

    @given(voices, some.integers(0, 12), seeds)
    def test_nobody_is_invited_twice_nor_for_what_is_not_on_the_agenda(self, among, seats, seed):
        invited = [one.voice for one in draw([1, 2, 3], among, seats, seed)]
        assert len(invited) <= seats and {one.appeal for one in invited} <= {1, 2, 3}
        assert len({one.citizen for one in invited}) == len(invited)

    @given(voices, some.integers(1, 12), seeds)
    def test_a_seat_stays_empty_only_when_nobody_is_left(self, among, seats, seed):
        invited = {one.voice.citizen for one in draw([1, 2, 3], among, seats, seed)}
        left = {one.citizen for one in among if one.appeal in (1, 2, 3)} - invited
        assert len(invited) == seats or not left

    @given(voices, some.integers(0, 12), seeds, some.randoms())
    def test_the_same_seed_draws_the_same_in_whatever_order_they_came(self, among, seats, seed, dice):
        mixed = list(among)
        dice.shuffle(mixed)
        assert draw([1, 2], mixed, seats, seed) == draw([1, 2], among, seats, seed)
