"""5+N 专班: forming the task force, drafting its work plan, its measures and milestones, issuing it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from mianduimian.archive.acts import keep
from mianduimian.archive.rules import Kind
from mianduimian.journal.acts import act, record
from mianduimian.meeting.models import Opinion, Promise
from mianduimian.people.models import Person, Unit
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.solicitation.acts import next_number
from mianduimian.solicitation.models import Round
from mianduimian.taskforce import papers
from mianduimian.taskforce.models import Measure, Member, Milestone, Plan, conflicts, frames, needed
from mianduimian.taskforce.rules import MemberKind, Step, Work, check_step, check_work, steps
from mianduimian.triage.models import Appeal
from mianduimian.vocabulary import _


@act
def form(round: Round, *, units: Iterable[Unit] = (), by: Person, on: date) -> list[Member]:
    """Form the task force: the five standing offices of the rulebook, and the N units chosen from those proposed."""
    _check_reach("taskforce.form", round, by)
    Round.objects.select_for_update().get(pk=round.pk)
    if Member.objects.of(round).exists():
        raise Refused(_("这一期的专班已经组建；增加单位请用“加入专班”。"))
    keys = round.rules.taskforce["standing"]
    offices = {unit.key: unit for unit in Unit.objects.filter(key__in=keys)}
    if missing := [key for key in keys if key not in offices]:
        raise Refused(_("规则中的常设单位还没有登记：%(keys)s。"), keys="、".join(missing))
    reasons = {one.unit: one.kept for one in needed(round)}
    standing = [Member(round=round, unit=offices[key], kind=MemberKind.STANDING, since=on) for key in keys]
    others = [unit for unit in dict.fromkeys(units) if unit.key not in offices]
    chosen = [
        Member(round=round, unit=unit, kind=MemberKind.FUNCTIONAL, reason=reasons.get(unit.pk, ""), since=on) for unit in others
    ]
    members = Member.objects.bulk_create([*standing, *chosen])
    record("taskforce.form", round, by=by, on=on, now={"units": [member.unit.key for member in members]})
    return members


@act
def join(round: Round, unit: Unit, *, reason: str, by: Person, on: date) -> Member:
    """Bring one more unit into the task force, and say why."""
    _check_reach("taskforce.form", round, by)
    Round.objects.select_for_update().get(pk=round.pk)
    members = Member.objects.of(round)
    if not members.exists():
        raise Refused(_("请先组建专班。"))
    if members.filter(unit=unit).exists():
        raise Refused(_("%(unit)s已在专班中。"), unit=unit.short)
    if not reason.strip():
        raise Refused(_("请写明加入专班的理由。"))
    member = Member.objects.create(round=round, unit=unit, kind=MemberKind.FUNCTIONAL, reason=reason, since=on)
    record("taskforce.join", round, by=by, on=on, now={"unit": unit.key, "reason": reason})
    return member


@act
def draft(round: Round, *, basis: str, goal: str, by: Person, on: date) -> Plan:
    """Draft the work plan from the opinions in force; a new version begins with the last one's measures."""
    _check_reach("taskforce.plan", round, by)
    Round.objects.select_for_update().get(pk=round.pk)
    last = Plan.objects.of(round).first()
    if last and not last.issued_on:
        raise Refused(_("第%(version)s版还是草稿，请先修改并印发它。"), version=last.version)
    plan = Plan.objects.create(
        round=round, version=last.version + 1 if last else 1, basis=basis, goal=goal, drafted_on=on, drafted_by=by
    )
    pairs = _copied(last) if last else []
    kept = {work.appeal for work, _steps in pairs}
    pairs += _proposed(round, without=kept)
    _write(plan, pairs)
    record("taskforce.draft", round, by=by, on=on, now={"version": plan.version, "measures": len(pairs)})
    return plan


@act
def measure(plan: Plan, work: Work, *, seen: int | None = None, by: Person, on: date) -> Measure:
    """Put a measure into the draft, in place of what stood there for the same appeal; its milestones stay."""
    plan = _open(plan, by)
    check_work(work, frames(plan, [work.appeal])[work.appeal])
    appeal = Appeal.objects.standing().filter(pk=work.appeal, round=plan.round_id).first()
    if appeal is None:
        raise Refused(_("这件诉求不在本期，或已并入其他诉求。"))
    was = Measure.objects.filter(plan=plan, appeal=appeal).select_related("lead").prefetch_related("assists").first()
    if seen is not None and was and was.version != seen:
        raise Overtaken(_("有人刚刚改过这条措施；请看过新的内容再改，您填写的没有覆盖它。"))
    before = asdict(was.work) if was else {}
    units = _units([work])
    made = was or Measure(plan=plan, appeal=appeal)
    made.text, made.lead, made.leader, made.responsible = work.text, units[work.lead], work.leader, work.responsible
    made.version = was.version + 1 if was else 1
    made.save()
    made.assists.set(units[key] for key in work.assists)
    record("taskforce.measure", plan, by=by, on=on, was=before, now=asdict(work))
    return made


@act
def milestone(measure: Measure, step: Step, *, by: Person, on: date) -> Milestone:
    """Give a measure a step with its dates, its weight and who answers for it, as long as the plan is a draft."""
    plan = _open(measure.plan, by)
    check_step(step, frames(plan, [measure.appeal_id])[measure.appeal_id])
    made = Milestone.objects.create(measure=measure, **asdict(step))
    record("taskforce.milestone", plan, by=by, on=on, now={"appeal": measure.appeal.number, **asdict(step)})
    return made


