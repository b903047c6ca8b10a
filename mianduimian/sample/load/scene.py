"""场景: what the loading knows while it goes on: the days, the people, the round and what has come of it."""

from dataclasses import dataclass, field
from datetime import date

from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person
from mianduimian.sample.load.cast import Cast
from mianduimian.sample.load.diary import Diary
from mianduimian.sample.schedule import Schedule
from mianduimian.sample.truth import Truth
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal


@dataclass
class Scene:
    """One loading: appeals and matters by the key of their truth, the earlier round's appeals too."""

    days: Schedule
    cast: Cast
    diary: Diary
    truths: dict[str, Truth]
    rounds: dict[str, Round] = field(default_factory=dict)
    appeals: dict[str, Appeal] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.days.today

    @property
    def round(self) -> Round:
        """The round the sample is about."""
        return self.rounds["main"]

    def handler(self, key: str) -> Person:
        """Who handles a matter for the unit that leads it now."""
        return self.cast.handlers[self.leads[key]]
