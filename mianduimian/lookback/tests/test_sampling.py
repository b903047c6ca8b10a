"""抽查: with many seeds every matter is drawn equally often; with one seed everybody draws the same."""

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from mianduimian.lookback.rules import allot, draw
from mianduimian.refusal import Refused

SEEDS = 4000
NUMBERS = {f"2023-12-{n:03}": f"单位{n % 7}" for n in range(1, 61)}
UNEVEN = {f"2023-12-{n:03}": "大" if n <= 40 else "中" if n <= 55 else "小" for n in range(1, 61)}


def test_over_many_seeds_every_matter_is_drawn_equally_often():
    drawn = Counter(number for seed in range(SEEDS) for number in draw(NUMBERS, 10, f"种子{seed}"))
    expected = SEEDS * 10 / len(NUMBERS)
    assert chisquare([drawn[number] for number in NUMBERS], [expected] * len(NUMBERS)).pvalue > 0.001
    assert max(abs(n - expected) for n in drawn.values()) / expected < 0.15


def test_over_many_seeds_no_two_matters_are_drawn_together_too_often():
    pairs = Counter()
    for seed in range(SEEDS):
        drawn = draw(NUMBERS, 2, str(seed))
        pairs[tuple(drawn)] += 1
    possible = len(NUMBERS) * (len(NUMBERS) - 1) / 2
    seen = [*pairs.values(), *[0] * int(possible - len(pairs))]
    assert chisquare(seen).pvalue > 0.001


def test_within_a_unit_every_matter_has_the_same_chance_when_drawn_by_unit():
    drawn = Counter(number for seed in range(SEEDS) for number in draw(UNEVEN, 12, str(seed), by_stratum=True))
    for unit in ("大", "中", "小"):
        mine = [drawn[number] for number, of in UNEVEN.items() if of == unit]
        assert chisquare(mine).pvalue > 0.001


def test_places_are_shared_in_proportion_and_nobody_is_left_out():
    assert allot({"大": 40, "中": 15, "小": 5}, 12, "x") == {"大": 7, "中": 3, "小": 2}
    assert allot({"大": 98, "小": 1, "微": 1}, 3, "x") == {"大": 1, "小": 1, "微": 1}


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 30), min_size=1, max_size=8), st.data(), st.text())
def test_however_it_is_shared_the_sum_is_right_and_nobody_gives_more_than_they_have(sizes, data, seed):
    size = data.draw(st.integers(len(sizes), sum(sizes.values())))
    places = allot(sizes, size, seed)
    assert sum(places.values()) == size
    assert all(1 <= places[key] <= sizes[key] for key in sizes)


@given(st.text(), st.integers(1, 60))
def test_one_seed_and_one_population_give_one_sample_in_whatever_order_it_is_read(seed, size):
    backwards = dict(reversed(NUMBERS.items()))
    assert draw(NUMBERS, size, seed) == draw(backwards, size, seed)
    assert len(set(draw(NUMBERS, size, seed))) == size


def test_anybody_can_repeat_it_with_nothing_but_sha_256():
    by_hand = sorted(NUMBERS, key=lambda number: sha256(f"20231208:{number}".encode()).hexdigest())[:10]
    assert draw(NUMBERS, 10, "20231208") == sorted(by_hand)


@pytest.mark.parametrize("size", [0, -1, 61])
def test_nothing_and_more_than_all_cannot_be_drawn(size):
    with pytest.raises(Refused, match="须在1和60之间"):
        draw(NUMBERS, size, "x")


def test_by_unit_fewer_than_there_are_units_cannot_be_drawn():
    assert len(draw(NUMBERS, 7, "x", by_stratum=True)) == 7
    with pytest.raises(Refused, match="不能少于单位数（7家）"):
        draw(NUMBERS, 6, "x", by_stratum=True)
