"""The topic of the next round: what speaks for each, what is talked of already, and the way to a round on it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from mianduimian.desks.rules import Calls, Ground, Topic, topics
from mianduimian.desks.tests.town import TODAY
from mianduimian.desks.topics import advise, topic_of
from mianduimian.desks.views import outlook
from mianduimian.lookback.models import SendBack
from mianduimian.mechanism import rulebook
from mianduimian.outcomes.models import HotlineCount
from mianduimian.people.models import Region
from mianduimian.solicitation.models import Round
from mianduimian.text.hot import Trend

RULES = rulebook("heyuan-2.0")
WEIGHTS = dict(RULES.topics)
LATELY = TODAY - timedelta(30)


def topic(key="water", calls=None, **counted):
    return Topic(key, {Ground(name): n for name, n in counted.items()}, calls or Calls(), WEIGHTS)


def test_each_ground_counts_by_its_doublings_and_its_weight():
    one = topic(hot=7, elsewhere=3, repeat=1, back=3)
    assert {basis.ground: basis.points for basis in one.bases} == {
        Ground.HOT: 3.0, Ground.ELSEWHERE: 2.0, Ground.REPEAT: 1.0, Ground.BACK: 3.0,
    }  # fmt: skip
    assert one.score == 9.0


def test_calls_count_by_their_certain_growth_alone_and_only_where_months_compare():
    assert topic(calls=Calls(900, 0, 0)).bases == [] and topic(calls=Calls(900, 0, 0)).score == 0
    risen, fallen, level = (topic(calls=Calls(now, 1000, 3)) for now in (1300, 700, 1010))
    assert fallen.score < 0 == level.score < risen.score < 4
    assert [one.calls.growth.trend for one in (risen, fallen, level)] == [Trend.UP, Trend.DOWN, Trend.LEVEL]


@pytest.mark.parametrize(
    ("counted", "calls", "small"),
    [
        ({"elsewhere": 5}, None, False), ({"elsewhere": 4}, None, True), ({"elsewhere": 2, "back": 3}, None, False),
        ({}, Calls(1300, 1000, 3), False), ({}, Calls(1010, 1000, 3), True), ({}, Calls(3, 1, 3), True),
    ],
)  # fmt: skip
def test_what_few_speak_for_is_not_ranked(counted, calls, small):
    assert topic(calls=calls, **counted).small is small


def test_the_well_founded_come_first_and_equals_in_a_fixed_order():
    few, many = topic("a", elsewhere=4, calls=Calls(9, 3, 3)), topic("b", back=9)
    more, same = topic("c", back=99), topic("d", back=9)
    assert topics([same, few, many, more]) == [more, many, same, few]


def test_a_class_belongs_to_its_hardship_or_stands_for_itself():
    assert topic_of("transport.parking") == topic_of("transport") == "travel"
    assert topic_of("market.price") == "market" and topic_of("unheard.of") == "unheard"


@pytest.fixture
def counted(city):
    """Hotline months: counted("water", 100, before=80) for the latest three months before today."""

    def make(theme, now, before, region=None):
        for month in (8, 9, 10):
            for year, calls in ((2023, now), (2022, before)):
                HotlineCount.objects.create(
                    region=region or city, theme=theme, month=date(year, month, 1), calls=calls, source="12345", on=TODAY
                )

    return make


@pytest.fixture
def spoken(town):
    """What people said elsewhere than the focus: spoken(5, "housing.lift") → so many submissions of that class."""

    def make(how_many, category, bucket="elsewhere", **more):
        more = more or {"reason": "other_focus"}
        for _n in range(how_many):
            submission = town.said(bucket=bucket, category=category, **more)
            type(submission).objects.filter(pk=submission.pk).update(received_on=LATELY)

    return make


def advice(person, on=TODAY):
    return advise(person, RULES, on)


def numbers(candidates):
    return {one.topic.key: {basis.ground.value: basis.number for basis in one.topic.bases} for one in candidates}


def test_what_was_sent_elsewhere_because_of_the_focus_speaks_for_its_own_topic(spoken, office, town):
    spoken(6, "housing.lift")
    spoken(2, "housing.deed")
    spoken(9, "housing", reason="court")
    spoken(9, "")
    found = advice(office)
    assert numbers(found.ranked) == {"housing": {"elsewhere": 8}}
    (one,) = found.ranked
    assert [n for _word, n in one.kinds] == [6, 2] and one.theme == "housing"


def test_what_was_said_too_long_ago_speaks_no_more(spoken, office):
    spoken(6, "housing.lift")
    later = LATELY + timedelta(RULES.topics["days"])
    assert advice(office, later - timedelta(1)).ranked and not advice(office, later).ranked


def test_repeats_and_what_went_back_speak_for_the_class_of_their_appeal(town, spoken, office, round):
    (matter,) = town.build(1, ("again",))
    back = SendBack.objects.filter(matter=matter)
    assert back.exists()
    type(matter.appeal).objects.filter(pk=matter.appeal_id).update(category="utilities.water")
    Round.objects.update(theme="other")
    spoken(5, "labour", bucket="repeat", earlier=matter.appeal)
    assert numbers(advice(office).ranked)[topic_of("utilities.water")] == {"repeat": 5, "back": 1}


def test_hot_issues_speak_only_where_they_lie_outside_the_focus_of_their_round(town, office, round):
    inside, outside = town.appeal(), town.appeal()
    type(outside).objects.filter(pk=outside.pk).update(category="utilities.water")
    for one in (inside, outside):
        for _n in range(5):
            town.said(one)
    type(round).objects.update(ended_on=LATELY)
    found = advice(office, date(2023, 11, 1))
    hot = {one.topic.key: one for one in [*found.ranked, *found.small]}
    assert set(hot) == {topic_of("utilities.water")}
    (one,) = hot.values()
    assert numbers([one]) == {one.topic.key: {"hot": 7}} and one.issues[0].title == outside.title


def test_the_hotline_speaks_for_a_hardship_that_nobody_wrote_about(counted, office, day):
    counted("water", 1300, 1000)
    counted("doctor", 1000, 1300)
    counted("school", 1001, 1000)
    counted("housing", 9000, 1000, region=Region.objects.get(pk="441622"))
    found = advice(office)
    assert [one.topic.key for one in found.ranked] == ["water"] and found.small == []
    (one,) = found.ranked
    assert (one.topic.calls, one.trend) == (Calls(3900, 3000, 3), Trend.UP)


def test_what_a_running_round_of_the_region_talks_of_already_stands_apart(town, spoken, counted, office, round):
    spoken(6, "transport.bus")
    counted("travel", 1300, 1000)
    found = advice(office)
    assert [one.topic.key for one in found.talked] == ["travel"] and found.talked[0].talked == round and found.ranked == []
    Round.objects.update(ended_on=TODAY)
    assert [one.topic.key for one in advice(office).ranked] == ["travel"]


def test_a_round_of_another_region_keeps_nobody_from_a_topic(town, spoken, office, round):
    spoken(6, "transport.bus")
    Round.objects.update(region=Region.objects.get(pk="441622"))
    assert [one.topic.key for one in advice(office).ranked] == ["travel"]


@pytest.fixture
def now(monkeypatch):
    """The page is read on the town's day."""
    monkeypatch.setattr(outlook, "localdate", lambda: TODAY)


