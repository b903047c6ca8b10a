"""The article, told as one test: from the public call to the proof of outcome, with names and days as they were.

2023-11-16, 河源: the mayor meets citizens on 道路安全与交通秩序. The day of the meeting, the fifteen working days and the five
standing offices are the article's; the citizens, their words and what became of them are made up.
"""

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from mianduimian.intake import acts as intake
from mianduimian.intake.rules import Said
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Answered, Light, Order, Proof, State
from mianduimian.lookback import acts as lookback
from mianduimian.lookback.models import Visit
from mianduimian.lookback.rules import Answered as Judged
from mianduimian.lookback.rules import Checked
from mianduimian.meeting import acts as meeting
from mianduimian.meeting.rules import Decided, Planning, Promised, Seating, Spoken
from mianduimian.outcomes import acts as outcomes
from mianduimian.outcomes.models import HotlineCount, shares
from mianduimian.outcomes.rules import Cause, signed, so_far
from mianduimian.people.models import Person
from mianduimian.publication import acts as publication
from mianduimian.publication import jobs
from mianduimian.publication.models import Draft, Message
from mianduimian.publication.passages import stories
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation import acts as solicitation
from mianduimian.solicitation.rules import Notice, Opening
from mianduimian.supervision import acts as supervision
from mianduimian.supervision.models import Notice as SupervisionNotice
from mianduimian.supervision.models import Reminder
from mianduimian.supervision.rules import Demand, Sanction
from mianduimian.taskforce import acts as taskforce
from mianduimian.triage import acts as triage
from mianduimian.triage.models import Part, funnel
from mianduimian.triage.rules import Wording

SHANGHAI = ZoneInfo("Asia/Shanghai")
MET = date(2023, 11, 16)
PHONES = count(19900000000)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def say(round, text, *, name="", channel="phone", by, on):
    """One citizen says one thing."""
    said = Said(channel=channel, title="", text=text, name=name, phone=str(next(PHONES)) if name else "")
    return intake.receive(round, said, by=by, on=on)[0]


def parts_of(*submissions):
    return list(Part.objects.filter(submission__in=submissions))


def concrete(text, solve_by):
    return Answered(account=f"{text}。经办人已到现场。", public=text, signed_by="支队长", measure=text, solve_by=solve_by)


def at(day, hour):
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def told(submission):
    return [step.what for story in stories(submission) for step in story.steps]


@pytest.fixture
def people(hire):
    """Who acts in the story, by what they do."""
    return {
        "office": hire("office", "shifuban", "专班小陈"),
        "second": hire("office", "zhengshuju", "专班小李"),
        "police": hire("unit", "traffic_police", "支队老张"),
        "urban": hire("unit", "urban", "城管小黄"),
        "supervisor": hire("supervisor", "supervision_office", "督查小何"),
        "visitor": hire("visitor", "xinfangju", "回访小吴"),
        "mayor": hire("leader", "shifuban", "市长"),
    }


