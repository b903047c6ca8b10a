"""投递: a message goes out once, by the way the citizen left, when its hour has come; and what nobody knows a person sees."""

import json
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from mianduimian.intake.models import Citizen
from mianduimian.journal.acts import act, record
from mianduimian.journal.models import Line
from mianduimian.publication import acts
from mianduimian.publication.gateways import FileGateway, Unclear, Undelivered, Unwanted
from mianduimian.publication.models import Cursor, Message, Sending
from mianduimian.publication.rules import Delivery, Result, Step
from mianduimian.refusal import Refused


@act
def happened(verb, subject, *, by, on, now=None):
    record(verb, subject, by=by, on=on, now=now)


class Way:
    """A gateway that does what it is told to, and remembers what it was given."""

    def __init__(self, name="file", answers=(), remembers=timedelta(), asks=False):
        self.name, self.answers, self.remembers, self.asks, self.at_once = name, list(answers), remembers, asks, 1
        self.given, self.kept = [], set()

    def send(self, letter):
        answer = self.answers.pop(0) if self.answers else None
        self.given.append(letter)
        if answer in (None, "cut"):
            self.kept.add(letter.key)
        if answer == "cut":
            raise Unclear("没有答复")
        if answer:
            raise answer

    def knows(self, key):
        return key in self.kept

    def flush(self):
        pass


@pytest.fixture
def plan(settings):
    """Set what differs from the shipped plan; tries follow each other at once."""

    def change(**parts):
        settings.CHANNELS = replace(settings.CHANNELS, **parts)

    change(again=(0, 0, 0))
    return change


@pytest.fixture
def told(matter, office, the_clock, day):
    """Three queued messages and one citizen who cannot be told."""
    happened("ledger.settle", matter, by=office, on=day)
    while acts.gather(by=the_clock, on=day):
        pass
    return Message.objects.filter(step=Step.SETTLED)


def states(messages):
    return sorted(messages.values_list("state", flat=True))


def test_who_spoke_three_times_is_told_once_a_step_with_every_receipt(matter, submissions, citizens, office, the_clock, day):
    for said in submissions[:3]:
        said.citizen = citizens[0]
        said.save()
    happened("ledger.settle", matter, by=office, on=day)
    acts.gather(by=the_clock, on=day)
    message = Message.objects.get(citizen=citizens[0])
    assert all(said.receipt in message.text for said in submissions[:3])
    assert [list(Message.objects.about(said)) for said in submissions[:3]] == [[message]] * 3
    assert Message.objects.count() == 2


def test_beyond_three_receipts_a_message_says_how_many(matter, submissions, citizens, office, the_clock, day):
    for said in submissions:
        said.citizen = citizens[0]
        said.save()
    happened("ledger.settle", matter, by=office, on=day)
    acts.gather(by=the_clock, on=day)
    assert "等 4 个" in Message.objects.get().text
    assert all(said.receipt in Message.objects.get().receipts for said in submissions)


def test_five_hundred_lines_that_tell_nobody_do_not_stop_the_reading(matter, office, the_clock, day):
    for _line in range(501):
        happened("ledger.progress", matter, by=office, on=day)
    happened("ledger.settle", matter, by=office, on=day)
    while acts.gather(by=the_clock, on=day):
        pass
    assert Message.objects.count() == 4


def test_messages_go_out_with_a_key_that_stays_the_same_however_often_they_are_made(told, the_clock, day, tmp_path):
    way = FileGateway(tmp_path / "outbox")
    assert acts.deliver([way], by=the_clock, on=day) == {Delivery.SENT: 3}
    assert acts.deliver([way], by=the_clock, on=day) == {}
    sent = [json.loads(line) for line in (tmp_path / "outbox" / "messages.jsonl").read_text("utf-8").splitlines()]
    assert {row["key"] for row in sent} == set(told.filter(state=Delivery.SENT).values_list("key", flat=True))
    assert {row["to"] for row in sent} == {"19900001230", "19900001231", "19900001232"}
    assert (tmp_path / "outbox" / "messages.jsonl").stat().st_mode & 0o077 == 0
    keys = set(told.values_list("key", flat=True))
    for table in (Sending, Message, Cursor):
        table.objects.all().delete()
    acts.gather(by=the_clock, on=day)
    assert set(Message.objects.filter(step=Step.SETTLED).values_list("key", flat=True)) == keys


def test_a_gateway_that_takes_nothing_is_tried_again_then_a_person_queues_them_anew(told, round, office, the_clock, day, plan):
    way = Way(answers=[Undelivered("网关没有应答")] * 99)
    runs = 0
    while told.queued().exists():
        acts.deliver([way], by=the_clock, on=day)
        runs += 1
        assert runs < 9
    assert len(way.given) == 3 * 4  # the first try and one more after each of the three pauses
    failed = told.filter(state=Delivery.FAILED)
    assert set(failed.values_list("problem", flat=True)) == {"网关没有应答"}
    assert acts.retry(round, by=office, on=day) == failed.count() + 3 == 3
    assert acts.deliver([Way()], by=the_clock, on=day) == {Delivery.SENT: 3}


