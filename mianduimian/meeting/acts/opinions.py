"""办理意见: decided on an appeal, in its exchange or in writing."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.meeting.acts.step import check_own, check_reach, check_standing
from mianduimian.meeting.models import Exchange, Opinion, unheard
from mianduimian.meeting.rules import Decided, check_opinion, fill
from mianduimian.people.models import Person, Unit
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal
from mianduimian.vocabulary import _


@act
def opine(appeal: Appeal, decided: Decided, *, exchange: Exchange | None = None, by: Person, on: date) -> Opinion:
    """Decide on an appeal, in its exchange or in writing; an earlier opinion is replaced and stays on record."""
    check_reach("meeting.record", appeal.round, by)
    check_opinion(decided, on)
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    check_standing(appeal.round, [appeal])
    if exchange:
        check_own(exchange.meeting.round_id == appeal.round_id and exchange.appeal_id in (None, appeal.pk))
    was = Opinion.objects.in_force().filter(appeal=appeal).select_related("lead").prefetch_related("assists").first()
    Opinion.objects.in_force().filter(appeal=appeal).update(replaced_on=on)
    opinion = _write([(appeal, decided)], exchange, by, on)[0]
    now = asdict(decided) | {"exchange": exchange.number if exchange else None}
    record("meeting.opine", appeal, by=by, on=on, was=asdict(was.decided) if was else {}, now=now)
    return opinion


@act
def opine_all(round: Round, appeals: Iterable[Appeal], decided: Decided, *, by: Person, on: date) -> list[Opinion]:
    """Decide in writing on many appeals at once, each under its own unit unless one lead is named; none is replaced by it."""
    check_reach("meeting.record", round, by)
    check_opinion(decided, on)
    chosen = {appeal.pk for appeal in appeals}
    locked = Appeal.objects.select_for_update(of=("self",)).select_related("unit").filter(pk__in=chosen, round=round)
    waiting = set(unheard(round).filter(pk__in=chosen).values_list("pk", flat=True))
    lead = Unit.objects.get(key=decided.lead) if decided.lead else None
    pairs = [(appeal, _own(decided, appeal, lead)) for appeal in locked.order_by("pk") if appeal.pk in waiting]
    opinions = _write(pairs, None, by, on)
    for appeal, own in pairs:
        record("meeting.opine", appeal, by=by, on=on, now=asdict(own) | {"exchange": None})
    return opinions


def _own(decided: Decided, appeal: Appeal, lead: Unit | None) -> Decided:
    unit = lead or appeal.unit
    if unit is None:
        raise Refused(_("诉求%(number)s没有建议的牵头单位，请为它单独写办理意见，或指定统一的牵头单位。"), number=appeal.number)
    assists = tuple(key for key in decided.assists if key != unit.key)
    return replace(decided, text=fill(decided.text, title=appeal.title, unit=unit.short), lead=unit.key, assists=assists)


def _write(pairs: list[tuple[Appeal, Decided]], exchange: Exchange | None, by: Person, on: date) -> list[Opinion]:
    """Write opinions with their assisting units, in three statements however many they are."""
    keys = {key for _appeal, decided in pairs for key in (decided.lead, *decided.assists)}
    units = {unit.key: unit for unit in Unit.objects.filter(key__in=keys)}
    if missing := keys - units.keys():
        raise Refused(_("没有这些单位：%(keys)s。"), keys="、".join(sorted(missing)))
    opinions = Opinion.objects.bulk_create(
        Opinion(
            appeal=appeal,
            exchange=exchange,
            handling=decided.handling,
            text=decided.text,
            lead=units[decided.lead],
            solve_by=decided.solve_by,
            on=on,
            by=by,
        )
        for appeal, decided in pairs
    )
    Assisting = Opinion.assists.through
    Assisting.objects.bulk_create(
        Assisting(opinion_id=opinion.pk, unit_id=units[key].pk)
        for opinion, (_appeal, decided) in zip(opinions, pairs, strict=True)
        for key in dict.fromkeys(decided.assists)
    )
    return opinions
