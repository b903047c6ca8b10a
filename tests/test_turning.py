"""大屏翻屏: the hall's screen turns by itself, stands still when told to, and never moves for those who asked for less motion."""

from pathlib import Path

import pytest

import mianduimian

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCRIPT = (Path(mianduimian.__file__).parent / "desks" / "static" / "desks" / "turn.js").read_text("utf-8")
POLICY = {"Content-Security-Policy": "default-src 'self'"}
SCREEN = """<!doctype html><html lang="zh"><title>{page}</title><h1>第{page}屏</h1><div data-turn="1">
<a href="/{before}" data-before>上一屏</a><a href="/{following}" data-next>下一屏</a>
<button type="button" data-pause data-word="继续翻页" hidden>暂停翻页</button></div><script src="/turn.js"></script></html>"""


@pytest.fixture(params=["no-preference", "reduce"])
def motion(request):
    return request.param


@pytest.fixture
def hall(browser, motion):
    """Three screens that turn each second, under the house's policy for scripts."""
    context = browser.new_context(base_url="http://hall.test", reduced_motion=motion)

    def answer(route):
        name = route.request.url.rsplit("/", 1)[1]
        if name == "turn.js":
            return route.fulfill(body=SCRIPT, content_type="text/javascript")
        page = int(name or 1)
        body = SCREEN.format(page=page, before=(page - 2) % 3 + 1, following=page % 3 + 1)
        return route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=POLICY)

    context.route("http://hall.test/**", answer)
    page = context.new_page()
    page.goto("/1")
    yield page
    context.close()


def test_it_turns_by_itself_unless_less_motion_is_asked_for(hall, motion):
    if motion == "reduce":
        hall.wait_for_timeout(2500)
        assert hall.url.endswith("/1")
        assert hall.inner_text("button") == "继续翻页"
        hall.click("button")
    else:
        assert hall.inner_text("button") == "暂停翻页"
    hall.wait_for_url("**/2", timeout=5000)
    hall.wait_for_url("**/3", timeout=5000)


def test_once_paused_it_stays_so_on_every_screen_and_the_arrows_turn_it(hall, motion):
    if motion == "no-preference":
        hall.click("button")
    assert hall.inner_text("button") == "继续翻页"
    hall.keyboard.press("ArrowRight")
    hall.wait_for_url("**/2")
    hall.wait_for_timeout(2500)
    assert hall.url.endswith("/2") and hall.inner_text("button") == "继续翻页"
    hall.keyboard.press("ArrowLeft")
    hall.wait_for_url("**/1")


def test_the_space_bar_stops_it_and_starts_it_again(hall, motion):
    words = ["暂停翻页", "继续翻页"] if motion == "no-preference" else ["继续翻页", "暂停翻页"]
    assert hall.inner_text("button") == words[0]
    hall.locator("h1").click()
    hall.keyboard.press("Space")
    assert hall.inner_text("button") == words[1]
    hall.keyboard.press("Space")
    assert hall.inner_text("button") == words[0]
