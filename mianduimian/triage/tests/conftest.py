"""What the tests of 梳理 stand on: submissions as intake leaves them, taken up."""

from itertools import count

import pytest

from mianduimian.intake.models import Citizen, Submission
from mianduimian.triage import acts, machine
from mianduimian.triage.acts import reading
from mianduimian.triage.models import Part
from mianduimian.triage.rules import Wording

WORDS = Wording("兴源路路灯不亮", "兴源路中段路灯长期不亮，请尽快修复。", "transport.light", "441602", "兴源路", "urban")


@pytest.fixture(autouse=True)
def nothing_remembered():
    """The index of one test's texts is not asked by another."""
    machine._index.cache_clear()


@pytest.fixture(autouse=True)
def no_second_connection(monkeypatch):
    """A test's transaction is its own: no sign of life is written beside it."""
    monkeypatch.setattr(reading, "BEAT", 600.0)


@pytest.fixture
def wording() -> Wording:
    """The words of an appeal."""
    return WORDS


@pytest.fixture
def say(round, office, day):
    """Let somebody say something in the round: say("路灯不亮") → its submission, not yet taken up."""
    numbers = count(1)

    def make(text="", *, title="", place="", of=None, **more) -> Submission:
        n = next(numbers)
        return Submission.objects.create(
            round=of or round,
            channel="hotline",
            source_number=f"RX{n:05d}",
            title=title,
            text=text or f"兴源路第{n}根灯杆不亮",
            place=place,
            citizen=Citizen.objects.create(name="赖小明", phone="13800138000"),
            received_on=day,
            received_by=office,
            receipt=f"R{n:09d}",
            content=f"{n:064d}",
            **more,
        )

    return make


@pytest.fixture
def parts(say, round, office, day):
    """Several submissions, taken up: parts(5) → their five parts, fresh from the table."""

    def make(how_many: int = 1, **more) -> list[Part]:
        made = [say(**more) for _n in range(how_many)]
        acts.take_up(round, by=office, on=day)
        return list(Part.objects.filter(submission__in=made))

    return make


@pytest.fixture
def fresh():
    """A row or rows as the table has them now."""

    def look(thing):
        if isinstance(thing, list | tuple):
            return [look(one) for one in thing]
        return type(thing).objects.get(pk=thing.pk)

    return look
