"""公开: whose names stand behind an appeal, so that no public text carries one."""

from collections.abc import Iterable

from mianduimian.triage.models import Part


def voices(appeals: Iterable[int]) -> dict[int, set[str]]:
    """Appeal → the names of those who spoke for it, so that no public text carries one."""
    names: dict[int, set[str]] = {}
    parts = Part.objects.live().filter(appeal__in=appeals, submission__citizen__isnull=False)
    for appeal, name in parts.order_by().values_list("appeal", "submission__citizen__name"):
        names.setdefault(appeal, set()).add(name)
    return names
