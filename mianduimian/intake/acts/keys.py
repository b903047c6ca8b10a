"""换钥: every seal is made anew under the key of today, some at a time; interrupted, it goes on where it was."""

from datetime import date

from mianduimian.archive import store
from mianduimian.archive.acts import seal_anew
from mianduimian.archive.models import Document
from mianduimian.intake.models import Citizen, Mention
from mianduimian.intake.rules import IDENTITY
from mianduimian.intake.sealing import mark, seal, unseal
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person

AT_ONCE = 500


@act
def reseal(*, by: Person, on: date) -> int:
    """Seal the next citizens under the key of today; says how many. None left is zero."""
    by.must("intake.reseal")
    stale = list(Citizen.objects.sealed_before(mark()).select_for_update(of=("self",)).order_by("pk")[:AT_ONCE])
    Citizen.objects.bulk_update(stale, IDENTITY)
    if stale:
        record("intake.reseal", by, by=by, on=on, now={"citizens": len(stale), "key": mark()})
    else:
        _reseal_the_rest(by, on)
    return len(stale)


def _reseal_the_rest(by: Person, on: date) -> None:
    """What else lies under a seal: names that wait to be mended, and the originals of struck papers."""
    Mention.objects.bulk_update(Mention.objects.open().select_for_update(of=("self",)), ["named"])
    for paper in Document.objects.exclude(sealed_digest="").order_by("pk"):
        sealed = store.get(paper.sealed_digest).decode()
        if not sealed.startswith(mark()):
            seal_anew(paper, seal(unseal(sealed)).encode(), by=by, on=on)
