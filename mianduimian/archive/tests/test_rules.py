"""措辞和文号: blanks are known and filled, nothing that must be said is lost, no number is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.archive.rules import BLANK, LABELS, LONGEST, Kind, check_text, missing, sentences, split_number
from mianduimian.papers import issue_number
from mianduimian.refusal import Refused

EVERY = [one for said in sentences().values() for one in said.values()]
NOTICE = sentences()["notice"]["missed"]


def test_every_kind_of_paper_has_its_sentences():
    assert set(sentences()) == {kind.value for kind in Kind}
    assert all("title" in said for said in sentences().values())


def test_what_sentences_and_blanks_are_called_is_in_the_catalogues():
    assert {one.word for one in EVERY} | {blank.meaning for one in EVERY for blank in one.blanks} <= set(LABELS)


@pytest.mark.parametrize("sentence", EVERY, ids=lambda one: f"{one.kind}.{one.key}")
def test_what_the_house_ships_passes_its_own_check_and_fills_every_blank(sentence):
    check_text(sentence, sentence.text)
    shown = sentence.filled(sentence.text, sentence.samples)
    assert not set("{}") & set(shown)


def test_a_blank_is_filled_by_the_name_of_the_program():
    assert NOTICE.filled("{节点}应于{到期日}前完成", {"node": "书面反馈", "since": "12月7日"}) == "书面反馈应于12月7日前完成"


def test_a_value_is_never_read_as_a_blank():
    assert NOTICE.filled("{节点}", {"node": "{到期日}", "since": "12月7日"}) == "{到期日}"


def test_what_the_paper_cannot_tell_stays_a_blank():
    assert NOTICE.filled("{节点}", {}) == "{节点}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "不能为空"),
        ("  \n", "不能为空"),
        ("{节点}应于{到期日}前完成，{姓名}", "没有“{姓名}”这个空格；可用的有：{诉求}、{限期}"),
        ("{节点}应于{到期日前完成", "成对"),
        ("{节点}应于到期日}前完成", "成对"),
        ("{{节点}}{到期日}", "成对"),
        ("{}{节点}{到期日}", "没有“{}”"),
        ("{节点.__class__}{到期日}{节点}", "没有“{节点.__class__}”"),
        ("{节点:>9}{到期日}{节点}", "没有“{节点:>9}”"),
        ("{节点}未完成", "必须写明{到期日}"),
        ("未完成", "必须写明{节点}、{到期日}"),
        ("字" * (LONGEST + 1), "太长"),
    ],
)
def test_a_sentence_that_cannot_stand_is_refused_in_words(text, said):
    with pytest.raises(Refused) as refused:
        check_text(NOTICE, text)
    assert said in str(refused.value)


@given(st.text(alphabet="{}节点到期日限姓 名", max_size=30))
def test_whatever_is_typed_is_refused_or_can_be_filled(text):
    try:
        check_text(NOTICE, text)
    except Refused:
        return
    assert not BLANK.findall(NOTICE.filled(text, NOTICE.samples))


@given(st.text("河面交督通", min_size=1, max_size=6), st.integers(1, 9999), st.integers(1, 10**6))
def test_a_number_is_taken_apart_as_it_was_made(mark, year, n):
    assert split_number(issue_number(mark, year, n)) == (mark, year, n)


@pytest.mark.parametrize("odd", ["", "（草稿）", "河面交〔2026〕03号", "河面交[2026]3号", "第3号"])
def test_what_is_no_number_is_none(odd):
    assert split_number(odd) is None


def test_a_number_that_was_left_out_is_named():
    kept = ["河面交〔2026〕4号", "河面交〔2026〕1号", "河面交〔2026〕2号", "河面督〔2026〕7号", "河面交〔2025〕9号", "（草稿）"]
    assert missing(kept) == ["河面交〔2026〕3号"]
