"""Templates and links point back, and a planted pointer forward is found."""

import pytest

from tests.house.reading import Page, Source
from tests.house.rules.backward import link_faults, page_faults


def test_templates_point_back(house_pages):
    assert page_faults(house_pages) == []


def test_links_point_back(house_sources):
    assert link_faults(house_sources) == []


@pytest.mark.parametrize(
    "tag",
    [
        '{% extends "ledger/_page.html" %}',
        "{% include 'ledger/_matter.html' with matter=matter only %}",
        "{% url 'ledger:matter' matter.pk %}",
        '{% url "desks:home" as home %}',
    ],
)
def test_a_planted_pointer_in_a_template_is_found(tag):
    assert len(page_faults([Page("triage/templates/triage/appeal.html", f"<p>{tag}</p>")])) == 1


def test_the_shared_look_points_into_no_room():
    assert len(page_faults([Page("templates/base.html", "{% url 'people:me' %}")])) == 1


@pytest.mark.parametrize(
    "tag",
    [
        '{% include "triage/_appeal.html" %}',
        "{% url 'ledger:matter' 1 %}",
        '{% extends "base.html" %}',
        "{% url 'account_login' %}",
    ],
)
def test_a_template_may_look_back_and_at_its_own_room(tag):
    assert page_faults([Page("ledger/templates/ledger/matter.html", tag)]) == []


@pytest.mark.parametrize(
    "line",
    ["reverse('ledger:matter')", "redirect('ledger:matter', 1)", "render(request, 'ledger/matter.html')", "NEXT = 'desks:home'"],
)
def test_a_planted_link_in_python_is_found(line):
    assert len(link_faults([Source("triage/views.py", f"{line}\n")])) == 1


def test_a_link_may_look_back():
    assert link_faults([Source("ledger/views.py", "redirect('triage:appeal', 1)\nrender(r, 'ledger/x.html')\n")]) == []


def test_rooms_of_one_rank_do_not_see_each_other():
    assert len(link_faults([Source("open311/views.py", "redirect('desks:home')\n")])) == 1
