"""No drawers, nothing hidden, nothing broadcast, nothing left for later; each planted one is found."""

import pytest

from tests.house.reading import Source
from tests.house.rules.drawers import broadcast_faults, import_faults, name_faults, unfinished_faults


@pytest.mark.parametrize("rule", [name_faults, import_faults, broadcast_faults, unfinished_faults])
def test_the_house_has_none(rule, house_sources):
    assert rule(house_sources) == []


@pytest.mark.parametrize(
    "path", ["ledger/utils.py", "ledger/helpers/dates.py", "services.py", "ledger/tests/constants.py", "people/signals.py"]
)
def test_a_planted_drawer_is_found(path):
    assert len(name_faults([Source(path, "")])) == 1


@pytest.mark.parametrize(
    "line",
    ["import json", "from mianduimian.ledger import acts", "import_module('mianduimian.ledger')", "importlib.import_module('x')"],
)
def test_a_planted_import_inside_a_function_is_found(line):
    assert import_faults([Source("triage/acts.py", f"def distil():\n    {line}\n")]) == [
        "triage/acts.py:2 imports inside a function"
    ]


def test_the_house_may_load_rooms_by_name():
    assert import_faults([Source("house/cli.py", "def load():\n    import_module('mianduimian.ledger')\n")]) == []


@pytest.mark.parametrize(
    "line", ["from django.dispatch import receiver", "from django.db.models.signals import post_save", "import django.dispatch"]
)
def test_a_planted_signal_is_found(line):
    assert len(broadcast_faults([Source("ledger/models.py", f"{line}\n")])) == 1


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME"])
def test_a_planted_promise_is_found(word):
    assert unfinished_faults([Source("ledger/acts.py", f"x = 1  # {word}: later\n")]) == [
        "ledger/acts.py:1 leaves something for later"
    ]
