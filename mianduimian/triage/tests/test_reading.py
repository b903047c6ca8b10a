"""A long reading: in steps, stopped, gone on with, left by a dead worker, never in two hands."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from mianduimian.journal.models import Line
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.triage import acts, jobs, machine
from mianduimian.triage.acts import reading as steps
from mianduimian.triage.models import Part, Proposal, Reading
from mianduimian.triage.rules import SILENT, TRIES


@pytest.fixture
def step(office, day):
    return {"by": office, "on": day}


@pytest.fixture
def asked(say, round, step, monkeypatch):
    """A reading of seven texts that were not yet taken up, three a step."""
    monkeypatch.setattr(steps, "CHUNK", 3)
    for n in range(7):
        say(f"第{n}小学门口放学时车乱停")
    return acts.ask(round, **step)


@pytest.fixture
def read_texts(monkeypatch):
    """Every part whose class was read, in order, however often."""
    heard, truly = [], machine.classes

    def listen(parts):
        heard.extend(part.pk for part in parts)
        return truly(parts)

    monkeypatch.setattr(machine, "classes", listen)
    return heard


def dying(monkeypatch, at, how=SystemExit):
    """Let the worker die at the n-th step of reading classes."""
    truly, calls = machine.classes, []

    def die(parts):
        calls.append(parts)
        if len(calls) == at:
            raise how
        return truly(parts)

    monkeypatch.setattr(machine, "classes", die)


def silence(reading, by=SILENT + timedelta(seconds=1)):
    Reading.objects.filter(pk=reading.pk).update(heard_at=now() - by, asked_at=now() - by)


def left_by_a_killed_worker(reading):
    """As a kill -9 leaves it: running, in the hands of somebody who is heard no more."""
    Reading.objects.filter(pk=reading.pk).update(state="running", holder="x" * 32, tries=1)
    silence(reading)


def test_a_reading_says_how_far_it_is_and_ends(asked, step, read_texts):
    done = acts.go_on(asked, **step)
    assert (done.state, done.total, done.texts, done.proposals) == ("done", 7, 7, Proposal.objects.count())
    assert done.finished_on and done.holder == "" and read_texts == list(Part.objects.order_by("pk").values_list("pk", flat=True))
    assert all(part.category for part in Part.objects.all())


def test_a_reading_that_breaks_off_keeps_what_it_has_read_and_goes_on_there(asked, step, read_texts, monkeypatch):
    with monkeypatch.context() as patched:
        dying(patched, at=2, how=ZeroDivisionError)
        with pytest.raises(ZeroDivisionError):
            acts.go_on(asked, **step)
    asked.refresh_from_db()
    assert (asked.state, asked.texts, asked.total, asked.holder) == ("broken", 3, 7, "")
    assert "“读类别”这一步出错" in asked.problem
    acts.resume(asked, **step)
    assert acts.go_on(asked, **step).texts == 7
    assert sorted(read_texts) == sorted(set(read_texts)) and len(read_texts) == 7


def test_a_stopped_reading_is_not_read_on_and_keeps_what_it_has(asked, step, monkeypatch):
    truly = machine.classes

    def stopped_meanwhile(parts):
        if Reading.objects.get().texts:
            acts.stop(asked, **step)
        return truly(parts)

    with monkeypatch.context() as patched:
        patched.setattr(machine, "classes", stopped_meanwhile)
        left = acts.go_on(asked, **step)
    assert (left.state, left.texts) == ("stopped", 3)
    assert Part.objects.exclude(category="").count() == 3 and not Proposal.objects.exists()
    assert acts.go_on(asked, **step).state == "stopped"
    acts.resume(asked, **step)
    assert acts.go_on(asked, **step).state == "done"


def test_a_reading_stopped_while_it_groups_proposes_nothing(asked, step, monkeypatch):
    truly = machine.group
    monkeypatch.setattr(machine, "group", lambda round: acts.stop(asked, **step) and truly(round))
    assert acts.go_on(asked, **step).state == "stopped" and not Proposal.objects.exists()


def test_what_a_killed_worker_left_is_gone_on_with_by_anybody_and_by_the_clock(asked, step, hire, day, clock, read_texts):
    left_by_a_killed_worker(asked)
    again = acts.resume(asked, by=hire("office", name="钟小梅"), on=day)
    assert (again.state, again.tries) == ("waiting", 0)
    left_by_a_killed_worker(asked)
    assert jobs.revive(day) == "1次" and jobs.revive(day) == "0次"
    assert DBTaskResult.objects.count() == 1
    assert acts.go_on(asked, **step).state == "done"
    taken_over = Line.objects.filter(verb__in=["triage.resume", "triage.revive"]).order_by("number")
    assert [line.verb for line in taken_over] == ["triage.resume", "triage.revive"]


def test_a_reading_that_breaks_every_worker_waits_for_a_person(asked, clock, day, step):
    for tries in range(1, TRIES + 1):
        left_by_a_killed_worker(asked)
        Reading.objects.update(tries=tries)
        acts.revive(by=clock, on=day)
    asked.refresh_from_db()
    assert asked.state == "broken" and "没有读完" in asked.problem
    assert acts.revive(by=clock, on=day) == []
    assert acts.resume(asked, **step).tries == 0


def test_a_reading_that_waits_for_a_worker_is_not_queued_again_by_the_clock(asked, clock, day):
    silence(asked)
    assert acts.revive(by=clock, on=day) == []
    assert list(Reading.objects.silent()) == [asked]


@pytest.mark.parametrize(("since", "found"), [(SILENT - timedelta(seconds=5), False), (SILENT + timedelta(seconds=1), True)])
@pytest.mark.parametrize("state", ["waiting", "running"])
def test_a_worker_counts_as_gone_when_it_was_not_heard_for_a_while(asked, state, since, found):
    Reading.objects.update(state=state, holder="x" if state == "running" else "")
    silence(asked, since)
    assert Reading.objects.silent().exists() == found


def test_nobody_takes_over_from_a_worker_who_lives(asked, step):
    Reading.objects.update(state="running", holder="x" * 32)
    with pytest.raises(Overtaken, match="后台正在读"):
        acts.resume(asked, **step)
    assert acts.go_on(asked, **step).holder == "x" * 32


def test_a_worker_taken_for_dead_that_comes_back_writes_nothing_more(asked, step, monkeypatch):
    truly = machine.classes

    def taken_over_meanwhile(parts):
        Reading.objects.update(holder="y" * 32)
        return truly(parts)

    monkeypatch.setattr(machine, "classes", taken_over_meanwhile)
    left = acts.go_on(asked, **step)
    assert (left.state, left.holder, left.texts) == ("running", "y" * 32, 0)
    assert not Part.objects.exclude(category="").exists()


def test_a_reading_at_its_end_is_neither_stopped_nor_gone_on_with(asked, step):
    acts.go_on(asked, **step)
    with pytest.raises(Refused, match="已经读完"):
        acts.resume(asked, **step)
    with pytest.raises(Refused, match="没有在读（读完）"):
        acts.stop(asked, **step)
    assert not Reading.objects.silent().exists()


def test_asking_anew_after_a_stop_begins_a_new_reading(asked, round, step):
    acts.stop(asked, **step)
    assert acts.ask(round, **step) != asked


def test_the_worker_gives_signs_of_life_while_one_step_takes_long(asked, step, monkeypatch):
    monkeypatch.setattr(steps, "BEAT", 0.01)
    beats = []
    monkeypatch.setattr(steps, "_sign_of_life", lambda *_given: beats.append(1))

    def slow(round):
        while len(beats) < 3:
            pass
        return machine.Findings((), {})

    monkeypatch.setattr(machine, "group", slow)
    assert acts.go_on(asked, **step).state == "done"


def test_only_who_may_decide_stops_and_goes_on_and_only_the_clock_revives(asked, handler, leader, office, day):
    for who in (handler, leader):
        for act in (acts.stop, acts.resume):
            with pytest.raises(NotYours):
                act(asked, by=who, on=day)
    with pytest.raises(NotYours):
        acts.revive(by=office, on=day)
    assert Person.objects.clock().may("triage.revive")
