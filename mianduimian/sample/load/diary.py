"""日记: what is to be done on which day; done day by day, each day one transaction, and what is done may add to later days."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush

from mianduimian.journal.acts import act
from mianduimian.ledger.acts import together
from mianduimian.publication.jobs import tell

Deed = Callable[[date], object]
EVENING = 1


@dataclass
class Diary:
    """Everything still to be done, in the order of the days and, within a day, in the order it was written down."""

    begins: date
    until: date
    waiting: list[tuple[date, int, int, Deed]] = field(default_factory=list)
    written: int = 0
    done: int = 0

    def write(self, on: date, deed: Deed, *, late: bool = False) -> None:
        """Put a deed under a day; what lies beyond today does not happen."""
        if on <= self.until:
            self.written += 1
            heappush(self.waiting, (on, EVENING if late else 0, self.written, deed))

    def live(self) -> Iterator[int]:
        """Live every day to its end, then tell the citizens what it brought; yields how many per cent are done."""
        while self.waiting:
            on = self.waiting[0][0]
            self._day(on)
            tell(on)
            yield 100 * self.done // self.written

    @act
    def _day(self, on: date) -> None:
        while self.waiting and self.waiting[0][0] == on:
            late = self.waiting[0][1]
            with nullcontext() if late else together():
                self._deeds(on, late)

    def _deeds(self, on: date, late: int) -> None:
        while self.waiting and self.waiting[0][:2] == (on, late):
            *_place, deed = heappop(self.waiting)
            deed(on)
            self.done += 1
