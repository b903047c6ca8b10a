"""联系规则: result codes and times of day as the rulebook has them, and when to try next."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from mianduimian.lookback.rules.words import Outcome, Reached
from mianduimian.mechanism import Rulebook
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _, say

SAME_CALL = timedelta(minutes=5)  # the back button takes seconds; nobody tries again so soon with the same result
USUAL = (  # the words of the shipped rulebooks' codes and times of day; a city's own stand as it wrote them
    _("已接通"), _("无人接听"), _("占线"), _("关机或停机"), _("空号或号码有误"), _("不是本人"), _("拒绝回访"), _("约定再联系"),
    _("上午"), _("下午"), _("傍晚"),
)  # fmt: skip


@dataclass(frozen=True)
class Code:
    """结果代码: a city's own word for how an attempt ended, and what it comes to."""

    key: str
    word: str
    comes_to: str


@dataclass(frozen=True)
class Period:
    """时段 of a day, from an hour until before another."""

    key: str
    word: str
    begins: int
    ends: int

    @property
    def said(self) -> str:
        """The word in the reader's language."""
        return say(self.word)


def codes(rulebook: Rulebook) -> list[Code]:
    """The result codes of a rulebook, in its order."""
    return [Code(**code) for code in rulebook.visit["results"]]


def code_of(key: str, rulebook: Rulebook) -> Code:
    """The code of this key; an unknown one is refused."""
    found = next((code for code in codes(rulebook) if code.key == key), None)
    if found is None:
        raise Refused(_("没有“%(key)s”这个联系结果。"), key=key)
    return found


def code_word(key: str, rulebook: Rulebook) -> str:
    """The word of a code in the reader's language; one that is no longer listed is shown as it is."""
    return say(next((code.word for code in codes(rulebook) if code.key == key), key))


def periods(rulebook: Rulebook) -> list[Period]:
    """The times of day of a rulebook, in its order."""
    return [Period(**period) for period in rulebook.visit["times"]]


def period_of(hour: int, rulebook: Rulebook) -> Period | None:
    """In which time of day an hour lies; outside all of them in none."""
    return next((period for period in periods(rulebook) if period.begins <= hour < period.ends), None)


def next_period(hours: Iterable[int], rulebook: Rulebook) -> Period:
    """When to try next: the time of day tried least so far and, of those, another than the last."""
    tried = [period.key for hour in hours if (period := period_of(hour, rulebook))]
    last = tried[-1] if tried else ""
    return min(periods(rulebook), key=lambda period: (tried.count(period.key), period.key == last))


def exhausted(attempts: int, rulebook: Rulebook) -> bool:
    """Whether enough attempts are on record that a citizen counts as not reached: rulebook.visit.attempts."""
    return attempts >= rulebook.visit["attempts"]


def outcome(*, answered: bool, reachable: bool, results: Collection[str], rulebook: Rulebook, passed: bool = False) -> Outcome:
    """Where one visit stands; who declines is not asked again; in a turn that has passed nobody waits any more."""
    if answered:
        return Outcome.REACHED
    if not reachable:
        return Outcome.NO_CONTACT
    spent = Reached.REFUSED in results or exhausted(len(results), rulebook)
    if spent:
        return Outcome.UNREACHED
    return Outcome.PASSED if passed else Outcome.WAITING
