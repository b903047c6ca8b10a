"""What a person puts right in the machine's groups: nobody is lost, the machine's word stands beside it, every step is undone."""

import pytest

from mianduimian.journal.models import Line
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.triage import acts
from mianduimian.triage.models import Appeal, Decision, Part, Proposal, funnel
from mianduimian.triage.rules import Verb, Wording

WORDS = Wording("题", "文", "transport.light")


@pytest.fixture
def group(parts, round, office, day):
    """One proposal of four parts, as a machine would make it: group() or group(3, sure=0.8)."""

    def make(how_many=4, *, sure=0.7, appeal=None, members=None) -> Proposal:
        members = members or parts(how_many)
        one = Proposal.objects.create(
            round=round,
            representative=members[0],
            sure=sure,
            why="都提到“兴源路”",
            reasons={str(part.pk): f"像{part.pk}" for part in members},
            wording="兴源路的灯坏了",
            category="transport.light",
            appeal=appeal,
            made_on=day,
        )
        one.parts.set(members)
        return one

    return make


@pytest.fixture
def step(office, day):
    return {"by": office, "on": day}


def groups():
    """The groups that wait, each by the keys of its members."""
    return sorted(sorted(one.parts.values_list("pk", flat=True)) for one in Proposal.objects.open())


def keys(*parts):
    return [part.pk for part in parts]


def test_a_member_taken_out_waits_by_itself_and_the_rest_stays_one_group(group, step):
    one = group()
    a, b, c, d = one.parts.order_by("pk")
    kept = acts.take_out(one, [b, d], **step)
    assert groups() == sorted([keys(a, c), keys(b), keys(d)])
    assert list(kept.parts.order_by("pk")) == [a, c]
    assert (kept.why, kept.wording, kept.sure) == (one.why, one.wording, 0.7)
    assert kept.reasons == {str(part.pk): f"像{part.pk}" for part in (a, c)}
    alone = Proposal.objects.open().get(parts=b)
    assert "取出" in alone.why and alone.wording == "" and alone.sure == 0.7
    assert {part.bucket for part in Part.objects.all()} == {"undecided"}


def test_when_the_representative_leaves_another_member_stands_for_the_rest(group, step):
    one = group(3)
    a, b, c = one.parts.order_by("pk")
    kept = acts.take_out(one, [a], **step)
    assert kept.representative == b
    assert Proposal.objects.open().get(parts=a).why == one.why


def test_a_group_is_divided_in_two(group, step):
    one = group()
    a, b, c, d = one.parts.order_by("pk")
    acts.divide(one, [c, d], **step)
    assert groups() == [keys(a, b), keys(c, d)]


def test_a_part_found_elsewhere_is_brought_in_and_leaves_its_old_group(group, step):
    one, other = group(2), group(3)
    a, b = one.parts.order_by("pk")
    c, d, e = other.parts.order_by("pk")
    acts.bring_in(one, [c, d], **step)
    assert groups() == [keys(a, b, c, d), keys(e)]
    acts.bring_in(Proposal.objects.open().get(parts=a), Part.objects.filter(pk=e.pk), **step)
    assert groups() == [keys(a, b, c, d, e)]


def test_a_part_in_no_group_is_brought_in_too(group, parts, step):
    one, (alone,) = group(1), parts(1)
    acts.bring_in(one, [alone], **step)
    assert groups() == [[*one.parts.values_list("pk", flat=True), alone.pk]]


@pytest.mark.parametrize("verb", ["take_out", "divide", "bring_in", "reject", "confirm"])
def test_every_step_is_undone_whole(verb, group, parts, step, fresh):
    one, other = group(3), group(2)
    a, b, c = one.parts.order_by("pk")
    before, rows = groups(), list(Proposal.objects.order_by("pk").values())
    {
        "take_out": lambda: acts.take_out(one, [b], **step),
        "divide": lambda: acts.divide(one, [b, c], **step),
        "bring_in": lambda: acts.bring_in(one, list(other.parts.all()), **step),
        "reject": lambda: acts.reject(one, **step),
        "confirm": lambda: acts.confirm(one, WORDS, parts=[a, b], also=other.parts.all()[:1], **step),
    }[verb]()
    assert groups() != before
    acts.undo(Decision.objects.get(), **step)
    assert groups() == before and list(Proposal.objects.order_by("pk").values()) == rows
    assert {part.bucket for part in Part.objects.all()} == {"undecided"} and not Appeal.objects.standing()


