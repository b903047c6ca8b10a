"""分类表 in the house: versions made by people, codes of other tables, both by the whole city's office alone."""

from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.triage import acts, sheets
from mianduimian.triage.models import CodeRow, CodeTable, TaxonomyVersion, classes, codes
from mianduimian.triage.taxonomy import Amendment, Code, category_word, shipped, taxonomy, usual_units

LAMP = Amendment("transport.light", word="路灯")


def table(*rows) -> bytes:
    """A spreadsheet of these rows."""
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def changed(raw: bytes, change) -> bytes:
    """The exported table after somebody worked on it."""
    book, out = load_workbook(BytesIO(raw)), BytesIO()
    change(book.worksheets[0])
    book.save(out)
    return out.getvalue()


def row_of(sheet, key: str) -> int:
    """Where a key stands."""
    return next(cell.row for cell in sheet["A"] if cell.value == key)


def test_an_amendment_is_in_force_at_once_and_journalled(office, day):
    version = acts.amend([LAMP], note="机构改革", by=office, on=day)
    assert (version.key, version.note, taxonomy().key) == ("livelihood-3", "机构改革", "livelihood-3")
    assert category_word("transport.light") == "交通出行·路灯"
    assert [(one.key, one.was, one.now) for one in version.changes] == [("transport.light", "路灯照明", "路灯")]
    line = Line.objects.of(version).get()
    assert (line.verb, line.was) == ("triage.amend", {"key": "livelihood-2"})
    assert line.now["changed"][0]["now"] == "路灯" and journal.verify() is None


def test_versions_follow_one_another_and_none_is_lost(office, day):
    acts.amend([LAMP], by=office, on=day)
    acts.amend([Amendment("transport.", word="水上交通")], by=office, on=day)
    assert list(TaxonomyVersion.objects.order_by("pk").values_list("key", flat=True)) == ["livelihood-3", "livelihood-4"]
    back = acts.restore("livelihood-2", by=office, on=day)
    assert back.key == "livelihood-5" and category_word("transport.light") == "交通出行·路灯照明"
    assert len(taxonomy().offered()) == len(shipped().offered()), "what was added since is in use no more"
    assert acts.restore("livelihood-4", by=office, on=day).key == "livelihood-6"
    assert category_word("transport.light") == "交通出行·路灯"


def test_what_cannot_be_amended_leaves_no_version(office, day):
    for wanted, said in (
        ([Amendment("transport.light", units=("moon",))], "没有键为“moon”的单位"),
        ([LAMP, Amendment("moon.crater", word="坑")], "没有它的上级"),
        ([], "没有不同"),
    ):
        with pytest.raises(Refused, match=said):
            acts.amend(wanted, by=office, on=day)
    with pytest.raises(Refused, match="没有“livelihood-9”这一版"):
        acts.restore("livelihood-9", by=office, on=day)
    assert not TaxonomyVersion.objects.exists() and taxonomy() == shipped()


def test_another_process_sees_a_version_after_a_moment(office, day):
    acts.amend([LAMP], by=office, on=day)
    known = classes._known
    known.version, known.taxonomy, known.until = None, shipped(), float("inf")
    assert usual_units("transport.light") == ("urban",) and category_word("transport.light") == "交通出行·路灯照明"
    known.until = 0.0
    assert category_word("transport.light") == "交通出行·路灯"


def test_the_table_in_force_is_asked_for_once_a_moment_not_once_a_row(office, day, django_assert_num_queries):
    acts.amend([LAMP], by=office, on=day)
    taxonomy()
    with django_assert_num_queries(0):
        assert {category_word("transport.light") for _row in range(500)} == {"交通出行·路灯"}


@pytest.mark.parametrize("role", ["unit", "supervisor", "visitor", "leader", "system", "audit"])
def test_nobody_but_the_office_changes_classes_or_codes(hire, day, role):
    _refused(hire(role), day)


def test_the_office_of_a_county_changes_neither_since_the_whole_city_sorts_by_them(hire, day):
    _refused(hire("office", "longchuan"), day)


def _refused(who: Person, day) -> None:
    for act in (
        lambda: acts.amend([LAMP], by=who, on=day),
        lambda: acts.restore("livelihood-2", by=who, on=day),
        lambda: acts.take_codes("热线", [Code("01", "停车", "transport.parking")], by=who, on=day),
    ):
        with pytest.raises(NotYours):
            act()
    assert not TaxonomyVersion.objects.exists() and not CodeTable.objects.exists()


def test_the_exported_table_read_again_asks_for_nothing(office):
    assert sheets.read_classes(sheets.classes(shipped()), shipped()) == ([], [])


@pytest.mark.parametrize("back", ["zh-hans", "en", "zh-hant"])
@pytest.mark.parametrize("out", ["zh-hans", "en", "zh-hant"])
def test_a_table_that_went_out_in_one_language_comes_back_in_any(office, out, back):
    with override(out):
        raw = sheets.classes(shipped())
    with override(back):
        assert sheets.read_classes(raw, shipped()) == ([], [])


