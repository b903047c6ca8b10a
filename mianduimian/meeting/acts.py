"""座谈会: planning and holding a meeting, who sits, what is asked and answered, what is promised and decided."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date

from django.db.models import F, Max

from mianduimian.intake.models import Submission
from mianduimian.journal.acts import act, record
from mianduimian.meeting.models import Exchange, Item, Meeting, Opinion, Promise, Seat, Suggestion, unheard
from mianduimian.meeting.rules import (
    Decided,
    Planning,
    Presence,
    Promised,
    Seating,
    SeatKind,
    Spoken,
    check_begun,
    check_opinion,
    check_promise,
    check_quota,
    check_seating,
    fill,
)
from mianduimian.people.models import Person, Region, Unit
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.solicitation.acts import next_number
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal
from mianduimian.triage.rules import Bucket
from mianduimian.vocabulary import _


@act
def plan(round: Round, planning: Planning, *, by: Person, on: date) -> Meeting:
    """Call the meeting of a round (一次会议破一题); it is numbered within its region and year."""
    _check_reach("meeting.prepare", round, by)
    Region.objects.select_for_update().get(pk=round.region_id)
    if Meeting.objects.filter(round=round).exists():
        raise Refused(_("这一期的座谈会已经安排；一次会议破一题。"))
    earlier = Meeting.objects.filter(round__region=round.region_id, starts_at__year=planning.starts_at.year)
    number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    meeting = Meeting.objects.create(round=round, number=number, **asdict(planning))
    record("meeting.plan", round, by=by, on=on, now={"number": number, **asdict(planning)})
    return meeting


@act
def replan(meeting: Meeting, planning: Planning, *, seen: int, by: Person, on: date) -> Meeting:
    """Change who presides, where or when, as long as the meeting has not been held."""
    meeting = _open(meeting, "meeting.prepare", by)
    if meeting.held_on:
        raise Refused(_("座谈会已于%(on)s召开，不能再改期。"), on=meeting.held_on)
    _check_seen(meeting, seen)
    was = {name: getattr(meeting, name) for name in asdict(planning)}
    Meeting.objects.filter(pk=meeting.pk).update(**asdict(planning))
    record("meeting.replan", meeting.round, by=by, on=on, was=was, now=asdict(planning))
    return Meeting.objects.get(pk=meeting.pk)


@act
def seat(meeting: Meeting, seating: Seating, *, by: Person, on: date) -> Seat:
    """Give a seat in the hall; never more citizens and deputies than the rulebook has seats for."""
    meeting = _open(meeting, "meeting.prepare", by)
    check_seating(seating)
    check_quota(seating.kind, Seat.objects.filter(meeting=meeting, kind=seating.kind).count(), meeting.round.rules)
    spoken = _spoken_by(seating.submission, meeting) if seating.submission is not None else None
    seat = Seat.objects.create(
        meeting=meeting,
        kind=SeatKind(seating.kind),
        name=seating.name,
        title=seating.title,
        unit=Unit.objects.get(key=seating.unit) if seating.unit else None,
        submission=spoken,
    )
    open_facts = {"seat": seat.pk, "kind": seating.kind, "unit": seating.unit}
    if spoken and spoken.citizen:
        record("meeting.seat", meeting, by=by, on=on, now=open_facts, sealed={"name": seat.name}, key=bytes(spoken.citizen.salt))
    else:
        record("meeting.seat", meeting, by=by, on=on, now={**open_facts, "name": seat.name, "title": seat.title})
    return seat


@act
def unseat(seat: Seat, *, why: str, by: Person, on: date) -> None:
    """Take a seat back, as long as nobody has spoken from it."""
    meeting = _open(seat.meeting, "meeting.prepare", by)
    if meeting.held_on:
        raise Refused(_("座谈会已经召开，席位不能撤回；没有到会的请记为请假。"))
    if Exchange.objects.filter(raised_by=seat).exists() or Suggestion.objects.filter(raised_by=seat).exists():
        raise Refused(_("这个席位已经发言，不能撤回。"))
    record("meeting.unseat", meeting, by=by, on=on, was={"seat": seat.pk, "kind": seat.kind}, why=why)
    seat.delete()


@act
def put_on_agenda(meeting: Meeting, appeals: Iterable[Appeal], *, by: Person, on: date) -> list[Item]:
    """Put chosen appeals on the agenda, in the order given, behind those already there."""
    meeting = _open(meeting, "meeting.prepare", by)
    there = set(Item.objects.filter(meeting=meeting).values_list("appeal", flat=True))
    fresh = [appeal for appeal in dict.fromkeys(appeals) if appeal.pk not in there]
    _check_standing(meeting.round, fresh)
    last = Item.objects.filter(meeting=meeting).aggregate(last=Max("place"))["last"] or 0
    items = Item.objects.bulk_create(Item(meeting=meeting, appeal=one, place=last + n) for n, one in enumerate(fresh, 1))
    record("meeting.put_on_agenda", meeting, by=by, on=on, now={"appeals": [appeal.number for appeal in fresh]})
    return items


@act
def move(item: Item, *, up: bool, by: Person, on: date) -> None:
    """Move an item one place up or down the agenda; at the end it stays where it is."""
    meeting = _open(item.meeting, "meeting.prepare", by)
    item = Item.objects.get(pk=item.pk)
    others = Item.objects.filter(meeting=meeting)
    beside = others.filter(place__lt=item.place).last() if up else others.filter(place__gt=item.place).first()
    if beside is None:
        return
    was, now = item.place, beside.place
    _place(item, (others.aggregate(last=Max("place"))["last"] or 0) + 1)
    _place(beside, was)
    _place(item, now)
    record("meeting.move", meeting, by=by, on=on, was={"place": was}, now={"place": now})


@act
def take_off(item: Item, *, by: Person, on: date) -> None:
    """Take an item off the agenda, unless it has been discussed."""
    meeting = _open(item.meeting, "meeting.prepare", by)
    if Exchange.objects.filter(meeting=meeting, appeal=item.appeal_id).exists():
        raise Refused(_("这件诉求已经在会上讨论，不能撤下。"))
    record("meeting.take_off", meeting, by=by, on=on, was={"appeal": item.appeal.number})
    item.delete()


@act
def hold(meeting: Meeting, *, presences: Mapping[int, str] | None = None, by: Person, on: date) -> Meeting:
    """Record that the meeting was held and who came; whoever is not named otherwise (seat → presence) was present."""
    meeting = _open(meeting, "meeting.record", by)
    check_begun(meeting.day, on)
    if meeting.held_on:
        raise Refused(_("座谈会已记为%(on)s召开。"), on=meeting.held_on)
    named = presences or {}
    seats = list(Seat.objects.filter(meeting=meeting))
    for seat in seats:
        seat.presence = Presence(named.get(seat.pk, Presence.PRESENT))
    Seat.objects.bulk_update(seats, ["presence"])
    meeting.held_on = meeting.day
    meeting.save(update_fields=["held_on"])
    came = {"held_on": meeting.held_on, "seats": len(seats)}
    came["not_present"] = [seat.pk for seat in seats if seat.presence != Presence.PRESENT]
    record("meeting.hold", meeting.round, by=by, on=on, now=came)
    return meeting


@act
def exchange(meeting: Meeting, spoken: Spoken, *, promised: Promised | None = None, by: Person, on: date) -> Exchange:
    """Record one exchange, also while the meeting runs: who raised what, who answered, the cause, the measure, the promise."""
    meeting = _open(meeting, "meeting.record", by)
    check_begun(meeting.day, on)
    number = (Exchange.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0) + 1
    exchange = Exchange.objects.create(meeting=meeting, number=number, **_resolved(meeting, spoken))
    record("meeting.exchange", meeting, by=by, on=on, now={"number": number, **exchange.said})
    if promised:
        promise(exchange, promised, by=by, on=on)
    return exchange


@act
def correct(exchange: Exchange, spoken: Spoken, *, seen: int, by: Person, on: date) -> Exchange:
    """Complete or correct an exchange; what it said before stays in the journal."""
    meeting = _open(exchange.meeting, "meeting.record", by)
    exchange = Exchange.objects.select_for_update().get(pk=exchange.pk)
    _check_seen(exchange, seen)
    was = exchange.said
    for name, value in _resolved(meeting, spoken).items():
        setattr(exchange, name, value)
    exchange.version += 1
    exchange.save()
    record("meeting.correct", meeting, by=by, on=on, was=was, now=exchange.said, why=f"{exchange}")
    return exchange


@act
def promise(exchange: Exchange, promised: Promised, *, by: Person, on: date) -> Promise:
    """Record what a unit promised in the hall, with its date."""
    meeting = _open(exchange.meeting, "meeting.record", by)
    check_promise(meeting.day, promised.due_on)
    unit = Unit.objects.get(key=promised.unit) if promised.unit else exchange.answered_by
    made = Promise.objects.create(exchange=exchange, unit=unit, text=promised.text, due_on=promised.due_on)
    said = {"exchange": exchange.number, "unit": unit.key, "text": promised.text, "due_on": promised.due_on}
    record("meeting.promise", meeting, by=by, on=on, now=said)
    return made


@act
def suggest(meeting: Meeting, *, seat: Seat, text: str, by: Person, on: date) -> Suggestion:
    """Keep what a representative proposed as a proposal of its own (问计于民)."""
    meeting = _open(meeting, "meeting.record", by)
    check_begun(meeting.day, on)
    _check_own(seat.meeting_id == meeting.pk)
    suggestion = Suggestion.objects.create(meeting=meeting, raised_by=seat, text=text)
    record("meeting.suggest", meeting, by=by, on=on, now={"seat": seat.pk, "text": text})
    return suggestion


@act
def adopt(suggestion: Suggestion, *, adopted: bool, why: str, by: Person, on: date) -> Suggestion:
    """Say whether a suggestion is adopted, and why."""
    meeting = _open(suggestion.meeting, "meeting.record", by)
    if not why.strip():
        raise Refused(_("是否采纳都须说明理由。"))
    was = {"adopted": suggestion.adopted, "why": suggestion.why}
    suggestion.adopted, suggestion.why = adopted, why
    suggestion.save()
    record("meeting.adopt", meeting, by=by, on=on, was=was, now={"adopted": adopted, "why": why})
    return suggestion


@act
def issue_minutes(meeting: Meeting, *, by: Person, on: date) -> Meeting:
    """Issue the minutes: they get their number once."""
    meeting = _open(meeting, "meeting.record", by)
    if not meeting.held_on:
        raise Refused(_("座谈会还没有召开，不能印发纪要。"))
    if meeting.minutes_on:
        raise Refused(_("纪要已于%(on)s印发。"), on=meeting.minutes_on)
    meeting.minutes_number = next_number(meeting.round.rules.papers["minutes"], by=by, on=on)
    meeting.minutes_on = on
    meeting.save(update_fields=["minutes_number", "minutes_on"])
    record("meeting.issue_minutes", meeting.round, by=by, on=on, now={"number": meeting.minutes_number})
    return meeting


@act
def opine(appeal: Appeal, decided: Decided, *, exchange: Exchange | None = None, by: Person, on: date) -> Opinion:
    """Decide on an appeal, in its exchange or in writing; an earlier opinion is replaced and stays on record."""
    _check_reach("meeting.record", appeal.round, by)
    check_opinion(decided, on)
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    _check_standing(appeal.round, [appeal])
    if exchange:
        _check_own(exchange.meeting.round_id == appeal.round_id and exchange.appeal_id in (None, appeal.pk))
    was = Opinion.objects.in_force().filter(appeal=appeal).select_related("lead").prefetch_related("assists").first()
    Opinion.objects.in_force().filter(appeal=appeal).update(replaced_on=on)
    opinion = _write([(appeal, decided)], exchange, by, on)[0]
    now = asdict(decided) | {"exchange": exchange.number if exchange else None}
    record("meeting.opine", appeal, by=by, on=on, was=asdict(was.decided) if was else {}, now=now)
    return opinion


@act
def opine_all(round: Round, appeals: Iterable[Appeal], decided: Decided, *, by: Person, on: date) -> list[Opinion]:
    """Decide in writing on many appeals at once, each under its own unit unless one lead is named; none is replaced by it."""
    _check_reach("meeting.record", round, by)
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


def _check_reach(permission: str, round: Round, by: Person) -> None:
    by.must(permission)
    if round.region_id not in by.region_codes:
        raise NotYours(_("您的岗位不在%(region)s，不能办理这一期的座谈会。"), region=round.region.name)


def _open(meeting: Meeting, permission: str, by: Person) -> Meeting:
    """Check who acts, lock the meeting, and let the hall's screen know that something changes."""
    _check_reach(permission, meeting.round, by)
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("round__region").get(pk=meeting.pk)
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)
    return locked


