"""五种公文 — minutes, work plan, assignment, supervision notice, circular — as issued, measured against GB/T 9704-2012."""

from datetime import date
from io import BytesIO
from itertools import pairwise
from re import fullmatch

import docx
import pytest

from mianduimian.archive import acts as archive
from mianduimian.archive import store
from mianduimian.archive.models import Document
from mianduimian.ledger import acts as ledger
from mianduimian.meeting import acts as meeting
from mianduimian.papers.measure import LANDSCAPE, LINE, THICK_RULE, THIN_RULE, UPRIGHT, eighths
from mianduimian.papers.tests.printed import Printed
from mianduimian.supervision import acts as supervision
from mianduimian.supervision.rules import Demand, Said
from mianduimian.taskforce import acts as taskforce
from mianduimian.taskforce.tests.conftest import appeal, asker, decided, formed, heard, plan, planned, spoke

__all__ = ["appeal", "asker", "decided", "formed", "heard", "plan", "planned", "spoke"]

MM = 72 / 25.4
FIVE = ("minutes", "plan", "assignment", "notice", "circular")
RED = (1.0, 0.0, 0.0)
TEXT, TITLE, NUMBER = 16, 22, 14
ASKED = "按期反馈"


@pytest.fixture
def sheets(heard, plan, planned, decided, unit, office, handler, supervisor, day):
    """Each of the five, issued through the acts and printed: kind → the Word file's bytes and its print."""
    meeting.hold(planned, by=office, on=day)
    meeting.issue_minutes(planned, by=office, on=day)
    taskforce.issue(plan, by=office, on=day)
    matter = ledger.open_matter(decided("校门口接送时段车辆乱停、学生穿行车流"), by=office, on=day)
    ledger.assign(matter, by=office, on=day)
    later = date(2023, 12, 11)
    supervision.notify(matter, Demand("书面反馈逾期未交，经催办仍未答复。", "五个工作日内书面反馈。"), by=supervisor, on=later)
    words = Said(text=ASKED * 40)
    supervision.circulate(matter.appeal.round, begins_on=day, ends_on=later, said=words, by=supervisor, on=later)
    kept = {kind: Document.objects.filter(kind=kind).latest("pk") for kind in FIVE}
    printed = {kind: archive.print_out(one, by=office, on=later) for kind, one in kept.items()}
    return {kind: (store.get(one.digest), Printed(store.get(one.pdf_digest))) for kind, one in printed.items()}


def standard(page):
    """The sheet's margins: upright as the standard says, or turned with its binding edge on top."""
    return UPRIGHT if float(page.mediabox.height) > float(page.mediabox.width) else LANDSCAPE


def margins(word):
    for section in docx.Document(word).sections:
        sheet = UPRIGHT if section.page_height > section.page_width else LANDSCAPE
        told = [getattr(section, f"{side}_margin").mm for side in ("top", "bottom", "left", "right")]
        yield told, [getattr(sheet, side) for side in ("top", "bottom", "left", "right")]


def outside(printed):
    """What stands outside the text area, page numbers left aside."""
    for page, signs in zip(printed.reader.pages, printed.pages, strict=True):
        sheet = standard(page)
        for sign in signs[:-1]:
            top, low = sign.y - 0.88 * sign.size, sign.y + 0.12 * sign.size
            if top < sheet.top * MM - 1 or low > (sheet.height - sheet.bottom) * MM + 1 or sign.x < sheet.left * MM - 1:
                yield sign


def numbered(printed):
    """The page number of each page: its words, its size, its dash under the text area, and on which side it stands."""
    for page, signs in zip(printed.reader.pages, printed.pages, strict=True):
        sheet, number = standard(page), signs[-1]
        below = (number.y - 0.38 * number.size) / MM - (sheet.height - sheet.bottom)
        yield number.text, number.size, round(below), "left" if number.x < sheet.width / 2 * MM else "right"


def pitches(printed):
    """How far apart lines of running text stand, those of one paragraph and of two that follow each other."""
    for signs in printed.pages:
        head = max((sign.y for sign in signs if sign.size == TITLE), default=0)
        lines = sorted({round(sign.y, 2) for sign in signs if sign.size == TEXT and sign.y > head})
        yield from (round(low - high, 2) for high, low in pairwise(lines) if low - high < 1.5 * LINE / 20)


def test_the_margins_leave_156_by_225_millimetres_and_nothing_stands_outside(sheets):
    for kind, (word, printed) in sheets.items():
        for told, wanted in margins(BytesIO(word)):
            assert told == pytest.approx(wanted, abs=0.1), kind
        assert list(outside(printed)) == [], kind


def test_the_text_is_16_points_22_lines_a_page_and_the_title_22_points(sheets):
    for kind, (_word, printed) in sheets.items():
        first = [sign.size for sign in printed.pages[0]]
        assert TITLE in first and TEXT in first, kind
        assert list(pitches(printed)) == pytest.approx([LINE / 20] * len(list(pitches(printed))), abs=0.02), kind
        assert 22 * LINE / 20 <= 225 * MM < 23 * LINE / 20


def test_a_full_line_has_28_signs_and_a_paragraph_begins_two_signs_in(sheets):
    lines = [line for page in sheets["circular"][1].reader.pages for line in page.extract_text().splitlines()]
    asked = [len(line) for line in lines if set(line) <= set(ASKED) and line]
    assert asked == [26, 28, 28, 28, 28, 22]


def test_under_a_red_mark_of_its_issuer_stands_a_red_line_as_wide_as_the_text(sheets):
    for kind, (_word, printed) in sheets.items():
        mark = printed.pages[0][0]
        assert "工作专班" in mark.text and mark.y - 0.88 * mark.size == pytest.approx((37 + 35) * MM, abs=1.5), kind
        (line,) = [rule for rule in printed.rules[0] if rule.colour == RED]
        assert (line.x, line.length) == pytest.approx((28 * MM, 156 * MM), abs=0.5), kind
        over = [sign for sign in printed.pages[0] if sign.y < line.y][-1]
        assert line.y - (over.y + 0.12 * over.size) == pytest.approx(4 * MM, abs=2), kind


def test_every_page_is_numbered_between_dashes_7_millimetres_under_the_text_odd_right_even_left(sheets):
    for kind, (_word, printed) in sheets.items():
        wanted = [(f"— {n} —", NUMBER, 7, "right" if n % 2 else "left") for n in range(1, len(printed.pages) + 1)]
        assert list(numbered(printed)) == wanted, kind


def test_the_imprint_stands_on_the_lower_edge_between_rules_of_the_standard(sheets):
    for kind in ("assignment", "notice"):
        printed = sheets[kind][1]
        copies = next(sign for sign in printed.pages[-1] if "抄送" in sign.text)
        rules = [rule for rule in printed.rules[-1] if abs(rule.y - copies.y) < 30 and rule.length > 150 * MM]
        assert copies.size == NUMBER, kind
        assert max(rule.y for rule in rules) == pytest.approx((297 - 35) * MM, abs=1), kind
        assert {round(8 * rule.width) for rule in rules} <= {eighths(THICK_RULE), eighths(THIN_RULE)}, kind


def test_each_has_its_number_in_hexagonal_brackets_and_its_day_in_figures(sheets):
    for kind, (_word, printed) in sheets.items():
        number = next(sign.text.strip() for sign in printed.pages[0] if "〔" in sign.text)
        assert fullmatch(r"河面.〔2023〕[1-9]\d*号", number), (kind, number)
        assert any(fullmatch(r"2023年1[12]月\d{1,2}日", sign.text.strip()) for signs in printed.pages for sign in signs), kind
