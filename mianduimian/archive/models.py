"""存档: papers kept as issued, version after version, and the wording of their fixed sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from django.db import models

from mianduimian.archive import store
from mianduimian.archive.rules import Kind, Sentence, missing, sentences
from mianduimian.people.models import Person, Region
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _, say


class DocumentQuerySet(models.QuerySet["Document"]):
    def of(self, subject: models.Model) -> Self:
        """The papers kept about one thing, the newest version first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by("-version", "-pk")

    def seen_by(self, person: Person) -> Self:
        """Papers of the regions in which the person's posts reach."""
        return self.filter(region__in=person.region_codes)

    def matching(self, *, kind: str = "", words: str = "") -> Self:
        """Papers of a kind whose number or title holds the words."""
        found = self.filter(kind=kind) if kind else self
        return found.filter(models.Q(number__contains=words) | models.Q(title__contains=words)) if words else found


class Document(models.Model):
    """公文存档: one version of one issued paper: its bytes by their SHA-256, what it is about, who issued it when."""

    kind = models.CharField("种类", max_length=12, choices=Kind.choices, db_index=True)
    number = models.CharField("文号", max_length=40, db_index=True)
    version = models.PositiveSmallIntegerField("版次", default=1)
    title = models.CharField("标题", max_length=200)
    subject_type = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区划")
    digest = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("字节数")
    pdf_digest = models.CharField("PDF 的 SHA-256", max_length=64, blank=True)
    struck_on = models.DateField("涂去个人信息的日期", null=True)
    struck_digest = models.CharField("涂去后的 SHA-256", max_length=64, blank=True)
    sealed_digest = models.CharField("封存原件的 SHA-256", max_length=64, blank=True)
    on = models.DateField("存档日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "version"], name="document_version_once"),
            models.UniqueConstraint(fields=["number", "version"], name="document_number_once_a_version"),
            models.CheckConstraint(
                condition=models.Q(struck_on=None, struck_digest="", sealed_digest="")
                | models.Q(struck_on__isnull=False) & ~models.Q(struck_digest="") & ~models.Q(sealed_digest=""),
                name="document_struck_on_a_day_with_its_original_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def kind_word(self) -> str:
        """The kind in the reader's language."""
        return Kind.word_of(self.kind)

    @property
    def short(self) -> str:
        """The beginning of its SHA-256, as people compare it."""
        return self.digest[:12]

    @property
    def handed(self) -> str:
        """Which file is handed out: as issued, or with somebody's identity struck."""
        return self.struck_digest or self.digest

    @property
    def files(self) -> list[str]:
        """Every file that must be there."""
        return list(filter(None, (self.sealed_digest or self.digest, self.struck_digest, self.pdf_digest)))


class WordingQuerySet(models.QuerySet["Wording"]):
    def of(self, sentence: Sentence, region: Region) -> Self:
        """How a region has worded a sentence, the newest first."""
        return self.filter(kind=sentence.kind, key=sentence.key, region=region).order_by("-version")


class Wording(models.Model):
    """措辞: one version of a fixed sentence, for the papers of a region and of all below it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区划")
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField("版次")
    text = models.TextField("措辞")
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "kind", "key", "version"], name="wording_version_once"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


@dataclass(frozen=True)
class Words:
    """The fixed sentences of one kind of paper as a region says them now."""

    kind: str
    texts: dict[str, str]

    def say(self, key: str, /, **words: object) -> str:
        """One sentence with its blanks filled."""
        return sentences()[self.kind][key].filled(self.texts[key], words)


def wording(kind: Kind, region: Region) -> Words:
    """The newest wording of the region, else of the region above it, else as the house ships it."""
    texts = {key: sentence.text for key, sentence in sentences()[kind].items()}
    said: dict[str, dict[str, str]] = {}
    for one in Wording.objects.filter(kind=kind).order_by("version"):
        said.setdefault(one.region_id, {})[one.key] = one.text
    for code in reversed([*_upward(region)] if said else []):
        texts |= said.get(code, {})
    return Words(kind, texts)


def _upward(region: Region | None) -> Iterator[str]:
    while region is not None:
        yield region.pk
        region = region.parent


@dataclass(frozen=True)
class Fault:
    """What is wrong with a kept paper, or which number is missing."""

    number: str
    words: str


def faults() -> Iterator[Fault]:
    """Walk all kept papers: every file must be there and unchanged, and no number may be missing."""
    kept: set[str] = set()
    for document in Document.objects.order_by("pk").iterator(chunk_size=1000):
        kept.add(document.number)
        for digest in document.files:
            try:
                store.get(digest)
            except Refused as refused:
                yield Fault(document.number, str(refused))
        if document.struck_on and store.holds(document.digest):
            words = say(_("原件已封存，未封存的文件却还在，请删去（SHA-256 %(digest)s）。"))
            yield Fault(document.number, words % {"digest": document.digest})
    yield from (Fault(number, "") for number in missing(kept))
