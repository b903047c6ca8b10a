"""台账公文: the assignment and the reply stay as they were issued; more time is a new version."""

from datetime import date
from io import BytesIO

import docx

from mianduimian.archive import store
from mianduimian.archive.models import Document
from mianduimian.ledger import acts
from mianduimian.ledger.models import Reply
from mianduimian.ledger.tests.conftest import ANSWER


def said(document):
    paper = docx.Document(BytesIO(store.get(document.digest)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in paper.paragraphs] + cells)


def test_an_assignment_is_kept_when_it_is_issued_and_signing_for_it_changes_nothing(accepted):
    kept = Document.objects.of(accepted.assignment).get()
    assert (kept.kind, kept.number, kept.version) == ("assignment", accepted.assignment.number, 1)
    assert "2023年12月7日" in said(kept)


def test_more_time_is_a_new_version_and_the_first_stays_to_be_had(accepted, handler, office):
    acts.ask_extension(accepted, until=date(2023, 12, 20), reason="等材料", by=handler, on=date(2023, 12, 1))
    acts.grant_extension(accepted, why="同意", by=office, on=date(2023, 12, 1))
    second, first = Document.objects.of(accepted.assignment)
    assert (first.version, second.version, second.number) == (1, 2, first.number)
    assert "书面反馈截止\n2023年12月7日" in said(first) and "书面反馈截止\n2023年12月20日" in said(second)


def test_each_reply_is_numbered_and_kept(accepted, handler):
    acts.reply(accepted, ANSWER, by=handler, on=date(2023, 11, 17))
    kept = Document.objects.of(Reply.objects.get()).get()
    assert (kept.kind, kept.number) == ("reply", "河面复〔2023〕1号")
    assert "河面复〔2023〕1号" in said(kept)
