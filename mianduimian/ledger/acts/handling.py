"""履责: the units say what has happened, reach their milestones and reply in writing."""

from dataclasses import asdict
from datetime import date

from mianduimian.journal.acts import act
from mianduimian.ledger.acts.step import Step
from mianduimian.ledger.models import Matter, Passed, Progress, Reply
from mianduimian.ledger.rules import Answered, State, check_answer, late
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.taskforce.models import Measure, Milestone
from mianduimian.vocabulary import _


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
    if Passed.objects.filter(milestone=milestone).exists():
        raise Refused(_("这个节点已经完成。"))
    passed = Passed.objects.create(matter=matter, milestone=milestone, note=note, on=on, by=by)
    step.end(now={"milestone": milestone.text, "due_on": milestone.due_on}, why=note)
    return passed


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
    return given


def _solve_by(step: Step, answer: Answered) -> date | None:
    """The day by which it is to be solved: the opinion's day stands in its first turn, a staged or new turn may name its own."""
    fixed = step.matter.solve_by and step.matter.turn == 1 and step.matter.state != State.STAGED
    return step.matter.solve_by if fixed or not answer.solve_by else answer.solve_by
