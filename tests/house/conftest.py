import pytest

from tests.house.plan import PACKAGE
from tests.house.reading import pages, scripts, sources


@pytest.fixture(scope="session")
def house_sources():
    return sources(PACKAGE)


@pytest.fixture(scope="session")
def house_pages():
    return pages(PACKAGE)


@pytest.fixture(scope="session")
def house_scripts():
    return scripts(PACKAGE)
