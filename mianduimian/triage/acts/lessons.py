"""学习: the machine learns from people's decisions when a person asks; a person adopts what it learnt, or goes back."""

import hashlib
import os
from datetime import date
from pathlib import Path

from django.db.models.functions import Now

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.text.verdict import Kind, Step
from mianduimian.triage import learning
from mianduimian.triage.models import Lesson, changed_by
from mianduimian.triage.rules import Run
from mianduimian.vocabulary import _


@act
def learn(kind: str, *, by: Person, on: date) -> Lesson:
    """Ask the machine to learn from the decisions so far; who asks again while it learns gets the same lesson."""
    _must_reach_all(by)
    for left in Lesson.objects.silent().filter(kind=kind):
        _end(left, str(Refused(_("后台很久没有动静，已重新来过。"))), by=by, on=on)
    working = Lesson.objects.at_work().filter(kind=kind).first()
    if working:
        return working
    lesson = Lesson.objects.create(kind=Kind(kind), asked_by=by, asked_on=on, heard_at=Now())
    record("triage.learn", lesson, by=by, on=on, now={"kind": lesson.kind})
    return Lesson.objects.get(pk=lesson.pk)


def study(lesson: Lesson, *, by: Person, on: date) -> Lesson:
    """Work through a lesson that waits: nothing is locked while the machine learns; what goes wrong is said."""
    if not _take_up(lesson, by=by, on=on):
        return Lesson.objects.get(pk=lesson.pk)
    try:
        learnt = learning.study(Kind(lesson.kind), lambda step: _heard(lesson, step, by=by, on=on))
        return _keep(lesson, learnt, by=by, on=on)
    except Refused as refused:
        return _fail(lesson, str(refused), by=by, on=on)
    except BaseException:
        _fail(lesson, str(Refused(_("学习时出错，已记入日志；现用的模型没有变。"))), by=by, on=on)
        raise


@act
def adopt(lesson: Lesson, *, by: Person, on: date) -> Lesson:
    """Let the model of a lesson read from now on."""
    _must_reach_all(by)
    locked, present = _locked(lesson)
    if locked.state != Run.DONE:
        raise Refused(_("这一次学习没有留下模型，不能启用。"))
    if locked.active:
        raise Overtaken(_("这个模型已由%(who)s启用。"), who=locked.adopted_by and locked.adopted_by.name)
    learning.check(locked.path, locked.digest)
    if locked.pk not in _chain(present):
        locked.before = present
    locked.adopted_by, locked.adopted_on = by, on
    locked.save()
    _switch(present, locked)
    record("triage.adopt", locked, by=by, on=on, was=_named(present), now=_named(locked) | {"trial": locked.trial})
    return locked


@act
def go_back(lesson: Lesson, *, by: Person, on: date) -> Lesson | None:
    """Put the model that reads now away, and let the one before it read again, or the shipped one."""
    _must_reach_all(by)
    locked, _present = _locked(lesson)
    if not locked.active:
        raise Overtaken(_("这个模型现在没有启用，不用退回。"))
    before = locked.before
    _switch(locked, before)
    record("triage.go_back", locked, by=by, on=on, was=_named(locked), now=_named(before))
    return before


def _must_reach_all(by: Person) -> None:
    """The model reads for every level, so it is the whole city's to change."""
    by.must("triage.learn")
    if not changed_by(by):
        raise NotYours(_("机器的模型由全市共用，学习、启用和退回由市级专班办理。"))


def _locked(lesson: Lesson) -> tuple[Lesson, Lesson | None]:
    """The lesson and the one whose model reads now, both locked with all of their kind."""
    rows = Lesson.objects.select_for_update(of=("self",)).select_related("before", "adopted_by").order_by("pk")
    known = {one.pk: one for one in rows.filter(kind=lesson.kind)}
    return known[lesson.pk], next((one for one in known.values() if one.active), None)


def _chain(lesson: Lesson | None) -> set[int]:
    """A lesson and everything one comes to by going back from it."""
    chain: set[int] = set()
    while lesson and lesson.pk not in chain:
        chain.add(lesson.pk)
        lesson = lesson.before
    return chain


def _switch(old: Lesson | None, new: Lesson | None) -> None:
    """One model stops reading before the other begins: never two at a time."""
    for lesson, active in ((old, False), (new, True)):
        if lesson:
            Lesson.objects.filter(pk=lesson.pk).update(active=active)
            lesson.active = active


def _named(lesson: Lesson | None) -> dict[str, object]:
    return {"lesson": lesson.pk, "digest": lesson.digest} if lesson else {"lesson": None}


@act
def _take_up(lesson: Lesson, *, by: Person, on: date) -> bool:
    waiting = Lesson.objects.filter(pk=lesson.pk, state=Run.WAITING)
    return bool(waiting.update(state=Run.RUNNING, heard_at=Now()))


@act
def _heard(lesson: Lesson, step: Step, *, by: Person, on: date) -> None:
    Lesson.objects.filter(pk=lesson.pk, state=Run.RUNNING).update(step=step, heard_at=Now())


@act
def _keep(lesson: Lesson, learnt: learning.Learnt, *, by: Person, on: date) -> Lesson:
    """Keep what was learnt; nothing reads with it yet."""
    _heard(lesson, Step.KEEP, by=by, on=on)
    locked = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if locked.state != Run.RUNNING:
        return locked
    locked.digest, locked.file = _stored(learnt, locked.folder, locked.kind)
    locked.state, locked.finished_on = Run.DONE, on
    locked.rows, locked.sources, locked.trial = learnt.rows, learnt.sources, learnt.trial.plain()
    locked.save()
    told = {"rows": locked.rows, "digest": locked.digest, "trial": locked.trial}
    record("triage.learnt", locked, by=by, on=on, now=told)
    return locked


def _stored(learnt: learning.Learnt, folder: Path, kind: str) -> tuple[str, str]:
    """Write the model beside its place and put it there under the name of its fingerprint."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{kind}.{os.getpid()}.npz"
    learnt.model.save(fresh)
    digest = hashlib.sha256(fresh.read_bytes()).hexdigest()
    fresh.replace(folder / f"{kind}-{digest[:32]}.npz")
    return digest, f"{kind}-{digest[:32]}.npz"


@act
def _fail(lesson: Lesson, problem: str, *, by: Person, on: date) -> Lesson:
    locked = Lesson.objects.select_for_update().get(pk=lesson.pk)
    return _end(locked, problem, by=by, on=on) if locked.state == Run.RUNNING else locked


def _end(lesson: Lesson, problem: str, *, by: Person, on: date) -> Lesson:
    lesson.state, lesson.problem = Run.BROKEN, problem[:300]
    lesson.save(update_fields=["state", "problem"])
    record("triage.learn_broke", lesson, by=by, on=on, now={"problem": lesson.problem})
    return lesson
