"""机器梳理: a reading goes step by step and each step is kept; who kills the worker loses at most the step it was in."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from threading import Event, Thread

from django.db import OperationalError, connections
from django.db.models.functions import Now

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Overtaken, Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage import machine
from mianduimian.triage.acts.parts import take_up
from mianduimian.triage.acts.proposals import keep_classes, propose
from mianduimian.triage.acts.step import Step
from mianduimian.triage.models import Reading
from mianduimian.triage.rules import TRIES, Run, Stage
from mianduimian.vocabulary import _

CHUNK = 200  # texts a step
BEAT = 5.0  # seconds between two signs of life


class Lost(Exception):
    """The reading was stopped, or another worker has taken it up: this one stops without a word."""


@act
def ask(round: Round, *, by: Person, on: date) -> Reading:
    """Ask the machine to read a round; who asks again while it reads gets the same reading."""
    step = Step("ask", round.pk, by=by, on=on)
    going = Reading.objects.filter(round=step.round, state__in=[Run.WAITING, Run.RUNNING]).first()
    if going:
        return going
    reading = Reading.objects.create(round=step.round, asked_by=by, asked_on=on)
    Reading.objects.filter(pk=reading.pk).update(asked_at=Now())
    record("triage.ask", step.round, by=by, on=on, now={"reading": reading.pk})
    return reading


@act
def stop(reading: Reading, *, by: Person, on: date) -> Reading:
    """Stop a reading; what it has read so far is kept, and it can be gone on with."""
    reading = _locked(reading, "stop", by=by, on=on)
    if reading.state not in (Run.WAITING, Run.RUNNING):
        raise Refused(_("这次梳理没有在读（%(state)s），不用停。"), state=reading.state_word)
    return _set(reading, "stop", by=by, on=on, state=Run.STOPPED, holder="")


@act
def resume(reading: Reading, *, by: Person, on: date) -> Reading:
    """Let a reading that stopped, broke off or was left by its worker be gone on with where it was."""
    reading = _locked(reading, "resume", by=by, on=on)
    if reading.state == Run.DONE:
        raise Refused(_("这次梳理已经读完，不用继续；有新的来件，请机器再梳理一遍。"))
    if reading.state in (Run.WAITING, Run.RUNNING) and not Reading.objects.silent().filter(pk=reading.pk).exists():
        raise Overtaken(_("后台正在读，不用接手。"))
    fresh = {"state": Run.WAITING, "holder": "", "heard_at": None, "asked_at": Now(), "tries": 0, "problem": ""}
    return _set(reading, "resume", by=by, on=on, **fresh)


@act
def revive(*, by: Person, on: date) -> list[Reading]:
    """Queue again what a dead worker left behind; what broke off too often waits for a person."""
    by.must("triage.revive")
    left = Reading.objects.silent().filter(state=Run.RUNNING).select_for_update(no_key=True).order_by("pk")
    revived = []
    for reading in left:
        if reading.tries < TRIES:
            waiting = {"state": Run.WAITING, "holder": "", "heard_at": None, "asked_at": Now()}
            revived.append(_set(reading, "revive", by=by, on=on, **waiting))
        else:
            problem = str(Refused(_("后台作业接连%(tries)s次没有读完，请系统管理员查看日志后再继续。"), tries=reading.tries))
            _set(reading, "revive", by=by, on=on, state=Run.BROKEN, holder="", problem=problem)
    return revived


def go_on(reading: Reading, *, by: Person, on: date) -> Reading:
    """Work on a reading to its end, or until it is stopped or taken over: each step is an act of its own."""
    holder = secrets.token_hex(16)
    if not _claim(reading, holder, by=by, on=on):
        return Reading.objects.get(pk=reading.pk)
    try:
        with _beating(reading.pk, holder):
            while (reading := Reading.objects.select_related("round").get(pk=reading.pk)).state != Run.DONE:
                STEPS[Stage(reading.stage)](reading, holder, by, on)
    except Lost:
        return Reading.objects.get(pk=reading.pk)
    except BaseException:
        _break_off(reading, holder, by=by, on=on)
        raise
    return reading


@act
def _claim(reading: Reading, holder: str, *, by: Person, on: date) -> bool:
    """Take a reading up, if it waits or nobody is heard of it any more."""
    reading = Reading.objects.select_for_update(no_key=True).get(pk=reading.pk)
    left = Reading.objects.silent().filter(pk=reading.pk).exists()
    if reading.state != Run.WAITING and not (reading.state == Run.RUNNING and left):
        return False
    _write(reading, state=Run.RUNNING, holder=holder, heard_at=Now(), tries=reading.tries + 1)
    return True


def _collect(reading: Reading, holder: str, by: Person, on: date) -> None:
    """First step: every new submission gets its part."""
    _collected(reading, holder, by=by, on=on)


@act
def _collected(reading: Reading, holder: str, *, by: Person, on: date) -> None:
    _mine(reading, holder)
    take_up(reading.round, by=by, on=on)
    _write(reading, stage=Stage.CLASSES, texts=0, total=machine.unread(reading.round).count(), heard_at=Now())


def _classify(reading: Reading, holder: str, by: Person, on: date) -> None:
    """Second step, as often as there are texts left: the classes of the next texts; nothing is locked while the machine reads."""
    parts = list(machine.unread(reading.round, after=reading.last)[:CHUNK])
    _classified(reading, holder, machine.classes(parts), parts[-1].pk if parts else reading.last, by=by, on=on)


@act
def _classified(
    reading: Reading, holder: str, classes: dict[int, tuple[str, float]], last: int, *, by: Person, on: date
) -> None:
    _mine(reading, holder)
    keep_classes(classes)
    stage = Stage.CLASSES if len(classes) == CHUNK else Stage.GROUPS
    _write(reading, stage=stage, texts=reading.texts + len(classes), last=last, heard_at=Now())


def _group(reading: Reading, holder: str, by: Person, on: date) -> None:
    """Last step: what says the same, put before a person."""
    _grouped(reading, holder, machine.group(reading.round), by=by, on=on)


@act
def _grouped(reading: Reading, holder: str, found: machine.Findings, *, by: Person, on: date) -> None:
    _mine(reading, holder)
    proposals = propose(reading.round, findings=found, by=by, on=on)
    _write(reading, state=Run.DONE, holder="", finished_on=on, proposals=len(proposals), heard_at=Now())


STEPS = {Stage.TAKE_UP: _collect, Stage.CLASSES: _classify, Stage.GROUPS: _group}


@act
def _break_off(reading: Reading, holder: str, *, by: Person, on: date) -> None:
    """Leave word that a reading broke off and where; it can be gone on with."""
    if not Reading.objects.select_for_update(no_key=True).filter(pk=reading.pk, holder=holder).exists():
        return
    problem = str(Refused(_("“%(stage)s”这一步出错，已记入日志；已读的都在。"), stage=reading.stage_word))
    _set(reading, "break_off", by=by, on=on, state=Run.BROKEN, holder="", problem=problem)


@contextmanager
def _beating(reading: int, holder: str) -> Iterator[None]:
    """Give a sign of life every few seconds, also while one step takes minutes."""
    over = Event()

    def beat() -> None:
        while not over.wait(BEAT):
            _sign_of_life(reading, holder)
        connections.close_all()

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _sign_of_life(reading: int, holder: str) -> None:
    with suppress(OperationalError):  # a database that is busy hears the next one
        Reading.objects.filter(pk=reading, holder=holder).update(heard_at=Now())


def _mine(reading: Reading, holder: str) -> None:
    """Lock the reading, or give up when it is no longer in this worker's hands."""
    if not Reading.objects.select_for_update(no_key=True).filter(pk=reading.pk, holder=holder).exists():
        raise Lost


def _locked(reading: Reading, verb: str, *, by: Person, on: date) -> Reading:
    Step(verb, reading.round_id, by=by, on=on)
    return Reading.objects.select_for_update(no_key=True, of=("self",)).select_related("round").get(pk=reading.pk)


def _set(reading: Reading, verb: str, *, by: Person, on: date, **fields: object) -> Reading:
    was, texts = reading.state, reading.texts
    _write(reading, **fields)
    found = Reading.objects.select_related("round").get(pk=reading.pk)
    record(f"triage.{verb}", found.round, by=by, on=on, was={"state": was}, now={"reading": found.pk, "texts": texts})
    return found


def _write(reading: Reading, **fields: object) -> None:
    Reading.objects.filter(pk=reading.pk).update(**fields)
