"""What the meeting's tests stand on: appeals with voices, a meeting, someone who raises questions."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mianduimian.intake.models import Citizen, Submission
from mianduimian.meeting import acts
from mianduimian.meeting.rules import Planning, Seating
from mianduimian.people.models import Region
from mianduimian.triage.models import Appeal, Part

AT = datetime(2023, 11, 16, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def spoke(round, day):
    """One who spoke: spoke("13800000001") sends something in."""

    def send(phone="", name="张三", confidential=False, agreed=True):
        number = Submission.objects.count() + 1
        citizen = Citizen.objects.create(name=name, phone=phone, phone_index=phone, agreed=agreed)
        return Submission.objects.create(
            round=round,
            channel="hotline",
            source_number=f"RX{number}",
            text=f"学校门口很堵，第{number}次反映。",
            citizen=citizen,
            confidential=confidential,
            received_on=day,
            receipt=f"R{number}",
            content=f"C{number}",
        )

    return send


@pytest.fixture
def appeal(round, unit, office, day, spoke):
    """An appeal that speaks for someone: appeal("校门口停车", voices=3)."""

    def distil(title="校门口乱停车", *, voices=1, by_unit="traffic_police", region="441602", of=None, **said):
        number = Appeal.objects.count() + 1
        made = Appeal.objects.create(
            round=of or round,
            number=number,
            title=title,
            wording=f"{title}，请治理。",
            unit=unit(by_unit) if by_unit else None,
            region=Region.objects.get(pk=region) if region else None,
            made_on=day,
            made_by=office,
        )
        for _voice in range(voices):
            Part.objects.create(submission=spoke(**said), bucket="distilled", appeal=made)
        return made

    return distil


@pytest.fixture
def planned(round, office, day):
    """The meeting of the round, called for the day of the article."""
    return acts.plan(round, Planning("市长", "市会议中心", AT), by=office, on=day)


@pytest.fixture
def asker(planned, office, day):
    """A deputy of the people's congress in the hall."""
    return acts.seat(planned, Seating("npc", "叶景辉", "市人大代表"), by=office, on=day)
