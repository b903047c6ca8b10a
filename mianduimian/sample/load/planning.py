"""专班和工作方案: the task force is formed, its plan drafted, completed and issued."""

from dataclasses import replace
from datetime import date
from functools import partial

from mianduimian.ledger import acts as ledger
from mianduimian.people.models import Unit
from mianduimian.sample.fates import fates
from mianduimian.sample.load.handling import Life, live, march
from mianduimian.sample.load.scene import Scene
from mianduimian.sample.story import Measure as Told
from mianduimian.sample.story import meeting, plan
from mianduimian.sample.truth import spots
from mianduimian.taskforce import acts
from mianduimian.taskforce.models import Measure, frames, needed
from mianduimian.taskforce.rules import Step

WITH_MILESTONES = 4  # appeals of each measure, those most people spoke of


def begin(scene: Scene) -> None:
    """Everything is entered on the ledger and handed over the day after the meeting; the plan follows."""
    scene.diary.write(scene.days.assigned_on, partial(_hand_over, scene))
    scene.diary.write(scene.days.assigned_on, partial(_form, scene))
    scene.diary.write(scene.days.plan_on, partial(_plan, scene))


def _hand_over(scene: Scene, on: date) -> None:
    """Every appeal becomes a matter; its life goes on as its fate says."""
    for number, fate in enumerate(fates(scene.today)):
        scene.matters[fate.appeal] = ledger.open_matter(scene.appeals[fate.appeal], by=scene.cast["office"], on=on)
        live(Life(scene, fate, number))


def _form(scene: Scene, on: date) -> None:
    units = Unit.objects.filter(pk__in=[one.unit for one in needed(scene.round)])
    acts.form(scene.round, units=units, by=scene.cast["office"], on=on)


def _plan(scene: Scene, on: date) -> None:
    """The draft has a measure for every opinion; who answers for it and its steps are added before it is issued."""
    told, office = plan(scene.today), scene.cast["office"]
    drafted = acts.draft(scene.round, basis=told.basis, goal=told.goal, by=office, on=on)
    rows = {row.appeal_id: row for row in Measure.objects.filter(plan=drafted).with_rows()}
    for measure in told.measures:
        _complete(scene, rows, measure, on)
    acts.issue(drafted, by=office, on=on)
    march(scene)


def _complete(scene: Scene, rows: dict[int, Measure], told: Told, on: date) -> None:
    """Name the leader and the responsible person of what most people spoke of, and give it its milestones."""
    office = scene.cast["office"]
    heard = {one.appeal for one in meeting(scene.today).exchanges}
    sizes = {spot.key: spot.parts for spot in spots()}
    keys = [key for key, truth in scene.truths.items() if truth.category in told.categories]
    for key in sorted(keys, key=lambda key: -sizes[key])[:WITH_MILESTONES]:
        row = rows[scene.appeals[key].pk]
        text = row.text if key in heard else told.text
        work = replace(row.work, text=text, leader=told.leader, responsible=told.responsible)
        measure = acts.measure(row.plan, work, by=office, on=on)
        last = frames(row.plan, [row.appeal_id])[row.appeal_id].last
        for weight, node in enumerate(told.milestones, start=1):
            approval = f"{told.leader}同意" if node.due_on > last else ""
            step = Step(node.text, node.starts_on, node.due_on, weight, told.responsible, approval)
            acts.milestone(measure, step, by=office, on=on)

