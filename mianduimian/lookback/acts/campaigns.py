"""行动: planning a campaign over every settled matter, drawing some for a second look, giving each to a stranger."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Assignment, Matter
from mianduimian.ledger.rules import State
from mianduimian.lookback.acts.apart import check_second, check_stranger
from mianduimian.lookback.models import Campaign, Draw, Task
from mianduimian.lookback.rules import draw as drawn
from mianduimian.people.models import Person, Unit
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _
from mianduimian.workdays import calendar

SETTLED = [State.SETTLED, State.CLOSING]


@dataclass(frozen=True)
class Planned:
    """安排: which unit organises it, what is to be done, from when; until when, or as long as the rulebook says."""

    head: Unit
    plan: str
    begins_on: date
    ends_on: date | None = None


@act
def begin_campaign(round: Round, planned: Planned, *, by: Person, on: date) -> Campaign:
    """开展回头看: every settled matter of the round becomes a task; later ones are added as they are settled."""
    by.must("lookback.plan")
    _check_region(round, by)
    days = round.rules.lookback["within"]
    ends_on = planned.ends_on or calendar(settings.CALENDARS).add(planned.begins_on, days).on
    if ends_on < planned.begins_on:
        raise Refused(_("结束日期不能早于开始日期。"))
    if ends_on < on:
        raise Refused(_("结束日期（%(day)s）已经过去。"), day=ends_on)
    Round.objects.select_for_update().get(pk=round.pk)
    number = Campaign.objects.filter(round=round).count() + 1
    made = Campaign.objects.create(
        round=round,
        number=number,
        head=planned.head,
        plan=planned.plan,
        begins_on=planned.begins_on,
        ends_on=ends_on,
        by=by,
        on=on,
    )
    now = {"campaign": number, "head": planned.head.short, "begins_on": planned.begins_on, "ends_on": ends_on}
    record("lookback.begin_campaign", round, by=by, on=on, now=now, why=planned.plan)
    gather(made, by=by, on=on)
    return made


@act
def gather(campaign: Campaign, *, by: Person, on: date) -> list[Task]:
    """补齐任务: whatever of the round is settled and not yet a task becomes one; run again it adds nothing twice."""
    by.must("lookback.find")
    known = {(task.matter_id, task.turn) for task in Task.objects.filter(matter__appeal__round=campaign.round, again=False)}
    settled = Matter.objects.of(campaign.round).filter(state__in=SETTLED).order_by("pk")
    fresh = [matter for matter in settled if (matter.pk, matter.turn) not in known]
    made = [Task.objects.create(campaign=campaign, matter=one, turn=one.turn, due_on=campaign.ends_on) for one in fresh]
    if made:
        now = {"campaign": campaign.number, "tasks": [task.matter.number for task in made]}
        record("lookback.gather", campaign.round, by=by, on=on, now=now)
    return made


@act
def draw(campaign: Campaign, *, size: int, seed: str = "", by_unit: bool = False, by: Person, on: date) -> Draw:
    """抽查: a fair sample looked at a second time, in addition to the whole; its seed and population are kept for good."""
    by.must("lookback.plan")
    _check_region(campaign.round, by)
    population = _population(campaign)
    if not population:
        raise Refused(_("还没有已办结的事项可抽。"))
    seed = seed.strip()[:64] or secrets.token_hex(8)
    numbers = drawn(population, size, seed, by_stratum=by_unit)
    made = Draw.objects.create(campaign=campaign, seed=seed, size=size, by_unit=by_unit, population=population, by=by, on=on)
    again = set(Task.objects.filter(matter__appeal__round=campaign.round, again=True).values_list("matter", "turn"))
    for matter in Matter.objects.filter(number__in=numbers).order_by("number"):
        if (matter.pk, matter.turn) not in again:
            Task.objects.create(
                campaign=campaign, matter=matter, turn=matter.turn, again=True, draw=made, due_on=campaign.ends_on
            )
    now = {"campaign": campaign.number, "seed": seed, "of": len(population), "by_unit": by_unit, "drawn": numbers}
    record("lookback.draw", campaign.round, by=by, on=on, now=now)
    return made


def _population(campaign: Campaign) -> dict[str, str]:
    """Number → the unit that leads, of every settled matter of the round."""
    settled = Matter.objects.of(campaign.round).filter(state__in=SETTLED)
    held = Assignment.objects.current().filter(matter__in=settled)
    return dict(held.order_by("matter__number").values_list("matter__number", "lead__short"))


@act
def entrust(tasks: Iterable[Task], *, to: Person, by: Person, on: date) -> list[Task]:
    """分派核查: these tasks go to a stranger to every one of them; otherwise none of them does, and it says why."""
    by.must("lookback.plan")
    asked = list(
        Task.objects.select_for_update(of=("self",)).filter(pk__in=[task.pk for task in tasks]).with_rows().order_by("pk")
    )
    for task in asked:
        _check_region(task.campaign.round, by)
        check_stranger(task.matter, to, "lookback.verify")
        if task.again:
            check_second(task.matter, to)
        task.verifier = to
        task.save(update_fields=["verifier"])
    if asked:
        now = {"to": to.name, "tasks": [[task.matter.number, task.again] for task in asked]}
        record("lookback.entrust", asked[0].campaign.round, by=by, on=on, now=now)
    return asked


def _check_region(round: Round, by: Person) -> None:
    if round.region_id not in by.region_codes:
        raise NotYours(_("这一期不在您岗位所在的区划。"))
