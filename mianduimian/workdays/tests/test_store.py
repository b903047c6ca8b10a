"""A year is loaded by the operator, checked, kept and seen at once."""

import os
from datetime import date

import pytest

from mianduimian.refusal import Refused
from mianduimian.workdays import Deadline, calendar, store_year

YEAR = """
year = 2027
source = "https://example.org/notice/2027"

[[holiday]]
name = "元旦"
off = [2027-01-01, 2027-01-02, 2027-01-03]
work = [2026-12-26]

[[holiday]]
name = "劳动节"
off = [2027-05-01]

[[holiday]]
name = "国庆节"
off = [2027-10-01, 2027-10-02, 2027-10-03, 2027-10-04, 2027-10-05, 2027-10-06, 2027-10-07]
work = [2027-10-09]
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "years"


@pytest.fixture
def load(tmp_path, folder):
    def load(text: str | bytes = YEAR) -> int:
        source = tmp_path / "notice.toml"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        return store_year(source, folder)

    return load


def test_a_provisional_deadline_becomes_firm_when_its_year_is_loaded(folder, load):
    assert calendar(folder).add(date(2026, 12, 14), 15) == Deadline(date(2027, 1, 4), provisional=True)
    assert load() == 2027
    assert calendar(folder).add(date(2026, 12, 14), 15) == Deadline(date(2027, 1, 4), provisional=False), \
        "the made-up Saturday of December stands for the New Year's Friday"


def test_days_of_the_december_before_count_as_the_new_notice_says(folder, load):
    assert not calendar(folder).is_workday(date(2026, 12, 26))
    load()
    assert calendar(folder).is_workday(date(2026, 12, 26))
    assert calendar(folder).knows(date(2026, 12, 31))
    assert not calendar(folder).knows(date(2027, 12, 25))


def test_the_calendar_is_read_once_while_nothing_changes(folder, load):
    load()
    assert calendar(folder) is calendar(folder)


def test_an_amended_notice_replaces_the_earlier_one(folder, load):
    load()
    assert calendar(folder).is_workday(date(2027, 10, 9))
    load(YEAR.replace("work = [2027-10-09]", "work = [2027-10-10]"))
    os.utime(folder / "2027.toml", ns=(1, 1))
    assert calendar(folder).is_workday(date(2027, 10, 10))
    assert not calendar(folder).is_workday(date(2027, 10, 9))


def test_an_operator_may_amend_a_shipped_year(folder, load):
    load(YEAR.replace("2026-12-26", "2024-12-28").replace("2027", "2025").replace("[2025-10-09]", "[2025-10-12]"))
    assert calendar(folder).is_workday(date(2025, 10, 12))
    assert not calendar().is_workday(date(2025, 10, 12))


def test_a_folder_that_is_not_there_adds_nothing(tmp_path):
    assert calendar(tmp_path / "none").years == calendar().years == (2023, 2024, 2025, 2026)


@pytest.mark.parametrize(("text", "words"), [
    (b"", "缺少年份"),
    (b"\xff\xfe\x00", "TOML"),
    (b"year = [", "TOML"),
    ("year = true", "缺少年份"),
    ("year = 20270", "缺少年份"),
    (YEAR.replace("https://example.org/notice/2027", "口头通知"), "网址"),
    (YEAR.replace("[2027-05-01]", '["2027-05-01"]'), "不是日期"),
    (YEAR.replace("[2027-05-01]", "2027-05-01"), "列表"),
    (YEAR.replace("[2027-05-01]", "[2027-05-01, 2027-05-01]"), "写了两次"),
    (YEAR.replace("[2027-05-01]", "[2027-05-02]"), "劳动节"),
    (YEAR.replace("2027-10-09", "2027-10-08"), "不是周末"),
    (YEAR.replace("2026-12-26", "2026-12-19"), "不属于2027年"),
    ('year = 2027\nsource = "https://example.org"\nholiday = 3', "列表"),
    ('year = 2027\nsource = "https://example.org"\nholiday = [3]', r"\[\[holiday"),
    ("#" * 200_000, "太大"),
])
def test_a_damaged_year_is_refused_in_words_and_not_kept(folder, load, text, words):
    with pytest.raises(Refused, match=words):
        load(text)
    assert not folder.exists()


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path, folder):
    with pytest.raises(Refused, match="读不到"):
        store_year(tmp_path / "none.toml", folder)
