"""What the machine proposes, and that a person has the last word."""

import pytest

from mianduimian.journal.models import Line
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.triage import acts, jobs, machine
from mianduimian.triage.models import Appeal, Decision, Part, Proposal, Reading, funnel, progress
from mianduimian.triage.rules import Wording

LAMPS = [
    "建设大道与永和路交叉口往东五十米的路灯坏了三盏，晚上黑漆漆的，老人摔过跤，请尽快修。",
    "建设大道与永和路交叉口往东五十米，路灯坏了三盏，晚上一片漆黑，请尽快修好。",
    "晚上经过建设大道与永和路交叉口往东五十米，路灯坏了三盏，黑漆漆的，请修。",
]
SCHOOL = "第三小学门口放学时家长的车乱停，孩子过马路很危险，希望交警管一管。"


@pytest.fixture
def told(say, round, office, day):
    """Three who say the same, one who says something else."""
    made = [say(text, title="路灯坏了") for text in LAMPS] + [say(SCHOOL, title="校门口乱停车")]
    acts.take_up(round, by=office, on=day)
    return list(Part.objects.filter(submission__in=made))


def test_what_says_the_same_is_proposed_as_one_and_every_part_gets_a_class(told, round, office, day, fresh):
    proposals = acts.propose(round, by=office, on=day)
    members = sorted(sorted(part.pk for part in proposal.parts.all()) for proposal in proposals)
    assert members == [[part.pk for part in told[:3]], [told[3].pk]]
    together = Proposal.objects.get(parts=told[0])
    assert together.category == "transport.light" and together.category_word == "交通出行·路灯照明"
    assert together.representative in told[:3] and together.why and 0 < together.sure <= 1
    assert all(part.category and part.confidence for part in fresh(told))
    assert Line.objects.of(round).last().now == {"texts": 4, "proposals": 2}


def test_proposing_again_replaces_what_nobody_answered(told, round, office, day):
    first = acts.propose(round, by=office, on=day)
    again = acts.propose(round, by=office, on=day)
    assert len(first) == len(again) == Proposal.objects.count()
    assert {proposal.pk for proposal in first}.isdisjoint(proposal.pk for proposal in again)
    with pytest.raises(Overtaken, match="重新梳理"):
        acts.confirm(Proposal(pk=0, round=round), by=office, on=day)


def test_a_person_confirms_in_other_words_and_the_proposal_stands_beside_the_decision(told, wording, round, office, day, fresh):
    acts.propose(round, by=office, on=day)
    proposal = Proposal.objects.get(parts=told[0])
    appeal = acts.confirm(proposal, wording, by=office, on=day)
    assert {part.appeal_id for part in fresh(told[:3])} == {appeal.pk}
    line = Line.objects.of(appeal).get()
    assert line.verb == "triage.confirm"
    assert line.now["machine"]["parts"] == [part.pk for part in told[:3]] and line.now["machine"]["sure"] == proposal.sure
    assert fresh(proposal).answer == "confirmed" and fresh(proposal).decision == Decision.objects.get()
    with pytest.raises(Overtaken, match=f"已由{office.name}答复（采纳）"):
        acts.reject(proposal, by=office, on=day)


def test_a_person_takes_a_member_out(told, wording, round, office, day, fresh):
    acts.propose(round, by=office, on=day)
    proposal = Proposal.objects.get(parts=told[0])
    with pytest.raises(Refused, match="从这条建议的来件中选择"):
        acts.confirm(proposal, wording, parts=fresh(told), by=office, on=day)
    with pytest.raises(Refused, match="至少选一宗"):
        acts.confirm(proposal, wording, parts=[], by=office, on=day)
    acts.confirm(proposal, wording, parts=fresh(told[:2]), by=office, on=day)
    assert [part.bucket for part in fresh(told[:3])] == ["distilled", "distilled", "undecided"]


def test_undoing_a_confirmation_opens_the_proposal_again(told, wording, round, office, day, fresh):
    acts.propose(round, by=office, on=day)
    proposal = Proposal.objects.get(parts=told[0])
    acts.confirm(proposal, wording, by=office, on=day)
    assert proposal not in Proposal.objects.open()
    acts.undo(Decision.objects.get(), by=office, on=day)
    assert proposal in Proposal.objects.open() and fresh(proposal).answered_by is None


def test_a_rejected_group_is_not_proposed_again_and_its_members_wait_one_by_one(told, round, office, day):
    acts.propose(round, by=office, on=day)
    acts.reject(Proposal.objects.get(parts=told[0]), by=office, on=day)
    alone = [[part] for part in told]
    assert sorted(groups(), key=lambda group: group[0].pk) == alone
    acts.propose(round, by=office, on=day)
    assert sorted(groups(), key=lambda group: group[0].pk) == alone
    assert Line.objects.of(round).get(verb="triage.reject").now["machine"]["parts"] == [part.pk for part in told[:3]]


def test_what_a_person_kept_apart_and_put_back_is_proposed_apart(told, wording, round, office, day, fresh):
    acts.propose(round, by=office, on=day)
    acts.reject(Proposal.objects.get(parts=told[0]), by=office, on=day)
    for proposal in Proposal.objects.open().exclude(born_of=None):
        acts.confirm(proposal, wording, by=office, on=day)
    acts.put_back(fresh(told[:3]), by=office, on=day)
    acts.propose(round, by=office, on=day)
    assert sorted(groups(), key=lambda group: group[0].pk) == [[part] for part in told]


