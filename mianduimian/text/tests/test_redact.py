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
    ("打一三八〇〇一三八〇〇〇找我", "mobile", "一三八〇〇一三八〇〇〇"),
    ("打幺三八零零幺三八零零零找我", "mobile", "幺三八零零幺三八零零零"),
    ("电话138·0013·8000", "mobile", "138·0013·8000"),
    ("电话138，0013，8000", "mobile", "138，0013，8000"),
    ("电话1.3.8.0.0.1.3.8.0.0.0", "mobile", "1.3.8.0.0.1.3.8.0.0.0"),
    ("电话138\u200b0013\u200b8000", "mobile", "138\u200b0013\u200b8000"),
    ("电话138OO138OOO", "mobile", "138OO138OOO"),
    ("身份证110105491231002", "id", "110105491231002"),
    ("新能源粤PD12345", "plate", "粤PD12345"),
    ("转到6222 0212 3456 7890 128", "bank", "6222 0212 3456 7890 128"),
    ("邮箱wang(at)mail.example.cn", "email", "wang(at)mail.example.cn"),
    ("加V：abc_12345", "wechat", "abc_12345"),
    ("微信里说，我的号是abc_12345", "wechat", "abc_12345"),
    ("座机0762-3388123转8012", "landline", "0762-3388123转8012"),
    ("滨江花园12栋2单元1503室漏水", "address", "12栋2单元1503室"),
    ("滨江花园５座1203房", "address", "５座1203房"),
    ("滨江花园3-2-501", "address", "3-2-501"),
    ("八栋三单元二零一室", "address", "八栋三单元二零一室"),
    ("柳湾村3组12号", "address", "12号"),
    ("兴源路15号3楼302房", "address", "15号3楼302房"),
    ("家住兴源路15号", "address", "15号"),
    ("村支书刘建军不公开账目", "name", "刘建军"),
    ("刘建军书记不公开账目", "name", "刘建军"),
    ("陈桂香，女，七十岁", "name", "陈桂香"),
    ("据黄志强介绍", "name", "黄志强"),
    ("我叫張偉明，住在城東", "name", "張偉明"),
    ("请尽快解决！陈桂香", "name", "陈桂香"),
]
NOT_PERSONAL = [
    "王局长、李老师和张医生都来过",
    "和平县、龙川县、江东新区、高塘村、黄金路",
    "业主江山帝景小区的居民",
    "张某、李某某二人",
    "老板跑了，司机说话难听",
    "感谢书记，谢谢主任",
    "工商银行、公司成立、工程进展",
    "12栋的电梯坏了，3栋2单元的门禁也坏了",
    "政务中心二楼204室",
    "兴源路15号的餐馆",
    "16栋08户型",
    "微信公众号heyuanfabu",
    "用微信付了35元",
    "7路、12路、204路公交车",
    "楼层13.14.15.16.17.18都停水",
    "根据第二百八十六条，〔2019〕231号文",
    "1.38元、1.45元、1.67元，共12笔",
    "4000余村民",
    "星期一二三四五六七天都停水",
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
        ("滨江花园12栋2单元1503室", "滨江花园**栋*单元****室"),
        ("柳湾村3组12号", "柳湾村3组**号"),
        ("刘建军书记和王局长", "刘**书记和王局长"),
        ("我叫張偉明", "我叫張**"),
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


def test_every_name_of_a_list_is_found_and_wherever_it_stands_again():
    text = "当事人张伟明、刘建军和陈桂香都在。后来刘建军走了，陈桂香没走。"
    found = [text[piece.start : piece.end] for piece in find(text)]
    assert found == ["张伟明", "刘建军", "陈桂香", "刘建军", "陈桂香"]


ODD = ["😀" * 10_000, "https://example.org/" + "a" * 200, "Mr. Wang called 3 times", "張偉" * 5_000, "\ud800张三"]


@pytest.mark.parametrize("text", ODD)
def test_whatever_comes_is_read_and_keeps_its_length(text):
    assert len(mask(text)) == len(text)


PIECES = (
    "1 ;1-;a;a.;a@a.;我叫;我是张;粤A;微信:;1;（0762;QQ群号;张伟、;一;1栋;村支书;刘建军;王;家住路;说;微信号是"
).split(";")


@pytest.mark.parametrize("piece", PIECES)
def test_fifty_thousand_characters_take_linear_time(piece):
    short, long = (min(_seconds((piece * length)[:length]) for _time in range(3)) for length in (5_000, 50_000))
    assert long < 40 * max(short, 0.001), "ten times the text, not a hundred times the work"


def _seconds(text):
    started = time.process_time()
    find(text)
    return time.process_time() - started


def test_a_road_is_no_person_though_its_last_character_could_be_a_verb():
    assert mask("越王大道与建设大道交叉口信号灯配时不合理") == "越王大道与建设大道交叉口信号灯配时不合理"
