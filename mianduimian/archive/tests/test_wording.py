"""公文措辞: a clerk words the fixed sentences; county before city before the house; issued papers stay."""

from datetime import date

import pytest

from mianduimian.archive import acts
from mianduimian.archive.models import Wording, wording
from mianduimian.archive.rules import Kind, sentences
from mianduimian.journal.models import Line
from mianduimian.people.models import Region
from mianduimian.refusal import NotYours, Refused

SENTENCE = sentences()["assignment"]["feedback"]
LATER = date(2023, 12, 1)


@pytest.fixture
def county(city):
    return Region.objects.get(pk="441602")


def said(region, key="feedback"):
    return wording(Kind.ASSIGNMENT, region).say(key, title="校门口")


def phrase(by, region, text, on=LATER):
    return acts.phrase(SENTENCE, region=region, text=text, by=by, on=on)


def test_unless_worded_a_sentence_is_the_houses(city):
    assert said(city) == SENTENCE.text
    assert said(city, "title") == "关于办理“校门口”的交办单"


def test_worded_anew_it_is_said_from_then_on_with_all_versions_kept(city, office):
    phrase(office, city, "请写明措施和时限。")
    second = phrase(office, city, "请写明措施。")
    assert said(city) == "请写明措施。"
    assert (second.version, Wording.objects.of(SENTENCE, city).count()) == (2, 2)
    line = Line.objects.of(second).get()
    assert (line.was["text"], line.now["text"], line.actor_name) == ("请写明措施和时限。", "请写明措施。", office.name)


def test_a_county_says_it_as_the_city_does_until_it_words_it_itself(city, county, office, hire):
    phrase(office, city, "市里的措辞。")
    assert said(county) == "市里的措辞。"
    phrase(hire("office", "yuancheng"), county, "区里的措辞。")
    assert (said(county), said(city)) == ("区里的措辞。", "市里的措辞。")


def test_a_clerk_of_a_county_cannot_word_the_citys_papers(city, hire):
    with pytest.raises(NotYours):
        phrase(hire("office", "yuancheng"), city, "区里的措辞。")


@pytest.mark.parametrize("role", ["unit", "supervisor", "leader", "visitor", "system"])
def test_only_the_task_forces_clerks_word_papers(city, hire, role):
    with pytest.raises(NotYours):
        phrase(hire(role), city, "另一种措辞。")


def test_what_does_not_change_anything_is_no_version(city, office):
    with pytest.raises(Refused, match="没有变化"):
        phrase(office, city, f" {SENTENCE.text}\r\n".replace("\r\n", ""))


def test_an_unknown_blank_is_refused_and_nothing_is_kept(city, office):
    with pytest.raises(Refused, match="没有“{领导}”这个空格"):
        phrase(office, city, "请报{领导}。")
    assert not Wording.objects.exists()


def test_the_words_of_a_paper_cost_one_query(city, office, django_assert_num_queries):
    phrase(office, city, "请写明措施。")
    with django_assert_num_queries(1):
        said(city)
