"""What the ledger's tests stand on: an appeal with its opinion, and a matter at each step of its life."""

from datetime import date
from itertools import count

import pytest

from mianduimian.intake.models import Submission
from mianduimian.ledger import acts
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Answered, Order
from mianduimian.meeting.models import Opinion
from mianduimian.taskforce.models import Measure, Milestone, Plan
from mianduimian.triage.models import Appeal, Part

NUMBERS = count(1)
ORDER = Order("traffic_police", ("housing",), "一周内查清，按期书面反馈")
ANSWER = Answered(
    account="已到现场查看三次，与学校商定分时放学。",
    public="已增设护栏并安排民警每日早晚高峰值守，11月30日前完成标线施划。",
    signed_by="支队长",
    measure="增设护栏、施划标线、每日值守",
    solve_by=date(2023, 11, 30),
)


@pytest.fixture
def appeal(round, office):
    """An appeal that speaks for two submissions, the last one secret."""
    number = next(NUMBERS)
    appeal = Appeal.objects.create(
        round=round, number=number, title="校门口乱停车", wording="某小学门口上下学时段车辆乱停，学生绕行。",
        category="交通秩序", region=round.region, place="某小学门口", made_on=date(2023, 11, 1), made_by=office,
    )  # fmt: skip
    for n, words in enumerate(("孩子差点被车撞，我叫王翠花", "堵得走不动")):
        submission = Submission.objects.create(
            round=round, channel=("hotline", "web")[n], text=words, received_on=date(2023, 10, 21),
            receipt=f"R{number}-{n}", content=f"{number}-{n}",
        )  # fmt: skip
        Part.objects.create(submission=submission, appeal=appeal, bucket="distilled")
    return appeal


@pytest.fixture
def opinion(appeal, unit, office):
    """Its handling opinion: the traffic police lead, housing assists."""
    opinion = Opinion.objects.create(
        appeal=appeal, handling="by_a_date", text="由市交警支队牵头整治", lead=unit("traffic_police"),
        solve_by=date(2023, 12, 20), on=date(2023, 11, 16), by=office,
    )  # fmt: skip
    opinion.assists.set([unit("housing")])
    return opinion


@pytest.fixture
def helper(hire):
    """A handler of the assisting unit."""
    return hire("unit", "housing")


@pytest.fixture
def stranger(hire):
    """A handler of a unit that has nothing to do with it."""
    return hire("unit", "education")


@pytest.fixture
def milestone(appeal, round, unit, office, day):
    """A step of the issued work plan for this appeal."""
    plan = Plan.objects.create(
        round=round, version=1, basis="座谈会", goal="畅通", drafted_on=day, drafted_by=office, issued_on=day, number="1号"
    )
    measure = Measure.objects.create(
        plan=plan, appeal=appeal, text="施划标线", lead=unit("traffic_police"), leader="支队领导", responsible="大队长"
    )
    return Milestone.objects.create(measure=measure, text="标线完成", starts_on=day, due_on=date(2023, 11, 30))


@pytest.fixture
def matter(opinion, office, day) -> Matter:
    """A matter entered on the ledger."""
    return acts.open_matter(opinion.appeal, by=office, on=day)


@pytest.fixture
def assigned(matter, office, day) -> Matter:
    """A matter given to the traffic police."""
    acts.assign(matter, by=office, on=day)
    return matter


@pytest.fixture
def accepted(assigned, handler, day) -> Matter:
    """A matter signed for."""
    return acts.accept(assigned, by=handler, on=day)


@pytest.fixture
def replied(accepted, handler, day) -> Matter:
    """A matter with a concrete written reply."""
    acts.reply(accepted, ANSWER, by=handler, on=day)
    return accepted


@pytest.fixture
def settled(replied, office, day) -> Matter:
    """A matter which the task force agrees is done."""
    acts.settle(replied, by=office, on=day)
    return replied


@pytest.fixture
def closing(settled, office, day) -> Matter:
    """A matter proposed for closing."""
    acts.propose_closing(settled, by=office, on=day)
    return settled


def more(opinion: Opinion, office, day: date, n: int) -> None:
    """Give so many matters more, whose voice is that of this opinion's appeal."""
    for number in range(n):
        appeal = Appeal.objects.create(
            round=opinion.appeal.round, number=900 + number, title=f"其他{number}", wording="路灯不亮",
            made_on=day, made_by=office,
        )  # fmt: skip
        source = opinion.appeal.parts.first().submission
        Part.objects.create(submission=source, number=900 + number, text="路灯", appeal=appeal, bucket="distilled")
        Opinion.objects.create(appeal=appeal, handling="on_the_ledger", text="修好", lead=opinion.lead, on=day, by=office)
        acts.assign(acts.open_matter(appeal, by=office, on=day), by=office, on=day)
