"""存档: the ledger's papers kept as issued; more time granted is a new version of the assignment."""

from collections.abc import Sequence
from datetime import date
from functools import cache, partial

from mianduimian.archive.acts import keep, keep_all
from mianduimian.archive.models import Document, wording
from mianduimian.archive.rules import Kind
from mianduimian.ledger.models import Assignment, Reply
from mianduimian.ledger.papers import assignment_paper, reply_paper
from mianduimian.people.models import Person
from mianduimian.solicitation.acts import next_number


def keep_assignment(given: Assignment, *, by: Person, on: date) -> Document:
    """Keep the 交办单 as it says now."""
    return keep_assignments([given], by=by, on=on)[0]


def keep_assignments(given: Sequence[Assignment], *, by: Person, on: date) -> list[Document]:
    """Keep the 交办单 of each of these as it says now."""
    said = cache(partial(wording, Kind.ASSIGNMENT))
    issued = [(assignment_paper(one, said(region)), one, region) for one in given for region in [one.matter.appeal.round.region]]
    return keep_all(issued, kind=Kind.ASSIGNMENT, by=by, on=on)


def keep_reply(written: Reply, *, by: Person, on: date) -> Document:
    """Number the 书面反馈 and keep it."""
    round = written.matter.appeal.round
    number = next_number(round.rules.papers["reply"], by=by, on=on)
    return keep(reply_paper(written, number), written, kind=Kind.REPLY, region=round.region, by=by, on=on)
