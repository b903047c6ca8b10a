"""Nothing committed names a registry or a path of a machine, and a planted one is found."""

import pytest

from tests.house.plan import ROOT
from tests.house.rules.committed import committed, faults


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout: nothing is committed here")
def test_nothing_committed_names_a_registry_or_a_machine():
    assert faults(committed(ROOT)) == []


@pytest.mark.parametrize(
    "line",
    [
        "https://files.python" + "hosted.org/packages/x.whl",
        "index = https://pypi" + ".org/simple",
        "https://registry.npm" + "js.org/htmx",
        "--extra-index" + "-url https://example.org/simple",
        "PATH = '/ho" + "me/somebody/mianduimian'",
        "cd /wo" + "rk/main",
    ],
)
def test_a_planted_host_or_path_is_found(line):
    assert len(faults([("README.md", f"first line\n{line}\n")])) == 1


@pytest.mark.parametrize(
    "line",
    ["/var/lib/mianduimian", "https://example.org/home/page", "pip install --no-index --find-links wheels", "docs/work/plan"],
)
def test_what_any_machine_has_is_allowed(line):
    assert faults([("README.md", line)]) == []
