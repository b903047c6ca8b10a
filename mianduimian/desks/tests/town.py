"""A small town for the desks' tests: matters in every state and light, written as rows."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from mianduimian.intake.models import Citizen, Submission
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Assignment, Closing, Extension, Matter, Objection, Passed, Reply, Settlement, Staging
from mianduimian.lookback.models import Answer, Attempt, SendBack, Verification, Visit
from mianduimian.meeting.models import Exchange, Meeting, Opinion, Promise, Seat
from mianduimian.outcomes.models import ProblemClass
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.supervision.models import Accountability, Instruction, Notice
from mianduimian.taskforce.models import Measure, Milestone, Plan
from mianduimian.triage.models import Appeal, Part

GIVEN, DUE, TODAY = date(2023, 11, 16), date(2023, 12, 7), date(2023, 12, 11)
PLACES = ("红星小学门口", "建设大道路口", "碧水湾小区", "长途客运站")
WORDS = ("校门口乱停车", "路口逆行", "路面坑洼", "路灯不亮", "占道经营")
LEADS = ("traffic_police", "housing", "education")
FATES = (
    "open", "assigned", "red", "extended", "objected", "replied", "vague",
    "staged", "unhappy", "settled", "ready", "closed", "again",
)  # fmt: skip
STATES = {
    "red": "accepted", "extended": "accepted", "vague": "replied", "unhappy": "settled", "ready": "closing", "again": "accepted",
}  # fmt: skip


@dataclass
class Town:
    """A round, its plan, the hands that wrote the rows, and a number for everything."""

    round: Round
    office: Person
    visitor: Person
    leader: Person
    number: "count[int]" = field(default_factory=lambda: count(1))

    def build(self, size: int, fates: tuple[str, ...] = FATES) -> list[Matter]:
        """So many matters, one fate after another."""
        plan, _made = Plan.objects.get_or_create(
            round=self.round, version=1,
            defaults={
                "basis": "座谈会", "goal": "畅通", "drafted_on": GIVEN, "drafted_by": self.office,
                "issued_on": GIVEN, "number": "1",
            },
        )  # fmt: skip
        made = [self.matter(fates[n % len(fates)], plan) for n in range(size)]
        self.seen()
        return made

    def seen(self) -> None:
        """What rows written by hand come to is derived, as an act would have done."""
        ledger.renew(by=Person.objects.clock(), on=GIVEN)

    def said(self, appeal: Appeal | None = None, bucket: str = "distilled", **more: object) -> Submission:
        """One submission of its own citizen, in a bucket."""
        n = next(self.number)
        citizen = Citizen.objects.create(name=f"王某{n}", phone=f"1380000{n:04d}", phone_index=f"index{n}")
        submission = Submission.objects.create(
            round=self.round, channel="hotline", title=f"来电{n}", text=f"{PLACES[n % 4]}每天都堵，电话13912345678。",
            citizen=citizen, received_on=date(2023, 10, 21), receipt=f"R{n}", content=f"c{n}", source_number=f"H{n}",
        )  # fmt: skip
        Part.objects.create(submission=submission, appeal=appeal, bucket=bucket, **more)
        return submission

    def appeal(self) -> Appeal:
        """An appeal two citizens speak for."""
        n = Appeal.objects.filter(round=self.round).count() + 1
        appeal = Appeal.objects.create(
            round=self.round, number=n, title=f"{PLACES[n % 4]}{WORDS[n % 5]}", wording=f"{PLACES[n % 4]}一带{WORDS[n % 5]}。",
            category="transport.parking", region=self.round.region, place=PLACES[n % 4],
            unit=Unit.objects.get(key=LEADS[n % 3]), made_on=GIVEN, made_by=self.office,
        )  # fmt: skip
        for _n in range(2):
            self.said(appeal)
        return appeal

    def opinion(self, appeal: Appeal) -> Opinion:
        """What was decided on it."""
        return Opinion.objects.create(
            appeal=appeal, handling="by_a_date", text="限时整治", lead=appeal.unit, solve_by=date(2024, 1, 10),
            on=GIVEN, by=self.office,
        )  # fmt: skip

    def matter(self, fate: str, plan: Plan) -> Matter:
        """A matter that had this fate by today."""
        appeal = self.appeal()
        turn = 0 if fate == "open" else 1
        matter = Matter.objects.create(
            appeal=appeal, number=f"河面台{appeal.number:04d}", opinion=self.opinion(appeal), state=STATES.get(fate, fate),
            turn=turn, opened_on=GIVEN, solve_by=date(2024, 1, 10),
        )  # fmt: skip
        if turn:
            given = self.assigned(matter, turn, accepted=fate != "assigned")
            self.planned(matter, plan, missed=fate == "red")
            getattr(self, f"_{fate}", lambda *_given: None)(matter, given)
        return matter

    def assigned(self, matter: Matter, turn: int, *, accepted: bool = True) -> Assignment:
        """Given to the unit its appeal names."""
        signed = {"accepted_on": GIVEN + timedelta(1), "accepted_by": self.office} if accepted else {}
        given = Assignment.objects.create(
            matter=matter, turn=turn, number=f"河面交〔2023〕{next(self.number)}号", lead=matter.appeal.unit,
            requirement="按期反馈", on=GIVEN, by=self.office, reply_due_on=DUE, **signed,
        )  # fmt: skip
        given.assists.set(Unit.objects.filter(key="urban"))
        return given

    def planned(self, matter: Matter, plan: Plan, *, missed: bool) -> None:
        """A measure with one step that was reached or missed, and one still ahead."""
        measure = Measure.objects.create(
            plan=plan, appeal=matter.appeal, text="划线设桩", lead=matter.appeal.unit, leader="分管局长", responsible="大队长"
        )
        first = Milestone.objects.create(measure=measure, text="完成勘查", starts_on=GIVEN, due_on=date(2023, 11, 30))
        Milestone.objects.create(measure=measure, text="完成划线", starts_on=GIVEN, due_on=date(2023, 12, 22))
        if not missed:
            Passed.objects.create(matter=matter, milestone=first, on=date(2023, 11, 29), by=self.office)

    def replied(self, matter: Matter, given: Assignment, *, vague: bool = False) -> None:
        """Its written reply, concrete or not."""
        concrete = {} if vague else {"measure": "增设护栏", "solve_by": date(2023, 12, 30)}
        Reply.objects.create(
            matter=matter, assignment=given, account="已到现场", public="已安排整治，月底前完成。", signed_by="局长",
            on=date(2023, 12, 1), by=self.office, **concrete,
        )  # fmt: skip
        given.replied_on = date(2023, 12, 1)
        given.save()

    def asked(self, matter: Matter, *scales: str) -> None:
        """Visits of this turn: answered with a step of the scale, or tried in vain ("")."""
        parts = Part.objects.filter(appeal=matter.appeal).select_related("submission").order_by("pk")
        for part, scale in zip(parts, scales, strict=False):
            one = part.submission
            visit = Visit.objects.create(
                matter=matter, turn=matter.turn, submission=one, citizen=one.citizen, planned_on=TODAY, planned_by=self.visitor,
                scale=scale,
            )  # fmt: skip
            at = datetime(2023, 12, 8, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
            for _n in range(1 if scale else 3):
                Attempt.objects.create(visit=visit, at=at, result="answered" if scale else "no_answer", by=self.visitor)
            if scale:
                Answer.objects.create(visit=visit, scale=scale, solved="yes", reason="", on=TODAY, by=self.visitor)

    def verified(self, matter: Matter) -> None:
        """Somebody looked: it is so."""
        Verification.objects.create(matter=matter, turn=matter.turn, finding="true", note="属实", on=TODAY, by=self.visitor)

    def _extended(self, matter: Matter, given: Assignment) -> None:
        Assignment.objects.filter(pk=given.pk).update(reply_due_on=date(2023, 12, 20), provisional=True)
        Extension.objects.create(
            assignment=given, was_due_on=DUE, new_due_on=date(2023, 12, 20), reason="等材料", on=GIVEN, by=self.office
        )

    def _objected(self, matter: Matter, given: Assignment) -> None:
        Objection.objects.create(assignment=given, reason="不属我单位职责", on=GIVEN + timedelta(2), by=self.office)

    def _replied(self, matter: Matter, given: Assignment) -> None:
        self.replied(matter, given)

    def _vague(self, matter: Matter, given: Assignment) -> None:
        self.replied(matter, given, vague=True)
        self.verified(matter)

    def _staged(self, matter: Matter, given: Assignment) -> None:
        self.replied(matter, given)
        Staging.objects.create(matter=matter, turn=1, planned_on=TODAY, reason="等雨季过去", on=DUE, by=self.office)

    def _settled(self, matter: Matter, given: Assignment) -> None:
        self.replied(matter, given)
        Settlement.objects.create(matter=matter, turn=matter.turn, on=date(2023, 12, 5), by=self.office)

    def _unhappy(self, matter: Matter, given: Assignment) -> None:
        self._settled(matter, given)
        self.verified(matter)
        self.asked(matter, "5", "1")

    def _ready(self, matter: Matter, given: Assignment) -> None:
        self._settled(matter, given)
        self.verified(matter)
        self.asked(matter, "4", "")
        Closing.objects.create(matter=matter, turn=1, on=DUE, by=self.office)

    def _closed(self, matter: Matter, given: Assignment) -> None:
        self._ready(matter, given)
        Closing.objects.filter(matter=matter).update(closed_on=TODAY, closed_by=self.visitor, ground="群众满意")

    def _again(self, matter: Matter, given: Assignment) -> None:
        self.replied(matter, given)
        given.ended_on = TODAY
        given.save()
        Matter.objects.filter(pk=matter.pk).update(turn=2)
        second = self.assigned(matter, 2)
        SendBack.objects.create(matter=matter, turn=1, grounds=["unsatisfied"], assignment=second, on=TODAY, by=self.visitor)
        Notice.objects.create(
            matter=matter, number=f"河面督{matter.pk}", unit=second.lead, failing="未解决", demand="限期整改",
            due_on=DUE, on=GIVEN, by=self.office,
        )  # fmt: skip
        Instruction.objects.create(matter=matter, text="请抓紧解决", due_on=date(2023, 12, 15), on=TODAY, by=self.leader)
        Accountability.objects.create(
            matter=matter, unit=second.lead, kind="talk", ground="两轮未解决", decision="约谈", on=TODAY, by=self.leader
        )

    def meeting(self) -> Meeting:
        """A meeting held, with a promise on the first appeal."""
        at = datetime(2023, 11, 16, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
        held = Meeting.objects.create(round=self.round, number=12, host="市长", place="会议中心", starts_at=at, held_on=GIVEN)
        seat = Seat.objects.create(meeting=held, kind="npc", name="李代表")
        appeal = Appeal.objects.filter(round=self.round).first() or self.appeal()
        asked = Exchange.objects.create(
            meeting=held, number=1, appeal=appeal, raised_by=seat, question="何时不堵？", answered_by=appeal.unit
        )
        Promise.objects.create(exchange=asked, unit=appeal.unit, text="两周内划好线", due_on=date(2023, 11, 30))
        return held

    def root(self, appeal: Appeal) -> ProblemClass:
        """The root of one appeal, registered."""
        cause = ProblemClass.objects.create(
            name="学校周边停车", root="缺少接送区", remedy="新建学校同步建接送区", owner=appeal.unit, on=TODAY, by=self.office
        )
        cause.appeals.add(appeal)
        return cause
