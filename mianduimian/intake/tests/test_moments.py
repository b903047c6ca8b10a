"""The many ways in which exports write a moment."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.intake.rules import SHANGHAI
from mianduimian.intake.sheets.moments import moment
from mianduimian.refusal import Refused

HALF_PAST_EIGHT = "2023-11-16 08:30:00"
MIDNIGHT = "2023-11-16 00:00:00"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2023-11-16 08:30", HALF_PAST_EIGHT),
        ("2023-11-16T08:30:00", HALF_PAST_EIGHT),
        ("2023-11-16 8:30:00.000", HALF_PAST_EIGHT),
        ("2023/11/16", MIDNIGHT),
        ("2023.11.16 8:30", HALF_PAST_EIGHT),
        ("2023年11月16日", MIDNIGHT),
        ("2023年11月16日 8时30分", HALF_PAST_EIGHT),
        ("2023年11月16日（星期四）上午8点30分", HALF_PAST_EIGHT),
        ("2023年11月16日 下午2:05", "2023-11-16 14:05:00"),
        ("2023-11-16 星期四 08:30", HALF_PAST_EIGHT),
        ("２０２３－１１－１６　０８：３０", HALF_PAST_EIGHT),
        ("20231116", MIDNIGHT),
        ("20231116083000", HALF_PAST_EIGHT),
        ("20231116 0830", HALF_PAST_EIGHT),
        ("23-11-16", MIDNIGHT),
        ("23/11/16 08:30", HALF_PAST_EIGHT),
        ("2023-11-16T00:30:00Z", HALF_PAST_EIGHT),
        ("2023-11-16T08:30:00+08:00", HALF_PAST_EIGHT),
        ("2023-11-15 19:30:00-0500", HALF_PAST_EIGHT),
        (20231116, MIDNIGHT),
        (20231116.0, MIDNIGHT),
        (45246, MIDNIGHT),
        (45246.354166667, HALF_PAST_EIGHT),
        ("45246.354166667", HALF_PAST_EIGHT),
        (date(2023, 11, 16), MIDNIGHT),
    ],
)
def test_each_is_the_moment_it_means(written, meant):
    found = moment(written)
    assert found.replace(tzinfo=None) == datetime.fromisoformat(meant)
    assert found.tzinfo in (None, SHANGHAI)


@pytest.mark.parametrize("blank", ["", "  ", "\t"])
def test_a_blank_is_no_moment(blank):
    assert moment(blank) is None


@pytest.mark.parametrize(
    "written",
    [
        "昨天",
        "2023-02-30",
        "2023-13-01",
        "16/11/2023",
        "2023-11-16 25:00",
        "231116",
        True,
        "0",
        "2023",
        "1" * 5000,
        "２０２３年",
        "-1",
    ],
)
def test_what_is_no_moment_is_refused_in_words(written):
    with pytest.raises(Refused, match="不是能认的时间"):
        moment(written)


@given(st.text(max_size=60))
def test_no_text_is_answered_otherwise(text):
    try:
        assert moment(text) is None or moment(text).year >= 1
    except Refused:
        pass


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_every_moment_written_down_is_read_back(when):
    when = when.replace(microsecond=0)
    for form in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒", "%Y%m%d%H%M%S"):
        assert moment(when.strftime(form)).replace(tzinfo=None) == when
