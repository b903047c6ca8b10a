"""履责: the units say what has happened, reach their milestones and reply in writing."""

from dataclasses import asdict
from datetime import date

from mianduimian.journal.acts import act
from mianduimian.ledger.acts.keeping import keep_reply
from mianduimian.ledger.acts.step import Step
from mianduimian.ledger.models import Assignment, Contact, Finish, Matter, Passed, Progress, Reply
from mianduimian.ledger.rules import Answered, State, Way, check_answer, late
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.taskforce.models import Measure, Milestone
from mianduimian.vocabulary import _

LONGEST = 40  # characters of a name


@act
def progress(matter: Matter, *, text: str, by: Person, on: date, seen: int | None = None) -> Progress:
    """填报进展: what a lead or assisting unit says has happened."""
    step = Step(matter, "progress", by=by, on=on, seen=seen)
    if not text.strip():
        raise Refused(_("请写明进展。"))
    said = Progress.objects.create(matter=matter, text=text, on=on, by=by)
    step.end(now={"progress": said.pk})
    return said


@act
def reach(
    matter: Matter, milestone: Milestone, *, note: str = "", by: Person, on: date, seen: int | None = None
) -> Passed:
    """完成节点: a milestone of the work plan for this appeal is reached, once."""
    step = Step(matter, "reach", by=by, on=on, seen=seen)
    if not Measure.objects.in_force().filter(appeal=matter.appeal, milestones=milestone).exists():
        raise Refused(_("这个节点不在这件事项现行的工作方案里。"))
    inside = Measure.objects.in_force().filter(appeal=matter.appeal).values("pk")
    earlier = Passed.objects.filter(matter=matter, milestone__text=milestone.text).exclude(milestone__measure__in=inside)
    if earlier.exists() or Passed.objects.filter(milestone=milestone).exists():
        raise Refused(_("这个节点已经完成。"))
    passed = Passed.objects.create(matter=matter, milestone=milestone, note=note, on=on, by=by)
    step.end(now={"milestone": milestone.text, "due_on": milestone.due_on}, why=note)
    return passed


@act
def contact(
    matter: Matter, *, spoke_on: date, way: str, note: str, by: Person, on: date, seen: int | None = None
) -> Contact:
    """联系群众: the day a unit spoke with the citizens and what was said; the first one stops that clock."""
    step = Step(matter, "contact", by=by, on=on, seen=seen)
    if spoke_on > on:
        raise Refused(_("联系群众的日期（%(day)s）还没有到。"), day=spoke_on)
    if spoke_on < step.assignment.on:
        raise Refused(_("联系群众的日期不能早于交办日期（%(day)s）。"), day=step.assignment.on)
    if not note.strip():
        raise Refused(_("请写明联系情况。"))
    spoke = Contact.objects.create(assignment=step.assignment, spoke_on=spoke_on, way=Way(way), note=note, on=on, by=by)
    step.end(now={"spoke_on": spoke_on, "way": spoke.way}, why=note)
    return spoke


@act
def finish(matter: Matter, *, note: str, by: Person, on: date, seen: int | None = None) -> Finish:
    """配合单位报告办妥: an assisting unit says once that its part is done; the lead unit says it by its written reply."""
    step = Step(matter, "finish", by=by, on=on, seen=seen)
    own = {unit.pk for unit in by.units}
    unit = next((unit for unit in step.assignment.assists.all() if unit.pk in own), None)
    if unit is None:
        raise NotYours(_("牵头单位以书面反馈报告办理结果，这一步由配合单位办理。"))
    if step.assignment.finishes.filter(unit=unit).exists():
        raise Refused(_("%(unit)s已经报告办妥。"), unit=unit.short)
    if not note.strip():
        raise Refused(_("请写明办理情况。"))
    done = Finish.objects.create(assignment=step.assignment, unit=unit, note=note, on=on, by=by)
    step.end(now={"unit": unit.short}, why=note)
    return done


@act
def entrust(
    matter: Matter, *, leader: str = "", responsible: str = "", by: Person, on: date, seen: int | None = None
) -> Assignment:
    """明确责任人: the lead unit names the leader and the person who answer for the matter."""
    step = Step(matter, "entrust", by=by, on=on, seen=seen)
    held = step.assignment
    names = {"leader": leader.strip(), "responsible": responsible.strip()}
    if names == {name: getattr(held, name) for name in names}:
        raise Refused(_("责任领导和责任人没有变化。"))
    return _named(step, names)


@act
def oversee(matter: Matter, *, overseer: str, by: Person, on: date, seen: int | None = None) -> Assignment:
    """明确分管领导: the task force names the leader in whose charge the matter lies."""
    step = Step(matter, "oversee", by=by, on=on, seen=seen)
    if overseer.strip() == step.assignment.overseer:
        raise Refused(_("分管领导没有变化。"))
    return _named(step, {"overseer": overseer.strip()})


def _named(step: Step, names: dict[str, str]) -> Assignment:
    held = step.assignment
    if any(len(name) > LONGEST for name in names.values()):
        raise Refused(_("姓名最多%(n)s个字。"), n=LONGEST)
    step.was |= {name: getattr(held, name) for name in names}
    for name, value in names.items():
        setattr(held, name, value)
    held.save(update_fields=list(names))
    step.end(now=names)
    return held


@act
def reply(matter: Matter, answer: Answered, *, by: Person, on: date, seen: int | None = None) -> Reply:
    """书面反馈: the lead unit's written answer; late once the day has passed, whatever is granted afterwards."""
    step = Step(matter, "reply", by=by, on=on, seen=seen)
    check_answer(answer, on)
    held = step.assignment
    first = held.replied_on is None
    is_late = first and late(held.reply_due_on, on, held.extensions.granted_late().exists())
    given = Reply.objects.create(matter=matter, assignment=held, late=is_late, on=on, by=by, **asdict(answer))
    if first:
        held.replied_on = on
        held.save()
    solve_by = _solve_by(step, answer)
    now = {"reply": given.pk, "late": is_late, "concrete": given.concrete, "solved": given.solved, "solve_by": solve_by}
    step.end(now=now, solve_by=solve_by)
    keep_reply(given, by=by, on=on)
    return given


def _solve_by(step: Step, answer: Answered) -> date | None:
    """The day by which it is to be solved: the opinion's day stands in its first turn, a staged or new turn may name its own."""
    fixed = step.matter.solve_by and step.matter.turn == 1 and step.matter.state != State.STAGED
    return step.matter.solve_by if fixed or not answer.solve_by else answer.solve_by
