"""副本: where later rooms keep what a citizen said; each room names its own here, so that erasing a person reaches them all."""

from collections.abc import Callable, Iterable
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


@dataclass(frozen=True)
class Index:
    """One table whose columns are derived from other words for searching, and how a word stands in it."""

    model: type[models.Model]
    columns: tuple[str, ...]
    written: Callable[[str], str]

    def naming(self, known: Iterable[str]) -> models.QuerySet[models.Model]:
        """The rows in which any of these words stands."""
        any_of = models.Q()
        for word in filter(None, map(self.written, known)):
            for column in self.columns:
                any_of |= models.Q(**{f"{column}__contains": word})
        return self.model._default_manager.filter(any_of).order_by("pk") if any_of else self.model._default_manager.none()


_indexes: list[Index] = []


def indexed(model: type[models.Model], *columns: str, written: Callable[[str], str]) -> None:
    """A later room says which words it keeps for searching; it derives them anew from what is left."""
    _indexes.append(Index(model, columns, written))


def indexes() -> Iterable[Index]:
    """Every index that was named."""
    return tuple(_indexes)


@dataclass(frozen=True)
class Address:
    """One table of e-mail addresses that a later room writes to, knowing the address and not the person."""

    model: type[models.Model]
    found: Callable[[str], models.Q]
    wiped: tuple[str, ...]
    ended: str

    def of(self, email: str) -> models.QuerySet[models.Model]:
        """The rows by which this address is still written to."""
        standing = self.model._default_manager.filter(**{self.ended: None})
        return standing.filter(self.found(email)) if email else standing.none()


_addresses: list[Address] = []


def addressed(model: type[models.Model], *wiped: str, ended: str, found: Callable[[str], models.Q]) -> None:
    """A later room says to which addresses it writes."""
    _addresses.append(Address(model, found, wiped, ended))


def addresses() -> Iterable[Address]:
    """Every table of addresses that was named."""
    return tuple(_addresses)
