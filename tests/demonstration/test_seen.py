"""Every page of the staff for the eye and for the keyboard: nothing broken, nothing out of reach; and these checks can fail."""

import pytest
from playwright.sync_api import expect

from tests.browser import sign_in
from tests.demonstration.test_paths import FOCUS
from tests.keyboard import broken, unreached
from tools.pictures import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = ({"width": 1440, "height": 900}, {"width": 390, "height": 844})
PAGES = {
    "office": (
        "/", "/desk/ledger", "/desk/{code}/wall", "/desk/topics", "/solicitation/rulebooks/heyuan-2.0/", "/archive/",
        "/archive/wording/", "/public/{code}/letters", "/public/{code}/manage",
        "/taskforce/{code}/compare/", "/lookback/campaigns/", "/lookback/shares/{code}/", "/ledger/parked/", "/outcomes/problems",
    ),
    "traffic": ("/ledger/", "/ledger/returns/"),
    "supervisor": ("/supervision/", "/supervision/lasting/", "/supervision/preview/", "/supervision/circulars/new/"),
    "visitor": ("/lookback/",),
    "leader": ("/", "/desk/{code}/screen?page=4"),
    "system": ("/desk/jobs", "/people/rights", "/people/register"),
    "audit": ("/people/journal",),
}  # fmt: skip
WHOLE = """<!doctype html><html lang='zh-Hans'><head><title>面对面</title><style>
body {{ margin: 0; font: 16px/1.6 sans-serif }} :focus-visible {{ outline: 3px solid blue }} {}</style></head>
<body>{}</body></html>"""
WHOLESOME = """<header style='position: sticky; top: 0; background: white'><a href='/'>面对面</a></header>
<p>要求承办单位在 2026-11-27 以前书面反馈 supervision</p><button>反馈</button><table><tr><td>2026-11-27</td></tr></table>"""


@pytest.fixture
def shown(browser):
    """A page of one's own: its style and its body."""
    context = browser.new_context(viewport={"width": 390, "height": 400})
    page = context.new_page()

    def show(style, body):
        page.set_content(WHOLE.format(style, body))
        return page

    yield show
    context.close()


@pytest.fixture(scope="module")
def code(live):
    """The round of the article in the sample."""
    ask = f"from mianduimian.solicitation.models import Round; print(Round.objects.get(focus='{FOCUS}', level='city').code)"
    return live.run("shell", "--no-imports", "-c", ask).strip()


def looked_at(page, url):
    """The page as a reader has it who opens everything there is to open."""
    assert page.goto(url).ok, url
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")


@pytest.mark.parametrize("role", PAGES)
def test_no_page_is_broken_and_every_one_is_complete_by_keyboard(page, code, role):
    sign_in(page, role, PASSWORD)
    found = []
    for url in PAGES[role]:
        for size in SIZES:
            page.set_viewport_size(size)
            looked_at(page, url.format(code=code))
            found += broken(page) + unreached(page)
    assert found == []


@pytest.mark.parametrize("role", PAGES)
def test_no_page_is_broken_in_english(page, code, role):
    sign_in(page, role, PASSWORD)
    page.locator("form button[value=en]").first.click()
    page.wait_for_load_state()
    found = []
    for url in PAGES[role]:
        for size in SIZES:
            page.set_viewport_size(size)
            looked_at(page, url.format(code=code))
            found += broken(page)
    assert found == []


def focused(page):
    return page.evaluate("document.activeElement.innerText || ''")


def test_an_opened_menu_closes_by_escape_and_when_the_focus_goes_on(page):
    sign_in(page, "office", PASSWORD)
    page.set_viewport_size(SIZES[1])
    menu = page.locator(".fold")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert "工作台" in focused(page)
    page.keyboard.press("Escape")
    assert "菜单" in focused(page)
    assert menu.get_attribute("open") is None
    page.keyboard.press("Enter")
    menu.locator("a").last.focus()
    page.keyboard.press("Tab")
    assert menu.get_attribute("open") is None


def test_who_leaves_the_small_form_in_the_ledger_stands_where_it_was_opened(page):
    sign_in(page, "traffic", PASSWORD)
    page.goto("/ledger/")
    link = page.locator("a[hx-get*='fill-in']").first
    line = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("form.progress-part textarea")).to_be_focused()
    page.locator("form.progress-part a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("form.progress-part")).to_have_count(0)
    assert focused(page) == line


def test_a_wholesome_page_passes(shown):
    page = shown("", WHOLESOME)
    assert broken(page) == []
    assert unreached(page) == []


@pytest.mark.parametrize(
    ("what", "style", "body"),
    [
        ("a sliver", "td { width: 1em }", "<table><tr><td>牵头单位和配合单位</td></tr></table>"),
        ("a word is split", "p { width: 4em; overflow-wrap: anywhere }", "<p>supervision</p>"),
        ("a date is split", "td { width: 5em }", "<table><tr><td>2026-11-27</td></tr></table>"),
        ("cut off", "p { width: 6em; white-space: nowrap; overflow: hidden }", "<p>要求承办单位书面反馈</p>"),
        ("cut off", "p { height: 1em; overflow: hidden }", "<p>要求承办单位在十五个工作日内书面反馈，逾期的亮黄灯</p>"),
        ("outside of the page", "p { margin-left: 380px; white-space: nowrap }", "<p>书面反馈</p>"),
        ("one upon another", "b { position: absolute; top: 0; left: 0 }", "<b>办结</b><p style='margin: 0'>书面反馈</p>"),
    ],
)
def test_a_page_broken_on_purpose_is_seen(shown, what, style, body):
    found = broken(shown(style, body))
    assert [one for one in found if f": {what}: " in one], found


@pytest.mark.parametrize(
    ("what", "style", "body"),
    [
        ("no Tab leads to <a", "", "<a href='/' tabindex='-1'>台账</a><button>反馈</button>"),
        ("no Tab leads to <div", "", "<div data-opens='keys'>快捷键</div>"),
        ("no mark of focus", "button:focus { outline: 0 }", "<button>反馈</button>"),
        ("focus is under <header", "header { position: fixed; inset: 0 }", "<header>面对面</header><button>反馈</button>"),
        ("focus is out of view", "a { position: fixed; left: -99em }", "<a href='/'>台账</a>"),
        ("rolls but cannot be focused", "div { overflow: auto; height: 3em }", f"<div tabindex='-1'>{'<p>台账</p>' * 9}</div>"),
        ("no Tab leads to <input#last", "", "<textarea></textarea><input id='last'><script>"
         "document.querySelector('textarea').onkeydown = (event) => event.preventDefault()</script>"),
    ],
)  # fmt: skip
def test_a_page_that_a_keyboard_cannot_use_is_found(shown, what, style, body):
    found = unreached(shown(style, body))
    assert [one for one in found if f": {what}" in one], found
