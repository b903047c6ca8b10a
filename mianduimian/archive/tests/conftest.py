"""What the archive's tests stand on: a paper about a person (the simplest thing that there is)."""

from datetime import date

import pytest

from mianduimian.archive import acts
from mianduimian.archive.rules import Kind
from mianduimian.papers import Paper, Para

TITLE = "关于办理“校门口乱停车”的交办单"
PAPER = Paper("交办单", TITLE, number="河面交〔2023〕1号", body=(Para("请办理。"),), on=date(2023, 11, 16))


@pytest.fixture
def keep(office, city, day):
    """Keep a paper about a thing: keep(paper, subject)."""
    return lambda paper=PAPER, subject=office, on=day: acts.keep(
        paper, subject, kind=Kind.ASSIGNMENT, region=city, by=office, on=on
    )
