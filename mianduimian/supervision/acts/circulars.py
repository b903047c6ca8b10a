"""通报: the figures of every unit over a period, kept as issued together with their definitions."""

from dataclasses import asdict
from datetime import date

from mianduimian.archive.acts import keep
from mianduimian.archive.rules import Kind
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation.acts import next_number
from mianduimian.solicitation.models import Round
from mianduimian.supervision import papers
from mianduimian.supervision.acts.finding import known
from mianduimian.supervision.models import Circular, drafted
from mianduimian.supervision.rules import Said, check_period
from mianduimian.vocabulary import _


@act
def circulate(round: Round, *, begins_on: date, ends_on: date, said: Said | None = None, by: Person, on: date) -> Circular:
    """通报: issue the figures of a period, with the words the person put to them; once for each period."""
    by.must("supervision.circulate")
    check_period(begins_on, ends_on, on)
    round = Round.objects.seen_by(by).filter(pk=round.pk).select_for_update(of=("self",)).first() or _refuse_round()
    if Circular.objects.filter(round=round, begins_on=begins_on, ends_on=ends_on).exists():
        raise Refused(_("这一期间已经通报过。"))
    figures = drafted(round, begins_on, ends_on, on, known())
    if not figures["units"]:
        raise Refused(_("这一期间没有交办的事项，无可通报。"))
    number = next_number(round.rules.papers["circular"], by=by, on=on)
    period = {"begins_on": begins_on, "ends_on": ends_on}
    words = asdict(said or Said())
    circular = Circular.objects.create(round=round, number=number, **period, figures=figures, **words, by=by, on=on)
    named = [one["number"] for one in figures["named"]]
    now = {"number": number, **period, "units": len(figures["units"]), "named": named}
    record("supervision.circulate", round, by=by, on=on, now=now)
    keep(papers.circular_paper(circular), circular, kind=Kind.CIRCULAR, region=round.region, by=by, on=on)
    return circular


def _refuse_round() -> Round:
    raise NotYours(_("这一期不在您的岗位所及的范围。"))
