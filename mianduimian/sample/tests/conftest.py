"""One day on which the sample is looked at."""

from datetime import date

import pytest


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 23)
