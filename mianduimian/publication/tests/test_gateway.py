"""一封信与一个渠道: what a gateway's answer means, and when a letter in doubt may go out again; citizens' and subscribers'."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone

from mianduimian.publication.acts.gateway import drops, hand
from mianduimian.publication.gateways import Letter, Unclear, Undelivered, Unwanted
from mianduimian.publication.models import Alert, Message
from mianduimian.publication.rules import Result


@dataclass
class Way:
    """A gateway of a test: what it raises, what it has, what it was given."""

    raises: Exception | None = None
    has: set[str] = field(default_factory=set)
    given: list[Letter] = field(default_factory=list)
    asks: bool = False
    remembers: timedelta = timedelta()
    silent: bool = False  # nobody answers who asks for a key
    name: str = "email"

    def send(self, letter):
        self.given.append(letter)
        if self.raises:
            raise self.raises

    def knows(self, key):
        if self.silent:
            raise Unclear("no answer")
        return key in self.has


@pytest.fixture(params=[Message, Alert], ids=["citizen", "subscriber"])
def one(request, monkeypatch):
    """A letter of either kind."""
    monkeypatch.setattr(request.param, "letter", Letter("K1", "a@example.org", "说"))
    return request.param()


@pytest.mark.parametrize(
    ("raised", "result", "said"),
    [
        (None, Result.TAKEN, ""),
        (Undelivered("busy"), Result.LATER, "busy"),
        (Unwanted("no such mailbox"), Result.REFUSED, "no such mailbox"),
        (Unclear("line cut"), Result.UNCLEAR, "line cut"),
        (KeyError("a secret word"), Result.UNCLEAR, "KeyError"),
        (Undelivered("x" * 999), Result.LATER, "x" * 200),
    ],
)
def test_every_answer_of_a_gateway_is_a_result_and_its_own_fault_is_a_doubt(one, raised, result, said):
    way = Way(raised)
    assert hand(one, way) == (result, said) and len(way.given) == 1


@pytest.mark.parametrize(
    ("doubtful", "asks", "has", "sent"),
    [
        (False, True, True, 1),  # nobody asks about a first try
        (True, True, True, 0),
        (True, True, False, 1),
        (True, False, True, 1),
    ],
)
def test_a_letter_in_doubt_is_asked_for_before_it_is_sent_again(one, doubtful, asks, has, sent):
    one.doubtful_since = timezone.now() if doubtful else None
    way = Way(has={"K1"} if has else set(), asks=asks)
    assert hand(one, way) == (Result.TAKEN, "") and len(way.given) == sent


def test_where_nobody_answers_about_a_letter_in_doubt_it_stays_in_doubt_and_is_not_sent(one):
    one.doubtful_since = timezone.now()
    way = Way(asks=True, silent=True)
    assert hand(one, way) == (Result.UNCLEAR, "no answer") and way.given == []


@pytest.mark.parametrize(
    ("asks", "remembers", "since", "may"),
    [
        (False, 0, None, False),
        (False, 0, 1, False),
        (True, 0, 99, True),
        (False, 9, None, True),
        (False, 9, 8, True),
        (False, 9, 10, False),
    ],
)
def test_a_letter_in_doubt_goes_out_again_only_while_its_double_would_be_seen(one, asks, remembers, since, may):
    one.doubtful_since = timezone.now() - timedelta(minutes=since) if since else None
    assert drops(one, Way(asks=asks, remembers=timedelta(minutes=remembers))) is may