@act
def shift(milestone: Milestone, step: Step, *, by: Person, on: date) -> Milestone:
    """Change a step of the draft: its words, its dates, its weight, who answers for it."""
    measure = milestone.measure
    plan = _open(measure.plan, by)
    check_step(step, frames(plan, [measure.appeal_id])[measure.appeal_id])
    was = asdict(milestone.step)
    for name, value in asdict(step).items():
        setattr(milestone, name, value)
    milestone.save()
    record("taskforce.shift", plan, by=by, on=on, was=was, now=asdict(step))
    return milestone


@act
def strike(milestone: Milestone, *, by: Person, on: date) -> None:
    """Strike a step from the draft."""
    plan = _open(milestone.measure.plan, by)
    record("taskforce.strike", plan, by=by, on=on, was=asdict(milestone.step))
    milestone.delete()


@act
def issue(plan: Plan, *, by: Person, on: date) -> Plan:
    """Issue the draft under its number; from then on it is the version in force."""
    plan = _open(plan, by)
    if not Measure.objects.filter(plan=plan).exists():
        raise Refused(_("方案里还没有工作措施，不能印发。"))
    if not Member.objects.of(plan.round).exists():
        raise Refused(_("请先组建专班，再印发工作方案。"))
    if clashing := conflicts(plan):
        raise Refused(_("方案里还有%(count)s处冲突，不能印发：%(first)s"), count=len(clashing), first=clashing[0][1])
    plan.number = next_number(plan.round.rules.papers["plan"], by=by, on=on)
    plan.issued_on = on
    plan.save(update_fields=["number", "issued_on"])
    record("taskforce.issue", plan.round, by=by, on=on, now={"version": plan.version, "number": plan.number})
    keep(papers.work_plan(plan), plan, kind=Kind.PLAN, region=plan.round.region, by=by, on=on)
    return plan


Pairs = list[tuple[Work, list[Step]]]


def _copied(last: Plan) -> Pairs:
    """The measures of the last version whose appeal still counts, with their milestones."""
    standing = Appeal.objects.standing().filter(round=last.round_id)
    rows = Measure.objects.filter(plan=last, appeal__in=standing).with_rows()
    return [(row.work, [milestone.step for milestone in row.milestones.all()]) for row in rows]


def _proposed(round: Round, without: set[int]) -> Pairs:
    """One measure for each opinion in force, with the words said in the hall and the dates promised there."""
    promises: dict[int, list[tuple[str, date]]] = {}
    made = Promise.objects.filter(exchange__meeting__round=round)
    for exchange, text, due_on in made.values_list("exchange", "text", "due_on"):
        promises.setdefault(exchange, []).append((text, due_on))
    opinions = Opinion.objects.in_force().of(round).exclude(appeal__in=without).order_by("appeal__number")
    standing = opinions.filter(appeal__in=Appeal.objects.standing().filter(round=round))
    rows = standing.select_related("lead", "exchange").prefetch_related("assists")
    return [(_work(row), steps(row.on, promises.get(row.exchange_id or 0, []), row.solve_by)) for row in rows]


def _work(opinion: Opinion) -> Work:
    said = opinion.exchange.measure if opinion.exchange else ""
    decided = opinion.decided
    return Work(opinion.appeal_id, said or decided.text, decided.lead, decided.assists)


def _units(works: Iterable[Work]) -> dict[str, Unit]:
    keys = {key for work in works for key in (work.lead, *work.assists)}
    units = {unit.key: unit for unit in Unit.objects.filter(key__in=keys)}
    if missing := keys - units.keys():
        raise Refused(_("没有这些单位：%(keys)s。"), keys="、".join(sorted(missing)))
    return units


def _write(plan: Plan, pairs: Pairs) -> None:
    """Write measures, assisting units and milestones in four statements, however many they are."""
    units = _units(work for work, _steps in pairs)
    measures = Measure.objects.bulk_create(
        Measure(
            plan=plan,
            appeal_id=work.appeal,
            text=work.text,
            lead=units[work.lead],
            leader=work.leader,
            responsible=work.responsible,
        )
        for work, _steps in pairs
    )
    Assisting = Measure.assists.through
    written = list(zip(measures, pairs, strict=True))
    Assisting.objects.bulk_create(
        Assisting(measure_id=made.pk, unit_id=units[key].pk) for made, (work, _steps) in written for key in work.assists
    )
    Milestone.objects.bulk_create(Milestone(measure=made, **asdict(step)) for made, (_work, own) in written for step in own)


def _check_reach(permission: str, round: Round, by: Person) -> None:
    by.must(permission)
    if round.region_id not in by.region_codes:
        raise NotYours(_("您的岗位不在%(region)s，不能办理这一期的专班事务。"), region=round.region.name)


def _open(plan: Plan, by: Person) -> Plan:
    """Check who acts and lock the plan; an issued version is not changed any more."""
    _check_reach("taskforce.plan", plan.round, by)
    locked = Plan.objects.select_for_update(of=("self",)).select_related("round__region").get(pk=plan.pk)
    if locked.issued_on:
        raise Refused(_("第%(version)s版已于%(on)s印发；要改动，请起草新的一版。"), version=locked.version, on=locked.issued_on)
    return locked
