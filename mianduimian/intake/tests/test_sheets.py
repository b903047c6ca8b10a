"""Reading what other systems export."""

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mianduimian.intake.rules import Kind
from mianduimian.intake.sheets import heads, read, told
from mianduimian.intake.tests.conftest import HEADS
from mianduimian.refusal import Refused

LINES = "编号,标题,内容,时间\r\nGD1,红绿灯,路口的红绿灯坏了𠮷,2023-11-16 08:30\r\nGD2,路灯,路灯不亮,2023-11-15\r\n"
PLAIN = {"source_number": "编号", "title": "标题", "text": "内容", "said_at": "时间"}


def texts(raw):
    reading = read(raw)
    return [told(row, "web", reading.guess).text for row in reading.rows]


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (LINES.encode(), "utf-8"),
        (LINES.encode("utf-8-sig"), "utf-8"),
        (LINES.encode("gb18030"), "gb18030"),
        (LINES.encode("utf-16"), "utf-16-le"),
        (LINES.encode("utf-16-be"), "utf-16-be"),
        (b"\xfe\xff" + LINES.encode("utf-16-be"), "utf-16-be"),
        (("id,title,content\n" + "1,road,lamp is out\n" * 9).encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_a_csv_is_read_in_the_encoding_it_has(raw, encoding):
    reading = read(raw)
    assert (reading.kind, reading.encoding) == (Kind.PLAIN, encoding)
    if "编号" in reading.heads:
        assert texts(raw) == ["路口的红绿灯坏了𠮷", "路灯不亮"]
        assert reading.guess == PLAIN


@pytest.mark.parametrize("cut", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_columns_are_cut_by_whatever_sign_cuts_them(cut, end):
    lines = LINES.replace("\r\n", end).replace(",", cut)
    assert texts(lines.encode()) == ["路口的红绿灯坏了𠮷", "路灯不亮"]


def test_quoted_fields_keep_their_commas_quotes_and_lines():
    raw = '编号,内容\n1,"他说：""快修"",\n第二行"\n2,5" 水管漏水\n'.encode()
    assert texts(raw) == ['他说："快修",\n第二行', '5" 水管漏水']


def test_a_quote_that_never_closes_costs_its_own_line_only():
    raw = '编号,内容\n1,好\n2,"坏了\n3,也好\n4,"他说""好"""\n5,"半\n'.encode()
    reading = read(raw)
    assert [(row.number, bool(row.damage)) for row in reading.rows] == [(2, False), (3, True), (4, False), (5, False), (6, True)]
    with pytest.raises(Refused, match="引号不成对"):
        told(reading.rows[1], "web", reading.guess)


def test_a_broken_byte_costs_its_own_row_only():
    lines = ["编号,内容", *[f"{n},第{n}个路口的红绿灯坏了很久没有人修" for n in range(1, 40)]]
    raw = "\n".join(lines).encode().replace("第7个".encode(), b"\xe7\xac7\xe4\xb8\xaa")
    reading = read(raw)
    assert reading.encoding == "utf-8"
    assert len(reading.rows) == 39


def test_noise_is_no_table():
    with pytest.raises(Refused, match="编码|不是表格"):
        read(b"\xff\xfd\x80" * 40)
    with pytest.raises(Refused, match="不是表格"):
        read(b"a,b\n" + bytes(range(1, 9)) * 40)


def test_a_workbook_is_read_with_the_row_numbers_that_excel_shows(xlsx):
    raw = xlsx([], ["热线来件一览表"], [], HEADS, ["GD1", "红绿灯", "坏了"], [], ["GD2", "路灯", "不亮"], merge=["A2:F2"])
    reading = read(raw)
    assert [row.number for row in reading.rows] == [5, 7]
    assert reading.guess == dict(PLAIN, name="姓名", phone="电话")


def test_heads_merged_over_two_rows_are_joined(xlsx):
    upper = ["编号", "来件", None, "联系人", None]
    lower = [None, "标题", "内容", "姓名", "电话"]
    raw = xlsx(["一览表"], upper, lower, ["GD1", "红绿灯", "坏了", "陈小明", "13800138000"], merge=["A2:A3", "B2:C2", "D2:E2"])
    reading = read(raw)
    said = told(reading.rows[0], "hotline", reading.guess)
    assert (said.source_number, said.text, said.name, said.phone) == ("GD1", "坏了", "陈小明", "13800138000")


def test_heads_that_are_printed_again_are_passed_over(xlsx):
    raw = xlsx(HEADS, ["GD1", "红绿灯", "坏了"], HEADS, ["GD2", "路灯", "不亮"])
    assert [row.number for row in read(raw).rows] == [2, 4]


def test_numbers_stay_numbers_as_they_are_shown_and_days_are_days(xlsx):
    raw = xlsx(HEADS, [188031, "红绿灯", "坏了", datetime(2023, 11, 16, 8, 30), "陈小明", 13800138000])
    reading = read(raw)
    said = told(reading.rows[0], "hotline", reading.guess)
    assert (said.source_number, said.phone, said.said_at) == ("188031", "13800138000", datetime(2023, 11, 16, 8, 30))


def test_text_that_looks_like_a_formula_stays_text():
    assert texts("编号,内容\n1,=1+1\n2,@SUM(A1)\n3,-3\n".encode()) == ["=1+1", "@SUM(A1)", "-3"]


def test_a_formula_that_was_never_worked_out_leaves_a_blank(xlsx):
    assert texts(xlsx(["编号", "内容"], ["1", "=A1"], ["2", "好"])) == ["", "好"]


def test_the_sheet_whose_heads_are_understood_is_read_and_the_others_are_named(xlsx):
    book = load_workbook(BytesIO(xlsx(HEADS, ["GD1", "红绿灯", "坏了"])))
    cover = book.create_sheet("说明", 0)
    cover.append(["本表由热线系统导出"])
    hidden = book.create_sheet("隐藏")
    hidden.append(HEADS)
    hidden.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    assert (reading.sheet, reading.left_out) == ("Sheet", ["说明"])


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf \r\n\r\n", "文件是空的"),
        (HEADS[0].encode() + b",\xe5\x86\x85\xe5\xae\xb9\n", "只有表头"),
    ],
)
def test_nothing_to_read_is_said_in_words(raw, why):
    with pytest.raises(Refused, match=why):
        read(raw)


