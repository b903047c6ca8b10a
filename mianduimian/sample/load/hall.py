"""会上: seats, agenda, twenty exchanges with their promises, and handling opinions for every appeal."""

from collections import defaultdict
from datetime import date, timedelta
from functools import partial

from mianduimian.intake.models import Submission
from mianduimian.meeting import acts
from mianduimian.meeting.models import Meeting, Seat
from mianduimian.meeting.rules import Decided, Handling, Planning, Promised, Seating, SeatKind, Spoken
from mianduimian.sample.load.scene import Scene
from mianduimian.sample.round import submissions
from mianduimian.sample.story import Exchange, Measure, meeting, plan
from mianduimian.sample.story import Seat as Told
from mianduimian.sample.truth import Truth

IN_WRITING = "由{{单位}}牵头办理“{{诉求}}”：{text}。先到现场核实并联系反映人，十五个工作日内书面反馈。"


def begin(scene: Scene) -> None:
    """The meeting from its invitations to its minutes, then the opinions in writing."""
    days, diary = scene.days, scene.diary
    diary.write(days.seats_on, partial(_call_together, scene))
    diary.write(days.assigned_on, partial(_write_opinions, scene))


def _call_together(scene: Scene, on: date) -> None:
    told, office = meeting(scene.today), scene.cast["office"]
    planned = acts.plan(scene.round, Planning(told.host, told.place, told.starts_at), by=office, on=on)
    seats = {seat: acts.seat(planned, _seating(scene, seat), by=office, on=on) for seat in told.seats}
    acts.put_on_agenda(planned, [scene.appeals[one.appeal] for one in told.exchanges], by=office, on=on)
    scene.diary.write(scene.days.met_on, partial(_hold, scene, planned, seats))


def _seating(scene: Scene, seat: Told) -> Seating:
    """A citizen representative sits under the name they signed what they sent in with."""
    if seat.kind != SeatKind.CITIZEN:
        return Seating(seat.kind, seat.name, seat.title, unit=seat.unit)
    said = next(one for one in submissions(scene.today) if one.source_number == seat.source_number)
    row = Submission.objects.get(round=scene.round, channel=said.channel, source_number=said.source_number)
    return Seating(seat.kind, said.name, seat.title, submission=row.pk)


def _hold(scene: Scene, planned: Meeting, seats: dict[Told, Seat], on: date) -> None:
    office = scene.cast["office2"]
    acts.hold(planned, by=office, on=on)
    for told in meeting(scene.today).exchanges:
        _exchange(scene, planned, seats[told.seat], told, on)
    scene.diary.write(on + timedelta(1), lambda day: acts.issue_minutes(planned, by=office, on=day))


def _exchange(scene: Scene, planned: Meeting, seat: Seat, told: Exchange, on: date) -> None:
    """One item: question, cause, measure, promise, what the asker said to it, and the opinion decided on it."""
    office, appeal = scene.cast["office2"], scene.appeals[told.appeal]
    spoken = Spoken(seat.pk, told.question, told.unit, appeal.pk, told.speaker, told.cause, told.measure, told.reaction)
    made = acts.exchange(planned, spoken, promised=Promised(told.promise, told.due_on), by=office, on=on)
    if told.suggestion:
        suggestion = acts.suggest(planned, seat=seat, text=told.suggestion, by=office, on=on)
        scene.diary.write(
            scene.days.plan_on,
            lambda day: acts.adopt(suggestion, adopted=told.adopted, why=told.why, by=scene.cast["office"], on=day),
        )
    assists = tuple(key for key in scene.truths[told.appeal].units if key != told.unit)
    solve_by = None if told.handling == Handling.ON_THE_LEDGER else told.due_on
    decided = Decided(told.handling, f"{told.measure.rstrip('。')}。{told.promise}", told.unit, assists, solve_by)
    acts.opine(appeal, decided, exchange=made, by=office, on=on)
    scene.leads[told.appeal] = told.unit


def _write_opinions(scene: Scene, on: date) -> None:
    """Those not heard in the hall, in writing: one text for each category and the units that assist in it."""
    groups: dict[tuple[str, tuple[str, ...]], list[Truth]] = defaultdict(list)
    for key, truth in scene.truths.items():
        if key not in scene.leads:
            groups[truth.category, truth.units[1:]].append(truth)
            scene.leads[key] = truth.units[0]
    measures = {category: one for one in plan(scene.today).measures for category in one.categories}
    for (category, assists), truths in groups.items():
        decided = _decided(measures[category], assists)
        acts.opine_all(scene.round, [scene.appeals[one.key] for one in truths], decided, by=scene.cast["office"], on=on)


def _decided(measure: Measure, assists: tuple[str, ...]) -> Decided:
    """By the day of the category's last step where the plan has many units at work, else on the ledger."""
    text = IN_WRITING.format(text=measure.text)
    if len(measure.units) < 3:
        return Decided(Handling.ON_THE_LEDGER, text, "", assists)
    return Decided(Handling.BY_A_DATE, text, "", assists, measure.milestones[-1].due_on)