def _check_seen(row: Meeting | Exchange, seen: int) -> None:
    if row.version != seen:
        raise Overtaken(_("有人刚刚改过这一条；请看过新的内容再改，您填写的没有覆盖它。"))


def _check_own(fits: bool) -> None:
    if not fits:
        raise Refused(_("所选的内容不属于这次座谈会。"))


def _check_standing(round: Round, appeals: list[Appeal]) -> None:
    """Refuse appeals of another round, and those that speak for nobody any more because they were merged away."""
    keys = {appeal.pk for appeal in appeals}
    standing = set(Appeal.objects.standing().filter(round=round, pk__in=keys).values_list("pk", flat=True))
    gone = [appeal.number for appeal in appeals if appeal.pk not in standing]
    if gone:
        raise Refused(_("诉求%(numbers)s不在本期，或已并入其他诉求。"), numbers="、".join(map(str, gone)))


def _spoken_by(submission: int, meeting: Meeting) -> Submission:
    """What the citizen representative sent in: valid, of this round, not under a whistle-blower's protection."""
    spoken = Submission.objects.select_related("citizen").filter(pk=submission, round=meeting.round_id).first()
    if spoken is None or spoken.citizen is None:
        raise Refused(_("群众代表须从本期署名来件的人中产生。"))
    if spoken.confidential:
        raise Refused(_("这宗来件要求保密，不能由其反映人公开出席。"))
    if not Appeal.objects.filter(parts__submission=spoken, parts__bucket=Bucket.DISTILLED).exists():
        raise Refused(_("这宗来件没有归入诉求，不能作为群众代表的依据。"))
    if Seat.objects.filter(meeting=meeting, submission=spoken).exists():
        raise Refused(_("这宗来件的反映人已有席位。"))
    return spoken


def _resolved(meeting: Meeting, spoken: Spoken) -> dict[str, object]:
    """The rows behind what was said: a seat of this meeting, an appeal of this round, the unit that answered."""
    seat = Seat.objects.filter(pk=spoken.raised_by, meeting=meeting).first()
    appeal = Appeal.objects.filter(pk=spoken.appeal, round=meeting.round_id).first() if spoken.appeal else None
    _check_own(seat is not None and (appeal is not None) == bool(spoken.appeal))
    unit = Unit.objects.get(key=spoken.answered_by)
    return asdict(spoken) | {"raised_by": seat, "appeal": appeal, "answered_by": unit}


def _place(item: Item, place: int) -> None:
    item.place = place
    item.save(update_fields=["place"])
