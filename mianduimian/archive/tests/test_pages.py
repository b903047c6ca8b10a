"""存档页面: who finds which paper, how it comes, and how a sentence is worded on the page."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from mianduimian.archive.models import Document, Wording
from mianduimian.archive.tests.conftest import PAPER
from mianduimian.papers import Para

PHRASE = reverse("archive:phrase", args=["assignment", "feedback"])


def test_the_register_lists_numbers_titles_and_digests(client, keep, office):
    kept = keep()
    client.force_login(office)
    page = client.get(reverse("archive:register")).content.decode()
    assert kept.number in page and kept.short in page and kept.title in page


def test_it_is_searched_by_kind_and_words(client, keep, office, leader):
    keep()
    client.force_login(office)

    def found(**wanted):
        return PAPER.number in client.get(reverse("archive:register"), wanted).content.decode()

    assert found(kind="assignment") and found(words="校门口") and found(words="〔2023〕1号")
    assert not found(kind="notice") and not found(words="路灯")


def test_the_register_asks_as_much_for_many_as_for_one(client, keep, office, hire, django_assert_max_num_queries):
    client.force_login(office)
    for n in range(2, 30):
        keep(replace(PAPER, number=f"河面交〔2023〕{n}号"), subject=hire("unit"))
    with django_assert_max_num_queries(14):
        client.get(reverse("archive:register"))


def test_a_paper_comes_as_it_was_kept_under_a_chinese_name(client, keep, office):
    kept = keep()
    client.force_login(office)
    answer = client.get(reverse("archive:file", args=[kept.pk]))
    assert docx.Document(BytesIO(answer.content)).core_properties.title == PAPER.title
    assert "filename*=utf-8''" in answer["Content-Disposition"]


def test_it_comes_as_pdf_too_and_always_the_same(client, keep, office):
    url = reverse("archive:file", args=[keep().pk]) + "?as=pdf"
    client.force_login(office)
    first, second = client.get(url), client.get(url)
    assert first["Content-Type"] == "application/pdf"
    assert first.content == second.content and first.content.startswith(b"%PDF-")


def test_a_county_does_not_find_the_citys_papers(client, keep, hire):
    kept = keep()
    client.force_login(hire("office", "yuancheng"))
    assert client.get(reverse("archive:file", args=[kept.pk])).status_code == 404
    assert kept.number not in client.get(reverse("archive:register")).content.decode()


def test_a_sentence_is_looked_at_before_it_is_kept(client, office):
    client.force_login(office)
    typed = {"text": "请写明具体措施。", "region": office.regions[0].pk}
    page = client.post(PHRASE, typed | {"look": "on"}).content.decode()
    assert page.count("请写明具体措施。") == 2 and not Wording.objects.exists()
    assert client.post(PHRASE, typed).status_code == 302
    assert Wording.objects.get().text == "请写明具体措施。"


def test_looking_at_a_sentence_that_cannot_stand_says_why_and_loses_nothing(client, office):
    client.force_login(office)
    typed = {"text": "请报{领导}。", "region": office.regions[0].pk, "look": "on"}
    page = client.post(PHRASE, typed).content.decode()
    assert "没有“{领导}”这个空格" in page and "请报{领导}。" in page


@pytest.mark.parametrize("where", [("assignment", "nothing"), ("nothing", "title")])
def test_there_is_no_page_for_a_sentence_that_is_not(client, office, where):
    client.force_login(office)
    assert client.get(reverse("archive:phrase", args=where)).status_code == 404


def test_every_sentence_has_its_page(client, office):
    client.force_login(office)
    page = client.get(reverse("archive:wordings")).content.decode()
    assert page.count("/archive/wording/") >= 40


def test_an_earlier_version_stays_to_be_had(client, keep, office):
    first = keep()
    keep(replace(PAPER, body=(Para("请重新办理。"),)))
    client.force_login(office)
    text = docx.Document(BytesIO(client.get(reverse("archive:file", args=[first.pk])).content))
    assert "请办理。" in [p.text for p in text.paragraphs]
    assert Document.objects.count() == 2
