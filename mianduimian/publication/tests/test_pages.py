"""公开: what anybody may read, what a citizen types, and nothing personal anywhere."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from mianduimian.intake.models import Submission
from mianduimian.ledger.acts import renew
from mianduimian.ledger.models import Assignment, Closing, Extension, Glance, Matter, Reply, Settlement, Staging
from mianduimian.lookback.models import SendBack
from mianduimian.meeting.models import Opinion
from mianduimian.people.rules import Role
from mianduimian.publication import acts
from mianduimian.publication.models import Draft
from mianduimian.publication.passages import stories
from mianduimian.solicitation.models import Call
from mianduimian.triage.models import Appeal, Part

PERSONAL = ["伍群众", "1990000123", "19900009999", "匿名赖", "内部情况"]


def page(client, name, *args, **query):
    return client.get(reverse(f"publication:{name}", args=args), query).content.decode()


@pytest.fixture
def call(round, office):
    today = localdate()
    return Call.objects.create(
        round=round,
        number="n",
        opens_on=today,
        closes_on=today,
        scope="全市",
        channels=["web", "hotline"],
        issued_on=today,
        issued_by=office,
    )


TYPED = {
    "text": "东华路口红灯坏了三天",
    "place": "东华路口",
    "region": "441602",
    "name": "张三丰",
    "phone": "19900005555",
    "agreed": "on",
    "token": "t1",
}


def test_before_release_a_rounds_page_is_not_there(client, round, matter):
    assert client.get(reverse("publication:round", args=[round.code])).status_code == 404
    assert client.get(reverse("publication:matters", args=[round.code])).status_code == 404


def test_after_release_everybody_reads_funnel_matters_and_answers_and_nothing_personal(client, round, shown, released):
    pages = [page(client, "rounds"), page(client, "round", round.code), page(client, "matters", round.code)]
    assert "校门口乱停车" in pages[2]
    assert "已划线" in pages[2]
    assert "市交警支队" in pages[2]
    for text in pages:
        assert not [word for word in PERSONAL if word in text]


def test_the_unreached_stand_apart(client, round, shown, released):
    text = page(client, "round", round.code)
    assert "没联系上的不算满意" in text
    assert "未能联系上" in text


def test_matters_are_searched_and_filtered(client, round, shown, released):
    assert "校门口乱停车" in page(client, "matters", round.code, q="校门")
    assert "没有符合的事项" in page(client, "matters", round.code, q="红灯")
    assert "校门口乱停车" in page(client, "matters", round.code, state="replied")
    assert "没有符合的事项" in page(client, "matters", round.code, state="closed")
    assert "校门口乱停车" in page(client, "matters", round.code, state="'; DROP TABLE")


def test_the_map_counts_what_is_found_and_its_links_keep_what_was_asked(client, round, shown, released):
    Glance.objects.update(region="441602")
    cache.clear()
    whole = page(client, "matters", round.code)
    assert "在哪里" in whole and f'href="/public/{round.code}/matters?region=441602"' in whole
    narrowed = page(client, "matters", round.code, q="校门", state="replied", large="1")
    assert "?q=%E6%A0%A1%E9%97%A8&amp;state=replied&amp;large=1&amp;region=441602" in narrowed
    assert "在哪里" not in page(client, "matters", round.code, q="红灯")


def test_the_border_of_the_map_is_not_cut(client, round, shown, released):
    found = client.get(reverse("publication:matters", args=[round.code])).context["map"]
    assert f'viewBox="-2 -2 {found.width + 4} {found.height + 4}"' in page(client, "round", round.code)


def test_a_settled_matter_shows_its_days_in_order(client, round, shown, released, day):
    Glance.objects.update(state="settled", settled_on=day, solve_by=day, closed_on=day)
    text = page(client, "matter", round.code, Glance.objects.get().pk)
    places = [text.index(f"<dt>{word}") for word in ("书面反馈截止", "完成时限", "办结日期", "销号日期")]
    assert places == sorted(places) and text.count("2023-11-16") >= 3


def test_the_receipt_tells_every_step_also_after_a_merge_and_names_no_person(client, matter, submissions):
    text = page(client, "receipt", submissions[2].receipt)
    for words in ("收到您反映的事", "归入诉求", "与另外 3 宗来件一并办理", "须于 2023-12-07 前书面反馈", "已划线"):
        assert words in text
    assert not [word for word in PERSONAL if word in text]


def test_the_receipt_goes_on_through_send_back_second_turn_and_closing(matter, submissions, office, visitor, day):
    given = matter.assignments.get()
    asked = {"was_due_on": day, "new_due_on": date(2023, 12, 20), "reason": "雨季", "on": day, "by": office}
    Extension.objects.create(assignment=given, **asked, granted=True, decided_on=day, decided_by=office)
    Staging.objects.create(matter=matter, turn=1, planned_on=date(2024, 1, 1), reason="待验收", on=day, by=office)
    Settlement.objects.create(matter=matter, turn=1, on=day, by=office)
    SendBack.objects.create(matter=matter, turn=1, grounds=["unsatisfied"], assignment=given, on=day, by=visitor)
    Closing.objects.create(matter=matter, turn=2, on=day, by=office, closed_on=date(2023, 12, 30), closed_by=visitor)
    steps = [step.what for story in stories(submissions[0]) for step in story.steps]
    for words in ("延长到 2023-12-20", "阶段性办结", "再问您满不满意", "退回重办", "销号"):
        assert any(words in step for step in steps), words
    assert steps[-1].startswith("销号")


def test_what_happened_on_one_day_is_told_turn_after_turn(matter, submissions, office, visitor, unit, day):
    given = {"turn": 2, "number": "n", "lead": unit("traffic_police"), "on": day, "by": office, "reply_due_on": day}
    matter.assignments.update(ended_on=day)
    again = Assignment.objects.create(matter=matter, **given)
    Reply.objects.create(matter=matter, assignment=again, account="x", public="又办了一次", signed_by="局长", on=day, by=office)
    for turn in (1, 2):
        Settlement.objects.create(matter=matter, turn=turn, on=day, by=office)
    SendBack.objects.create(matter=matter, turn=1, grounds=["unsatisfied"], assignment=again, on=day, by=visitor)
    steps = [step.what[:4] for step in stories(submissions[0])[0].steps[2:]]
    turn = ["书面反馈", "办结：接"]
    assert steps == ["交责任单", *turn, "退回重办", "第 2 ", *turn]


@pytest.mark.parametrize(
    ("bucket", "reason", "words"),
    [
        ("undecided", "", "正在梳理"),
        ("invalid", "no_fact", "无具体事实"),
        ("elsewhere", "court", "已进入诉讼"),
        ("repeat", "", "和以前一期的一件事相同"),
        ("withdrawn", "", "已撤回"),
    ],
)
def test_what_was_not_distilled_is_told_too_with_its_reason(client, submissions, bucket, reason, words):
    earlier = {"note": "去年已答复"} if bucket == "repeat" else {}
    Part.objects.create(submission=submissions[0], bucket=bucket, reason=reason, **earlier)
    assert words in page(client, "receipt", submissions[0].receipt)


def test_an_unsorted_submission_is_being_read(client, submissions):
    assert "正在梳理" in page(client, "receipt", submissions[0].receipt)


def test_a_wrong_code_gets_a_plain_answer_and_no_hint(client, submissions):
    answer = client.get(reverse("publication:receipt", args=["ZZZZZZZZZZZZ"]))
    assert answer.status_code == 404
    assert "没有找到这个回执码" in answer.content.decode()


def test_a_receipt_is_never_cached_or_indexed(client, submissions):
    answer = client.get(reverse("publication:receipt", args=[submissions[0].receipt]))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_receipt_is_found_by_typing_its_code_with_spaces(client, submissions):
    code = submissions[0].receipt.lower()
    answer = client.post(reverse("publication:find"), {"code": f"{code[:4]} {code[4:]}"})
    assert answer["Location"].endswith(submissions[0].receipt)


def test_a_citizen_speaks_and_gets_a_receipt(client, city, call):
    answer = client.post(reverse("publication:speak", args=[call.round.code]), TYPED, follow=True)
    text = answer.content.decode()
    said = Submission.objects.get()
    assert said.receipt[:4] in text
    assert (said.channel, said.place, said.citizen.phone) == ("web", "东华路口", "19900005555")


def test_the_same_click_twice_is_one_submission(client, city, call):
    answers = [client.post(reverse("publication:speak", args=[call.round.code]), TYPED) for _time in range(2)]
    assert Submission.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_without_consent_the_number_is_not_kept(client, city, call):
    client.post(reverse("publication:speak", args=[call.round.code]), {**TYPED, "agreed": ""})
    assert not Submission.objects.get().citizen.phone


def test_bad_input_keeps_what_was_typed(client, city, call):
    text = client.post(reverse("publication:speak", args=[call.round.code]), {**TYPED, "text": "坏"}).content.decode()
    assert "您写的内容都还在" in text
    assert "东华路口" in text
    assert not Submission.objects.exists()


def test_a_field_no_person_sees_stops_machines(client, city, call):
    client.post(reverse("publication:speak", args=[call.round.code]), {**TYPED, "website": "http://spam"})
    assert not Submission.objects.exists()


def test_floods_from_one_address_are_told_to_wait_and_a_forged_header_changes_nothing(client, city, call, settings):
    settings.RATE_PER_HOUR = 3
    cache.clear()
    url = reverse("publication:speak", args=[call.round.code])
    codes = [
        client.post(
            url, {**TYPED, "token": f"t{n}", "text": f"第{n}处红灯坏了"}, headers={"X-Forwarded-For": f"9.9.9.{n}"}
        ).status_code
        for n in range(5)
    ]
    assert codes == [302, 302, 302, 429, 429]


def test_the_form_can_be_switched_off_and_then_says_where_to_speak(client, city, call, settings):
    settings.PUBLIC_FORM = False
    text = page(client, "speak", call.round.code)
    assert "12345热线" in text
    assert "<textarea" not in text


def test_after_the_window_the_form_is_gone(client, city, call):
    Call.objects.update(opens_on=date(2023, 1, 1), closes_on=date(2023, 1, 2))
    assert client.get(reverse("publication:speak", args=[call.round.code])).status_code == 404


MANAGES = {"office", "supervisor", "leader"}


@pytest.mark.parametrize("role", [role.value for role in Role if role != Role.CLOCK])
def test_who_sees_what_was_told(hire, client, round, role):
    client.force_login(hire(role))
    assert client.get(reverse("publication:manage", args=[round.code])).status_code == (200 if role in MANAGES else 403)


def test_releasing_and_withdrawing_in_the_browser(client, office, second, round):
    client.force_login(office)
    assert client.get(reverse("publication:release", args=[round.code])).status_code == 404
    client.post(reverse("publication:propose", args=[round.code]))
    assert client.post(reverse("publication:release", args=[round.code])).status_code == 409
    client.force_login(second)
    client.post(reverse("publication:release", args=[round.code]))
    assert client.get(reverse("publication:round", args=[round.code])).status_code == 200
    client.post(reverse("publication:withdraw", args=[round.code]), {"why": "文字有误"})
    assert client.get(reverse("publication:round", args=[round.code])).status_code == 404


def test_the_public_list_costs_the_same_with_many_matters(client, round, shown, released, django_assert_max_num_queries):
    page(client, "matters", round.code)
    with django_assert_max_num_queries(14):
        page(client, "matters", round.code)


def test_the_round_page_and_the_list_ask_no_more_for_many_matters(
    client, round, shown, released, office, second, clock, day
):
    def asked():
        with CaptureQueriesContext(connection) as statements:
            for name in ("round", "matters"):
                client.get(reverse(f"publication:{name}", args=[round.code]))
        return len(statements)

    few = asked()
    for n in range(2, 8):
        appeal = Appeal.objects.create(round=round, number=n, title=f"第{n}件", wording="灯坏了", made_on=day, made_by=office)
        opinion = {"handling": "on_the_ledger", "text": "纳入", "lead": shown.matter.opinion.lead, "on": day, "by": office}
        held = Opinion.objects.create(appeal=appeal, **opinion)
        Matter.objects.create(appeal=appeal, number=f"M{n}", opinion=held, opened_on=day)
    renew(by=clock, on=day)
    acts.draft_all(round, by=office, on=day)
    acts.release_drafts(Draft.objects.waiting().values_list("pk", flat=True), by=second, on=day)
    assert page(client, "matters", round.code, q="灯坏").count("灯坏了") == 6
    cache.clear()
    assert asked() == few
