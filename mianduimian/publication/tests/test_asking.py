"""请您评价: whoever spoke is told that they are asked, and answers from the receipt without logging in."""

import pytest
from django.urls import reverse

from mianduimian.ledger.models import Settlement
from mianduimian.lookback import acts as lookback
from mianduimian.lookback.models import Visit
from mianduimian.lookback.rules import Answered
from mianduimian.publication import acts
from mianduimian.publication.models import Message
from mianduimian.publication.passages import asked_of, stories
from mianduimian.triage.models import Part


@pytest.fixture
def visitor(hire):
    return hire("visitor", "xinfangju")


@pytest.fixture
def asked(matter, visitor, office, day):
    """The four who spoke are to be asked."""
    type(matter).objects.filter(pk=matter.pk).update(state="settled")
    Settlement.objects.create(matter=matter, turn=1, on=day, by=office)
    return lookback.plan_visits(matter, by=visitor, on=day)


def test_each_who_spoke_is_told_once_that_they_are_asked(asked, the_clock, visitor, matter, day):
    while acts.gather(by=the_clock, on=day):
        pass
    told = Message.objects.filter(step="asked")
    assert sorted(told.values_list("submission", flat=True)) == sorted(visit.submission_id for visit in asked)
    assert lookback.plan_visits(matter, by=visitor, on=day) == []
    while acts.gather(by=the_clock, on=day):
        pass
    assert told.count() == len(asked)


def test_the_receipt_leads_to_the_answer_and_back_to_silence(client, asked, submissions, day):
    receipt = reverse("publication:receipt", args=[submissions[0].receipt])
    assert "我来评价" in client.get(receipt).content.decode()
    rate = reverse("publication:rate", args=[submissions[0].receipt, 1])
    assert client.get(rate).status_code == 405
    sent_on = client.post(rate)
    assert sent_on["Location"].startswith("/lookback/say/")
    assert client.post(rate)["Location"] == sent_on["Location"]
    assert client.get(sent_on["Location"]).status_code == 200
    lookback.answer(Visit.objects.get(submission=submissions[0]), Answered("4", "yes"), by=None, on=day)
    assert "我来评价" not in client.get(receipt).content.decode()
    assert client.post(rate).status_code == 409


def test_the_answer_leads_back_to_the_receipt_from_which_it_came_and_to_no_other(client, asked, submissions):
    receipt = reverse("publication:receipt", args=[submissions[0].receipt])
    address = client.post(reverse("publication:rate", args=[submissions[0].receipt, 1]))["Location"]
    assert f'href="{receipt}"' in client.get(address).content.decode()
    thanks = client.post(address, {"scale": "2", "solved": "no"}, follow=True).content.decode()
    assert "收到您的评价了，谢谢" in thanks and f'href="{receipt}"' in thanks
    bare = address.partition("?")[0]
    assert submissions[0].receipt not in client.get(bare).content.decode()
    assert "返回回执" not in client.get(f"{bare}?receipt=//evil.example").content.decode()


def test_a_receipt_shows_its_own_citizens_judgement_and_nobody_elses(asked, submissions, day):
    lookback.answer(Visit.objects.get(submission=submissions[0]), Answered("2", "no"), by=None, on=day)
    mine, anothers = ([step.what for step in stories(said)[0].steps] for said in submissions[:2])
    assert mine[-2:] == ["请您评一评办得怎么样", "您评价：不满意，未解决"]
    assert anothers[-1] == "请您评一评办得怎么样"


def test_nobody_is_asked_before_the_look_back_has_begun(matter, submissions):
    assert asked_of(Part.objects.get(submission=submissions[0])) is None


@pytest.mark.parametrize("state", ["assigned", "accepted", "closed"])
def test_nothing_is_asked_of_what_is_not_answered_or_is_closed(client, matter, asked, submissions, state):
    type(matter).objects.filter(pk=matter.pk).update(state=state)
    assert "我来评价" not in client.get(reverse("publication:receipt", args=[submissions[0].receipt])).content.decode()


def test_the_desk_sees_no_code_that_opens_a_receipt(client, matter, asked, the_clock, submissions, hire, day):
    while acts.gather(by=the_clock, on=day):
        pass
    submissions[0].confidential = True
    submissions[0].save()
    for role in ("office", "supervisor", "leader"):
        client.force_login(hire(role))
        page = client.get(reverse("publication:manage", args=[matter.appeal.round.code])).content.decode()
        assert not [said.receipt for said in submissions if said.receipt in page]
        assert (f"/intake/submissions/{submissions[0].pk}/" in page) == (role == "office")
