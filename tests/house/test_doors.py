"""Every page has a door, every verb is an act; a planted gap is found."""

import pytest
from django.urls import get_resolver, include, path

from mianduimian.people.doors import door, open_door
from mianduimian.people.rules import permissions
from tests.house.reading import Source
from tests.house.rules.doors import act_faults, back_door_faults, view_faults, walk

SOMEBODY_MAY = frozenset().union(*permissions().values())


def test_every_page_has_a_door():
    assert view_faults(walk(get_resolver().url_patterns), SOMEBODY_MAY) == []


def test_every_verb_is_an_act(house_sources):
    assert act_faults(house_sources) == []


def _view(request):
    return None


def _planted(view):
    return view_faults(walk([path("ledger/", include([path("planted/", view)]))]), frozenset({"ledger.assign"}))


def test_a_planted_page_without_a_door_is_found():
    assert _planted(_view) == ["/ledger/planted/: no door"]


def test_a_planted_door_that_nobody_may_pass_is_found():
    assert _planted(door("ledger.dance")(_view)) == ["/ledger/planted/: nobody may ledger.dance"]


def test_a_door_and_an_open_door_are_doors():
    assert _planted(door("ledger.assign")(_view)) == []
    assert _planted(open_door(lambda request: None)) == []


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("def reply(matter, *, by, on): ...", ["ledger/acts.py:reply is no act"]),
        ("@act\ndef reply(matter, by, on): ...", ["ledger/acts.py:reply lacks by=", "ledger/acts.py:reply lacks on="]),
        ("@act\ndef reply(matter, *, by): ...", ["ledger/acts.py:reply lacks on="]),
    ],
)
def test_a_planted_verb_that_is_no_act_is_found(verb, said):
    assert act_faults([Source("ledger/acts.py", f"{verb}\n")]) == said


def test_an_act_and_what_it_keeps_to_itself_are_allowed():
    verbs = "@act\ndef reply(matter, *, text, by, on): ...\n\ndef _move(matter): ...\n\nclass Table: ...\n"
    assert act_faults([Source("ledger/acts/replying.py", verbs)]) == []


FOLDER = [
    Source("ledger/acts/__init__.py", "from mianduimian.ledger.acts.replying import reply\n"),
    Source("ledger/acts/replying.py", "@act\ndef reply(matter, *, by, on): ...\n\ndef weigh(matter): ...\n"),
]


def test_a_folder_of_acts_may_keep_something_to_itself():
    assert act_faults(FOLDER) == []
    assert back_door_faults([Source("ledger/acts/settling.py", "from mianduimian.ledger.acts.replying import weigh\n")]) == []


def test_a_planted_verb_that_a_folder_shows_must_be_an_act():
    shown = Source("ledger/acts/__init__.py", "from mianduimian.ledger.acts.replying import reply, weigh\n")
    assert "ledger/acts/replying.py:weigh is no act" in act_faults([shown, FOLDER[1]])


def test_nobody_reaches_into_a_folder_of_acts(house_sources):
    assert back_door_faults(house_sources) == []


@pytest.mark.parametrize("path", ["ledger/views.py", "lookback/acts.py"])
def test_a_planted_reach_into_a_folder_of_acts_is_found(path):
    planted = Source(path, "from mianduimian.ledger.acts.replying import weigh\n")
    assert back_door_faults([planted]) == [f"{path}:1 reaches past mianduimian.ledger.acts"]
