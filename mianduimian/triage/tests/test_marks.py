"""Side by side: what members share, and where they contradict each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mianduimian.triage.marks import READ, compare


def marked(texts, mark):
    """The stretches with a mark, text by text."""
    return [[run.text for run in one.runs if run.mark == mark] for one in compare(texts)]


def test_the_same_words_about_another_place_show_the_place():
    texts = ["建设大道与永和路交叉口的路灯坏了三盏", "河源大道与永和路交叉口的路灯坏了三盏"]
    assert marked(texts, "place") == [["建设大道"], ["河源大道"]]
    assert marked(texts, "same") == [["与永和路交叉口的路灯坏了三盏"]] * 2


def test_a_place_that_only_one_names_is_no_contradiction():
    assert marked(["第三小学门口堵车", "学校门口堵车，很危险"], "place") == [[], []]
    assert marked(["第三小学门口堵车", "第三小学对面的永和路堵车"], "place") == [[], []]


@pytest.mark.parametrize(
    ("one", "other", "odd"),
    [
        ("3号楼下积水", "5号楼下积水", [["3号楼"], ["5号楼"]]),
        ("离路口五十米", "离路口八十米", [["五十米"], ["八十米"]]),
        ("２１路车不来", "9路车不来", [["２１路车"], ["9路车"]]),
        ("3号楼下积水", "3号楼前积水", [[], []]),
        ("三栋楼下积水", "3栋楼下积水", [[], []]),
        ("三栋楼下积水", "5栋楼下积水", [["三栋"], ["5栋"]]),
        ("11月16号积水", "11月18号积水", [[], []]),
        ("打了3次电话", "打了5次电话", [[], []]),
    ],
)
def test_numbers_that_tell_one_thing_from_another_are_shown(one, other, odd):
    assert marked([one, other], "number") == odd


def test_what_differs_is_said_in_words_too():
    texts = ["建设大道3号楼漏水", "河源大道5号楼漏水"]
    assert [one.differs for one in compare(texts)] == [("建设大道", "3号楼"), ("河源大道", "5号楼")]


def test_common_words_are_those_of_at_least_half_of_the_members():
    texts = ["路灯坏了三盏请修", "路灯坏了三盏很黑", "井盖不见了很危险", "井盖不见了"]
    assert marked(texts, "same") == [["路灯坏了三盏"], ["路灯坏了三盏"], ["井盖不见了"], ["井盖不见了"]]
    assert marked([*texts[:2], "公交不来", "公交来得太慢了", "公交等不到"], "same")[0] == []


def test_a_single_member_has_nothing_beside_it():
    assert marked(["建设大道3号楼漏水"], "same") == marked(["建设大道3号楼漏水"], "place") == [[]]


def test_full_width_letters_count_as_the_same_and_the_original_is_shown():
    (one, other) = compare(["ＡＢＣＤ小区停水", "abcd小区停水"])
    assert [run.text for run in one.runs] == ["ＡＢＣＤ小区停水"] and [run.mark for run in other.runs] == ["same"]


texts = some.lists(
    some.text(some.sampled_from("建设大道永和路第三小学号楼1２三米。，\n𠮷İﬁ x"), max_size=60) | some.text(max_size=30),
    max_size=6,
)


@given(texts)
def test_no_word_of_anybody_is_lost_or_changed(said):
    found = compare(said)
    assert ["".join(run.text for run in one.runs) + one.rest for one in found] == said


def test_a_very_long_text_is_compared_at_its_head_and_kept_whole():
    long = "路灯坏了" * 5000
    (one, _other) = compare([long, "路灯坏了"])
    assert len(one.rest) == len(long) - READ and "".join(run.text for run in one.runs) + one.rest == long


@given(texts, some.randoms())
def test_the_order_of_the_members_changes_no_mark(said, dice):
    order = list(range(len(said)))
    dice.shuffle(order)
    straight, mixed = compare(said), compare([said[at] for at in order])
    assert [mixed[n] for n in range(len(order))] == [straight[at] for at in order]
