"""收件: submissions in citizens' own words; citizens sealed apart."""

import os
from pathlib import Path
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Cast

from mianduimian.intake.rules import IDENTITY, BatchState, in_danger, mask_name, mask_phone
from mianduimian.intake.sealing import SealedField
from mianduimian.people.models import Person, Region
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Channel
from mianduimian.text.redact import shield


def fresh_salt() -> bytes:
    """The key of one citizen's digests in the journal; erased with the citizen."""
    return os.urandom(16)


class CitizenQuerySet(models.QuerySet["Citizen"]):
    def sealed_before(self, mark: str) -> Self:
        """Those of whom something is still sealed under another key than the one with this mark."""
        raw = {f"raw_{name}": Cast(name, models.TextField()) for name in IDENTITY}
        stale = Q()
        for name in raw:
            stale |= ~Q(**{name: ""}) & ~Q(**{f"{name}__startswith": mark})
        return self.annotate(**raw).filter(stale)


class Citizen(models.Model):
    """群众: who said it; sealed, masked by default, erasable."""

    name = SealedField(blank=True)
    phone = SealedField(blank=True)
    email = SealedField(blank=True)
    address = SealedField(blank=True)
    wechat = SealedField(blank=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    salt = models.BinaryField(default=fresh_salt)
    agreed = models.BooleanField("同意回访", default=True)
    erased_on = models.DateField(null=True)

    objects = CitizenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"群众{self.pk}"

    @property
    def identity(self) -> dict[str, str]:
        """Who the citizen is, in the clear: for acts that may open the seal."""
        return {name: getattr(self, name) for name in IDENTITY}

    @property
    def masked(self) -> str:
        """Surname and the phone's first three and last four digits, for those who may see no more."""
        return " ".join(part for part in (mask_name(self.name), mask_phone(self.phone)) if part)

    @property
    def reachable(self) -> bool:
        """Whether there is a way to reach the citizen."""
        return bool(self.agreed and not self.erased_on and (self.phone_index or self.email))


class BatchQuerySet(models.QuerySet["Batch"]):
    def seen_by(self, person: Person) -> Self:
        """Batches of the rounds the person sees."""
        return self.filter(round__in=Round.objects.seen_by(person))

    def unfinished(self) -> Self:
        """Files that wait for a person or for the worker."""
        return self.filter(state__in=[BatchState.WAITING, BatchState.RUNNING])


class Batch(models.Model):
    """批次: one file taken in, with what came of its rows."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    channel = models.CharField("渠道", max_length=20, choices=Channel.choices)
    source = models.CharField("来源名称", max_length=60, blank=True)
    file_name = models.CharField("文件名", max_length=200)
    stored = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64)
    mapping = models.JSONField("列对应", default=dict)
    state = models.CharField("状态", max_length=12, choices=BatchState.choices, default=BatchState.WAITING)
    total = models.PositiveIntegerField("行数", default=0)
    done = models.PositiveIntegerField("已读", default=0)
    fresh = models.PositiveIntegerField("新收", default=0)
    known = models.PositiveIntegerField("已有", default=0)
    begun_on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    problem = models.CharField("问题", max_length=300, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def channel_word(self) -> str:
        """The channel in the reader's language."""
        return Channel.word_of(self.channel)

    @property
    def path(self) -> Path:
        """Where the file lies, under an own name, until it is read to its end."""
        return Path(settings.MEDIA_ROOT) / "batches" / self.stored

    @property
    def facts(self) -> dict[str, int | str]:
        """What came of it, for the journal and for the last line of the command."""
        bad = self.bad_rows.count()
        return {"file": self.file_name, "rows": self.total, "fresh": self.fresh, "known": self.known, "bad": bad}


class BadRow(models.Model):
    """坏行: a row that could not be taken in: its number in the file and why."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="bad_rows")
    row = models.PositiveIntegerField("行号")
    reason = models.CharField("原因", max_length=200)

    class Meta:
        ordering: ClassVar = ["row"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "row"], name="bad_row_named_once")]

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def seen_by(self, person: Person) -> Self:
        """Submissions of the rounds the person sees; a handling unit sees none."""
        return self.filter(round__in=Round.objects.seen_by(person))

    def saying(self, words: str) -> Self:
        """Those whose title, text or place contains the words."""
        return self.filter(Q(title__icontains=words) | Q(text__icontains=words) | Q(place__icontains=words))

    def with_later(self) -> Self:
        """Each with `later`, how many afterwords of its citizen wait for an answer."""
        return self.annotate(later=Count("afterwords", filter=Q(afterwords__answered_on=None)))


class Submission(models.Model):
    """来件: what one citizen said once, as received (counted in 宗)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    channel = models.CharField("渠道", max_length=20, choices=Channel.choices)
    source_number = models.CharField("来源编号", max_length=60, blank=True)
    said_at = models.DateTimeField("反映时间", null=True)
    title = models.CharField("标题", max_length=200, blank=True)
    text = models.TextField("内容")
    place = models.CharField("地点", max_length=200, blank=True)
    north = models.FloatField("北纬", null=True)
    east = models.FloatField("东经", null=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name="区划")
    source_class = models.CharField("来源分类", max_length=120, blank=True)
    citizen = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="submissions")
    confidential = models.BooleanField("举报保密", default=False)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField("收件日期")
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    receipt = models.CharField("回执码", max_length=16, unique=True)
    content = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    like = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="同文来件")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "channel", "source_number"], condition=~Q(source_number=""), name="submission_source_number_once"
            ),
            models.UniqueConstraint(
                fields=["round", "channel", "content"], condition=Q(source_number=""), name="submission_without_number_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "words"], name="submission_same_words")]

    def __str__(self) -> str:
        return f"来件{self.pk}"

    @property
    def point(self) -> str:
        """The point on the map that the citizen gave, as a map takes it; empty without one."""
        return f"{self.north:.4f},{self.east:.4f}" if self.north is not None and self.east is not None else ""

    @property
    def in_danger(self) -> bool:
        """Whether the words name a danger to life."""
        return in_danger(f"{self.title}{self.text}", self.round.rules.speaking["danger"])

    @property
    def channel_word(self) -> str:
        """The channel in the reader's language."""
        return Channel.word_of(self.channel)

    def veiled(self, text: str) -> str:
        """Something the citizen wrote, with what is personal starred and the citizen's own name cut to the surname."""
        return shield(text, [self.citizen.name] if self.citizen else [])

    @property
    def shown(self) -> str:
        """The words for those who need not know who said them."""
        return self.veiled(self.text)

    @property
    def headed(self) -> str:
        """The title for those who need not know who said it."""
        return self.veiled(self.title)

    @property
    def spot(self) -> str:
        """The place the citizen named, a home's door starred."""
        return self.veiled(self.place)


class Mapping(models.Model):
    """列对应: how one source names its columns, remembered for the next file."""

    channel = models.CharField(max_length=20, choices=Channel.choices)
    source = models.CharField("来源名称", max_length=60)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "source"], name="mapping_once_a_source")]

    def __str__(self) -> str:
        return f"{self.channel} {self.source}"


class Token(models.Model):
    """一次: the hidden token of a form or a client's key: the same click twice does one thing."""

    key = models.CharField(max_length=80, unique=True)
    body = models.CharField(max_length=64)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    on = models.DateField()

    def __str__(self) -> str:
        return self.key
