"""销号: the second hand; and the exception that a named approver may grant."""

from datetime import date

from mianduimian.archive.acts import keep
from mianduimian.archive.rules import Kind
from mianduimian.journal.acts import act, record
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Closing, Matter
from mianduimian.ledger.rules import State
from mianduimian.lookback.acts.apart import answered_matter, held_apart
from mianduimian.lookback.models import Exemption, Verification, Visit, look
from mianduimian.lookback.papers import visits_paper
from mianduimian.lookback.rules import Look, Waiver
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation.acts import next_number
from mianduimian.vocabulary import _, say


@act
def exempt(matter: Matter, *, waiver: str, why: str, by: Person, on: date) -> Exemption:
    """批准例外销号: a named approver waives what is usually owed, with a reason; never the verification. Counted in public."""
    by.must("lookback.exempt")
    matter = answered_matter(matter, by)
    if len(why.strip()) < 10:
        raise Refused(_("请写明批准例外的理由，不少于10个字：会计入公开的例外件数。"))
    if Exemption.objects.filter(matter=matter, turn=matter.turn).exists():
        raise Refused(_("第%(turn)s轮已经批准过例外。"), turn=matter.turn)
    made = Exemption.objects.create(matter=matter, turn=matter.turn, waiver=Waiver(waiver), why=why, by=by, on=on)
    missing = look(matter).missing
    record(
        "lookback.exempt", matter, by=by, on=on, now={"turn": matter.turn, "waiver": waiver, "still_missing": missing}, why=why
    )
    return made


@act
def close(matter: Matter, *, ground: str, by: Person, on: date) -> Closing:
    """销号: the second hand, only with a verification and the citizens' answers, or recorded attempts to get them."""
    by.must("lookback.close")
    matter = held_apart(matter, by)
    if matter.state != State.CLOSING:
        raise Refused(_("事项现在是“%(state)s”，提请销号之后才能销号。"), state=matter.state_word)
    if Closing.objects.filter(matter=matter, turn=matter.turn, by=by).exists():
        raise NotYours(_("销号由您提请，须由第二人确认。"))
    seen = look(matter)
    if seen.missing:
        raise Refused(_("还不能销号：%(missing)s。"), missing=say(_("；")).join(seen.missing))
    made = ledger.close(matter, ground=ground, by=by, on=on)
    share = seen.share
    now = {"turn": matter.turn, "to_ask": share.to_ask, "reached": share.reached, "unreached": share.unreached}
    record("lookback.close", matter, by=by, on=on, now=now | {"waiver": seen.waiver}, why=ground)
    _file(matter, made, seen, by=by, on=on)
    return made


def _file(matter: Matter, made: Closing, seen: Look, *, by: Person, on: date) -> None:
    """回访表 as it stood at the closing, kept with a number; every identity masked."""
    visits = list(Visit.objects.filter(matter=matter).of_this_turn().with_rows())
    verified = Verification.objects.filter(matter=matter, turn=matter.turn).select_related("by").first()
    number = next_number(matter.appeal.round.rules.papers["visits"], by=by, on=on)
    paper = visits_paper(matter, seen, visits, verified, number=number)
    keep(paper, made, kind=Kind.VISITS, region=matter.appeal.round.region, by=by, on=on)
