"""成效: hotline months registered and corrected, classes named, remedies in force; who may see it."""

from datetime import date

import pytest
from django.urls import reverse

from mianduimian.intake.models import Submission
from mianduimian.journal.models import Line
from mianduimian.outcomes import acts
from mianduimian.outcomes.models import HotlineCount, ProblemClass, shares
from mianduimian.outcomes.rules import Cause
from mianduimian.people.rules import Role
from mianduimian.refusal import NotYours, Refused
from mianduimian.triage.models import Appeal, Part

CAUSE = Cause("校门口乱停车", "校门外没有即停即走区", "每校划定即停即走区并派护学岗", "education")


@pytest.fixture
def appeal(round, office, day):
    appeal = Appeal.objects.create(round=round, number=1, title="校门口乱停车", wording="请治理", made_on=day, made_by=office)
    said = Submission.objects.create(round=round, channel="web", text="乱停", received_on=day, receipt="R1", content="1")
    Part.objects.create(submission=said, bucket="distilled", appeal=appeal)
    return appeal


def test_a_month_is_counted_once_and_corrected_with_its_earlier_figure_in_the_journal(city, office, day):
    october = date(2023, 10, 31)
    acts.count(city, {"travel": 120, "water": 30}, month=october, source="热线月报", by=office, on=day)
    acts.count(city, {"travel": 118}, month=october, source="热线更正", by=office, on=day)
    assert HotlineCount.objects.of(city).by_theme() == {"travel": {(2023, 10): 118}, "water": {(2023, 10): 30}}
    line = Line.objects.of(city).filter(verb="outcomes.count").last()
    assert line.was == {"travel": 120}
    assert line.why == "热线更正"


def test_one_bad_month_registers_nothing(city, office, day):
    with pytest.raises(Refused, match="还没有过完"):
        acts.count(city, {"travel": 1}, month=day, source="x", by=office, on=day)
    assert not HotlineCount.objects.exists()


def test_a_class_of_problems_has_root_remedy_and_owner_and_is_named_once(appeal, office, day):
    made = acts.register(CAUSE, [appeal], by=office, on=day)
    assert made.owner.key == "education"
    assert list(made.appeals.all()) == [appeal]
    with pytest.raises(Refused, match="已经登记过"):
        acts.register(CAUSE, [appeal], by=office, on=day)


def test_a_standing_remedy_comes_into_force_once(appeal, office, day):
    made = acts.register(CAUSE, [appeal], by=office, on=day)
    acts.put_in_force(made, note="河教〔2023〕9号", by=office, on=day)
    with pytest.raises(Refused, match="已于2023-11-16生效"):
        acts.put_in_force(made, note="再来", by=office, on=day)


def test_only_the_office_registers(city, appeal, visitor, handler, day):
    for who in (visitor, handler):
        with pytest.raises(NotYours):
            acts.count(city, {"travel": 1}, month=date(2023, 10, 1), source="x", by=who, on=day)
        with pytest.raises(NotYours):
            acts.register(CAUSE, [appeal], by=who, on=day)


def test_a_round_without_matters_shows_dashes_and_its_valid_appeals(round, appeal, day):
    figures = {share.figure.value: (share.part, share.whole) for share in shares(round, day)}
    assert figures == {"settled": (0, 1), "on_time": (0, 0), "satisfied": (0, 0), "coverage": (0, 0), "back": (0, 0)}


SEES = {"office", "supervisor", "visitor", "leader"}


@pytest.mark.parametrize("role", [role.value for role in Role if role != Role.CLOCK])
def test_who_sees_outcomes(hire, client, round, role):
    client.force_login(hire(role))
    assert client.get(reverse("outcomes:round", args=[round.code])).status_code == (200 if role in SEES else 403)
    assert client.get(reverse("outcomes:problems")).status_code == (200 if role in SEES else 403)


def test_another_countys_office_does_not_find_the_citys_round(hire, client, round):
    client.force_login(hire("office", "longchuan"))
    assert client.get(reverse("outcomes:round", args=[round.code])).status_code == 404


def test_counting_and_naming_in_the_browser(client, office, round, appeal):
    client.force_login(office)
    month = {"month": "2023-10-05", "source": "热线月报", "travel": "88"}
    page = client.post(reverse("outcomes:count", args=[round.code]), month, follow=True).content.decode()
    assert "2023-10" in page
    assert "88" in page
    typed = {"name": "校门口乱停车", "root": "无区", "remedy": "划区", "owner": "education", "appeals": [appeal.pk]}
    page = client.post(reverse("outcomes:register", args=[round.code]), typed, follow=True).content.decode()
    assert "校门口乱停车" in page
    one = ProblemClass.objects.get()
    client.post(reverse("outcomes:in_force", args=[one.pk]), {"note": "河教〔2023〕9号"})
    assert "起生效" in client.get(reverse("outcomes:problem", args=[one.pk])).content.decode()
    assert client.get(reverse("outcomes:problems")).status_code == 200


def test_the_page_costs_the_same_with_many_months(client, office, round, city, django_assert_max_num_queries):
    rows = [HotlineCount(region=city, theme="travel", month=date(year, month, 1), calls=9, source="x", on=round.opened_on)
            for year in range(2015, 2023) for month in range(1, 13)]
    HotlineCount.objects.bulk_create(rows)
    client.force_login(office)
    with django_assert_max_num_queries(30):
        client.get(reverse("outcomes:round", args=[round.code]))