def test_a_step_on_which_a_later_one_stands_is_not_undone_before_it(group, step, office):
    one = group(3)
    a, b, c = one.parts.order_by("pk")
    kept = acts.take_out(one, [c], **step)
    acts.confirm(kept, WORDS, **step)
    first, second = Decision.objects.order_by("pk")
    with pytest.raises(Refused, match=f"后来又由{office.name}办理（决定{second.pk} 采纳机器建议）"):
        acts.undo(first, **step)
    acts.undo(second, **step)
    acts.undo(first, **step)
    assert groups() == [keys(a, b, c)]


def test_accepting_some_members_leaves_the_others_waiting_one_by_one(group, step):
    one = group()
    a, b, c, d = one.parts.order_by("pk")
    appeal = acts.confirm(one, WORDS, parts=[a, b], **step)
    assert groups() == [keys(c), keys(d)]
    assert set(appeal.parts.all()) == {a, b}
    one.refresh_from_db()
    assert one.answer == "corrected"


def test_what_was_found_beside_a_group_is_accepted_with_it_in_one_decision(group, step):
    one, other, third = group(3), group(3), group(1)
    (a, b, c), (d, e, f), (g,) = (each.parts.order_by("pk") for each in (one, other, third))
    appeal = acts.confirm(one, WORDS, parts=[a, b], also=[d, e, g], **step)
    assert set(appeal.parts.all()) == {a, b, d, e, g} and groups() == [keys(c), keys(f)]
    for each in (one, other, third):
        each.refresh_from_db()
        assert each.answer == "corrected"
    assert Line.objects.filter(verb="triage.confirm").count() == Decision.objects.count() == 1
    acts.undo(Decision.objects.get(), **step)
    assert groups() == [keys(a, b, c), keys(d, e, f), keys(g)]


def test_what_is_decided_already_is_not_accepted_with_a_group(group, parts, step):
    (decided,) = parts(1)
    acts.distil([decided], WORDS, **step)
    with pytest.raises(Refused, match="只有待梳理的来件"):
        acts.confirm(group(2), WORDS, also=Part.objects.filter(pk=decided.pk), **step)
    assert Appeal.objects.count() == 1


def test_a_group_goes_into_an_appeal_the_machine_did_not_think_of(group, parts, step):
    appeal = acts.distil(parts(1), WORDS, **step)
    one = group(2)
    assert acts.confirm(one, into=appeal, **step) == appeal
    assert appeal.parts.count() == 3
    one.refresh_from_db()
    assert one.answer == "corrected"
    line = Line.objects.of(appeal).last()
    assert line.verb == "triage.confirm" and line.now["machine"]["appeal"] is None


def test_a_group_joins_no_appeal_that_speaks_for_nobody_or_of_another_round(group, parts, step):
    one, gone = group(2), acts.distil(parts(1), WORDS, **step)
    acts.undo(Decision.objects.get(), **step)
    with pytest.raises(Refused, match="已没有来件"):
        acts.confirm(one, into=gone, **step)
    with pytest.raises(Refused, match="不在本期"):
        acts.confirm(one, into=Appeal(pk=10**6), **step)
    assert groups() == [list(one.parts.values_list("pk", flat=True))]


def test_the_machines_proposal_stands_beside_every_correction(group, parts, round, step):
    one, other = group(3), group(2)
    a, b, c = one.parts.order_by("pk")
    d, e = other.parts.order_by("pk")
    said = {"parts": keys(a, b, c), "sure": 0.7, "category": "transport.light", "appeal": None}
    kept = acts.take_out(one, [c], **step)
    acts.relabel([a], "transport.parking", proposal=kept, **step)
    acts.set_aside(Part.objects.filter(pk=b.pk).select_related("submission"), bucket="withdrawn", proposal=kept, **step)
    acts.bring_in(other, Part.objects.filter(pk=c.pk), **step)
    lines = {line.verb: line.now for line in Line.objects.of(round).filter(verb__startswith="triage.")}
    assert lines["triage.take_out"]["machine"] == said
    assert lines["triage.take_out"]["groups"] == [keys(a, b), keys(c)]
    after = {**said, "parts": keys(a, b), "born_of": Decision.objects.get(verb=Verb.TAKE_OUT).pk}
    assert lines["triage.relabel"]["machine"] == lines["triage.set_aside"]["machine"] == after
    assert lines["triage.bring_in"]["machine"]["parts"] == keys(d, e)
    assert [one["parts"] for one in lines["triage.bring_in"]["others"]] == [keys(c)]


def test_a_class_given_by_hand_stays_when_the_machine_reads_again_and_is_undone(parts, round, step, fresh, office):
    two = parts(2)
    acts.propose(round, **step)
    guessed = fresh(two[0]).category
    acts.relabel(fresh(two[:1]), "education.place", **step)
    acts.propose(round, **step)
    one = fresh(two[0])
    assert (one.category, one.confidence, one.labelled_by) == ("education.place", 1.0, office)
    assert Line.objects.of(round).get(verb="triage.relabel").was["classes"][str(one.pk)][0] == guessed
    acts.undo(Decision.objects.get(), **step)
    assert (fresh(one).category, fresh(one).labelled_by) == (guessed, None)


