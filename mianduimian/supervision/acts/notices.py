"""督办单: drafted where a light calls for it, issued or dropped by a person, answered by the unit."""

from collections.abc import Iterable
from datetime import date
from functools import cache, partial

from django.db.models import Q

from mianduimian.archive.acts import keep
from mianduimian.archive.models import Words, wording
from mianduimian.archive.rules import Kind
from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Matter, lamps
from mianduimian.ledger.rules import Kind as Owing
from mianduimian.papers import day
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation.acts import next_number
from mianduimian.supervision import papers
from mianduimian.supervision.acts.finding import check_reach, in_hand, known
from mianduimian.supervision.models import OUT, Draft, Notice, shining
from mianduimian.supervision.rules import Demand, Rung, Sent, check_demand, rung_of, rung_owed
from mianduimian.vocabulary import _

NODES = (Owing.REPLY, Owing.STEP, Owing.SOLUTION)


@act
def draft(*, among: Iterable[int] | None = None, by: Person, on: date) -> list[Draft]:
    """拟督办单: write down the notice that each yellow or red light calls for, once per step and node; `among` these matters."""
    by.must("supervision.notify")
    glances = shining(by, on).filter(matter__assignments__ended_on=None).order_by("pk")
    glances = glances if among is None else glances.filter(matter__in=among)
    waiting = Draft.objects.waiting().values("matter")
    owed = _owed(list(glances.exclude(matter__in=waiting).values_list("pk", flat=True)), on)
    said = cache(partial(wording, Kind.NOTICE))
    made: list[Draft] = []
    for matter in Matter.objects.filter(pk__in=owed).order_by("pk").lines() if owed else ():
        rung, missed, sent = owed[matter.pk]
        facts = {"matter": matter, "turn": matter.turn, "rung": rung.key, "since": missed[-1]}
        light, failing = matter.light(on), _failing(matter, missed[-1], sent, said(matter.appeal.round.region))
        made.append(Draft(**facts, light=light, failing=failing, on=on))
        now = {"rung": rung.key, "light": light.value, "since": missed[-1]}
        record("supervision.draft", matter, by=by, on=on, now=now, why=failing)
    return Draft.objects.bulk_create(made)


def _owed(keys: list[int], on: date) -> dict[int, tuple[Rung, list[date], list[Notice]]]:
    """The matters to which a notice is owed and not yet drafted: its step, the nodes missed and the notices sent so far.

    Asked of the lamps alone: most of what shines was seen to before, and only what is owed is read whole.
    """
    sent: dict[int, list[Notice]] = {}
    for notice in Notice.objects.filter(matter__in=keys).order_by("pk"):
        sent.setdefault(notice.matter_id, []).append(notice)
    drafted = set(Draft.objects.filter(matter__in=keys).values_list("matter", "turn", "rung", "since"))
    owed = {}
    for key, lamp in lamps(keys).items():
        missed, mine = lamp.missed(on), [one for one in sent.get(key, []) if one.turn == lamp.turn]
        rung = rung_owed(lamp.light(on), missed, [one.sent for one in mine], on, lamp.rules)
        if rung and missed and (key, lamp.turn, rung.key, missed[-1]) not in drafted:
            owed[key] = (rung, missed, mine)
    return owed


def _missed(matter: Matter, on: date) -> list[date]:
    return sorted(node.due_on for node in matter.nodes() if node.missed(on))


def _failing(matter: Matter, since: date, sent: list[Notice], words: Words) -> str:
    """未完成情况, as the drafted notice says it: what was not done by when, and which notice was ignored."""
    late = [one for one in matter.clocks() if one.kind in NODES and one.due_on == since and one.done_on is None]
    told = [words.say("missed", node=f"“{one.text}”" if one.text else one.kind.chinese, since=day(since)) for one in late]
    about = [one for one in sent if one.since in _missed(matter, sent[-1].due_on)] if sent else []
    return "".join([*dict.fromkeys(told), *(words.say("again", earlier=one.number) for one in about[-1:])])


@act
def lapse(*, by: Person, on: date) -> list[Draft]:
    """撤稿: a draft whose light has turned green, whose matter is settled or given anew, is no longer needed."""
    by.must("supervision.notify")
    bright = Q(matter__in=shining(by, on).values("matter"))
    over = [one for one in Draft.objects.seen_by(by).waiting().exclude(bright).select_for_update(of=("self",))]
    again = list(Draft.objects.seen_by(by).waiting().filter(bright).select_for_update(of=("self",)).select_related("matter"))
    lit = lamps([one.matter_id for one in again])
    over += [one for one in again if one.turn != lit[one.matter_id].turn or one.since not in lit[one.matter_id].missed(on)]
    for one in over:
        one.ended_on, one.ended_by, one.why = on, by, _("节点已完成，或事项已办结、已重新交办")
        one.save()
        record("supervision.lapse", one.matter, by=by, on=on, was={"rung": one.rung}, why=one.why)
    return over


