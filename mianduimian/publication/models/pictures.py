"""公开图片: a photograph before or after for everybody, boxed by one hand, released by another; the original stays inside."""

from pathlib import Path
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from mianduimian.ledger.models import Evidence, Matter
from mianduimian.ledger.rules import Moment
from mianduimian.people.models import Person
from mianduimian.publication.models.drafts import Draft
from mianduimian.publication.models.releases import Release
from mianduimian.solicitation.models import Round


class PictureQuerySet(models.QuerySet["Picture"]):
    def of(self, round: Round) -> Self:
        """The pictures of a round's matters."""
        return self.filter(evidence__matter__appeal__round=round)

    def waiting(self) -> Self:
        """Pictures that wait for a second hand."""
        return self.filter(released_on=None, withdrawn_on=None)

    def paired(self) -> Self:
        """Matter by matter, those first of which an after is shown too."""
        standing = Picture.objects.filter(released_on__isnull=False, withdrawn_on=None, evidence__moment=Moment.AFTER)
        after = standing.filter(evidence__matter=OuterRef("evidence__matter"))
        return self.annotate(whole=Exists(after)).order_by("-whole", "evidence__matter", "pk")

    def shown(self) -> Self:
        """What everybody may see now: released, not withdrawn, of a matter whose words are public on a page that is open."""
        words = Draft.objects.shown().filter(matter=OuterRef("evidence__matter"))
        page = Release.objects.filter(withdrawn_on=None, round=OuterRef("evidence__matter__appeal__round"))
        return self.filter(Exists(words), Exists(page), released_on__isnull=False, withdrawn_on=None)


class Picture(models.Model):
    """公开图片: a new file in which what was boxed is painted over, and the words beneath it."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    caption = models.CharField("图片说明", max_length=120)
    boxes = models.JSONField("涂盖", default=list)
    stored = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    on = models.DateField("备图日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    released_on = models.DateField("公开日期", null=True)
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField("撤回日期", null=True)
    withdrawn_why = models.CharField("撤回理由", max_length=200, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("by")), name="picture_released_by_a_second_hand"
            ),
            models.CheckConstraint(
                condition=Q(released_by=None, released_on=None) | Q(released_by__isnull=False, released_on__isnull=False),
                name="picture_released_by_someone_some_day",
            ),
            models.CheckConstraint(condition=Q(withdrawn_on=None) | ~Q(withdrawn_why=""), name="picture_withdrawal_says_why"),
            models.UniqueConstraint(fields=["evidence"], condition=Q(withdrawn_on=None), name="picture_stands_once"),
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def matter(self) -> Matter:
        """The matter it shows."""
        return self.evidence.matter

    @property
    def moment_word(self) -> str:
        """Before or after, in the reader's language."""
        return self.evidence.moment_word

    def path(self, *, small: bool = False) -> Path:
        """Where the file lies."""
        return Path(settings.MEDIA_ROOT) / f"{self.stored}{'.small' if small else ''}.jpg"


def inner_file(evidence: Evidence) -> Path:
    """Where the office's own copy of a photograph lies, already without place and camera."""
    return Path(settings.MEDIA_ROOT) / f"{evidence.stored}.shown"
