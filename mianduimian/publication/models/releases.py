"""公开: which rounds are public, and what their pages show of matters and figures."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Count

from mianduimian.ledger.models import Assignment, Matter
from mianduimian.ledger.rules import Light, State
from mianduimian.lookback.models import Visit
from mianduimian.lookback.rules import Share
from mianduimian.people.models import Person
from mianduimian.publication.models.voices import voices
from mianduimian.publication.rules import shield
from mianduimian.solicitation.models import Call, Round
from mianduimian.triage.models import funnel
from mianduimian.triage.rules import Bucket


def open_calls(on: date) -> models.QuerySet[Call]:
    """Calls whose window is open that day, for the public page."""
    return Call.objects.open_on(on).select_related("round__region")


@dataclass(frozen=True)
class Outcome:
    """What a round's public page counts; every share stands beside its denominator."""

    collected: int
    buckets: list[tuple[str, int]]
    appeals: int
    matters: int
    states: list[tuple[str, str, int]]
    replied: int
    visits: Share


def outcome(round: Round, on: date) -> Outcome:
    """Count a round for its public page in a fixed number of queries."""
    distilled = funnel(round)
    matters = Matter.objects.of(round)
    states = dict(matters.values_list("state").annotate(Count("pk")))
    return Outcome(
        collected=distilled.collected,
        buckets=[(bucket.word, distilled.submissions[bucket.value]) for bucket in Bucket],
        appeals=distilled.appeals,
        matters=sum(states.values()),
        states=[(state.value, state.word, states[state.value]) for state in State if state.value in states],
        replied=Assignment.objects.filter(matter__in=matters).exclude(replied_on=None).values("matter").distinct().count(),
        visits=Visit.objects.filter(matter__in=matters).of_last_turn().share(),
    )


@dataclass(frozen=True)
class PublicLine:
    """A matter as everybody may read it: masked wording, unit, deadline, stage, light and public answer."""

    pk: int
    number: str
    title: str
    wording: str
    unit: str
    due_on: date | None
    provisional: bool
    turn: int
    state: str
    state_word: str
    light: Light
    answer: str


def public_lines(matters: models.QuerySet[Matter], on: date) -> list[PublicLine]:
    """The public lines of some matters; personal data left in a wording is masked here, always."""
    lines = matters.lines()  # type: ignore[attr-defined]
    names = voices([matter.appeal_id for matter in lines])
    return [_public_line(matter, names.get(matter.appeal_id, set()), on) for matter in lines]


def _public_line(matter: Matter, names: set[str], on: date) -> PublicLine:
    given = matter.assignment
    return PublicLine(
        pk=matter.pk,
        number=matter.number,
        title=shield(matter.appeal.title, names),
        wording=shield(matter.appeal.wording, names),
        unit=given.lead.short if given else "",
        due_on=given.reply_due_on if given else None,
        provisional=bool(given and given.provisional),
        turn=matter.turn,
        state=matter.state,
        state_word=matter.state_word,
        light=matter.light(on),
        answer=shield(matter.all_replies[-1].public, names) if matter.all_replies else "",
    )


class Release(models.Model):
    """公开发布: a round's page is open to everybody since a day, until withdrawn."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    on = models.DateField("发布日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField("撤下日期", null=True)
    why = models.CharField("撤下理由", max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round"], condition=models.Q(withdrawn_on=None), name="round_released_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.on}"
