"""印发台账: the ledger of a round as a paper: numbered once, kept as issued, a later change its next version."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from mianduimian.archive import acts as archive
from mianduimian.archive import store
from mianduimian.archive.models import Document
from mianduimian.archive.rules import sentences
from mianduimian.desks import acts
from mianduimian.desks.models import IssuedLedger
from mianduimian.desks.papers import LONGEST, SHARED, ledger_paper
from mianduimian.desks.tests.town import TODAY
from mianduimian.journal.models import Line
from mianduimian.ledger.models import Matter, Progress
from mianduimian.ledger.sheets import COLUMNS
from mianduimian.papers import render
from mianduimian.papers.pdf import pdf
from mianduimian.papers.tests.printed import Printed
from mianduimian.refusal import NotYours, Refused

pytestmark = pytest.mark.django_db


def read(document):
    return docx.Document(BytesIO(store.get(document.digest)))


def number(cell):
    return "".join(cell.split("\n")[:-1])


def issue(round, by, on=TODAY):
    return acts.issue_ledger(round, by=by, on=on)


def test_every_column_officials_expect_stands_in_one_cell_or_over_the_table():
    told = [key for cell, _width in SHARED for key in cell]
    assert sorted([*told, "round"]) == sorted(column.key for column in COLUMNS)
    assert sum(width for _cell, width in SHARED) == 225  # millimetres of text on a sheet that lies across


def test_the_ledger_is_numbered_and_kept_a_matter_a_row_on_sheets_that_lie_across(town, round, office):
    matters = town.build(26)
    kept = issue(round, office)
    paper = read(kept)
    assert (kept.kind, kept.number, kept.version) == ("ledger", "河面账〔2023〕1号", 1)
    assert paper.sections[0].orientation == WD_ORIENT.LANDSCAPE
    rows = paper.tables[0].rows
    assert [number(row.cells[0].text) for row in rows][1:] == sorted(matter.number for matter in matters)
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert "销号人/日期" in rows[0].cells[-1].text
    assert f"期/主题：{round.code} {round.focus}" in [one.text for one in paper.paragraphs]


def test_what_the_ledger_page_shows_the_paper_says(town, round, office):
    town.build(13)
    lines = [[cell.text for cell in row.cells] for row in read(issue(round, office)).tables[0].rows]
    said = {number(cells[0]): cells for cells in lines}
    for matter in Matter.objects.all().lines():
        cells = said[matter.number]
        assert matter.light(TODAY).chinese in cells[9] and matter.state_word in cells[9]
        assert matter.appeal.title[: LONGEST - 1] in cells[1]


def test_issued_again_it_is_the_next_version_of_the_same_number_and_the_first_stays(town, round, office):
    matter = town.build(13)[1]
    first = issue(round, office)
    Progress.objects.create(matter=matter, text="护栏已装好", on=TODAY, by=office)
    second = issue(round, office, TODAY + timedelta(1))
    assert (second.number, second.version) == (first.number, 2)
    assert [document.version for document in Document.objects.of(IssuedLedger.objects.get())] == [2, 1]
    words = ["".join(cell.text for row in read(one).tables[0].rows for cell in row.cells) for one in (first, second)]
    assert ["护栏已装好" in said for said in words] == [False, True]


def test_issued_twice_with_nothing_changed_it_stays_one_version_and_one_line(town, round, office):
    town.build(13)
    assert issue(round, office) == issue(round, office)
    assert Line.objects.filter(verb="desks.issue_ledger").count() == 1


def test_another_round_takes_the_next_number_and_a_round_without_matters_none(town, round, office):
    with pytest.raises(Refused):
        issue(round, office)
    town.build(1)
    assert issue(round, office).number.endswith("1号")


def test_only_the_office_of_the_rounds_own_region_issues_it(town, round, office, handler, supervisor, hire):
    town.build(1)
    for somebody in (handler, supervisor):
        with pytest.raises(Refused):
            issue(round, somebody)
    with pytest.raises(NotYours):
        issue(round, hire("office", "yuancheng"))
    assert not Document.objects.filter(kind="ledger").exists()


def test_a_clerk_words_its_title_and_its_note(town, round, office):
    town.build(1)
    words = sentences()["ledger"]
    archive.phrase(words["title"], region=round.region, text="《{主题}》问题台账", by=office, on=TODAY)
    assert ledger_paper(round, TODAY).title == f"《{round.focus}》问题台账"


def test_a_long_entry_is_cut_so_that_every_row_fits_on_a_page(town, round, office):
    matters = town.build(4)
    for matter in matters:
        Progress.objects.create(matter=matter, text="很长的进展" * 200, on=TODAY, by=office)
    printed = Printed(pdf(render(ledger_paper(round, TODAY))))
    said = ["".join(sign.text for sign in page) for page in printed.pages]
    assert all(any(matter.number[-4:] in page for page in said) for matter in matters)
    assert "…" in "".join(said)


def test_the_page_offers_a_draft_then_the_versions_and_the_files_are_to_be_had(town, round, office, leader, get, client):
    town.build(13)
    page = get(office, "desks:issued", round.code).content.decode()
    assert "下载草稿" in page and "还没有存档" in page
    assert get(office, "desks:ledger_paper", round.code)["Content-Type"].endswith("document")
    client.post(f"/desk/{round.code}/ledger/issue")
    page = get(leader, "desks:issued", round.code).content.decode()
    assert "河面账〔2023〕1号" in page and "印发下一版" not in page
    assert get(leader, "desks:ledger_paper", round.code, version=1, **{"as": "pdf"}).content.startswith(b"%PDF")


def test_what_is_asked_of_the_database_does_not_grow_with_the_matters(town, round, office, django_assert_max_num_queries):
    town.build(13)
    with django_assert_max_num_queries(40) as few:
        ledger_paper(round, TODAY)
    town.build(26)
    with django_assert_max_num_queries(len(few)):
        ledger_paper(round, TODAY)
