"""A released round with one matter that four citizens asked for."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mianduimian.intake.models import Citizen, Submission
from mianduimian.ledger.acts import renew
from mianduimian.ledger.models import Assignment, Matter, Reply
from mianduimian.meeting.models import Opinion
from mianduimian.people.models import Person
from mianduimian.publication import acts
from mianduimian.publication.models import Draft
from mianduimian.triage.models import Appeal, Part

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def citizens(db):
    """Three who can be told and one who left no number; names and numbers no page may show."""
    told = [Citizen.objects.create(name=f"伍群众{n}", phone=f"1990000123{n}", phone_index=f"x{n}") for n in range(3)]
    return [*told, Citizen.objects.create(name="匿名赖")]


@pytest.fixture
def submissions(round, citizens, day):
    return [
        Submission.objects.create(
            round=round, channel="web", text=f"学校门口乱停车，电话1990000123{n}", citizen=citizen, received_on=day,
            received_by=None, receipt=f"ABCDEFGH234{n + 5}", content=str(n), said_at=datetime(2023, 10, 21, 8, tzinfo=SHANGHAI),
        )
        for n, citizen in enumerate(citizens)
    ]  # fmt: skip


@pytest.fixture
def appeal(round, submissions, office, day):
    one = Appeal.objects.create(
        round=round,
        number=1,
        title="校门口乱停车",
        wording="请治理校门口乱停车，联系人伍群众0，19900001230",
        made_on=day,
        made_by=office,
    )
    for said in submissions:
        Part.objects.create(submission=said, bucket="distilled", appeal=one)
    return one


@pytest.fixture
def matter(appeal, office, unit, day):
    opinion = Opinion.objects.create(
        appeal=appeal, handling="on_the_ledger", text="纳入台账", lead=unit("traffic_police"), on=day, by=office
    )
    one = Matter.objects.create(appeal=appeal, number="M1", opinion=opinion, state="replied", turn=1, opened_on=day)
    given = Assignment.objects.create(
        matter=one, turn=1, number="河面交〔2023〕1号", lead=unit("traffic_police"), requirement="x", on=day, by=office,
        reply_due_on=day.replace(month=12, day=7), replied_on=day,
    )  # fmt: skip
    Reply.objects.create(
        matter=one,
        assignment=given,
        account="内部情况甲乙丙",
        public="已划线，交警电话19900009999",
        signed_by="局长",
        on=day,
        by=office,
    )
    return one


@pytest.fixture
def second(hire) -> Person:
    """The second hand: another clerk of the task force."""
    return hire("office", name="第二手")


@pytest.fixture
def shown(matter, office, second, clock, day) -> Draft:
    """The matter's words, drafted by one clerk and released by another."""
    renew(by=clock, on=day)
    acts.draft_all(matter.appeal.round, by=office, on=day)
    acts.release_drafts(Draft.objects.waiting().values_list("pk", flat=True), by=second, on=day)
    return Draft.objects.shown().get(matter=matter)


@pytest.fixture
def released(round, office, second, day):
    """The round's page, open to everybody."""
    acts.propose(round, by=office, on=day)
    return acts.release(round, by=second, on=day)


@pytest.fixture
def the_clock(city) -> Person:
    return Person.objects.clock()
