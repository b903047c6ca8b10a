"""Fixtures of the story and the browser: `live` the real server, `page` a Chromium page on it, `axe` what axe-core finds."""

import os

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright
from xdist.scheduler import LoadScopeScheduling

from mianduimian.conftest import *  # noqa: F403 the story stands on what the rooms' tests stand on
from tests.browser import Complaints, chromium, opened, violations
from tests.live import living

LOADING = (("demo", "--load-only"),)
DEMONSTRATION = "tests/demonstration/"


class Together(LoadScopeScheduling):
    """Side by side, a file stays with one worker, and so does the folder whose files share the demonstration's server."""

    def _split_scope(self, nodeid: str) -> str:
        return DEMONSTRATION if nodeid.startswith(DEMONSTRATION) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config, log):
    """Instead of `--dist loadgroup`, whose marks pytest-xdist 3.8 writes where pytest 9.2 no longer reads them."""
    return Together(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """What takes long is begun first; on PostgreSQL, what never asks a database is not asked a second time."""
    items.sort(key=weight)
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        config.hook.pytest_deselected(items=[item for item in items if not asks(item)])
        items[:] = [item for item in items if asks(item)]


def asks(item) -> bool:
    """Whether a test may ask a database: one of a room says so by mark or fixture, one of the whole house always may."""
    marked = item.get_closest_marker("django_db") is not None
    return marked or "django_db_setup" in item.fixturenames or item.nodeid.startswith("tests/")


def weight(item) -> int:
    """0 what is tried on the demonstration, 1 what is marked slow, 2 the rest."""
    return 0 if item.nodeid.startswith(DEMONSTRATION) else 1 if item.get_closest_marker("slow") else 2


@pytest.fixture(scope="session")
def live(tmp_path_factory):
    with living(tmp_path_factory.mktemp("live"), *LOADING) as server:
        yield server


@pytest.fixture(scope="session")
def browser():
    if not chromium():
        pytest.skip("no Chromium on this machine: the browser tests are skipped (apt-get install chromium)")
    # Playwright keeps a loop running in this thread; Django would refuse the ORM to the tests that follow.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright, opened(playwright) as chrome:
        yield chrome


@pytest.fixture
def page(browser, live):
    complaints = Complaints()
    context = browser.new_context(base_url=live.url, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    one = context.new_page()
    complaints.listen(one)
    yield one
    context.close()
    assert complaints.heard == []


@pytest.fixture
def axe():
    return violations