def test_from_the_page_a_clerk_begins_a_round_with_the_focus_filled_in(spoken, office, get, client, now):
    spoken(6, "housing.lift")
    page = get(office, "desks:topics").content.decode()
    assert "住房难" in page and "不属当期焦点的来件：6 宗" in page and "以此开启一期" in page
    (one,) = advice(office).ranked
    assert one.opening.replace("&", "&amp;") in page
    form = client.get(one.opening).content.decode()
    assert 'value="住房难"' in form and '<option value="housing" selected>' in form


def test_who_may_not_open_a_round_reads_the_topics_without_the_button(spoken, everybody, get, now):
    spoken(6, "housing.lift")
    for role in ("leader", "supervisor", "visitor"):
        page = get(everybody[role], "desks:topics").content.decode()
        assert "住房难" in page and "以此开启一期" not in page and "solicitation/open" not in page
    assert get(everybody["unit"], "desks:topics").status_code == 403


def test_what_was_typed_into_the_address_of_a_new_round_is_only_a_proposal(office, client):
    client.force_login(office)
    page = client.get(reverse("solicitation:open"), {"focus": "<b>水</b>", "theme": "nothing", "host": "张三"}).content.decode()
    assert "&lt;b&gt;水&lt;/b&gt;" in page and "张三" not in page and page.count("selected") <= 3
    assert not Round.objects.filter(focus__contains="水").exists()


def test_nothing_to_say_is_said(office, get, now):
    assert "排不出候选焦点" in get(office, "desks:topics").content.decode()


def test_many_topics_ask_no_more_of_the_database(spoken, counted, office, get, now, django_assert_max_num_queries):
    spoken(5, "housing.lift")
    counted("housing", 1300, 1000)
    get(office, "desks:topics")
    with django_assert_max_num_queries(60) as few:
        get(office, "desks:topics")
    for category in ("utilities.water", "labour", "government", "safety", "market", "urban"):
        spoken(5, category)
    for theme in ("water", "doctor", "school", "work"):
        counted(theme, 1300, 1000)
    with django_assert_max_num_queries(len(few)):
        page = get(office, "desks:topics").content.decode()
    assert page.count("以此开启一期") >= 7
