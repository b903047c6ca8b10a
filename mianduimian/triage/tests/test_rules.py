"""The rules of 梳理 alone: buckets, cuts, the taxonomy."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.people import rules as people
from mianduimian.refusal import Refused
from mianduimian.solicitation.rules import Theme
from mianduimian.text.classify import seed
from mianduimian.triage import rules
from mianduimian.triage.rules import ASIDE, REASONS, Bucket, Funnel, Reason, bucket_of, check_cut, check_place, clauses, funnel

UNITS = {row["key"] for row in tomllib.loads((Path(people.__file__).parent / "heyuan/units.toml").read_text("utf-8"))["unit"]}
TEXT = "灯坏了，路也坏了！怎么办？快修；谢谢，坏了"


@pytest.mark.parametrize("bucket", list(Bucket))
@pytest.mark.parametrize("reason", ["", *Reason])
@pytest.mark.parametrize("appeal", [False, True])
def test_a_place_holds_exactly_when_bucket_reason_and_appeal_fit(bucket, reason, appeal):
    fits = (bucket == Bucket.DISTILLED) == appeal and (reason in REASONS[bucket] if bucket in REASONS else not reason)
    try:
        check_place(bucket, reason, appeal)
    except Refused:
        assert not fits
    else:
        assert fits


def test_every_reason_belongs_to_exactly_one_bucket():
    offered = [reason for reasons in REASONS.values() for reason in reasons]
    assert sorted(offered) == sorted(Reason) and len(set(offered)) == len(offered)


def test_every_bucket_is_undecided_distilled_or_aside():
    assert {Bucket.UNDECIDED, Bucket.DISTILLED, *ASIDE} == set(Bucket)


@given(st.lists(st.sampled_from([bucket.value for bucket in Bucket])))
def test_the_funnel_counts_every_part_once(buckets):
    assert sum(funnel(buckets).values()) == len(buckets)


@given(st.lists(st.sampled_from([bucket.value for bucket in Bucket]), min_size=1))
def test_a_submission_is_counted_where_one_of_its_parts_is(buckets):
    assert bucket_of(buckets) in buckets


def test_a_submission_counts_as_undecided_while_one_part_is():
    assert bucket_of(["distilled", "undecided"]) == "undecided"
    assert bucket_of(["invalid", "distilled"]) == "distilled"
    assert bucket_of(["elsewhere", "invalid"]) == "elsewhere"


def test_a_funnel_that_lost_somebody_does_not_hold():
    assert Funnel(2, funnel(["invalid", "repeat"]), funnel(["invalid", "repeat"]), 0).holds
    assert not Funnel(3, funnel(["invalid", "repeat"]), funnel(["invalid", "repeat"]), 0).holds


@given(st.text(alphabet="字。！？；，：\n 路灯a!", max_size=60))
def test_sentences_and_clauses_lose_nothing_but_blanks(text):
    def bare(words: str) -> str:
        return "".join(words.split())

    assert bare("".join(rules.sentences(text))) == bare("".join(clauses(text))) == bare(text)


@given(st.lists(st.integers(1, 3), min_size=6, max_size=6))
def test_any_sharing_out_of_the_clauses_is_a_cut(numbers):
    parts: dict[int, str] = {}
    for number, said in zip(numbers, clauses(TEXT), strict=True):
        parts[number] = parts.get(number, "") + said
    if len(parts) > 1:
        check_cut(TEXT, list(parts.values()))
    else:
        with pytest.raises(Refused, match="至少要有两段"):
            check_cut(TEXT, list(parts.values()))


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([TEXT], "至少要有两段"),
        (["灯坏了，", "  "], "每段都要有内容"),
        (["灯坏了，", "路也坏了！我要赔偿。"], "只能用群众的原话"),
        (["灯坏了，", "灯坏了，"], "用了两次"),
        (["灯坏了，", "路也坏了！"], None),
    ],
)
def test_a_cut_uses_the_citizens_words_once_each(texts, said):
    if said is None:
        check_cut(TEXT, texts)
    else:
        with pytest.raises(Refused, match=said):
            check_cut(TEXT, texts)


def test_a_cut_may_leave_out_a_greeting_but_no_matter():
    whole = "尊敬的领导，你们好！" + TEXT + "另外，" + "校门口天天堵得水泄不通，" * 4
    with pytest.raises(Refused, match="没有归入任何一段"):
        check_cut(whole, ["灯坏了，", "路也坏了！怎么办？"])


def test_the_taxonomy_is_whole_and_names_its_source():
    known = rules.taxonomy()
    assert known.key and known.source
    assert len(known.classes) == 14 and all(top.kinds for top in known.classes)
    words = known.words
    assert len(words) == 14 + sum(len(top.kinds) for top in known.classes)
    assert {unit for one in words.values() for unit in one.units} <= UNITS
    assert all(one.units for one in words.values())
    assert {good for one in words.values() for good in one.goods} == set(known.goods) and len(known.goods) == 7
    assert {one.theme for one in words.values()} == set(Theme)


def test_the_reading_room_speaks_of_no_class_that_does_not_exist():
    assert {label for _text, label in seed()} <= set(rules.taxonomy().words)


def test_traffic_and_water_fit_none_of_the_seven_goods():
    words = rules.taxonomy().words
    assert not words["transport"].goods and not words["utilities.ruralwater"].goods


@pytest.mark.parametrize(
    ("key", "word", "theme", "lead"),
    [
        ("transport.parking", "交通出行·乱停乱放", "travel", ("traffic_police", "urban")),
        ("utilities.ruralwater", "水电气网·农村饮水", "water", ("water",)),
        ("health", "医疗卫生", "doctor", ("health",)),
        ("moon", "moon", "other", ()),
        ("", "", "other", ()),
    ],
)
def test_a_class_has_words_a_theme_and_usual_units(key, word, theme, lead):
    assert (rules.category_word(key), rules.theme_of(key), rules.usual_units(key)) == (word, theme, lead)


def test_a_title_is_the_citizens_own_or_the_first_sentence():
    assert rules.title_of("路灯", "兴源路的灯坏了。快修") == "路灯"
    assert rules.title_of(" ", "兴源路的灯坏了。快修") == "兴源路的灯坏了。"
    assert len(rules.title_of("", "灯" * 90)) == 40
    assert rules.title_of("", "") == ""
