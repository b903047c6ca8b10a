"""附议: a citizen's own words propose themselves for an appeal; a person decides, and a new reading leaves them alone."""

import pytest

from mianduimian.refusal import NotYours, Refused
from mianduimian.triage import acts
from mianduimian.triage.models import Part, Proposal
from mianduimian.triage.rules import Bucket


@pytest.fixture
def appeal(say, round, office, day, wording):
    said = say("兴源路中段路灯不亮")
    acts.take_up(round, by=office, on=day)
    return acts.distil(Part.objects.filter(submission=said), wording, by=office, on=day)


@pytest.fixture
def voiced(appeal, say, clock, day):
    return acts.voice(say("我也走这条路，灯还是黑的"), appeal, by=clock, on=day)


def test_a_voice_is_proposed_for_its_appeal_and_decided_by_a_person(voiced, appeal, office, day):
    part = voiced.parts.get()
    assert (part.bucket, voiced.appeal, voiced.voiced) == (Bucket.UNDECIDED, appeal, True)
    assert acts.confirm(voiced, by=office, on=day) == appeal
    part.refresh_from_db()
    assert (part.bucket, part.appeal) == (Bucket.DISTILLED, appeal)


def test_a_voice_said_twice_is_one_proposal(voiced, appeal, clock, day):
    assert acts.voice(voiced.parts.get().submission, appeal, by=clock, on=day) == voiced
    assert Proposal.objects.count() == 1


def test_a_new_reading_of_the_machine_leaves_a_voice_where_its_citizen_put_it(voiced, say, round, office, day):
    say("兴源路灯杆倒了")
    acts.take_up(round, by=office, on=day)
    acts.propose(round, by=office, on=day)
    assert Proposal.objects.filter(pk=voiced.pk).open().exists()
    assert Proposal.objects.filter(parts=voiced.parts.get(), answer="").count() == 1


def test_a_person_may_say_no(voiced, office, day):
    acts.reject(voiced, by=office, on=day)
    assert voiced.parts.get().bucket == Bucket.UNDECIDED


def test_a_voice_for_another_round_or_for_nobodys_appeal_is_refused(appeal, say, round, clock, office, day):
    parts = list(Part.objects.filter(appeal=appeal).select_related("submission"))
    acts.put_back(parts, by=office, on=day)
    with pytest.raises(Refused, match="已没有来件"):
        acts.voice(say("又一位"), appeal, by=clock, on=day)


def test_only_the_citizens_page_speaks_in_a_citizens_name(appeal, say, handler, day):
    with pytest.raises(NotYours):
        acts.voice(say("替别人说"), appeal, by=handler, on=day)
