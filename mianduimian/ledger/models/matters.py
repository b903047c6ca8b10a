"""台账: matters, and the words by which the ledger is asked."""

from collections import Counter
from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q

from mianduimian.ledger.models.answers import Passed, Progress, Reply, reached
from mianduimian.ledger.models.assignments import Assignment
from mianduimian.ledger.models.endings import Closing, Settlement, Staging
from mianduimian.ledger.rules import (
    MOVES,
    Clock,
    Kind,
    Light,
    Move,
    Node,
    State,
    check,
    check_stand,
    light,
    nodes,
    possible,
    stands_apart,
)
from mianduimian.meeting.models import Opinion
from mianduimian.people.models import Person, Unit
from mianduimian.people.rules import Role
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.taskforce.models import Measure, Milestone
from mianduimian.triage.models import Appeal, Part
from mianduimian.triage.rules import Bucket

IN_HAND = [State.ASSIGNED, State.ACCEPTED, State.OBJECTED]
AGREED = [State.SETTLED, State.CLOSING, State.CLOSED]


class MatterQuerySet(models.QuerySet["Matter"]):
    def seen_by(self, person: Person) -> Self:
        """Matters of the person's regions, and those one of their units leads or assists."""
        office = Q(appeal__round__in=Round.objects.seen_by(person))
        return self.filter(office | Q(pk__in=Matter.objects.held_by(person).values("pk")))

    def held_by(self, person: Person) -> Self:
        """Matters which the person's units handle now, as lead or assisting."""
        return self.filter(pk__in=Assignment.objects.current().held_by(person.units).values("matter"))

    def led_by(self, person: Person) -> Self:
        """Matters for which one of the person's units is responsible now."""
        return self.filter(pk__in=Assignment.objects.filter(lead__in=person.units, ended_on=None).values("matter"))

    def of(self, round: Round) -> Self:
        """The matters of a round."""
        return self.filter(appeal__round=round)

    def led_in(self, unit: Unit) -> Self:
        """Matters for which this unit is responsible now."""
        return self.filter(pk__in=Assignment.objects.current().filter(lead=unit).values("matter"))

    def with_unit(self, unit: Unit) -> Self:
        """Matters which this unit leads or assists now."""
        return self.filter(pk__in=Assignment.objects.current().held_by([unit]).values("matter"))

    def matching(self, words: str) -> Self:
        """Matters in whose number, title, wording or place every one of the words stands."""
        found = self
        for word in words.split():
            said = Q(appeal__title__icontains=word) | Q(appeal__wording__icontains=word) | Q(appeal__place__icontains=word)
            found = found.filter(said | Q(number__icontains=word))
        return found

    def in_state(self, *states: str) -> Self:
        """Matters that stand in one of these states."""
        return self.filter(state__in=states)

    def unreplied(self) -> Self:
        """Matters in a unit's hands whose written reply is still owed."""
        return self.filter(state__in=IN_HAND)

    def overdue(self, on: date) -> Self:
        """Matters whose written reply is owed and past its day."""
        return self.unreplied().filter(pk__in=Assignment.objects.filter(ended_on=None, reply_due_on__lt=on).values("matter"))

    def due_by(self, last: date) -> Self:
        """Matters whose written reply is owed by a day."""
        current = Assignment.objects.current().filter(reply_due_on__lte=last)
        return self.unreplied().filter(pk__in=current.values("matter"))

    def settled(self) -> Self:
        """办结: the unit says done and the task force agrees; staged is not counted."""
        return self.filter(state__in=AGREED)

    def lines(self) -> list["Matter"]:
        """The matters with everything a ledger line shows, in a fixed number of queries."""
        rows = [
            models.Prefetch("assignments", Assignment.objects.with_units(), to_attr="all_assignments"),
            models.Prefetch("passed", Passed.objects.select_related("milestone"), to_attr="all_passed"),
            models.Prefetch("replies", to_attr="all_replies"),
            models.Prefetch("progress", to_attr="all_progress"),
            models.Prefetch("settlements", to_attr="all_settlements"),
            models.Prefetch("closings", Closing.objects.select_related("closed_by"), to_attr="all_closings"),
        ]
        matters: list[Matter] = list(self.select_related("appeal__round", "appeal__region", "opinion").prefetch_related(*rows))
        appeals = [matter.appeal_id for matter in matters]
        measures, voices, channels = _measures(appeals), _voices(appeals), _channels(appeals)
        for matter in matters:
            matter.all_measures = measures.get(matter.appeal_id, [])
            matter.voices = voices.get(matter.appeal_id, 0)
            matter.channels = channels.get(matter.appeal_id, [])
        return matters


