"""A citizen on a telephone speaks, is merged, sees it and speaks again; the same without scripts; nothing heavy on the way."""

import gzip
import re
import sys
import urllib.request

import pytest

from tests.browser import Complaints, violations
from tests.village import ANSWER, HEED, MERGE, village

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}
WORDS = "我家孩子在实验学校，放学时门口乱停乱放，车都走不动"
HEAVIEST = 150 * 1024  # bytes of a first visit


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with village(tmp_path_factory.mktemp("village")) as made:
        yield made


@pytest.fixture(params=["with scripts", "without scripts"])
def phone(request, browser, place):
    scripts, complaints = request.param == "with scripts", Complaints()
    look = {"viewport": PHONE, "locale": "zh-CN", "java_script_enabled": scripts, "has_touch": True, "is_mobile": True}
    context = browser.new_context(base_url=place.url, **look)
    page = context.new_page()
    page.scripts = scripts
    complaints.listen(page)
    yield page
    context.close()
    assert complaints.heard == []


def fits(page):
    """Nothing has to be pushed sideways on a telephone."""
    return page.locator("html").evaluate("page => page.scrollWidth <= innerWidth") if page.scripts else True


def clean(page):
    return violations(page) if page.scripts else []


def test_a_citizen_speaks_adds_a_voice_is_merged_answered_and_says_it_is_not_solved(phone, place):
    phone.goto("/public/")
    phone.get_by_role("link", name="我要反映问题").click()
    assert clean(phone) == []
    phone.get_by_label("您遇到什么问题？").fill(WORDS + ("。" if phone.scripts else ""))
    if phone.scripts:
        phone.get_by_label("具体地点").click()
    else:
        phone.get_by_role("button", name="先看看有没有人说过").click()
    choice = phone.get_by_role("radio", name="实验学校门口乱停乱放")
    choice.check()
    assert phone.get_by_label("您遇到什么问题？").input_value().startswith(WORDS)
    assert clean(phone) == []
    phone.get_by_role("button", name="提交", exact=True).click()
    assert fits(phone)
    code = phone.locator(".code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}", code)
    phone.locator("svg.qr").wait_for()
    phone.get_by_text("正在梳理").wait_for()
    assert clean(phone) == []

    place.shell(MERGE)
    phone.goto("/public/receipt")
    phone.get_by_label("回执码").fill(code.lower())
    phone.get_by_role("button", name="查询").click()
    phone.get_by_text("归入诉求：实验学校门口乱停乱放").wait_for()
    phone.get_by_text("宗来件一并办理").wait_for()
    assert "赖小明" not in phone.content()

    place.shell(ANSWER)
    phone.reload()
    phone.get_by_text("市交警支队").first.wait_for()
    phone.get_by_text("已划即停即走区").first.wait_for()
    assert clean(phone) == []
    phone.get_by_role("link", name="没有解决").click()
    phone.get_by_label("现在是什么情况？").fill("今天下午还是堵了半个小时")
    assert clean(phone) == []
    phone.get_by_role("button", name="提交", exact=True).click()
    phone.get_by_text("工作人员还没有看到").wait_for()
    place.shell(HEED)
    phone.reload()
    phone.get_by_text("回访人员明天到现场看。").wait_for()
    assert fits(phone)

    phone.get_by_role("link", name="这不是我反映的事").click()
    phone.get_by_role("button", name="提交", exact=True).click()
    place.shell(HEED)
    phone.reload()
    phone.get_by_text("确实是另一个路口，已移出").wait_for()
    phone.get_by_text("正在梳理").wait_for()


def test_a_mistake_keeps_every_word_and_danger_is_answered_with_numbers_to_call(phone, place):
    phone.goto(f"/public/{place.code}/speak")
    phone.get_by_label("您遇到什么问题？").fill("三楼着火了，有人被困")
    phone.get_by_label("具体地点").fill("永和东路 8 号")
    phone.locator("summary").first.click()
    phone.get_by_label("地图上的点").fill("东华路口")
    phone.get_by_role("button", name="提交", exact=True).click()
    phone.get_by_text("看不出经纬度").wait_for()
    assert phone.get_by_label("您遇到什么问题？").input_value() == "三楼着火了，有人被困"
    assert phone.get_by_label("具体地点").input_value() == "永和东路 8 号"
    phone.get_by_label("地图上的点").fill("23.7436,114.6978")
    phone.get_by_role("button", name="提交", exact=True).click()
    phone.get_by_text("请马上打电话").wait_for()
    phone.get_by_role("link", name="119").wait_for()
    phone.locator(".code").wait_for()


@pytest.fixture
def telephone(browser, place):
    context = browser.new_context(base_url=place.url, viewport=PHONE, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_when_the_line_drops_the_words_stay_on_the_phone_until_they_have_arrived(telephone, place):
    speak = f"/public/{place.code}/speak"
    telephone.goto(speak)
    telephone.get_by_label("您遇到什么问题？").fill("沿江路的路灯坏了一排，晚上看不见")
    telephone.get_by_label("联系电话").fill("13900002222")
    telephone.context.set_offline(True)
    telephone.get_by_role("button", name="提交", exact=True).click()
    telephone.get_by_text("现在没有信号").wait_for()
    assert "13900002222" not in telephone.evaluate("() => JSON.stringify(localStorage)")
    telephone.context.set_offline(False)
    telephone.get_by_text("信号恢复了").wait_for()
    telephone.goto(speak)
    telephone.get_by_text("上次没提交的话已经放回来了").wait_for()
    assert telephone.get_by_label("您遇到什么问题？").input_value() == "沿江路的路灯坏了一排，晚上看不见"
    telephone.get_by_role("button", name="提交", exact=True).click()
    telephone.locator(".code").wait_for()
    telephone.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('draft:'))")
    telephone.goto(speak)
    assert telephone.get_by_label("您遇到什么问题？").input_value() == ""


def test_a_whistle_blower_leaves_nothing_on_the_phone(telephone, place):
    telephone.goto(f"/public/{place.code}/whistle")
    telephone.get_by_label("您遇到什么问题？").fill("举报某科室收受好处")
    telephone.goto("/public/")
    assert telephone.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})") == "{}"


def weight(place, path):
    """Bytes of a first visit as they go over the line: the page and all it names, each compressed."""
    page = urllib.request.urlopen(place.url + path).read()
    named = {link for link in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()) if "?" not in link}
    parts = [page, *(urllib.request.urlopen(place.url + link).read() for link in sorted(named))]
    return sum(len(gzip.compress(part)) for part in parts), len(parts)


def test_a_first_visit_is_light(place, capsys):
    found = {path: weight(place, path) for path in ("/public/", f"/public/{place.code}/speak", "/public/next", "/public/receipt")}
    with capsys.disabled():
        for path, (size, parts) in found.items():
            sys.stdout.write(f"\n{path}: {size / 1024:.1f} KB in {parts} parts")
    assert max(size for size, _parts in found.values()) <= HEAVIEST
