"""核查: by somebody who is not the handler, once a turn."""

from dataclasses import replace

import pytest

from mianduimian.journal.models import Line
from mianduimian.lookback import acts
from mianduimian.lookback.models import Verification
from mianduimian.lookback.rules import Checked
from mianduimian.lookback.tests.conftest import LATER, TRUE
from mianduimian.people.models import Post
from mianduimian.refusal import NotYours, Refused


def test_a_visitor_verifies_a_settled_matter(settled, visitor):
    made = acts.verify(settled, TRUE, by=visitor, on=LATER)
    assert (made.turn, made.finding_word) == (1, "属实，已解决")
    assert Line.objects.of(settled).filter(verb="lookback.verify").exists()


@pytest.mark.parametrize("role", ["office", "unit", "supervisor", "leader", "deputy", "press", "system"])
def test_only_visitors_verify(settled, hire, role):
    with pytest.raises(NotYours):
        acts.verify(settled, TRUE, by=hire(role), on=LATER)


def test_the_handling_unit_does_not_verify_itself(settled, inside):
    with pytest.raises(NotYours, match="市交警支队"):
        acts.verify(settled, TRUE, by=inside, on=LATER)


def test_the_assisting_unit_does_not_verify_either(settled, hire):
    with pytest.raises(NotYours, match="市住建局"):
        acts.verify(settled, TRUE, by=hire("visitor", "housing"), on=LATER)


def test_who_wrote_the_reply_does_not_verify_it_after_changing_desks(settled, handler, unit):
    Post.objects.filter(person=handler).update(until=LATER)
    Post.objects.create(person=handler, unit=unit("xinfangju"), role="visitor", since=LATER)
    moved = type(handler).objects.get(pk=handler.pk)
    with pytest.raises(NotYours, match="由您填写"):
        acts.verify(settled, TRUE, by=moved, on=LATER)


def test_a_turn_is_verified_once(settled, visitor, colleague):
    acts.verify(settled, TRUE, by=visitor, on=LATER)
    with pytest.raises(Refused, match="已经核查过"):
        acts.verify(settled, replace(TRUE, finding="false"), by=colleague, on=LATER)
    assert Verification.objects.count() == 1


def test_a_verification_says_what_was_seen(settled, visitor):
    with pytest.raises(Refused):
        acts.verify(settled, Checked("true", "  "), by=visitor, on=LATER)


def test_what_has_no_reply_cannot_be_verified(matter, visitor):
    with pytest.raises(Refused, match="书面反馈之后"):
        acts.verify(matter, TRUE, by=visitor, on=LATER)


def test_a_visitor_of_a_county_does_not_verify_in_the_city(settled, hire):
    with pytest.raises(NotYours):
        acts.verify(settled, TRUE, by=hire("visitor", "yuancheng"), on=LATER)
