"""Head, text and foot of official documents, read back from the file."""

from datetime import date

import pytest

from mianduimian.papers import Attachment, Facts, Heading, Names, Paper, Para, Table
from mianduimian.papers.head import mark, title_lines
from mianduimian.papers.measure import LINE, UPRIGHT, mm
from mianduimian.papers.tests.reading import Read, all_said, faces, find, indent, points, said, space, text

CALL = Paper(
    "公告",
    "关于公开征集“道路安全与交通秩序”突出民生问题的公告",
    issuer="河源市“面对面”工作专班",
    number="河面专〔2026〕3号",
    addressee="各县区人民政府",
    body=(
        Para("第一段。\n第二段。"),
        Heading("范围"),
        Heading("路段", 2),
        Heading("时段", 3),
        Heading("高峰", 4),
        Heading("方式"),
    ),
    signed="河源市“面对面”工作专班",
    on=date(2026, 3, 1),
    copies=("市委办公室", "市政府办公室"),
    printed_by="专班办公室",
    printed_on=date(2026, 3, 2),
)


@pytest.fixture(scope="module")
def read():
    return Read(CALL)


def test_the_mark_is_red_song_35_millimetres_under_the_top_of_the_text(read):
    line = read.paragraphs[0]
    assert text(line) == CALL.issuer and faces(line) == ["方正小标宋简体"]
    assert said(line, "w:r/w:rPr/w:color") == "FF0000" and said(line, "w:pPr/w:jc") == "center"
    leading = (space(line, "line") - points(line) * 20) / 2
    assert space(line, "before") + leading == pytest.approx(mm(35), abs=2)


@pytest.mark.parametrize("issuer", ["专班", "河源市“面对面”工作专班", "河源市解决群众急难愁盼问题“面对面”工作领导小组专班"])
def test_a_mark_fits_one_line_however_long_the_name(issuer):
    line = Read(Paper("通报", "题", issuer=issuer)).paragraphs[0]
    assert 26 <= points(line) <= 50
    assert points(line) * 20 * len(issuer) <= UPRIGHT.text_width or points(line) == 26


def test_the_number_stands_two_lines_under_the_mark_and_the_red_line_4_millimetres_under_it(read):
    line = read.line("河面专〔2026〕3号")
    assert space(line, "before") == 2 * LINE and said(line, "w:pPr/w:jc") == "center"
    assert said(line, "w:pPr/w:pBdr/w:bottom", "color") == "FF0000"
    under_signs = int(said(line, "w:pPr/w:pBdr/w:bottom", "space")) * 20 + (space(line, "line") - 320) / 2
    assert under_signs == pytest.approx(mm(4), abs=30)


def test_the_red_line_is_as_wide_as_the_text(read):
    assert not find(read.line("河面专〔2026〕3号"), "w:pPr/w:ind") and mm(156) - UPRIGHT.text_width == 0


def test_the_title_is_2_song_in_the_middle_two_lines_under_the_red_line(read):
    line = read.line("关于公开征集")
    assert faces(line) == ["方正小标宋简体"] and points(line) == 22 and said(line, "w:pPr/w:jc") == "center"
    assert space(line, "before") == 2 * LINE


def test_the_addressee_stands_one_line_under_the_title_at_the_left_with_a_colon(read):
    line = read.line("各县区人民政府：")
    assert space(line, "before") == LINE and not find(line, "w:pPr/w:ind")


@pytest.mark.parametrize(
    ("words", "face"),
    [
        ("一、范围", "黑体"),
        ("（一）路段", "楷体_GB2312"),
        ("1.时段", "仿宋_GB2312"),
        ("（1）高峰", "仿宋_GB2312"),
        ("二、方式", "黑体"),
    ],
)
def test_headings_are_counted_and_each_level_has_its_face(read, words, face):
    line = read.line(words)
    assert text(line) == words and faces(line) == [face] and find(line, "w:pPr/w:keepNext")


def test_a_higher_heading_starts_the_lower_ones_again():
    levels = [1, 2, 2, 1, 2, 3, 3, 2, 3]
    read = Read(Paper("公告", "题", body=tuple(Heading("甲", level) for level in levels), red_head=False))
    assert read.lines[1:] == ["一、甲", "（一）甲", "（二）甲", "二、甲", "（一）甲", "1.甲", "2.甲", "（二）甲", "1.甲"]


def test_a_heading_of_a_fifth_level_does_not_exist():
    with pytest.raises(ValueError, match="level 1 to 4"):
        Heading("甲", 5)


