"""Many matters in bulk: rounds, appeals, units, measures, replies and visits as rows, everything derived by the house itself."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

FIRST_DAY = date(2021, 10, 8)
TODAY = date(2026, 11, 20)
A_ROUND = 355
SIZE = 5_000
STATES = ["assigned", "accepted", "accepted", "objected", "replied", "staged", "settled", "closing", *["closed"] * 12]
CHANNELS = ["hotline", "hotline", "hotline", "letter", "visit", "phone", "deputy", "wechat", "web"]
NEWS = ["已到现场查看", "正在做设计", "已列入下月计划", "材料已到场", "施工队已进场", "标线已复划", "等雨停后铺油", "已商定"]
DONE_FROM = {"replied", "staged", "settled", "closing", "closed"}
AGREED = {"settled", "closing", "closed"}


def problems() -> list[dict]:
    """The problems of the sample, as their own files tell them."""
    folder = Path(__file__).parents[2] / "mianduimian" / "sample" / "problems"
    return [problem for path in sorted(folder.glob("*.toml")) for problem in _flat(tomllib.loads(path.read_text("utf-8")))]


def _flat(table: dict) -> Iterator[dict]:
    for value in table.values():
        if isinstance(value, dict) and "wording" in value:
            yield value
        elif isinstance(value, dict):
            yield from _flat(value)


def places() -> list[str]:
    """Names made of two lists: enough of them that a word of two characters is now rare, now everywhere."""
    heads = "碧桥 南堤 雁塔 东埔 上城 源西 新江 高埔 埔前 黄村 蓝口 柳城 义合 仙塘 灯塔 顺天 船塘 骆湖 曾田 锡场 新港".split()
    tails = "小学 中学 路口 市场 医院 小区 大桥 车站 广场 新村 花园 公园 菜场 码头 幼儿园 工业园 文化站".split()
    return [f"{head}{tail}{side}" for head in heads for tail in tails for side in ("", "东侧", "西门", "南边", "北面")]


class Maker:
    """Makes so many matters, so many a round, from a first day on; the same numbers give the same rows."""

    def __init__(self, size: int, a_round: int = A_ROUND, first: date = FIRST_DAY) -> None:
        from mianduimian.people import acts as people
        from mianduimian.people.models import Person, Post, Region, Unit

        self.size, self.dice, self.a_round, self.first = size, Random(355), a_round, first
        clock = people.found(on=FIRST_DAY)
        people.load_city(by=clock, on=FIRST_DAY)
        self.units = list(Unit.objects.filter(kind="department"))
        self.regions = list(Region.objects.filter(level="town"))
        self.counties = list(Region.objects.exclude(level="town"))
        self.people = {}
        seats = {"office": "shifuban", "unit": self.units[0].key, "supervisor": "supervision_office", "leader": "shiweiban"}
        for role, key in seats.items():
            who = Person.objects.create(username=f"bench-{role}", name=f"{role}", joined_on=FIRST_DAY)
            Post.objects.create(person=who, unit=Unit.objects.get(key=key), role=role, since=FIRST_DAY)
            self.people[role] = who
        self.by = self.people["office"]
        self.problems, self.places = problems(), places()

    def rounds(self) -> list:
        """As many rounds as it takes, of the city and its counties."""
        from mianduimian.people.models import Unit
        from mianduimian.solicitation.models import Round

        count = -(-self.size // self.a_round)
        every = (TODAY - self.first).days / count
        office, made = Unit.objects.get(key="shifuban"), []
        for n in range(count):
            opened, region = self.first + timedelta(int(n * every)), self.counties[n % len(self.counties)]
            made.append(
                Round(
                    code=f"{region.pk}-{opened.year}-{n}", number=n, year=opened.year, focus=f"第{n}期焦点", theme="travel",
                    level=region.level, region=region, host="市长", office=office, rulebook="heyuan-2.0", opened_on=opened,
                    opened_by=self.by, ended_on=opened + timedelta(120),
                )
            )  # fmt: skip
        return Round.objects.bulk_create(made)

    def make(self) -> Iterator[str]:
        """Everything, step by step; each step says what it made."""
        rounds = self.rounds()
        yield f"{len(rounds)} rounds"
        appeals = list(self._appeals(rounds))
        yield f"{len(appeals)} appeals"
        yield f"{self._voices(appeals)} submissions"
        matters = self._matters(appeals)
        yield f"{len(matters)} matters"
        self._plans(rounds, matters)
        yield "plans"
        self._handled(matters)
        yield "replies, progress, settlements, closings, visits"

    def _appeals(self, rounds: list) -> Iterator:
        from mianduimian.triage.models import Appeal

        def one(n: int):
            problem, place = self.dice.choice(self.problems), self.dice.choice(self.places)
            round = rounds[n // self.a_round]
            wording = problem["wording"].replace("{P}", place).replace("{S}", self.dice.choice(NEWS))
            return Appeal(
                round=round, number=n % self.a_round + 1, title=f"{place}{problem['title']}"[:120], wording=wording,
                category=problem["category"], region=self.dice.choice(self.regions), place=place,
                unit=self.dice.choice(self.units), made_on=round.opened_on, made_by=self.by, fixed_on=round.opened_on,
            )  # fmt: skip

        yield from self._bulk(Appeal, (one(n) for n in range(self.size)))

    def _bulk(self, model: type, rows: Iterator) -> Iterator:
        while batch := list(islice(rows, SIZE)):
            yield from model.objects.bulk_create(batch)

    def _voices(self, appeals: list) -> int:
        from mianduimian.intake.models import Citizen, Submission
        from mianduimian.triage.models import Part

        pairs = [(appeal, n) for appeal in appeals for n in range(self.dice.choice((1, 1, 2, 3)))]
        citizens = self._bulk(Citizen, (Citizen(phone_index=f"index{n}") for n in range(len(pairs))))
        rows = (
            Submission(
                round=appeal.round, channel=self.dice.choice(CHANNELS), text=appeal.title, received_on=appeal.made_on,
                receipt=f"R{appeal.pk}-{n}", content=f"{appeal.pk}-{n}", citizen=citizen,
            )
            for (appeal, n), citizen in zip(pairs, citizens, strict=True)
        )  # fmt: skip
        submissions = self._bulk(Submission, rows)
        told = zip(submissions, pairs, strict=True)
        parts = (Part(submission=said, appeal=appeal, bucket="distilled") for said, (appeal, _n) in told)
        return sum(1 for _part in self._bulk(Part, parts))

    def _matters(self, appeals: list) -> list:
        from mianduimian.ledger.models import Matter
        from mianduimian.meeting.models import Opinion

        given = [appeal.round.opened_on + timedelta(30) for appeal in appeals]
        opinions = self._bulk(
            Opinion,
            (
                Opinion(
                    appeal=appeal, handling="by_a_date", text="限时整治", lead=appeal.unit, solve_by=on + timedelta(60),
                    on=on, by=self.by,
                )
                for appeal, on in zip(appeals, given, strict=True)
            ),
        )  # fmt: skip
        rows = (
            Matter(
                appeal=appeal, number=f"{appeal.round.code}-{appeal.number:04d}", opinion=opinion,
                state=self.dice.choice(STATES), turn=self.dice.choice((1,) * 12 + (2,)), opened_on=on,
                solve_by=on + timedelta(60),
            )
            for appeal, opinion, on in zip(appeals, opinions, given, strict=True)
        )  # fmt: skip
        return list(self._bulk(Matter, rows))

    def _plans(self, rounds: list, matters: list) -> None:
        from mianduimian.taskforce.models import Measure, Milestone, Plan

        plans = {
            plan.round_id: plan
            for plan in Plan.objects.bulk_create(
                Plan(
                    round=round, version=1, basis="座谈会", goal="畅通", drafted_on=round.opened_on, drafted_by=self.by,
                    issued_on=round.opened_on, number=f"{round.pk}",
                )
                for round in rounds
            )
        }  # fmt: skip
        rows = (
            Measure(
                plan=plans[matter.appeal.round_id], appeal=matter.appeal, text=f"{matter.appeal.place}{self.dice.choice(NEWS)}",
                lead=matter.appeal.unit, leader=f"李局长{matter.pk % 40}", responsible=f"王队长{matter.pk % 90}",
            )
            for matter in matters
        )  # fmt: skip
        measures = self._bulk(Measure, rows)
        steps = (
            Milestone(measure=measure, text=text, starts_on=matter.opened_on, due_on=matter.opened_on + timedelta(days))
            for measure, matter in zip(measures, matters, strict=True)
            for text, days in (("完成勘查", 14), ("完成施工", 45))
        )
        self.steps = list(self._bulk(Milestone, steps))

    def _handled(self, matters: list) -> None:
        from mianduimian.ledger.models import Assignment, Closing, Passed, Progress, Reply, Settlement

        assignments = self._bulk(Assignment, (self._assignment(matter) for matter in matters))
        pairs = list(zip(matters, assignments, strict=True))
        through = Assignment.assists.through
        helping = (through(assignment_id=given.pk, unit_id=self.dice.choice(self.units[1:]).pk) for _m, given in pairs)
        rows = {
            through: helping,
            Progress: (
                Progress(matter=matter, text=self.dice.choice(NEWS), on=given.on + timedelta(7), by=self.by)
                for matter, given in pairs
            ),
            Reply: (self._reply(matter, given) for matter, given in pairs if matter.state in DONE_FROM),
            Passed: (
                Passed(matter=matter, milestone=step, on=step.due_on + timedelta(self.dice.choice((-2, -1, 0, 0, 3))), by=self.by)
                for n, step in enumerate(self.steps)
                if (matter := matters[n // 2]).state in AGREED or (n % 2 == 0 and matter.state in DONE_FROM)
            ),
            Settlement: (
                Settlement(matter=m, turn=m.turn, on=g.on + timedelta(self.dice.randrange(30, 70)), by=self.by)
                for m, g in pairs
                if m.state in AGREED
            ),
            Closing: (
                Closing(
                    matter=m, turn=m.turn, on=g.on + timedelta(80), by=self.by, closed_on=g.on + timedelta(90),
                    closed_by=self.people["supervisor"],
                )
                for m, g in pairs
                if m.state == "closed"
            ),
        }  # fmt: skip
        for model, made in rows.items():
            for _row in self._bulk(model, made):
                pass
        self._visited(matters)

    def _assignment(self, matter):
        from mianduimian.ledger.models import Assignment

        on = matter.opened_on
        answered = on + timedelta(self.dice.randrange(8, 25)) if matter.state in DONE_FROM else None
        return Assignment(
            matter=matter, turn=matter.turn, number=f"交{matter.pk}", lead=matter.appeal.unit, requirement="按期反馈", on=on,
            by=self.by, reply_due_on=on + timedelta(21), replied_on=answered,
        )  # fmt: skip

    def _reply(self, matter, given):
        from mianduimian.ledger.models import Reply

        solved = matter.state in AGREED
        return Reply(
            matter=matter, assignment=given, account=self.dice.choice(NEWS),
            public=f"{matter.appeal.place}问题{self.dice.choice(NEWS)}。",
            measure="增设护栏、施划标线", signed_by="局长", solved=solved, on=given.replied_on, by=self.by,
        )  # fmt: skip

    def _visited(self, matters: list) -> None:
        from django.db.models import OuterRef, Subquery

        from mianduimian.lookback.models import Answer, Visit
        from mianduimian.triage.models import Part

        settled = {matter.appeal_id: matter for matter in matters if matter.state in AGREED}
        said = Part.objects.order_by("pk").values_list("appeal", "submission", "submission__citizen")
        rows = (
            Visit(
                matter=settled[appeal], turn=settled[appeal].turn, submission_id=submission, citizen_id=citizen,
                planned_on=TODAY, planned_by=self.by,
            )
            for appeal, submission, citizen in said
            if appeal in settled
        )  # fmt: skip
        visits = self._bulk(Visit, rows)
        scales = "5543321"
        heard = (visit for visit in visits if visit.pk % 5)
        answers = (Answer(visit=visit, scale=self.dice.choice(scales), solved="yes", on=TODAY) for visit in heard)
        for _answer in self._bulk(Answer, answers):
            pass
        given = Answer.objects.filter(visit=OuterRef("pk")).values("scale")
        Visit.objects.exclude(answer=None).update(scale=Subquery(given))
