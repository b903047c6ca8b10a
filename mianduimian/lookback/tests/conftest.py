"""What the look-back's tests stand on: a settled matter for which several citizens spoke."""

from datetime import date, datetime
from itertools import count

import pytest
from django.utils.timezone import make_aware

from mianduimian.intake.models import Citizen, Submission
from mianduimian.intake.sealing import blind_index
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Answered as Reply
from mianduimian.ledger.rules import Order
from mianduimian.lookback import acts
from mianduimian.lookback.models import Visit
from mianduimian.lookback.rules import Answered, Checked
from mianduimian.meeting.models import Opinion
from mianduimian.triage.models import Appeal, Part

NUMBERS = count(1)
LATER = date(2023, 12, 8)
TRUE = Checked("true", "到校门口看了早晚两次，护栏已装好。")
GOOD = Answered("5", "yes", contacted=True, reason="来得快。")
BAD = Answered("2", "no", contacted=False, reason="第四天照样停到斑马线上。")
NAME, PHONE = "欧阳翠花", "13800138000"


@pytest.fixture
def speak(round):
    """A citizen speaks for an appeal: speak(appeal), speak(appeal, citizen=None)."""

    def say(appeal: Appeal, citizen: Citizen | None, text: str = "门口太乱") -> Submission:
        number = next(NUMBERS)
        said = Submission.objects.create(
            round=round, channel="hotline", text=text, citizen=citizen, received_on=date(2023, 10, 21),
            receipt=f"L{number}", content=f"l{number}",
        )  # fmt: skip
        Part.objects.create(submission=said, appeal=appeal, bucket="distilled")
        return said

    return say


@pytest.fixture
def born(db):
    """A citizen: born(), born("13900000000"), born("") without a phone."""

    def make(phone: str = PHONE, name: str = NAME, agreed: bool = True) -> Citizen:
        return Citizen.objects.create(name=name, phone=phone, phone_index=blind_index(phone), agreed=agreed)

    return make


@pytest.fixture
def citizen(born) -> Citizen:
    """Somebody with a name and a phone."""
    return born()


@pytest.fixture
def appeal(round, office, day) -> Appeal:
    """An appeal nobody has spoken for yet."""
    return Appeal.objects.create(
        round=round, number=next(NUMBERS), title="校门口乱停车", wording="上下学时段车辆乱停。", made_on=day, made_by=office
    )


@pytest.fixture
def matter(appeal, speak, citizen, unit, office, day) -> Matter:
    """A matter for which one citizen spoke, given to the traffic police; housing assists."""
    speak(appeal, citizen)
    Opinion.objects.create(appeal=appeal, handling="by_a_date", text="整治", lead=unit("traffic_police"),
                           solve_by=date(2024, 3, 1), on=day, by=office)  # fmt: skip
    matter = ledger.open_matter(appeal, by=office, on=day)
    ledger.assign(matter, order=Order("traffic_police", ("housing",), "按期反馈"), by=office, on=day)
    return matter


@pytest.fixture
def reply(handler):
    """The unit signs for the matter and replies: reply(matter), reply(matter, measure="")."""

    def make(matter: Matter, measure: str = "增设护栏", on: date = LATER) -> Matter:
        ledger.accept(matter, by=handler, on=on)
        said = Reply("已到现场。", "已增设护栏，安排人员值守。", "支队长", measure=measure,
                     solve_by=date(2024, 3, 1) if measure else None)  # fmt: skip
        ledger.reply(matter, said, by=handler, on=on)
        return matter

    return make


@pytest.fixture
def settled(matter, reply, office) -> Matter:
    """A matter which unit and task force say is done."""
    return ledger.settle(reply(matter), by=office, on=LATER) and matter


@pytest.fixture
def closing(settled, office) -> Matter:
    """A matter whose closing the first hand has proposed."""
    ledger.propose_closing(settled, by=office, on=LATER)
    return settled


@pytest.fixture
def visit(settled, visitor) -> Visit:
    """The one citizen is to be asked."""
    return acts.plan_visits(settled, by=visitor, on=LATER)[0]


@pytest.fixture
def call(visitor):
    """Try to reach somebody, each time ten minutes later: call(visit, "no_answer")."""
    tries = count()
    return lambda visit, result="no_answer", on=LATER: acts.attempt(
        visit, result=result, at=make_aware(datetime(on.year, on.month, on.day, 10, 10 * next(tries))), by=visitor, on=on
    )


@pytest.fixture
def colleague(hire):
    """A second visitor."""
    return hire("visitor", "xinfangju")


@pytest.fixture
def inside(hire):
    """A visitor who works for the unit that handles the matter."""
    return hire("visitor", "traffic_police")


@pytest.fixture
def closed(closing, visitor) -> Matter:
    """A matter that was verified, asked about and closed by the second hand."""
    acts.verify(closing, TRUE, by=visitor, on=LATER)
    for one in acts.plan_visits(closing, by=visitor, on=LATER):
        acts.answer(one, GOOD, by=visitor, on=LATER)
    acts.close(closing, ground="群众满意", by=visitor, on=LATER)
    return Matter.objects.get(pk=closing.pk)
