"""副本: where later rooms keep what a citizen said; each room names its own here, so that erasing a person reaches them all."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from mianduimian.intake.models.submissions import Citizen


@dataclass(frozen=True)
class Copy:
    """One table with columns in which a citizen may be named, and by which path its rows lead to the citizen."""

    model: type[models.Model]
    columns: tuple[str, ...]
    citizen: str

    def of(self, citizen: Citizen) -> models.QuerySet[models.Model]:
        """The rows that lead to this citizen."""
        mine = self.model._default_manager.filter(**{self.citizen: citizen}).order_by().values("pk")
        return self.model._default_manager.filter(pk__in=mine).order_by("pk")


_copies: list[Copy] = []


def copied(model: type[models.Model], *columns: str, citizen: str) -> None:
    """A later room says where it keeps citizens' words."""
    _copies.append(Copy(model, columns, citizen))


def copies() -> Iterable[Copy]:
    """Every place that was named."""
    return tuple(_copies)
