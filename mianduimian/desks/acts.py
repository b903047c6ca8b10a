"""视图: a person keeps a question of the ledger under a name, and lets go of it."""

from datetime import date

from mianduimian.desks.models import SavedView
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
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
