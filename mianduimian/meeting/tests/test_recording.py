"""记录台: written once however often it is sent, called up to the screen, corrected without overwriting anybody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from mianduimian.journal.models import Line
from mianduimian.meeting import acts
from mianduimian.meeting.forms import CallForm, ExchangeForm
from mianduimian.meeting.models import Exchange, Floor, Meeting, Promise, on_the_floor
from mianduimian.meeting.rules import Called, Planning, Promised, Seating, Spoken
from mianduimian.meeting.tests.conftest import AT
from mianduimian.refusal import Overtaken, Refused

DUE = date(2023, 12, 20)


@pytest.fixture
def desk(client, office, monkeypatch, day):
    monkeypatch.setattr("mianduimian.meeting.views.recording.localdate", lambda: day)
    client.force_login(office)
    return client


@pytest.fixture
def said(asker):
    return Spoken(asker.pk, "谁来管？", "traffic_police")


@pytest.fixture
def made(planned, said, office, day):
    return acts.exchange(planned, said, promised=Promised("到位", DUE), by=office, on=day)


class TestOnce:
    def test_the_same_key_twice_is_one_exchange_with_one_promise(self, planned, said, office, day):
        given = {"promised": Promised("到位", DUE), "key": "k1", "by": office, "on": day}
        first, again = acts.exchange(planned, said, **given), acts.exchange(planned, said, **given)
        assert first == again
        assert (Exchange.objects.count(), Promise.objects.count()) == (1, 1)
        assert Line.objects.of(planned).filter(verb="meeting.exchange").count() == 1

    def test_the_same_key_with_other_words_is_refused(self, planned, said, office, day):
        acts.exchange(planned, said, key="k1", by=office, on=day)
        with pytest.raises(Refused, match="内容却不同"):
            acts.exchange(planned, replace(said, question="另一句"), key="k1", by=office, on=day)

    def test_without_a_key_the_same_words_are_two_exchanges(self, planned, said, office, day):
        for _time in range(2):
            acts.exchange(planned, said, by=office, on=day)
        assert Exchange.objects.count() == 2

    def test_a_correction_that_arrives_twice_does_not_overtake_itself(self, made, said, office, day):
        given = {"seen": 1, "promised": Promised("再加一条", DUE), "key": "k2", "by": office, "on": day}
        first = acts.correct(made, replace(said, cause="路窄"), **given)
        again = acts.correct(made, replace(said, cause="路窄"), **given)
        assert (first.version, again.version, Promise.objects.count()) == (2, 2, 2)

    def test_a_refused_sending_keeps_its_key_for_the_mended_one(self, planned, said, office, day):
        late = Promised("昨天就好", day - timedelta(1))
        with pytest.raises(Refused, match="早于承诺当日"):
            acts.exchange(planned, said, promised=late, key="k1", by=office, on=day)
        acts.exchange(planned, said, promised=Promised("到位", DUE), key="k1", by=office, on=day)
        assert Exchange.objects.get().promises.get().due_on == DUE


class TestFloor:
    def test_an_item_is_called_up_and_gives_way_to_what_is_recorded(self, planned, asker, appeal, said, office, day):
        one = appeal("校门口乱停车")
        acts.call_up(planned, Called(one.pk, asker.pk, "education", "谁来管"), by=office, on=day)
        called = on_the_floor(planned)
        assert (called.appeal, called.unit.key, called.number, called.answer) == (one, "education", None, "")
        acts.exchange(planned, replace(said, measure="增设护学岗"), by=office, on=day)
        assert (on_the_floor(planned).number, on_the_floor(planned).answer) == (1, "增设护学岗")
        acts.call_up(planned, Called(one.pk), by=office, on=day)
        assert on_the_floor(planned).number is None
        assert Floor.objects.count() == 1

    def test_nothing_is_on_the_floor_before_the_beginning(self, planned):
        assert on_the_floor(planned) is None

    def test_a_meeting_recorded_without_calling_up_shows_its_last_exchange(self, planned, made):
        Floor.objects.all().delete()
        assert on_the_floor(planned).number == 1

    def test_only_what_belongs_to_the_meeting_is_called_up_and_only_on_its_day(self, planned, appeal, office, day):
        for wrong in (Called(appeal=999), Called(seat=999)):
            with pytest.raises(Refused, match="不属于这次座谈会"):
                acts.call_up(planned, wrong, by=office, on=day)
        with pytest.raises(Refused, match="到时才能记录"):
            acts.call_up(planned, Called(appeal("早了").pk), by=office, on=day - timedelta(1))


class TestPromises:
    def test_a_promise_written_wrongly_is_corrected_and_the_old_words_stay_on_record(self, made, office, day):
        promise = made.promises.get()
        acts.amend(promise, Promised("到位两个", DUE + timedelta(1), "education"), seen=1, by=office, on=day)
        line = Line.objects.of(made.meeting).last()
        assert (line.was["text"], line.now["text"], line.now["unit"]) == ("到位", "到位两个", "education")
        with pytest.raises(Overtaken):
            acts.amend(promise, Promised("迟了", DUE), seen=1, by=office, on=day)
        with pytest.raises(Refused, match="早于承诺当日"):
            acts.amend(promise, Promised("早了", day - timedelta(1)), seen=2, by=office, on=day)

    def test_it_is_corrected_on_its_own_page(self, desk, made):
        address = reverse("meeting:amend", args=[made.promises.get().pk])
        assert "到位" in desk.get(address).content.decode()
        typed = {"text": "到位两个", "due_on": "2023-12-21", "seen": 1}
        assert desk.post(address, typed).url == reverse("meeting:exchange", args=[made.meeting_id])
        assert desk.post(address, typed).status_code == 409


class TestDesk:
    def test_seats_items_and_units_begin_with_the_number_that_picks_them(self, planned, asker, appeal, office, day):
        acts.seat(planned, Seating("unit", "", "局长", unit="education"), by=office, on=day)
        second = acts.seat(planned, Seating("cppcc", "罗淑贞"), by=office, on=day)
        acts.put_on_agenda(planned, [appeal("甲"), appeal("乙")], by=office, on=day)
        form = CallForm(meeting=planned)
        labels = {name: [label for _key, label in form.fields[name].choices][1:] for name in ("raised_by", "appeal")}
        assert labels["raised_by"] == [f"1 {asker}", f"2 {second}"]
        assert [label.split()[0] for label in labels["appeal"]] == ["1", "2"]
        here, others = form.fields["answered_by"].choices[1:]
        assert sorted(label for _key, label in here[1]) == ["1 市教育局", "2 市交警支队"]
        assert not {key for key, _label in here[1]} & {key for key, _label in others[1]}

    def test_the_desk_shows_the_last_exchange_first_with_its_words_for_the_form(self, desk, planned, made, said, office, day):
        acts.exchange(planned, replace(said, question="第二问"), by=office, on=day)
        answer = desk.get(reverse("meeting:exchange", args=[planned.pk]))
        assert [one.number for one in answer.context["exchanges"]] == [2, 1]
        assert answer.context["exchanges"][0].typed["question"] == "第二问"
        assert answer.content.decode().count("application/json") == 3

    def test_it_is_called_up_with_or_without_typed_words(self, desk, planned, asker, appeal, office, day):
        one = appeal("校门口乱停车")
        acts.put_on_agenda(planned, [one], by=office, on=day)
        address = reverse("meeting:call_up", args=[planned.pk])
        assert "在屏上" in desk.post(address, {"appeal": one.pk}, follow=True).content.decode()
        assert "没有更新" in desk.post(address, {"appeal": 999}, follow=True).content.decode()
        assert on_the_floor(planned).appeal == one

    def test_a_double_click_without_scripts_is_one_exchange(self, desk, planned, asker):
        address = reverse("meeting:exchange", args=[planned.pk])
        key = desk.get(address).context["form"].initial["key"]
        typed = {"raised_by": asker.pk, "question": "谁来管？", "answered_by": "traffic_police", "key": key}
        assert desk.post(address, typed).url == desk.post(address, typed).url == address
        assert Exchange.objects.count() == 1

    def test_the_desk_costs_the_same_with_many_exchanges(self, desk, planned, made, said, office, day):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def cost():
            with CaptureQueriesContext(connection) as asked:
                desk.get(reverse("meeting:exchange", args=[planned.pk]))
            return len(asked)

        cost()
        before = cost()
        for n in range(8):
            acts.exchange(planned, replace(said, question=f"问{n}"), promised=Promised("到位", DUE), by=office, on=day)
        assert cost() == before


class TestConflict:
    def typed(self, asker, **more):
        return {"raised_by": asker.pk, "question": "谁来管？", "answered_by": "traffic_police", "seen": 1, "key": "k9"} | more

    def test_who_comes_second_sees_both_and_decides(self, desk, made, said, asker, office, day):
        acts.correct(made, replace(said, cause="没有接送区"), seen=1, by=office, on=day)
        address = reverse("meeting:correct", args=[made.pk])
        answer = desk.post(address, self.typed(asker, cause="路窄"))
        assert answer.status_code == 409
        assert [(now, mine) for _label, now, mine, differs in answer.context["rows"] if differs] == [("没有接送区", "路窄")]
        assert office.name in answer.content.decode()
        assert Exchange.objects.get().cause == "没有接送区"
        form = answer.context["form"]
        assert (form.initial["seen"], form.initial["cause"], form.initial["key"]) == (2, "路窄", "k9")
        desk.post(address, self.typed(asker, cause="路窄，没有接送区", seen=2))
        assert Exchange.objects.get().cause == "路窄，没有接送区"

    def test_a_promise_typed_with_it_is_not_lost(self, desk, made, said, asker, office, day):
        acts.correct(made, replace(said, cause="没有接送区"), seen=1, by=office, on=day)
        more = {"promise-text": "再加一条", "promise-due_on": "2023-12-30"}
        shown = desk.post(reverse("meeting:correct", args=[made.pk]), self.typed(asker, **more)).content.decode()
        assert "再加一条" in shown and "2023-12-30" in shown

    def test_what_was_typed_is_shown_as_words_and_not_run(self, desk, made, said, asker, office, day):
        acts.correct(made, replace(said, cause="<b>甲"), seen=1, by=office, on=day)
        shown = desk.post(reverse("meeting:correct", args=[made.pk]), self.typed(asker, cause="<img src=x>")).content.decode()
        assert "<img" not in shown.replace('<img src="', "") and "<b>甲" not in shown


class TestNumbers:
    def test_a_meeting_put_off_into_another_year_is_numbered_there(self, planned, office, day):
        moved = acts.replan(planned, Planning("市长", "别处", AT.replace(year=2024)), seen=planned.version, by=office, on=day)
        assert moved.number == 1
        Meeting.objects.filter(pk=moved.pk).update(number=7)
        again = Planning("市长", "又别处", AT.replace(year=2024, month=12))
        assert acts.replan(moved, again, seen=moved.version, by=office, on=day).number == 7

    def test_the_form_of_an_exchange_needs_who_what_and_which_unit(self, planned, asker):
        form = ExchangeForm({"question": ""}, meeting=planned)
        assert not form.is_valid()
        assert set(form.errors) == {"raised_by", "question", "answered_by"}