def test_a_line_break_in_a_text_begins_a_paragraph(read):
    assert "第一段。" in read.lines and "第二段。" in read.lines


def test_the_date_is_in_arabic_numerals_four_characters_from_the_right(read):
    line = next(p for p in read.paragraphs if text(p) == "2026年3月1日")
    assert said(line, "w:pPr/w:jc") == "right" and indent(line, "right") == 4 * 315


def test_the_signature_stands_in_the_middle_over_the_date(read):
    signed, dated = read.paragraphs[-3], read.paragraphs[-2]
    middle = [indent(p, "right") + width * 315 / 2 for p, width in ((signed, len(CALL.signed)), (dated, 6))]
    assert middle[0] == pytest.approx(middle[1], abs=2)
    assert find(signed, "w:pPr/w:keepNext")


def test_a_signature_too_long_for_the_middle_ends_at_the_right_edge():
    read = Read(Paper("公告", "题", signed="长" * 27, on=date(2026, 3, 1)))
    assert indent(read.line("长" * 27), "right") == 0


def test_the_imprint_hangs_on_the_lower_edge_between_thick_and_thin_rules(read):
    imprint = read.find("w:body/w:tbl")[-1]
    assert (
        said(imprint, "w:tblPr/w:tblpPr", "tblpYSpec") == "bottom" and said(imprint, "w:tblPr/w:tblpPr", "vertAnchor") == "margin"
    )
    assert [said(cell, "w:tcPr/w:tcBorders/w:top", "sz") for cell in find(imprint, ".//w:tc")] == ["8", "6"]
    assert [said(cell, "w:tcPr/w:tcBorders/w:bottom", "sz") for cell in find(imprint, ".//w:tc")] == ["6", "8"]
    assert [text(p) for p in find(imprint, ".//w:p")] == ["抄送：市委办公室，市政府办公室。", "专班办公室\t2026年3月2日印发"]
    assert all(points(p) == 14 for p in find(imprint, ".//w:p"))
    assert int(said(imprint, "w:tblPr/w:tblW", "w")) == UPRIGHT.text_width


def test_a_paper_without_copies_and_printer_has_no_imprint():
    assert not Read(Paper("公告", "题", on=date(2026, 3, 1))).find(".//w:tbl")


def test_one_attachment_is_named_without_a_number_several_with():
    assert "附件：样式" in Read(Paper("公告", "题", attachments=("样式",))).lines
    lines = Read(Paper("公告", "题", attachments=("样式", Attachment("分工")))).lines
    assert "附件：1.样式" in lines and "2.分工" in lines


def test_attachment_names_stand_one_under_the_other():
    read = Read(Paper("公告", "题", attachments=("甲", "乙")))
    first, second = read.line("1.甲"), read.line("2.乙")
    assert indent(first, "left") == indent(second, "left") == 6 * 315
    assert (indent(first, "hanging"), indent(second, "hanging")) == (4 * 315, 315)


MINUTES = Paper(
    "会议纪要",
    "座谈会纪要",
    issuer="河源市“面对面”座谈会",
    number="〔2026〕3号",
    signed="专班",
    on=date(2026, 3, 16),
    body=(Para("议定如下。"), Names("出席", ("市公安局 张三", "市信访局 李四")), Names("请假", ())),
)


def test_minutes_say_so_in_red_and_tell_office_and_day_above_the_line():
    read = Read(MINUTES)
    assert read.lines[:3] == ["河源市“面对面”座谈会纪要", "〔2026〕3号", "　专班\t2026年3月16日"]
    assert said(read.line("　专班"), "w:pPr/w:pBdr/w:bottom", "color") == "FF0000"


def test_minutes_have_no_place_for_a_seal():
    assert Read(MINUTES).lines[-1] == "请假：无"


def test_who_was_there_follows_a_label_in_black_type_and_turns_under_the_first_name():
    line = Read(MINUTES).line("出席：")
    assert text(line) == "出席：市公安局 张三、市信访局 李四" and faces(line) == ["黑体", "仿宋_GB2312"]
    assert indent(line, "left") == 5 * 315 and indent(line, "hanging") == 3 * 315


@pytest.mark.parametrize(
    ("issuer", "words"), [("河源市座谈会", "河源市座谈会纪要"), ("专题会议纪要", "专题会议纪要"), ("专班", "专班会议纪要")]
)
def test_the_mark_of_minutes_ends_with_minutes(issuer, words):
    assert mark(Paper("纪要", "题", issuer=issuer)) == words


