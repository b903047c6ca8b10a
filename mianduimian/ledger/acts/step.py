"""一步: one move of one matter: locked, asked of the table, written if nobody was faster, with one line in the journal."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from mianduimian.journal.acts import record
from mianduimian.journal.models import Line
from mianduimian.ledger.acts.glances import look_anew
from mianduimian.ledger.acts.keeping import keep_assignment
from mianduimian.ledger.models import Assignment, Matter
from mianduimian.ledger.rules import (
    MOVES,
    Order,
    State,
    accept_due,
    check,
    check_order,
    check_stand,
    contact_due,
    reply_due,
    word_of,
)
from mianduimian.mechanism import Rulebook
from mianduimian.people.models import Person, Unit
from mianduimian.people.rules import Role
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.solicitation.acts import next_number
from mianduimian.vocabulary import _
from mianduimian.workdays import Calendar, calendar

TOLD = 3


class Step:
    """One move: whoever makes it takes the matter in hand first, and ends it with what changed."""

    def __init__(self, matter: Matter, verb: str, *, by: Person, on: date, seen: int | None = None) -> None:
        by.must(MOVES[verb].permission)
        matter.refresh_from_db(
            from_queryset=Matter.objects.select_for_update(of=("self",)).select_related("appeal__round__region")
        )
        _forget(matter)
        if seen not in (None, matter.version):
            raise _overtaken(matter, seen)
        self.matter, self.by, self.on = matter, by, on
        self.was: dict[str, Any] = {"state": matter.state}
        held = Assignment.objects.current().select_for_update(of=("self",)).select_related("lead")
        self.held = held.filter(matter=matter).first()
        self._ask_where_they_stand(verb)
        self.move = check(verb, matter.state, by.grants)

    def _ask_where_they_stand(self, verb: str) -> None:
        move = MOVES[verb]
        lead = self.held.lead_id if self.held else None
        assists = list(self.held.assists.values_list("pk", flat=True)) if self.held else []
        if move.role != Role.UNIT and self.matter.appeal.round.region_id not in self.by.region_codes:
            raise NotYours(_("这件事项不在您岗位所在的区划。"))
        check_stand(move, [unit.pk for unit in self.by.units], lead, assists)

    @property
    def rules(self) -> Rulebook:
        """The rulebook of the matter's round."""
        return self.matter.appeal.round.rules

    @property
    def calendar(self) -> Calendar:
        """The calendar as it is known today."""
        return calendar(settings.CALENDARS)

    @property
    def assignment(self) -> Assignment:
        """The assignment in force; beyond the first hand-over there always is one."""
        if self.held is None:
            raise Refused(_("这件事项还没有交办。"))
        return self.held

    def give(self, order: Order, turn: int) -> Assignment:
        """Give the matter to a unit: an earlier assignment ends, a new one with its own number and clock begins."""
        check_order(order)
        lead, *assists = _units([order.lead, *order.assists])
        if self.held:
            self.held.ended_on = self.on
            self.held.save()
        due, known = reply_due(self.on, self.rules, self.calendar), (self.on, self.rules, self.calendar)
        same = self.held if self.held and self.held.lead_id == lead.pk else None
        number = next_number(self.rules.papers["assignment"], by=self.by, on=self.on)
        given = Assignment.objects.create(
            matter=self.matter,
            turn=turn,
            number=number,
            lead=lead,
            requirement=order.requirement,
            rule=order.rule,
            designated=order.designated,
            overseer=order.overseer,
            leader=same.leader if same else "",
            responsible=same.responsible if same else "",
            on=self.on,
            by=self.by,
            accept_due_on=accept_due(*known),
            contact_due_on=contact_due(*known),
            reply_due_on=due.on,
            provisional=due.provisional,
        )
        given.assists.add(*assists)
        models.prefetch_related_objects([given], "assists")
        keep_assignment(given, by=self.by, on=self.on)
        return given

    def end(self, *, now: dict[str, Any] | None = None, why: str = "", name: str = "", **changes: Any) -> Matter:
        """Write the move, unless another hand was faster, and record it."""
        changes |= {"state": self.move.end or State(self.matter.state), "version": self.matter.version + 1}
        if not Matter.objects.filter(pk=self.matter.pk, version=self.matter.version).update(**changes):
            raise _overtaken(self.matter, self.matter.version)
        for field, value in changes.items():
            setattr(self.matter, field, value)
        _forget(self.matter)
        facts = {"state": self.matter.state, **(now or {})}
        record(f"ledger.{name or self.move.verb}", self.matter, by=self.by, on=self.on, was=self.was, now=facts, why=why)
        look_anew([self.matter])
        return self.matter


def _forget(matter: Matter) -> None:
    """Drop what was read of the matter's rows before it was locked."""
    for name in [name for name in matter.__dict__ if name == "assignment" or name.startswith("all_")]:
        del matter.__dict__[name]


def _overtaken(matter: Matter, seen: int | None) -> Overtaken:
    """Say who did what since the person looked."""
    missed = max(1, matter.version - (seen or 0))
    lines = Line.objects.of(matter).filter(verb__startswith="ledger.").order_by("-number")[: min(missed, TOLD)]
    done = "；".join(f"{line.actor_name} {line.on} {word_of(line.verb.split('.')[1])}" for line in reversed(lines))
    return Overtaken(_("您打开页面之后，这件事项已有新的办理：%(done)s。您的这一步没有写入，请看过最新情况再办。"), done=done)


def _units(keys: list[str]) -> list[Unit]:
    """The units of these keys, in their order; an unknown key is refused."""
    known = {unit.key: unit for unit in Unit.objects.filter(key__in=keys)}
    for key in keys:
        if key not in known:
            raise Refused(_("没有“%(key)s”这个单位。"), key=key)
    return [known[key] for key in dict.fromkeys(keys)]
