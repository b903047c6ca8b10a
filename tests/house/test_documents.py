"""The documents keep up with the house, and a planted gap is found."""

import pytest

from mianduimian.house.settings import knobs
from tests.house.plan import PACKAGE, ROOT
from tests.house.rules.documents import link_faults, setting_faults

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *PACKAGE.rglob("*.md")])


def test_the_operators_guide_explains_every_setting():
    assert len(knobs.known) > 5
    assert setting_faults((ROOT / "docs" / "operator.md").read_text("utf-8"), knobs.known) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_document_points_at_one_that_is_not_there(document):
    assert link_faults(document, document.read_text("utf-8")) == []


def test_a_planted_setting_that_nobody_explains_is_found():
    assert setting_faults("`DATABASE_URL`", ["MIANDUIMIAN_PLANTED"]) == ["not explained: MIANDUIMIAN_PLANTED"]


def test_a_planted_setting_that_nobody_reads_is_found():
    assert setting_faults("`DATABASE_URL` `MIANDUIMIAN_PLANTED`", []) == ["does not exist: MIANDUIMIAN_PLANTED"]


def test_a_planted_dead_link_is_found():
    assert link_faults(ROOT / "README.md", "[a](docs/planted.md) [b](docs/index.md) [c](https://example.org)") == [
        "README.md → docs/planted.md"
    ]
