"""一览: what is seen of each matter at a glance, derived from its rows and kept beside it, so that the ledger answers at once."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.db import connections, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from mianduimian.journal.models import Line
from mianduimian.ledger.models.matters import IN_HAND, Matter
from mianduimian.ledger.rules import Light, State, place, turning
from mianduimian.people.models import Person, Region, Unit
from mianduimian.solicitation.models import Round
from mianduimian.text.normalise import RUN, bigrams, plain
from mianduimian.triage.rules import taxonomy

MOST = 40  # pairs of characters a search asks for; what is typed beyond them narrows nothing
PARTS = ("asked", "planned", "done", "answered")
FTS5 = "SELECT rowid FROM ledger_words_found WHERE ledger_words_found MATCH %s"
TSVECTOR = "SELECT matter_id FROM ledger_words WHERE found @@ %s::tsquery"
WITHIN = {part: f" AND position(%s in {part}) > 0" for part in PARTS}
ANYWHERE = f" AND position(%s in {' || chr(10) || '.join(PARTS)}) > 0"


class GlanceQuerySet(models.QuerySet["Glance"]):
    def seen_by(self, person: Person) -> Self:
        """Lines of the person's regions, and those one of their units leads or assists; nothing is asked of who sees all."""
        if person.region_codes and not Round.objects.exclude(region__in=person.region_codes).exists():
            return self.all()
        office = Q(round__in=Round.objects.seen_by(person).values("pk"))
        return self.filter(office | Q(matter__in=Matter.objects.held_by(person).values("pk")))

    def shining(self, light: str, on: date) -> Self:
        """Lines whose light is this one on a day."""
        not_yet = {name: Q(**{name: None}) | Q(**{f"{name}__gt": on}) for name in ("yellow_from", "red_from")}
        wanted = {
            Light.RED: Q(red_from__lte=on),
            Light.YELLOW: Q(yellow_from__lte=on) & not_yet["red_from"],
            Light.GREEN: not_yet["yellow_from"],
        }
        return self.filter(wanted[Light(light)])

    def overdue(self, on: date) -> Self:
        """Lines whose written reply is owed and past its day."""
        return self.filter(state__in=IN_HAND, reply_due_on__lt=on)

    def saying(self, words: str, where: str = "") -> Self:
        """Lines in which every one of the words stands: anywhere, or in one of PARTS; punctuation alone is nowhere."""
        phrases = _phrases(words)
        if not phrases:
            return self.none()
        if connections[self.db].vendor == "sqlite":
            match = " ".join(f'"{phrase}"' for phrase in phrases)
            return self.filter(matter__in=_asked(FTS5, [f"{where} : ({match})" if where in PARTS else match]))
        asked = [pair for phrase in phrases for pair in phrase.split()]
        looked_at = phrases if where in PARTS else [phrase for phrase in phrases if " " in phrase]
        sql = TSVECTOR + WITHIN.get(where, ANYWHERE) * len(looked_at)
        return self.filter(matter__in=_asked(sql, [" & ".join(f"'{pair}'" for pair in asked), *looked_at]))


def _asked(sql: str, words: list[str]) -> RawSQL:
    """A question put together from the sentences above alone; what was typed goes beside it, as data."""
    return RawSQL(sql, words)  # noqa: S611


def _phrases(words: str) -> list[str]:
    """What to ask the index for: each word as its pairs of characters in a row, a single character as it is, MOST in all."""
    phrases, left = [], MOST
    for run in RUN.findall(plain(words)):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        if left > 0:
            phrases.append(" ".join(pairs[:left]))
        left -= len(pairs)
    return phrases


class Glance(models.Model):
    """一览: one line of the ledger as it is filtered, sorted and counted; whoever doubts it has it derived anew."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="glance")
    place = models.BigIntegerField("排序", unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    number = models.CharField("编号", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    category = models.CharField("类别", max_length=60, blank=True)
    channels = models.CharField("来源渠道", max_length=200, blank=True)
    voices = models.PositiveIntegerField("来件宗数", default=0)
    state = models.CharField("状态", max_length=12, choices=State.choices)
    turn = models.PositiveSmallIntegerField("轮次", default=0)
    first = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="首接单位")
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="牵头单位")
    people = models.TextField("领导、责任人", blank=True)
    solved = models.BooleanField("是否解决", null=True)
    opened_on = models.DateField("入账日期")
    assigned_on = models.DateField("交办日期", null=True)
    reply_due_on = models.DateField("书面反馈截止", null=True)
    solve_by = models.DateField("完成时限", null=True)
    replied_on = models.DateField("反馈日期", null=True)
    moved_on = models.DateField("最近进展", null=True)
    settled_on = models.DateField("办结日期", null=True)
    closed_on = models.DateField("销号日期", null=True)
    yellow_from = models.DateField("黄灯起", null=True)
    red_from = models.DateField("红灯起", null=True)

    objects = GlanceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["place"]

    def __str__(self) -> str:
        return self.number

    @property
    def facts(self) -> dict[str, Any]:
        """Everything derived, by name."""
        return {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}


class Words(models.Model):
    """检索词: the words of each matter in pairs of characters, in four parts; the database keeps its search index from them."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="+")
    asked = models.TextField("诉求")
    planned = models.TextField("措施与节点")
    done = models.TextField("进展")
    answered = models.TextField("答复")

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def facts(self) -> dict[str, Any]:
        """Everything derived, by name."""
        return {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}


def derive(matters: Iterable[Matter]) -> list[tuple[Glance, Words]]:
    """What the rows of these matters come to; they need `lines`."""
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


class Mark(models.Model):
    """书签: up to which line of the journal the ledger has taken over what earlier rooms changed."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.number}"


def behind() -> models.QuerySet[Line]:
    """Lines of earlier rooms that touch a matter's line and have not been taken over yet: an appeal reworded, a plan issued."""
    mark = Mark.objects.values_list("number", flat=True).first() or 0
    return Line.objects.after(mark).filter(Q(subject_type="triage.appeal") | Q(verb="taskforce.issue"))


def touched(lines: Iterable[Line]) -> models.QuerySet[Matter]:
    """The matters whose line these changes touch."""
    lines = list(lines)
    appeals = [line.subject_id for line in lines if line.subject_type == "triage.appeal"]
    rounds = [line.subject_id for line in lines if line.verb == "taskforce.issue"]
    return Matter.objects.filter(Q(appeal__in=appeals) | Q(appeal__round__in=rounds)).order_by("pk")
