"""台账 Excel 出去再回来: what may be written is written once; what may not, and what somebody changed meanwhile, is named."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from mianduimian.desks.sheets import ledger as sheet
from mianduimian.desks.tests.town import GIVEN, TODAY
from mianduimian.journal.models import Line
from mianduimian.ledger import acts
from mianduimian.ledger.models import Assignment, Glance, Matter, Progress, Return
from mianduimian.ledger.rules.returning import Verdict, base, column, digest, marks, plain
from mianduimian.ledger.sheets import COLUMNS, read
from mianduimian.people.models import Post, Unit
from mianduimian.refusal import NotYours, Refused

pytestmark = pytest.mark.django_db
PLACES = {one.key: n for n, one in enumerate(COLUMNS, 1)}


@pytest.fixture(autouse=True)
def all_are_led_by_the_police(monkeypatch):
    monkeypatch.setattr("mianduimian.desks.tests.town.LEADS", ("traffic_police",) * 3)


class Book:
    """The file as a spreadsheet program shows it; cells are found by the matter's number and the column's key."""

    def __init__(self, person):
        self.raw = sheet(list(Glance.objects.seen_by(person).values_list("pk", flat=True)), [], person, TODAY)
        self.file = load_workbook(BytesIO(self.raw))
        self.page = self.file.worksheets[0]
        self.rows = {self.page.cell(n, 1).value: n for n in range(2, self.page.max_row + 1)}

    def write(self, number, key, value):
        """Type into a cell; its address is returned."""
        cell = self.page.cell(self.rows[number], PLACES[key])
        cell.value = value
        return cell.coordinate

    def saved(self):
        out = BytesIO()
        self.file.save(out)
        return out.getvalue()


def of_state(*states):
    return list(Matter.objects.filter(state__in=states).order_by("pk").values_list("number", flat=True))


def matter(number):
    return Matter.objects.get(number=number)


@pytest.mark.slow
def test_of_355_matters_40_cells_change_33_are_written_and_7_are_named_and_again_changes_nothing(town, handler, hire):
    town.build(355, ("red", "replied", "again", "red", "settled"))
    colleague = hire("unit", "traffic_police")
    book = Book(handler)
    assert len(book.rows) == 355
    working, settled = of_state("accepted", "replied"), of_state("settled")
    for number in working[:20]:
        book.write(number, "progress", f"{number} 已完成七成")
    for number in working[20:30]:
        book.write(number, "leader", "李副局长")
    for number in working[25:28]:
        book.write(number, "responsible", "王大队长")
    forbidden = {
        book.write(working[0], "state", "办结"): "由系统算出",
        book.write(working[1], "solve_by", datetime(2024, 12, 31)): "由系统算出",
        book.write(working[2], "overseer", "陈副市长"): "只有专班工作人员可以",
        book.write(settled[0], "progress", "已结的也写"): "事项现在是“办结”",
        book.write(working[40], "progress", "长" * 5001): "最多5000个字",
    }
    meanwhile = working[50:52]
    conflicts = [book.write(number, "progress", "我写的") for number in meanwhile]
    for number in meanwhile:
        acts.progress(matter(number), text="同事先写的", by=colleague, on=TODAY)
    before = Line.objects.count()

    came = acts.take_in("台账.xlsx", book.saved(), by=handler, on=TODAY)
    assert (came.lines, len(came.cells), came.broken, Line.objects.count()) == (355, 40, [], before + 1)
    looked = came.judged(handler)
    assert [one.verdict for one in looked].count(Verdict.WRITE) == 33
    came = acts.write_back(came, by=handler, on=TODAY)

    judged = came.judged(handler)
    assert [one.verdict for one in judged].count(Verdict.DONE) == 33
    named = {one.cell.address: one for one in judged if one.verdict != Verdict.DONE}
    assert {address for address, one in named.items() if one.verdict == Verdict.CONFLICT} == set(conflicts)
    assert {address for address, one in named.items() if one.verdict == Verdict.REFUSED} == set(forbidden)
    assert all(said in named[address].why for address, said in forbidden.items())
    assert all("有人改过" in named[address].why and named[address].now == "同事先写的" for address in conflicts)
    assert Progress.objects.filter(text__endswith="已完成七成").count() == 20
    assert Assignment.objects.filter(leader="李副局长").count() == 10
    assert Assignment.objects.filter(leader="李副局长", responsible="王大队长").count() == 3
    assert [matter(number).progress.last().text for number in meanwhile] == ["同事先写的"] * 2

    rows, lines = Progress.objects.count(), Line.objects.filter(subject_type="ledger.matter").count()
    again = acts.write_back(acts.take_in("台账.xlsx", book.saved(), by=handler, on=TODAY), by=handler, on=TODAY)
    verdicts = [one.verdict for one in again.judged(handler)]
    assert (verdicts.count(Verdict.SAME), verdicts.count(Verdict.REFUSED), verdicts.count(Verdict.CONFLICT)) == (33, 5, 2)
    assert (Progress.objects.count(), Line.objects.filter(subject_type="ledger.matter").count()) == (rows, lines)


@pytest.fixture
def five(town):
    """Five matters at work, in their order."""
    town.build(5, ("red",))
    return of_state("accepted")


def give_back(raw, by):
    return acts.write_back(acts.take_in("x.xlsx", raw, by=by, on=TODAY), by=by, on=TODAY)


def verdicts(came, by):
    return [(one.cell.address, one.verdict.value) for one in came.judged(by)]


def test_a_file_given_back_as_it_went_out_changes_nothing_however_often_it_is_saved(five, handler):
    book = Book(handler)
    for raw in (book.raw, book.saved()):
        assert (read(raw).lines, read(raw).cells) == (5, [])


def test_another_s_step_on_the_same_matter_does_not_stand_in_the_way_of_this_cell(five, handler, hire):
    book = Book(handler)
    address = book.write(five[0], "progress", "护栏已装")
    acts.entrust(matter(five[0]), responsible="赵队长", by=hire("unit", "traffic_police"), on=TODAY)
    assert verdicts(give_back(book.saved(), handler), handler) == [(address, "done")]


def test_rows_may_be_sorted_left_out_and_columns_moved(five, handler):
    book = Book(handler)
    book.write(five[3], "progress", "护栏已装")
    book.page.delete_rows(2)
    book.page.move_range(f"A{book.rows[five[3]] - 1}:AB{book.rows[five[3]] - 1}", rows=20)
    book.page.insert_cols(1)
    came = give_back(book.saved(), handler)
    moved = f"{get_column_letter(PLACES['progress'] + 1)}{book.rows[five[3]] - 1 + 20}"
    assert (came.lines, verdicts(came, handler)) == (4, [(moved, "done")])


def test_an_unknown_number_a_doubled_line_and_a_damaged_one_are_named(five, handler):
    book = Book(handler)
    book.write(five[0], "number", "河面台9999")
    book.page.cell(book.rows[five[1]], len(COLUMNS) + 2).value = "缺了"
    book.page.cell(book.rows[five[2]], 1).value = five[3]
    came = acts.take_in("x.xlsx", book.saved(), by=handler, on=TODAY)
    assert [where for where, _why in came.broken] == [f"A{book.rows[five[1]]}", f"A{max(book.rows[five[2]], book.rows[five[3]])}"]
    assert "重复" in came.broken[1][1]
    assert ("A2", "refused") in verdicts(came, handler)


def test_a_unit_that_no_longer_holds_the_matter_writes_nothing(five, handler, visitor, town):
    book = Book(handler)
    address = book.write(five[0], "progress", "护栏已装")
    held = Assignment.objects.get(matter__number=five[0])
    Assignment.objects.filter(pk=held.pk).update(lead=Unit.objects.get(key="housing"))
    held.assists.clear()
    came = give_back(book.saved(), handler)
    assert verdicts(came, handler) == [(address, "refused")]
    assert "没有您能看到的这个编号" in came.judged(handler)[0].why


def test_the_office_names_who_oversees_and_writes_no_progress(five, office):
    book = Book(office)
    done, refused = book.write(five[0], "overseer", "陈副市长"), book.write(five[0], "progress", "代写")
    came = give_back(book.saved(), office)
    assert dict(verdicts(came, office)) == {done: "done", refused: "refused"}
    assert Assignment.objects.get(matter__number=five[0]).overseer == "陈副市长"


def test_a_cell_that_was_emptied_is_named_and_nothing_is_lost(five, handler):
    acts.progress(matter(five[0]), text="已进场", by=handler, on=TODAY)
    book = Book(handler)
    address = book.write(five[0], "progress", None)
    assert verdicts(give_back(book.saved(), handler), handler) == [(address, "refused")]
    assert matter(five[0]).progress.last().text == "已进场"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-2 处", "+86", "_x0041_", "第一行\n第二行", "𠮷野家 ①"])
def test_any_text_goes_out_as_text_and_comes_back_as_it_was(five, handler, text):
    acts.progress(matter(five[0]), text=text, by=handler, on=TODAY)
    book = Book(handler)
    cell = book.page.cell(book.rows[five[0]], PLACES["progress"])
    assert cell.data_type != "f"
    assert read(book.raw).cells == read(book.saved()).cells == []


def test_somebody_else_s_file_is_not_mine_to_write_and_one_is_written_once(five, handler, hire):
    book = Book(handler)
    book.write(five[0], "progress", "护栏已装")
    came = acts.take_in("x.xlsx", book.saved(), by=handler, on=TODAY)
    with pytest.raises(NotYours):
        acts.write_back(came, by=hire("unit", "traffic_police"), on=TODAY)
    acts.write_back(came, by=handler, on=TODAY)
    with pytest.raises(Refused, match="已于2023-12-11写入"):
        acts.write_back(came, by=handler, on=TODAY)


def test_a_file_that_is_no_ledger_is_refused_in_words(five, handler, leader):
    book = Book(handler)
    book.page.delete_cols(PLACES["progress"])
    for raw, said in ((b"a,b\n1,2", "Excel 文件"), (book.saved(), "不是从台账导出的表"), (b"", "空的")):
        with pytest.raises(Refused, match=said):
            acts.take_in("x.xlsx", raw, by=handler, on=TODAY)
    with pytest.raises(NotYours):
        acts.take_in("x.xlsx", book.raw, by=leader, on=TODAY)
    assert not Return.objects.exists()


def test_the_sheet_marks_what_may_be_filled_and_warns_about_the_rest(five, handler, supervisor):
    page = Book(handler).page
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert rules["R2:R6"].type == "textLength" and rules["R2:R6"].formula1 == "5000"
    assert rules["T2:T6"].errorStyle == "warning"
    assert {cell.value for cell in page[1] if cell.fill.fgColor.rgb == "00FFE9A8"} == {"责任领导", "责任人", "进展"}
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:AB6")
    assert not Book(supervisor).page.data_validations.dataValidation


def test_the_pages_show_the_difference_before_anything_is_written(five, handler, client, today, get):
    book = Book(handler)
    address = book.write(five[0], "progress", "护栏已装")
    client.force_login(handler)
    answer = client.post("/ledger/returns/", {"file": SimpleUploadedFile("填好.xlsx", book.saved())}, follow=True)
    page = answer.content.decode()
    assert address in page and "护栏已装" in page and "写入这 1 格" in page
    assert not Progress.objects.exists()
    came = Return.objects.get()
    done = client.post(f"/ledger/returns/{came.pk}/write/", follow=True).content.decode()
    assert "已写入 1 格" in done and "写入这 1 格" not in done
    assert Progress.objects.get().text == "护栏已装"
    assert "填好.xlsx" in client.get("/ledger/returns/").content.decode()


def test_nobody_sees_another_s_file(five, handler, hire, client):
    came = acts.take_in("x.xlsx", Book(handler).raw, by=handler, on=GIVEN)
    client.force_login(hire("unit", "traffic_police"))
    assert client.get(f"/ledger/returns/{came.pk}/").status_code == 404
    assert Post.objects.filter(role="unit").count() == 2


def test_a_cell_reads_the_same_after_any_program_saved_it():
    same = [
        (date(2023, 12, 7), datetime(2023, 12, 7), "2023-12-07"), (3, 3.0, "3"), ("a\nb", "a \r\nb\n", "a\rb"), (None, "", "  "),
    ]  # fmt: skip
    for values in same:
        assert len({plain(value) for value in values}) == len({digest(value) for value in values}) == 1
    assert plain(datetime(2023, 12, 7, 8, 30)) == "2023-12-07 08:30:00"
    assert (column(0), column(25), column(26), column(27), column(701), column(702)) == ("A", "Z", "AA", "AB", "ZZ", "AAA")
    assert marks(base([1, 2, 3]), 3) == [digest(1), digest(2), digest(3)]
    assert (marks(base([1, 2]), 3), marks("", 3), marks("12345678" * 2 + "123", 3)) == ([], [], [])
