"""督办: reminders every day, notices, instructions, inspections, press, one accountability and one circular."""

from datetime import date, timedelta
from functools import partial

from mianduimian.journal import acts as journal
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import State
from mianduimian.people.models import Person
from mianduimian.sample.load.diary import Deed
from mianduimian.sample.load.scene import Scene
from mianduimian.sample.story import Warned, Watched, warned, watched
from mianduimian.supervision import acts
from mianduimian.supervision.models import Accountability, Instruction, Notice
from mianduimian.supervision.rules import Cutting, Demand, Said, Sanction, Seen
from mianduimian.workdays import calendar

NOTICES = 3  # of each kind
ANSWER = "已约见反映人并到现场复核，措施、时限和责任人另文报送，本周内先行落实应急措施。"
NEXT = "逾期未反馈的，三日内补报并说明原因；被退回重办的，由单位负责人到现场。"


def begin(scene: Scene) -> None:
    days, diary = scene.days, scene.diary
    clock = scene.cast["clock"]
    for n in range((days.today - days.assigned_on).days):
        diary.write(days.assigned_on + timedelta(n + 1), lambda on: _tick(clock, on), late=True)
    for one in watched(scene.today):
        diary.write(one.on, partial(WATCHED[one.kind], scene, one))
    for failing in warned(scene.today):
        day = max(failing.on, calendar().add(days.assigned_on, 16).on) if "逾期" in failing.ground else failing.on
        diary.write(min(day, days.today), partial(_warn, scene, failing))
    diary.write(days.circular_on, partial(_circulate, scene), late=True)


def _tick(clock: Person, on: date) -> None:
    """What the clock does every day: urging, drafting the notices that the lights call for, keeping the journal's head."""
    journal.keep_day(on)
    acts.remind(by=clock, on=on)
    acts.lapse(by=clock, on=on)
    acts.draft(by=clock, on=on)


def _instruct(scene: Scene, one: Watched, on: date) -> None:
    """A leader's word; the unit reports on its day, if it does."""
    matter, due_on = scene.matters[one.appeal], one.due_on or on
    given = acts.instruct(matter, text=one.text, due_on=due_on, by=scene.cast["leader"], on=on)
    if one.answer:
        scene.diary.write(due_on, lambda day: _report(scene, one, given, day))


def _report(scene: Scene, one: Watched, given: Instruction, on: date) -> None:
    acts.report(given, text=one.answer, by=scene.handler(one.appeal), on=on)


def _inspect(scene: Scene, one: Watched, on: date) -> None:
    acts.inspect(scene.matters[one.appeal], Seen(one.source, one.text), by=scene.cast["supervisor"], on=on)


def _press(scene: Scene, one: Watched, on: date) -> None:
    cutting = Cutting(one.source, one.text, on, after=one.answer)
    acts.press(scene.matters[one.appeal], cutting, by=scene.cast["press"], on=on)


WATCHED = {"instruction": _instruct, "inspection": _inspect, "press": _press}


def _warn(scene: Scene, one: Warned, on: date) -> None:
    """Notices to some that are overdue or answered nothing; whoever went on failing is held to account."""
    if one.kind != "notice":
        _account(scene, one, on)
        return
    supervisor = scene.cast["supervisor"]
    for n, key in enumerate(_failing(scene, one, on)[:NOTICES]):
        notice = acts.notify(scene.matters[key], Demand(one.ground, one.demand), by=supervisor, on=on)
        if n % 2 == 0:
            day = calendar().add(on, 1).on
            scene.diary.write(day, _answering(scene, key, notice))


def _answering(scene: Scene, key: str, notice: Notice) -> Deed:
    return lambda on: acts.answer(notice, text=ANSWER, by=scene.handler(key), on=on)


def _failing(scene: Scene, one: Warned, on: date) -> list[str]:
    """The overdue, or those that went back and have not been answered again."""
    mine = Matter.objects.of(scene.round)
    found = mine.overdue(on) if "逾期" in one.ground else mine.filter(turn__gt=1, state__in=[State.ASSIGNED, State.ACCEPTED])
    keys = {matter.pk: key for key, matter in scene.matters.items()}
    return [keys[pk] for pk in found.order_by("pk").values_list("pk", flat=True)]


def _account(scene: Scene, one: Warned, on: date) -> Accountability | None:
    back = Matter.objects.of(scene.round).filter(turn__gt=1, state__in=[State.ASSIGNED, State.ACCEPTED]).order_by("-pk")
    keys = {matter.pk: key for key, matter in scene.matters.items()}
    for matter in back[:1]:
        sanction = Sanction(scene.leads[keys[matter.pk]], one.kind, one.ground, one.demand)
        return acts.account(matter, sanction, by=scene.cast["supervisor"], on=on)
    return None


def _circulate(scene: Scene, on: date) -> None:
    begins_on, supervisor = scene.days.assigned_on, scene.cast["supervisor"]
    acts.circulate(scene.round, begins_on=begins_on, ends_on=on, said=Said(text=NEXT), by=supervisor, on=on)
