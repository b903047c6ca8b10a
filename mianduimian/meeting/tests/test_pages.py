"""座谈会的页面: what each role sees, types and gets."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from mianduimian.archive.models import Document as Kept
from mianduimian.meeting import acts
from mianduimian.meeting.models import Exchange, Item, Meeting, Opinion, Promise, Seat, Suggestion, unheard
from mianduimian.meeting.rules import Decided, Promised, Seating, Spoken
from mianduimian.triage.models import Part


@pytest.fixture
def at_desk(client, office, monkeypatch, day):
    """The clerk's browser, on the day of the meeting."""
    for module in ("preparing", "hall", "opinions", "recording", "board", "arrivals"):
        monkeypatch.setattr(f"mianduimian.meeting.views.{module}.localdate", lambda: day)
    client.force_login(office)
    return client


@pytest.fixture
def spoken(planned, asker, appeal, office, day):
    """An exchange with a promise, on an appeal of the agenda."""
    one = appeal("校门口乱停车")
    acts.put_on_agenda(planned, [one], by=office, on=day)
    answer = {"speaker": "支队长", "cause": "路窄", "measure": "增设护学岗"}
    said = Spoken(asker.pk, "谁来管校门口？", "traffic_police", appeal=one.pk, **answer)
    return acts.exchange(planned, said, promised=Promised("护学岗到位", day), by=office, on=day)


