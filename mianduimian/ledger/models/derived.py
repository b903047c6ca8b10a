"""一览的推算: what the rows of a matter come to, compared with what is kept, and what earlier rooms changed since."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Max, Min, Q

from mianduimian.journal.models import Line
from mianduimian.ledger.models.glances import Glance, Mark, Words
from mianduimian.ledger.models.matters import Matter
from mianduimian.ledger.rules import State, place, turning
from mianduimian.text.normalise import bigrams
from mianduimian.triage.rules import taxonomy

EMPTYING = ("intake.erase", "intake.forget", "intake.mend")  # by these words that named an erased citizen go from the search
SIZE = 1_000  # matters derived at once


def derive(matters: Iterable[Matter]) -> list[tuple[Glance, Words]]:
    """What the rows of these matters come to; they need `outlines`."""
    return [(_glance(matter), _words(matter)) for matter in matters]


def _glance(matter: Matter) -> Glance:
    appeal, held, reply = matter.appeal, matter.assignment, matter.reply
    turns = turning(matter.nodes(), appeal.round.rules)
    closing = matter.all_closings[-1] if matter.state == State.CLOSED else None
    return Glance(
        matter=matter,
        place=place(appeal.round.opened_on, appeal.round_id, appeal.number),
        round_id=appeal.round_id,
        number=matter.number,
        region_id=appeal.region_id,
        category=appeal.category,
        channels="".join(f" {channel} " for channel in matter.channels),
        voices=matter.voices,
        state=matter.state,
        turn=matter.turn,
        first_id=matter.all_assignments[0].lead_id if matter.all_assignments else None,
        lead_id=held.lead_id if held else None,
        people="、".join(matter.people),
        solved=reply.solved if reply else None,
        opened_on=matter.opened_on,
        assigned_on=held.on if held else None,
        reply_due_on=held.reply_due_on if held else None,
        solve_by=matter.solve_by,
        replied_on=held.replied_on if held else None,
        moved_on=matter.all_progress[-1].on if matter.all_progress else None,
        settled_on=matter.settled_on,
        closed_on=closing.closed_on if closing else None,
        yellow_from=turns.yellow_from,
        red_from=turns.red_from,
    )


def _words(matter: Matter) -> Words:
    appeal, measures = matter.appeal, matter.all_measures
    known, units = taxonomy().words.get(appeal.category), []
    for held in matter.all_assignments:
        units += [unit.short for unit in (held.lead, *held.assists.all())]
    asked = [matter.number, appeal.title, appeal.wording, appeal.place, appeal.region.name if appeal.region else ""]
    asked += [known.word if known else "", appeal.round.focus, matter.opinion.text, *dict.fromkeys(units), *matter.people]
    planned = [measure.text for measure in measures] + [step.text for step, _done in matter.steps]
    answered = [f"{reply.public}\n{reply.account}\n{reply.measure}" for reply in matter.all_replies]
    return Words(
        matter=matter,
        asked=bigrams("\n".join(asked)),
        planned=bigrams("\n".join(planned)),
        done=bigrams("\n".join(said.text for said in matter.all_progress)),
        answered=bigrams("\n".join(answered)),
    )


@dataclass(frozen=True)
class Fresh:
    """A line derived anew beside what is kept of it."""

    glance: Glance
    words: Words
    kept: Mapping[str, object] | None
    said: Mapping[str, object] | None

    @property
    def moved(self) -> bool:
        """Whether the line is not what it should be."""
        return self.kept != self.glance.facts

    @property
    def resaid(self) -> bool:
        """Whether its words are not what they should be."""
        return self.said != self.words.facts

    def __str__(self) -> str:
        if self.kept is None:
            return f"{self.glance.number}: —"
        told = [f"{name} {self.kept[name]} → {value}" for name, value in self.glance.facts.items() if self.kept[name] != value]
        return f"{self.glance.number}: {'; '.join(told) or 'words'}"


def compare(keys: list[int]) -> list[Fresh]:
    """Every one of these matters derived anew, beside what is kept of it."""
    made = derive(Matter.objects.filter(pk__in=keys).order_by("pk").outlines())
    kept = {facts["matter_id"]: facts for facts in Glance.objects.filter(pk__in=keys).order_by().values()}
    said = {facts["matter_id"]: facts for facts in Words.objects.filter(pk__in=keys).values()}
    return [Fresh(glance, words, kept.get(glance.pk), said.get(words.pk)) for glance, words in made]


def differences(first: int, last: int) -> list[str]:
    """What is kept wrongly of the matters from one key to another, named."""
    keys = list(Matter.objects.filter(pk__range=(first, last)).values_list("pk", flat=True))
    return [str(one) for one in compare(keys) if one.moved or one.resaid]


def spans() -> Iterator[tuple[int, int]]:
    """The keys of all matters in stretches."""
    ends = Matter.objects.aggregate(Min("pk"), Max("pk"))
    if ends["pk__min"] is not None:
        for first in range(ends["pk__min"], ends["pk__max"] + 1, SIZE):
            yield first, min(first + SIZE - 1, ends["pk__max"])


def unclosed() -> list[tuple[int, int]]:
    """The stretches of keys in which the light of some matter may still turn: what was closed long ago is not read daily."""
    keys = Matter.objects.exclude(state=State.CLOSED).order_by().values_list("pk", flat=True)
    return [(n * SIZE, n * SIZE + SIZE - 1) for n in sorted({pk // SIZE for pk in keys})]


def behind() -> models.QuerySet[Line]:
    """Lines of earlier rooms that touch a matter's line, not taken over yet: an appeal reworded, a plan issued, an erasure."""
    mark = Mark.objects.values_list("number", flat=True).first() or 0
    return Line.objects.after(mark).filter(Q(subject_type="triage.appeal") | Q(verb__in=["taskforce.issue", *EMPTYING]))


def touched(lines: Iterable[Line]) -> models.QuerySet[Matter]:
    """The matters whose line these changes touch."""
    lines = list(lines)
    appeals = [line.subject_id for line in lines if line.subject_type == "triage.appeal"]
    rounds = [line.subject_id for line in lines if line.verb == "taskforce.issue"]
    erased = [line.now.get("emptied", {}) for line in lines if line.verb in EMPTYING]
    emptied = [key for tables in erased for key in tables.get(Words._meta.label_lower, [])]
    return Matter.objects.filter(Q(appeal__in=appeals) | Q(appeal__round__in=rounds) | Q(pk__in=emptied)).order_by("pk")
