"""No table points forward, no earlier table can reach a later one, and nothing that is pointed to can be deleted."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Field, Model

from tests.house.plan import DELETIONS
from tests.house.reading import may_see


def _target_room(field: Field) -> str:
    target = field.remote_field.model
    if isinstance(target, str):
        return target.split(".")[0] if "." in target else field.model._meta.app_label
    return target._meta.app_label


def _field_faults(field: Field) -> list[str]:
    room, target = field.model._meta.app_label, _target_room(field)
    name = f"{field.model._meta.label}.{field.name}"
    found = []
    if not may_see(room, target):
        found.append(f"{name} points forward to {target}")
    if room != target and not field.remote_field.hidden:
        found.append(f"{name} gives {target} a name to reach forward by: related_name must be '+'")
    if not field.many_to_many and field.remote_field.on_delete is not models.PROTECT and name not in DELETIONS:
        found.append(f"{name} does not PROTECT what it points to")
    return found


def faults(tables: Iterable[type[Model]]) -> list[str]:
    """Every foreign key, one-to-one and many-to-many that breaks the rule."""
    fields = [field for table in tables for field in (*table._meta.local_fields, *table._meta.local_many_to_many)]
    generic = [
        f"{table._meta.label}.{field.name} may point anywhere"
        for table in tables
        for field in table._meta.private_fields
        if field.is_relation
    ]
    return [fault for field in fields if field.is_relation for fault in _field_faults(field)] + generic