def test_between_two_tries_a_message_waits_as_long_as_the_plan_says(told, the_clock, day, plan):
    plan(again=(5, 60))
    acts.deliver([Way(answers=[Undelivered("忙")] * 3)], by=the_clock, on=day)
    assert acts.deliver([Way()], by=the_clock, on=day) == {}
    waits = [due - timezone.now() for due in told.queued().values_list("due_at", flat=True)]
    assert all(timedelta(minutes=4) < wait <= timedelta(minutes=5) for wait in waits) and len(waits) == 3
    told.queued().update(due_at=timezone.now())
    assert acts.deliver([Way()], by=the_clock, on=day) == {Delivery.SENT: 3}


def test_after_three_failures_in_a_row_a_gateway_rests_until_the_next_run(told, the_clock, day, plan):
    way = Way(answers=[Undelivered("忙")] * 99)
    acts.deliver([way], by=the_clock, on=day)
    assert len(way.given) == 3


@pytest.mark.parametrize("way", [Way(asks=True), Way(remembers=timedelta(minutes=9))], ids=["asks", "drops doubles"])
def test_where_doubles_are_seen_a_letter_in_doubt_is_settled_by_itself(told, the_clock, day, plan, way):
    way.answers = ["cut"]
    acts.deliver([way], by=the_clock, on=day)
    assert states(told) == ["sent", "sent", "sent", "unreachable"]
    assert len(way.kept) == 3
    assert len(way.given) == (3 if way.asks else 4)
    assert Sending.objects.filter(result=Result.UNCLEAR).count() == 1


def test_where_doubles_are_not_seen_a_letter_in_doubt_is_never_sent_twice_and_a_person_sees_it(told, the_clock, day, plan):
    way = Way(answers=["cut"])
    acts.deliver([way], by=the_clock, on=day)
    acts.deliver([way], by=the_clock, on=day)
    assert states(told) == ["sent", "sent", "unknown", "unreachable"]
    assert len(way.given) == 3


def test_a_person_says_of_a_letter_in_doubt_that_it_arrived_or_goes_out_once_more(told, office, the_clock, day, plan):
    way = Way(answers=["cut", "cut"])
    acts.deliver([way], by=the_clock, on=day)
    one, other = told.open_questions()
    acts.settle(one, arrived=True, by=office, on=day)
    acts.settle(other, arrived=False, by=office, on=day)
    with pytest.raises(Refused, match="已发送"):
        acts.settle(one, arrived=False, by=office, on=day)
    acts.deliver([way], by=the_clock, on=day)
    assert states(told) == ["sent", "sent", "sent", "unreachable"]
    keys = [letter.key for letter in way.given]
    assert keys.count(one.key) == 1 and keys.count(other.key) == 2


def test_a_gateway_that_drops_doubles_for_a_while_is_not_trusted_after_that_while(told, the_clock, day, plan):
    way = Way(answers=["cut"], remembers=timedelta(minutes=9))
    plan(again=(60,))
    acts.deliver([way], by=the_clock, on=day)
    doubtful = told.get(doubtful_since__isnull=False)
    told.filter(pk=doubtful.pk).update(due_at=timezone.now(), doubtful_since=timezone.now() - timedelta(minutes=10))
    acts.deliver([way], by=the_clock, on=day)
    doubtful.refresh_from_db()
    assert doubtful.state == Delivery.UNKNOWN


def test_what_a_killed_sender_took_up_is_found_at_once_and_of_a_silent_one_when_its_lease_is_over(told, the_clock, day, plan):
    way = Way(remembers=timedelta(minutes=9))
    killed, silent = acts.take_up(way, by=the_clock, on=day) + acts.take_up(way, by=the_clock, on=day)
    here = Message.objects.get(pk=killed.message_id).leased_by.partition(":")[0]
    Message.objects.filter(pk=killed.message_id).update(leased_by=f"{here}:999999999")
    assert acts.free([way], by=the_clock, on=day) == 1
    assert Message.objects.get(pk=silent.message_id).state == Delivery.SENDING
    Message.objects.filter(pk=silent.message_id).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert acts.free([way], by=the_clock, on=day) == 1
    assert acts.deliver([way], by=the_clock, on=day) == {Delivery.SENT: 3}


def test_a_sender_thought_dead_that_comes_back_with_a_yes_is_believed(told, the_clock, day, plan):
    way = Way()
    (sending,) = acts.take_up(way, by=the_clock, on=day)
    Message.objects.filter(pk=sending.message_id).update(leased_until=timezone.now() - timedelta(seconds=1))
    acts.free([way], by=the_clock, on=day)
    assert Message.objects.get(pk=sending.message_id).state == Delivery.UNKNOWN
    acts.mark([(sending, Result.TAKEN, "")], way, by=the_clock, on=day)
    assert Message.objects.get(pk=sending.message_id).state == Delivery.SENT


