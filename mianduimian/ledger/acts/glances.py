"""一览的更新: what is derived of a matter is written with every act on it, taken over from earlier rooms, and derived anew."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from mianduimian.journal.acts import act
from mianduimian.journal.models import Head
from mianduimian.ledger.models import Glance, Mark, Matter, Words, behind, compare, spans, touched, turnings, unclosed
from mianduimian.people.models import Person

_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Within this block of one transaction no line is derived at once; each changed one is derived a single time at its end."""
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    look_anew(Matter.objects.filter(pk__in=waiting).only("pk"))


def look_anew(matters: Iterable[Matter]) -> list[str]:
    """Derive these matters' lines; what differs from what is kept is written and named."""
    keys = [matter.pk for matter in matters]
    if (waiting := _waiting.get()) is not None:
        waiting.update(keys)
        return []
    fresh = compare(keys)
    _write(Glance, [one.glance for one in fresh if one.moved])
    _write(Words, [one.words for one in fresh if one.resaid])
    return [str(one) for one in fresh if one.moved or one.resaid]


def _write(model: type[Glance] | type[Words], rows: list[Glance] | list[Words]) -> None:
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["matter"], update_fields=names)  # type: ignore[arg-type]


@act
def follow(*, by: Person, on: date) -> int:
    """Take over what earlier rooms changed since the mark: an appeal reworded or grown, a work plan issued."""
    by.must("ledger.calendar")
    last = Head.objects.values_list("count", flat=True).first() or 0
    mark = Mark.objects.select_for_update().first()
    if mark is None:
        changed = _all()
    elif mark.number == last:
        return 0
    else:
        changed = len(look_anew(touched(behind())))
    Mark.objects.update_or_create(pk=1, defaults={"number": last})
    return changed


@act
def renew(*, by: Person, on: date) -> int:
    """Derive every line anew, and say how many were not what they should be."""
    by.must("ledger.calendar")
    return _all()


def _all() -> int:
    return sum(len(look_anew(Matter.objects.filter(pk__range=span).only("pk"))) for span in spans())


@act
def relight(*, among: tuple[int, int] | None = None, by: Person, on: date) -> list[str]:
    """Judge every light of what is not closed anew; the matters whose kept days were wrong are put right and named."""
    by.must("ledger.calendar")
    wrong = []
    for first, last in unclosed() if among is None else [among]:
        days = turnings(first, last)
        kept = Glance.objects.filter(pk__gte=first, pk__lte=last)
        for pk, number, *shone in kept.order_by().values_list("pk", "number", "yellow_from", "red_from"):
            now = [days[pk].yellow_from, days[pk].red_from]
            if shone != now:
                kept.filter(pk=pk).update(yellow_from=now[0], red_from=now[1])
                wrong.append(number)
    return wrong
