"""Several clerks at once: one wins, the others are told, nobody is lost."""

import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connections

from mianduimian.intake.models import Submission
from mianduimian.refusal import Overtaken, Refused
from mianduimian.triage import acts
from mianduimian.triage.models import Appeal, Decision, Moved, Part, funnel
from mianduimian.triage.rules import Wording

WORDS = Wording("兴源路路灯不亮", "请修复。")
HANDS = 6

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def at_once(tasks):
    """Run every task in a thread of its own, all at the same moment; a refusal is a result."""
    gate = Barrier(len(tasks))

    def work(task):
        try:
            gate.wait(timeout=20)
            return task()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(work, tasks))


@pytest.fixture
def crowd(round, office, day):
    """Eight submissions, taken up."""
    Submission.objects.bulk_create(
        Submission(
            round=round,
            channel="web",
            text=f"第{n}盏灯坏了。路也坏了！",
            source_number=f"{n}",
            received_on=day,
            receipt=f"C{n}",
            content="0" * 64,
        )
        for n in range(8)
    )
    acts.take_up(round, by=office, on=day)
    return list(Part.objects.order_by("pk"))


def test_of_clerks_who_decide_one_part_at_once_exactly_one_succeeds(crowd, office, day):
    for _turn in range(3):
        seen = list(Part.objects.undecided().order_by("pk")[:2])
        distil = partial(acts.distil, seen, WORDS, by=office, on=day)
        aside = partial(acts.set_aside, seen, bucket="withdrawn", by=office, on=day)
        results = at_once([distil, aside] * (HANDS // 2))
        assert sum(isinstance(result, Overtaken) for result in results) == HANDS - 1
        assert all("您的这一步没有执行" in str(result) for result in results if isinstance(result, Overtaken))
    assert Decision.objects.count() == 3 and Moved.objects.count() == 6


def test_of_clerks_who_undo_one_decision_at_once_exactly_one_succeeds(crowd, office, day):
    acts.distil(crowd[:2], WORDS, by=office, on=day)
    decision = Decision.objects.get()
    results = at_once([lambda: acts.undo(decision, by=office, on=day)] * HANDS)
    assert sum(isinstance(result, Decision) for result in results) == 1
    assert {part.version for part in Part.objects.filter(pk__in=[part.pk for part in crowd[:2]])} == {3}


def test_new_submissions_taken_up_by_several_at_once_get_one_part_each(crowd, round, office, day):
    Part.objects.all().delete()
    taken = at_once([lambda: acts.take_up(round, by=office, on=day)] * HANDS)
    assert sorted(taken) == [0] * (HANDS - 1) + [8]


def test_two_appeals_merged_into_each_other_at_once_lose_no_member(crowd, round, office, day):
    for _turn in range(3):
        one, two = (acts.distil([part], WORDS, by=office, on=day) for part in Part.objects.undecided().order_by("pk")[:2])
        merge = partial(acts.merge, by=office, on=day)
        results = at_once([partial(merge, one, into=two), partial(merge, two, into=one)])
        assert sum(isinstance(result, Appeal) for result in results) == 1
    assert funnel(round).appeals == 3 and funnel(round).parts["distilled"] == 6


def test_a_chain_of_merges_and_splits_at_once_keeps_the_sum(crowd, round, office, day):
    dice = random.Random(5)
    appeals = [acts.distil([part], WORDS, by=office, on=day) for part in crowd]
    for _turn in range(4):
        pairs = [dice.sample(appeals, 2) for _hand in range(HANDS)]
        tasks = [lambda one=one, two=two: acts.merge(one, into=two, by=office, on=day) for one, two in pairs[:4]]
        for big, _other in pairs[4:]:
            members = list(Part.objects.filter(appeal=big)[:1])
            tasks.append(lambda big=big, members=members: acts.split(big, members, WORDS, by=office, on=day))
        at_once(tasks)
        found = funnel(round)
        assert found.holds and found.parts["distilled"] == 8
        assert found.appeals == Part.objects.values("appeal").distinct().count()


def test_the_last_two_voices_of_a_fixed_appeal_are_not_taken_at_once(crowd, office, day):
    appeal = acts.distil(crowd[:2], WORDS, by=office, on=day)
    acts.fix(appeal, by=office, on=day)
    members = list(Part.objects.filter(appeal=appeal))
    results = at_once([lambda part=part: acts.put_back([part], by=office, on=day) for part in members])
    assert sum(isinstance(result, Decision) for result in results) == 1
    assert Part.objects.filter(appeal=appeal).count() == 1


def test_decisions_and_cuts_at_once_leave_every_submission_in_one_bucket(crowd, round, office, day):
    said = crowd[0].submission
    texts = ["第0盏灯坏了。", "路也坏了！"]
    results = at_once(
        [lambda: acts.cut(said, texts, by=office, on=day)] * 3
        + [lambda part=part: acts.distil([part], WORDS, by=office, on=day) for part in crowd[:3]]
    )
    assert sum(isinstance(result, list) for result in results) == 1
    assert funnel(round).holds and funnel(round).cut == 1
