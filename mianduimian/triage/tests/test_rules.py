"""The rules of 梳理 alone: buckets and cuts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.refusal import Refused
from mianduimian.triage import rules
from mianduimian.triage.rules import (
    ASIDE,
    REASONS,
    Bucket,
    Funnel,
    Reason,
    bucket_of,
    check_cut,
    check_place,
    clauses,
    funnel,
    outlook,
)

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


def test_a_title_is_the_citizens_own_or_the_first_sentence():
    assert rules.title_of("路灯", "兴源路的灯坏了。快修") == "路灯"
    assert rules.title_of(" ", "兴源路的灯坏了。快修") == "兴源路的灯坏了。"
    assert len(rules.title_of("", "灯" * 90)) == 40
    assert rules.title_of("", "") == ""


@pytest.mark.parametrize(("at", "groups", "wrong"), [(0.0, 4, 1.3), (0.9, 2, 0.1), (0.91, 1, 0.0), (1.1, 0, 0.0)])
def test_the_error_to_expect_is_what_the_groups_lack_in_certainty(at, groups, wrong):
    found = outlook([0.9, 1.0, 0.3, 0.5], at)
    assert (found.groups, found.wrong) == (groups, wrong)
