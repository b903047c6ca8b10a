"""Spreadsheets: nothing in them is ever a formula, and nothing is lost on the way."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from mianduimian.papers import Column, Sheet, csv_rows, workbook
from mianduimian.papers.sheet import EXCEL_CELL, looks_like_formula
from mianduimian.papers.wording import clean

TEXT = (Column("text", "诉求摘要", 40),)
COMMANDS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)"]
COMMANDS += ['=HYPERLINK("http://x","点")', "=cmd|' /C calc'!A0"]
BEFORE = ["", " ", "\t", "\r", "\n", "\u3000", "\xa0", "\ufeff", "\u200b", "\x00", '"', "'", " \t"]
PAYLOADS = [before + command for before in BEFORE for command in COMMANDS] + ["\tx", "\rx", "\nx", "-", "=", "@", "＝"]
HARMLESS = ["校门口乱停", "12345", "a=b", "1-2", "见附件@张三", "——建议", "“面对面”", "（=）", "1+1", "", "·=", "𠮷=", "😀"]


def cells(sheets, note=""):
    book = openpyxl.load_workbook(BytesIO(workbook(sheets, note)))
    return {page.title: list(page.iter_rows()) for page in book}


def only(values, kind="text"):
    rows = cells([Sheet("表", (Column("text", "栏", kind=kind),), [{"text": value} for value in values])])["表"]
    return [row[0] for row in rows[1:]]


def fields(values, columns=TEXT):
    text = "".join(csv_rows(columns, [{"text": value} for value in values]))
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))[1:]


def test_there_are_more_than_a_hundred_payloads():
    assert len(set(PAYLOADS)) >= 130


@pytest.mark.parametrize("kind", ["text", "number", "date", "time"])
def test_no_payload_becomes_a_formula_in_excel(kind):
    found = only(PAYLOADS, kind)
    assert [cell.data_type for cell in found] == ["s"] * len(PAYLOADS)
    assert [cell.value for cell in found] == [clean(payload) for payload in PAYLOADS]
    assert all(cell.quotePrefix for cell in found)


def test_the_file_itself_holds_no_formula():
    sheet = Sheet("=表", (Column("text", "=栏"),), [{"text": payload} for payload in PAYLOADS])
    with ZipFile(BytesIO(workbook([sheet], note="=1+1\n@x"))) as file:
        parts = b"".join(file.read(name) for name in file.namelist() if "worksheets" in name)
    assert b"<f>" not in parts and b"<f " not in parts


@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_payload_is_begun_with_an_apostrophe_in_csv(payload):
    assert fields([payload]) == [["'" + clean(payload)]]


@pytest.mark.parametrize("words", HARMLESS)
def test_harmless_text_is_left_alone(words):
    assert not looks_like_formula(words)
    assert fields([words]) == [[words]]
    assert (only([words, "尾"])[0].value or "") == words


def test_heads_cannot_be_formulas_either():
    columns = (Column("text", "=1+1"),)
    assert cells([Sheet("表", columns, [])])["表"][0][0].data_type == "s"
    assert "".join(csv_rows(columns, [])) == '\ufeff"\'=1+1"\r\n'


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_any_text_comes_back_from_both_as_text(values):
    expected = [clean(value) for value in values]
    found = only([*values, "尾"])[:-1]
    assert [cell.value or "" for cell in found] == expected
    assert {cell.data_type for cell in found if cell.value} <= {"s"}
    assert [field for (field,) in fields(values)] == ["'" * looks_like_formula(text) + text for text in expected]


@pytest.mark.parametrize("words", ['他说"停车"', "甲,乙", "两\n行", "分;号", '"""', ",", "尾\\"])
def test_csv_quotes_as_rfc_4180_says(words):
    assert fields([words, "下一行"]) == [[words], ["下一行"]]


