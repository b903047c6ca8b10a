"""The page of what the machine learnt: what stands on it, who finds its buttons, that many lessons cost no more queries."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from mianduimian.text.verdict import Kind, Measured, Trial
from mianduimian.triage import acts
from mianduimian.triage.models import Lesson

PAGE = reverse("triage:lessons")


@pytest.fixture
def lesson(office, day):
    """A lesson that was learnt: lesson(gain=0.1) → in the table, its file a few bytes that are as they were saved."""

    def make(gain=0.1, low=None, kind=Kind.CLASS, **more) -> Lesson:
        low = gain / 2 if low is None else low
        trial = Trial(50, 40, Measured(0.5, 0.4, 0.6), Measured(0.5 + gain, 0.4, 0.7), Measured(gain, low, 0.3), 9, 4)
        one = acts.learn(kind, by=office, on=day)
        Lesson.objects.filter(pk=one.pk).update(
            state="done", finished_on=day, rows=99, file="kind-00.npz", trial=trial.plain(),
            sources={"texts": 99, "classes": 2, "confirm": 3, "split": 0},
            digest="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", **more,
        )  # fmt: skip
        one.refresh_from_db()
        one.folder.mkdir(exist_ok=True)
        one.path.write_bytes(b"")
        return one

    return make


@pytest.fixture
def page(client, office):
    """The page as the office of the city reads it."""
    client.force_login(office)
    return lambda: client.get(PAGE)


def test_before_anything_was_learnt_the_page_says_that_the_shipped_models_read(page):
    text = page().text
    assert text.count("出厂模型</b>") == 2 and text.count("还没有学过") == 2
    assert text.count("从人的决定中学一遍") == 2 and "退回到" not in text


def test_a_lesson_stands_with_its_figures_before_and_after_and_what_taught_it(page, lesson):
    one = lesson()
    text = page().text
    assert "50.0%（40.0% 至 60.0%）" in text and "60.0%（40.0% 至 70.0%）" in text and "+10.0%（+5.0% 至 +30.0%）" in text
    assert "来件 99 段" in text and "采纳机器建议 3 次" in text and "分出一件诉求" not in text
    assert "改对 9 段，改错 4 段" in text and "变好了" in text
    assert reverse("triage:adopt", args=[one.pk]) in text and "btn primary" in text


@pytest.mark.parametrize(
    ("gain", "low", "word"), [(0.1, -0.1, "可能只是碰巧"), (0.0, -0.1, "并没有变好"), (-0.1, -0.2, "并没有变好")]
)
def test_what_is_not_certainly_better_is_said_and_not_adopted_by_default(page, lesson, gain, low, word):
    lesson(gain, low)
    text = page().text
    assert word in text and "默认不启用" in text and "仍要启用" in text and "btn primary" not in text


def test_the_figures_of_same_events_are_no_percentages(page, lesson):
    lesson(kind=Kind.EVENT, gain=-0.1, low=-0.2)
    text = page().text
    assert "0.500（0.400 至 0.600）" in text and "−0.100（−0.200 至 +0.300）" in text and "新找到同一件 9 对，丢掉 4 对" in text


def test_one_click_adopts_and_one_click_goes_back(page, lesson, client, office):
    one = lesson()
    answer = client.post(reverse("triage:adopt", args=[one.pk]), follow=True) if page() else None
    assert "已启用" in answer.text and f"<b>{one}</b>" in answer.text
    assert "退回到出厂模型" in answer.text and "在用" in answer.text
    two = lesson()
    client.post(reverse("triage:adopt", args=[two.pk]))
    assert f"退回到{one}" in page().text
    answer = client.post(reverse("triage:go_back", args=[two.pk]), follow=True)
    assert f"已退回到{one}" in answer.text and Lesson.objects.active(Kind.CLASS) == one


def test_a_damaged_file_is_said_on_the_page(page, lesson, office, day):
    one = lesson()
    acts.adopt(one, by=office, on=day)
    one.path.write_bytes(b"other")
    text = page().text
    assert "可能已损坏或被换过" in text and "现在先用出厂模型" in text and "出厂模型</b>" in text


def test_learning_is_done_in_the_background_and_its_progress_is_asked_for(page, client, office):
    page()
    answer = client.post(reverse("triage:learn"), {"kind": "class"})
    one = Lesson.objects.get()
    assert answer.url == reverse("triage:lesson", args=[one.pk]) and DBTaskResult.objects.count() == 1
    part = client.get(answer.url, headers={"HX-Request": "true"}).text
    assert "收集决定" in part and "0 / 5" in part and "every 1s" in part and "<html" not in part
    assert "机器正在学习" in page().text and "<html" in client.get(answer.url).text
    Lesson.objects.update(state="broken", problem="太少了")
    part = client.get(answer.url, headers={"HX-Request": "true"}).text
    assert "太少了" in part and "every 1s" not in part and "没有学成：太少了" in page().text
    assert client.post(reverse("triage:learn"), {"kind": "everything"}).status_code == 409


def test_the_county_reads_what_the_city_learnt_and_finds_no_button(lesson, client, hire, handler):
    one = lesson()
    for person in (hire("office", "longchuan"), hire("leader")):
        client.force_login(person)
        text = client.get(PAGE).text
        assert str(one) in text and "从人的决定中学一遍" not in text and "/adopt" not in text
        assert client.post(reverse("triage:adopt", args=[one.pk])).status_code == 403
    client.force_login(handler)
    assert client.get(PAGE).status_code == 403


def test_many_lessons_ask_no_more_of_the_database(page, lesson, django_assert_max_num_queries):
    page()
    lesson()
    with django_assert_max_num_queries(40) as few:
        page()
    for _n in range(12):
        lesson()
    with django_assert_max_num_queries(len(few)):
        text = page().text
    assert text.count("学了 99 段") == 10
