"""The workbench by keyboard alone in a real browser: read, take out, re-label, accept, undo, in bulk; two clerks at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import sign_in
from tools.pictures import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MAKE = """
from django.utils.timezone import localdate, now
from mianduimian.intake.models import Submission
from mianduimian.people.models import Person, Region, Unit
from mianduimian.solicitation.models import Round
from mianduimian.triage import acts, machine
from mianduimian.triage.models import Part
today, office = localdate(), Person.objects.get(username="office")
number = Round.objects.count() + 900
round = Round.objects.create(code=f"441600-2026-{number}", number=number, year=2026, focus="校门口拥堵",
    theme="travel", level="city",
    region=Region.objects.get(pk="441600"), host="市长", office=Unit.objects.get(key="shifuban"), rulebook="heyuan-2.0",
    opened_on=today, opened_by=office)
GROUPS = (
    (0.4, "第三小学门口放学时车乱停，孩子过马路危险", "第三小学门口下午放学车乱停，孩子过马路很危险",
     "第五小学门口放学时车乱停，孩子过马路危险"),
    (0.6, "永和路的路灯坏了三盏", "永和路路灯坏了三盏，晚上很黑"),
    (0.97, "建设大道井盖不见了", "建设大道的井盖不见了两天"),
    (0.98, "公交9路等不到"),
)
suggestions = []
for sure, *texts in GROUPS:
    made = Submission.objects.bulk_create(Submission(round=round, channel="web", source_number=f"{sure}-{n}", text=text,
        received_on=today, said_at=now(), content=f"{sure}{n}", region_id="441602", receipt=f"W{number}{sure}{n}"[:16])
        for n, text in enumerate(texts))
    acts.take_up(round, by=office, on=today)
    keys = tuple(Part.objects.filter(submission__in=made).order_by("pk").values_list("pk", flat=True))
    suggestions.append(machine.Suggestion(keys, keys[0], sure, "用词相近", "transport.parking", None))
classes = {pk: ("transport.parking", 0.9) for one in suggestions for pk in one.parts}
acts.propose(round, findings=machine.Findings(tuple(suggestions), classes, len(classes)), by=office, on=today)
print(round.code)
"""


@pytest.fixture
def code(live):
    """A fresh round of four groups: one with a stranger among three, a doubtful pair, a sure pair, a sure single."""
    return live.run("shell", "--no-imports", "-c", MAKE).split()[-1]


@pytest.fixture
def bench(page, code):
    """The workbench, opened with the keyboard from the list of the machine's groups."""
    sign_in(page, "office", PASSWORD)
    page.goto(f"/triage/{code}")
    tab_to(page, "逐组核对")
    page.keyboard.press("Enter")
    expect(page.locator("#desk h2")).to_have_text("3 宗是不是一件？")
    page.wait_for_load_state()  # the heading is there before the scripts that listen to the keys
    return page