def test_a_table_changed_in_excel_becomes_the_next_version(office, day):
    def change(sheet):
        lamp, cost = row_of(sheet, "transport.light"), row_of(sheet, "health.cost")
        sheet.cell(lamp, 3).value = "路灯"
        sheet.cell(lamp, 4).value = "市交警支队，urban"
        sheet.cell(cost, 7).value = "是"
        sheet.append(["transport.", "", "水上交通", "", "", "", ""])

    wanted, left_out = sheets.read_classes(changed(sheets.classes(shipped()), change), shipped())
    assert left_out == [] and len(wanted) == 3
    acts.amend(wanted, by=office, on=day)
    fresh = taxonomy()
    assert (fresh.words["transport.light"].word, fresh.words["transport.light"].units) == ("路灯", ("traffic_police", "urban"))
    assert fresh.is_retired("health.cost.over") and "水上交通" in {one.word for one in fresh.offered(2)}


def test_rows_that_cannot_be_are_named_by_their_number_and_the_rest_goes_in(office, day):
    raw = table(
        ["键", "名称", "承办单位", "七有", "主题", "停用"],
        ["transport.light", "路灯", "urban", "", "", ""],
        ["transport.bus", "公交", "月球局", "", "", ""],
        ["moon.crater", "坑", "", "", "", ""],
        ["transport.road", "路面", "urban", "月有所圆", "", ""],
        ["transport.truck", "货车", "transport", "", "登月", ""],
        ["transport.rural", "村道", "transport", "", "", "也许"],
        ["", "没有键", "", "", "", ""],
    )
    wanted, left_out = sheets.read_classes(raw, shipped())
    assert [one.key for one in wanted] == ["transport.light"]
    assert [row for row, _why in left_out] == [3, 4, 5, 6, 7]
    for (_row, why), said in zip(left_out, ("月球局", "上级“moon”", "月有所圆", "登月", "也许"), strict=True):
        assert said in why


def test_a_table_without_keys_is_refused_in_words(office):
    with pytest.raises(Refused, match="没有“键”这一列"):
        sheets.read_classes(table(["名称", "主题"], ["路灯", ""]), shipped())


def test_codes_of_another_table_are_read_by_key_path_or_word_and_bad_rows_are_named(db):
    raw = table(
        ["某热线工单分类对照"],
        ["编码", "名称", "对应类别"],
        ["0101", "违停", "transport.parking"],
        ["0102", "路灯", "交通出行·路灯照明"],
        ["0103", "养老院", "养老院"],
        ["0104", "不详", "月球"],
        ["0101", "又一次", "transport.bus"],
        ["", "", "transport.bus"],
        ["0105", "空", ""],
        ["", "只有名称", "housing.lift"],
        ["9" * 61, "太长", "housing.lift"],
    )
    found, left_out = sheets.read_codes(raw, shipped())
    assert [(one.code, one.category) for one in found] == [
        ("0101", "transport.parking"),
        ("0102", "transport.light"),
        ("0103", "welfare.elderly.home"),
        ("只有名称", "housing.lift"),
    ]
    assert [row for row, _why in left_out] == [6, 7, 8, 9, 11]
    for (_row, why), said in zip(left_out, ("没有“月球”", "出现了两次", "没有编码", "没有写对应", "太长"), strict=True):
        assert said in why


def test_a_csv_of_codes_is_read_too_and_one_without_our_classes_is_refused(db):
    found, left_out = sheets.read_codes("代码,名称,键\nA1,停车,transport.parking\n".encode("gb18030"), shipped())
    assert (found, left_out) == ([Code("A1", "停车", "transport.parking")], [])
    with pytest.raises(Refused, match="对应类别"):
        sheets.read_codes("代码,名称\nA1,停车\n".encode(), shipped())


def test_a_new_file_of_codes_is_a_new_version_and_only_the_latest_counts(office, day):
    acts.take_codes("热线", [Code("01", "停车", "transport.parking"), Code("02", "灯", "transport.light")], by=office, on=day)
    assert codes() == {"01": "transport.parking", "停车": "transport.parking", "02": "transport.light", "灯": "transport.light"}
    last = acts.take_codes("热线", [Code("01", "停车", "urban")], file="对照.xlsx", left_out=[(3, "太长")], by=office, on=day)
    assert codes() == {"01": "urban", "停车": "urban"} and CodeRow.objects.count() == 3
    assert (last.version, last.taxonomy_key, last.left_out) == (2, "livelihood-2", [[3, "太长"]])
    assert Line.objects.of(last).get().now == {"name": "热线", "version": 2, "codes": 1}


def test_a_code_that_two_tables_read_differently_means_nothing(office, day):
    acts.take_codes("热线", [Code("01", "停车", "transport.parking")], by=office, on=day)
    acts.take_codes("信箱", [Code("01", "路灯", "transport.light")], by=office, on=day)
    assert codes() == {"停车": "transport.parking", "路灯": "transport.light"}


def test_a_file_in_which_no_row_can_be_taken_changes_nothing(office, day):
    with pytest.raises(Refused, match="没有一行"):
        acts.take_codes("热线", [], left_out=[(2, "太长")], by=office, on=day)
    assert not CodeTable.objects.exists()
