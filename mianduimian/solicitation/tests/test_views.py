"""The pages of the call: by role, and what a clerk does on them."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from mianduimian.solicitation import acts
from mianduimian.solicitation.models import Call, Round
from mianduimian.solicitation.rules import Notice


@pytest.fixture
def enter():
    """A browser in which a person is logged in."""

    def made(person):
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return made


@pytest.fixture
def clerk(enter, office):
    return enter(office)


@pytest.fixture
def call(round, office):
    today = localdate()
    notice = Notice(today, today + timedelta(days=5), "全市道路", ["hotline", "deputy"], "0762-3300000")
    return acts.issue_call(round, notice, by=office, on=today)


def words(answer):
    return answer.content.decode()


SEEING = {"office", "supervisor", "visitor", "leader"}
PAGES = {
    "rounds": (None, SEEING),
    "open": (None, {"office"}),
    "rulebook": ("heyuan-2.0", SEEING),
    "round": ("code", SEEING),
    "issue": ("code", {"office"}),
    "extend": ("code", {"office"}),
    "end": ("code", {"office"}),
    "paper": ("call", SEEING),
}
ROLES = ["office", "unit", "supervisor", "visitor", "leader", "deputy", "press", "system", "security", "audit"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_open_to_those_it_is_for(call, hire, enter, name, role):
    given, roles = PAGES[name]
    args = [{"code": call.round.code, "call": call.pk}.get(given, given)] if given else []
    answer = enter(hire(role)).get(reverse(f"solicitation:{name}", args=args))
    assert answer.status_code == (200 if role in roles else 403)


def test_a_round_elsewhere_is_not_found_and_not_listed(call, hire, enter):
    client = enter(hire("office", "longchuan"))
    assert client.get(reverse("solicitation:round", args=[call.round.code])).status_code == 404
    assert client.get(reverse("solicitation:paper", args=[call.pk])).status_code == 404
    assert call.round.code not in words(client.get(reverse("solicitation:rounds")))


def test_the_rounds_are_filtered(clerk, round, office, day):
    def listed(**query):
        return list(clerk.get(reverse("solicitation:rounds"), query).context["rounds"])

    assert listed(level="city") == listed(state="running") == [round]
    assert listed(level="town") == listed(state="ended") == []
    acts.end_round(round, why="办结", by=office, on=day)
    assert listed(state="ended") == listed(level="nonsense") == [round]


def test_a_round_is_opened_with_the_newest_rulebook_offered_first(clerk):
    form = clerk.get(reverse("solicitation:open")).context["form"]
    assert form.fields["rulebook"].choices[0][0] == "heyuan-2.0"
    sent = {
        "focus": "饮水安全",
        "theme": "water",
        "region": "441600",
        "host": "市委书记",
        "office": "shifuban",
        "rulebook": "heyuan-2.0",
    }
    answer = clerk.post(reverse("solicitation:open"), sent, follow=True)
    assert "饮水安全" in words(answer)
    assert Round.objects.get(focus="饮水安全").theme == "water"


def test_a_round_in_a_region_out_of_reach_cannot_be_chosen(hire, enter):
    form = enter(hire("office", "longchuan")).get(reverse("solicitation:open")).context["form"]
    assert "441600" not in [region.pk for region in form.fields["region"].queryset]


def test_the_window_is_filled_in_as_the_rulebook_has_it_and_the_call_is_issued(clerk, round):
    url = reverse("solicitation:issue", args=[round.code])
    usual = clerk.get(url).context["form"].initial
    assert usual["closes_on"] - usual["opens_on"] == timedelta(days=5)
    answer = clerk.post(url, {**usual, "scope": "全市道路", "contact": ""}, follow=True)
    assert "征集中" in words(answer) and "发布征集公告" in words(answer)
    assert Call.objects.get().channels == ["hotline", "web"]


@pytest.mark.parametrize(
    ("opens", "closes", "why"), [(0, -1, "早于开始日期"), (-9, -1, "已经过去"), (0, 400, "92天以上"), (500, 510, "核对年份")]
)
def test_an_absurd_window_is_refused_in_words(clerk, round, opens, closes, why):
    today = localdate()
    sent = {
        "opens_on": today + timedelta(days=opens),
        "closes_on": today + timedelta(days=closes),
        "scope": "全市",
        "channels": ["web"],
    }
    answer = clerk.post(reverse("solicitation:issue", args=[round.code]), sent)
    assert (answer.status_code, why in words(answer)) == (409, True)
    assert not Call.objects.exists()


def test_a_call_needs_a_scope_and_a_channel_it_knows(clerk, round):
    answer = clerk.post(reverse("solicitation:issue", args=[round.code]), {"channels": ["pigeon"], "opens_on": "昨天"})
    assert set(answer.context["form"].errors) == {"opens_on", "closes_on", "scope", "channels"}


def test_a_call_is_extended_and_both_notices_stay_to_be_read(clerk, call):
    later = call.closes_on + timedelta(days=4)
    answer = clerk.post(
        reverse("solicitation:extend", args=[call.round.code]), {"closes_on": later, "why": "来件踊跃"}, follow=True
    )
    assert "已被新公告替换" in words(answer) and "来件踊跃" in words(answer)
    assert [one.closes_on for one in Call.objects.order_by("pk")] == [call.closes_on, later]


def test_there_is_nothing_to_extend_before_the_call(clerk, round):
    assert clerk.get(reverse("solicitation:extend", args=[round.code])).status_code == 409


def test_an_ended_round_offers_no_more_steps(clerk, call):
    code = call.round.code
    page = words(clerk.post(reverse("solicitation:end", args=[code]), {"why": "全部销号"}, follow=True))
    assert "结束一期" in page and "全部销号" in page
    assert reverse("solicitation:extend", args=[code]) not in page


def test_every_rule_stands_with_its_sentence_and_its_source(clerk, round):
    page = words(clerk.get(reverse("solicitation:rulebook", args=["heyuan-2.0"])))
    for _section, _name, rule in round.rules.rules():
        assert rule.source in page
    assert "要求承办单位在15个工作日内书面反馈" in page
    assert clerk.get(reverse("solicitation:rulebook", args=["heyuan-9.9"])).status_code == 409


def test_the_notice_is_a_word_document_under_a_chinese_name(clerk, call):
    answer = clerk.get(reverse("solicitation:paper", args=[call.pk]))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    text = ZipFile(BytesIO(answer.content)).read("word/document.xml").decode()
    for said in ("道路安全与交通秩序", "全市道路", call.number, "0762-3300000", "代表委员转交", "15个工作日"):
        assert said in text


@pytest.mark.parametrize("name", ["open", "issue", "extend", "end"])
def test_what_changes_something_is_posted_with_a_token(call, office, enter, name):
    client = enter(office)
    client.handler.enforce_csrf_checks = True
    args = [] if name == "open" else [call.round.code]
    assert client.post(reverse(f"solicitation:{name}", args=args), {"why": "x"}).status_code == 403
