"""核查: looking whether it is so, with photographs; and standing aside."""

from datetime import date
from hashlib import sha256

from django.conf import settings

from mianduimian.archive import store
from mianduimian.intake.sealing import fingerprint
from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Matter, Reply
from mianduimian.ledger.rules import examine
from mianduimian.lookback.acts.apart import answered_matter, check_second
from mianduimian.lookback.models import Recusal, Snapshot, Task, Verification, Visit
from mianduimian.lookback.rules import Checked, Finding, check_note, check_points
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import _


@act
def verify(matter: Matter, checked: Checked, *, token: str = "", by: Person, on: date) -> Verification:
    """核查: somebody who neither handled the matter nor replied looks whether it is so; the same form sent twice is one."""
    by.must("lookback.verify")
    check_note(checked.note)
    body = _body(checked)
    earlier = _sent(token, body, by)
    if earlier:
        return earlier
    matter = answered_matter(matter, by)
    earlier = _sent(token, body, by)  # the same form may have come in while we waited for the matter
    if earlier:
        return earlier
    if Reply.objects.filter(matter=matter, by=by).exists():
        raise NotYours(_("这件事项的书面反馈由您填写，须由其他人核查。"))
    made = Verification.objects.create(
        matter=matter,
        turn=matter.turn,
        again=_is_second(matter, by),
        finding=Finding(checked.finding),
        note=checked.note,
        points=check_points(checked, matter.appeal.round.rules),
        on_site=checked.on_site,
        by=by,
        on=on,
        token=token or None,
        body=body,
    )
    photos = [_keep(made, photo.name, photo.content) for photo in checked.photos]
    now = {"turn": matter.turn, "finding": checked.finding, "on_site": checked.on_site, "again": made.again}
    record("lookback.verify", matter, by=by, on=on, now=now | {"points": made.points, "photos": photos})
    return made


def _body(checked: Checked) -> str:
    photos = [sha256(photo.content).hexdigest() for photo in checked.photos]
    return fingerprint(checked.finding, checked.note, repr(sorted(checked.points.items())), str(checked.on_site), *photos)


def _sent(token: str, body: str, by: Person) -> Verification | None:
    """What this very form made when it came before: a form kept on a telephone may be sent again until it hears an answer."""
    earlier = Verification.objects.filter(token=token).first() if token else None
    if earlier and (earlier.body, earlier.by_id) != (body, by.pk):
        raise Refused(_("这张表已经提交过，内容却不同。要改，请重新打开核查表。"))
    return earlier


def _is_second(matter: Matter, by: Person) -> bool:
    """Whether this is the second look that a draw asks for; a second one that nobody asked for is refused."""
    if not Verification.objects.filter(matter=matter, turn=matter.turn, again=False).exists():
        return False
    if not Task.objects.filter(matter=matter, again=True).open().exists():
        raise Refused(_("第%(turn)s轮已经核查过。"), turn=matter.turn)
    check_second(matter, by)
    return True


def _keep(made: Verification, name: str, content: bytes) -> str:
    """Keep a photograph as it came, and beside it a copy without place and camera, which is what is shown."""
    checked = examine(name, content, settings.UPLOAD_LIMIT)
    if checked.shown is None:
        raise Refused(_("现场照片只收 JPG、PNG、WebP 图片。"))
    digest = sha256(content).hexdigest()
    if not Snapshot.objects.filter(verification=made, digest=digest).exists():
        kept = {"name": checked.name, "kind": checked.kind, "digest": store.put(content), "shown": store.put(checked.shown)}
        Snapshot.objects.create(verification=made, **kept)
    return digest


@act
def recuse(matter: Matter, *, person: Person, why: str, by: Person, on: date) -> Recusal:
    """回避: whoever has an interest says so, or is kept out by whoever plans; their tasks and calls on the matter go back."""
    by.must("lookback.visit" if person.pk == by.pk else "lookback.plan")
    if not why.strip():
        raise Refused(_("请写明回避的理由。"))
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if matter.appeal.round.region_id not in by.region_codes:
        raise NotYours(_("这件事项不在您岗位所在的区划。"))
    made, fresh = Recusal.objects.get_or_create(matter=matter, person=person, defaults={"why": why[:200], "by": by, "on": on})
    if fresh:
        tasks = Task.objects.filter(matter=matter, verifier=person).open()
        given = Task.objects.filter(pk__in=list(tasks.values_list("pk", flat=True))).update(verifier=None)
        calls = Visit.objects.filter(matter=matter, caller=person).unanswered().update(caller=None)
        now = {"person": person.name, "tasks": given, "calls": calls}
        record("lookback.recuse", matter, by=by, on=on, now=now, why=why)
    return made
