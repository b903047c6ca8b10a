"""时钟规则: in which slot a job is due, which slots were missed, and when a run that stopped may be taken over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mianduimian.vocabulary import Term, _

LEASE = timedelta(minutes=15)  # after so long without an end a run counts as stopped
AGAIN = timedelta(minutes=5)  # so long after a failure it is tried again
TRIES = 5
MOST = 400  # so many missed slots are named; what is older is not


class Every(Term):
    """间隔."""

    DAY = "day", _("每天")
    HOUR = "hour", _("每小时")
    MINUTE = "minute", _("每分钟")


STEP = {Every.DAY: timedelta(days=1), Every.HOUR: timedelta(hours=1), Every.MINUTE: timedelta(minutes=1)}
FORM = {Every.DAY: "%Y-%m-%d", Every.HOUR: "%Y-%m-%dT%H", Every.MINUTE: "%Y-%m-%dT%H:%M"}


class State(Term):
    """运行结果."""

    RUNNING = "running", _("正在运行")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")
    MADE_UP = "made_up", _("错过，已补做")


@dataclass(frozen=True)
class Job:
    """作业: its key and word, how often it is due, and what it does on a day, told in one countable line."""

    key: str
    word: str
    every: Every
    work: Callable[[date], str]


def slot(every: Every, at: datetime) -> str:
    """The slot in which a moment lies; `at` is local time."""
    return at.strftime(FORM[every])


def begins(every: Every, slot: str) -> datetime:
    """When a slot begins, in local time."""
    return datetime.strptime(slot, FORM[every])  # noqa: DTZ007 a slot is named in the house's own time


def missed(every: Every, last: str, now: str) -> list[str]:
    """The slots between the last one that was run and this one, the oldest first."""
    found, at, until = [], begins(every, last) + STEP[every], begins(every, now)
    while at < until:
        found.append(at.strftime(FORM[every]))
        at += STEP[every]
    return found[-MOST:]


def may_take_over(state: str, tries: int, since: timedelta, dead: bool) -> bool:
    """Whether a slot that somebody began may be begun again: stopped for long, its process dead, or failed a while ago."""
    if state == State.RUNNING:
        return dead or since > LEASE
    return state == State.FAILED and tries < TRIES and since >= AGAIN
