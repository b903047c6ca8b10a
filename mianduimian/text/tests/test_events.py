"""Same matter: joined by words, kept apart by places, proposed with its certainty and reason."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.refusal import Refused
from mianduimian.text.events import Index, Pairs, Words, likest, propose
from mianduimian.text.events.corpus import read
from mianduimian.text.events.guard import conflict
from mianduimian.text.events.join import join
from mianduimian.text.places import places

LAMPS = "滨江花园门口的路灯已经坏了半个月，晚上出门黑漆漆的，老人孩子不敢走，请尽快派人来修好。"
ROWS = [
    Words(1, "滨江花园门口路灯坏了", LAMPS),
    Words(2, "滨江花园路灯不亮没人修", "滨江花园大门口路灯坏了十几天，晚上黑漆漆，孩子不敢走，请派人修。"),
    Words("三", "碧桂小区垃圾没人清", "碧桂小区的垃圾桶三天没有人清，又臭又脏，苍蝇到处飞。"),
    Words(4, "老板拖欠工资", "在工地做了三个月，老板一直拖欠工资，电话也不接。"),
]
SWAPS = [
    ("滨江花园", "翠湖花园"),
    ("滨江花园", "滨河小区"),
    ("第一小学", "第二小学"),
    ("源南镇", "埔前镇"),
    ("金沟村", "石坑村"),
    ("兴源路", "建设路"),
    ("红星路", "东环路"),
    ("人民医院", "中医医院"),
    ("城东市场", "河西市场"),
    ("东江大桥", "新丰大桥"),
    ("3栋", "5栋"),
    ("一期", "三期"),
    ("12路公交", "8路公交"),
    ("高塘镇中心小学", "蓝口镇中心小学"),
    ("东华实验学校", "西华实验学校"),
]


def found(rows, **words):
    return {frozenset(group.members) for group in propose(rows, **words)}


def test_two_voices_on_one_matter_are_one_group_and_the_rest_stay_alone():
    assert found(ROWS) == {frozenset({1, 2}), frozenset({"三"}), frozenset({4})}


def test_a_group_says_who_speaks_for_it_how_sure_it_is_and_why():
    group = propose(ROWS)[0]
    assert group.representative in group.members
    assert 0 < group.sure <= 1
    assert "滨江" in group.why and "相似度" in group.why


def test_a_lone_submission_is_its_own_group():
    lone = propose(ROWS[3:])[0]
    assert (lone.members, lone.representative, lone.sure) == ((4,), 4, 0.99)
    assert lone.why == "没有相似的来件"


@pytest.mark.parametrize(("here", "there"), SWAPS)
def test_the_same_words_about_another_place_are_never_joined(here, there):
    body = "{}旁边的路面坑坑洼洼，一到下雨天就积水，骑车的人摔了好几个，反映多次没有人来管，希望尽快修好。"
    rows = [Words(1, f"{here}旁边路面积水", body.format(here)), Words(2, f"{there}旁边路面积水", body.format(there))]
    assert found(rows) == {frozenset({1}), frozenset({2})}


@pytest.mark.parametrize("many", [150, 900])
def test_a_flood_of_copies_is_never_joined_across_places(many):
    body = "{}门口的路面坑坑洼洼，一到下雨天就积水，骑车的人摔了好几个，反映{}次没有人来管，希望尽快修好。"
    at = ["滨江花园", "翠湖花园", "东方花园"]
    rows = [Words(n, f"{at[n % 3]}门口路面积水", body.format(at[n % 3], n)) for n in range(many)]
    groups = propose(rows)
    assert sum(len(group.members) for group in groups) == many
    assert all(len({member % 3 for member in group.members}) == 1 for group in groups)
    assert len(groups[0].members) == many // 3


def test_the_first_of_a_flood_that_names_no_place_brings_no_two_places_together():
    body = "{}门口的路面坑坑洼洼，一到下雨天就积水，骑车的人摔了好几个，反映多次没有人来管，希望尽快修好。"
    rows = [Words(n, f"{at}门口路面积水", body.format(at)) for n, at in enumerate(["", *["滨江花园", "翠湖花园"] * 3])]
    found = [set(rows.tolist()) for rows in Index(rows)._copies(np.arange(len(rows)))]
    assert sum(map(len, found)) == len(rows) and not any({1, 2} <= one for one in found)


def test_a_heading_that_a_form_gave_to_many_is_not_what_they_say():
    told = [
        "滨江花园门口路灯坏了半个月，晚上黑漆漆的", "红星路的公交站牌倒了没人扶", "高塘村的桥栏杆断了一截，很危险",
        "人民医院门口出租车乱停，救护车进不去", "建设大道中间的井盖不见了", "第二小学旁边的斑马线磨得看不见了",
    ]  # fmt: skip
    rows = [Words(n, "道路交通类投诉", body) for n, body in enumerate(told)]
    assert found(rows) == {frozenset({n}) for n in range(len(told))}
    assert Index(rows).corpus.headings == {"道路交通类投诉"}
    assert not Index([row._replace(title="滨江花园路灯坏了") for row in rows]).corpus.headings


def test_a_middleman_cannot_bring_two_places_together():
    rows = [
        Words(n, f"{place}路灯坏了没人修", f"{place}路灯坏了好几天没人来修")
        for n, place in enumerate(["滨江花园", "", "翠湖花园"])
    ]
    assert all(not {0, 2} <= set(group.members) for group in propose(rows))


@pytest.mark.parametrize(
    ("one", "other"),
    [("滨江花园路灯坏了", "滨江小区路灯坏了"), ("滨江花园路灯坏了", "路灯坏了"), ("城东兴源路积水", "兴源路积水")],
)
def test_a_place_named_otherwise_or_not_at_all_is_no_conflict(one, other):
    assert not conflict(read(Words(1, one, "")), read(Words(2, other, "")))


def test_places_are_read_by_kind_and_road_like_words_are_not_places():
    found = places("请到源南镇金沟村看看，第一小学门口的12路公交")
    assert found == {"town": {"源南"}, "village": {"金沟"}, "school": {"第一"}, "line": {"12路"}}
    assert places("公路上的高速公路") == {}


def test_the_order_of_arrival_does_not_change_the_groups():
    assert found(ROWS) == found(ROWS[::-1])
    assert propose(ROWS) == propose(ROWS)


def test_traditional_characters_join_their_simplified_twin():
    twin = Words(
        9, "濱江花園門口路燈壞了", "濱江花園門口的路燈已經壞了半個月，晚上出門黑漆漆的，老人孩子不敢走，請盡快派人來修好。"
    )
    assert frozenset({1, 9}) in found([ROWS[0], twin, *ROWS[2:]])


def test_asking_for_more_certainty_joins_less():
    assert len(propose(ROWS, sure=0.985)) >= len(propose(ROWS, sure=0.4))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [Words(1, "", "")],
        [Words(1, "", ""), Words(2, "", "")],
        [
            Words(1, "😀", "😀"),
            Words(2, "https://example.org", ""),
            Words(3, "\x00\ud800", "\u202e"),
            Words(4, "", "路灯。" * 7000),
        ],
    ],
)
def test_bad_input_is_grouped_without_a_crash_and_nobody_is_lost(rows):
    assert sorted(member for group in propose(rows) for member in group.members) == [row.id for row in rows]


def test_empty_texts_are_not_the_same_matter():
    assert len(propose([Words(1, "", ""), Words(2, "", "")])) == 2


def test_the_most_similar_come_first_with_their_score():
    best = likest("滨江花园的路灯不亮", ROWS, 2)
    assert {best[0][0], best[1][0]} == {1, 2}
    assert best[0][1] >= best[1][1] > 0
    assert likest("", ROWS) == [] and likest("路灯", []) == []


def test_an_index_answers_many_questions():
    index = Index(ROWS)
    assert index.likest("拖欠工资", 1)[0][0] == 4
    assert index.likest("垃圾桶", 1)[0][0] == "三"


@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.lists(st.floats(0, 1), min_size=n, max_size=n), min_size=n, max_size=n)))
def test_joining_loses_nobody_and_keeps_the_separated_apart(numbers):
    chance = (np.array(numbers) + np.array(numbers).T) / 2
    apart = chance < 0.2
    np.fill_diagonal(apart, False)
    groups = [members for members, _lowest in join(chance, 0.4, apart)]
    assert sorted(at for members in groups for at in members) == list(range(len(chance)))
    assert not any(apart[a, b] for members in groups for a in members for b in members)


@pytest.mark.parametrize(("conflicts", "sizes"), [([(0, 9)], [9, 1]), ([(0, 9), (1, 9)], [9, 1]), ([(0, 9), (1, 8)], [5, 5])])
def test_one_odd_member_keeps_itself_apart_and_not_the_many_beside_it(conflicts, sizes):
    chance, apart = np.full((10, 10), 0.8), np.zeros((10, 10), dtype=bool)
    chance[:5, :5] = chance[5:, 5:] = 0.95
    for one, other in conflicts:
        apart[one, other] = apart[other, one] = True
    groups = [members for members, _lowest in join(chance, 0.4, apart)]
    assert sorted(map(len, groups), reverse=True) == sizes
    assert not any(apart[a, b] for members in groups for a in members for b in members)


def test_every_member_is_given_its_reason():
    group = propose(ROWS)[0]
    assert set(group.reasons) == set(group.members)
    assert "代表件" in group.reasons[group.representative]


def test_a_new_submission_is_told_at_once_what_it_may_repeat():
    first = Index(ROWS).place(Words(9, "滨江花园路灯一直不亮", "滨江花园门口路灯坏了没人修，黑漆漆的。"))[0]
    assert first.id in (1, 2) and first.sure > 0.3 and not first.apart


def test_a_new_submission_about_another_place_is_told_what_keeps_it_apart():
    elsewhere = Words(9, "翠湖花园门口路灯坏了", LAMPS.replace("滨江", "翠湖"))
    found = {place.id: place for place in Index(ROWS).place(elsewhere)}
    assert "滨江" in found[1].apart


def test_what_was_learnt_is_kept_as_plain_numbers_and_read_again(tmp_path):
    rows, matters = _town(24)
    judge = Pairs.learn(rows, matters)
    judge.save(tmp_path / "pairs.npz")
    again = Pairs.load(tmp_path / "pairs.npz")
    assert propose(rows, pairs=again) == propose(rows, pairs=judge)
    with np.load(tmp_path / "pairs.npz", allow_pickle=False) as kept:
        assert all(kept[name].dtype != object for name in kept.files)


def test_a_damaged_model_is_refused_by_name(tmp_path):
    (tmp_path / "pairs.npz").write_bytes(b"PK nothing")
    with pytest.raises(Refused, match=r"pairs\.npz"):
        Pairs.load(tmp_path / "pairs.npz")


def test_too_little_to_learn_from_is_refused():
    with pytest.raises(Refused, match="太少"):
        Pairs.learn(ROWS, [1, 1, 2, 3])


def _town(matters):
    """Two voices on each of some matters, every one at its own road."""
    names = [f"{one}{other}路" for one in "红绿蓝金银东" for other in "山水云花"][:matters]
    faults = ["路灯坏了没人修", "井盖破损很危险", "积水半个月不退", "垃圾堆满没人清"]
    rows, event = [], []
    for number, name in enumerate(names):
        fault = faults[number % 4]
        for voice, said in enumerate((f"{name}{fault}，请尽快处理。", f"你好，{name}这里{fault}，大家都有意见，希望来人看看。")):
            rows.append(Words((number, voice), f"{name}{fault}" if voice else f"反映{name}{fault}", said))
            event.append(name)
    return rows, event