def to_open(person: Person) -> models.QuerySet[Opinion]:
    """Opinions in force, of the rounds a person sees, on appeals that are not yet on the ledger."""
    mine = Opinion.objects.in_force().filter(appeal__round__in=Round.objects.seen_by(person))
    waiting = mine.exclude(appeal__in=Matter.objects.values("appeal"))
    return waiting.select_related("appeal__round", "lead").prefetch_related("assists").order_by("appeal__round", "appeal__number")


def parked(person: Person) -> list[Staging]:
    """挂账: the plan in force of every parked matter a person sees, the nearest day first; each with `times` it was planned."""
    matters = {matter.pk: matter for matter in Matter.objects.seen_by(person).in_state(State.STAGED).lines()}
    last: dict[int, Staging] = {}
    times: Counter[int] = Counter()
    for staged in Staging.objects.filter(matter__in=matters, turn=F("matter__turn")).order_by("pk"):
        last[staged.matter_id] = staged
        times[staged.matter_id] += 1
    for pk, staged in last.items():
        staged.matter, staged.times = matters[pk], times[pk]
    return sorted(last.values(), key=lambda staged: (staged.planned_on, staged.matter.number))


def _measures(appeals: list[int]) -> dict[int, list[Measure]]:
    found: dict[int, list[Measure]] = {}
    measures = Measure.objects.in_force().filter(appeal__in=appeals).select_related("lead")
    for measure in measures.prefetch_related("milestones", "assists"):
        found.setdefault(measure.appeal_id, []).append(measure)
    return found


def _voices(appeals: list[int]) -> dict[int, int]:
    """宗: how many submissions each appeal speaks for."""
    parts = Part.objects.filter(appeal__in=appeals, bucket=Bucket.DISTILLED).order_by()
    return dict(parts.values_list("appeal").annotate(Count("submission", distinct=True)))


def _channels(appeals: list[int]) -> dict[int, list[str]]:
    """来源渠道: by which channels its submissions came, without who said them."""
    found: dict[int, list[str]] = {}
    parts = Part.objects.filter(appeal__in=appeals, bucket=Bucket.DISTILLED)
    pairs = parts.order_by("submission__channel").values_list("appeal", "submission__channel").distinct()
    for appeal, channel in pairs:
        found.setdefault(appeal, []).append(channel)
    return found


