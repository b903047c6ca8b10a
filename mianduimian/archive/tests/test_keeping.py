"""存档: a paper stays as it was issued; said differently it is the next version; what was touched is found."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mianduimian.archive import acts, store
from mianduimian.archive.commands import archive
from mianduimian.archive.models import Document, faults
from mianduimian.archive.rules import Kind
from mianduimian.archive.tests.conftest import PAPER
from mianduimian.journal.models import Line
from mianduimian.papers import Para, render
from mianduimian.refusal import Refused

LATER = date(2023, 12, 1)


def place(document):
    return store._place(document.digest)


def test_a_paper_is_kept_byte_for_byte_under_its_sha_256(keep):
    kept = keep()
    assert store.get(kept.digest) == render(PAPER)
    assert kept.digest == sha256(render(PAPER)).hexdigest()
    assert (kept.number, kept.version, kept.title, kept.size) == (PAPER.number, 1, PAPER.title, len(render(PAPER)))


def test_kept_again_unchanged_it_stays_one(keep):
    assert keep() == keep(on=LATER)
    assert Document.objects.count() == 1


def test_said_differently_it_is_the_next_version_and_the_first_stays(keep, office):
    first = keep()
    second = keep(replace(PAPER, body=(Para("请重新办理。"),)), on=LATER)
    assert (second.number, second.version) == (PAPER.number, 2)
    assert list(Document.objects.of(office)) == [second, first]
    assert store.get(first.digest) == render(PAPER)


def test_the_journal_names_number_version_and_digest(keep, office):
    first = keep()
    second = keep(replace(PAPER, body=(Para("请重新办理。"),)))
    lines = Line.objects.of(office).filter(verb="archive.keep")
    assert [line.now["digest"] for line in lines] == [first.digest, second.digest]
    assert lines[1].was == {"digest": first.digest} and lines[1].now["version"] == 2


def test_the_papers_of_many_things_are_kept_with_as_many_statements_as_one(office, leader, day):
    here, papers = office.posts[0].unit.region, [replace(PAPER, number=f"河面试〔2023〕{n}号") for n in (7, 8)]

    def asked(*issued) -> int:
        with CaptureQueriesContext(connection) as told:
            kept = acts.keep_all([(paper, one, here) for paper, one in issued], kind=Kind.MINUTES, by=office, on=day)
        assert [store.get(one.digest) for one in kept] == [render(paper) for paper, _one in issued]
        return sum("archive_document" in one["sql"] for one in told)

    assert asked((papers[0], office)) == asked((papers[1], leader), (replace(papers[0], title="更正"), office)) == 2
    assert [one.version for one in Document.objects.of(office)] == [2, 1]
    kept = Document.objects.order_by("pk")
    assert [line.now["digest"] for line in Line.objects.filter(verb="archive.keep")] == [one.digest for one in kept]


def test_a_paper_that_could_not_be_kept_leaves_no_row(keep, monkeypatch):
    monkeypatch.setattr(store, "put", lambda content: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        keep()
    assert not Document.objects.exists() and not Line.objects.filter(verb="archive.keep").exists()


def test_two_papers_never_bear_one_number(keep, office, leader):
    keep()
    with pytest.raises(Exception, match="(?i)unique"):
        keep(subject=leader)


def test_a_changed_file_is_not_handed_out(keep):
    kept = keep()
    place(kept).write_bytes(b"forged")
    with pytest.raises(Refused, match="被改动过"):
        store.get(kept.digest)


def test_the_pdf_is_made_once_and_kept(keep, office, day):
    kept = acts.print_out(keep(), by=office, on=day)
    assert store.get(kept.pdf_digest).startswith(b"%PDF-")
    again = acts.print_out(Document.objects.get(), by=office, on=LATER)
    assert again.pdf_digest == kept.pdf_digest
    assert Line.objects.filter(verb="archive.print_out").count() == 1


def test_verify_finds_nothing_wrong_where_nothing_is(keep):
    keep()
    answer = CliRunner().invoke(archive, ["verify"])
    assert (answer.exit_code, answer.output) == (0, "完好：1 份\n")


@pytest.mark.parametrize(("harm", "said"), [(lambda p: p.unlink(), "找不到"), (lambda p: p.write_bytes(b"x"), "被改动过")])
def test_verify_names_what_was_lost_or_changed(keep, harm, said):
    harm(place(keep()))
    answer = CliRunner().invoke(archive, ["verify"])
    assert answer.exit_code == 1 and PAPER.number in answer.output and said in answer.output


def test_verify_names_a_number_that_is_missing(keep, leader):
    keep()
    keep(replace(PAPER, number="河面交〔2023〕3号"), subject=leader)
    assert [fault.number for fault in faults()] == ["河面交〔2023〕2号"]


def test_a_file_left_by_a_crash_before_its_row_is_found_again(keep):
    digest = store.put(render(PAPER))
    assert keep().digest == digest
    assert list(faults()) == []
