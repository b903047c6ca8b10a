"""复核: each month somebody who opens no seals looks at who opened them, and why."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from mianduimian.intake import acts
from mianduimian.intake.models import Review, opened_in, unreviewed
from mianduimian.refusal import NotYours, Refused

NOVEMBER, DECEMBER = date(2023, 11, 1), date(2023, 12, 1)


@pytest.fixture
def auditor(hire):
    return hire("audit")


@pytest.fixture
def opened(round, office, day, said):
    """A seal opened on the last day of November, and one on the first of December."""
    citizen = acts.receive(round, said(), by=office, on=day)[0].citizen
    for when in (date(2023, 11, 30), DECEMBER):
        acts.unmask(citizen, why=f"电话核实{when}", by=office, on=when)
    return citizen


def test_a_month_has_its_own_openings_to_the_day(opened):
    assert [line.why for line in opened_in(NOVEMBER)] == ["电话核实2023-11-30"]
    assert [line.why for line in opened_in(DECEMBER)] == ["电话核实2023-12-01"]


def test_a_month_waits_for_review_from_the_day_after_its_last(opened):
    assert unreviewed(date(2023, 11, 30)) == []
    assert unreviewed(DECEMBER) == [NOVEMBER]
    assert unreviewed(date(2024, 1, 1)) == [NOVEMBER, DECEMBER]


def test_a_month_is_reviewed_once_after_its_end(opened, auditor):
    with pytest.raises(Refused, match="还没有过完"):
        acts.review(NOVEMBER, note="好", by=auditor, on=date(2023, 11, 30))
    made = acts.review(NOVEMBER, note="理由均成立", by=auditor, on=DECEMBER)
    assert made.opened == 1
    with pytest.raises(Refused, match="2023-11已由"):
        acts.review(NOVEMBER, note="再看", by=auditor, on=DECEMBER)
    assert unreviewed(date(2024, 1, 1)) == [DECEMBER]


def test_who_opened_a_seal_does_not_review_it(opened, office, auditor):
    with pytest.raises(NotYours):
        acts.review(NOVEMBER, note="好", by=office, on=DECEMBER)
    line = opened_in(NOVEMBER).get()
    type(line).objects.filter(pk=line.pk).update(actor_id=auditor.pk)
    with pytest.raises(NotYours, match="换一个人"):
        acts.review(NOVEMBER, note="好", by=auditor, on=DECEMBER)


def test_the_page_shows_who_and_why_but_never_the_citizen_and_takes_the_review(opened, auditor, enter):
    client, url = enter(auditor), reverse("intake:openings")
    text = client.get(url).content.decode()
    assert "电话核实2023-11-30" in text and "还没有复核的月份" in text
    assert "陈小明" not in text and "13800138000" not in text
    client.post(f"{url}?month=2023-11", {"note": "理由均成立"})
    assert Review.objects.get().month == NOVEMBER
    assert "理由均成立" in client.get(f"{url}?month=2023-11").content.decode()


def test_this_month_cannot_be_reviewed_on_the_page_yet_and_nonsense_is_no_month(auditor, enter):
    client, url = enter(auditor), reverse("intake:openings")
    assert "还没有过完" in client.get(f"{url}?month={localdate():%Y-%m}").content.decode()
    for text in ("2023-13", "x", "2023-11-01"):
        assert client.get(url, {"month": text}).status_code == 200


def test_the_desk_of_the_auditor_says_which_months_wait(opened, auditor, enter):
    text = enter(auditor).get("/").content.decode()
    assert "2023-11 查看群众身份的记录" in text
    last = localdate().replace(day=1) - timedelta(1)
    assert f"{last:%Y-%m} 查看" not in text
