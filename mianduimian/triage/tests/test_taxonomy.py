"""分类表 alone: three levels as data, changed version by version, keys for ever."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from mianduimian.people import rules as people
from mianduimian.refusal import Refused
from mianduimian.solicitation.rules import Theme
from mianduimian.text.classify import seed
from mianduimian.triage.taxonomy import (
    Amendment,
    Change,
    Class,
    Taxonomy,
    amended,
    category_word,
    changes,
    matched,
    restored,
    shipped,
    theme_of,
    usual_units,
)

UNITS = {row["key"] for row in tomllib.loads((Path(people.__file__).parent / "heyuan/units.toml").read_text("utf-8"))["unit"]}
BASE = shipped()


def test_the_table_is_whole_in_three_levels_and_names_its_source():
    levels = [one.level for one in BASE.words.values()]
    assert (BASE.key, levels.count(1), levels.count(2)) == ("livelihood-2", 14, 107) and "第三" not in BASE.key
    assert levels.count(3) >= 340 and set(levels) == {1, 2, 3} and "本系统自编" in BASE.source
    assert all(one.kinds for one in BASE.words.values() if one.level < 3), "no class stands empty"
    assert {unit for one in BASE.words.values() for unit in one.units} <= UNITS
    assert all(one.units and one.word for one in BASE.words.values())
    assert {good for one in BASE.words.values() for good in one.goods} == set(BASE.goods) and len(BASE.goods) == 7
    assert {one.theme for one in BASE.words.values()} == set(Theme)


def test_no_two_kinds_of_one_class_have_one_word_and_every_key_can_be_kept_in_a_row():
    for one in BASE.words.values():
        assert len({kind.word for kind in one.kinds}) == len(one.kinds), one.key
    assert max(map(len, BASE.words)) <= 60


def test_a_kind_stands_below_the_class_that_its_key_names():
    for one in BASE.words.values():
        assert all(kind.above == one.key for kind in one.kinds)
        assert one.level == 1 or BASE.words[one.above]


def test_the_reading_room_speaks_of_no_class_that_does_not_exist():
    assert {label for _text, label in seed()} <= set(BASE.words)


def test_traffic_and_water_fit_none_of_the_seven_goods():
    assert not BASE.words["transport"].goods and not BASE.words["utilities.ruralwater.unsafe"].goods


@pytest.mark.parametrize(
    ("key", "word", "theme", "lead"),
    [
        ("transport.parking", "交通出行·乱停乱放", "travel", ("traffic_police", "urban")),
        ("transport.parking.firelane", "交通出行·乱停乱放·堵占消防通道", "travel", ("traffic_police", "urban")),
        ("utilities.ruralwater", "水电气网·农村饮水", "water", ("water",)),
        ("health", "医疗卫生", "doctor", ("health",)),
        ("moon", "moon", "other", ()),
        ("transport.parking.moon", "transport.parking.moon", "other", ()),
        ("", "", "other", ()),
    ],
)
def test_a_class_has_words_a_theme_and_usual_units(key, word, theme, lead):
    assert (category_word(key), theme_of(key), usual_units(key)) == (word, theme, lead)


def test_a_version_is_the_same_again_from_its_rows():
    again = Taxonomy.of_rows(BASE.key, BASE.name, BASE.source, BASE.goods, BASE.rows())
    assert again == BASE


def test_an_amendment_makes_the_next_version_and_changes_only_what_it_says():
    fresh = amended(BASE, [Amendment("transport.light", word="路灯", units=("transport", "urban"))])
    assert (fresh.key, fresh.name) == ("livelihood-3", "民生诉求分类 第3版")
    below = [one.key for one in BASE.words["transport.light"].kinds]
    assert [(one.change, one.key, one.was, one.now) for one in changes(BASE, fresh)] == [
        (Change.WORD, "transport.light", "路灯照明", "路灯"),
        *((Change.UNITS, key, "urban", "transport、urban") for key in ("transport.light", *below)),
    ]
    others = [key for key in BASE.words if key not in ("transport", "transport.light", *below)]
    assert all(fresh.words[key] == BASE.words[key] for key in others)
    assert list(fresh.words) == list(BASE.words), "the order stays"


def test_what_a_class_gets_its_kinds_get_that_were_like_it_and_no_other():
    own = amended(BASE, [Amendment("transport.light.dim", units=("housing",))])
    fresh = amended(own, [Amendment("transport.light", units=("transport",), goods=("weak",))])
    kinds = {one.key.rpartition(".")[2]: one for one in fresh.words["transport.light"].kinds}
    assert (kinds["broken"].units, kinds["dim"].units) == (("transport",), ("housing",))
    assert kinds["dim"].goods == ("weak",) and fresh.words["transport"].units == BASE.words["transport"].units


def test_a_new_kind_gets_a_key_of_its_own_and_is_like_the_class_above():
    fresh = amended(BASE, [Amendment("education.", word="校车"), Amendment("education.", word="家校沟通")])
    added = [one for one in changes(BASE, fresh) if one.change == Change.ADDED]
    assert [one.now for one in added] == ["校车", "家校沟通"] and len({one.key for one in added}) == 2
    one = fresh.words[added[0].key]
    assert (one.above, one.units, one.goods, one.theme) == ("education", ("education",), ("learning",), "school")
    assert len(amended(fresh, [Amendment(f"{one.key}.", word="路线")]).words[one.key].kinds) == 1


@pytest.mark.parametrize(
    ("amendment", "said"),
    [
        (Amendment("transport.parking"), "没有不同"),
        (Amendment("transport.light", word="路灯照明"), "没有不同"),
        (Amendment("moon.crater", word="坑"), "没有它的上级“moon”"),
        (Amendment("transport.parking.sidewalk.", word="更细"), "最多三级"),
        (Amendment("Transport", word="大写"), "小写英文字母"),
        (Amendment("transport.", word=" "), "须有名称"),
        (Amendment("transport.light", word="灯" * 31), "最长30字"),
        (Amendment("transport.light", goods=("moon",)), "没有“moon”这一项七有"),
        (Amendment("transport.light", theme="moon"), "没有“moon”这一主题"),
        (Amendment(f"transport.{'x' * 60}", word="长"), "最长60个字符"),
    ],
)
def test_an_amendment_that_cannot_be_is_refused_in_words(amendment, said):
    with pytest.raises(Refused, match=said):
        amended(BASE, [amendment])


def test_a_retired_class_is_offered_no_more_with_all_below_it_but_keeps_its_word():
    fresh = amended(BASE, [Amendment("transport.parking", retired=True)])
    gone = {one.key for one in BASE.offered()} - {one.key for one in fresh.offered()}
    assert gone == {one.key for one in BASE.words["transport.parking"].walk()} and len(gone) == 6
    assert fresh.words["transport.parking.sidewalk"].word and "transport.parking" in fresh.words
    again = amended(fresh, [Amendment("transport.parking", retired=False)])
    assert [one.change for one in changes(fresh, again)] == [Change.RESTORED] and again.words == BASE.words


def test_going_back_to_a_version_loses_no_key():
    fresh = amended(BASE, [Amendment("transport.", word="水上交通"), Amendment("transport.light", word="路灯")])
    back = restored(fresh, BASE)
    assert back.key == "livelihood-4" and back.words["transport.light"].word == "路灯照明"
    added = next(key for key in fresh.words if key not in BASE.words)
    assert back.words[added].retired and back.words[added].word == "水上交通"
    with pytest.raises(Refused, match="没有不同"):
        restored(back, back)


def test_upper_levels_are_offered_alone_where_the_third_would_be_too_fine():
    assert len(BASE.offered(2)) == 121 and {one.level for one in BASE.offered(2)} == {1, 2}


CODES = {"0101": "transport", "违停": "transport.parking", "占道": "transport.parking.sidewalk", "旧码": "moon"}


@pytest.mark.parametrize(
    ("said", "read", "category", "sure"),
    [
        ("违停", ("transport.parking", 0.6), "transport.parking", 0.9),
        ("违停", ("transport.parking", 0.95), "transport.parking", 0.95),
        ("０１０１", ("transport.light", 0.6), "transport.light", 0.9),
        ("占 道", ("transport.parking", 0.6), "transport.parking.sidewalk", 0.9),
        ("违停", ("transport.light", 0.99), "transport.parking", 0.0),
        ("违停", ("", 0.0), "transport.parking", 0.0),
    ],
)
def test_a_sources_own_class_is_sure_where_the_machine_agrees_and_in_doubt_where_not(said, read, category, sure):
    found = matched(said, CODES, read, BASE)
    assert (found.category, found.confidence) == (category, sure)


@pytest.mark.parametrize("said", ["", "不认识", "旧码"])
def test_a_class_of_the_source_that_means_none_of_ours_says_nothing(said):
    assert matched(said, CODES, ("transport", 0.9), BASE) is None


def test_a_class_is_compared_with_all_that_it_holds():
    one = Class("a", "甲", kinds=(Class("a.b", "乙"),))
    assert replace(one, kinds=()) != one and [below.key for below in one.walk()] == ["a", "a.b"]