def test_a_class_is_given_only_where_it_says_something(parts, step, fresh):
    one, two = parts(2)
    with pytest.raises(Refused, match="分类表里"):
        acts.relabel([one], "moon", **step)
    acts.distil([two], WORDS, **step)
    with pytest.raises(Refused, match="改写"):
        acts.relabel(fresh([two]), "education", **step)
    acts.relabel([one], "education", **step)
    with pytest.raises(Refused, match="已经是这一类"):
        acts.relabel(fresh([one]), "education", **step)


def test_a_group_keeps_a_member_and_takes_in_only_what_waits(group, parts, step, fresh):
    one = group(2)
    members = list(one.parts.order_by("pk"))
    with pytest.raises(Refused, match="至少要留下一宗"):
        acts.take_out(one, members, **step)
    with pytest.raises(Refused, match="至少选一宗"):
        acts.divide(one, [], **step)
    with pytest.raises(Refused, match="从这条建议的来件中选择"):
        acts.take_out(one, parts(1), **step)
    with pytest.raises(Refused, match="不在这一组"):
        acts.bring_in(one, members[:1], **step)
    (decided,) = parts(1)
    acts.distil([decided], WORDS, **step)
    with pytest.raises(Refused, match="只有待梳理的来件"):
        acts.bring_in(one, fresh([decided]), **step)
    assert Decision.objects.count() == 1


def test_the_slower_of_two_clerks_loses_nothing_and_reads_who_was_faster(group, hire, step, day):
    one, other = group(3), group(2)
    a, b, c = one.parts.order_by("pk")
    acts.take_out(one, [c], by=hire("office", name="钟小梅"), on=day)
    for late in (acts.take_out, acts.divide):
        with pytest.raises(Overtaken, match="钟小梅答复（改正）"):
            late(one, [b], **step)
    with pytest.raises(Overtaken, match="钟小梅"):
        acts.confirm(one, WORDS, **step)
    with pytest.raises(Overtaken, match="钟小梅办理（取出来件）"):
        acts.bring_in(other, [c], **step)
    assert groups() == sorted([keys(a, b), keys(c), keys(*other.parts.order_by("pk"))])


def test_a_submission_cut_while_its_group_waits_gives_a_group_of_its_own(say, round, group, step, fresh):
    said = say("灯坏了。路也坏了！")
    acts.take_up(round, **step)
    one = group(members=list(Part.objects.all()))
    first, second = acts.cut(said, ["灯坏了。", "路也坏了！"], **step)
    assert groups() == [keys(first), keys(second)]
    acts.undo(Decision.objects.get(), **step)
    assert groups() == [keys(first)] and fresh(one).answer == ""


def test_many_groups_are_accepted_each_with_a_line_and_an_undo_of_its_own(group, round, step, parts):
    appeal = acts.distil(parts(1), WORDS, **step)
    several = [group(2), group(3), group(1, appeal=appeal)]
    Part.objects.update(category="transport.light", confidence=0.9)
    done = acts.accept_many(several, **step)
    assert [one.parts.count() for one in done.appeals] == [2, 3, 2] and done.left == []
    assert done.appeals[0].wording == "兴源路的灯坏了" and done.appeals[0].category == "transport.light"
    assert Line.objects.filter(verb="triage.confirm").count() == 3
    acts.undo(Decision.objects.filter(verb=Verb.CONFIRM).order_by("pk")[1], **step)
    assert Proposal.objects.open().get() == several[1] and funnel(round).holds


def test_many_accepted_at_once_leave_out_what_another_decided_meanwhile(group, hire, step, day):
    first, second = group(2), group(2)
    Part.objects.update(category="transport.light", confidence=0.9)
    acts.set_aside(first.parts.select_related("submission"), bucket="withdrawn", by=hire("office", name="钟小梅"), on=day)
    done = acts.accept_many([first, second], **step)
    assert len(done.appeals) == 1
    assert [(one, "已另行办理" in why) for one, why in done.left] == [(first, True)]


def test_only_who_may_decide_puts_groups_right(group, handler, leader, day):
    one = group(2)
    a, _b = one.parts.order_by("pk")
    for who in (handler, leader):
        for act in (acts.take_out, acts.divide, acts.bring_in):
            with pytest.raises(NotYours):
                act(one, [a], by=who, on=day)
        with pytest.raises(NotYours):
            acts.relabel([a], "education", by=who, on=day)
        with pytest.raises(NotYours):
            acts.accept_many([one], by=who, on=day)
