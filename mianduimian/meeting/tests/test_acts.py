"""座谈会: calling it, who sits, what is said, promised and decided."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.meeting import acts
from mianduimian.meeting.models import Exchange, Item, Meeting, Opinion, Promise, Seat, unheard
from mianduimian.meeting.rules import Decided, Planning, Promised, Seating, Spoken
from mianduimian.meeting.tests.conftest import AT
from mianduimian.people.models import Region
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Part

SOLVE = date(2023, 12, 20)
DECIDED = Decided("by_a_date", "增设护学岗并施划临停区。", "traffic_police", ("education",), SOLVE)


@pytest.fixture
def said(asker):
    return Spoken(asker.pk, "校门口太堵，谁来管？", "traffic_police", speaker="支队长", measure="增设护学岗")


@pytest.fixture
def said_once(planned, said, office, day):
    return acts.exchange(planned, said, by=office, on=day)


def citizen_seat(spoken, name="群众甲"):
    return Seating("citizen", name, submission=spoken.pk)


class TestCalling:
    def test_one_meeting_breaks_one_problem(self, planned, round, office, day):
        with pytest.raises(Refused, match="一次会议破一题"):
            acts.plan(round, Planning("市长", "别处", AT), by=office, on=day)

    def test_meetings_are_numbered_within_their_region_and_year(self, planned, round, office, day):
        def another(code, region, year=2023):
            place = Region.objects.get(pk=region)
            other = Round.objects.create(
                **{name: getattr(round, name) for name in ("focus", "theme", "host", "office", "rulebook", "opened_on")},
                code=code,
                number=int(code[-2:]),
                year=year,
                level=place.level,
                region=place,
                opened_by=office,
            )
            return acts.plan(other, Planning("市长", "市会议中心", AT.replace(year=year)), by=office, on=day)

        city, county = another("441600-2023-13", "441600"), another("441622-2023-01", "441622")
        next_year = another("441600-2024-01", "441600", 2024)
        assert [meeting.number for meeting in (planned, city, county, next_year)] == [1, 2, 1, 1]

    def test_only_an_office_of_the_region_calls_a_meeting(self, round, handler, leader, hire, day):
        for stranger in (handler, leader, hire("office", "longchuan")):
            with pytest.raises(NotYours):
                acts.plan(round, Planning("市长", "市会议中心", AT), by=stranger, on=day)

    def test_a_meeting_moves_until_it_is_held_and_not_under_a_faster_hand(self, planned, office, day):
        later = Planning("副市长", "源城区", AT + timedelta(days=1))
        moved = acts.replan(planned, later, seen=planned.version, by=office, on=day)
        assert (moved.day, moved.host) == (date(2023, 11, 17), "副市长")
        with pytest.raises(Overtaken, match="有人刚刚改过"):
            acts.replan(planned, later, seen=planned.version, by=office, on=day)
        acts.hold(moved, by=office, on=date(2023, 11, 18))
        with pytest.raises(Refused, match="不能再改期"):
            acts.replan(moved, later, seen=moved.version, by=office, on=day)


class TestSeats:
    def test_citizens_never_sit_on_more_seats_than_the_rulebook_has(self, planned, appeal, office, day):
        submissions = [part.submission for part in Part.objects.filter(appeal=appeal(voices=11))]
        for spoken in submissions[:10]:
            acts.seat(planned, citizen_seat(spoken), by=office, on=day)
        with pytest.raises(Refused, match="群众代表席位共 10 个，已经坐满"):
            acts.seat(planned, citizen_seat(submissions[10]), by=office, on=day)
        assert Seat.objects.filter(kind="citizen").count() == 10

    def test_units_and_press_sit_without_a_quota(self, planned, office, day):
        for name in ("记者甲", "记者乙", "记者丙"):
            acts.seat(planned, Seating("press", name), by=office, on=day)
        acts.seat(planned, Seating("unit", "", "支队长", unit="traffic_police"), by=office, on=day)
        assert str(Seat.objects.last()) == "部门 市交警支队 支队长"

    def test_a_citizen_representative_is_one_of_those_who_spoke(self, planned, appeal, spoke, office, day):
        with pytest.raises(Refused, match="须是本期反映过问题的人"):
            acts.seat(planned, Seating("citizen", "路人"), by=office, on=day)
        with pytest.raises(Refused, match="其他席位不关联来件"):
            acts.seat(planned, Seating("npc", "代表", submission=spoke().pk), by=office, on=day)
        with pytest.raises(Refused, match="没有归入诉求"):
            acts.seat(planned, citizen_seat(spoke()), by=office, on=day)

    def test_a_representative_sits_once_and_a_whistle_blower_never(self, planned, appeal, office, day):
        spoken, secret = (Part.objects.get(appeal=appeal(confidential=hidden)).submission for hidden in (False, True))
        acts.seat(planned, citizen_seat(spoken), by=office, on=day)
        with pytest.raises(Refused, match="已有席位"):
            acts.seat(planned, citizen_seat(spoken), by=office, on=day)
        with pytest.raises(Refused, match="要求保密"):
            acts.seat(planned, citizen_seat(secret), by=office, on=day)

    def test_nobody_can_represent_a_letter_without_a_name(self, planned, appeal, office, day):
        spoken = Part.objects.get(appeal=appeal()).submission
        spoken.citizen = None
        spoken.save()
        with pytest.raises(Refused, match="署名来件"):
            acts.seat(planned, citizen_seat(spoken), by=office, on=day)

    def test_the_journal_seals_the_name_of_a_citizen_and_not_that_of_a_deputy(self, planned, appeal, asker, office, day):
        spoken = Part.objects.get(appeal=appeal()).submission
        acts.seat(planned, citizen_seat(spoken, "伍先生"), by=office, on=day)
        deputy, citizen = Line.objects.of(planned)
        assert deputy.now["name"] == "叶景辉"
        assert "伍先生" not in f"{citizen.now}{citizen.was}{citizen.why}"
        assert set(citizen.sealed) == {"name"}

    def test_a_seat_is_taken_back_until_someone_spoke_from_it(self, planned, asker, said_once, office, day):
        other = acts.seat(planned, Seating("press", "记者"), by=office, on=day)
        acts.unseat(other, why="不能到会", by=office, on=day)
        assert not Seat.objects.filter(name="记者").exists()
        with pytest.raises(Refused, match="已经发言"):
            acts.unseat(asker, why="误加", by=office, on=day)


class TestAgenda:
    def titles(self, meeting):
        return [item.appeal.title for item in Item.objects.filter(meeting=meeting)]

    def test_items_stand_in_the_order_given_and_move_up_and_down(self, planned, appeal, office, day):
        items = acts.put_on_agenda(planned, [appeal("一"), appeal("二"), appeal("三")], by=office, on=day)
        acts.move(items[2], up=True, by=office, on=day)
        assert self.titles(planned) == ["一", "三", "二"]
        acts.move(items[0], up=True, by=office, on=day)
        acts.move(items[0], up=False, by=office, on=day)
        assert self.titles(planned) == ["三", "一", "二"]
        acts.take_off(items[0], by=office, on=day)
        assert self.titles(planned) == ["三", "二"]

    def test_an_appeal_stands_on_the_agenda_once(self, planned, appeal, office, day):
        one = appeal()
        for _time in range(2):
            acts.put_on_agenda(planned, [one, one], by=office, on=day)
        assert self.titles(planned) == [one.title]

    def test_an_appeal_that_was_merged_away_is_not_discussed(self, planned, appeal, office, day):
        with pytest.raises(Refused, match="已并入其他诉求"):
            acts.put_on_agenda(planned, [appeal(voices=0)], by=office, on=day)

    def test_what_was_discussed_stays_on_the_agenda(self, planned, appeal, said, office, day):
        one = appeal()
        item = acts.put_on_agenda(planned, [one], by=office, on=day)[0]
        acts.exchange(planned, replace(said, appeal=one.pk), by=office, on=day)
        with pytest.raises(Refused, match="已经在会上讨论"):
            acts.take_off(item, by=office, on=day)


class TestHall:
    def test_whoever_is_not_named_otherwise_was_present(self, planned, asker, office, day):
        away = acts.seat(planned, Seating("cppcc", "罗淑贞"), by=office, on=day)
        held = acts.hold(planned, presences={away.pk: "absent"}, by=office, on=day)
        assert held.held_on == day
        assert list(Seat.objects.values_list("presence", flat=True)) == ["present", "absent"]
        with pytest.raises(Refused, match="已记为2023-11-16召开"):
            acts.hold(planned, by=office, on=day)

    def test_nothing_is_recorded_before_the_day(self, planned, said, office, day):
        eve = day - timedelta(days=1)
        for record in (lambda: acts.hold(planned, by=office, on=eve), lambda: acts.exchange(planned, said, by=office, on=eve)):
            with pytest.raises(Refused, match="定于2023-11-16召开"):
                record()

    def test_an_exchange_is_recorded_while_the_meeting_runs_with_its_promise(self, planned, said, office, day):
        acts.exchange(planned, said, promised=Promised("护学岗到位", SOLVE), by=office, on=day)
        acts.exchange(planned, said, promised=Promised("错峰放学", SOLVE, unit="education"), by=office, on=day)
        assert list(Exchange.objects.values_list("number", flat=True)) == [1, 2]
        assert [promise.unit.key for promise in Promise.objects.order_by("pk")] == ["traffic_police", "education"]
        assert Meeting.objects.get().held_on is None

    def test_a_promise_is_not_dated_before_the_meeting_and_takes_its_exchange_with_it(self, planned, said, office, day):
        with pytest.raises(Refused, match="早于承诺当日"):
            acts.exchange(planned, said, promised=Promised("昨天就好", day - timedelta(days=1)), by=office, on=day)
        assert not Exchange.objects.exists()

    def test_a_correction_keeps_what_was_said_before(self, planned, said, said_once, office, day):
        acts.correct(said_once, replace(said, cause="路窄车多"), seen=said_once.version, by=office, on=day)
        line = Line.objects.of(planned).last()
        assert (line.verb, line.was["cause"], line.now["cause"]) == ("meeting.correct", "", "路窄车多")
        with pytest.raises(Overtaken):
            acts.correct(said_once, said, seen=said_once.version, by=office, on=day)

    def test_who_asks_sits_in_this_hall(self, planned, said, appeal, office, day):
        with pytest.raises(Refused, match="不属于这次座谈会"):
            acts.exchange(planned, replace(said, raised_by=0), by=office, on=day)
        with pytest.raises(Refused, match="不属于这次座谈会"):
            acts.exchange(planned, replace(said, appeal=999), by=office, on=day)

    def test_a_suggestion_is_adopted_or_not_with_a_reason(self, planned, asker, office, day):
        suggestion = acts.suggest(planned, seat=asker, text="家长志愿护学队", by=office, on=day)
        with pytest.raises(Refused, match="须说明理由"):
            acts.adopt(suggestion, adopted=True, why=" ", by=office, on=day)
        assert acts.adopt(suggestion, adopted=False, why="已有同类做法", by=office, on=day).adopted is False

    def test_the_minutes_get_their_number_once_and_after_the_meeting(self, planned, office, day):
        with pytest.raises(Refused, match="还没有召开"):
            acts.issue_minutes(planned, by=office, on=day)
        acts.hold(planned, by=office, on=day)
        assert acts.issue_minutes(planned, by=office, on=day).minutes_number == "河面纪〔2023〕1号"
        with pytest.raises(Refused, match="已于2023-11-16印发"):
            acts.issue_minutes(planned, by=office, on=day)


class TestOpinions:
    def test_an_opinion_comes_from_its_exchange_or_in_writing(self, planned, said, appeal, office, day):
        heard, unheard_one = appeal("听过的"), appeal("没上会的")
        spoken = acts.exchange(planned, replace(said, appeal=heard.pk), by=office, on=day)
        acts.opine(heard, DECIDED, exchange=spoken, by=office, on=day)
        written = acts.opine(unheard_one, DECIDED, by=office, on=day)
        assert written.exchange is None
        assert [unit.key for unit in written.assists.all()] == ["education"]
        with pytest.raises(Refused, match="不属于"):
            acts.opine(unheard_one, DECIDED, exchange=spoken, by=office, on=day)

    def test_a_new_opinion_replaces_the_old_which_stays_on_record(self, appeal, office, day):
        one = appeal()
        acts.opine(one, DECIDED, by=office, on=day)
        acts.opine(one, replace(DECIDED, text="改为拓宽道路。", lead="highway"), by=office, on=day)
        assert Opinion.objects.in_force().get(appeal=one).lead.key == "highway"
        assert Opinion.objects.filter(appeal=one, replaced_on=day).count() == 1
        assert Line.objects.of(one).last().was["lead"] == "traffic_police"

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"text": "  "}, "请写明办理意见"),
            ({"solve_by": None}, "须写明完成时限"),
            ({"solve_by": date(2023, 11, 1)}, "早于提出办理意见当日"),
            ({"assists": ("traffic_police",)}, "不能同时是配合单位"),
            ({"lead": "nobody"}, "没有这些单位：nobody"),
        ],
    )
    def test_an_opinion_that_cannot_be_carried_out_is_refused(self, appeal, office, day, change, why):
        with pytest.raises(Refused, match=why):
            acts.opine(appeal(), replace(DECIDED, **change), by=office, on=day)

    def test_an_appeal_that_was_merged_away_gets_no_opinion(self, appeal, office, day):
        with pytest.raises(Refused, match="已并入其他诉求"):
            acts.opine(appeal(voices=0), DECIDED, by=office, on=day)

    def test_many_appeals_get_their_opinion_each_under_its_own_unit(self, round, appeal, office, day):
        chosen = [appeal("甲路逆行"), appeal("乙路黑车", by_unit="transport"), appeal("丙路坑洼", by_unit="education")]
        acts.opine(chosen[2], DECIDED, by=office, on=day)
        template = Decided("by_a_date", "由{单位}办理“{诉求}”。", "", ("traffic_police",), SOLVE)
        acts.opine_all(round, chosen, template, by=office, on=day)
        texts = list(Opinion.objects.in_force().order_by("pk").values_list("text", flat=True))
        assert texts == [DECIDED.text, "由市交警支队办理“甲路逆行”。", "由市交通运输局办理“乙路黑车”。"]
        assert not unheard(round).exists()
        assert [line.verb for line in Line.objects.of(chosen[1])] == ["meeting.opine"]
        assert journal.verify() is None

    def test_an_appeal_without_a_unit_stops_the_whole_batch(self, round, appeal, office, day):
        chosen = [appeal(), appeal("无主", by_unit="")]
        with pytest.raises(Refused, match="诉求2没有建议的牵头单位"):
            acts.opine_all(round, chosen, replace(DECIDED, lead="", assists=()), by=office, on=day)
        assert not Opinion.objects.exists()

    def test_a_handler_decides_nothing(self, appeal, handler, day):
        with pytest.raises(NotYours):
            acts.opine(appeal(), DECIDED, by=handler, on=day)

    def test_the_statements_do_not_grow_with_the_appeals(self, round, appeal, office, day, django_assert_max_num_queries):
        chosen = [appeal(f"诉求{n}") for n in range(60)]
        with django_assert_max_num_queries(30):
            assert len(acts.opine_all(round, chosen, replace(DECIDED, lead=""), by=office, on=day)) == 60
