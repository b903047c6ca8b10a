"""Classes: learnt from examples, read with a confidence and the words that decided."""

from collections import Counter

import numpy as np
import pytest

from mianduimian.refusal import Refused
from mianduimian.text.classify import Classifier, default, keywords, seed

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
    ("物业不修电梯", "housing"),
    ("垃圾没人清运", "urban"),
    ("停水三天了", "utilities"),
    ("孩子没有学位入学", "education"),
    ("医院挂号太难", "health"),
    ("老板拖欠工资", "labour"),
    ("低保申请没有结果", "welfare"),
    ("工厂排污水，河水发臭", "environment"),
    ("超市卖过期食品", "market"),
    ("消防通道被锁，有火灾隐患", "safety"),
    ("水渠坏了没法灌溉农田", "agriculture"),
    ("办事窗口态度恶劣", "government"),
    ("图书馆能不能晚点关门", "other"),
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


def test_the_shipped_examples_are_balanced_and_never_repeat():
    counted = Counter(label for _text, label in seed())
    assert len(seed()) >= 450 and len({text for text, _label in seed()}) == len(seed())
    assert min(n for label, n in counted.items() if label.startswith("transport.")) >= 18
    assert min(counted.values()) >= 12
    assert counted.keys() == {label for _word, label in keywords()}


def test_the_shipped_classifier_reads_fresh_sentences():
    read = default().read([text for text, _label in FRESH])
    right = sum(label.label == known for label, (_text, known) in zip(read, FRESH, strict=True))
    assert right >= 0.8 * len(FRESH), [(t, r.label) for r, (t, k) in zip(read, FRESH, strict=True) if r.label != k]


def test_the_words_that_decided_come_from_the_text(two):
    label = two.read(["小区的路灯坏了两天"])[0]
    assert label.label == "灯" and label.second == "钱"
    assert label.why and all(word in "小区的路灯坏了两天" for word in label.why)


def test_a_plain_case_is_surer_than_a_mixed_one(two):
    plain_case, mixed = two.read(["路灯坏了", "老板的路灯"])
    assert 0.5 <= mixed.confidence < plain_case.confidence <= 1


@pytest.mark.parametrize("text", ["", " ", "https://", "😀😀", "\x00", "\ud800", "！！！", "\u202e"])
def test_what_cannot_be_read_has_no_confidence_and_does_not_crash(two, text):
    assert two.read([text])[0].confidence == 0


def test_traditional_and_wide_characters_are_read_like_plain_ones(two):
    assert two.read(["路燈壞了"])[0] == two.read(["路灯坏了"])[0]


def test_twenty_thousand_characters_are_read(two):
    assert two.read(["路灯坏了。" * 4000])[0].label == "灯"


def test_nothing_to_read_gives_nothing(two):
    assert two.read([]) == []


def test_what_is_saved_reads_the_same_again(two, tmp_path):
    two.save(tmp_path / "two.npz")
    again = Classifier.load(tmp_path / "two.npz")
    assert again.read(["路灯坏了", "拖欠工资"]) == two.read(["路灯坏了", "拖欠工资"])
    assert np.array_equal(again.weights, two.weights)


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
