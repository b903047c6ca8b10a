"""Classes: learnt from examples, read with a confidence and the words that decided."""

from collections import Counter

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from mianduimian.refusal import Refused
from mianduimian.text.classify import Classifier, default, keywords, seed
from mianduimian.text.classify.machine import Family, balance, separate
from mianduimian.text.classify.pieces import FUNCTION_WORDS, OPENING, TOLD, prepared, words
from mianduimian.text.classify.shipped import LEARNT_FROM, fingerprint

FRESH = [  # sentences the shipped examples do not hold
    ("楼下路边违停严重，婴儿车推不过去", "transport.parking"),
    ("骑手逆行还闯红灯，差点撞上我", "transport.wrongway"),
    ("看见初二学生骑电动车载两个同学，都没戴头盔", "transport.minor"),
    ("实验小学放学时接孩子的车把校门口堵死", "transport.school"),
    ("人民路口红绿灯不亮", "transport.signal"),
    ("路面一个大坑，下雨全是积水", "transport.road"),
    ("我们村口的路灯从过年坏到现在", "transport.light"),
    ("渣土车夜里超载，泥巴撒一地", "transport.truck"),
    ("电动车在楼道充电太危险", "transport.ebike"),
    ("超市门前没有斑马线，过马路提心吊胆", "transport.crossing"),
    ("公交车半小时不来一班", "transport.bus"),
    ("凌晨有人飙车，排气管轰鸣", "transport.speeding"),
    ("夜市烧烤占道，车走不了", "transport.occupy"),
    ("绿化带的树枝挡住视线", "transport.greenery"),
    ("十字路口天天拥堵，左转车道太短", "transport.junction"),
    ("停车场收费太贵还没有车位", "transport.parkingfee"),
    ("村道急弯没有护栏", "transport.rural"),
    ("物业不修电梯", "housing.lift"),
    ("垃圾没人清运", "urban.litter"),
    ("停水三天了", "utilities.outage"),
    ("孩子没有学位入学", "education.place"),
    ("医院挂号太难", "health.queue"),
    ("老板拖欠工资", "labour.wages"),
    ("低保申请没有结果", "welfare.allowance"),
    ("工厂排污水，河水发臭", "environment.waste"),
    ("超市卖过期食品", "market.food"),
    ("消防通道被锁，有火灾隐患", "safety.fire"),
    ("水渠坏了没法灌溉农田", "agriculture.irrigation"),
    ("办事窗口态度恶劣", "government.window"),
    ("图书馆能不能晚点关门", "other.culture"),
    ("小区没有房产证，开发商一直拖着不办", "housing.deed"),
    ("楼盘停工，什么时候能交楼", "housing.unfinished"),
    ("宽带装不上，手机也没信号", "utilities.net"),
    ("村里人喝的还是山泉水", "utilities.ruralwater"),
    ("养老院护工太少，没人照顾老人", "welfare.elderly"),
    ("异地住院医保报销不了", "health.insurance"),
    ("流浪狗成群，孩子不敢出门", "safety.dog"),
    ("隔壁养猪场的粪水流到村道上", "environment.farm"),
    ("美容院关门，卡里的钱退不回来", "market.prepaid"),
    ("村干部从不公开集体的账", "agriculture.village"),
]
TWO = [
    ("路灯坏了", "灯"),
    ("路灯不亮", "灯"),
    ("灯杆倒了", "灯"),
    ("工资拖欠", "钱"),
    ("老板不发工资", "钱"),
    ("欠薪三个月", "钱"),
]


@pytest.fixture(scope="module")
def two():
    return Classifier.learn(TWO)


def test_the_shipped_examples_speak_of_every_kind_and_never_repeat():
    counted = Counter(label for _text, label in seed())
    assert len(seed()) >= 860 and len({text for text, _label in seed()}) == len(seed())
    assert len(counted) == 107 and min(counted.values()) >= 4
    assert min(n for label, n in counted.items() if label.startswith("transport.")) >= 18
    spoken = Counter(label for _word, label in keywords())
    assert counted.keys() == spoken.keys() and min(spoken.values()) >= 5


def test_the_shipped_classifier_is_taught_from_what_is_shipped():
    assert fingerprint() == LEARNT_FROM.read_text("ascii").strip(), "python -m tools.teach_classes"
    assert set(default().labels) == {label for _text, label in seed()}