def groups():
    return [list(proposal.parts.order_by("pk")) for proposal in Proposal.objects.open()]


def test_what_says_the_same_as_an_appeal_is_proposed_for_it(told, say, wording, round, office, day, fresh):
    appeal = acts.distil(told[:3], wording, by=office, on=day)
    late = say(LAMPS[0], title="路灯坏了", like=told[0].submission)
    acts.take_up(round, by=office, on=day)
    acts.propose(round, by=office, on=day)
    part = Part.objects.get(submission=late)
    proposal = Proposal.objects.get(parts=part)
    assert proposal.appeal == appeal and proposal.why.startswith("含同文来件1宗")
    assert acts.confirm(proposal, by=office, on=day) == appeal
    assert fresh(part).appeal == appeal


def test_a_proposal_without_an_appeal_needs_words(told, round, office, day):
    acts.propose(round, by=office, on=day)
    with pytest.raises(Refused, match="请写出"):
        acts.confirm(Proposal.objects.first(), by=office, on=day)


def test_a_proposal_whose_parts_are_decided_otherwise_waits_no_more(told, round, office, day, fresh):
    acts.propose(round, by=office, on=day)
    acts.set_aside(fresh(told[3:]), bucket="withdrawn", by=office, on=day)
    assert Proposal.objects.open().count() == 1
    with pytest.raises(Overtaken, match="另定去向"):
        acts.confirm(Proposal.objects.get(parts=told[3]), Wording("题", "文"), parts=told[3:], by=office, on=day)


def test_a_round_without_undecided_parts_gives_no_proposals(round, office, day):
    assert acts.propose(round, by=office, on=day) == []
    assert machine.read(round).classes == {}


def test_the_job_takes_up_reads_and_answers_the_one_who_asked(say, round, office, day):
    for text in LAMPS:
        say(text)
    reading = acts.ask(round, by=office, on=day)
    assert acts.ask(round, by=office, on=day) == reading and Reading.objects.count() == 1
    assert jobs.read.func(reading.pk) == "3 1 done"
    reading.refresh_from_db()
    assert (reading.texts, reading.total, reading.proposals) == (3, 3, 1) and reading.finished_on
    assert jobs.read.func(reading.pk) == "3 1 done" and Proposal.objects.count() == 1
    assert acts.ask(round, by=office, on=day) != reading


def test_only_the_office_asks_the_machine(round, handler, leader, day):
    for who in (handler, leader):
        for act in (acts.ask, acts.propose, acts.take_up):
            with pytest.raises(NotYours):
                act(round, by=who, on=day)


def test_progress_says_what_is_read_decided_and_in_doubt(told, wording, round, office, day, fresh):
    acts.propose(round, by=office, on=day)
    Part.objects.filter(pk=told[3].pk).update(confidence=0.2)
    acts.confirm(Proposal.objects.get(parts=told[0]), wording, by=office, on=day)
    done = progress(round, funnel(round))
    assert (done.read, done.decided, done.doubted, done.proposals) == (4, 3, 1, 1)
    Part.objects.filter(pk=told[3].pk).update(confidence=0.9)
    assert progress(round, funnel(round)).doubted == 0
    Proposal.objects.filter(answer="").update(sure=0.3)
    assert progress(round, funnel(round)).doubted == 1


def test_the_words_suggested_are_masked_short_and_carry_the_usual_unit(say, round, office, day):
    say("我叫赖小明，电话13800138000，兴源路灯坏了。" * 40, title="路灯坏了，联系13800138000", place="兴源路")
    acts.take_up(round, by=office, on=day)
    part = Part.objects.get()
    words = machine.suggest([part], part, "transport.light")
    assert "13800138000" not in words.title + words.wording and "赖小明" not in words.wording
    assert len(words.wording) <= machine.LONGEST and len(words.title) <= 40
    assert (words.place, words.unit) == ("兴源路", "urban")


def test_the_units_suggested_are_the_usual_ones_and_the_countys_government(city):
    found = machine.likely_units("transport.minor", "441622117")
    assert [unit.key for unit in found] == ["traffic_police", "education", "longchuan"]
    assert machine.likely_units("", "") == []


def test_similar_parts_are_found_the_likest_first(told, round, say, office, day):
    near = machine.likest(round, LAMPS[0])
    assert near[0] == told[0] and near[0].likeness > near[1].likeness
    late = say(LAMPS[0])
    acts.take_up(round, by=office, on=day)
    assert late.pk in {part.submission_id for part in machine.likest(round, LAMPS[0])}


@pytest.mark.parametrize("text", ["", " ", "？？？", "http://example.org/a?b=1", "字" * 20000, "𠮷㐂🙂", "the lamp is broken"])
def test_odd_texts_are_read_without_harm(say, round, office, day, text):
    said = say("占位")
    type(said).objects.filter(pk=said.pk).update(text=text)
    acts.take_up(round, by=office, on=day)
    assert len(acts.propose(round, by=office, on=day)) == 1
    assert Appeal.objects.count() == 0
