"""佐证: a photograph or paper before or after, checked by its content and kept under a name of our own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from mianduimian.journal.acts import act
from mianduimian.ledger.acts.step import Step
from mianduimian.ledger.models import Evidence, Matter
from mianduimian.ledger.rules import Moment, Proof, examine
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _


@act
def evidence(matter: Matter, proof: Proof, *, by: Person, on: date, seen: int | None = None) -> Evidence:
    """上传佐证: the file as it came is kept; of a photograph, a copy without hidden data is what is shown."""
    step = Step(matter, "evidence", by=by, on=on, seen=seen)
    if (proof.quantity is None) != (not proof.measure):
        raise Refused(_("数量和单位要一起填写，例如 2000 平方米。"))
    checked = examine(proof.name, proof.content, settings.UPLOAD_LIMIT)
    digest = sha256(proof.content).hexdigest()
    if Evidence.objects.filter(matter=matter, digest=digest).exists():
        raise Refused(_("这份文件已经上传过。"))
    stored = f"evidence/{uuid4().hex}"
    with _kept({stored: proof.content, f"{stored}.shown": checked.shown}):
        filed = Evidence.objects.create(
            matter=matter,
            moment=Moment(proof.moment),
            name=checked.name,
            stored=stored,
            kind=checked.kind,
            digest=digest,
            quantity=proof.quantity,
            measure=proof.measure,
            place=proof.place,
            on=on,
            by=by,
        )
        step.end(now={"evidence": filed.pk, "name": checked.name, "digest": digest})
    return filed


@contextmanager
def _kept(files: dict[str, bytes | None]) -> Iterator[None]:
    """Write the files before the row that names them; when the row cannot be written, they go again."""
    written = []
    try:
        for name, content in files.items():
            if content is not None:
                path = Path(settings.MEDIA_ROOT) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                written.append(path)
        yield
    except BaseException:
        for path in written:
            path.unlink()
        raise
