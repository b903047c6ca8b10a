"""交回: a filled-in ledger is taken in and looked at, then written back cell by cell, each by the move it is."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.ledger.acts.handling import entrust, oversee, progress
from mianduimian.ledger.models import Judged, Matter, Return
from mianduimian.ledger.rules.returning import FILLS, Verdict
from mianduimian.ledger.sheets import read
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.vocabulary import _


@act
def take_in(name: str, raw: bytes, *, by: Person, on: date) -> Return:
    """Read a filled-in ledger and keep what was changed in it; the ledger itself is not touched."""
    by.must("ledger.fill")
    found = read(raw)
    cells = [asdict(cell) for cell in found.cells]
    came = Return.objects.create(name=name[-200:], lines=found.lines, cells=cells, broken=found.broken, on=on, by=by)
    record("ledger.take_in", came, by=by, on=on, now={"lines": found.lines, "changed": len(cells), "broken": len(found.broken)})
    return came


@act
def write_back(came: Return, *, by: Person, on: date) -> Return:
    """Write what may be written, once; what is refused or in conflict is named and stays as it is in the ledger."""
    by.must("ledger.fill")
    came = Return.objects.select_for_update().get(pk=came.pk)
    if came.by_id != by.pk:
        raise NotYours(_("这张表是别人交回的。"))
    if came.written_on:
        raise Refused(_("这张表已于%(day)s写入。"), day=came.written_on)
    lines: dict[str, list[Judged]] = {}
    for one in came.judged(by):
        lines.setdefault(one.cell.number, []).append(one)
    results = [one for cells in lines.values() for one in _line(cells, by, on)]
    came.results, came.written_on = [one.facts for one in results], on
    came.save(update_fields=["results", "written_on"])
    told = {verdict.value: sum(one.verdict == verdict for one in results) for verdict in Verdict}
    record("ledger.write_back", came, by=by, on=on, now=told)
    return came


def _line(cells: list[Judged], by: Person, on: date) -> list[Judged]:
    """Write the cells of one line, those of one move together."""
    done: dict[str, Judged] = {}
    for verb in dict.fromkeys(verb for verb, _longest in FILLS.values()):
        mine = [one for one in cells if one.verdict == Verdict.WRITE and FILLS[one.cell.key][0] == verb]
        done |= {one.cell.key: one for one in _move(verb, mine, by, on)} if mine else {}
    return [done.get(one.cell.key, one) for one in cells]


def _move(verb: str, cells: list[Judged], by: Person, on: date) -> list[Judged]:
    matter, texts = cells[0].matter, {one.cell.key: one.cell.text for one in cells}
    if matter is None:
        return cells
    try:
        WRITES[verb](matter, texts, by, on)
    except Refused as refused:
        verdict = Verdict.CONFLICT if isinstance(refused, Overtaken) else Verdict.REFUSED
        return [replace(one, verdict=verdict, why=str(refused)) for one in cells]
    return [replace(one, verdict=Verdict.DONE) for one in cells]


def _progress(matter: Matter, texts: dict[str, str], by: Person, on: date) -> object:
    return progress(matter, text=texts["progress"], by=by, on=on, seen=matter.version)


def _entrust(matter: Matter, texts: dict[str, str], by: Person, on: date) -> object:
    held = matter.assignment
    names = {name: texts.get(name, getattr(held, name)) for name in ("leader", "responsible")}
    return entrust(matter, **names, by=by, on=on, seen=matter.version)


def _oversee(matter: Matter, texts: dict[str, str], by: Person, on: date) -> object:
    return oversee(matter, overseer=texts["overseer"], by=by, on=on, seen=matter.version)


WRITES: dict[str, Callable[[Matter, dict[str, str], Person, date], object]] = {
    "progress": _progress,
    "entrust": _entrust,
    "oversee": _oversee,
}
