"""The eyes of the browser tests see: a planted complaint is heard, a planted barrier is found, and the server is a real one."""

import pytest

from tests.browser import Complaints, chromium, violations

pytestmark = pytest.mark.browser
WHOLE = "<html lang='zh-Hans'><head><title>面对面</title></head><body><main><h1>面对面</h1>{}</main></body></html>"


@pytest.fixture
def blank(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("script", ["console.error('planted')", "setTimeout(() => { throw new Error('planted') })"])
def test_a_planted_complaint_is_heard(blank, script):
    complaints = Complaints()
    complaints.listen(blank)
    blank.evaluate(f"() => {{ {script} }}")
    blank.wait_for_timeout(50)
    assert len(complaints.heard) == 1
    assert "planted" in complaints.heard[0]


def test_an_inline_script_that_the_csp_blocks_is_heard(page, live):
    complaints = Complaints()
    context = page.context.browser.new_context(base_url=live.url)
    other = context.new_page()
    complaints.listen(other)
    other.goto("/accounts/login/")
    other.evaluate("() => { const one = document.createElement('script'); one.textContent = '1'; document.body.append(one) }")
    other.wait_for_timeout(50)
    context.close()
    assert "Content Security Policy" in complaints.heard[0]


def test_a_planted_barrier_is_found(blank):
    blank.set_content(WHOLE.format("<img src='data:,'><p style='color:#ccc;background:#fff'>看不清</p>"))
    found = " ".join(violations(blank))
    assert "image-alt" in found
    assert "color-contrast" in found


def test_a_page_without_barriers_passes(blank):
    blank.set_content(WHOLE.format("<p>一次会议破一题</p>"))
    assert violations(blank) == []


def test_the_log_in_page_is_clean(page, axe):
    page.goto("/accounts/login/")
    assert axe(page) == []


def test_a_browser_is_looked_for_by_every_usual_name(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name == "google-chrome" else None)
    assert chromium() == "/bin/google-chrome"
