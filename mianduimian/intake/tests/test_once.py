"""Many hands at once: one click is one row, every receipt is another, one number is one submission."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.db import connection

from mianduimian.intake import acts
from mianduimian.intake.acts import batches
from mianduimian.intake.models import Submission, Token
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line

HANDS = 8
DAY = date(2023, 11, 16)


def together(work):
    """Do the same in many threads, each with a connection of its own, and give back what each got."""

    def alone(n):
        try:
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        return list(hands.map(alone, range(HANDS)))


def test_the_same_token_from_many_hands_is_one_submission(transactional_db, round, office, said):
    for click in range(5):
        one = said(f"第{click}件")
        got = together(lambda _n, one=one, click=click: acts.speak(round, one, token=f"t{click}", by=office, on=DAY).pk)
        assert len(set(got)) == 1
    assert Submission.objects.count() == Token.objects.count() == 5
    assert Line.objects.filter(verb="intake.receive").count() == 5
    assert journal.verify() is None


def test_the_same_number_from_many_hands_is_one_submission(transactional_db, round, office, said):
    got = together(lambda _n: acts.receive(round, said(source_number="GD1"), by=office, on=DAY))
    assert sum(fresh for _submission, fresh in got) == 1
    assert Submission.objects.count() == 1
    assert journal.verify() is None


def test_receipts_from_many_hands_are_all_different(transactional_db, round, office, said):
    def take(hand):
        return [acts.receive(round, said(f"第{hand}-{n}件"), by=office, on=DAY)[0].receipt for n in range(10)]

    receipts = [receipt for given in together(take) for receipt in given]
    assert len(set(receipts)) == len(receipts) == Submission.objects.count() == HANDS * 10
    assert journal.verify() is None


def test_two_workers_on_one_file_take_it_in_once(transactional_db, begin, export, office, monkeypatch):
    monkeypatch.setattr(batches, "CHUNK", 3)
    batch = begin(export(40))
    together(lambda _n: acts.run_batch(batch, by=office, on=DAY))
    batch.refresh_from_db()
    assert (batch.fresh, batch.known, batch.done, Submission.objects.count()) == (40, 0, 40, 40)
    assert Line.objects.filter(verb="intake.run_batch").count() == 1
