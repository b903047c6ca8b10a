"""漏斗: whatever people do, every submission is in exactly one bucket and nobody is lost."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mianduimian.intake.models import Submission
from mianduimian.journal import acts as journal
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage import acts
from mianduimian.triage.models import Appeal, Decision, Moved, Part, funnel
from mianduimian.triage.rules import Bucket, Place, Wording

DAY = date(2023, 11, 16)
TEXT = "灯坏了。路也坏了！怎么办？"
CUTS = (["灯坏了。", "路也坏了！怎么办？"], ["灯坏了。路也坏了！", "怎么办？"], ["灯坏了。", "路也坏了！", "怎么办？"])
PLACES = ({"bucket": "invalid", "reason": "no_fact"}, {"bucket": "elsewhere", "reason": "court"}, {"bucket": "withdrawn"},
          {"bucket": "repeat", "earlier": "上一期已答复"})  # fmt: skip
PICK = st.lists(st.integers(0, 40), min_size=1, max_size=4)
ONE = st.integers(0, 40)


class Clerks(RuleBasedStateMachine):
    """Clerks who do whatever they like; the deeper the disorder, the better the proof."""

    @initialize(start=st.integers(1, 6))
    def begin(self, start: int) -> None:
        self.point = transaction.atomic()
        self.point.__enter__()
        self.round, self.office = Round.objects.get(), Person.objects.exclude(username="clock").get()
        self.told = 0
        for _n in range(start):
            self.tell()

    def teardown(self) -> None:
        if hasattr(self, "point"):
            transaction.set_rollback(True)
            self.point.__exit__(None, None, None)

    def parts(self, picked: list[int]) -> list[Part]:
        every = list(Part.objects.of(self.round).order_by("pk"))
        return list({(part := every[n % len(every)]).pk: part for n in picked}.values()) if every else []

    def one[T](self, rows, n: int) -> T | None:
        every = list(rows.order_by("pk"))
        return every[n % len(every)] if every else None

    @rule()
    def tell(self) -> None:
        self.told += 1
        Submission.objects.create(
            round=self.round, channel="web", text=TEXT, source_number=str(self.told), received_on=DAY,
            receipt=f"P{self.told}", content="0" * 64,
        )  # fmt: skip

    @rule()
    def take_up(self) -> None:
        acts.take_up(self.round, by=self.office, on=DAY)

    @rule(picked=PICK)
    def distil(self, picked) -> None:
        with suppress(Refused):
            acts.distil(self.parts(picked), Wording("题", "文"), by=self.office, on=DAY)

    @rule(picked=PICK, n=ONE)
    def add(self, picked, n) -> None:
        if appeal := self.one(Appeal.objects.all(), n):
            with suppress(Refused):
                acts.add(appeal, self.parts(picked), by=self.office, on=DAY)

    @rule(n=ONE, m=ONE)
    def merge(self, n, m) -> None:
        if appeal := self.one(Appeal.objects.all(), n):
            with suppress(Refused):
                acts.merge(appeal, into=self.one(Appeal.objects.all(), m), by=self.office, on=DAY)

    @rule(n=ONE, picked=PICK)
    def split(self, n, picked) -> None:
        if appeal := self.one(Appeal.objects.all(), n):
            members = list(appeal.parts.order_by("pk"))
            chosen = {members[k % len(members)] for k in picked} if members else set()
            with suppress(Refused):
                acts.split(appeal, chosen, Wording("题", "文"), by=self.office, on=DAY)

    @rule(n=ONE)
    def fix(self, n) -> None:
        if appeal := self.one(Appeal.objects.all(), n):
            with suppress(Refused):
                acts.fix(appeal, by=self.office, on=DAY)

    @rule(picked=PICK, place=st.sampled_from(PLACES))
    def set_aside(self, picked, place) -> None:
        with suppress(Refused):
            acts.set_aside(self.parts(picked), **place, by=self.office, on=DAY)

    @rule(picked=PICK)
    def put_back(self, picked) -> None:
        with suppress(Refused):
            acts.put_back(self.parts(picked), by=self.office, on=DAY)

    @rule(n=ONE, texts=st.sampled_from(CUTS))
    def cut(self, n, texts) -> None:
        with suppress(Refused):
            acts.cut(self.one(Submission.objects.all(), n), texts, by=self.office, on=DAY)

    @rule(n=ONE)
    def undo(self, n) -> None:
        if decision := self.one(Decision.objects.filter(undone_on=None), n):
            with suppress(Refused):
                acts.undo(decision, by=self.office, on=DAY)

    @invariant()
    def nobody_is_lost(self) -> None:
        if not hasattr(self, "round"):
            return
        found, live = funnel(self.round), list(Part.objects.of(self.round))
        assert found.collected == self.told == sum(found.submissions.values()) and found.holds
        untouched = self.told - Submission.objects.filter(pk__in={part.submission_id for part in live}).count()
        assert sum(found.parts.values()) == len(live) + untouched
        assert found.appeals == len({part.appeal_id for part in live if part.appeal_id})
        assert found.parts[Bucket.DISTILLED] == sum(part.appeal_id is not None for part in live)

    @invariant()
    def every_word_stands_in_exactly_one_part(self) -> None:
        words: dict[int, str] = {}
        for part in Part.objects.live().select_related("submission").order_by("submission_id", "number"):
            words[part.submission_id] = words.get(part.submission_id, "") + part.words
        assert set(words.values()) <= {TEXT}

    @invariant()
    def the_last_decision_that_stands_says_where_a_part_is(self) -> None:
        last = {move.part_id: move for move in Moved.objects.filter(decision__undone_on=None).order_by("decision_id")}
        for part in Part.objects.all():
            expected = Place(**last[part.pk].now) if part.pk in last else Place(joined=part.number > 1)
            assert part.place == expected

    @invariant()
    def what_the_ledger_holds_keeps_a_voice(self) -> None:
        fixed = Appeal.objects.filter(fixed_on__isnull=False)
        assert set(fixed) == set(fixed.standing())


@pytest.mark.slow
def test_no_order_of_decisions_loses_anybody(round, office):
    settled = settings(
        max_examples=15,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    run_state_machine_as_test(Clerks, settings=settled)
    assert journal.verify() is None


def test_an_empty_round_has_an_empty_funnel(round):
    found = funnel(round)
    assert (found.collected, found.appeals, sum(found.parts.values()), found.decided, found.holds) == (0, 0, 0, 0, True)
    assert list(found.parts) == [bucket.value for bucket in Bucket]
