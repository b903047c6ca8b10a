"""Fixtures of the story and the browser: `live` the real server, `page` a Chromium page on it, `axe` what axe-core finds."""

import os

import pytest
from playwright.sync_api import sync_playwright

from mianduimian.conftest import *  # noqa: F403 the story stands on what the rooms' tests stand on
from tests.browser import Complaints, chromium, opened, violations
from tests.live import living

LOADING = (("demo", "--load-only"),)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Side by side, a file stays together, and all that needs the live server shares one."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group("live" if "live" in getattr(item, "fixturenames", ()) else str(item.path)))


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
