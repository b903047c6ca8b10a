"""What every room's tests stand on: a day, a city, people with posts, a round."""

from datetime import date

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as properties

from mianduimian.people import acts as people
from mianduimian.people.models import Person, Post, Region, Unit
from mianduimian.people.rules import Role
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import classes
from mianduimian.triage.taxonomy import shipped

DAY = date(2023, 11, 16)

# A busy machine is no fault of a property: examples are counted, not timed.
properties.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("house")


@pytest.fixture(autouse=True)
def own_data_folder(settings, tmp_path):
    """Each test keeps its files, its calendars its cache and the journal's outside head to itself."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CALENDARS = tmp_path / "calendars"
    settings.MEDIA_ROOT.mkdir()
    settings.CALENDARS.mkdir()
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": tmp_path / "cache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def classes_as_shipped():
    """Each test begins with the shipped table of classes, and does not ask the database for another until one is made."""
    known = classes._known
    known.version, known.taxonomy, known.until = None, shipped(), float("inf")


@pytest.fixture
def day() -> date:
    """The day of the meeting in the article."""
    return DAY


@pytest.fixture
def clock(db) -> Person:
    """The one who acts when the calendar does."""
    return people.found(on=DAY)


@pytest.fixture
def city(clock) -> Region:
    """河源 with its regions and units."""
    people.load_city(by=clock, on=DAY)
    return Region.objects.get(pk="441600")


@pytest.fixture
def unit(city):
    """Find a unit by its key."""
    return lambda key: Unit.objects.get(key=key)


@pytest.fixture
def hire(city):
    """Make a person with one post: hire("office"), hire("unit", "traffic_police")."""

    def make(role: str, unit: str = "shifuban", name: str = "") -> Person:
        name = name or f"{Role(role).chinese}{Person.objects.count()}"
        person = Person.objects.create(username=f"{role}-{unit}-{Person.objects.count()}", name=name, joined_on=DAY)
        Post.objects.create(person=person, unit=Unit.objects.get(key=unit), role=role, since=DAY)
        return person

    return make


@pytest.fixture
def office(hire) -> Person:
    """A clerk of the task force."""
    return hire("office")


@pytest.fixture
def handler(hire) -> Person:
    """A handler of the traffic police."""
    return hire("unit", "traffic_police")


@pytest.fixture
def visitor(hire) -> Person:
    """One who verifies and visits; not a handler."""
    return hire("visitor", "xinfangju")


@pytest.fixture
def supervisor(hire) -> Person:
    """One who supervises."""
    return hire("supervisor", "supervision_office")


@pytest.fixture
def leader(hire) -> Person:
    """A leader of the city."""
    return hire("leader", "shifuban")


@pytest.fixture
def round(city, office) -> Round:
    """A round of the city on road safety."""
    return Round.objects.create(
        code="441600-2023-12",
        number=12,
        year=2023,
        focus="道路安全与交通秩序",
        theme="travel",
        level="city",
        region=city,
        host="市长",
        office=Unit.objects.get(key="shifuban"),
        rulebook="heyuan-2.0",
        opened_on=date(2023, 10, 20),
        opened_by=office,
    )
