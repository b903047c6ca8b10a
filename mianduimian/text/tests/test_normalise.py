"""One plain form for comparing, and the pieces a search looks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.text.normalise import bigrams, plain, query

ANYTHING = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize(
    ("sent", "compared"),
    [
        ("紅綠燈壞了，車輛亂停", "红绿灯坏了,车辆乱停"),
        ("電話１３８００１３８０００", "电话13800138000"),
        ("  路灯\u3000不亮\r\n\t很久了 ", "路灯 不亮 很久了"),
        ("停\u200b车\u202e难\x00", "停车难"),
        ("ＡＢＣ超市 Door", "abc超市 door"),
        ("孤立\ud800代理", "孤立代理"),
        ("👨‍👩‍👧过马路", "👨👩👧过马路"),
        ("𠮷祥路", "𠮷祥路"),
        ("", ""),
    ],
)
def test_the_plain_form_keeps_what_was_said_and_drops_how_it_was_typed(sent, compared):
    assert plain(sent) == compared


@given(ANYTHING)
def test_the_plain_form_of_anything_is_stable_and_storable(text):
    once = plain(text)
    assert plain(once) == once
    assert "\x00" not in once
    once.encode()


def test_the_index_holds_every_pair_and_every_character():
    assert bigrams("路灯坏") == "路灯 灯坏 坏 灯 路"
    assert bigrams("粤P12，坏") == "粤p p1 12 1 2 p 坏 粤"


@pytest.mark.parametrize(
    ("terms", "asked"),
    [
        ("路燈", "路灯"),
        ("灯", "灯"),
        ("红绿灯 坏", "红绿 绿灯 坏"),
        ("路灯路灯", "路灯 灯路"),
        ('"; DROP*--', "dr ro op"),
        ("，。", ""),
        ("", ""),
    ],
)
def test_a_question_asks_for_pairs_and_lone_characters(terms, asked):
    assert query(terms) == asked


@given(st.text(st.characters(categories=["Lo", "Nd", "Ll"]), min_size=1, max_size=30), st.data())
def test_any_part_of_a_text_is_found_by_its_question(text, data):
    said = plain(text)
    start = data.draw(st.integers(0, len(said)))
    part = said[start : data.draw(st.integers(start, len(said)))]
    assert set(query(part).split()) <= set(bigrams(said).split())