class Matter(models.Model):
    """事项: the ledger line: one appeal being handled."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="+")
    number = models.CharField("编号", max_length=40, unique=True)
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="+", verbose_name="办理意见")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.OPEN, db_index=True)
    turn = models.PositiveSmallIntegerField("轮次", default=0)
    opened_on = models.DateField("入账日期")
    solve_by = models.DateField("完成时限", null=True)
    version = models.PositiveIntegerField(default=1)

    all_assignments: "list[Assignment]"
    all_passed: "list[Passed]"
    all_replies: "list[Reply]"
    all_progress: "list[Progress]"
    all_settlements: "list[Settlement]"
    all_closings: "list[Closing]"
    all_measures: list[Measure]
    voices: int
    channels: list[str]

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.appeal.title}"

    @property
    def state_word(self) -> str:
        """The state in the reader's language."""
        return State.word_of(self.state)

    @cached_property
    def assignment(self) -> "Assignment | None":
        """The assignment in force; None before the first."""
        if hasattr(self, "all_assignments"):
            return next((a for a in reversed(self.all_assignments) if a.ended_on is None), None)
        return Assignment.objects.with_units().filter(matter=self, ended_on=None).first()

    @property
    def steps(self) -> list[tuple[Milestone, date | None]]:
        """Every milestone in force and the day it was reached; needs `lines`.

        A new version of the plan copies the milestones of the old one: what was reached stays reached under its words.
        """
        steps = [step for measure in self.all_measures for step in measure.milestones.all()]
        days = reached([(step.pk, step.text) for step in steps], [passed.said for passed in self.all_passed])
        return list(zip(steps, days, strict=True))

    def nodes(self) -> list[Node]:
        """By what the light is judged: the written reply of this turn, milestones, the solution's date; needs `lines`."""
        held = next((a for a in self.all_assignments if a.ended_on is None), None)
        reply = Node(held.reply_due_on, held.replied_on) if held else None
        return nodes(reply, [(step.due_on, done_on) for step, done_on in self.steps], self.solve_by, self.settled_on)

    def clocks(self) -> list[Clock]:
        """Everything of this turn that has its own day, in the order in which it falls due; needs `lines`."""
        held, settled = self.assignment, self.settled_on
        clocks = [Clock(Kind.STEP, step.due_on, done_on or settled, step.text) for step, done_on in self.steps]
        if held:
            spoke = [contact.spoke_on for contact in held.contacts.all()]
            spoke += [r.contacted_on for r in self.all_replies if r.assignment_id == held.pk and r.contacted_on]
            given = [
                (Kind.SIGN, held.accept_due_on, held.accepted_on),
                (Kind.CONTACT, held.contact_due_on, min(spoke, default=None)),
                (Kind.REPLY, held.reply_due_on, held.replied_on),
            ]
            clocks += [Clock(kind, due, done, provisional=held.provisional) for kind, due, done in given if due]
        if self.solve_by:
            clocks.append(Clock(Kind.SOLUTION, self.solve_by, settled))
        return sorted(clocks, key=lambda clock: (clock.due_on, list(Kind).index(clock.kind)))

    @property
    def settled_on(self) -> date | None:
        """The day it was settled in this turn; None before; needs `lines`."""
        return next((s.on for s in self.all_settlements if s.turn == self.turn), None)

    def light(self, on: date) -> Light:
        """The light of this line on a day; needs `lines`."""
        return light(self.nodes(), on, self.appeal.round.rules)

    @property
    def reply(self) -> "Reply | None":
        """The last written reply of this turn; needs `lines`."""
        now = {a.pk for a in self.all_assignments if a.turn == self.turn}
        return next((reply for reply in reversed(self.all_replies) if reply.assignment_id in now), None)

    @property
    def people(self) -> list[str]:
        """分管领导、责任领导、责任人: who answers for it by name, as the assignment says or else the work plan; needs `lines`."""
        names = [self.overseer, *self.leaders, *self.responsibles]
        return list(dict.fromkeys(name for name in names if name))

    @property
    def overseer(self) -> str:
        """分管领导: named in the assignment."""
        return self.assignment.overseer if self.assignment else ""

    @property
    def leaders(self) -> list[str]:
        """责任领导: as the lead unit named them, else as the work plan does; needs `lines`."""
        own = self.assignment.leader if self.assignment else ""
        return [own] if own else [measure.leader for measure in self.all_measures if measure.leader]

    @property
    def responsibles(self) -> list[str]:
        """责任人: as the lead unit named them, else as the work plan does; needs `lines`."""
        own = self.assignment.responsible if self.assignment else ""
        return [own] if own else [measure.responsible for measure in self.all_measures if measure.responsible]

    @property
    def open_steps(self) -> list[int]:
        """Keys of the milestones not yet reached; needs `lines`."""
        return [step.pk for step, done_on in self.steps if done_on is None]

    def check_for(self, verb: str, person: Person) -> None:
        """Refuse in words whoever may not make this move now; needs `lines`."""
        held, move = self.assignment, MOVES[verb]
        lead, assists = (held.lead_id, [unit.pk for unit in held.assists.all()]) if held else (None, [])
        check(verb, self.state, person.grants)
        check_stand(move, [unit.pk for unit in person.units], lead, assists)

    def may(self, verb: str, person: Person) -> bool:
        """Whether this person may make this move now; needs `lines`."""
        try:
            self.check_for(verb, person)
        except Refused:
            return False
        return True

    def moves_for(self, person: Person) -> list[Move]:
        """What this person may do now: by the table, by their units, and by what has been asked and not yet decided."""
        held = self.assignment
        own = [unit.pk for unit in person.units]
        lead, assists = (held.lead_id, [unit.pk for unit in held.assists.all()]) if held else (None, [])
        asked = {extension.granted for extension in held.extensions.all()} if held else set()
        reaches = self.appeal.round.region_id in person.region_codes
        return [
            move
            for move in possible(self.state, person.grants)
            if stands_apart(move, own, lead, assists)
            and (reaches or move.role == Role.UNIT)
            and _is_due(move.verb, asked)
        ]


def _is_due(verb: str, asked: set[bool | None]) -> bool:
    """Whether the answers to extensions so far (None: still waiting) leave room for the move."""
    if verb == "ask_extension":
        return None not in asked
    if verb in ("grant_extension", "grant_again"):
        return None in asked and (True in asked) == (verb == "grant_again")
    return None in asked if verb == "decline_extension" else True