def test_an_empty_workbook_and_one_of_heads_only_are_said_apart(xlsx):
    with pytest.raises(Refused, match="文件是空的"):
        read(xlsx())
    with pytest.raises(Refused, match="只有表头"):
        read(xlsx(HEADS))


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (
            ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "反对数", "点赞数"],
            "source_number title text said_at name",
        ),
        (["ID", "Title", "Body", "Time", "User"], "source_number title text said_at name"),
        (["工单号*", "诉求内容（必填）", "来电时间：", "联系电话", "事发地址", "所属区域", "电子邮箱"],
         "source_number text said_at phone email place region"),
        (["答复内容", "处理时间", "办理单位"], ""),
        (["投诉详情", "答复内容"], "text"),
    ],
)  # fmt: skip
def test_heads_are_understood_in_chinese_and_english(row, found):
    assert list(heads.guess(row)) == found.split()


def test_the_plainest_head_wins_and_every_column_has_a_name_of_its_own():
    assert heads.guess(["办理内容", "诉求描述", "内容"]) == {"text": "内容"}
    names, above = heads.find([["编号", "内容", "内容", ""], ["1", "甲", "乙", "丙"]])
    assert (names, above) == (["编号", "内容", "内容（3）", "第4列"], 1)


def test_a_table_without_known_heads_offers_its_widest_row_as_heads():
    names, above = heads.find([["一览"], ["甲", "乙", "丙"], ["1", "2", "3"]])
    assert (names, above) == (["甲", "乙", "丙"], 2)
