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
    return keep_all([(paper, subject, region)], kind=kind, by=by, on=on)[0]


@act
def keep_all(issued: Sequence[tuple[Paper, models.Model, Region]], *, kind: Kind, by: Person, on: date) -> list[Document]:
    """存档: keep one paper about each of many things, with as many statements for all as for one."""
    last = _last([one for _paper, one, _region in issued])
    kept, fresh = [], []
    for paper, one, region in issued:
        document, earlier = _laid_down(paper, one, kind=kind, region=region, by=by, on=on), last.get(one.pk)
        if earlier and earlier.digest == document.digest:
            kept.append(earlier)
            continue
        document.version = earlier.version + 1 if earlier else 1
        kept.append(document)
        fresh.append(document)
        now = {"paper": kind.value, "number": document.number, "version": document.version, "digest": document.digest}
        record("archive.keep", one, by=by, on=on, was={"digest": earlier.digest} if earlier else {}, now=now)
    Document.objects.bulk_create(fresh)
    return kept


def _last(subjects: Sequence[models.Model]) -> dict[int, Document]:
    """The newest version kept about each of these things, which are all of one kind."""
    asked = Document.objects.filter(subject_id__in=[one.pk for one in subjects])
    rows = asked.filter(subject_type__in={one._meta.label_lower for one in subjects}).order_by("version", "pk")
    return {document.subject_id: document for document in rows}


def _laid_down(paper: Paper, subject: models.Model, *, kind: Kind, region: Region, by: Person, on: date) -> Document:
    """The row of a paper, not yet written, whose bytes already lie in the store."""
    content = render(paper)
    return Document(
        kind=kind,
        number=paper.number,
        title=paper.title[:200],
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        region=region,
        digest=store.put(content),
        size=len(content),
        by=by,
        on=on,
    )


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
