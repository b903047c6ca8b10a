"""I2: whatever signs a citizen uses are kept and shown as sent, by form, by CSV and by workbook."""

from csv import QUOTE_ALL, writer
from html import unescape
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from mianduimian.conftest import DAY
from mianduimian.intake import acts
from mianduimian.intake.forms import TypedForm
from mianduimian.intake.models import Submission
from mianduimian.intake.rules import Said, check
from mianduimian.intake.sheets import read, told
from mianduimian.people.models import Region
from mianduimian.refusal import Refused

ODD = [
    *("𠮷", "㐂", "\u202e反向", "👨‍👩‍👧", "é", "e\u0301", "ＡＢＣ１２３", "ｶﾞ", "\u200b", "\ufeff"),
    *("=1+1", "'--", "%_\\", "<script>alert(1)</script>"),
]
WRITABLE = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
SENT = st.one_of(st.sampled_from(ODD), st.text(WRITABLE, min_size=1, max_size=80)).filter(lambda text: text.strip())
MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def in_csv(text, encoding="utf-8-sig"):
    out = StringIO()
    writer(out, quoting=QUOTE_ALL).writerows([["编号", "标题", "内容"], ["1", "题", text]])
    return out.getvalue().encode(encoding)


def in_workbook(text):
    book = Workbook()
    book.active.append(["编号", "标题", "内容"])
    book.active.append(["1", "题"])
    cell = book.active.cell(2, 3)
    cell.value, cell.data_type = text, "s"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def through(raw):
    reading = read(raw)
    (row,) = reading.rows
    return told(row, "web", reading.guess).text


@MANY
@given(SENT)
def test_words_come_through_a_csv_as_they_were_sent(text):
    assert through(in_csv(text)) == text


@MANY
@given(SENT)
def test_words_come_through_a_csv_in_the_chinese_encoding_too(text):
    assert through(in_csv(f"红绿灯坏了{text}", "gb18030")) == f"红绿灯坏了{text}"


@MANY
@given(SENT)
def test_words_come_through_a_workbook_as_they_were_sent(text):
    assume("_x" not in text)
    assert through(in_workbook(text)) == text


@pytest.mark.parametrize("lines", ["一\n二", "一\r\n二", '"引"\n\n"号"', "一\t二", " 前后有空 "])
def test_lines_and_blanks_come_through_too(lines):
    assert through(in_csv(lines)) == lines
    assert through(in_workbook(lines)).replace("\r\n", "\n") == lines.replace("\r\n", "\n")


@MANY
@given(SENT)
def test_words_come_through_the_form_as_they_were_sent(city, text):
    form = TypedForm({"token": "t", "channel": "letter", "text": text}, region=Region.objects.get(pk="441600"))
    assert form.is_valid(), form.errors
    assert form.said.text == text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SENT)
def test_words_are_stored_and_shown_as_they_were_sent(round, office, day, said, enter, text):
    submission, _fresh = acts.receive(round, said(text, title=""), by=office, on=day)
    stored = Submission.objects.get(pk=submission.pk)
    assert stored.text == text or stored.words == submission.words
    shown = enter(office).get(reverse("intake:submission", args=[stored.pk])).content.decode()
    assert f"<bdi>{stored.text}</bdi>" in unescape(shown) or "<br>" in shown
    assert "<script>alert" not in shown


@given(st.text(st.characters(), max_size=40))
def test_no_text_whatever_is_answered_otherwise_than_by_taking_it_or_refusing_it(text):
    try:
        kept = check(Said("letter", "", text), DAY)
    except Refused:
        assert not text.strip() or "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text)
    else:
        assert kept.text == text
        assert kept.text.encode()


@pytest.mark.parametrize("text", ["有\0空字符", "半个\ud842字"])
def test_what_no_database_keeps_is_refused_in_words(round, office, day, said, text):
    with pytest.raises(Refused, match="不能收入"):
        acts.receive(round, said(text), by=office, on=day)
