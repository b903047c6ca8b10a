"""The page where agenda and representatives are proposed: shown with its seed, confirmed by a person, kept on record."""

import pytest
from django.urls import reverse

from mianduimian.journal.models import Line
from mianduimian.meeting import acts
from mianduimian.meeting.models import Item, candidates
from mianduimian.refusal import NotYours, Refused


@pytest.fixture
def at(client, office, planned):
    client.force_login(office)
    return lambda name, post=None, **query: (
        client.get(reverse(f"meeting:{name}", args=[planned.pk]), query)
        if post is None
        else client.post(reverse(f"meeting:{name}", args=[planned.pk]), post)
    )


def test_an_appeal_counts_citizens_not_submissions_and_stands_in_its_county(appeal, round):
    twice = appeal("路灯", voices=2, phone="13800000001")
    town = appeal("井盖", voices=3, region="441622100")
    found = {one.appeal: one for one in candidates(round)}
    assert (len(found[twice.pk].citizens), len(found[town.pk].citizens)) == (1, 3)
    assert (found[twice.pk].region, found[town.pk].region) == ("源城区", "龙川县")


def test_the_proposal_shows_its_seed_its_reasons_and_the_shares_and_settles_nothing(at, appeal, planned):
    appeal("路灯", voices=3), appeal("井盖", voices=2, region="441622")
    page = at("choice")
    assert f"抽签号 {planned.round.code}/{planned.day}" in page.text
    assert "代表 3 名群众" in page.text and "抽签取整" in page.text and "名可邀请的群众中抽签产生" in page.text
    assert page.context["choice"] == at("choice").context["choice"]
    assert not Item.objects.exists() and not Line.objects.filter(verb="meeting.choose").exists()


def test_no_identity_of_a_citizen_is_on_the_page_and_whistle_blowers_are_not_proposed(at, appeal):
    appeal("路灯", phone="13800138000", name="赖小明")
    secret = appeal("举报", confidential=True)
    page = at("choice")
    assert "13800138000" not in page.text and "赖小明" not in page.text
    assert secret.pk not in {one.voice.appeal for one in page.context["invitations"]}


def test_what_a_person_kept_goes_on_the_agenda_with_seed_and_proposal_beside_it(at, appeal, planned):
    one, two = appeal("路灯", voices=3), appeal("井盖", voices=2)
    answer = at("choose", post={"seed": "当众抽定", "places": 2, "appeal": [two.pk]})
    assert answer.status_code == 302
    assert [item.appeal for item in Item.objects.all()] == [two]
    line = Line.objects.get(verb="meeting.choose")
    assert line.now == {"seed": "当众抽定", "places": 2, "proposed": [one.number, two.number], "taken": [two.number]}
    assert "按方案选议题" in at("meeting").text


def test_who_is_spoken_for_on_the_agenda_is_not_proposed_again(at, appeal, planned, office, day):
    one = appeal("路灯", voices=3)
    appeal("井盖", voices=2)
    acts.put_on_agenda(planned, [one], by=office, on=day)
    choice = at("choice").context["choice"]
    assert one.pk not in {chosen.candidate.appeal for chosen in choice.chosen} and choice.covered == 5


def test_odd_input_is_said_and_changes_nothing(at, appeal, planned, office, handler, day):
    one = appeal("路灯")
    for odd in ({"places": "0", "seed": "x"}, {"places": "x", "seed": ""}, {"places": 999, "seed": "x"}):
        assert at("choice", **odd).status_code == 200
        assert at("choose", post={**odd, "appeal": one.pk}).status_code == 409
    for nothing in ([], ["x"], ["9" * 40]):
        assert at("choose", post={"seed": "x", "places": 2, "appeal": nothing}).status_code == 409
    with pytest.raises(Refused, match="至少选一件"):
        acts.choose(planned, [], places=2, seed="x", by=office, on=day)
    with pytest.raises(NotYours):
        acts.choose(planned, [one], places=2, seed="x", by=handler, on=day)
    assert not Item.objects.exists()


def test_without_appeals_the_page_says_so(at):
    assert "没有可列入议程的诉求" in at("choice").text


def test_more_appeals_ask_the_database_no_more_often(at, appeal, django_assert_max_num_queries, django_assert_num_queries):
    appeal("路灯", voices=2)
    at("choice")
    with django_assert_max_num_queries(30) as asked:
        at("choice")
    often = len(asked)
    for n in range(12):
        appeal(f"井盖{n}", voices=3, region=("441622", "441621")[n % 2])
    with django_assert_num_queries(often):
        at("choice")
