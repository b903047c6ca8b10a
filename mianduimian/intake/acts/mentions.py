"""提及的处理: what still names an erased citizen is found while the name is known, and settled by hand, place by place."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models

from mianduimian.archive import store
from mianduimian.archive.acts import strike
from mianduimian.archive.models import Document
from mianduimian.archive.rules import without
from mianduimian.intake.models import Citizen, Mention, indexes, naming
from mianduimian.intake.rules import How
from mianduimian.intake.sealing import seal, unseal
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import _


def note(citizen: Citizen, known: Sequence[str], on: date) -> int:
    """Write down every place that still names the citizen; says how many."""
    found = [
        Mention(citizen=citizen, table=row._meta.label_lower, row=str(row.pk), column=column, named="\n".join(words), found_on=on)
        for row, column, words in naming(known)
    ]
    return len(Mention.objects.bulk_create(found, batch_size=500))


def empty_indexes(known: Sequence[str]) -> dict[str, list[int]]:
    """Empty what is kept for searching of the rows that name the citizen, and say which, so that they are derived anew."""
    emptied = {}
    for index in indexes():
        rows = index.naming(known)
        keys = list(rows.values_list("pk", flat=True))
        rows.filter(pk__in=keys).update(**dict.fromkeys(index.columns, ""))
        emptied[index.model._meta.label_lower] = keys
    return emptied


def strike_papers(known: Sequence[str], since: date | None, *, by: Person, on: date) -> int:
    """涂去公文: no paper that was issued since the citizen first spoke is handed out with the name any more."""
    papers = Document.objects.filter(on__gte=since).order_by("pk") if since and known else Document.objects.none()
    there = (paper for paper in papers if store.holds(paper.handed))  # what is lost is handed to nobody
    return sum(strike(paper, known, seal=_sealed, by=by, on=on) for paper in there)


def _sealed(content: bytes) -> bytes:
    return seal(content.hex()).encode()


@act
def open_paper(paper: Document, *, why: str, by: Person, on: date) -> bytes:
    """取出原件: a struck paper as it was issued, for a lawful demand that stays on record."""
    by.must("intake.unmask")
    if paper.region_id not in by.region_codes:
        raise NotYours(_("这份公文不在您的岗位所及的范围。"))
    if not why.strip():
        raise Refused(_("请写明理由。"))
    record("intake.open_paper", paper, by=by, on=on, now={"number": paper.number, "version": paper.version}, why=why)
    return bytes.fromhex(unseal(store.get(paper.sealed_digest).decode()))


@act
def mend(mention: Mention, *, how: str, why: str = "", by: Person, on: date) -> Mention:
    """处理: strike the name where it stands, find that it is mended already, or leave it there for a reason."""
    by.must("intake.unmask")
    if not Mention.objects.seen_by(by).filter(pk=mention.pk).exists():
        raise NotYours(_("这位群众不在您的岗位所及的范围。"))
    mention = Mention.objects.select_for_update(of=("self",)).get(pk=mention.pk)
    if mention.settled_on:
        raise Refused(_("这一处已于%(on)s处理过。"), on=mention.settled_on)
    emptied = _settle(mention, How(how), why)
    mention.how, mention.why, mention.named, mention.by, mention.settled_on = how, why, "", by, on
    mention.save()
    place = {"table": mention.table, "row": mention.row, "column": mention.column}
    record("intake.mend", mention, by=by, on=on, now={"how": how, **place, "emptied": emptied}, why=why)
    if not mention.citizen.mentions.open().exists():
        record("intake.erased_through", mention.citizen, by=by, on=on, now={"mentions": mention.citizen.mentions.count()})
    return mention


def _settle(mention: Mention, how: How, why: str) -> dict[str, list[int]]:
    if any(word in why for word in mention.words):
        raise Refused(_("理由会写进留痕，请不要写这位群众的姓名、电话。"))
    if how == How.EXCUSED and not why.strip():
        raise Refused(_("保留要写明理由，如“同名的另一个人”。"))
    if how == How.MENDED and mention.still:
        raise Refused(_("这里仍然提到这位群众，请先在原处改好，或者涂去。"))
    if how != How.STRUCK:
        return {}
    if mention.fixed:
        raise Refused(_("这里的内容不能改动（留痕、人员与单位名称），只能写明理由保留。"))
    _strike_out(mention)
    return empty_indexes(mention.words)


def _strike_out(mention: Mention) -> None:
    column = mention.model._meta.get_field(mention.column)
    if mention.text is None:  # the row is gone, and the name with it
        return
    now = fitting(column, without_in(mention.text, mention.words))
    mention.model._default_manager.filter(pk=mention.row).update(**{mention.column: now})


def without_in(value: Any, known: Sequence[str]) -> Any:
    """A value of any text column with these words taken out, however deep they lie in it."""
    if isinstance(value, dict):
        return {without_in(name, known): without_in(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [without_in(one, known) for one in value]
    return without(value, known) if isinstance(value, str) else value


def fitting(column: Any, value: Any) -> Any:
    """The value cut to what its column holds."""
    longest = column.max_length if isinstance(column, models.CharField) else None
    return value[:longest] if longest else value