def test_the_shipped_classifier_reads_fresh_sentences():
    read = default().read([text for text, _label in FRESH])
    wrong = [(text, one.label) for one, (text, known) in zip(read, FRESH, strict=True) if one.label != known]
    assert len(wrong) <= 0.15 * len(FRESH), wrong
    assert [text for one, (text, known) in zip(read, FRESH, strict=True) if one.upper != known.partition(".")[0]] == []


def test_the_words_that_decided_come_from_the_text(two):
    label = two.read(["小区的路灯坏了两天"])[0]
    assert label.label == "灯" and label.second == "钱"
    assert label.why and all(word in "小区的路灯坏了两天" for word in label.why)


def test_a_plain_case_is_surer_than_a_mixed_one(two):
    plain_case, mixed = two.read(["路灯坏了", "老板的路灯"])
    assert 0.5 <= mixed.confidence < plain_case.confidence <= 1


@pytest.mark.parametrize(
    "text", ["", " ", "https://", "看 http://example.org/lamp?a=b", "😀😀", "\x00", "\ud800", "！！！", "\u202e", "的了是我们"]
)
def test_what_cannot_be_read_has_no_confidence_and_does_not_crash(two, text):
    assert two.read([text])[0].confidence == 0


@pytest.mark.parametrize("text", ["路燈壞了", "路灯😀坏了", "路\u200b灯坏了", " 路灯　坏了！！", "路灯坏了 https://example.org/x?y=1"])
def test_other_ways_of_writing_are_read_like_the_plain_one(two, text):
    assert two.read([text])[0] == two.read(["路灯坏了"])[0]


def test_wide_digits_and_letters_are_read_like_plain_ones():
    reader = Classifier.learn([("５Ｇ信号差", "网"), ("5g信号不好", "网"), ("路灯坏了", "灯"), ("灯不亮", "灯")])
    assert reader.read(["５Ｇ"])[0] == reader.read(["5g"])[0] and reader.read(["5G"])[0].label == "网"


def test_mixed_languages_are_read_by_what_is_known_of_them(two):
    assert two.read(["Hello, 我们小区的路灯坏了, please help, спасибо"])[0].label == "灯"


def test_twenty_thousand_characters_are_read(two):
    assert two.read(["路灯坏了。" * 4000])[0].label == "灯"


def test_nothing_to_read_gives_nothing(two):
    assert two.read([]) == []


def test_what_is_saved_reads_the_same_again(two, tmp_path):
    two.save(tmp_path / "two.npz")
    again = Classifier.load(tmp_path / "two.npz")
    assert again.read(["路灯坏了", "拖欠工资"]) == two.read(["路灯坏了", "拖欠工资"])
    assert again.labels == two.labels and again.families == two.families


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x03\x04cut", b"\x80\x04cos\nsystem\n"])
def test_a_file_that_is_no_model_is_refused_and_never_run(tmp_path, content):
    (tmp_path / "bad.npz").write_bytes(content)
    with pytest.raises(Refused, match="重新学习"):
        Classifier.load(tmp_path / "bad.npz")


@pytest.mark.parametrize("rows", [[], [("路灯", "灯")], [("", "灯"), ("😀"[:0], "钱")]])
def test_too_little_to_learn_from_is_refused_in_words(rows):
    with pytest.raises(Refused):
        Classifier.learn(rows)


def test_a_class_with_a_single_example_can_be_learnt():
    reader = Classifier.learn([("路灯坏了", 1), ("停水了", 2), ("停电了", 3)])
    assert reader.read(["路灯"])[0].label == 1, "labels keep their kind"


def test_labels_of_two_levels_are_read_level_by_level():
    rows = [(f"{place}路灯坏了", "路.灯") for place in "东西南北"] + [(f"{place}路面坑洼", "路.面") for place in "东西南北"]
    reader = Classifier.learn([*rows, *((f"{place}停水", "水") for place in "东西南北")])
    assert reader.labels == ("水", "路.灯", "路.面")
    lamp, road, water = reader.read(["路灯不亮", "马路坑洼", "又停水了"])
    assert (lamp.label, lamp.upper, road.label, water.label, water.upper) == ("路.灯", "路", "路.面", "水", "水")
    assert lamp.second == "路.面", "the runner-up is the other kind of the same class"
    assert lamp.confidence <= lamp.upper_confidence <= 1 and water.confidence == water.upper_confidence


