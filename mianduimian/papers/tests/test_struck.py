"""涂去: a word goes wherever it stands in a file, however it is cut; all else stays; a file without it is left alone."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from mianduimian.papers import Paper, Para, Table, render
from mianduimian.papers.struck import struck

SIGN = "＊＊＊"
BODY = (Para("张三反映，A&B路灯不亮。"), Table(("姓名",), (("张三",),)))
PAPER = Paper("通报", "关于张三诉求的通报", number="河面通〔2023〕1号", body=BODY)


def whole(content):
    with ZipFile(BytesIO(content)) as file:
        return "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


def test_a_word_goes_from_title_text_table_and_the_files_own_card():
    content = render(PAPER)
    assert whole(content).count("张三") >= 4
    mended = struck(content, ["张三"], SIGN)
    assert "张三" not in whole(mended)
    paragraphs = [paragraph.text for paragraph in docx.Document(BytesIO(mended)).paragraphs]
    assert f"{SIGN}反映，A&B路灯不亮。" in paragraphs


def test_a_file_without_the_word_is_left_alone():
    assert struck(render(PAPER), ["李四"], SIGN) is None


@pytest.mark.parametrize("cut", [("张", "三来了"), ("昨天张", "三", "来了"), ("昨", "天张", "三来", "了张三")])
def test_a_word_that_the_file_has_cut_into_pieces_goes_too(cut):
    document, out = docx.Document(), BytesIO()
    paragraph = document.add_paragraph()
    for piece in cut:
        paragraph.add_run(piece)
    document.save(out)
    (left,) = docx.Document(BytesIO(struck(out.getvalue(), ["张三"], SIGN))).paragraphs
    assert left.text == "".join(cut).replace("张三", SIGN)


def test_the_longest_goes_first_and_signs_of_the_markup_are_no_hindrance():
    paper = Paper("通报", "通报", number="1号", body=(Para("张三丰与张三，A&B路1号"),))
    text = whole(struck(render(paper), ["张三", "张三丰", "A&B路1号"], SIGN))
    assert f"{SIGN}与{SIGN}，{SIGN}" in text


def test_the_same_file_is_struck_to_the_same_bytes():
    assert struck(render(PAPER), ["张三"], SIGN) == struck(render(PAPER), ["张三"], SIGN)
