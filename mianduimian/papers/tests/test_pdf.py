"""The PDF of a Word file: the standard's numbers measured on the sheet, the same words, nothing taken for a command."""

from datetime import date
from itertools import pairwise

import pytest
import typst

from mianduimian.papers import Attachment, Facts, Heading, Names, Paper, Para, Table, render
from mianduimian.papers.body import body
from mianduimian.papers.ink import el
from mianduimian.papers.measure import LANDSCAPE, LINE
from mianduimian.papers.pdf import flow, pdf
from mianduimian.papers.pdf.fonts import known_fonts
from mianduimian.papers.tests.printed import Printed
from mianduimian.papers.tests.reading import Read, text
from mianduimian.refusal import Refused

MM = 72 / 25.4
LONG = Paper("公告", "标题", body=(Para("国" * 2000),))
WHOLE = Paper(
    "交办单",
    "关于办理“校门口乱停车”的交办单",
    issuer="河源市“面对面”工作专班",
    number="河面交〔2026〕3号",
    addressee="市交警支队",
    body=(
        Facts((("事项编号", "441600-2023-12-0001"), ("诉求", "上下学时段车辆乱停。\n请尽快处理"))),
        Heading("第一部分"),
        Para("办理情况如下。"),
        Names("出席", ("甲（市长）", "乙（支队长）")),
        Table(("单位", "件数"), (("市交警支队", 12), ("市住建局", 3)), caption="分单位"),
    ),
    signed="河源市“面对面”工作专班",
    on=date(2026, 3, 1),
    copies=("市住建局",),
    printed_by="专班办公室",
    printed_on=date(2026, 3, 2),
    attachments=("来件样式", Attachment("节点表", (Table(("事项",), (("甲",),)),), landscape=True)),
)


@pytest.fixture(scope="module")
def long():
    return Printed(pdf(render(LONG)))


@pytest.fixture(scope="module")
def whole():
    return Printed(pdf(render(WHOLE)))


def test_the_sheet_is_a4(long):
    box = long.reader.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((210 * MM, 297 * MM), abs=0.5)


def test_a_full_page_has_22_lines_of_28_characters(long):
    lines = long.text(2).splitlines()[:-1]
    assert [len(line) for line in lines] == [28] * 22


def test_the_text_begins_28_millimetres_from_the_left_and_its_lines_28_95_points_apart(long):
    lines = long.pages[1][:-1]
    assert all(abs(line.x - 28 * MM) < 0.1 for line in lines)
    assert {round(below.y - above.y, 2) for above, below in pairwise(lines)} == {LINE / 20}
    assert {line.size for line in lines} == {16}


def test_the_first_line_stands_in_the_text_area_and_so_does_the_last(long):
    lines = long.pages[1][:-1]
    assert lines[0].y - 16 > 37 * MM and lines[-1].y + 3 < (297 - 35) * MM


@pytest.mark.parametrize(("page", "words"), [(1, "— 1 —"), (2, "— 2 —")])
def test_the_page_number_is_14_points_its_dash_7_millimetres_under_the_text(long, page, words):
    number = long.pages[page - 1][-1]
    assert (number.text, number.size) == (words, 14)
    assert number.y - 0.38 * 14 == pytest.approx((297 - 35 + 7) * MM, abs=1)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(long):
    odd, even = long.pages[0][-1].x, long.pages[1][-1].x
    assert even == pytest.approx(28 * MM + 14, abs=0.2)
    assert odd > 150 * MM


def test_it_says_what_the_word_file_says_in_the_same_order(whole):
    read = Read(WHOLE)
    said = ["".join(text(p).split()) for p in read.find(".//w:p")]
    place = 0
    for words in filter(None, said):
        found = whole.words.find(words, place) if words != "附件2" else whole.words.find(words)
        assert found >= 0, words
        place = found
    again = whole.words.count("单位件数") - 1  # a table that runs over shows its head again
    assert len(whole.words) - again * len("单位件数") == sum(map(len, said))


def test_the_red_mark_stands_35_millimetres_under_the_text_areas_top(whole):
    mark = next(sign for sign in whole.pages[0] if "工作专班" in sign.text)
    assert mark.y - 0.88 * mark.size == pytest.approx((37 + 35) * MM, abs=1.5)


def test_the_title_is_2_and_the_form_4(whole):
    sizes = {sign.text: sign.size for sign in whole.pages[0]}
    assert next(size for words, size in sizes.items() if "校门口" in words) == 22
    assert sizes["事项编号"] == 14


def test_the_annex_lies_across_and_the_imprint_on_the_lower_edge_of_the_last_page(whole):
    box = whole.reader.pages[-1].mediabox
    assert float(box.width) > float(box.height)
    last = next(sign for sign in whole.pages[-1] if "印发" in sign.text)
    lower_edge = (LANDSCAPE.height - LANDSCAPE.bottom) * MM
    assert lower_edge - 26 < last.y < lower_edge


def test_a_table_that_runs_over_shows_its_head_again():
    rows = tuple((f"单位{n}", n) for n in range(90))
    printed = Printed(pdf(render(Paper("通报", "标题", body=(Table(("名称", "件数"), rows),)))))
    assert len(printed.pages) > 2
    assert all("名称" in page.extract_text() for page in printed.reader.pages)


COMMANDS = ['#panic("x")', '"); #panic("x")', '#import "@preview/x:1.0.0"', "$x$ *b* _i_ `c` <l> @r", "\\", "\\u{41}"]


@pytest.mark.parametrize("words", COMMANDS)
def test_nothing_that_is_typed_is_a_command(words):
    printed = Printed(pdf(render(Paper("公告", "标题", body=(Para(words), Facts(((words, words),)))))))
    assert printed.words.count("".join(words.split())) == 3


def test_the_same_paper_is_the_same_file():
    assert pdf(render(WHOLE)) == pdf(render(WHOLE))


def test_it_is_made_for_the_archive_and_carries_its_card(whole):
    content = pdf(render(WHOLE))
    assert b"<pdfaid:part>2</pdfaid:part>" in content and b"<pdfaid:conformance>U</pdfaid:conformance>" in content
    assert whole.reader.metadata.title == WHOLE.title
    assert whole.reader.metadata.creation_date.date() == WHOLE.on


def test_a_heading_is_in_the_readers_outline(whole):
    assert [entry.title for entry in whole.reader.outline] == ["一、第一部分"]


def test_an_element_nobody_taught_is_named_and_not_left_out():
    strange = next(body((Para("文字"),), 8844))
    strange.append(el("bookmarkStart"))
    with pytest.raises(flow.Untranslatable, match="bookmarkStart"):
        list(flow.flow([strange]))


def test_a_machine_without_a_chinese_face_says_so(monkeypatch):
    known_fonts.cache_clear()
    monkeypatch.setattr(typst, "Fonts", lambda **_given: type("None", (), {"families": lambda self: ["Libertinus Serif"]})())
    with pytest.raises(Refused, match="没有中文字体"):
        pdf(render(LONG))
    known_fonts.cache_clear()
