"""照片: what a citizen photographed, as it was painted anew; the file as it came is never kept."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from mianduimian.intake.models.afterwords import Afterword
from mianduimian.intake.models.submissions import Submission


class Photo(models.Model):
    """照片: one photograph of a submission, under a name of our own."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="photos")
    afterword = models.ForeignKey(Afterword, models.PROTECT, null=True, related_name="photos")
    stored = models.CharField(max_length=80, unique=True)
    digest = models.CharField(max_length=64)
    on = models.DateField("日期")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["submission", "digest"], name="photo_once_a_submission")]

    def __str__(self) -> str:
        return f"照片{self.pk}"

    @property
    def path(self) -> Path:
        """Where the picture lies."""
        return Path(settings.MEDIA_ROOT) / self.stored
