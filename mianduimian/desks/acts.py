"""工作台的动作: a person keeps a question of the ledger under a name and lets go of it; the office issues a round's ledger."""

from datetime import date

from mianduimian.archive.acts import keep
from mianduimian.archive.models import Document
from mianduimian.archive.rules import Kind
from mianduimian.desks import papers
from mianduimian.desks.models import IssuedLedger, SavedView
from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation.acts import next_number
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _

MOST = 20


@act
def keep_view(name: str, asked: str, *, by: Person, on: date) -> SavedView:
    """保存视图: under a name that is new, or in place of what stood there; what was searched for stays out of the journal."""
    by.must("ledger.see")
    name = name.strip()
    if not name:
        raise Refused(_("请给视图起个名称。"))
    mine = SavedView.objects.select_for_update().of(by)
    if mine.count() >= MOST and not mine.filter(name=name).exists():
        raise Refused(_("最多保存%(n)s个视图，请先删去不用的。"), n=MOST)
    view, _made = SavedView.objects.update_or_create(person=by, name=name, defaults={"asked": asked, "on": on})
    record("desks.keep_view", view, by=by, on=on, now={"name": name})
    return view


@act
def drop_view(view: SavedView, *, by: Person, on: date) -> None:
    """删除视图: one's own."""
    by.must("ledger.see")
    mine = SavedView.objects.of(by).filter(pk=view.pk)
    if not mine.exists():
        raise Refused(_("这个视图已经删去。"))
    record("desks.drop_view", view, by=by, on=on, was={"name": view.name})
    mine.delete()


@act
def issue_ledger(round: Round, *, by: Person, on: date) -> Document:
    """印发台账: keep the ledger of a round as it stands under its number; what changed since is the next version."""
    by.must("ledger.issue")
    found = Round.objects.seen_by(by).filter(pk=round.pk).select_related("region").select_for_update(of=("self",)).first()
    if found is None:
        raise NotYours(_("这一期不在您的岗位所及的范围。"))
    if not Matter.objects.of(found).exists():
        raise Refused(_("这一期还没有入账的事项，没有台账可印发。"))
    issued = IssuedLedger.objects.filter(round=found).first() or _numbered(found, by=by, on=on)
    last = Document.objects.of(issued).first()
    kept = keep(papers.ledger_paper(found, on, issued.number), issued, kind=Kind.LEDGER, region=found.region, by=by, on=on)
    if kept != last:
        record("desks.issue_ledger", issued, by=by, on=on, now={"round": found.code, "version": kept.version})
    return kept


def _numbered(round: Round, *, by: Person, on: date) -> IssuedLedger:
    number = next_number(round.rules.papers["ledger"], by=by, on=on)
    return IssuedLedger.objects.create(round=round, number=number, by=by, on=on)
