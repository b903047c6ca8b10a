"""承办单位的工作台: what is to be signed for, answered, reached and reported."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.desks.waiting.desk import Desk, Tile
from mianduimian.desks.waiting.piles import Line, Pile, left, of_lines, of_matters
from mianduimian.desks.wall import ledger_url
from mianduimian.ledger.models import IN_HAND, Matter, Objection, Passed
from mianduimian.ledger.rules import State
from mianduimian.supervision.models import Instruction, Notice
from mianduimian.taskforce.models import Measure, Milestone

AHEAD = timedelta(14)
RECENT = timedelta(14)


def part(desk: Desk) -> tuple[list[Tile], list[Pile], dict[str, object]]:
    """What waits for a handler."""
    return [], [*_owed(desk), *_urged(desk), *_soon(desk)], {}


def _owed(desk: Desk) -> Iterator[Pile]:
    led = Matter.objects.led_by(desk.person)
    late = led.overdue(desk.on)
    yield of_matters(
        _("书面反馈已逾期"), _("过了期限，亮黄灯；再误一个节点就是红灯。"), late, ledger_url(overdue="on"), pressing=True
    )
    fresh = led.in_state(State.ASSIGNED).exclude(pk__in=late.values("pk"))
    yield of_matters(
        _("待签收"), _("首接负责：签收即承担到底；不属职责的，限期内写明理由提出异议。"), fresh, ledger_url(state="assigned")
    )
    owed = led.in_state(State.ACCEPTED).exclude(pk__in=late.values("pk"))
    yield of_matters(_("待书面反馈"), _("15 个工作日内书面反馈，写明措施和时限。"), owed, ledger_url(state="accepted"))


def _urged(desk: Desk) -> Iterator[Pile]:
    notices = Notice.objects.to(desk.person).waiting().select_related("matter__appeal").order_by("due_on")
    yield of_lines(
        _("督办单待回复"),
        _("限期整改并书面回复；不回复将升级。"),
        [_notice(one, desk) for one in notices],
        pressing=True,
    )
    told = (
        Instruction.objects.waiting().filter(matter__in=Matter.objects.led_by(desk.person)).select_related("matter__appeal", "by")
    )
    lines = [
        Line(
            words=f"{one.matter.number} {one.text}",
            url=reverse("supervision:matter", args=[one.matter_id]),
            note=one.by.name,
            due=one.due_on,
            left=left(one.due_on, desk.on),
        )
        for one in told.order_by("due_on")
    ]
    yield of_lines(_("批示待报告"), _("领导批示有自己的时限，按期报告落实情况。"), lines, pressing=True)


def _notice(one: Notice, desk: Desk) -> Line:
    return Line(
        words=f"{one.number} {one.matter.appeal.title}",
        url=reverse("supervision:matter", args=[one.matter_id]),
        note=one.demand[:60],
        due=one.due_on,
        left=left(one.due_on, desk.on),
        provisional=one.provisional,
    )


def _soon(desk: Desk) -> Iterator[Pile]:
    yield of_lines(_("将到或已过的节点"), _("工作方案定下的节点，完成后在事项里销一个。"), _steps(desk), ledger_url())
    decided = Objection.objects.filter(assignment__lead__in=desk.person.units, decided_on__gte=desk.on - RECENT)
    lines = [
        Line(
            words=" ".join([one.assignment.matter.number, _("异议已采纳，改派") if one.upheld else _("异议未采纳，指定承办")]),
            url=reverse("ledger:matter", args=[one.assignment.matter_id]) if not one.upheld else "",
            note=one.why[:60],
            due=one.decided_on,
        )
        for one in decided.select_related("assignment__matter").order_by("-decided_on")
    ]
    yield of_lines(_("异议裁定结果"), _("近两周内专班裁定的。"), lines)
    helping = Matter.objects.held_by(desk.person).exclude(pk__in=Matter.objects.led_by(desk.person).values("pk"))
    yield of_matters(_("配合办理"), _("牵头单位负责，您配合；可填报进展和佐证。"), helping.in_state(*IN_HAND), ledger_url())


def _steps(desk: Desk) -> Iterator[Line]:
    mine = Matter.objects.led_by(desk.person).exclude(state__in=[State.SETTLED, State.CLOSING, State.CLOSED])
    numbers = dict(mine.order_by().values_list("appeal", "pk"))
    due = Milestone.objects.filter(measure__in=Measure.objects.in_force().filter(appeal__in=numbers), due_on__lte=desk.on + AHEAD)
    open_steps = due.exclude(pk__in=Passed.objects.values("milestone")).select_related("measure__appeal").order_by("due_on", "pk")
    for step in open_steps:
        matter = numbers[step.measure.appeal_id]
        late = desk.on > step.due_on
        yield Line(
            words=f"{step.text}：{step.measure.appeal.title}",
            url=reverse("ledger:matter", args=[matter]),
            due=step.due_on,
            left=left(step.due_on, desk.on),
            light="yellow" if late else "",
        )
