"""回头看规则: what goes back, and shares in which the unreached are never satisfied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.lookback.rules import Finding, Ground, Look, Outcome, Reached, Scale, Share, grounds, outcome, satisfied, share
from mianduimian.mechanism import rulebook

RULES = rulebook("heyuan-2.0")
SCALES = st.sampled_from([scale.value for scale in Scale])
FINDINGS = st.sampled_from(["", *(finding.value for finding in Finding)])
VISITS = st.lists(
    st.tuples(st.just(Outcome.REACHED), SCALES)
    | st.tuples(st.sampled_from([Outcome.WAITING, Outcome.UNREACHED, Outcome.NO_CONTACT]), st.just(""))
)


def look(visits=(), finding="true", concrete=True, sources=None):
    seen = list(visits)
    scales = tuple(scale for _stand, scale in seen if scale)
    return Look(finding, concrete, len(seen) if sources is None else sources, share(seen, RULES), scales, RULES)


@given(VISITS)
def test_everybody_to_be_asked_is_counted_once_and_the_unreached_are_never_satisfied(visits):
    seen = share(visits, RULES)
    assert seen.to_ask == len(visits) == seen.reached + seen.unreached + seen.waiting
    assert seen.satisfied <= seen.reached
    assert seen.satisfaction is None or 0 <= seen.satisfaction <= 100
    assert (seen.satisfaction is None) == (seen.reached == 0)


@given(VISITS, st.integers(0, 30))
def test_the_unreached_change_coverage_but_not_satisfaction(visits, more):
    fuller = [*visits, *[(Outcome.UNREACHED, "")] * more]
    assert share(fuller, RULES).satisfaction == share(visits, RULES).satisfaction
    assert (share(fuller, RULES).coverage or 0) <= (share(visits, RULES).coverage or 0)


@given(st.lists(SCALES), st.booleans(), FINDINGS)
def test_what_goes_back_goes_back_by_rule(scales, concrete, finding):
    found = grounds(scales=scales, concrete=concrete, finding=finding, rulebook=RULES)
    assert (Ground.UNSATISFIED in found) == bool({"1", "2"} & set(scales))
    assert (Ground.NO_MEASURE in found) == (not concrete)
    assert (Ground.NOT_TRUE in found) == (finding == "false")


@given(st.lists(SCALES), st.booleans(), FINDINGS, SCALES)
def test_one_more_answer_never_takes_a_ground_away(scales, concrete, finding, more):
    def found(said):
        return set(grounds(scales=said, concrete=concrete, finding=finding, rulebook=RULES))

    assert found(scales) <= found([*scales, more])


@given(VISITS, FINDINGS, st.booleans(), st.integers(0, 9))
def test_a_matter_is_either_closable_or_says_what_is_missing(visits, finding, concrete, more):
    seen = look(visits, finding, concrete, len(visits) + more)
    closable = not seen.missing
    assert not closable or (finding and concrete and visits and not more and not seen.share.waiting and not seen.grounds)


@given(VISITS, FINDINGS.filter(bool), st.booleans())
def test_nothing_is_stuck_once_it_is_verified_and_all_are_asked(visits, finding, concrete):
    seen = look([one for one in visits if one[0] != Outcome.WAITING] or [(Outcome.NO_CONTACT, "")], finding, concrete)
    assert bool(seen.grounds) != (not seen.missing)


@pytest.mark.parametrize(("scale", "enough"), [("5", True), ("4", True), ("3", True), ("2", False), ("1", False)])
def test_the_top_three_of_five_are_satisfied(scale, enough):
    assert satisfied(scale, RULES) is enough


@pytest.mark.parametrize(
    ("answered", "reachable", "results", "stands"),
    [
        (True, True, [], Outcome.REACHED),
        (True, False, [], Outcome.REACHED),
        (False, False, [], Outcome.NO_CONTACT),
        (False, True, [], Outcome.WAITING),
        (False, True, ["no_answer", "later"], Outcome.WAITING),
        (False, True, ["no_answer", "later", "no_answer"], Outcome.UNREACHED),
        (False, True, ["wrong", "wrong", "wrong"], Outcome.UNREACHED),
        (False, True, ["refused"], Outcome.UNREACHED),
    ],
)
def test_where_a_visit_stands(answered, reachable, results, stands):
    assert outcome(answered=answered, reachable=reachable, results=results, rulebook=RULES) == stands


def test_partly_solved_holds_with_a_citizen_who_says_so():
    assert look([(Outcome.REACHED, "4")], "partly").missing == []


def test_partly_solved_with_nobody_reached_goes_back():
    assert look([(Outcome.UNREACHED, "")], "partly").grounds == [Ground.NOT_TRUE]


def test_partly_solved_waits_for_those_still_to_be_asked():
    assert look([(Outcome.WAITING, "")], "partly").grounds == []


def test_what_is_missing_is_said_in_words():
    said = look([(Outcome.WAITING, "")], finding="", sources=3).missing
    assert said == ["本轮还没有核查", "还有2位群众没有列入回访", "还有1位群众没有答复，联系也未满次数"]


def test_a_share_of_nobody_is_no_number():
    assert (Share().satisfaction, Share().coverage) == (None, None)


def test_every_result_has_a_word():
    assert Reached.word_of("no_answer") == "无人接听"
