"""What supervision's tests stand on: matters given to units, at any step of their life."""

from datetime import date
from itertools import count

import pytest

from mianduimian.intake.models import Submission
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Answered, Order
from mianduimian.meeting.models import Opinion
from mianduimian.supervision.rules import Demand
from mianduimian.triage.models import Appeal, Part

NUMBERS = count(1)
DEMAND = Demand("书面反馈逾期未交，经催办仍未答复。", "五个工作日内书面反馈，明确措施、时限和责任人。")


def answered(solve_by: date | None = date(2024, 3, 1)) -> Answered:
    """A concrete written reply."""
    return Answered("已到现场查看。", "已增设护栏，年前完成标线施划。", "支队长", measure="增设护栏", solve_by=solve_by)


@pytest.fixture
def give(round, unit, office, day):
    """Enter a matter and give it to a unit: give("traffic_police", assists=("housing",))."""

    def make(lead: str = "traffic_police", assists: tuple[str, ...] = (), on: date = day) -> Matter:
        number = next(NUMBERS)
        appeal = Appeal.objects.create(
            round=round, number=number, title="校门口乱停车", wording="上下学时段车辆乱停。", made_on=day, made_by=office
        )
        submission = Submission.objects.create(
            round=round, channel="web", text="堵得走不动", received_on=day, receipt=f"S{number}", content=f"s{number}"
        )
        Part.objects.create(submission=submission, appeal=appeal, bucket="distilled")
        Opinion.objects.create(appeal=appeal, handling="by_a_date", text="牵头整治", lead=unit(lead), solve_by=date(2024, 3, 1),
                               on=day, by=office)  # fmt: skip
        matter = ledger.open_matter(appeal, by=office, on=on)
        ledger.assign(matter, order=Order(lead, assists, "按期书面反馈"), by=office, on=on)
        return matter

    return make


@pytest.fixture
def matter(give) -> Matter:
    """A matter which the traffic police leads and housing assists."""
    return give("traffic_police", ("housing",))


@pytest.fixture
def helper(hire):
    """A handler of the assisting unit."""
    return hire("unit", "housing")


@pytest.fixture
def stranger(hire):
    """A handler of a unit that has nothing to do with it."""
    return hire("unit", "education")


@pytest.fixture
def reply(handler, day):
    """Sign for a matter and reply to it on a day."""

    def make(matter: Matter, on: date = day, by=handler) -> Matter:
        ledger.accept(matter, by=by, on=on)
        ledger.reply(matter, answered(), by=by, on=on)
        return matter

    return make
