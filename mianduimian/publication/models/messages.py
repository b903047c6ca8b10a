"""告知: what every source citizen was told, by which way, with what result; and how far the journal has been read for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Q

from mianduimian.intake.models import Citizen, Submission
from mianduimian.journal.models import Line
from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person
from mianduimian.publication.gateways import Letter
from mianduimian.publication.models.voices import voices
from mianduimian.publication.rules import Delivery, Result, Step, Way, contacts, shield
from mianduimian.solicitation.models import Round


class LetterListQuerySet(models.QuerySet["LetterList"]):
    def counted(self) -> Self:
        """Each list with its number of letters."""
        return self.annotate(letters=Count("messages")).select_related("made_by", "posted_by")


class LetterList(models.Model):
    """信件清单: the letters of one round that one person prints and posts on one day."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    made_on = models.DateField("生成日期")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    posted_on = models.DateField("寄出日期", null=True)
    posted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = LetterListQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(posted_on=None, posted_by=None) | Q(posted_on__isnull=False, posted_by__isnull=False),
                name="letters_posted_by_someone_on_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"信件清单{self.pk}"


class MessageQuerySet(models.QuerySet["Message"]):
    def queued(self) -> Self:
        """Messages that still have to go out, oldest first."""
        return self.filter(state=Delivery.QUEUED).order_by("pk")

    def due(self, way: str, at: datetime) -> Self:
        """Those of one way whose time has come."""
        return self.queued().filter(Q(due_at=None) | Q(due_at__lte=at), channel=way)

    def abroad(self) -> Self:
        """Those that somebody took up and has not yet said what came of it."""
        return self.filter(state=Delivery.SENDING)

    def open_questions(self) -> Self:
        """Those of which nobody knows whether they arrived: a person looks."""
        return self.filter(state=Delivery.UNKNOWN)

    def letters(self) -> Self:
        """Those that go by post and are not on a list yet."""
        return self.filter(state=Delivery.PRINT, listed=None).order_by("pk")

    def about(self, submission: Submission) -> Self:
        """What its citizen was told of a submission, also in one message with their others."""
        mine = Q(submission=submission)
        if submission.citizen_id:
            mine |= Q(citizen=submission.citizen_id, receipts__contains=submission.receipt)
        return self.filter(mine)

    def for_desk(self, person: Person) -> Self:
        """Those a person of the desk sees: what was said in confidence only who takes submissions in."""
        return self if person.may("intake.see") else self.filter(submission__confidential=False)

    def tally(self) -> list[tuple[str, str, int]]:
        """How many messages are in each delivery state: key, word, number."""
        counted = dict(self.order_by().values_list("state").annotate(Count("pk")))
        return [(state.value, state.word, counted.get(state.value, 0)) for state in Delivery]


class Message(models.Model):
    """告知: what one citizen is told of one journal line, once; its delivery has a state of its own."""

    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    citizen = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="+")
    receipts = models.TextField("回执码", blank=True)
    step = models.CharField("环节", max_length=12, choices=Step.choices)
    text = models.TextField("内容")
    words = models.JSONField(default=dict)
    key = models.CharField(max_length=64, blank=True)
    channel = models.CharField("发送方式", max_length=12, blank=True)
    refused = models.JSONField("不能送达的方式", default=list)
    state = models.CharField("送达状态", max_length=12, choices=Delivery.choices, default=Delivery.QUEUED, db_index=True)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    due_at = models.DateTimeField("何时再发", null=True)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)
    doubtful_since = models.DateTimeField("何时起不明", null=True)
    made_on = models.DateField("生成日期")
    sent_at = models.DateTimeField("发送时间", null=True)
    problem = models.CharField("失败原因", max_length=200, blank=True)
    listed = models.ForeignKey(LetterList, models.PROTECT, null=True, related_name="messages")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "submission", "step"], name="told_once_a_line"),
            models.UniqueConstraint(fields=["line", "citizen", "step"], name="citizen_told_once_a_line"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "channel", "id"], name="message_to_go")]

    def __str__(self) -> str:
        return f"{Step.word_of(self.step)} {self.submission}"

    @property
    def way_word(self) -> str:
        """The way in the reader's language."""
        return Way.word_of(self.channel)

    @property
    def shown(self) -> str:
        """The text for the desk: of each receipt's code, which opens everything, only the beginning."""
        text = self.text
        for code in filter(None, self.receipts.split("、")):
            text = text.replace(code, f"{code[:4]}********")
        return text

    @property
    def contacts(self) -> dict[str, str]:
        """By what the citizen can be told now; nothing of one who did not agree or was erased."""
        citizen = self.submission.citizen
        return contacts(citizen.identity) if citizen and citizen.agreed and not citizen.erased_on else {}

    @property
    def letter(self) -> Letter:
        """What a gateway is given."""
        return Letter(self.key or f"mianduimian-{self.pk}", self.contacts.get(self.channel, ""), self.text, self.words)


class Sending(models.Model):
    """投递: one try to hand a message to a gateway, begun before it went out and ended when the answer was there."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="sendings")
    way = models.CharField("发送方式", max_length=12, choices=Way.choices)
    number = models.PositiveSmallIntegerField("第几次")
    began_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)
    result = models.CharField("结果", max_length=8, choices=Result.choices, blank=True)
    said = models.CharField("答复", max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None, result="") | (Q(ended_at__isnull=False) & ~Q(result="")),
                name="sending_ended_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.number}"


class Cursor(models.Model):
    """读到: up to which journal line the outbox has been read."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


@dataclass(frozen=True)
class Sample:
    """样稿: the words of one matter that stand in its citizens' messages; nothing personal."""

    pk: int
    number: str
    title: str
    unit: str


def samples(round: Round) -> list[Sample]:
    """The matters of a round as its citizens' messages name them."""
    matters = Matter.objects.of(round).lines()  # type: ignore[attr-defined]
    names = voices([matter.appeal_id for matter in matters])
    return [
        Sample(
            matter.pk,
            matter.number,
            shield(matter.appeal.title, names.get(matter.appeal_id, set())),
            matter.assignment.lead.short if matter.assignment else "",
        )
        for matter in matters
    ]