def tab_to(page, words, most=80):
    """Press Tab until what has the focus says these words."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"no Tab leads to {words}")


def focused(page):
    return page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def heading(page, words):
    """The next group has slid in and has the focus."""
    expect(page.locator("#desk h2")).to_have_text(words)
    expect(page.locator("#desk h2")).to_be_focused()


def told(page, words):
    """What was done is said where a screen reader hears it."""
    expect(page.locator("#messages[aria-live=polite]")).to_contain_text(words)


def stands(page, words):
    expect(page.locator(".standing")).to_contain_text(words)


def test_a_clerk_works_by_keyboard_alone(bench):
    press(bench, "?")
    expect(bench.locator("dialog#keys")).to_be_visible()
    press(bench, "Escape")
    expect(bench.locator("dialog#keys")).to_be_hidden()
    stands(bench, "已读 8 宗，已定 0 宗")
    expect(bench.locator(".said mark[data-mark=place]")).to_have_text(["第三小学", "第三小学", "第五小学"])

    press(bench, "j", "j", "j", "Space")
    expect(bench.locator("[name=out]:checked")).to_have_count(1)
    press(bench, "t")
    heading(bench, "2 宗是不是一件？")
    told(bench, "已取出 1 宗")

    press(bench, "c", "ArrowDown", "Escape", "l")
    told(bench, "宗改为")
    heading(bench, "2 宗是不是一件？")
    expect(bench.locator("#members")).to_contain_text("（人定）")

    press(bench, "e")
    bench.keyboard.type("第三小学门口放学拥堵")
    press(bench, "Escape", "a")
    told(bench, "已归为诉求1：第三小学门口放学拥堵")
    heading(bench, "这一宗怎么归？")
    stands(bench, "已定 2 宗")
    expect(bench.locator("#members")).to_contain_text("第五小学")

    press(bench, "u")
    told(bench, "已撤销")
    heading(bench, "2 宗是不是一件？")
    stands(bench, "已定 0 宗")


def test_a_clerk_divides_sets_aside_and_puts_into_an_appeal_by_keyboard(bench):
    press(bench, "3", "d")
    heading(bench, "2 宗是不是一件？")
    press(bench, "a")
    heading(bench, "这一宗怎么归？")
    press(bench, "v", "ArrowDown", "ArrowDown", "Enter")
    told(bench, "1 宗定为“无效”")
    heading(bench, "2 宗是不是一件？")
    press(bench, "1", "m")
    bench.keyboard.type("1")
    press(bench, "Enter")
    told(bench, "已归入诉求1")
    heading(bench, "这一宗怎么归？")
    stands(bench, "已定 4 宗")
    press(bench, "n")
    heading(bench, "2 宗是不是一件？")
    expect(bench.locator("#members")).to_contain_text("井盖")
    press(bench, "p")
    heading(bench, "这一宗怎么归？")


def test_what_is_similar_is_found_and_brought_in_by_keyboard(bench):
    press(bench, "/")
    bench.keyboard.type("永和路")
    press(bench, "Enter")
    expect(bench.locator("#found li")).to_have_count(2)
    press(bench, "Escape", "k", "Space", "b")
    told(bench, "已并进 1 宗")
    heading(bench, "4 宗是不是一件？")
    press(bench, "r")
    told(bench, "已拆开")
    stands(bench, "已定 0 宗")


def test_what_the_machine_is_sure_of_is_accepted_in_bulk_by_keyboard(page, code):
    sign_in(page, "office", PASSWORD)
    page.goto(f"/triage/{code}")
    tab_to(page, "成批采纳")
    press(page, "Enter")
    expect(page.locator("main")).to_contain_text("共 2 组，预计其中约 0.1 组有误")
    tab_to(page, "采纳这 2 组")
    press(page, "Enter")
    expect(page.locator("#run")).to_contain_text("已采纳 2 组")
    tab_to(page, "逐条撤销")
    press(page, "Enter")
    expect(page.locator("tbody tr")).to_have_count(2)
    tab_to(page, "撤销")
    press(page, "Enter")
    expect(page.locator("main")).to_contain_text("已撤销")


def test_the_slower_of_two_clerks_reads_who_was_faster_and_keeps_what_was_typed(bench, browser, live, code):
    press(bench, "e")
    bench.keyboard.type("我写的标题")
    expect(bench.locator("[name=title]")).to_have_value("我写的标题")
    other = browser.new_context(base_url=live.url, locale="zh-CN").new_page()
    sign_in(other, "office2", PASSWORD)
    other.goto(bench.url)
    expect(other.locator("#desk")).to_contain_text("正在看这一组")
    press(other, "1", "t")
    heading(other, "2 宗是不是一件？")
    other.context.close()
    press(bench, "Escape", "a")
    expect(bench.locator("#refusal[role=alert]")).to_contain_text(re.compile("答复（改正）"))
    assert bench.locator("[name=title]").input_value() == "我写的标题"
    press(bench, "f")
    expect(bench.locator("#refusal")).to_contain_text("答复（改正）")
    assert bench.locator("[name=title]").input_value() == "我写的标题"
    press(bench, "n")
    expect(bench.locator("#desk h2")).to_have_text("2 宗是不是一件？")


def test_single_keys_can_be_switched_off(bench):
    press(bench, "?")
    bench.locator("[data-keys-switch]").focus()
    press(bench, "Space", "Escape", "n")
    expect(bench.locator("#desk h2")).to_have_text("3 宗是不是一件？")
    press(bench, "a")
    stands(bench, "已定 0 宗")


def test_the_workbench_is_without_barriers_in_both_widths(bench, axe, code):
    found = []
    group = bench.url
    for url in (group, f"/triage/{code}/bulk", f"/triage/{code}/reading", f"/triage/{code}", group + "/found"):
        for width in (1440, 390):
            bench.set_viewport_size({"width": width, "height": 900})
            bench.goto(url)
            bench.wait_for_load_state("networkidle")
            found += axe(bench)
            found += [url] if bench.evaluate("document.documentElement.scrollWidth > innerWidth") else []
    bench.goto(group)
    press(bench, "?")
    assert found + axe(bench) == []


def test_everything_works_without_scripts_too(browser, live, code):
    context = browser.new_context(base_url=live.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, "office", PASSWORD)
    page.goto(f"/triage/{code}/work")
    page.locator("[name=out]").nth(2).check()
    page.click("text=取出所标")
    expect(page.locator("#desk h2")).to_have_text("2 宗是不是一件？")
    page.click("text=采纳为一件")
    expect(page.locator("#messages")).to_contain_text("已归为诉求1")
    page.click("text=撤销我的上一步")
    expect(page.locator("#desk h2")).to_have_text("2 宗是不是一件？")
    page.goto(f"/triage/{code}/bulk")
    page.click("text=采纳这 2 组")
    expect(page.locator("main")).to_contain_text("已采纳 2 组")
    context.close()
