"""Before and after: what is held out, what stands together, and how wide the intervals are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mianduimian.text.trial import held_out, of_groups, of_labels, sides
from mianduimian.text.verdict import Trial, Verdict

LAMP = "源城区滨江花园门口的路灯坏了半个月，晚上黑漆漆的，老人出门摔过跤，请尽快派人来修好。"
WATER = "东源县仙塘镇连续三天停水，打电话没有人接，家里老人小孩喝水都成问题，请供水公司说明原因。"


def test_rows_with_one_key_and_near_copies_stand_on_one_side():
    keys = [["甲"], ["乙"], ["甲", "丙"], ["丙"], ["丁"], []]
    texts = [LAMP, LAMP.replace("半个月", "一个月") + "谢谢", "短", "停电", WATER, ""]
    assert sides(keys, texts) == [0, 0, 0, 0, 4, 5]


def test_texts_that_share_little_are_not_held_together():
    assert sides([[], [], []], [LAMP, WATER, LAMP[:14] + "自来水浑浊发黄，烧开以后还有味道，请检测水质。"]) == [0, 1, 2]


def test_short_texts_are_only_held_together_by_their_keys():
    assert sides([[], [], ["一"], ["一"]], ["路灯坏了", "路灯坏了", "好", "不好"]) == [0, 1, 2, 2]


def test_about_a_fifth_is_held_out_and_always_the_same_fifth():
    out = [name for name in range(5000) if held_out(name)]
    assert 900 < len(out) < 1100
    assert out == [name for name in range(5000) if held_out(name)]


def test_labels_right_before_and_after_are_counted_with_what_changed():
    truth = ["灯", "灯", "水", "水"]
    trial = of_labels([1, 2, 3, 4], truth, ["灯", "水", "灯", "灯"], ["水", "灯", "水", "水"])
    assert (trial.held, trial.groups, trial.won, trial.lost) == (4, 4, 3, 1)
    assert (trial.before.value, trial.after.value, trial.gain.value) == (0.25, 0.75, 0.5)
    assert trial.gain.low <= 0.5 <= trial.gain.high


def test_few_rows_leave_it_open_many_rows_prove_it():
    few = of_labels(range(6), [1] * 6, [0, 0, 1, 1, 1, 0], [1, 1, 1, 1, 0, 0])
    assert few.gain.value > 0 >= few.gain.low and few.verdict == Verdict.MAYBE
    many = of_labels(range(300), [1] * 300, [0] * 100 + [1] * 200, [1] * 280 + [0] * 20)
    assert many.gain.low > 0 and many.verdict == Verdict.BETTER


def test_rows_of_one_group_count_as_one_witness():
    before, after = [0] * 60 + [1] * 140, [1] * 200
    apart = of_labels(range(200), [1] * 200, before, after)
    together = of_labels([0] * 60 + list(range(1, 141)), [1] * 200, before, after)
    assert apart.gain.value == together.gain.value == 0.3
    assert together.gain.low == 0 < apart.gain.low


@pytest.mark.parametrize("after", [["灯", "水"], ["水", "灯"]])
def test_what_is_not_better_is_said(after):
    assert of_labels([1, 2], ["灯", "水"], ["灯", "水"], after).verdict == Verdict.SAME


def test_pairs_before_and_after_are_counted_as_pairs():
    events = ["甲", "甲", "甲", "乙", "乙"]
    trial = of_groups([1, 1, 1, 2, 2], events, [0, 1, 2, 3, 4], [0, 0, 0, 0, 1])
    assert trial.before.value == 0
    assert trial.after.value == pytest.approx(2 * 3 / (6 + 4), abs=1e-4)
    assert (trial.won, trial.lost) == (3, 0)


def test_rows_whose_matter_nobody_decided_say_nothing_about_pairs():
    events = ["甲", None, "甲", None]
    trial = of_groups([1, 2, 3, 4], events, [0, 1, 2, 3], [0, 0, 0, 0])
    assert (trial.held, trial.after.value, trial.before.value) == (2, 1.0, 0.0)


def test_where_nothing_belongs_together_finding_nothing_is_right():
    trial = of_groups([1, 2, 3], ["甲", "乙", "丙"], [0, 1, 2], [0, 0, 1])
    assert (trial.before.value, trial.after.value) == (1.0, 0.0)


@settings(max_examples=25)
@given(some.lists(some.tuples(some.integers(0, 5), some.integers(0, 3), some.integers(0, 3), some.integers(0, 3)), min_size=1))
def test_figures_lie_between_nothing_and_everything_and_survive_the_table(rows):
    groups, truth, before, after = zip(*rows, strict=True)
    for trial in (of_labels(groups, truth, before, after), of_groups(groups, truth, before, after)):
        assert 0 <= trial.before.value <= 1 and 0 <= trial.after.value <= 1
        assert trial.gain.value == pytest.approx(trial.after.value - trial.before.value, abs=2e-4)
        assert Trial.of(trial.plain()) == trial
