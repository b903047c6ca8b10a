"""几双手同时: the last seat, one agenda place, one exchange number, one opinion in force (reliability C3)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from mianduimian.meeting import acts
from mianduimian.meeting.models import Arrival, Exchange, Item, Meeting, Opinion, Seat
from mianduimian.meeting.rules import Decided, Planning, Seating, Spoken
from mianduimian.meeting.tests.conftest import AT
from mianduimian.refusal import Refused
from mianduimian.triage.models import Part

HANDS = 32  # reliability.md C3

pytestmark = pytest.mark.django_db(transaction=True)


def together(works):
    """Start all at one moment; return what each was told: its result, or the words of the refusal."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait()
            return work()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as hands:
        return list(hands.map(run, works))


def test_thirty_two_take_the_last_two_seats_and_two_get_them(planned, appeal, office, day):
    submissions = [part.submission for part in Part.objects.filter(appeal=appeal(voices=8 + HANDS))]
    seatings = [Seating("citizen", f"群众{number}", submission=one.pk) for number, one in enumerate(submissions)]
    for seating in seatings[:8]:
        acts.seat(planned, seating, by=office, on=day)
    told = together([lambda s=seating: acts.seat(planned, s, by=office, on=day) for seating in seatings[8:]])
    assert sum(isinstance(answer, Seat) for answer in told) == 2
    assert {answer for answer in told if isinstance(answer, str)} == {"群众代表席位共 10 个，已经坐满。"}
    assert Seat.objects.filter(kind="citizen").count() == 10


def test_one_citizen_is_seated_once_however_many_hands_try(planned, appeal, office, day):
    spoken = Part.objects.get(appeal=appeal()).submission
    seating = Seating("citizen", "群众甲", submission=spoken.pk)
    told = together([lambda: acts.seat(planned, seating, by=office, on=day)] * 6)
    assert sum(isinstance(answer, Seat) for answer in told) == 1


def test_exchanges_and_items_written_together_each_have_their_own_number(planned, asker, appeal, office, day):
    appeals = [appeal(f"第{number}件") for number in range(6)]
    version = Meeting.objects.get().version
    questions = [Spoken(asker.pk, f"问题{number}", "highway") for number in range(6)]
    said = [lambda q=question: acts.exchange(planned, q, by=office, on=day) for question in questions]
    listed = [lambda a=one: acts.put_on_agenda(planned, [a], by=office, on=day) for one in appeals]
    together([*said, *listed])
    assert sorted(Exchange.objects.values_list("number", flat=True)) == list(range(1, 7))
    assert sorted(Item.objects.values_list("place", flat=True)) == list(range(1, 7))
    assert Meeting.objects.get().version == version + 12


def test_of_opinions_written_together_exactly_one_is_in_force(appeal, office, day):
    one = appeal()
    texts = [f"意见{number}" for number in range(8)]
    together([lambda t=text: acts.opine(one, Decided("on_the_ledger", t, "highway"), by=office, on=day) for text in texts])
    assert Opinion.objects.filter(appeal=one).count() == 8
    assert Opinion.objects.in_force().filter(appeal=one).count() == 1


def test_a_round_gets_one_meeting_however_many_hands_call_it(round, planned, office, day):
    Meeting.objects.all().delete()
    told = together([lambda: acts.plan(round, Planning("市长", "市会议中心", AT), by=office, on=day)] * 6)
    assert sum(isinstance(answer, Meeting) for answer in told) == 1


def test_one_card_shown_at_many_doors_lets_one_in_and_the_others_are_told(planned, asker, office, day):
    card = acts.issue_cards(planned, by=office, on=day)[0]
    told = together([lambda: acts.check_in(card, at=AT, by=office, on=day)] * 8)
    assert sorted(fresh for _arrival, fresh in told) == [False] * 7 + [True]
    assert Arrival.objects.count() == 1


def test_one_exchange_sent_by_many_hands_under_one_key_is_written_once(planned, asker, office, day):
    said = Spoken(asker.pk, "谁来管？", "highway")
    told = together([lambda: acts.exchange(planned, said, key="k1", by=office, on=day)] * 8)
    assert {one.pk for one in told} == {Exchange.objects.get().pk}


def test_of_many_corrections_at_once_one_is_written_and_the_others_are_told(planned, asker, office, day):
    made = acts.exchange(planned, Spoken(asker.pk, "谁来管？", "highway"), by=office, on=day)
    words = [Spoken(asker.pk, "谁来管？", "highway", cause=f"原因{n}") for n in range(8)]
    told = together([lambda s=said: acts.correct(made, s, seen=1, by=office, on=day) for said in words])
    assert sum(isinstance(answer, Exchange) for answer in told) == 1
    assert Exchange.objects.get().version == 2
