"""办理: the life of each matter as its fate tells it: handed over, signed for, disputed, extended, answered, judged."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mianduimian.ledger import acts
from mianduimian.ledger.models import Matter, Passed
from mianduimian.ledger.rules import Answered, Moment, Order, Proof, State
from mianduimian.people.models import Person
from mianduimian.sample.bank import dice, places
from mianduimian.sample.fates import Fate, Reply
from mianduimian.sample.load.asking import ask, ask_again, look_back
from mianduimian.sample.load.diary import Deed
from mianduimian.sample.load.pictures import road
from mianduimian.sample.load.scene import Scene
from mianduimian.taskforce.models import Measure, Milestone
from mianduimian.workdays import calendar

AT_WORK = (State.ACCEPTED, State.REPLIED, State.STAGED)
PICTURED = ("road.", "rural.", "crossing.", "occupy.", "light.")
KEPT = 0.75  # of the plan's milestones are reached by their day
BETTER = "上次答复没有写明措施和时间，致歉。现补充如下："


@dataclass(frozen=True)
class Life:
    """One matter and what is to become of it."""

    scene: Scene
    fate: Fate
    number: int

    @property
    def key(self) -> str:
        return self.fate.appeal

    @property
    def matter(self) -> Matter:
        return self.scene.matters[self.key]

    @property
    def office(self) -> Person:
        """The two clerks share the work."""
        return self.scene.cast["office2" if self.number % 2 else "office"]

    @property
    def handler(self) -> Person:
        return self.scene.handler(self.key)


def after(on: date, n: int) -> date:
    return calendar().add(on, n).on


def before(on: date) -> date:
    """The working day before a day."""
    on -= timedelta(1)
    while not calendar().is_workday(on):
        on -= timedelta(1)
    return on


def live(life: Life) -> None:
    """Write a matter's life into the diary, in the order in which it goes."""
    fate, write = life.fate, life.scene.diary.write
    write(fate.assigned_on, lambda on: acts.assign(life.matter, by=life.office, on=on))
    if fate.accepted_on:
        _work(life, fate.accepted_on)
    if fate.objected_on:
        _object(life, fate.objected_on)
    if fate.extended_to:
        _extend(life, fate.extended_to)
    if fate.reply:
        _answer(life, fate.reply)


def _work(life: Life, accepted_on: date) -> None:
    fate, write = life.fate, life.scene.diary.write
    write(accepted_on, lambda on: acts.accept(life.matter, by=life.handler, on=on))
    if fate.progress:
        day = min(after(accepted_on, 1), fate.reply.on if fate.reply else life.scene.today)
        write(max(day, accepted_on), lambda on: acts.progress(life.matter, text=fate.progress, by=life.handler, on=on))
    if fate.settled_on and life.number % 6 == 0 and fate.appeal.startswith(PICTURED):
        write(accepted_on, lambda on: _picture(life, Moment.BEFORE, on))
        write(fate.settled_on, lambda on: _picture(life, Moment.AFTER, on))


def _picture(life: Life, moment: str, on: date) -> None:
    """Before and after, with the quantity that was mended."""
    place = places()[life.key.split("@")[1]]
    mended = moment == Moment.AFTER
    quantity = Decimal(dice("quantity", life.key).randint(12, 90) * 10) if mended else None
    proof = Proof(
        name=f"{place.name}{'整改后' if mended else '整改前'}.png",
        content=road(life.key, mended=mended),
        moment=moment,
        quantity=quantity,
        measure="平方米" if mended else "",
        place=place.full,
    )
    acts.evidence(life.matter, proof, by=life.handler, on=on)


def _object(life: Life, objected_on: date) -> None:
    fate, write = life.fate, life.scene.diary.write
    write(objected_on, lambda on: acts.object(life.matter, reason=fate.objection, by=life.handler, on=on))
    if fate.end != "upheld":
        return
    decided_on = after(objected_on, 1)
    if life.number % 3 == 0:
        why = "经核对权责清单，该事项由你单位首接负责；涉及其他单位的，由你单位牵头会商。"
        write(decided_on, lambda on: acts.overrule(life.matter, why=why, by=life.office, on=on))
        return
    write(decided_on, lambda on: _uphold(life, on))
    write(after(decided_on, 1), lambda on: acts.accept(life.matter, by=life.handler, on=on))


def _uphold(life: Life, on: date) -> None:
    """The matter goes to the first of the units that assisted."""
    was = life.scene.leads[life.key]
    lead, *assists = [key for key in life.scene.truths[life.key].units if key != was]
    acts.uphold(life.matter, Order(lead, tuple(assists)), why="所附材料属实，改派。", by=life.office, on=on)
    life.scene.leads[life.key] = lead


