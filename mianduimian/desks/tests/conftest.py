"""What the desks' tests stand on: a town, a fixed day for the pages, everybody who may knock."""

import pytest
from django.urls import reverse

from mianduimian.desks.tests.town import TODAY, Town
from mianduimian.desks.views import issuing, ledger, pages, wall
from mianduimian.people.rules import Role


@pytest.fixture
def today(monkeypatch):
    """The pages are read on this day."""
    for views in (issuing, ledger, pages, wall):
        monkeypatch.setattr(views, "localdate", lambda: TODAY)
    return TODAY


@pytest.fixture
def town(round, office, visitor, leader, today) -> Town:
    """A round whose matters can be built by number."""
    return Town(round, office, visitor, leader)


@pytest.fixture
def get(client):
    """Read a page as somebody: get(person, "desks:funnel", code, state="open")."""

    def read(person, name, *args, **wanted):
        if person:
            client.force_login(person)
        return client.get(reverse(name, args=args), wanted)

    return read


@pytest.fixture
def everybody(hire):
    """One person of every role."""
    units = {"unit": "traffic_police"}
    return {role.value: hire(role.value, units.get(role.value, "shifuban")) for role in Role if role != Role.CLOCK}
