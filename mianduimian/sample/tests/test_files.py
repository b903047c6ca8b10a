"""The files in which the sample arrives: awkward as real ones, whole, and the same every time."""

import csv
import io

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from mianduimian.sample.files import HOTLINE_HEADS, write
from mianduimian.sample.round import submissions


@pytest.fixture(scope="module")
def written(today, tmp_path_factory):
    return write(tmp_path_factory.mktemp("arrived"), today)


@pytest.fixture(scope="module")
def arrived(written):
    return {path.suffix + path.name[:2]: path for path in written}


@pytest.fixture(scope="module")
def hotline(arrived):
    return CalamineWorkbook.from_path(str(arrived[".xlsx12"])).get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_all_881_are_in_the_three_files(written):
    assert len(written) == 3
    assert sum(written.values()) == 881


def test_the_hotlines_heads_stand_in_the_fourth_row_under_merged_titles(arrived, hotline):
    merged = {str(cells) for cells in load_workbook(arrived[".xlsx12"]).active.merged_cells.ranges}
    assert merged == {"A1:K1", "B3:E3", "F3:I3"}
    assert tuple(hotline[3]) == HOTLINE_HEADS


def test_one_row_among_the_hotlines_is_blank_and_the_last_is_a_sum(hotline):
    assert sum(not any(row) for row in hotline[4:]) == 1
    assert hotline[-1][0] == "合计"


def test_every_word_of_the_hotlines_callers_is_in_its_file(today, hotline):
    bodies = {row[4] for row in hotline[4:]}
    assert {one.body for one in submissions(today) if one.channel == "hotline"} <= bodies


def test_the_web_export_is_gb18030_and_not_utf8(arrived):
    raw = arrived[".csv网上"].read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(raw.decode("gb18030"), newline="")))
    assert len({row["留言编号"] for row in rows}) == len(rows)


def test_emoji_and_line_breaks_survive_the_web_export(today, arrived):
    rows = csv.DictReader(io.StringIO(arrived[".csv网上"].read_bytes().decode("gb18030"), newline=""))
    bodies = {row["留言编号"]: row["留言内容"] for row in rows}
    for one in submissions(today):
        if one.channel in ("web", "wechat"):
            assert bodies[one.source_number] == one.body


def test_the_clerk_writes_days_in_four_ways(arrived):
    rows = list(load_workbook(arrived[".xlsx来信"]).active.values)
    assert {len(row[1]) for row in rows[1:]} == {10, 11, 6}
    assert {row[2] for row in rows[1:]} == {"来信", "来访", "来电", "代表委员转交", "信访转送"}


def test_the_same_day_writes_the_same_bytes(today, written, tmp_path):
    for path in write(tmp_path, today):
        first = next(old for old in written if old.name == path.name)
        assert path.read_bytes() == first.read_bytes()