def _extend(life: Life, until: date) -> None:
    """Asked some days before the reply was due; what was asked only yesterday is not decided yet."""
    fate, write = life.fate, life.scene.diary.write
    ask_on = after(fate.assigned_on, 11) if fate.end == "extended" else before(life.scene.today)
    ask_on = max(ask_on, fate.accepted_on or ask_on)
    reason = fate.extension
    write(ask_on, lambda on: acts.ask_extension(life.matter, until=until, reason=reason, by=life.handler, on=on))
    if fate.end != "extended":
        return
    decided_on = after(ask_on, 1)
    if life.number % 4 == 0:
        why = "应急措施可以先行，按原时限反馈。"
        write(decided_on, lambda on: acts.decline_extension(life.matter, why=why, by=life.office, on=on))
    else:
        write(decided_on, lambda on: acts.grant_extension(life.matter, why="情况属实，同意。", by=life.office, on=on))


def _reply(life: Life, told: Reply, on: date, opening: str = "") -> None:
    answered = Answered(
        account=told.account,
        public=opening + told.public,
        signed_by=told.signed_by,
        solved=told.solved,
        measure=told.measure,
        solve_by=told.solve_by,
        contacted_on=told.contacted_on,
    )
    acts.reply(life.matter, answered, by=life.handler, on=on)


def _answer(life: Life, told: Reply) -> None:
    fate, write = life.fate, life.scene.diary.write
    write(told.on, lambda on: _reply(life, told, on))
    if fate.end == "vague" and life.number % 3 == 0:
        why = "没有写明措施和完成时限，请按要求重新反馈。"
        write(after(told.on, 2), lambda on: acts.send_again(life.matter, why=why, by=life.office, on=on))
    if fate.staging and told.solve_by:
        planned_on = told.solve_by
        write(
            after(told.on, 2),
            lambda on: acts.stage(life.matter, planned_on=planned_on, reason=fate.staging, by=life.office, on=on),
        )
    if fate.settled_on:
        write(fate.settled_on, lambda on: _settle(life, on))
        look_back(life.scene, fate, life.number)
    if fate.back_on:
        ask(life.scene, fate, fate.back_on)
        write(fate.back_on, lambda on: _second_turn(life, on))


def _settle(life: Life, on: date) -> None:
    """What the plan still had open is reported done, and the task force agrees that it is."""
    for measure in Measure.objects.in_force().filter(appeal=life.matter.appeal_id, plan__round=life.scene.round):
        done = set(Passed.objects.filter(matter=life.matter).values_list("milestone", flat=True))
        for milestone in [node for node in measure.milestones.all() if node.pk not in done]:
            acts.reach(life.matter, milestone, by=life.handler, on=on)
    acts.settle(life.matter, note="现场与书面材料相符，同意办结。", by=life.office, on=on)


def _second_turn(life: Life, on: date) -> None:
    """Written down on the day it goes back, behind what that day brings: signed for again, and answered better."""
    second, write = life.fate.second, life.scene.diary.write
    if second is None and life.number % 2:
        return
    write(after(on, 1), lambda day: acts.accept(life.matter, by=life.handler, on=day))
    if second is None:
        return
    write(second.on, lambda day: _reply(life, second, day, BETTER))
    if life.number % 3:
        write(after(second.on, 1), lambda day: acts.settle(life.matter, note="措施已到位。", by=life.office, on=day))
        write(after(second.on, 1), lambda day: ask_again(life.scene, life.fate, day))


def march(scene: Scene) -> None:
    """The milestones of the plan that is in force are reached, most of them in time, where the work goes on."""
    keys = {matter.appeal_id: key for key, matter in scene.matters.items()}
    measures = Measure.objects.in_force().filter(plan__round=scene.round).prefetch_related("milestones").order_by("pk")
    for measure in measures:
        key = keys[measure.appeal_id]
        rng = dice("march", key)
        for node in measure.milestones.all():
            day = node.due_on - timedelta(rng.randint(0, 2))
            if rng.random() < KEPT:
                scene.diary.write(max(day, scene.days.plan_on + timedelta(1)), _reaching(scene, key, node))


def _reaching(scene: Scene, key: str, node: Milestone) -> Deed:
    def deed(on: date) -> None:
        matter = scene.matters[key]
        matter.refresh_from_db()
        if matter.state in AT_WORK and not Passed.objects.filter(milestone=node).exists():
            acts.reach(matter, node, by=scene.handler(key), on=on)

    return deed
