"""群众满意才“收兵”, in the browser: a citizen speaks on a telephone, is merged, answered, not satisfied, and satisfied at last.

Told three times: with scripts, without, and as one voice of thirty. The citizen's moves go through the browser, the desk's
through its acts, and what the citizens are told is read where it leaves the house.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import Complaints, violations
from tests.casework import desk
from tests.village import village

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}
TURN = ["责任单位已书面反馈", "已办结，还要问您满不满意", "请您评一评办得怎么样"]
HEARING = ["您反映的事收到了", "您反映的事已归入一件诉求", "已交责任单位办理"]
TOLD = [*HEARING, *TURN, "没有办好，退回重办", *TURN, "已经办完，销号了"]
SAID, HEARD, ANSWERED, BACK, AGAIN, CLOSED = 1, 3, 6, 7, 10, 11  # of what was told by then


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with village(tmp_path_factory.mktemp("citizen")) as made, desk(made.live.environment) as made.desk:
        yield made


class Citizen:
    """Somebody with a telephone, and the others who said the same."""

    def __init__(self, page, place, title, voices, scripts):
        self.page, self.desk, self.place, self.title, self.scripts = page, place.desk, place, title, scripts
        self.phone = f"1390000{voices:03}{scripts:d}"
        self.others = [f"138{n:04}{voices:03}{scripts:d}" for n in range(voices - 1)]
        self.code = ""

    def looks_clean(self):
        """Nothing to push sideways, nothing axe-core minds."""
        if self.scripts:
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), self.page.url
            assert violations(self.page) == []

    def reads(self, *words):
        """Look the receipt up by its code, as it was written down, and find these words there."""
        self.page.goto("/public/receipt")
        self.page.get_by_label("回执码").fill(self.code)
        self.page.get_by_role("button", name="查询").click()
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)
        self.looks_clean()

    def speaks(self, words):
        self.page.goto("/public/")
        self.page.get_by_role("link", name="我要反映问题").click()
        self.page.get_by_label("您遇到什么问题？").fill(words)
        self.page.get_by_label("联系电话").fill(self.phone)
        self.page.get_by_label("我同意用这些联系方式告知进展和回访").check()
        self.page.get_by_role("button", name="提交", exact=True).click()
        expect(self.page.locator("main")).to_contain_text("已收到您的话")
        self.code = self.page.locator(".code").inner_text()
        assert re.fullmatch(r"[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}", self.code)

    def judges(self, scale, solved):
        """From the receipt to the look-back's page, and back."""
        self.page.get_by_role("button", name="我来评价").click()
        expect(self.page.locator("main")).to_contain_text(self.title)
        self.looks_clean()
        self.page.get_by_label(scale, exact=True).check()
        self.page.get_by_label(solved, exact=True).check()
        self.page.get_by_role("button", name="提交评价").click()
        expect(self.page.locator("h1")).to_contain_text("收到您的评价了，谢谢")
        self.looks_clean()
        self.page.get_by_role("link", name="返回回执").click()
        expect(self.page.locator("main")).to_contain_text(f"您评价：{scale}，{solved}")
        expect(self.page.get_by_role("button", name="我来评价")).to_have_count(0)

    def everybody_was_told(self, steps):
        """Each of those who spoke, this one and the others, each step so far exactly once and in order, with their receipt."""
        told = self.desk.tell()
        for phone in (self.phone, *self.others):
            assert [re.match("【面对面】(.+?)[：。]", text)[1] for text in told[phone]] == TOLD[:steps], phone
        mine = told[self.phone]
        assert all(self.code.replace(" ", "") in text for text in mine)
        assert all(self.title in text for text in mine[1:])


@pytest.fixture
def citizen(browser, place):
    opened, complaints = [], Complaints()

    def come(title, voices, scripts):
        look = {"viewport": PHONE, "locale": "zh-CN", "java_script_enabled": scripts, "has_touch": True, "is_mobile": True}
        opened.append(browser.new_context(base_url=place.url, **look))
        page = opened[-1].new_page()
        complaints.listen(page)
        return Citizen(page, place, title, voices, scripts)

    yield come
    for context in opened:
        context.close()
    assert complaints.heard == []


@pytest.mark.parametrize(
    ("title", "voices", "scripts"),
    [
        pytest.param("东门桥头夜里没有路灯", 2, True, id="with scripts"),
        pytest.param("永康街下雨就积水", 2, False, id="without scripts"),
        pytest.param("新市路口红绿灯不亮", 30, True, id="one voice of thirty"),
    ],
)
def test_a_citizen_is_heard_answered_not_satisfied_and_satisfied_at_last(citizen, place, title, voices, scripts):
    one, desk = citizen(title, voices, scripts), place.desk
    one.speaks(f"{title}，老人小孩走到那里都怕")
    receipts = desk.others(title, one.others)
    one.everybody_was_told(SAID)
    one.reads("正在梳理")

    desk.merge(title, [one.code.replace(" ", ""), *receipts])
    one.everybody_was_told(HEARD)
    one.reads(f"归入诉求：{title}", f"与另外 {voices - 1} 宗来件一并办理", "市交警支队", "前书面反馈")

    desk.answer(title, "已请人来看过，十天内装好。")
    one.everybody_was_told(ANSWERED)
    assert desk.ask(title, one.code.replace(" ", "")) == voices - 1
    one.reads("已请人来看过，十天内装好。", "请您评一评办得怎么样")
    one.judges("不满意", "未解决")

    assert desk.send_back(title) == ["unsatisfied"]
    one.everybody_was_told(BACK)
    one.reads("退回重办", "群众评价不满意", "第 2 次交办", "上一次怎么答复的")

    desk.answer(title, "今天全部装好，晚上验过，都亮了。")
    one.everybody_was_told(AGAIN)
    assert desk.ask(title, one.code.replace(" ", "")) == voices - 1
    one.reads("今天全部装好，晚上验过，都亮了。", "已请人来看过，十天内装好。")
    one.judges("满意", "已解决")

    assert desk.close(title) == "closed"
    one.everybody_was_told(CLOSED)
    one.reads("这件事办完了")
    steps = one.page.locator(".timeline .what").all_inner_texts()
    assert [step for step in steps if step.startswith("您评价")] == ["您评价：不满意，未解决", "您评价：满意，已解决"]
    assert steps[-1].startswith("销号") and steps.index("退回重办") < len(steps) - 1 - steps[::-1].index("书面反馈")
