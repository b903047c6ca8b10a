"""分类表: people change the classes version by version, go back to an earlier one, and say what another table's codes mean."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Max

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person, Unit
from mianduimian.refusal import NotYours, Refused
from mianduimian.triage.models import CodeRow, CodeTable, TaxonomyVersion, classed_by, forget
from mianduimian.triage.models.classes import in_force, plainly
from mianduimian.triage.taxonomy import Amendment, Code, Taxonomy, amended, changes, restored, shipped
from mianduimian.vocabulary import _

LONGEST_NOTE = 200


@act
def amend(wanted: Sequence[Amendment], *, note: str = "", by: Person, on: date) -> TaxonomyVersion:
    """Make the next version of the classes; nobody's sorting changes by it, keys stay."""
    _must_sort(by)
    _check_units(wanted)
    base = _latest()
    return _kept(base, amended(base, wanted), note, by=by, on=on)


@act
def restore(key: str, *, by: Person, on: date) -> TaxonomyVersion:
    """Make the next version as an earlier one was; classes added since are kept, but in use no more."""
    _must_sort(by)
    base, earlier = _latest(), version_of(key)
    return _kept(base, restored(base, earlier), str(Refused(_("恢复到%(name)s"), name=earlier.name)), by=by, on=on)


@act
def take_codes(
    name: str, codes: Iterable[Code], *, file: str = "", left_out: Sequence[tuple[int, str]] = (), by: Person, on: date
) -> CodeTable:
    """Keep what the codes of another table mean here, as the next version of that table."""
    _must_sort(by)
    found = list(codes)
    if not found:
        raise Refused(_("没有一行可以收入，请看说明后改好再上传。"))
    last = CodeTable.objects.filter(name=name).aggregate(last=Max("version"))["last"] or 0
    base = in_force()
    table = CodeTable.objects.create(
        name=name,
        version=last + 1,
        taxonomy_key=base.key,
        file_name=file[:200],
        left_out=[[row, why] for row, why in left_out],
        made_by=by,
        made_on=on,
    )
    CodeRow.objects.bulk_create(
        (CodeRow(table=table, code=one.code, name=one.name, category=one.category) for one in found), batch_size=500
    )
    record("triage.take_codes", table, by=by, on=on, now={"name": name, "version": table.version, "codes": len(found)})
    return table


def version_of(key: str) -> Taxonomy:
    """The table of a version, also of the shipped one; an unknown key is refused."""
    if key == shipped().key:
        return shipped()
    found = TaxonomyVersion.objects.filter(key=key).first()
    if found is None:
        raise Refused(_("没有“%(key)s”这一版分类表。"), key=key)
    return found.taxonomy


def _latest() -> Taxonomy:
    """The latest version, locked: two who change it at once make two versions, one after the other."""
    last = TaxonomyVersion.objects.select_for_update(of=("self",)).order_by("-pk").first()
    return last.taxonomy if last else shipped()


def _kept(base: Taxonomy, fresh: Taxonomy, note: str, *, by: Person, on: date) -> TaxonomyVersion:
    changed = plainly(changes(base, fresh))
    version = TaxonomyVersion.objects.create(
        key=fresh.key,
        name=fresh.name,
        source=fresh.source,
        goods=fresh.goods,
        rows=fresh.rows(),
        changed=changed,
        note=note.strip()[:LONGEST_NOTE],
        made_by=by,
        made_on=on,
    )
    forget()
    record("triage.amend", version, by=by, on=on, was={"key": base.key}, now={"key": fresh.key, "changed": changed})
    return version


def _check_units(wanted: Sequence[Amendment]) -> None:
    named = {unit for one in wanted for unit in one.units or ()}
    unknown = named - set(Unit.objects.filter(key__in=named).values_list("key", flat=True))
    if unknown:
        raise Refused(_("没有键为“%(key)s”的单位。"), key=sorted(unknown)[0])


def _must_sort(by: Person) -> None:
    by.must("triage.classify")
    if not classed_by(by):
        raise NotYours(_("分类表和对照表由全市共用，由市级专班修改。"))
