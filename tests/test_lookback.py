"""回头看 in the browser: a caller by keyboard alone, a citizen without JavaScript, a form filled in where there is no network."""

import json
import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import Complaints, sign_in, violations
from tests.hall import PASSWORD
from tests.looked import Looked

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}
TABS = 120
LOOKED = """
from mianduimian.lookback.models import Verification
import json
print(json.dumps([[v.matter_id, v.finding, v.note, v.points, v.photos.count()] for v in Verification.objects.all()]))
"""
SAID = """
from mianduimian.lookback.models import Answer, Attempt
import json
print(json.dumps([[a.scale, a.solved, a.reasons, a.by_id is None, a.visit.matter_id] for a in Answer.objects.all()]
    + [a.code for a in Attempt.objects.all()]))
"""


@pytest.fixture(scope="module")
def house(browser, tmp_path_factory):
    looked = Looked(tmp_path_factory.mktemp("looked"))
    looked.open()
    yield looked
    looked.close()


@pytest.fixture(scope="module")
def remembered(browser, house):
    context = browser.new_context(base_url=house.url)
    sign_in(context.new_page(), "visitor", PASSWORD)
    yield context.storage_state()
    context.close()


@pytest.fixture
def enter(browser, house, remembered):
    opened = []

    def come(known=True, **look):
        context = browser.new_context(
            base_url=house.url, locale="zh-CN", storage_state=remembered if known else None, **{"viewport": PHONE, **look}
        )
        opened.append(context)
        return context.new_page()

    yield come
    for context in opened:
        context.close()


def wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")


def photograph():
    out = BytesIO()
    Image.new("RGB", (600, 400), "green").save(out, "JPEG")
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def tab_to(page, selector):
    """Press Tab until the focus is there; a hand on the mouse is not needed."""
    for _press in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def test_a_caller_works_by_keyboard_alone(house, enter):
    page = enter(viewport={"width": 1440, "height": 900})
    complaints = Complaints()
    complaints.listen(page)
    page.goto("/lookback/?show=visit")
    tab_to(page, f"a[href='/lookback/visits/{house.visit}/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/*/")
    assert violations(page) == []
    tab_to(page, "#id_result_0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # 占线
    page.keyboard.press("Enter")
    page.locator("text=占线 >> nth=0").wait_for()
    assert "下次请在" in page.inner_text("main")
    tab_to(page, "#id_scale_0")
    for _step in range(3):
        page.keyboard.press("ArrowDown")  # 不满意
    tab_to(page, "#id_solved_0")
    page.keyboard.press("ArrowUp")  # round to 未解决
    tab_to(page, "#id_reasons_0")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lookback/*/")
    assert "应退回重办：群众评价不满意" in page.inner_text("main")
    said = json.loads(house.ask(SAID))
    assert ["2", "no", ["traffic"], False, house.matters[0]] in said
    assert "busy" in said
    assert complaints.heard == []


def test_a_citizen_answers_on_a_small_telephone_without_javascript(house, enter):
    page = enter(known=False, java_script_enabled=False)
    page.goto(house.link)
    assert "第2小学门口乱停车" in page.inner_text("main")
    assert "已增设护栏120米" in page.inner_text("main")
    assert "欧阳" not in page.content() and "138" not in page.inner_text("main")
    assert not wide(page)
    page.click("main form button")  # nothing chosen yet
    assert "还有几处需要改正" in page.inner_text("main")
    page.fill("[name=reason]", "护栏很好，早上还是慢。")
    page.click("label:has([name=scale][value='4'])")
    page.click("label:has([name=solved][value=partly])")
    page.click("label:has([name=reasons][value=slow])")
    page.click("main form button")
    assert "收到您的评价了，谢谢" in page.inner_text("h1")
    page.reload()
    assert "收到您的评价了，谢谢" in page.inner_text("h1")
    assert ["4", "partly", ["slow"], True, house.matters[1]] in json.loads(house.ask(SAID))


def test_the_citizens_page_has_no_barriers(house, enter):
    page = enter(known=False)
    page.goto(house.link)
    assert violations(page) == []
    page.goto(f"{house.link[:-5]}0000/")
    assert "链接不对" in page.inner_text("h1")
    assert violations(page) == []


def test_a_form_filled_in_without_network_is_sent_later_once_even_when_an_answer_is_lost(house, enter):
    page = enter()
    address = f"/lookback/{house.matters[0]}/verify/"
    page.goto(address)
    assert not wide(page)
    page.click("label:has([name=point_measure][value=yes])")
    page.set_input_files("[name=photos]", photograph())
    page.fill("[name=note]", "护栏从校门装到路口，早上看了半小时。")
    page.reload()  # what was typed and photographed stands as it was left
    expect(page.locator("[name=note]")).to_have_value(re.compile("^护栏"))
    expect(page.locator("[name=photos]")).to_have_value(re.compile("."))
    assert page.is_checked("[name=point_measure][value=yes]")
    page.context.set_offline(True)
    page.click("label:has([name=finding][value=true])")
    page.click("form[data-onsite] button")
    page.locator("#held", has_text="现在没有网络").wait_for()
    assert json.loads(house.ask(LOOKED)) == []
    page.close()

    later = page.context.new_page()
    lost = []

    def swallow(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)  # the server has it, the telephone never hears of it
            return route.abort()
        return route.continue_()

    later.route(f"**{address}", swallow)
    later.context.set_offline(False)
    later.goto("/lookback/")
    later.locator("#held", has_text="现在没有网络").wait_for()
    assert lost
    later.evaluate("shelf.send()")
    later.locator("#held", has_text="已经送出").wait_for()
    assert json.loads(house.ask(LOOKED)) == [
        [house.matters[0], "true", "护栏从校门装到路口，早上看了半小时。", {"measure": "yes"}, 1]
    ]
    later.reload()
    later.locator("h1").wait_for()
    assert later.is_hidden("#held")


def test_what_the_server_refuses_is_said_and_kept_on_the_telephone(house, enter):
    page = enter()
    page.goto(f"/lookback/{house.matters[1]}/verify/")
    page.fill("[name=note]", "看过了")
    page.click("form[data-onsite] button")  # no finding chosen
    page.locator("[data-missing] li", has_text="结论").wait_for()
    assert page.evaluate("[document.activeElement.name, document.activeElement.ariaInvalid]") == ["finding", "true"]
    assert page.input_value("[name=note]") == "看过了"
    page.click("label:has([name=finding][value=partly])")
    page.click("form[data-onsite] button")
    page.wait_for_url(f"**/lookback/{house.matters[1]}/")
    assert "部分解决" in page.inner_text("main")
