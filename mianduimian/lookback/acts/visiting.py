"""回访: asking every citizen who spoke, by telephone or by a link of their own."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from mianduimian.intake.sealing import fingerprint
from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Matter
from mianduimian.lookback.acts.apart import answered_matter, check_stranger, held_apart
from mianduimian.lookback.models import ANSWERED, Answer, Attempt, Link, Visit, sources, speaker
from mianduimian.lookback.rules import (
    SAME_CALL,
    Answered,
    Outcome,
    Reached,
    Scale,
    Solved,
    check_reasons,
    code_of,
    digest,
    link_until,
    spelled,
)
from mianduimian.people.models import Person
from mianduimian.people.rules import Role
from mianduimian.refusal import Overtaken, Refused
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _


@act
def plan_visits(matter: Matter, *, by: Person, on: date) -> list[Visit]:
    """列入回访: every citizen who spoke for the matter is to be asked once this turn; whoever came later is added."""
    by.must("lookback.visit")
    matter = answered_matter(matter, by)
    planned = Visit.objects.filter(matter=matter, turn=matter.turn).select_related("submission")
    known = {speaker(visit.submission) for visit in planned}
    fresh = [submission for voice, submission in sources([matter])[matter.pk].items() if voice not in known]
    made = [
        Visit.objects.create(matter=matter, turn=matter.turn, submission=said, citizen=said.citizen, planned_by=by, planned_on=on)
        for said in fresh
    ]
    if made:
        silent = sum(not visit.reachable for visit in made)
        now = {"turn": matter.turn, "visits": len(made), "no_contact": silent, "asked": [visit.pk for visit in made]}
        record("lookback.plan_visits", matter, by=by, on=on, now=now)
    return made


@act
def assign_calls(visits: Iterable[Visit], *, to: Sequence[Person], by: Person, on: date) -> list[Visit]:
    """分派回访: the calls go round among these callers; nobody gets a matter of their own unit or one they recused from."""
    by.must("lookback.plan")
    asked = list(
        Visit.objects.select_for_update(of=("self",)).filter(pk__in=[visit.pk for visit in visits]).unanswered().order_by("pk")
    )
    given: dict[Round, list[list[object]]] = {}
    made, refused = [], None
    for place, visit in enumerate(asked):
        held_apart(visit.matter, by)
        caller, refused = _first_stranger(visit.matter, [*to[place % len(to) :], *to[: place % len(to)]])
        if caller:
            visit.caller = caller
            visit.save(update_fields=["caller"])
            given.setdefault(visit.matter.appeal.round, []).append([visit.pk, caller.name])
            made.append(visit)
    if refused and not made:
        raise refused
    for round, rows in given.items():
        record("lookback.assign_calls", round, by=by, on=on, now={"calls": rows})
    return made


def _first_stranger(matter: Matter, callers: Sequence[Person]) -> tuple[Person | None, Refused | None]:
    """The first of these who may call about the matter, and why the last of the others may not."""
    refused = None
    for caller in callers:
        try:
            check_stranger(matter, caller, "lookback.visit")
        except Refused as said:
            refused = said
        else:
            return caller, refused
    return None, refused


@act
def attempt(visit: Visit, *, result: str, at: datetime, by: Person, on: date) -> Attempt:
    """联系: one attempt to reach the citizen, with its result by the rulebook's codes; the same call twice is refused."""
    by.must("lookback.visit")
    visit = _open_visit(visit, by)
    if visit.outcome == Outcome.NO_CONTACT:
        raise Refused(_("这位群众没有留下联系方式或不同意回访，不必联系，按“未能联系上”单列。"))
    if localdate(at) > on:
        raise Refused(_("联系时间还没有到。"))
    code = code_of(result, visit.matter.appeal.round.rules)
    if visit.attempts.filter(by=by, code=code.key, at__gt=at - SAME_CALL, at__lt=at + SAME_CALL).exists():
        raise Refused(_("您刚记过同一次联系，结果相同，没有重复记录。"))
    made = Attempt.objects.create(visit=visit, result=Reached(code.comes_to), code=code.key, at=at, by=by)
    now = {"visit": visit.pk, "turn": visit.turn, "result": code.key, "at": at}
    record("lookback.attempt", visit.matter, by=by, on=on, now=now)
    return made


@act
def answer(visit: Visit, said: Answered, *, by: Person | None, on: date) -> Answer:
    """评价: what the citizen answered, to a visitor who never handled the matter, or alone (`by` None)."""
    actor = by or Person.objects.clock()
    actor.must("lookback.visit")
    visit = _open_visit(visit, by)
    round = visit.matter.appeal.round
    made = Answer.objects.create(
        visit=visit,
        scale=Scale(said.scale),
        solved=Solved(said.solved),
        contacted=said.contacted,
        reasons=check_reasons(said, round.rules, round.theme),
        reason=said.reason,
        by=by,
        on=on,
    )
    Visit.objects.filter(pk=visit.pk).update(scale=made.scale)
    sealed = {"scale": said.scale, "solved": said.solved, "contacted": said.contacted, "reason": said.reason}
    now = {"visit": visit.pk, "turn": visit.turn, "alone": by is None}
    key = bytes(visit.citizen.salt) if visit.citizen else b""
    record("lookback.answer", visit.matter, by=actor, on=on, now=now, sealed=sealed | {"reasons": list(said.reasons)}, key=key)
    return made


@act
def link(visit: Visit, *, by: Person, on: date) -> str:
    """评价链接: the address at which this citizen answers without logging in; asked for again in its window it is the same."""
    by.must("lookback.visit")
    visit = _open_visit(visit, None if Role.CLOCK in by.roles else by)
    if visit.citizen and visit.citizen.erased_on:
        raise Refused(_("这位群众的个人信息已经删除，不再联系。"))
    spent = Link.objects.filter(visit=visit, until__lt=on).count()
    salt = bytes(visit.citizen.salt).hex() if visit.citizen else ""
    token = spelled(fingerprint("lookback.link", str(visit.pk), salt, str(spent)))
    until = link_until(on, visit.matter.appeal.round.rules)
    made, fresh = Link.objects.get_or_create(digest=digest(token), defaults={"visit": visit, "until": until, "on": on})
    if fresh:
        now = {"visit": visit.pk, "turn": visit.turn, "until": made.until}
        record("lookback.link", visit.matter, by=by, on=on, now=now)
    return reverse("lookback:say", args=[token])


@act
def answer_by_link(link: Link, said: Answered, *, by: Person, on: date) -> Answer:
    """链接评价: the citizen answers alone, within the window, once; the same click twice is one answer."""
    by.must("lookback.visit")
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=link.visit_id)
    given = Answer.objects.filter(visit=visit).first()
    if given:
        return given
    if link.until < on:
        raise Refused(_("这个链接已于%(on)s过期。"), on=link.until)
    return answer(visit, said, by=None, on=on)


def _open_visit(visit: Visit, by: Person | None) -> Visit:
    """The visit, while its matter is locked: of this turn, not answered yet, before the closing."""
    matter = held_apart(Matter(pk=visit.matter_id), by) if by else Matter.objects.select_for_update().get(pk=visit.matter_id)
    visit = Visit.objects.with_rows().get(pk=visit.pk)
    if hasattr(visit, "answer"):
        raise Overtaken(_("这位群众本轮已于%(on)s评价：%(said)s。每轮只评价一次。"), on=visit.answer.on, said=visit.answer)
    if matter.state not in ANSWERED or visit.turn != matter.turn:
        raise Refused(_("这次回访属于第%(turn)s轮，事项已进入下一步，不能再记。"), turn=visit.turn)
    return visit
