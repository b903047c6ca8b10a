"""存档: keeping a paper as issued, printing it as PDF, and wording its fixed sentences."""

from collections.abc import Callable, Sequence
from datetime import date

from django.conf import settings
from django.db import models, transaction

from mianduimian.archive import store
from mianduimian.archive.models import Document, Wording
from mianduimian.archive.rules import ERASED, Kind, Sentence, check_text, without
from mianduimian.journal.acts import act, record
from mianduimian.papers import Paper, render
from mianduimian.papers.pdf import pdf
from mianduimian.papers.struck import struck
from mianduimian.people.models import Person, Region
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import _


@act
def keep(paper: Paper, subject: models.Model, *, kind: Kind, region: Region, by: Person, on: date) -> Document:
    """存档: keep a paper's bytes as issued; said differently it becomes the next version, said the same it stays."""
    content = render(paper)
    digest = store.put(content)
    last = Document.objects.of(subject).first()
    if last and last.digest == digest:
        return last
    kept = Document.objects.create(
        kind=kind,
        number=paper.number,
        version=last.version + 1 if last else 1,
        title=paper.title[:200],
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        region=region,
        digest=digest,
        size=len(content),
        by=by,
        on=on,
    )
    now = {"paper": kind.value, "number": kept.number, "version": kept.version, "digest": digest}
    record("archive.keep", subject, by=by, on=on, was={"digest": last.digest} if last else {}, now=now)
    return kept


@act
def print_out(document: Document, *, by: Person, on: date) -> Document:
    """印制 PDF: made from the kept Word file the first time somebody asks, and kept from then on."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update())
    if not document.pdf_digest:
        document.pdf_digest = store.put(pdf(store.get(document.handed), settings.FONTS))
        document.save()
        now = {"number": document.number, "version": document.version, "pdf": document.pdf_digest}
        record("archive.print_out", document, by=by, on=on, now=now)
    return document


@act
def strike(document: Document, known: Sequence[str], *, seal: Callable[[bytes], bytes], by: Person, on: date) -> bool:
    """涂去: hand a paper out from now on without these words; the original is kept under seal. False where none stands in it."""
    content = store.get(document.handed)
    mended = struck(content, known, ERASED)
    if mended is None:
        return False
    document.refresh_from_db(from_queryset=Document.objects.select_for_update())
    gone = [document.struck_digest or document.digest, document.pdf_digest]
    document.sealed_digest = document.sealed_digest or store.put(seal(content))
    document.struck_digest, document.struck_on, document.pdf_digest = store.put(mended), on, ""
    document.title = without(document.title, known)[:200]
    document.save()
    now = {"number": document.number, "version": document.version, "digest": document.struck_digest}
    record("archive.strike", document, by=by, on=on, was={"digest": gone[0]}, now=now)
    transaction.on_commit(lambda: store.drop(*gone))
    return True


@act
def seal_anew(document: Document, content: bytes, *, by: Person, on: date) -> Document:
    """换封: the sealed original of a struck paper lies under a new seal."""
    gone, document.sealed_digest = document.sealed_digest, store.put(content)
    document.save()
    record("archive.seal_anew", document, by=by, on=on, was={"digest": gone}, now={"digest": document.sealed_digest})
    transaction.on_commit(lambda: store.drop(gone))
    return document


@act
def phrase(sentence: Sentence, *, region: Region, text: str, by: Person, on: date) -> Wording:
    """改措辞: say a fixed sentence differently from now on; papers already issued stay as they are."""
    by.must("archive.word")
    if region.pk not in by.region_codes:
        raise NotYours(_("您的岗位不在%(region)s，不能改那里的公文措辞。"), region=region.name)
    text = text.strip().replace("\r\n", "\n")
    check_text(sentence, text)
    Region.objects.select_for_update().get(pk=region.pk)
    last = Wording.objects.of(sentence, region).first()
    if text == (last.text if last else sentence.text):
        raise Refused(_("措辞没有变化。"))
    told = {"region": region, "kind": sentence.kind, "key": sentence.key, "version": last.version + 1 if last else 1}
    made = Wording.objects.create(**told, text=text, by=by, on=on)
    was = {"text": last.text if last else sentence.text}
    record("archive.phrase", made, by=by, on=on, was=was, now={"text": text, "version": made.version})
    return made
