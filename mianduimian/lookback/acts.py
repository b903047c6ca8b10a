"""回头看: verifying, asking the citizens, sending back what is not solved, closing what is."""

from datetime import date, datetime

from django.utils.timezone import localdate

from mianduimian.journal.acts import act, record
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Assignment, Closing, Matter, Reply
from mianduimian.ledger.rules import State
from mianduimian.lookback.models import (
    ANSWERED,
    Answer,
    Attempt,
    SendBack,
    Verification,
    Visit,
    look,
    sources,
    speaker,
)
from mianduimian.lookback.rules import (
    Answered,
    Checked,
    Finding,
    Ground,
    Outcome,
    Reached,
    Scale,
    Solved,
    check_note,
    stand_apart,
)
from mianduimian.people.models import Person, Unit
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.supervision import acts as supervision
from mianduimian.supervision.rules import Demand
from mianduimian.vocabulary import _, say

STRONGER_FROM = 2  # 「重新交办、督办」: the second time a notice goes with it, without waiting for anybody


@act
def verify(matter: Matter, checked: Checked, *, by: Person, on: date) -> Verification:
    """核查: somebody who neither handled the matter nor replied looks whether it is so, once a turn."""
    by.must("lookback.verify")
    check_note(checked.note)
    matter = _answered_matter(matter, by)
    if Reply.objects.filter(matter=matter, by=by).exists():
        raise NotYours(_("这件事项的书面反馈由您填写，须由其他人核查。"))
    if Verification.objects.filter(matter=matter, turn=matter.turn).exists():
        raise Refused(_("第%(turn)s轮已经核查过。"), turn=matter.turn)
    made = Verification.objects.create(
        matter=matter,
        turn=matter.turn,
        finding=Finding(checked.finding),
        note=checked.note,
        on_site=checked.on_site,
        by=by,
        on=on,
    )
    now = {"turn": matter.turn, "finding": checked.finding, "on_site": checked.on_site}
    record("lookback.verify", matter, by=by, on=on, now=now)
    return made


@act
def plan_visits(matter: Matter, *, by: Person, on: date) -> list[Visit]:
    """列入回访: every citizen who spoke for the matter is to be asked once this turn; whoever came later is added."""
    by.must("lookback.visit")
    matter = _answered_matter(matter, by)
    planned = Visit.objects.filter(matter=matter, turn=matter.turn).select_related("submission")
    known = {speaker(visit.submission) for visit in planned}
    fresh = [submission for voice, submission in sources([matter])[matter.pk].items() if voice not in known]
    made = [
        Visit.objects.create(
            matter=matter, turn=matter.turn, submission=said, citizen=said.citizen, planned_by=by, planned_on=on
        )
        for said in fresh
    ]
    if made:
        silent = sum(not visit.reachable for visit in made)
        record("lookback.plan_visits", matter, by=by, on=on, now={"turn": matter.turn, "visits": len(made), "no_contact": silent})
    return made


@act
def attempt(visit: Visit, *, result: str, at: datetime, by: Person, on: date) -> Attempt:
    """联系: one attempt to reach the citizen, with its result."""
    by.must("lookback.visit")
    visit = _open_visit(visit, by)
    if visit.outcome == Outcome.NO_CONTACT:
        raise Refused(_("这位群众没有留下联系方式或不同意回访，不必联系，按“未能联系上”单列。"))
    if localdate(at) > on:
        raise Refused(_("联系时间还没有到。"))
    made = Attempt.objects.create(visit=visit, result=Reached(result), at=at, by=by)
    now = {"visit": visit.pk, "turn": visit.turn, "result": result, "at": at}
    record("lookback.attempt", visit.matter, by=by, on=on, now=now)
    return made


@act
def answer(visit: Visit, said: Answered, *, by: Person | None, on: date) -> Answer:
    """评价: what the citizen answered, to a visitor who never handled the matter, or alone (`by` None)."""
    actor = by or Person.objects.clock()
    actor.must("lookback.visit")
    visit = _open_visit(visit, by)
    made = Answer.objects.create(
        visit=visit,
        scale=Scale(said.scale),
        solved=Solved(said.solved),
        contacted=said.contacted,
        reason=said.reason,
        by=by,
        on=on,
    )
    sealed = {"scale": said.scale, "solved": said.solved, "contacted": said.contacted, "reason": said.reason}
    now = {"visit": visit.pk, "turn": visit.turn, "alone": by is None}
    key = bytes(visit.citizen.salt) if visit.citizen else b""
    record("lookback.answer", visit.matter, by=actor, on=on, now=now, sealed=sealed, key=key)
    return made