def test_the_article(people, clock, city, unit, django_capture_on_commit_callbacks):
    office, police, urban = people["office"], people["police"], people["urban"]
    supervisor, visitor, mayor = people["supervisor"], people["visitor"], people["mayor"]

    # 急难愁盼 群众自己来“点菜”: a round on one focus is opened and called for, 公开征集
    opening = Opening("道路安全与交通秩序", "travel", "441600", "市长", "shifuban")
    round = solicitation.open_round(opening, by=office, on=date(2023, 10, 16))
    notice = Notice(date(2023, 10, 18), date(2023, 10, 25), "市区及各县区的道路安全与交通秩序", ["hotline", "web", "phone"])
    call = solicitation.issue_call(round, notice, by=office, on=date(2023, 10, 17))
    assert call.number == "河面征〔2023〕1号"

    # 专班共收集群众反映…: what citizens say is taken in, in their own words; the same twice adds nothing
    heard = date(2023, 10, 20)
    parking = [
        say(round, f"实验学校门口放学时乱停乱放，车都走不动，第{n}次说了", name=f"家长{n}号", by=office, on=heard)
        for n in range(4)
    ]
    wrongway = say(round, "建设大道路口常有车图方便直接逆行", name="伍先生", by=office, on=heard)
    garden = say(round, "小区旁空地被种了菜，施肥很臭", name="何女士", by=office, on=heard)
    rant = say(round, "啊啊啊啊气死了", by=office, on=heard)
    court = say(round, "我那起车祸官司法院还没判", name="黎先生", by=office, on=heard)
    assert say(round, "啊啊啊啊气死了", by=office, on=heard) == rant
    assert funnel(round).collected == 8

    # 经过梳理总结，具有代表性的有效诉求: distilled into representative appeals, every submission in exactly one bucket
    sorting = date(2023, 10, 30)
    triage.take_up(round, by=office, on=sorting)
    wording = Wording(
        "实验学校门口乱停乱放",
        "请整治实验学校门口上下学时段乱停乱放。",
        "transport.school",
        "441602",
        "实验学校",
        "traffic_police",
    )
    school = triage.distil(parts_of(*parking), wording, by=office, on=sorting)
    wording = Wording("建设大道路口逆行", "请整治建设大道路口车辆逆行。", "transport.wrongway", "441602", "建设大道路口", "urban")
    lane = triage.distil(parts_of(wrongway), wording, by=office, on=sorting)
    wording = Wording("空地种菜异味", "请清理小区旁空地。", "urban", "441602", "小区旁空地", "urban")
    plot = triage.distil(parts_of(garden), wording, by=office, on=sorting)
    triage.set_aside(parts_of(rant), bucket="invalid", reason="no_fact", by=office, on=sorting)
    triage.set_aside(parts_of(court), bucket="elsewhere", reason="court", by=office, on=sorting)
    made = funnel(round)
    assert (made.collected, made.appeals) == (8, 3)
    assert sum(made.parts.values()) == 8
    assert made.parts["undecided"] == 0

    # 一次会议破一题: leaders, citizens, deputies and departments face to face; 群众说问题、提建议，部门找原因、谈整改
    planned = Planning("市长", "市会议中心", at(MET, 9))
    hall = meeting.plan(round, planned, by=office, on=date(2023, 11, 6))
    speaker = meeting.seat(hall, Seating("citizen", "伍先生", submission=wrongway.pk), by=office, on=date(2023, 11, 8))
    deputy = meeting.seat(hall, Seating("npc", "人大代表"), by=office, on=date(2023, 11, 8))
    meeting.seat(hall, Seating("unit", "支队长", unit="traffic_police"), by=office, on=date(2023, 11, 8))
    meeting.put_on_agenda(hall, [lane, school], by=office, on=date(2023, 11, 9))
    meeting.hold(hall, by=office, on=MET)
    spoken = Spoken(
        speaker.pk, "路口逆行怎么管？", "traffic_police", lane.pk, "支队长", "缺隔离和抓拍", "增设隔离栏和抓拍", "回应很具体"
    )
    answered = meeting.exchange(hall, spoken, promised=Promised("十二月底前装好隔离栏", date(2023, 12, 29)), by=office, on=MET)
    idea = meeting.suggest(hall, seat=deputy, text="在校门口设即停即走区", by=office, on=MET)
    meeting.adopt(idea, adopted=True, why="可行，纳入工作方案", by=office, on=MET)
    decided = Decided("by_a_date", "装隔离栏和抓拍", "urban", ("traffic_police",), date(2023, 12, 29))
    meeting.opine(lane, decided, exchange=answered, by=office, on=MET)
    meeting.opine(
        school, Decided("on_the_ledger", "上下学时段专人疏导，划即停即走区", "traffic_police", ("education",)), by=office, on=MET
    )
    meeting.opine(plot, Decided("on_the_ledger", "清理空地并复绿", "urban"), by=office, on=MET)

    # 5+N“面对面”工作专班 and the work plan: 明确时间表和路线图
    members = taskforce.form(round, units=[unit("traffic_police"), unit("urban")], by=office, on=MET)
    assert [member.unit.short for member in members[:5]] == ["市委办", "市府办", "市委宣传部", "市信访局", "市政数局"]
    plan = taskforce.draft(round, basis="座谈会办理意见", goal="件件有着落", by=office, on=MET)
    taskforce.issue(plan, by=office, on=MET)

    # “台账式”管理，首接责任制，15个工作日内书面反馈
    matters = {appeal: ledger.open_matter(appeal, by=office, on=MET) for appeal in (school, lane, plot)}
    for matter in matters.values():
        ledger.assign(matter, by=office, on=MET)
    assert {given.reply_due_on for matter in matters.values() for given in matter.assignments.all()} == {date(2023, 12, 7)}
    at_school, at_lane, at_plot = (Matter.objects.get(appeal=appeal) for appeal in (school, lane, plot))

    # the first receiver may object once, in time, with reasons; it may not pass the matter on
    ledger.object(at_lane, reason="隔离栏和抓拍属交警职责", by=urban, on=date(2023, 11, 20))
    other = Order("traffic_police", ("urban",), "接续办理")
    ledger.uphold(at_lane, other, why="属实", by=office, on=date(2023, 11, 21))
    assert Matter.objects.get(pk=at_lane.pk).assignment.reply_due_on == date(2023, 12, 12)
    ledger.accept(at_school, by=police, on=date(2023, 11, 22))
    ledger.accept(at_lane, by=police, on=date(2023, 11, 22))
    ledger.object(at_plot, reason="空地权属不清", by=urban, on=date(2023, 11, 22))
    ledger.overrule(at_plot, why="首接责任，会同源城区办理", by=office, on=date(2023, 11, 23))
    with pytest.raises(Refused, match="不得退回"):
        ledger.object(at_plot, reason="再退一次", by=urban, on=date(2023, 11, 23))

    # a unit answers for itself and never judges itself, nor sees who complained
    with pytest.raises(NotYours):
        ledger.settle(at_school, note="我们说办完了", by=police, on=date(2023, 11, 23))
    assert not police.may("intake.see")

    ledger.reply(
        at_school,
        Answered("已转有关股室研究。", "您反映的问题我们高度重视，正在研究。", "支队长"),
        by=police,
        on=date(2023, 12, 1),
    )
    ledger.settle(at_school, note="同意", by=office, on=date(2023, 12, 4))
    ledger.reply(at_lane, concrete("路口隔离栏十二月二十日前装好", date(2023, 12, 20)), by=police, on=date(2023, 12, 8))
    ledger.settle(at_lane, note="同意", by=office, on=date(2023, 12, 21))

    # 动态跟踪督办: reminders once a stage, a notice, the mayor's word, and 问责
    supervision.remind(by=clock, on=date(2023, 12, 5))
    supervision.remind(by=clock, on=date(2023, 12, 5))
    supervision.remind(by=clock, on=date(2023, 12, 8))
    assert list(Reminder.objects.order_by("pk").values_list("assignment__matter", "stage")) == [
        (at_plot.pk, "due_soon"),
        (at_plot.pk, "overdue"),
    ]
    late = Matter.objects.filter(pk=at_plot.pk).lines()[0]
    assert late.light(date(2023, 12, 8)) == Light.YELLOW
    paper = supervision.notify(at_plot, Demand("逾期未书面反馈", "三日内反馈"), by=supervisor, on=date(2023, 12, 8))
    supervision.instruct(at_plot, text="请源城区会同城管限期清理。", due_on=date(2023, 12, 15), by=mayor, on=date(2023, 12, 9))
    supervision.account(at_plot, Sanction("urban", "talk", "逾期未反馈", "约谈分管负责人"), by=supervisor, on=date(2023, 12, 11))
    reply = concrete("已清理菜地2000多平方米并复绿", date(2023, 12, 13))
    ledger.reply(at_plot, reply, by=urban, on=date(2023, 12, 12))
    ledger.evidence(at_plot, Proof("清理后.png", PIXEL, "after", 2000, "平方米", "小区旁空地"), by=urban, on=date(2023, 12, 12))
    supervision.answer(paper, text="已清理", by=urban, on=date(2023, 12, 12))
    assert SupervisionNotice.objects.get().answered_on == date(2023, 12, 12)
    assert Matter.objects.get(pk=at_plot.pk).replies.get().late
    ledger.settle(at_plot, note="现场看过", by=office, on=date(2023, 12, 14))

    # “回头看”和满意度回访: verified by somebody else, every citizen asked, 群众满意才“收兵”
    look = date(2023, 12, 22)
    for matter in (at_school, at_lane, at_plot):
        lookback.verify(matter, Checked("true", "到现场看过"), by=visitor, on=look)
        lookback.plan_visits(matter, by=visitor, on=look)
    assert Visit.objects.filter(matter=at_school).count() == 4
    first, *others = Visit.objects.filter(matter=at_school)
    lookback.answer(first, Judged("1", "no", False, "天天还是堵"), by=visitor, on=look)
    for visit in others:
        lookback.answer(visit, Judged("3", "partly"), by=visitor, on=look)
    ledger.propose_closing(at_school, note="拟销号", by=office, on=look)
    with pytest.raises(Refused, match="不能销号"):
        lookback.close(at_school, ground="", by=visitor, on=look)

    # 筛选出群众评价不满意、未明确解决措施的事项，重新交办、督办，并向群众反馈办理进度
    back = lookback.send_back(at_school, why="群众不满意，答复无措施", by=visitor, on=date(2023, 12, 25))
    assert back.grounds == ["unsatisfied", "no_measure"]
    again = Matter.objects.get(pk=at_school.pk)
    assert (again.turn, again.state, again.assignment.reply_due_on) == (2, State.ASSIGNED, date(2024, 1, 16))
    ledger.accept(again, by=police, on=date(2023, 12, 26))
    ledger.reply(again, concrete("即停即走区已划好，护学岗每天两次", date(2024, 1, 5)), by=police, on=date(2024, 1, 5))
    ledger.settle(again, note="已见成效", by=office, on=date(2024, 1, 8))
    lookback.verify(again, Checked("true", "上下学各看一次"), by=visitor, on=date(2024, 1, 9))
    for visit in lookback.plan_visits(again, by=visitor, on=date(2024, 1, 9)):
        lookback.answer(visit, Judged("5", "yes", True), by=visitor, on=date(2024, 1, 10))

    # the lane's citizen cannot be reached: three attempts are recorded, and he is not counted as satisfied
    (silent,) = Visit.objects.filter(matter=at_lane)
    for hour in (9, 12, 19):
        lookback.attempt(silent, result="no_answer", at=at(look, hour), by=visitor, on=look)
    (pleased,) = Visit.objects.filter(matter=at_plot)
    lookback.answer(pleased, Judged("4", "yes"), by=visitor, on=look)

    # 销号 in two hands
    closing = date(2024, 1, 11)
    for matter in (again, at_lane, at_plot):
        ledger.propose_closing(matter, note="核查、回访齐全", by=office, on=closing)
        with pytest.raises(NotYours):
            lookback.close(matter, ground="我自己销", by=office, on=closing)
        lookback.close(matter, ground="核查属实，回访有记录", by=visitor, on=closing)
    assert set(Matter.objects.of(round).values_list("state", flat=True)) == {State.CLOSED}

    # everybody who spoke is told each step once, also those whose words were merged into another's
    publication.propose(round, by=office, on=closing)
    with pytest.raises(Refused, match="第二个人"):
        publication.release(round, by=office, on=closing)
    publication.release(round, by=people["second"], on=closing)
    publication.draft_all(round, by=office, on=closing)
    publication.release_drafts(Draft.objects.waiting().values_list("pk", flat=True), by=people["second"], on=closing)
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.tell(closing).startswith("发出 ")
        assert jobs.tell(closing) == "发出 0"
    for submission in parking:
        steps = list(Message.objects.filter(submission=submission).order_by("pk").values_list("step", flat=True))
        turn = ["replied", "settled", "asked"]
        assert steps == ["received", "merged", "assigned", *turn, "sent_back", *turn, "closed"]
        assert told(submission)[-1].startswith("销号")
    assert "转其他渠道办理" in told(court)
    assert "未列为有效诉求" in told(rant)

    # 从一个问题解决向一类问题解决，从具体问题向根源; and the hotline's figures prove it
    cause = Cause("校门口乱停乱放", "没有即停即走区", "新建改建学校须同步设置即停即走区", "education")
    outcomes.register(cause, [school], by=office, on=closing)
    for year, calls in ((2022, 10_000), (2023, 8_063)):
        outcomes.count(city, {"travel": calls}, month=date(year, 12, 1), source="热线月报", by=office, on=closing)
    assert signed(so_far(HotlineCount.objects.of(city).by_theme()["travel"])[3]) == "−19.37%"
    figures = {share.figure.value: (share.part, share.whole) for share in shares(round, closing)}
    assert figures == {"settled": (3, 3), "on_time": (3, 4), "satisfied": (5, 5), "coverage": (5, 6), "back": (1, 3)}

    # every act is journalled, and nobody rewrote history
    assert journal.verify() is None
    verbs = [line.verb for line in Line.objects.of(again)]
    assert verbs.count("ledger.reply") == 2
    assert Person.objects.clock().name in set(Line.objects.values_list("actor_name", flat=True))
