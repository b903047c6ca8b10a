"""One round on one theme: what the shipped engine proposes alone, before any person has decided anything."""

from collections import Counter

import pytest

from mianduimian.sample.round import submissions
from mianduimian.text.events import Words, propose

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def proposed(today):
    """Of every group the appeals of its members, and how many parts each appeal has."""
    rows, truth = [], {}
    for one in submissions(today):
        for part in one.parts:
            if part.appeal:
                rows.append(Words(len(rows), one.title if len(one.parts) == 1 else "", part.text, one.said_on.isoformat()))
                truth[len(truth)] = part.appeal
    return [Counter(truth[member] for member in group.members) for group in propose(rows)], Counter(truth.values())


def test_on_the_first_day_half_of_the_appeals_are_proposed_exactly_and_most_groups_are_pure(proposed):
    groups, whole = proposed
    exact = sum(len(group) == 1 and group.total() == whole[next(iter(group))] for group in groups)
    pure = sum(len(group) == 1 for group in groups)
    assert exact >= len(whole) / 2 and pure >= 0.85 * len(groups)


def test_no_appeal_of_another_place_is_drowned_in_a_large_one(proposed):
    groups, _whole = proposed
    for group in groups:
        if group.total() >= 8:
            assert group.most_common(1)[0][1] >= group.total() / 2