@act
def send_back(matter: Matter, *, why: str, vague: bool = False, by: Person, on: date) -> SendBack:
    """退回重办: given again in its next turn, by rule; `vague`: a person confirms that the reply names no measure."""
    by.must("lookback.send_back")
    matter = _answered_matter(matter, by)
    found = look(matter).grounds
    if vague and Ground.NO_MEASURE not in found:
        found.append(Ground.NO_MEASURE)
    if not found:
        raise Refused(_("没有应退回的理由：没有不满意的评价，答复有明确措施，核查也没有发现未解决。"))
    turn, words = matter.turn, "、".join(ground.chinese for ground in found)
    assignment = ledger.reassign(matter, why=f"{words}。{why}", by=by, on=on)
    made = SendBack.objects.create(
        matter=matter, turn=turn, grounds=[ground.value for ground in found], why=why, assignment=assignment, by=by, on=on
    )
    now = {"turn": turn, "grounds": made.grounds, "number": assignment.number}
    record("lookback.send_back", matter, by=by, on=on, now=now, why=why)
    if SendBack.objects.filter(matter=matter).count() >= STRONGER_FROM:
        demand = say(_("重新核查，单位负责人到现场，与反映人见面后书面反馈；答复须写明措施、时限和责任人。"))
        supervision.notify(matter, Demand(failing=words, demand=demand), by=Person.objects.clock(), on=on)
    return made


@act
def close(matter: Matter, *, ground: str, by: Person, on: date) -> Closing:
    """销号: the second hand, only with a verification and the citizens' answers, or recorded attempts to get them."""
    by.must("lookback.close")
    matter = _held_apart(matter, by)
    if matter.state != State.CLOSING:
        raise Refused(_("事项现在是“%(state)s”，提请销号之后才能销号。"), state=matter.state_word)
    if Closing.objects.filter(matter=matter, turn=matter.turn, by=by).exists():
        raise NotYours(_("销号由您提请，须由第二人确认。"))
    seen = look(matter)
    if seen.missing:
        raise Refused(_("还不能销号：%(missing)s。"), missing=say(_("；")).join(seen.missing))
    made = ledger.close(matter, ground=ground, by=by, on=on)
    share = seen.share
    now = {"turn": matter.turn, "to_ask": share.to_ask, "reached": share.reached, "unreached": share.unreached}
    record("lookback.close", matter, by=by, on=on, now=now, why=ground)
    return made


def _held_apart(matter: Matter, by: Person) -> Matter:
    """The matter, locked; refused to whoever works for a unit that handles or handled it."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if matter.appeal.round.region_id not in by.region_codes:
        raise NotYours(_("这件事项不在您岗位所在的区划。"))
    assignments = Assignment.objects.filter(matter=matter)
    leads, assists = assignments.values("lead"), assignments.filter(assists__isnull=False).values("assists")
    handling = {unit.pk: unit.short for unit in Unit.objects.filter(pk__in=leads) | Unit.objects.filter(pk__in=assists)}
    stand_apart([unit.pk for unit in by.units], handling)
    return matter


def _answered_matter(matter: Matter, by: Person) -> Matter:
    matter = _held_apart(matter, by)
    if matter.state not in ANSWERED:
        raise Refused(_("事项现在是“%(state)s”，书面反馈之后、销号之前才能回头看。"), state=matter.state_word)
    return matter


def _open_visit(visit: Visit, by: Person | None) -> Visit:
    """The visit, while its matter is locked: of this turn, not answered yet, before the closing."""
    matter = Matter.objects.select_for_update().get(pk=visit.matter_id)
    if by:
        _held_apart(matter, by)
    visit = Visit.objects.with_rows().get(pk=visit.pk)
    if hasattr(visit, "answer"):
        raise Overtaken(_("这位群众本轮已于%(on)s评价：%(said)s。每轮只评价一次。"), on=visit.answer.on, said=visit.answer)
    if matter.state not in ANSWERED or visit.turn != matter.turn:
        raise Refused(_("这次回访属于第%(turn)s轮，事项已进入下一步，不能再记。"), turn=visit.turn)
    return visit
