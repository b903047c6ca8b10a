"""The chart for the wall: its sheet, its letters, its words, and nothing taken for a command."""

from dataclasses import replace
from datetime import date

import pytest

from mianduimian.papers.poster import LARGEST, PAPERS, SMALLEST, Bit, Poster, Square, Strip, poster_pdf, scale
from mianduimian.papers.tests.printed import Printed

MM = 72 / 25.4
ROW = Strip(
    ((Bit("市交警支队", "strong"),), (Bit("3 件"), Bit("●", "green"))),
    (Square(), Square(((Bit("▲", "yellow"), Bit("2")),), True)),
)
POSTER = Poster(
    title="挂图：道路安全",
    lead="三件事项",
    figures=((Bit("●", "green"), Bit("正常 3 件")),),
    corner="牵头单位",
    weeks=(("11-13",), ("11-20", "今天 11-23")),
    today=(1, 3 / 7),
    road=Strip(((Bit("路线图", "strong"),),), (Square(((Bit("◆ 座谈会 11-16", "road"),),)), Square())),
    rows=(ROW,),
    legend=((Bit("■", "red"), Bit("连续逾期 0 个节点")), (Bit("红色竖线是今天", "quiet"),)),
    on=date(2023, 11, 23),
)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_sheet_is_of_the_paper_that_was_asked_for(paper):
    sheet = Printed(poster_pdf(POSTER, paper)).reader.pages[0].mediabox
    assert (float(sheet.width), float(sheet.height)) == pytest.approx([side * MM for side in PAPERS[paper]], abs=0.5)


def test_every_word_stands_on_it_once_in_the_order_of_the_rows():
    above, table = "挂图：道路安全三件事项●正常3件", "牵头单位11-1311-20今天11-23路线图◆座谈会11-16市交警支队3件●▲2"
    assert Printed(poster_pdf(POSTER)).words == above + table + "■连续逾期0个节点红色竖线是今天"


def test_a1_is_written_twice_as_large_as_a3_and_many_rows_smaller_than_few():
    assert scale("a1", 18) == pytest.approx(2 * scale("a3", 18))
    assert [scale("a3", rows) for rows in (0, 1, 18, 24, 500)] == [LARGEST, LARGEST, 1, 0.75, SMALLEST]


def test_more_rows_than_a_sheet_holds_go_on_the_next_under_the_same_head():
    printed = Printed(poster_pdf(replace(POSTER, rows=(ROW,) * 80)))
    assert len(printed.pages) > 1
    assert all("路线图" in page.extract_text() for page in printed.reader.pages)
    assert printed.words.count("市交警支队") == 80


@pytest.mark.parametrize("words", ['#panic("x")', '"); #panic("x")', "$x$ *b* _i_ `c` <l> @r", "\\u{41}"])
def test_nothing_that_was_typed_is_a_command(words):
    row = replace(ROW, head=((Bit(words, "strong"),),))
    assert "".join(words.split()) in Printed(poster_pdf(replace(POSTER, rows=(row,)))).words


def test_the_same_chart_is_the_same_file_and_without_today_it_has_no_line():
    assert poster_pdf(POSTER) == poster_pdf(POSTER)
    assert b"/ShadingType" in poster_pdf(POSTER)
    assert b"/ShadingType" not in poster_pdf(replace(POSTER, today=(-1, 0.0)))
