"""The sheet of GB/T 9704-2012, read back from the file."""

from datetime import date

import pytest

from mianduimian.papers import Attachment, Paper, Para, Table
from mianduimian.papers.measure import CHARACTERS_A_LINE, LANDSCAPE, LINE, LINES_A_PAGE, SIZE_3, UPRIGHT, mm
from mianduimian.papers.tests.reading import Read, all_said, faces, find, indent, points, said, space, text

PAPER = Paper("公告", "标题", body=(Para("正文" * 100),))


@pytest.fixture(scope="module")
def read():
    return Read(PAPER)


@pytest.mark.parametrize(("side", "millimetres"), [("top", 37), ("left", 28), ("right", 26), ("bottom", 35)])
def test_the_margins_are_the_standards(read, side, millimetres):
    assert int(said(read.document, ".//w:pgMar", side)) == mm(millimetres)


def test_the_sheet_is_a4(read):
    assert (said(read.document, ".//w:pgSz", "w"), said(read.document, ".//w:pgSz", "h")) == ("11906", "16838")


def test_the_text_area_is_156_by_225_millimetres():
    assert UPRIGHT.width - UPRIGHT.left - UPRIGHT.right == 156
    assert UPRIGHT.height - UPRIGHT.top - UPRIGHT.bottom == 225


def test_22_lines_fit_the_text_area_and_23_do_not():
    assert LINES_A_PAGE * LINE <= mm(225) < (LINES_A_PAGE + 1) * LINE


def test_28_characters_fit_a_line_and_29_do_not():
    assert CHARACTERS_A_LINE * SIZE_3.pitch <= mm(156) < (CHARACTERS_A_LINE + 1) * SIZE_3.pitch


def test_the_grid_is_of_lines_only_at_the_pitch_of_the_text(read):
    assert said(read.document, ".//w:docGrid", "type") == "lines"
    assert said(read.document, ".//w:docGrid", "linePitch") == "579"


def test_the_text_is_3_fangsong_at_an_exact_pitch_with_tightened_runs(read):
    line = read.line("正文")
    assert set(faces(line)) == {"仿宋_GB2312"}
    assert points(line) == 16
    assert said(line, "w:r/w:rPr/w:spacing") == "-5"
    assert (space(line, "line"), said(line, "w:pPr/w:spacing", "lineRule")) == (579, "exact")
    assert indent(line, "firstLineChars") == 200


def test_every_run_says_that_it_is_chinese(read):
    runs = read.find(".//w:r")
    assert runs and all(said(run, "w:rPr/w:lang", "eastAsia") == "zh-CN" for run in runs)
    assert all(said(run, "w:rPr/w:rFonts", "hint") == "eastAsia" for run in runs)


def test_no_line_is_moved_for_widows_and_no_gap_is_made_between_scripts(read):
    line = read.line("正文")
    assert [said(line, f"w:pPr/w:{name}") for name in ("widowControl", "autoSpaceDE", "autoSpaceDN")] == ["0", "0", "0"]


def test_the_styles_leave_nothing_to_the_theme(read):
    styles = read.xml("word/styles.xml")
    normal = find(styles, "w:style[@w:styleId='Normal']")[0]
    assert said(normal, "w:rPr/w:rFonts", "eastAsia") == "仿宋_GB2312"
    assert not find(styles, "w:docDefaults//@w:eastAsiaTheme") and not find(styles, "w:docDefaults//w:spacing[@w:after='200']")


@pytest.mark.parametrize("face", ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"])
def test_every_face_names_a_free_substitute(read, face):
    fonts = read.xml("word/fontTable.xml")
    assert "CJK" in said(fonts, f"w:font[@w:name='{face}']/w:altName")


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(read):
    footers = {said(p, "w:pPr/w:jc"): p for p in (read.xml(f"word/footer{n}.xml")[0] for n in (1, 2))}
    assert set(footers) == {"right", "left"}
    for side, line in footers.items():
        assert text(line) == "— 1 —" and said(line, "w:fldSimple", "instr").strip() == "PAGE"
        assert points(line) == 14 and set(faces(line)) == {"宋体"}
        assert indent(line, side) == 280
    assert set(all_said(read.document, ".//w:footerReference", "type")) == {"default", "even"}
    assert find(read.xml("word/settings.xml"), "w:evenAndOddHeaders")


@pytest.mark.parametrize(("landscape", "page"), [(False, UPRIGHT), (True, LANDSCAPE)])
def test_the_dash_of_the_page_number_is_7_millimetres_under_the_text(landscape, page):
    read = Read(Paper("台账", "表", landscape=landscape))
    from_bottom = int(said(read.document, ".//w:pgMar", "footer")) + 140
    assert from_bottom == pytest.approx(mm(page.bottom - 7), abs=1)


def test_a_wide_paper_lies_across_with_its_binding_edge_on_top():
    read = Read(Paper("台账", "表", landscape=True))
    assert said(read.document, ".//w:pgSz", "orient") == "landscape"
    assert int(said(read.document, ".//w:pgSz", "w")) > int(said(read.document, ".//w:pgSz", "h"))
    assert int(said(read.document, ".//w:pgMar", "top")) == mm(28)


def test_an_attachment_may_lie_across_in_an_upright_paper():
    wide = Attachment("任务分工表", (Table(("事项", "单位"), (("甲", "乙"),)),), landscape=True)
    read = Read(Paper("工作方案", "方案", body=(Para("正文"),), attachments=("来件样式", wide)))
    assert all_said(read.document, ".//w:pgSz", "orient") == [None, "landscape"]
    assert "附件2" in read.lines
    assert sum(map(int, all_said(read.document, ".//w:gridCol", "w"))) == LANDSCAPE.text_width


def test_an_upright_attachment_begins_a_page_with_its_number_and_title():
    read = Read(Paper("工作方案", "方案", attachments=(Attachment("分工", (Para("甲"),)),)))
    mark = next(p for p in read.paragraphs if text(p) == "附件")
    assert find(mark, "w:pPr/w:pageBreakBefore") and faces(mark) == ["黑体"]


def test_the_files_card_is_the_papers_own(read):
    card = Read(Paper("公告", "题", issuer="专班", on=date(2026, 3, 1))).parts["docProps/core.xml"].decode()
    assert "python-docx" not in card and "题" in card and "2026-03-01" in card
    assert "docProps/thumbnail.jpeg" not in read.parts
