"""The funnel with its answers: every number is listed behind its link, every submission is walked to its answer."""

import pytest

from mianduimian.desks.loop import bucket, story, walk
from mianduimian.desks.tests.town import FATES, TODAY
from mianduimian.intake.models import Submission
from mianduimian.triage.models import Appeal, Part
from mianduimian.triage.rules import Bucket

pytestmark = pytest.mark.django_db


@pytest.fixture
def matters(town):
    found = dict(zip(FATES, town.build(13), strict=True))
    town.said(bucket="invalid", reason="no_fact")
    town.said(bucket="elsewhere", reason="other_focus")
    town.said(bucket="repeat", note="第十期已办")
    town.said(bucket="withdrawn")
    town.said(bucket="undecided")
    Part.objects.create(submission=town.said(bucket="invalid", reason="test"), number=2, bucket="undecided")
    Submission.objects.create(
        round=town.round, channel="web", text="还没有人看过", received_on=TODAY, receipt="new", content="new"
    )
    return found


def test_collected_is_the_sum_of_the_buckets(matters, round):
    whole, *buckets = story(round).buckets
    assert whole.number == sum(bar.number for bar in buckets) == Submission.objects.count() == 33


def test_behind_each_bucket_stand_as_many_as_it_says(matters, round):
    numbers = {bar.url.rsplit("/", 1)[1]: bar.number for bar in story(round).buckets}
    assert numbers == {key: bucket(round, key).count() for key in ("all", *(one.value for one in Bucket))}
    assert numbers["undecided"] == 3


def test_every_number_of_a_stage_is_what_its_list_shows(matters, round, office, client):
    client.force_login(office)
    for bar in story(round).stages[2:]:
        assert client.get(bar.url).context["seen"].total == bar.number, bar.word


def test_appeals_are_listed_with_and_without_an_opinion(matters, town, round, office, get):
    town.appeal()
    assert get(office, "desks:appeals", round.code).context["total"] == 14
    assert get(office, "desks:appeals", round.code, only="opined").context["total"] == 13
    assert get(office, "desks:appeals", round.code, only="unheard").context["total"] == 1


def test_from_every_submission_one_click_leads_to_what_became_of_it(matters, office, get):
    for submission in Submission.objects.all():
        page = get(office, "desks:submission", submission.pk)
        assert page.status_code == 200
        for step in page.context["walked"]:
            assert (step.part.appeal is None) == (step.part.bucket != "distilled")
            assert step.part.appeal is None or step.matter.number in page.content.decode()


def test_the_walk_shows_unit_deadline_answer_visits_and_turns(matters, office, get):
    spoke = Part.objects.filter(appeal=matters["unhappy"].appeal).order_by("pk").first().submission
    page = get(office, "desks:submission", spoke.pk).content.decode()
    for words in ("已安排整治，月底前完成。", "非常满意", "书面反馈截止 2023-12-07", "办结"):
        assert words in page
    again = Part.objects.filter(appeal=matters["again"].appeal).first().submission
    page = get(office, "desks:submission", again.pk).content.decode()
    assert "第1轮退回重办" in page
    assert "群众评价不满意" in page


def test_the_citizen_is_not_named_on_the_walk(matters, office, get):
    one = Submission.objects.exclude(citizen=None).first()
    page = get(office, "desks:submission", one.pk).content.decode()
    assert one.citizen.name not in page
    assert one.citizen.phone not in page


def test_what_a_whistle_blower_said_is_not_shown_to_those_who_only_look(town, office, leader, get):
    one = town.said(town.appeal())
    Submission.objects.filter(pk=one.pk).update(confidential=True)
    assert one.shown in get(office, "desks:submission", one.pk).content.decode()
    assert one.shown not in get(leader, "desks:submission", one.pk).content.decode()
    assert one.title not in get(leader, "desks:bucket", one.round.code, "all").content.decode()


def test_the_walk_costs_the_same_for_one_visit_and_for_many(matters, office, django_assert_max_num_queries):
    one = Part.objects.filter(appeal=matters["unhappy"].appeal).first().submission
    with django_assert_max_num_queries(26):
        walk(one, office, TODAY)


def test_a_bucket_that_does_not_exist_is_not_there(round, office, get):
    assert get(office, "desks:bucket", round.code, "cellar").status_code == 404


def test_a_long_bucket_goes_on_behind_the_last_key(town, round, office, get):
    for _n in range(51):
        town.said(bucket="undecided")
    page = get(office, "desks:bucket", round.code, "undecided")
    assert len(page.context["submissions"]) == 50
    assert len(get(office, "desks:bucket", round.code, "undecided", after=page.context["next"]).context["submissions"]) == 1


def test_an_appeal_that_lost_every_part_is_not_counted(town, round):
    appeal = town.appeal()
    Part.objects.filter(appeal=appeal).update(bucket="undecided", appeal=None)
    assert Appeal.objects.count() == 1
    assert story(round).stages[0].number == 0
