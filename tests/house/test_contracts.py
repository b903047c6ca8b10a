"""The import graph is a straight line, and a planted bend in it is found."""

import itertools

import pytest

from tests.house.plan import RANKS
from tests.house.rules.contracts import faults

FURNITURE = ("commands", "urls", "views", "jobs", "forms", "acts", "papers", "sheets", "models", "rules")
MODULES = {"refusal", "vocabulary"}
numbers = itertools.count()


@pytest.fixture
def build(tmp_path, monkeypatch):
    """A small house with every room; what is given is written into it before it is looked at."""

    def built(**planted):
        name = f"small_house_{next(numbers)}"
        package = tmp_path / name
        package.mkdir()
        (package / "__init__.py").touch()
        for room in RANKS:
            if room in MODULES:
                (package / f"{room}.py").touch()
                continue
            (package / room).mkdir()
            for file in ("__init__", *FURNITURE):
                (package / room / f"{file}.py").touch()
        for path, line in planted.items():
            file = package / f"{path.replace('__', '/')}.py"
            file.parent.mkdir(exist_ok=True)
            (file.parent / "__init__.py").touch()
            file.write_text(line.replace("HOUSE", name) + "\n", "utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        return faults(name)

    return built


def test_the_house_keeps_its_contracts():
    assert faults() == []


def test_a_small_house_built_to_the_plan_keeps_them_too(build):
    assert build() == []


def test_tests_may_look_wherever_their_example_stands(build):
    assert build(journal__tests__test_acts="from HOUSE.people import models") == []


def test_looking_back_is_allowed(build):
    assert build(lookback__acts="from HOUSE.ledger import acts", ledger__acts="from HOUSE.ledger import models") == []


@pytest.mark.parametrize(
    ("place", "line", "broken"),
    [
        ("intake__acts", "from HOUSE.ledger import models", "layers"),
        ("vocabulary", "from HOUSE import refusal", "layers"),
        ("papers__plain", "from HOUSE.text import rules", "layers"),
        ("cellar__rules", "", "layers"),
        ("ledger__models", "from HOUSE.ledger import acts", "furniture"),
        ("ledger__forms", "from HOUSE.ledger import views", "furniture"),
        ("ledger__acts", "from HOUSE.ledger import forms", "furniture"),
        ("ledger__sheets", "from HOUSE.ledger import papers", "furniture"),
        ("ledger__forms", "from HOUSE.triage import acts", "only-callers-call-acts"),
        ("ledger__rules", "from django.db import models", "pure"),
        ("text__words", "import django", "pure"),
        ("mechanism__load", "from django.conf import settings", "pure"),
    ],
)
def test_a_planted_import_breaks_its_contract(build, place, line, broken):
    assert broken in build(**{place: line})


def test_a_planted_import_of_django_behind_two_corners_is_found(build):
    assert "pure" in build(
        ledger__rules="from HOUSE.text import words", text__words="from HOUSE.text import deep", text__deep="import django"
    )


def test_a_planted_cycle_inside_a_room_is_found(build):
    assert "acyclic" in build(people__doors="from HOUSE.people import roster", people__roster="from HOUSE.people import doors")
