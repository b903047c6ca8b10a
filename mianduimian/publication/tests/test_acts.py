"""告知: everybody who spoke is told each step, once; the journal is the outbox."""

import pytest

from mianduimian.journal.acts import act, record
from mianduimian.publication import acts, jobs
from mianduimian.publication.models import Message, Release
from mianduimian.publication.rules import TOLD, Delivery, Notice, Step, spaced, typed
from mianduimian.refusal import NotYours, Refused


@act
def happened(verb, subject, *, by, on, now=None):
    record(verb, subject, by=by, on=on, now=now)


def drain(clock, day):
    while acts.gather(by=clock, on=day):
        pass


def test_every_source_citizen_of_a_merged_appeal_is_told_a_step_once(matter, office, the_clock, day):
    happened("ledger.assign", matter, by=office, on=day)
    drain(the_clock, day)
    drain(the_clock, day)
    told = Message.objects.filter(step=Step.ASSIGNED)
    assert told.count() == 4
    assert told.filter(state=Delivery.QUEUED).count() == 3
    assert told.filter(state=Delivery.UNREACHABLE).count() == 1
    assert "市交警支队" in told.first().text


def test_two_lines_are_two_messages_and_other_verbs_none(matter, office, the_clock, day):
    for verb in ("ledger.reply", "ledger.reply", "ledger.progress", "triage.distil"):
        happened(verb, matter, by=office, on=day)
    drain(the_clock, day)
    assert Message.objects.filter(step=Step.REPLIED).count() == 8
    assert Message.objects.count() == 8


def test_each_imported_submission_is_told_its_receipt(round, submissions, office, the_clock, day):
    happened("intake.run_batch", round, by=office, on=day, now={"batch": None})
    happened("intake.receive", submissions[0], by=office, on=day)
    drain(the_clock, day)
    assert Message.objects.filter(submission=submissions[0], step=Step.RECEIVED).count() == 2
    assert all(said.receipt in Message.objects.filter(submission=said).first().text for said in submissions)


def test_a_second_reading_after_a_lost_cursor_tells_nobody_twice(matter, office, the_clock, day):
    happened("ledger.close", matter, by=office, on=day)
    happened("lookback.close", matter, by=office, on=day)
    drain(the_clock, day)
    from mianduimian.publication.models import Cursor

    Cursor.objects.update(number=0)
    drain(the_clock, day)
    assert Message.objects.filter(step=Step.CLOSED).count() == 4


def test_the_job_says_how_many_went_out_and_runs_twice_without_harm(matter, office, the_clock, day):
    happened("ledger.settle", matter, by=office, on=day)
    assert jobs.tell(day) == "发出 3"
    assert jobs.tell(day) == "发出 0"


def test_only_the_clock_tells_and_only_the_office_releases(round, office, handler, day):
    with pytest.raises(NotYours):
        acts.gather(by=office, on=day)
    with pytest.raises(NotYours):
        acts.release(round, by=handler, on=day)


def test_a_round_is_released_once_withdrawn_with_a_reason_and_released_again(released, round, office, second, day):
    with pytest.raises(Refused, match="已经公开"):
        acts.propose(round, by=office, on=day)
    with pytest.raises(Refused, match="已经公开"):
        acts.release(round, by=second, on=day)
    acts.withdraw(released, why="文字有误", by=office, on=day)
    with pytest.raises(Refused, match="已于2023-11-16撤下"):
        acts.withdraw(released, why="再撤", by=office, on=day)
    acts.propose(round, by=office, on=day)
    acts.release(round, by=second, on=day)
    assert Release.objects.count() == 2


@pytest.mark.parametrize("step", Step)
def test_every_step_has_words_without_anything_personal(step):
    text = Notice(step, "校门口乱停车", "市交警支队", "ABCD").text
    assert step.word in text
    assert "ABCD" in text


def test_every_told_verb_leads_to_a_step():
    assert set(TOLD.values()) == set(Step)


@pytest.mark.parametrize("code", ["abcd efgh 2345", "ABCD-EFGH-2345", "ＡＢＣＤＥＦＧＨ２３４５", " abcdefgh2345\n"])
def test_a_receipt_code_is_found_however_it_is_typed(code):
    assert typed(code) == "ABCDEFGH2345"
    assert spaced(typed(code)) == "ABCD EFGH 2345"
