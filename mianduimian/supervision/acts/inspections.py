"""督查: planning where to go, writing what was found, filing photographs."""

from dataclasses import asdict
from datetime import date
from hashlib import sha256

from django.conf import settings

from mianduimian.archive import store
from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import examine
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.supervision.acts.finding import check_reach, in_hand
from mianduimian.supervision.models import Inspection, Photo
from mianduimian.supervision.rules import Going, Seen, check_going, check_seen
from mianduimian.vocabulary import _


@act
def plan_inspection(matter: Matter, *, place: str, planned_on: date, going: str, by: Person, on: date) -> Inspection:
    """计划督查: on which day somebody goes where; the units do not see it before it was made."""
    by.must("supervision.inspect")
    matter, _held = in_hand(matter, by)
    check_going(planned_on, place, on)
    planned = Inspection.objects.create(matter=matter, going=Going(going), place=place, planned_on=planned_on, planned_by=by)
    now = {"place": place, "planned_on": planned_on, "going": planned.going}
    record("supervision.plan_inspection", planned, by=by, on=on, now=now)
    return planned


@act
def inspect(matter: Matter, seen: Seen, *, planned: Inspection | None = None, by: Person, on: date) -> Inspection:
    """督查: somebody went and looked, and writes what was found; where it was planned, the plan is made good."""
    by.must("supervision.inspect")
    matter, _held = in_hand(matter, by)
    check_seen(seen)
    facts = asdict(seen) | {"going": Going(seen.going)}
    if planned is None:
        made = Inspection.objects.create(matter=matter, by=by, on=on, **facts)
    else:
        made = Inspection.objects.select_for_update().get(pk=planned.pk, matter=matter)
        if made.on:
            raise Refused(_("这次督查已于%(on)s记录。"), on=made.on)
        made.place, made.finding, made.agrees, made.by, made.on = seen.place, seen.finding, seen.agrees, by, on
        made.save()
    now = {"place": seen.place, "finding": seen.finding, "agrees": seen.agrees, "going": made.going}
    record("supervision.inspect", matter, by=by, on=on, now=now)
    return made


@act
def photograph(inspection: Inspection, *, name: str, content: bytes, by: Person, on: date) -> Photo:
    """督查照片: the file as it came is kept; a copy without place and camera is what is shown."""
    by.must("supervision.inspect")
    inspection = Inspection.objects.select_for_update(of=("self",)).select_related("matter__appeal__round").get(pk=inspection.pk)
    check_reach(inspection.matter, by)
    checked = examine(name, content, settings.UPLOAD_LIMIT)
    if checked.shown is None:
        raise Refused(_("督查照片只收 JPG、PNG、WebP 图片。"))
    if Photo.objects.filter(inspection=inspection, digest=sha256(content).hexdigest()).exists():
        raise Refused(_("这份文件已经上传过。"))
    files = {"digest": store.put(content), "shown": store.put(checked.shown)}
    filed = Photo.objects.create(inspection=inspection, name=checked.name, kind=checked.kind, by=by, on=on, **files)
    now = {"photo": filed.pk, "name": filed.name, "digest": filed.digest}
    record("supervision.photograph", inspection.matter, by=by, on=on, now=now)
    return filed
