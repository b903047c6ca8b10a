"""Each role's main path in a real browser, on the sample round; then every main page is free of barriers and complaints."""

import re

import pytest
from openpyxl import Workbook

from tests.browser import sign_in
from tools.pictures import FOLLOWED, PAGES, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FOCUS = "道路安全与交通秩序"


@pytest.fixture
def code(live):
    """The round of the article in the sample."""
    ask = f"from mianduimian.solicitation.models import Round; print(Round.objects.get(focus='{FOCUS}', level='city').code)"
    return live.run("shell", "--no-imports", "-c", ask).strip()


def opened_call(live):
    """The round whose call is open today."""
    ask = "from mianduimian.solicitation.models import Call; from django.utils.timezone import localdate; "
    return live.run("shell", "--no-imports", "-c", ask + "print(Call.objects.open_on(localdate()).first().round.code)").strip()


def test_a_clerk_imports_a_spreadsheet_and_sees_its_progress_and_its_broken_row(page, live, code, tmp_path):
    book = Workbook()
    book.active.append(["工单编号", "标题", "诉求内容", "来电时间"])
    for n in range(3):
        book.active.append([f"T{n}", f"路口{n}", f"第{n}个路口没有斑马线，过马路很危险", "2026-11-01 08:00"])
    book.active.append(["T9", "坏行", "时间写错了", "2999-13-45"])
    book.save(tmp_path / "热线.xlsx")
    sign_in(page, "office", PASSWORD)
    page.goto(f"/intake/{code}/upload")
    page.set_input_files("input[type=file]", tmp_path / "热线.xlsx")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile("/intake/batches/"))
    page.locator("main form button.primary").first.click()
    live.run("db_worker", "--batch", "--verbosity", "0")
    page.click("text=看结果", timeout=10_000)
    page.wait_for_selector("text=新收")
    shown = page.locator("main").inner_text()
    assert "3" in shown
    assert "2999" in shown or "时间" in shown


def test_a_citizen_speaks_on_a_telephone_without_scripts_and_finds_the_words_again(browser, live):
    context = browser.new_context(
        base_url=live.url, viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="zh-CN"
    )
    page = context.new_page()
    page.goto("/public/")
    page.click("text=我要反映问题")
    page.fill("textarea[name=text]", "学校门口的烧烤摊到半夜，油烟很大，请管一管。")
    page.fill("input[name=place]", "第二小学门口")
    page.locator("main form button.primary").click()
    receipt = page.locator(".code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}", receipt)
    page.goto("/public/receipt")
    page.fill("input[name=code]", receipt.lower())
    page.locator("main form button").first.click()
    assert "正在梳理" in page.locator("main").inner_text()
    context.close()


def test_a_handler_reports_progress_and_cannot_settle(page):
    sign_in(page, "traffic", PASSWORD)
    page.goto("/ledger/")
    page.locator("main a[href^='/ledger/']").first.click()
    page.wait_for_load_state()
    moves = page.locator("main").inner_text()
    assert "提请销号" not in moves
    page.locator("main a[href*='progress']").first.click()
    page.fill("textarea", "已到现场，划线施工队明天进场。")
    page.locator("main form button.primary").click()
    page.wait_for_load_state()
    assert "划线施工队明天进场" in page.locator("main").inner_text()


@pytest.mark.parametrize("role", [role for role in PAGES if role])
def test_every_main_page_of_each_role_is_without_barriers_in_both_widths(page, axe, code, role):
    sign_in(page, role, PASSWORD)
    found = []
    urls = list(PAGES[role].values())
    for start, link in FOLLOWED.get(role, {}).values():
        page.goto(start.format(code=code))
        urls.append(page.locator(f"main a[href*='{link}']").first.get_attribute("href"))
    for url in urls:
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(url.format(code=code))
            found += [] if answer.ok else [f"{url}: {answer.status}"]
            found += axe(page)
            found += [url] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
    assert found == []


def test_the_public_pages_are_without_barriers_in_both_widths(page, axe, code):
    found = []
    for url in PAGES[""].values():
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(url.format(code=code))
            found += axe(page)
    assert found == []


def test_the_switch_of_language_turns_every_word_of_the_menu(page):
    sign_in(page, "office", PASSWORD)
    page.locator("form button[value=en]").first.click()
    page.wait_for_load_state()
    menu = page.locator("nav").first.inner_text()
    assert "Ledger" in menu
    page.locator("form button[value='zh-hant']").first.click()
    page.wait_for_load_state()
    assert "台賬" in page.locator("nav").first.inner_text()
