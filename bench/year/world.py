"""A city, its people, and rounds with appeals that already have their opinions and work plans."""

from datetime import date, timedelta

from bench.year.slow import Life

UNITS = ("traffic_police", "housing", "transport", "highway", "education", "urban_management")
FOCUSES = (
    "道路安全",
    "饮水安全",
    "老旧小区",
    "校园周边",
    "拖欠工资",
    "看病就医",
    "路灯照明",
    "垃圾清运",
    "公共交通",
    "噪声扰民",
    "停车难",
    "排水防涝",
)


class City:
    """Who acts in the year: one of each role, one handler for each unit."""

    def __init__(self, on: date, clock=None) -> None:
        from mianduimian.people import acts as people
        from mianduimian.people.models import Person, Post, Region, Unit

        if clock is None:
            clock = people.found(on=on)
            people.load_city(by=clock, on=on)
        self.region, self.units = Region.objects.get(pk="441600"), {}

        def hire(role: str, unit: str) -> Person:
            person = Person.objects.create(username=f"{role}-{unit}", name=f"{role}-{unit}", joined_on=on)
            Post.objects.create(person=person, unit=Unit.objects.get(key=unit), role=role, since=on)
            return person

        known = [key for key in UNITS if Unit.objects.filter(key=key).exists()]
        self.handlers = {key: hire("unit", key) for key in known}
        self.units = {key: Unit.objects.get(key=key) for key in known}
        self.office, self.visitor = hire("office", "shifuban"), hire("visitor", "xinfangju")
        self.supervisor, self.leader = hire("supervisor", "supervision_office"), hire("leader", "shifuban")


def open_round(city: City, n: int, on: date, matters: int, dice) -> tuple[object, list[Life]]:
    """A round with its appeals, opinions and an issued work plan with one milestone each."""
    from mianduimian.meeting.models import Opinion
    from mianduimian.people.models import Unit
    from mianduimian.solicitation.models import Round
    from mianduimian.taskforce.models import Measure, Milestone, Plan
    from mianduimian.triage.models import Appeal

    focus = FOCUSES[n % len(FOCUSES)]
    told = {"theme": "travel", "level": "city", "region": city.region, "host": "市长", "rulebook": "heyuan-2.0"}
    round = Round.objects.create(
        code=f"441600-{on.year}-{n + 1:02d}", number=n + 1, year=on.year, focus=focus, **told,
        office=Unit.objects.get(key="shifuban"), opened_on=on, opened_by=city.office,
    )  # fmt: skip
    plan = Plan.objects.create(
        round=round,
        version=1,
        basis="办理意见",
        goal="件件有着落",
        drafted_on=on,
        drafted_by=city.office,
        issued_on=on,
        number=f"年{n}",
    )
    said = {"round": round, "wording": f"{focus}方面的诉求。", "made_on": on, "made_by": city.office}
    appeals = Appeal.objects.bulk_create(Appeal(number=k + 1, title=f"{focus}第{k + 1}件", **said) for k in range(matters))
    _speak(round, appeals, on)
    units = list(city.units.values())
    leads = [dice.choice(units) for _appeal in appeals]
    solve = [on + timedelta(dice.randint(20, 120)) for _appeal in appeals]
    Opinion.objects.bulk_create(
        Opinion(appeal=appeal, handling="by_a_date", text="牵头整治", lead=lead, solve_by=by, on=on, by=city.office)
        for appeal, lead, by in zip(appeals, leads, solve, strict=True)
    )
    measures = Measure.objects.bulk_create(
        Measure(plan=plan, appeal=appeal, text="整治", lead=lead, leader="李局长")
        for appeal, lead in zip(appeals, leads, strict=True)
    )
    steps = [on + timedelta(dice.randint(15, 70)) for _appeal in appeals]
    Milestone.objects.bulk_create(
        Milestone(measure=measure, text="完成第一步", starts_on=on, due_on=due)
        for measure, due in zip(measures, steps, strict=True)
    )
    return round, [Life(appeal.pk, by, due) for appeal, by, due in zip(appeals, solve, steps, strict=True)]


def _speak(round, appeals: list, on: date) -> None:
    """Each appeal speaks for one submission: an appeal without a voice cannot enter the ledger."""
    from mianduimian.intake.models import Submission
    from mianduimian.triage.models import Part

    said = Submission.objects.bulk_create(
        Submission(
            round=round, channel="hotline", text=appeal.title, received_on=on, receipt=f"N{appeal.pk}", content=f"{appeal.pk}"
        )
        for appeal in appeals
    )
    Part.objects.bulk_create(
        Part(submission=one, appeal=appeal, bucket="distilled") for one, appeal in zip(said, appeals, strict=True)
    )