def test_an_upper_class_may_have_examples_of_its_own():
    reader = Classifier.learn([("路灯坏了", "路.灯"), ("道路问题", "路"), ("停水了", "水")])
    assert reader.labels == ("水", "路", "路.灯")
    assert [one.label for one in reader.read(["路灯坏了", "道路问题", "停水了"])] == ["路.灯", "路", "水"]


def test_the_words_that_decided_are_the_true_reasons(two):
    text = "小区的路灯坏了两天"
    for view, way in two.ways.items():
        seen = two.pieces[view].transform(prepared(view, [words(text)]))
        for place in range(len(two.labels)):
            share = way.shares(seen.indices, seen.data, place).sum() + way.offsets[place]
            assert share == pytest.approx(way.margins(seen)[0, place], abs=1e-5), "the shares add up to the margin"
    label = two.read([text])[0]
    without = two.read(["".join(word for word in words(text) if not any(why in word for why in label.why))])[0]
    assert without.confidence < label.confidence or without.label != label.label


def test_words_that_only_join_others_and_signs_decide_nothing():
    assert words("我们小区的路灯，坏了！") == ["小区", "路灯", "坏"]
    assert "路灯" not in FUNCTION_WORDS and {"的", "了", "我们"} <= FUNCTION_WORDS


def test_words_cut_before_are_read_like_the_text_they_came_from():
    assert words("小区 路灯 坏") == words("我们小区的路灯，坏了！")


def test_a_text_is_looked_at_whole_in_what_it_tells_and_in_its_opening():
    doc = words("路灯坏了，" + "请尽快派人修理，" * 80)
    whole = "".join(doc)
    assert prepared("words", [doc]) == [doc] and len(whole) > TOLD > OPENING
    assert prepared("letters", [doc]) == [whole[:TOLD]] and prepared("opening", [doc]) == [whole[:OPENING]]


def test_copies_of_one_text_do_not_make_the_machine_surer_than_it_may_be():
    draw = np.random.default_rng(0)
    target = np.repeat([0, 1], 60)
    noise = draw.random((120, 40)) * (draw.random((120, 40)) < 0.3)
    noise[:, 0] += (target == 0) * (draw.random(120) < 0.6)
    seen, copies = {"words": csr_matrix(noise)}, {"words": csr_matrix(np.repeat(noise, 4, axis=0))}
    (honest,), _lean = balance(seen, target, 2, range(120))
    (together,), _lean = balance(copies, np.repeat(target, 4), 2, np.repeat(range(120), 4))
    (blind,), _lean = balance(copies, np.repeat(target, 4), 2, range(480))
    assert blind > 1.4 * max(honest, together), "only when copies stand on both sides does it look certain"


def test_a_way_of_looking_that_sees_nothing_is_not_trusted_and_a_class_seldom_seen_is_not_leant_to():
    draw = np.random.default_rng(0)
    target = np.repeat([0, 1], [160, 40])
    clear, blind = (draw.random((200, 30)) * (draw.random((200, 30)) < 0.3) for _way in range(2))
    clear[:, 0] += (target == 0) * (draw.random(200) < 0.6)
    seen = {"clear": csr_matrix(clear), "blind": csr_matrix(blind)}
    (clear_trust, blind_trust), (usual, seldom) = balance(seen, target, 2, range(200))
    assert clear_trust > 0.5 > abs(blind_trust) and usual > seldom


def test_a_piece_as_likely_within_as_without_is_left_out():
    seen = csr_matrix([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]] * 3)
    way = separate(seen, np.array([0, 1] * 3), 2)
    assert way.leaning.toarray()[0, 0] == 0 and way.leaning.toarray()[0, 1] > 0 > way.leaning.toarray()[0, 2]


def test_chances_add_up_to_one_and_do_not_burst():
    chance = Family(None, (1, 2, 3), (16.0,), (0.0,) * 3).chances([np.array([[1e4, -1e4, 0.0], [0.0, 0.0, 0.0]])])
    assert np.allclose(chance.sum(axis=1), 1) and np.allclose(chance[1], 1 / 3)


def test_the_same_examples_make_the_same_classifier(two):
    assert Classifier.learn(TWO).read(["路灯坏了", "欠薪"]) == two.read(["路灯坏了", "欠薪"])
