"""纪要提醒: minutes that are not issued in time are asked for, once a step."""

from typing import ClassVar

from django.db import models

from mianduimian.meeting.models.meetings import Meeting


class MinutesReminder(models.Model):
    """提醒: so many working days after the meeting its minutes were still missing."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="reminders")
    after = models.PositiveSmallIntegerField("会后工作日数")
    on = models.DateField("提醒日期")

    class Meta:
        ordering: ClassVar = ["after"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "after"], name="minutes_reminded_once_a_step")]

    def __str__(self) -> str:
        return f"{self.meeting} {self.after}"
