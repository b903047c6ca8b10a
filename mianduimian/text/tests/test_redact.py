"""Personal data is found whatever way it is typed, and plain talk is left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.text.redact import Kind, find, mask

GIVEN = [
    ("电话13800138000", "mobile", "13800138000"),
    ("电话１３８ ００１３ ８０００", "mobile", "１３８ ００１３ ８０００"),
    ("+86 138-0013-8000打来", "mobile", "138-0013-8000"),
    ("座机0762-3388123", "landline", "0762-3388123"),
    ("拨打3388123问过", "landline", "3388123"),
    ("身份证11010519491231002X", "id", "11010519491231002X"),
    ("号码 110105 19491231 002x。", "id", "110105 19491231 002x"),
    ("身份证号：441602199001011234", "id", "441602199001011234"),
    ("车牌粤P·12345闯灯", "plate", "粤P·12345"),
    ("粤PD12345违停", "plate", "粤PD12345"),
    ("卡号4111 1111 1111 1111", "bank", "4111 1111 1111 1111"),
    ("邮箱wang.er@mail.example.cn", "email", "wang.er@mail.example.cn"),
    ("加微信号：abc_12345", "wechat", "abc_12345"),
    ("QQ群 12345678", "qq", "12345678"),
    ("我叫张伟明，住在城东", "name", "张伟明"),
    ("联系人：欧阳小红 电话", "name", "欧阳小红"),
    ("姓名王小二电话", "name", "王小二"),
    ("本人李四住在城东", "name", "李四"),
]
NOT_PERSONAL = [
    "我是高中生，我是黄田镇人，本人系黄村村民",
    "我是陈先生",
    "本人黄某",
    "我是源西街道居民",
    "我是于2023年买的房",
    "本人向贵局反映",
    "2023年11月16日上午9点",
    "拨打12345热线",
    "共881宗355件，占40.3%",
    "编号202311160001234",
    "110105194912310021是错号",
    "罚款20000000元",
    "1234567890123456是单号",
    "新建的路",
    "",
    "😀",
    "\x00",
    "\ud800",
    "https://example.org/a?b=12345678",
]


@pytest.mark.parametrize(("text", "kind", "datum"), GIVEN)
def test_each_kind_is_found_where_it_stands(text, kind, datum):
    assert [(piece.kind, text[piece.start : piece.end]) for piece in find(text)] == [(Kind(kind), datum)]


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_plain_talk_is_left_alone(text):
    assert find(text) == []
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13800138000。", "电话138****8000。"),
        ("身份证11010519491231002X", "身份证110105********002X"),
        ("我叫张伟明，", "我叫张**，"),
        ("联系人：欧阳小红", "联系人：欧阳**"),
        ("13800138000 13900139000", "138****8000 139****9000"),
        ("卡号4111111111111111", "卡号************1111"),
    ],
)
def test_masking_keeps_what_the_rule_allows(text, masked):
    assert mask(text) == masked


def test_several_pieces_come_in_order_and_do_not_overlap():
    pieces = find("我叫张伟明，电话13800138000，车牌粤P12345，邮箱a@b.example")
    assert [piece.kind for piece in pieces] == [Kind.NAME, Kind.MOBILE, Kind.PLATE, Kind.EMAIL]
    assert all(one.end <= other.start for one, other in zip(pieces, pieces[1:], strict=False))


@given(st.text(st.sampled_from("1380 0我叫张三-粤P@a.qQ微信:：１Ｘx身份证\u3000"), max_size=60))
def test_masking_keeps_the_length_and_hides_every_number_it_found(text):
    masked = mask(text)
    assert len(masked) == len(text)
    assert all("*" in masked[piece.start : piece.end] for piece in find(text))


@given(
    st.from_regex(r"1[3-9]\d{9}", fullmatch=True, alphabet=st.characters(codec="ascii")),
    st.sampled_from(["", " ", "-", "\u00a0"]),
)
def test_no_mobile_number_escapes(number, gap):
    typed = number[:3] + gap + number[3:7] + gap + number[7:]
    masked = mask(f"请打{typed}联系")
    assert [figure for figure in masked if figure.isdigit()] == list(number[:3] + number[7:])


@pytest.mark.parametrize("piece", ["1 ", "1-", "a", "a.", "a@a.", "我叫", "我是张", "粤A", "微信:", "1", "（0762", "QQ群号"])
def test_fifty_thousand_characters_take_linear_time(piece):
    short, long = (min(_seconds((piece * length)[:length]) for _time in range(3)) for length in (5_000, 50_000))
    assert long < 40 * max(short, 0.001), "ten times the text, not a hundred times the work"


def _seconds(text):
    started = time.process_time()
    find(text)
    return time.process_time() - started