def test_a_plain_head_shows_the_number_under_the_title_and_no_red():
    read = Read(Paper("交办单", "交办单", number="河面交〔2026〕1号", issuer="专班", red_head=False))
    assert read.lines == ["交办单", "河面交〔2026〕1号"] and not read.find(".//w:color[@w:val='FF0000']")


def test_long_titles_break_into_even_lines_outside_of_quotation_marks():
    assert title_lines(CALL.title) == ["关于公开征集“道路安全与交通秩序”", "突出民生问题的公告"]
    assert title_lines("短题") == ["短题"]
    assert title_lines("第一行\n第二行") == ["第一行", "第二行"]


@pytest.mark.parametrize("length", [21, 40, 41, 60, 97])
def test_no_line_of_a_title_is_longer_than_the_text_is_wide(length):
    lines = title_lines("题" * length)
    assert "".join(lines) == "题" * length and max(map(len, lines)) <= 20


def test_a_form_puts_names_of_facts_left_and_facts_right():
    read = Read(Paper("交办单", "单", body=(Facts((("编号", "1"), ("时限", date(2026, 4, 7)), ("要求", "甲\n乙"))),)))
    rows = [[text(cell) for cell in find(row, "w:tc")] for row in read.find(".//w:tr")]
    assert rows == [["编号", "1"], ["时限", "2026年4月7日"], ["要求", "甲乙"]]
    assert faces(read.find(".//w:tc/w:p")[0]) == ["黑体"]
    assert len(read.find(".//w:tr[3]/w:tc[2]/w:p")) == 2


def rows_of(columns, rows=3):
    return Table(tuple(f"栏{n}" for n in range(columns)), tuple(tuple(f"甲{n}" for n in range(columns)) for _ in range(rows)))


def test_the_head_of_a_table_is_repeated_and_no_row_is_torn():
    read = Read(Paper("台账", "账", body=(rows_of(3),)))
    assert [bool(find(row, "w:trPr/w:tblHeader")) for row in read.find(".//w:tr")] == [True, False, False, False]
    assert all(find(row, "w:trPr/w:cantSplit") for row in read.find(".//w:tr"))
    assert len(read.find(".//w:tblBorders/*")) == 6


@pytest.mark.parametrize(("columns", "size"), [(3, 12), (10, 10.5), (16, 9), (26, 7.5)])
def test_the_more_columns_the_smaller_the_signs(columns, size):
    assert points(Read(Paper("台账", "账", body=(rows_of(columns),))).find(".//w:tc/w:p")[0]) == size


@pytest.mark.parametrize("widths", [None, (20, 50, 86), (1, 1, 1)])
def test_a_table_fills_the_width_of_the_text(widths):
    table = Table(("甲", "乙", "丙"), (("1", "很长" * 60, "x" * 90),), widths)
    read = Read(Paper("台账", "账", body=(table,)))
    columns = [*map(int, all_said(read.document, ".//w:gridCol", "w"))]
    assert sum(columns) == UPRIGHT.text_width and min(columns) > 0


def test_short_columns_are_not_broken_for_a_long_one():
    table = Table(("序号", "事项", "单位", "时限"), (("1", "整治校门口乱停乱放" * 9, "市公安局", "2026-04-07"),))
    read = Read(Paper("台账", "账", body=(table,)))
    widths = [int(width) / 240 for width in all_said(read.document, ".//w:gridCol", "w")]
    assert widths[0] >= 2 and widths[2] >= 4 and widths[3] >= 5 and widths[1] == max(widths)


def test_two_tables_in_a_row_stay_two_and_captions_stand_above():
    table = rows_of(2)
    read = Read(Paper("台账", "账", body=(table, Table(table.head, table.rows, caption="表二"))))
    kinds = [element.tag.split("}")[1] for element in read.document.body][-6:]
    assert kinds == ["tbl", "p", "p", "tbl", "p", "sectPr"]


@pytest.mark.parametrize(
    "wrong", [dict(head=(), rows=()), dict(head=("甲",), rows=(("1", "2"),)), dict(head=("甲",), rows=(), widths=(0,))]
)
def test_a_table_that_is_not_one_is_refused_when_it_is_made(wrong):
    with pytest.raises(ValueError, match="table"):
        Table(**wrong)


def test_properties_stand_in_the_order_the_schema_wants(read):
    order = (
        "keepNext keepLines pageBreakBefore widowControl pBdr tabs autoSpaceDE autoSpaceDN "
        "snapToGrid spacing ind jc outlineLvl sectPr"
    )
    for properties in read.find(".//w:pPr"):
        names = [child.tag.split("}")[1] for child in properties]
        assert names == sorted(names, key=order.split().index)