def test_a_sender_thought_dead_that_comes_back_with_a_no_changes_nothing(told, the_clock, day, plan):
    way = Way()
    (sending,) = acts.take_up(way, by=the_clock, on=day)
    Message.objects.filter(pk=sending.message_id).update(leased_until=timezone.now() - timedelta(seconds=1))
    acts.free([way], by=the_clock, on=day)
    acts.mark([(sending, Result.LATER, "")], way, by=the_clock, on=day)
    assert Message.objects.get(pk=sending.message_id).state == Delivery.UNKNOWN


def test_a_fault_of_the_gateway_itself_is_a_doubt_and_does_not_stop_the_others(told, the_clock, day, plan):
    way = Way(answers=[ZeroDivisionError()])
    acts.deliver([way], by=the_clock, on=day)
    assert states(told) == ["sent", "sent", "unknown", "unreachable"]


@pytest.fixture
def everywhere(citizens, plan):
    """Citizens by what they left: WeChat and a number, a number and e-mail, an address."""
    plan(order=("wechat", "sms", "email", "letter"), quiet_ways=())
    left = [{"wechat": "oX"}, {"email": "a@example.com"}, {"phone": "", "address": "东华路1号"}]
    for citizen, contact in zip(citizens, left, strict=False):
        for name, value in contact.items():
            setattr(citizen, name, value)
        citizen.save()
    return citizens


def test_each_citizen_is_told_by_the_first_way_for_which_they_left_a_contact(everywhere, told):
    ways = dict(told.values_list("citizen", "channel"))
    assert [ways[citizen.pk] for citizen in everywhere] == ["wechat", "sms", "letter", ""]
    assert told.get(channel="letter").state == Delivery.PRINT


def test_who_is_refused_by_one_way_is_told_by_the_next_and_only_by_it(everywhere, told, the_clock, day):
    wechat, sms = Way("wechat", [Unwanted("未关注")]), Way("sms")
    acts.deliver([wechat, sms], by=the_clock, on=day)
    first = told.get(citizen=everywhere[0])
    assert (first.channel, first.state, first.refused) == ("sms", Delivery.SENT, ["wechat"])
    assert [letter.to for letter in wechat.given + sms.given].count("19900001230") == 1


def test_who_is_refused_by_every_way_has_failed_and_the_office_may_try_anew(everywhere, told, round, office, the_clock, day):
    email = Way("email", [Unwanted("没有这个邮箱")])
    acts.deliver([Way("sms", [Unwanted("空号")] * 2), email], by=the_clock, on=day)
    second = told.get(citizen=everywhere[1])
    assert (second.state, second.refused, second.problem) == (Delivery.FAILED, ["sms", "email"], "没有这个邮箱")
    assert acts.retry(round, by=office, on=day) == 1
    assert told.get(citizen=everywhere[1]).channel == "sms"


def test_what_is_in_doubt_by_one_way_is_not_sent_by_another(everywhere, told, the_clock, day):
    wechat, sms = Way("wechat", ["cut"]), Way("sms")
    acts.deliver([wechat, sms], by=the_clock, on=day)
    assert told.get(citizen=everywhere[0]).state == Delivery.UNKNOWN
    assert len(sms.given) == 1


def test_when_a_way_is_no_longer_set_up_its_messages_go_by_another(everywhere, told, the_clock, day, plan):
    plan(order=("sms",))
    sms = Way("sms")
    acts.deliver([sms], by=the_clock, on=day)
    assert {letter.to for letter in sms.given} == {"19900001230", "19900001231"}


@pytest.mark.parametrize(
    ("hour", "quiet"), [((21, 59), False), ((22, 0), True), ((0, 0), True), ((6, 59), True), ((7, 0), False)]
)
def test_quiet_hours_run_over_midnight_to_the_minute(settings, hour, quiet):
    plan = replace(settings.CHANNELS, quiet=(time(22), time(7)), quiet_ways=("sms",))
    assert plan.is_quiet("sms", datetime(2026, 1, 1, *hour)) is quiet
    assert not plan.is_quiet("email", datetime(2026, 1, 1, *hour))


def test_in_quiet_hours_nobody_is_woken_and_nothing_is_lost(told, the_clock, day, plan):
    now = timezone.localtime()
    plan(quiet=((now - timedelta(minutes=1)).time(), (now + timedelta(minutes=5)).time()), quiet_ways=("file",))
    assert acts.deliver([Way()], by=the_clock, on=day) == {}
    plan(quiet_ways=())
    assert acts.deliver([Way()], by=the_clock, on=day) == {Delivery.SENT: 3}


def test_an_erased_citizen_is_not_written_to(told, citizens, the_clock, day, plan):
    Citizen.objects.filter(pk=citizens[0].pk).update(erased_on=day)
    assert acts.deliver([Way()], by=the_clock, on=day) == {Delivery.SENT: 2}
    assert told.get(citizen=citizens[0]).state == Delivery.UNREACHABLE


def test_a_run_leaves_one_line_that_counts_and_names_nobody(told, the_clock, day, plan):
    acts.deliver([Way(answers=["cut"])], by=the_clock, on=day)
    line = Line.objects.get(verb="publication.deliver")
    assert line.now == {"sent": 2, "unknown": 1}