@act
def drop(draft: Draft, *, why: str, by: Person, on: date) -> Draft:
    """不发: say why a drafted notice is not issued."""
    by.must("supervision.notify")
    draft = _waiting(draft, by)
    if not why.strip():
        raise Refused(_("请写明不发的理由。"))
    draft.ended_on, draft.ended_by, draft.why = on, by, why.strip()[:200]
    draft.save()
    record("supervision.drop", draft.matter, by=by, on=on, was={"rung": draft.rung, "since": draft.since}, why=why)
    return draft


@act
def issue(draft: Draft, demand: Demand, *, by: Person, on: date) -> Notice:
    """印发拟稿: a person issues a drafted notice, as drafted or put in their own words."""
    by.must("supervision.notify")
    draft = _waiting(draft, by)
    _check_needed(draft, on)
    notice = _notify(draft.matter, demand, Sent(draft.rung, on, draft.since), by=by, on=on)
    draft.notice, draft.ended_on, draft.ended_by = notice, on, by
    draft.save()
    return notice


def _check_needed(draft: Draft, on: date) -> None:
    """Refuse a draft that something overtook since the morning: a second turn does not begin with the first one's notice."""
    matter = Matter.objects.select_for_update().get(pk=draft.matter_id)
    if matter.state in OUT or matter.turn != draft.turn or draft.since not in lamps([matter.pk])[matter.pk].missed(on):
        raise Refused(_("这份拟稿已不需要：节点已完成，或事项已办结、已重新交办。可以不发；不处理的，系统次日撤稿。"))


def _waiting(draft: Draft, by: Person) -> Draft:
    draft = Draft.objects.select_for_update(of=("self",)).select_related("matter__appeal__round").get(pk=draft.pk)
    check_reach(draft.matter, by)
    if draft.ended_on:
        raise Refused(_("这份拟稿已于%(on)s处理。"), on=draft.ended_on)
    return draft


@act
def notify(matter: Matter, demand: Demand, *, by: Person, on: date) -> Notice:
    """督办单: demand of the responsible unit and those assisting, with copies to the leaders, that it mends what it failed in."""
    by.must("supervision.notify")
    return _notify(matter, demand, None, by=by, on=on)


def _notify(matter: Matter, demand: Demand, about: Sent | None, *, by: Person, on: date) -> Notice:
    check_demand(demand, on)
    matter, held = in_hand(matter, by)
    if matter.state in OUT:
        raise Refused(_("事项已办结或销号，不再发督办单；群众不满意的，由回头看退回重办。"))
    rules = matter.appeal.round.rules
    rung, since = _step(matter, demand, about, on)
    due = known().add(on, rung.within)
    notice = Notice.objects.create(
        matter=matter,
        turn=matter.turn,
        number=next_number(rules.papers["notice"], by=by, on=on),
        rung=rung.key,
        since=since,
        unit=held.lead,
        leaders=_leaders(matter)[:200],
        failing=demand.failing,
        demand=demand.demand,
        due_on=demand.due_on or due.on,
        provisional=due.provisional and demand.due_on is None,
        by=by,
        on=on,
    )
    notice.assists.add(*held.assists.all())
    now = {"number": notice.number, "unit": held.lead.short, "due_on": notice.due_on, "demand": demand.demand, "rung": rung.key}
    record("supervision.notify", matter, by=by, on=on, now=now, why=demand.failing)
    keep(papers.notice_paper(notice), notice, kind=Kind.NOTICE, region=matter.appeal.round.region, by=by, on=on)
    return notice


def _step(matter: Matter, demand: Demand, about: Sent | None, on: date) -> tuple[Rung, date | None]:
    """At which step a notice goes out and about which node: as drafted, as chosen, or as the light calls for."""
    rules = matter.appeal.round.rules
    if about:
        return rung_of(rules, demand.rung or about.rung), about.since
    lamp = lamps([matter.pk])[matter.pk]
    missed = lamp.missed(on)
    since = missed[-1] if missed else None
    if demand.rung:
        return rung_of(rules, demand.rung), since
    sent = [one.sent for one in Notice.objects.filter(matter=matter, turn=matter.turn).order_by("pk")]
    return rung_owed(lamp.light(on), missed, sent, on, rules) or rung_of(rules, ""), since


def _leaders(matter: Matter) -> str:
    """抄送: 分管领导, 责任领导 and whoever presided over the round."""
    names = [matter.overseer, *matter.leaders, matter.appeal.round.host]
    return "、".join(dict.fromkeys(name for name in names if name))


@act
def answer(notice: Notice, *, text: str, by: Person, on: date) -> Notice:
    """整改回复: the unit it was sent to answers in writing, once."""
    by.must("supervision.answer")
    notice = Notice.objects.select_for_update(of=("self",)).select_related("matter__appeal__round").get(pk=notice.pk)
    if notice.unit_id not in [unit.pk for unit in by.units]:
        raise NotYours(_("这份督办单由%(unit)s回复。"), unit=notice.unit.short)
    if notice.answered_on:
        raise Refused(_("这份督办单已于%(on)s回复。"), on=notice.answered_on)
    if not text.strip():
        raise Refused(_("请写明整改情况。"))
    notice.answer, notice.answered_on, notice.answered_by = text, on, by
    notice.save()
    now = {"number": notice.number, "answer": text, "late": notice.late}
    record("supervision.answer", notice.matter, by=by, on=on, now=now)
    return notice
