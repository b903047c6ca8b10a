"""一览: what is derived of a matter agrees with its rows after every act, follows earlier rooms, and is searched."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mianduimian.journal.acts import act, record
from mianduimian.ledger import acts
from mianduimian.ledger import jobs as ledger_jobs
from mianduimian.ledger.acts.glances import look_anew
from mianduimian.ledger.models import Glance, Mark, Matter, Words, behind, derive, turnings
from mianduimian.ledger.rules import MOVES, Light, State, place
from mianduimian.ledger.tests.calls import make
from mianduimian.ledger.tests.conftest import ANSWER
from mianduimian.people.models import Person
from mianduimian.people.rules import Role
from mianduimian.refusal import NotYours
from mianduimian.taskforce.models import Measure, Milestone, Plan
from mianduimian.text.normalise import bigrams
from mianduimian.triage import acts as triage
from mianduimian.triage.rules import Wording

LATER = date(2023, 12, 12)


def kept_and_due():
    """What is kept of every matter beside what its rows come to now."""
    made = derive(Matter.objects.order_by("pk").lines())
    return [
        (kept.facts == glance.facts, said.facts == words.facts)
        for (glance, words), kept, said in zip(made, Glance.objects.order_by("pk"), Words.objects.order_by("pk"), strict=True)
    ]


@pytest.fixture
def hands(handler, helper, office, visitor, leader):
    """Whoever makes a move of each role."""
    return {Role.UNIT: handler, Role.OFFICE: office, Role.VISITOR: visitor, Role.LEADER: leader}


@pytest.mark.parametrize("verb", MOVES)
def test_after_every_move_what_is_kept_is_what_the_rows_come_to(assigned, milestone, hands, helper, hire, day, verb):
    office, handler = hands[Role.OFFICE], hands[Role.UNIT]
    before = {
        "uphold": ["object"], "overrule": ["object"], "grant_extension": ["ask_extension"],
        "grant_again": ["ask_extension", "grant_extension", "ask_extension"], "decline_extension": ["ask_extension"],
        "replan": ["accept", "reply", "stage"], "close": ["accept", "reply", "settle", "propose_closing"],
        "propose_closing": ["accept", "reply", "settle"],
    }  # fmt: skip
    if verb == "assign":
        Matter.objects.filter(pk=assigned.pk).update(state=State.OPEN)
        assigned.assignments.update(ended_on=day)
    elif verb not in before and State.ASSIGNED not in MOVES[verb].starts:
        before[verb] = ["accept", "reply"] if State.REPLIED in MOVES[verb].starts else ["accept"]
    for earlier in before.get(verb, []):
        if earlier == "ask_extension" and verb == "grant_again" and assigned.assignment.extensions.exists():
            acts.ask_extension(assigned, until=date(2023, 12, 20), reason="还是雨天", by=handler, on=day)
        else:
            make(earlier, assigned, hands[MOVES[earlier].role], day)
    by = helper if verb == "finish" else hands[MOVES[verb].role]
    make(verb, assigned, by, day)
    assert kept_and_due() == [(True, True)]
    assert Glance.objects.get().state == Matter.objects.get().state
    assert office


def test_the_days_of_many_lights_are_those_of_each_line(accepted, milestone, handler, day):
    acts.reach(accepted, milestone, by=handler, on=date(2023, 12, 1))
    kept = Glance.objects.get()
    found = turnings(accepted.pk, accepted.pk)[accepted.pk]
    assert (found.yellow_from, found.red_from) == (kept.yellow_from, kept.red_from) == (date(2023, 12, 8), date(2023, 12, 8))
    assert turnings(accepted.pk, accepted.pk, "variant-ouhai")[accepted.pk].yellow_from == date.min


@pytest.mark.parametrize("on", [date(2023, 12, 7), date(2023, 12, 8), date(2023, 12, 20), date(2023, 12, 21), date(2024, 6, 1)])
def test_lines_are_filtered_by_the_light_that_each_shows_on_that_day(accepted, milestone, on):
    look_anew([accepted])
    shown = Matter.objects.lines()[0].light(on)
    assert [light for light in Light if Glance.objects.shining(light, on).exists()] == [shown]


def issue_again(plan: Plan, by: Person, on: date) -> Milestone:
    """A second version of the plan copies the step and gives it another day."""
    new = Plan.objects.create(
        round=plan.round, version=2, basis="座谈会", goal="畅通", drafted_on=on, drafted_by=by, issued_on=on, number="2号"
    )
    old = Measure.objects.get(plan=plan)
    measure = Measure.objects.create(plan=new, appeal=old.appeal, text="改画黄线", lead=old.lead)

    @act
    def issue(*, by, on):
        record("taskforce.issue", plan.round, by=by, on=on)

    issue(by=by, on=on)
    return Milestone.objects.create(measure=measure, text="标线完成", starts_on=on, due_on=date(2023, 11, 25))


def test_a_plan_issued_later_is_taken_over_once_and_till_then_the_ledger_knows_it_lags(accepted, milestone, office, clock, day):
    acts.follow(by=clock, on=day)
    assert not behind().exists()
    issue_again(milestone.measure.plan, office, day)
    assert behind().exists()
    assert kept_and_due() == [(False, False)]
    assert (acts.follow(by=clock, on=day), acts.follow(by=clock, on=day)) == (1, 0)
    assert kept_and_due() == [(True, True)]
    assert not behind().exists()
    assert Glance.objects.saying("黄线").exists()


def test_a_step_reached_under_the_old_plan_stays_reached_under_the_new_one(accepted, milestone, handler, office, day):
    acts.reach(accepted, milestone, by=handler, on=day)
    again = issue_again(milestone.measure.plan, office, day)
    line = Matter.objects.lines()[0]
    assert (line.steps, line.open_steps) == ([(again, day)], [])
    assert line.light(date(2023, 12, 1)) is Light.GREEN


def test_an_appeal_reworded_is_found_by_its_new_words(matter, office, clock, day):
    acts.follow(by=clock, on=day)
    wording = Wording(
        title="校门口乱停车", wording="改称学校东侧接送区", category="transport.parking", region="441600", place="东侧"
    )
    triage.reword(matter.appeal, wording, seen=matter.appeal.version, by=office, on=day)
    assert not Glance.objects.saying("接送").exists()
    acts.follow(by=clock, on=day)
    assert Glance.objects.saying("接送").exists()


def test_the_first_time_everything_is_derived_and_only_the_clock_may_do_it(assigned, clock, handler, day):
    Glance.objects.all().delete()
    Words.objects.all().delete()
    assert acts.follow(by=clock, on=day) == 1
    assert Mark.objects.count() == 1
    for verb in (acts.follow, acts.renew, acts.relight):
        with pytest.raises(NotYours):
            verb(by=handler, on=day)


def test_what_was_kept_wrongly_is_put_right_and_named(assigned, clock, day):
    Glance.objects.update(yellow_from=None, state="closed")
    assert acts.relight(by=clock, on=day) == [assigned.number]
    assert acts.relight(by=clock, on=day) == []
    assert look_anew([assigned]) == [f"{assigned.number}: state closed → assigned"]
    assert acts.renew(by=clock, on=day) == 0


def test_a_light_that_can_turn_no_more_is_not_judged_daily(closing, visitor, clock, day):
    Glance.objects.update(yellow_from=None)
    acts.close(closing, ground="回访满意", by=visitor, on=day)
    Glance.objects.update(yellow_from=day)
    assert ledger_jobs.relight(day) == "核对亮灯，改正 0 件"
    assert acts.renew(by=clock, on=day) == 1


def test_the_newest_round_stands_first_and_in_it_the_appeals_by_number():
    lines = [(date(2023, 1, 1), 7, 2), (date(2024, 1, 1), 3, 9), (date(2024, 1, 1), 4, 1), (date(2024, 1, 1), 4, 20)]
    assert sorted(lines, key=lambda line: place(*line)) == [lines[2], lines[3], lines[1], lines[0]]
    assert len({place(*line) for line in lines}) == 4
    assert 0 < place(date(9999, 12, 31), 99_999, 1) < place(date(1, 1, 1), 1, 999_999) < 2**63


SAID = {
    "两字": ("门口", True), "一字": ("停", True), "三字": ("乱停车", True), "编号": ("441600-2023-12", True),
    "单位": ("交警", True), "两词": ("乱停 小学", True), "繁体": ("亂停車", True), "进展": ("护栏进场", True),
    "答复": ("分时放学", True), "措施": ("施划标线", True), "隔开的两对不是三个字": ("口乱车", False),
    "百分号": ("%", False), "下划线": ("_", False), "星号": ("*", False), "引号": ('"', False), "只有标点": ("，。！", False),
    "查无": ("飞机", False), "一有一无": ("乱停 飞机", False), "查询语法": ("乱停 OR 飞机", False),
    "否定语法": ("乱停 NOT 飞机", False), "括号": ("乱停) (", True), "反斜杠": ("\\乱停", True), "空字符": ("乱停\0", True),
}  # fmt: skip


@pytest.fixture
def told(replied, milestone, handler, clock, day):
    """A matter with words in every part of it."""
    acts.progress(replied, text="护栏进场", by=handler, on=day)
    acts.renew(by=clock, on=day)
    return replied


@pytest.mark.parametrize("case", SAID)
def test_what_is_typed_is_found_as_characters_and_never_as_a_command(told, case):
    words, found = SAID[case]
    assert Glance.objects.saying(words).exists() is found


def test_five_hundred_characters_are_asked_as_few_and_a_long_word_still_finds_its_text(told):
    assert not Glance.objects.saying("飞机" * 250).exists()
    with CaptureQueriesContext(connection) as asked:
        assert Glance.objects.saying(told.appeal.wording * 40).count() == 1
    assert len(asked[0]["sql"]) < 2000
    assert Glance.objects.saying(told.appeal.wording).exists()


@pytest.mark.parametrize(
    ("where", "words"), [("asked", "乱停"), ("planned", "标线完成"), ("done", "护栏进场"), ("answered", "商定")]
)
def test_words_are_looked_for_in_one_part_alone(told, where, words):
    for part in ("asked", "planned", "done", "answered"):
        assert Glance.objects.saying(words, part).exists() is (part == where)


@pytest.mark.parametrize("words", ["黄线", "栏", "护栏进场", "乱停 护栏", "接送", "，"])
def test_walked_through_in_order_the_same_lines_are_found(told, words):
    for part in ("", "asked", "planned", "done", "answered"):
        walked = Glance.objects.saying(words, part, walking=True)
        assert list(walked.values_list("pk")) == list(Glance.objects.saying(words, part).values_list("pk"))


def test_a_single_character_of_one_part_is_not_found_in_another(told):
    assert Glance.objects.saying("栏", "done").exists()
    assert not Glance.objects.saying("停", "done").exists()


def test_words_that_are_gone_are_found_no_more(told):
    Words.objects.filter(pk=told.pk).update(done=bigrams("桩已装好"))
    assert not Glance.objects.saying("护栏进场").exists()
    assert Glance.objects.saying("装好").exists()
    Words.objects.filter(pk=told.pk).delete()
    assert not Glance.objects.saying("装好").exists()


def test_one_act_or_none_words_and_rows_stay_together(accepted, handler, day, monkeypatch):
    def stop(*_given, **_named):
        raise RuntimeError("the line after the write")

    monkeypatch.setattr("mianduimian.journal.acts._chain", stop)
    with pytest.raises(RuntimeError):
        acts.reply(accepted, ANSWER, by=handler, on=day)
    assert not Glance.objects.saying("分时放学").exists()


def test_a_person_sees_the_lines_they_see_as_matters(assigned, office, handler, helper, stranger, supervisor, hire):
    for person in (office, handler, helper, stranger, supervisor, hire("office", "longchuan")):
        seen = set(Glance.objects.seen_by(person).values_list("pk", flat=True))
        assert seen == set(Matter.objects.seen_by(person).values_list("pk", flat=True))


def test_what_many_acts_of_one_transaction_change_is_derived_once_at_their_end(assigned, handler, day):
    before = Glance.objects.get().state
    with transaction.atomic(), acts.together():
        acts.accept(assigned, by=handler, on=day)
        assert Glance.objects.get().state == before
    assert Glance.objects.get().state == State.ACCEPTED and kept_and_due() == [(True, True)]


def test_a_block_of_acts_that_fails_leaves_lines_to_be_derived_at_once_again(assigned, handler, day):
    with pytest.raises(ZeroDivisionError), transaction.atomic(), acts.together():
        raise ZeroDivisionError
    acts.accept(assigned, by=handler, on=day)
    assert Glance.objects.get().state == State.ACCEPTED
