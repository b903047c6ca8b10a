"""Chromium on the live server: what it complains about fails the test, and axe-core looks at what it shows."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
PATIENCE = 90_000  # milliseconds
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium() -> str | None:
    """Where a Chromium of this machine lies."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Complaints:
    """What the browser complained about: console errors, uncaught exceptions, what the CSP blocked."""

    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Hear a page."""
        page.on("console", lambda message: self._console(page, message))
        page.on("pageerror", lambda error: self.heard.append(f"{page.url}: {error}"))

    def _console(self, page: Page, message: ConsoleMessage) -> None:
        """A refused page (403, 404, 409) or what was decided meanwhile (409) is an answer, not an error; a file missed is one."""
        here = message.location.get("url") == page.url or "409 (Conflict)" in message.text
        answered = message.text.startswith("Failed to load resource") and here
        if message.type == "error" and not answered:
            self.heard.append(f"{page.url}: {message.text}")


@contextmanager
def opened(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without a window; root has no sandbox. A busy machine is no fault: it is waited for longer than usual."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
    plain = browser.new_context

    def patient(**look: Any) -> BrowserContext:
        context = plain(**look)
        context.set_default_timeout(PATIENCE)
        return context

    browser.new_context = patient  # type: ignore[method-assign]
    expect.set_options(timeout=PATIENCE / 4)
    try:
        yield browser
    finally:
        browser.close()


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page against WCAG 2.2 AA, one line a rule with the first element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(seen => seen.violations)", STANDARD)
    return [f"{page.url}: {one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}" for one in found]


def sign_in(page: Page, username: str, password: str) -> None:
    """Log in as a person would."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.locator("form:has(input[name=password]) button[type=submit], form:has(input[name=password]) button").first.click()
    page.wait_for_load_state()