def test_csv_begins_with_a_byte_order_mark_and_comes_line_by_line():
    def endless():
        n = 0
        while True:
            n += 1
            yield {"text": f"第{n}宗"}

    lines = csv_rows(TEXT, endless())
    assert [next(lines) for _ in range(3)] == ['\ufeff"诉求摘要"\r\n', '"第1宗"\r\n', '"第2宗"\r\n']


def test_dates_are_dates_numbers_are_numbers_and_moments_are_in_our_time():
    moment = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
    assert only([date(2026, 3, 1), moment], "date")[1].value == datetime(2026, 3, 2)
    assert only([moment], "time")[0].value == datetime(2026, 3, 2, 4, 30)
    assert only([date(2026, 3, 1)], "date")[0].is_date
    assert [cell.value for cell in only([-19.37, 0, Decimal("2.5")], "number")] == [-19.37, 0, 2.5]
    assert fields([-19.37], (Column("text", "同比", kind="number"),)) == [["-19.37"]]
    assert fields([moment], (Column("text", "时间", kind="time"),)) == [["2026-03-02 04:30"]]
    assert fields([date(2026, 3, 1)], (Column("text", "日期", kind="date"),)) == [["2026-03-01"]]


@pytest.mark.parametrize(("value", "kind", "words"), [
    ("不详", "date", "不详"), (date(1899, 1, 1), "date", "1899-01-01"), (date(2026, 3, 1), "text", "2026-03-01"),
    (float("nan"), "number", "nan"), (float("inf"), "number", "inf"), ("约三百", "number", "约三百"),
    (True, "number", "是"), (False, "text", "否"), (12, "text", "12"),
])  # fmt: skip
def test_what_does_not_fit_its_column_stays_text(value, kind, words):
    cell = only([value], kind)[0]
    assert (cell.value, cell.data_type) == (words, "s")


def test_nothing_is_an_empty_cell():
    assert only([None, "尾"])[0].value is None and fields([None]) == [[""]]


def test_the_head_is_frozen_and_filtered():
    book = openpyxl.load_workbook(BytesIO(workbook([Sheet("台账", TEXT * 3, [{"text": "甲"}] * 4)])))
    page = book["台账"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:C5")
    assert page["A1"].font.bold and page["A2"].alignment.wrap_text and page.column_dimensions["A"].width == 40


def test_the_note_stands_on_a_sheet_of_its_own():
    found = cells([Sheet("台账", TEXT, [])], note="口径：办结率\n不含阶段性办结")
    assert list(found) == ["台账", "说明"]
    assert [row[0].value for row in found["说明"]] == ["说明", "口径：办结率", "不含阶段性办结"]


def test_titles_of_sheets_are_allowed_short_and_different():
    titles = list(cells([Sheet(title, TEXT, []) for title in ("a/b", "a:b", "A B", "长" * 40, "长" * 40, "", "[]")]))
    assert titles[:3] == ["a b", "a b (2)", "A B (3)"]
    assert len(set(titles)) == 7 and max(map(len, titles)) <= 31


def test_a_cell_too_long_for_excel_says_that_it_was_cut():
    value = only(["长" * 40_000])[0].value
    assert len(value) == EXCEL_CELL and value.endswith("…（过长，余下未列）")


@pytest.mark.parametrize("words", ["_x003D_1+1", "_x0041_", "a_x000D_b", "_x005F_", "_xyz_"])
def test_text_that_looks_like_excels_codes_stays_as_it_is(words):
    book = CalamineWorkbook.from_filelike(BytesIO(workbook([Sheet("表", TEXT, [{"text": words}])])))
    assert book.get_sheet_by_index(0).to_python()[1] == [words]


def test_rows_may_be_things_with_attributes():
    assert "".join(csv_rows((Column("head", "栏"),), [Column("a", "甲")])) == '\ufeff"栏"\r\n"甲"\r\n'


def test_a_column_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="not formula"):
        Column("a", "甲", kind="formula")