def page(browser, name, /, *args, **query):
    answer = browser.get(reverse(f"meeting:{name}", args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:300]
    return answer.content.decode()


def send(browser, name, /, *args, **typed):
    return browser.post(reverse(f"meeting:{name}", args=args), typed)


class TestCalling:
    def test_a_round_without_a_meeting_is_offered_and_gets_one(self, at_desk, round):
        assert reverse("meeting:plan", args=[round.code]) in page(at_desk, "meetings")
        assert "市长" in page(at_desk, "plan", round.code)
        answer = send(at_desk, "plan", round.code, host="市长", place="市会议中心", starts_at="2023-11-16T09:00")
        assert answer.url == reverse("meeting:meeting", args=[Meeting.objects.get().pk])
        assert "河源市 2023 年第 1 场" in page(at_desk, "meetings")

    def test_a_meeting_is_put_off(self, at_desk, planned):
        assert "2023-11-16T09:00" in page(at_desk, "replan", planned.pk)
        send(at_desk, "replan", planned.pk, host="市长", place="别处", starts_at="2023-11-17T09:00", seen=planned.version)
        assert Meeting.objects.get().place == "别处"
        late = send(at_desk, "replan", planned.pk, host="市长", place="迟了", starts_at="2023-11-17T09:00", seen=planned.version)
        assert late.status_code == 409

    def test_a_seat_is_given_to_one_whom_the_voices_propose(self, at_desk, planned, appeal):
        one = appeal("校门口乱停车", voices=3)
        shown = page(at_desk, "seat", planned.pk)
        assert "3 宗来件反映；源城区的第一席" in shown
        first = Part.objects.filter(appeal=one).first().submission_id
        assert f'value="{first}"' in page(at_desk, "seat", planned.pk, kind="citizen", submission=first)
        send(at_desk, "seat", planned.pk, kind="citizen", name="群众甲", submission=first)
        assert Seat.objects.get().called == "群众甲"
        send(at_desk, "unseat", Seat.objects.get().pk, why="临时有事")
        assert not Seat.objects.exists()

    def test_the_agenda_is_chosen_moved_and_cleared(self, at_desk, planned, appeal):
        few, many = appeal("少人反映"), appeal("多人反映", voices=4)
        shown = page(at_desk, "agenda", planned.pk)
        assert shown.index("多人反映") < shown.index("少人反映")
        assert "多人反映" not in page(at_desk, "agenda", planned.pk, q="少人")
        send(at_desk, "agenda", planned.pk, appeal=[few.pk, many.pk])
        first, second = Item.objects.all()
        send(at_desk, "move", second.pk, up="")
        assert [item.appeal for item in Item.objects.all()] == [many, few]
        send(at_desk, "take_off", first.pk)
        assert [item.appeal for item in Item.objects.all()] == [many]


class TestHall:
    def test_an_exchange_is_captured_with_its_promise_in_one_form(self, at_desk, planned, asker, appeal, office, day):
        one = appeal("校门口乱停车")
        acts.put_on_agenda(planned, [one], by=office, on=day)
        assert f'value="{one.pk}" selected' in page(at_desk, "exchange", planned.pk, appeal=one.pk)
        said = {"raised_by": asker.pk, "appeal": one.pk, "question": "谁来管？", "answered_by": "traffic_police"}
        send(at_desk, "exchange", planned.pk, **said)
        send(at_desk, "exchange", planned.pk, **said, **{"promise-text": "到位", "promise-due_on": "2023-12-01"})
        assert (Exchange.objects.count(), Promise.objects.count()) == (2, 1)
        half = send(at_desk, "exchange", planned.pk, **said, **{"promise-text": "没有日期"})
        assert (half.status_code, Exchange.objects.count()) == (200, 2)

    def test_an_exchange_is_corrected_and_gets_another_promise(self, at_desk, spoken, asker):
        assert "路窄" in page(at_desk, "correct", spoken.pk)
        said = {"raised_by": asker.pk, "question": "谁来管？", "answered_by": "traffic_police", "cause": "路窄车多", "seen": 1}
        send(at_desk, "correct", spoken.pk, **said)
        assert Exchange.objects.get().cause == "路窄车多"
        assert send(at_desk, "correct", spoken.pk, **said).status_code == 409
        send(at_desk, "promise", spoken.pk, text="错峰放学", due_on="2023-12-10", unit="education")
        assert "错峰放学" in page(at_desk, "meeting", spoken.meeting_id)

    def test_a_suggestion_is_kept_and_answered(self, at_desk, planned, asker):
        send(at_desk, "suggest", planned.pk, seat=asker.pk, text="家长志愿护学队")
        suggestion = Suggestion.objects.get()
        send(at_desk, "adopt", suggestion.pk, adopted="yes", why="全市推广")
        assert "全市推广" in page(at_desk, "meeting", planned.pk)

    def test_who_came_is_recorded_and_the_minutes_are_issued(self, at_desk, planned, asker):
        assert "叶景辉" in page(at_desk, "hold", planned.pk)
        send(at_desk, "hold", planned.pk, **{f"seat{asker.pk}": "absent"})
        assert Seat.objects.get().presence == "absent"
        send(at_desk, "issue_minutes", planned.pk)
        assert Meeting.objects.get().minutes_number == "河面纪〔2023〕1号"
        assert Kept.objects.of(planned).get().number == "河面纪〔2023〕1号"


class TestMinutes:
    def test_the_minutes_say_who_came_and_what_was_promised_item_by_item(self, at_desk, planned, asker, spoken, office, day):
        acts.suggest(planned, seat=asker, text="家长志愿护学队", by=office, on=day)
        acts.seat(planned, Seating("unit", "", "局长", unit="education"), by=office, on=day)
        answer = at_desk.get(reverse("meeting:minutes", args=[planned.pk]))
        assert "attachment" in answer["Content-Disposition"]
        text = "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs)
        for words in (
            "2023年11月16日，市长在市会议中心主持召开河源市“面对面”座谈会",
            "人大代表 叶景辉提出：谁来管校门口？",
            "原因：路窄",
            "承诺：护学岗到位（河源市公安局交通警察支队，2023年11月16日前）",
            "家长志愿护学队",
            "叶景辉（人大代表，市人大代表）",
            "市教育局 局长（部门）",
        ):
            assert words in text

    def test_a_citizen_is_named_only_as_typed_on_the_seat(self, at_desk, planned, appeal, office, day):
        spoken = Part.objects.get(appeal=appeal(name="真名实姓", phone="13812345678")).submission
        acts.seat(planned, Seating("citizen", "群众甲", submission=spoken.pk), by=office, on=day)
        content = at_desk.get(reverse("meeting:minutes", args=[planned.pk])).content
        shown = page(at_desk, "meeting", planned.pk) + "".join(p.text for p in Document(BytesIO(content)).paragraphs)
        assert "群众甲" in shown
        assert "真名" not in shown and "1381234" not in shown


class TestOpinions:
    def test_the_form_begins_with_what_was_said_in_the_hall(self, at_desk, spoken):
        shown = page(at_desk, "opine", spoken.appeal_id)
        assert "增设护学岗" in shown and 'value="2023-11-16"' in shown
        typed = {"handling": "by_a_date", "text": "增设护学岗", "lead": "traffic_police", "assists": ["education"]}
        send(at_desk, "opine", spoken.appeal_id, **typed, solve_by="2023-12-20")
        assert Opinion.objects.get().exchange == spoken
        assert "有效" in page(at_desk, "opine", spoken.appeal_id)

    def test_ticked_appeals_get_one_text_and_the_rest_still_wait(self, at_desk, round, appeal):
        ticked, other = appeal("甲"), appeal("乙", by_unit="highway")
        assert "还没有办理意见的诉求 2 件" in page(at_desk, "unheard", round.code)
        typed = {"handling": "on_the_ledger", "text": "由{单位}办理{诉求}。"}
        send(at_desk, "unheard", round.code, **typed, appeal=[ticked.pk])
        assert Opinion.objects.get().text == "由市交警支队办理甲。"
        assert list(unheard(round)) == [other]
        send(at_desk, "unheard", round.code, **typed, everything="on")
        assert not unheard(round).exists()

    def test_many_waiting_appeals_come_page_by_page(self, at_desk, round, appeal):
        for number in range(51):
            appeal(f"第{number}件")
        assert "after=50" in page(at_desk, "unheard", round.code)
        assert "第50件" in page(at_desk, "unheard", round.code, after=50)


class TestBoard:
    def test_the_screen_shows_the_question_the_unit_and_the_promise(self, at_desk, spoken, planned):
        shown = page(at_desk, "board", planned.pk)
        for words in ("校门口乱停车", "谁来管校门口？", "市交警支队", "护学岗到位"):
            assert words in shown

    def test_the_screen_is_answered_only_when_something_changed(self, at_desk, planned, asker, office, day):
        address = reverse("meeting:now", args=[planned.pk])
        first = at_desk.get(address)
        assert at_desk.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        acts.exchange(planned, Spoken(asker.pk, "新的问题？", "traffic_police"), by=office, on=day)
        second = at_desk.get(address, headers={"If-None-Match": first["ETag"]})
        assert "新的问题？" in second.content.decode() and second["ETag"] != first["ETag"]

    def test_an_unchanged_screen_costs_few_questions_to_the_database(self, at_desk, planned, django_assert_max_num_queries):
        address = reverse("meeting:now", args=[planned.pk])
        tag = at_desk.get(address)["ETag"]
        with django_assert_max_num_queries(8):
            at_desk.get(address, headers={"If-None-Match": tag})


class TestWhoSees:
    def test_a_unit_with_a_seat_and_a_deputy_of_the_region_see_the_meeting(self, client, planned, handler, hire, office, day):
        deputy, outsider = hire("deputy", "shiweiban"), hire("unit", "education")
        acts.seat(planned, Seating("unit", "", "支队长", unit="traffic_police"), by=office, on=day)
        for who, status in ((handler, 200), (deputy, 200), (outsider, 404), (hire("office", "longchuan"), 404)):
            client.force_login(who)
            assert client.get(reverse("meeting:meeting", args=[planned.pk])).status_code == status, who

    def test_those_who_only_see_are_offered_nothing_to_do(self, client, planned, spoken, hire):
        client.force_login(hire("deputy", "shiweiban"))
        shown = page(client, "meeting", planned.pk)
        assert "谁来管校门口？" in shown
        for verb in ("seat", "agenda", "exchange", "hold", "replan"):
            assert reverse(f"meeting:{verb}", args=[planned.pk]) not in shown
            assert client.get(reverse(f"meeting:{verb}", args=[planned.pk])).status_code == 403

    def test_an_appeal_with_an_opinion_leaves_the_waiting_list_of_every_office(self, at_desk, round, appeal, office, day):
        one = appeal()
        acts.opine(one, Decided("on_the_ledger", "办。", "highway"), by=office, on=day)
        assert "没有待写办理意见的诉求" in page(at_desk, "unheard", round.code)

    def test_the_meeting_page_costs_the_same_with_many_exchanges(self, at_desk, planned, spoken, asker, office, day):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def cost():
            with CaptureQueriesContext(connection) as asked:
                page(at_desk, "meeting", planned.pk)
            return len(asked)

        page(at_desk, "meeting", planned.pk)
        before = cost()
        for number in range(8):
            said = Spoken(asker.pk, f"问题{number}", "traffic_police")
            acts.exchange(planned, said, promised=Promised("到位", day), by=office, on=day)
        assert cost() == before
