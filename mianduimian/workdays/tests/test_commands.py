"""The command line of the calendar."""

import pytest
from click.testing import CliRunner

from mianduimian.workdays.commands import workdays


def run(*words: str):
    return CliRunner().invoke(workdays, words, env={"MIANDUIMIAN_CALENDARS": "none-loaded"})


@pytest.mark.parametrize(("words", "printed"), [
    (("add", "2023-11-16", "15"), "2023-12-07\n"),
    (("add", "2026-12-14", "15"), "2027-01-04 暂定\n"),
    (("between", "2023-11-16", "2023-12-07"), "15\n"),
    (("between", "2023-12-07", "2023-11-16"), "-15\n"),
])
def test_the_answer_is_printed_and_nothing_else(words, printed):
    result = run(*words)
    assert (result.exit_code, result.output) == (0, printed)


@pytest.mark.parametrize("words", [("add", "2023-02-29", "1"), ("add", "昨天", "1"), ("between", "2023-11-16", "2023/12/07")])
def test_a_date_that_is_none_is_named_in_one_sentence(words):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith("日期“") and "看不懂" in result.stderr


def test_a_count_beyond_all_dates_is_refused_in_words():
    result = run("add", "9999-12-31", "1")
    assert result.exit_code == 2
    assert "超出了日历" in result.stderr
