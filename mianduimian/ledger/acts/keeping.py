"""存档: the ledger's papers kept as issued; more time granted is a new version of the assignment."""

from datetime import date

from mianduimian.archive.acts import keep
from mianduimian.archive.models import Document
from mianduimian.archive.rules import Kind
from mianduimian.ledger.models import Assignment, Reply
from mianduimian.ledger.papers import assignment_paper, reply_paper
from mianduimian.people.models import Person
from mianduimian.solicitation.acts import next_number


def keep_assignment(given: Assignment, *, by: Person, on: date) -> Document:
    """Keep the 交办单 as it says now."""
    region = given.matter.appeal.round.region
    return keep(assignment_paper(given), given, kind=Kind.ASSIGNMENT, region=region, by=by, on=on)


def keep_reply(written: Reply, *, by: Person, on: date) -> Document:
    """Number the 书面反馈 and keep it."""
    round = written.matter.appeal.round
    number = next_number(round.rules.papers["reply"], by=by, on=on)
    return keep(reply_paper(written, number), written, kind=Kind.REPLY, region=round.region, by=by, on=on)
