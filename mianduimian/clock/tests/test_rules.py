"""时段: each moment lies in one slot, what was missed is named, and who stopped is taken over."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.clock.rules import AGAIN, LEASE, MOST, STEP, TRIES, Every, begins, may_take_over, missed, slot

AT = datetime(2026, 3, 1, 14, 27, 59)


@pytest.mark.parametrize(
    ("every", "named"), [(Every.DAY, "2026-03-01"), (Every.HOUR, "2026-03-01T14"), (Every.MINUTE, "2026-03-01T14:27")]
)
def test_a_moment_lies_in_its_slot(every, named):
    assert slot(every, AT) == named


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.sampled_from(list(Every)))
def test_a_slot_begins_at_or_before_its_moments_and_ends_after_them(at, every):
    start = begins(every, slot(every, at))
    assert start <= at < start + STEP[every]


@pytest.mark.parametrize(
    ("last", "now", "gaps"),
    [
        ("2026-02-27", "2026-02-28", []),
        ("2026-02-27", "2026-03-01", ["2026-02-28"]),
        ("2025-12-30", "2026-01-02", ["2025-12-31", "2026-01-01"]),
        ("2026-03-01", "2026-03-01", []),
        ("2026-03-05", "2026-03-01", []),
    ],
)
def test_the_days_between_were_missed(last, now, gaps):
    assert missed(Every.DAY, last, now) == gaps


def test_a_house_closed_for_years_names_only_the_last_slots():
    assert len(missed(Every.HOUR, "2020-01-01T00", "2026-01-01T00")) == MOST


MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "tries", "since", "dead", "may"),
    [
        ("running", 1, MOMENT, False, False),
        ("running", 1, LEASE, False, False),
        ("running", 1, LEASE + MOMENT, False, True),
        ("running", 1, MOMENT, True, True),
        ("failed", 1, AGAIN - MOMENT, False, False),
        ("failed", 1, AGAIN, False, True),
        ("failed", TRIES, timedelta(days=1), True, False),
        ("done", 1, timedelta(days=1), True, False),
        ("made_up", 1, timedelta(days=1), True, False),
    ],
)
def test_who_may_take_a_slot_over(state, tries, since, dead, may):
    assert may_take_over(state, tries, since, dead) is may
