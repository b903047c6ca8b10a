"""Numbers, dates, file names, and texts that mean harm."""

from datetime import date
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianduimian.papers import Facts, Heading, Names, Paper, Para, Table, day, filename, issue_number, render
from mianduimian.papers.tests.reading import Read, text
from mianduimian.papers.wording import clean, level_number, numeral


@pytest.mark.parametrize(("n", "words"), [
    (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一"), (110, "一百一十"),
    (355, "三百五十五"), (1001, "一千零一"), (1010, "一千零一十"), (2030, "二千零三十"), (9999, "九千九百九十九"),
])  # fmt: skip
def test_numerals_are_chinese(n, words):
    assert numeral(n) == words


def test_no_two_numerals_are_alike():
    assert len({numeral(n) for n in range(1, 10_000)}) == 9_999


def test_each_level_has_its_number():
    assert [level_number(level, 12) for level in (1, 2, 3, 4)] == ["十二、", "（十二）", "12.", "（12）"]


def test_an_issue_number_has_hexagonal_brackets_and_no_leading_zero():
    assert issue_number("河面专", 2026, 3) == "河面专〔2026〕3号"


def test_issue_numbers_begin_with_one():
    with pytest.raises(ValueError, match="begin with 1"):
        issue_number("河面专", 2026, 0)


def test_a_date_is_told_without_leading_zeros():
    assert day(date(2026, 3, 1)) == "2026年3月1日"


@pytest.mark.parametrize(("title", "name"), [
    ("关于“道路安全”的公告", "关于“道路安全”的公告.docx"),
    ("../../etc/passwd", "etc passwd.docx"),
    ("a\\b:c*d?e\"f<g>h|i", "a b c d e f g h i.docx"),
    ("CON", "_CON.docx"), ("nul.tar", "_nul.tar.docx"), ("COM1", "_COM1.docx"),
    (".hidden", "hidden.docx"), ("尾. . ", "尾.docx"), ("", "公文.docx"), ("///", "公文.docx"),
    ("公告\u202excod.exe", "公告xcod.exe.docx"), ("零\u200b宽", "零宽.docx"), ("换\r\n行\t", "换 行.docx"),
    ("空\x00字", "空字.docx"), ("半\ud83d个", "半个.docx"), ("𠮷先生", "𠮷先生.docx"),
])  # fmt: skip
def test_a_file_name_is_safe_and_still_chinese(title, name):
    assert filename(title, "docx") == name


@given(st.text())
def test_a_file_name_always_fits_a_file_system(title):
    name = filename(title, ".xlsx")
    assert name.endswith(".xlsx") and len(name.encode()) <= 255 and not set(name) & set('/\\:*?"<>|\x00\n')
    assert name[0] not in ".~-"


def test_a_long_file_name_is_cut_between_signs():
    assert filename("长" * 300, "docx").removesuffix(".docx").strip("长") == ""


HOSTILE = [
    "\x00", "\x08退格", "\x1b[31m", "\x7f", "\x85", "\ud800", "\udfff半", "\ufffe", "\uffff",
    "]]>", "<w:br/>", "&amp;&lt;", "<!--", "{{ 7*7 }}", "${jndi:ldap://x}", '"><script>', "%s%n", "\u202e反",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_breaks_the_file_wherever_it_stands(words):
    body = (
        Para(words),
        Heading(words),
        Table((words,), ((words,),), caption=words),
        Facts(((words, words),)),
        Names(words, (words,)),
    )
    paper = Paper(words, f"题{words}", words, words, words, body, words, date(2026, 3, 1), (words,), words, attachments=(words,))
    assert Read(paper).line("题") is not None
    assert docx.Document(BytesIO(render(paper))).paragraphs


@pytest.mark.parametrize("words", ["𠮷先生", "😀👨‍👩‍👧", "﨑", "㐂", "é", "ｶﾅ", "a  b", "<b>&amp;</b>", "]]>"])
def test_rare_signs_and_marks_come_back_as_they_went_in(words):
    assert words in text(Read(Paper("公告", "题", body=(Para(f"甲{words}乙"),))).line("甲"))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_kept_but_for_what_xml_forbids(words):
    kept = [line.strip() for line in clean(words).split("\n") if line.strip()]
    assert Read(Paper("公告", "题", red_head=False, body=(Para(words),))).lines[1:] == kept


@given(st.text())
def test_cleaning_twice_is_cleaning_once(words):
    assert clean(clean(words)) == clean(words)


@pytest.mark.parametrize(
    ("value", "words"), [(None, ""), (0, "0"), (12.5, "12.5"), (date(2026, 1, 2), "2026年1月2日"), ("a\r\nb\rc", "a\nb\nc")]
)
def test_every_value_has_words(value, words):
    assert clean(value) == words


def test_the_same_paper_is_the_same_bytes():
    paper = Paper("公告", "题", "专班", "河面专〔2026〕1号", body=(Para("正文"),), on=date(2026, 3, 1), copies=("甲",))
    assert render(paper) == render(paper)
