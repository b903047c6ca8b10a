"""公开: whose names stand behind an appeal, so that no public text carries one."""

from collections.abc import Iterable

from mianduimian.triage.models import Part


def voices(appeals: Iterable[int]) -> dict[int, set[str]]:
    """Appeal → the names of those who spoke for it, so that no public text carries one."""
    names: dict[int, set[str]] = {}
    parts = Part.objects.live().filter(appeal__in=appeals, submission__citizen__isnull=False)
    for part in parts.select_related("submission__citizen"):
        if part.appeal_id and part.submission.citizen:
            names.setdefault(part.appeal_id, set()).add(part.submission.citizen.name)
    return names
