"""督办与领导的工作台: what is late, what is red, what was ordered and not reported; the loop in figures."""

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.desks.rules import share
from mianduimian.desks.waiting.desk import Desk, Tile
from mianduimian.desks.waiting.piles import Line, Pile, left, of_keys, of_lines, of_matters
from mianduimian.desks.wall import ledger_url
from mianduimian.ledger.models import Extension
from mianduimian.ledger.rules import Duty, Light, State, duty
from mianduimian.outcomes.models import shares
from mianduimian.supervision.models import Instruction, Notice
from mianduimian.triage.models import funnel


def supervisor(desk: Desk) -> tuple[list[Tile], list[Pile], dict[str, object]]:
    """What waits for those who supervise."""
    lights = _tiles_of_lights(desk)
    return lights, [*_red(desk), *_late(desk), _unanswered(desk), _reports(desk), _again(desk)], _tables(desk)


def leader(desk: Desk) -> tuple[list[Tile], list[Pile], dict[str, object]]:
    """What waits for a leader, and the round in figures."""
    twice = Extension.objects.waiting().filter(assignment__extensions__granted=True).values("assignment__matter")
    asked = of_matters(
        _("再次延期待批准"),
        _("第二次延期须由更高一级批准。"),
        desk.seen.filter(pk__in=twice),
        ledger_url(state="accepted"),
        pressing=True,
    )
    return _figures(desk), [asked, *_red(desk), _reports(desk), _again(desk)], _tables(desk)


def _colour(desk: Desk, light: Light) -> list[int]:
    return [matter.pk for matter, shines in desk.shining if shines == light]


def _of_round(desk: Desk, **wanted: str) -> str:
    return ledger_url(round=desk.round.code if desk.round else None, **wanted)


def _red(desk: Desk) -> Iterator[Pile]:
    yield of_keys(
        _("红灯事项"),
        _("连续两个节点逾期。"),
        _colour(desk, Light.RED),
        _of_round(desk, light="red"),
        to="supervision:matter",
        pressing=True,
    )


def _late(desk: Desk) -> Iterator[Pile]:
    late = desk.seen.overdue(desk.on)
    words = _("书面反馈逾期"), _("过了 15 个工作日还没有书面反馈。")
    yield of_matters(*words, late, ledger_url(overdue="on"), to="supervision:matter", pressing=True)
    known = set(late.values_list("pk", flat=True))
    amber = [key for key in _colour(desk, Light.YELLOW) if key not in known]
    yield of_keys(
        _("其他黄灯事项"),
        _("有节点到期没有完成；应发督查整改通知书。"),
        amber,
        _of_round(desk, light="yellow"),
        to="supervision:matter",
    )


def _unanswered(desk: Desk) -> Pile:
    found = Notice.objects.seen_by(desk.person).waiting().select_related("matter__appeal", "unit").order_by("due_on")
    lines = [
        Line(
            words=f"{one.number} {one.matter.appeal.title}",
            url=reverse("supervision:matter", args=[one.matter_id]),
            note=one.unit.short,
            due=one.due_on,
            left=left(one.due_on, desk.on),
            provisional=one.provisional,
        )
        for one in found
    ]
    late = any(one.due_on < desk.on for one in found)
    return of_lines(_("督办单未回复"), _("过期仍不回复的，升级督办。"), lines, pressing=late)


def _reports(desk: Desk) -> Pile:
    found = Instruction.objects.seen_by(desk.person).waiting().select_related("matter__appeal", "by").order_by("due_on")
    lines = [
        Line(
            words=f"{one.matter.number} {one.text}",
            url=reverse("supervision:matter", args=[one.matter_id]),
            note=_("%(name)s %(day)s批示") % {"name": one.by.name, "day": one.on},
            due=one.due_on,
            left=left(one.due_on, desk.on),
        )
        for one in found
    ]
    return of_lines(_("批示等待报告"), _("批示之后还没有报告落实情况。"), lines)


def _again(desk: Desk) -> Pile:
    found = desk.seen.filter(turn__gt=1).exclude(state=State.CLOSED)
    why = _("群众不满意或没有明确措施，重新交办过的。")
    return of_matters(_("第二轮及以后的事项"), why, found, ledger_url(again="on"), to="supervision:matter")


def _tiles_of_lights(desk: Desk) -> list[Tile]:
    counted = Counter(light for _matter, light in desk.shining)
    tones = {Light.GREEN: "good", Light.YELLOW: "warn", Light.RED: "bad"}
    return [
        Tile(light.word, counted[light], _("件"), url=_of_round(desk, light=light.value), tone=tones[light])
        for light in reversed(Light)
    ]


def _figures(desk: Desk) -> list[Tile]:
    """The round in figures, each with its denominator and definition."""
    if desk.round is None:
        return []
    code, counted = desk.round.code, funnel(desk.round)
    of = _("来件的 %(share)s") % {"share": share(counted.appeals, counted.collected)}
    funnel_url = reverse("desks:funnel", args=[code])
    tiles = [
        Tile(_("收集来件"), counted.collected, _("宗"), url=funnel_url),
        Tile(_("有效诉求"), counted.appeals, _("件"), of, url=funnel_url),
    ]
    for one in shares(desk.round, desk.on):
        url = reverse("outcomes:round", args=[code])
        tiles.append(Tile(one.figure.word, one.percent, "", f"{one.part} ÷ {one.whole}", one.definition, url))
    return tiles


def _tables(desk: Desk) -> dict[str, object]:
    """The loop 明责→履责→督责→问责 and the lights by unit, of the round before them."""
    loop = Counter(
        duty(matter.state, matter.pk in desk.blamed) for matter, _light in desk.shining if matter.state != State.CLOSED
    )
    steps = [{"word": one.word, "number": loop[one], "url": _of_round(desk, duty=one.value)} for one in Duty]
    closed = sum(matter.state == State.CLOSED for matter, _light in desk.shining)
    return {"loop": steps, "closed": closed, "units": _by_unit(desk), "round": desk.round}


def _by_unit(desk: Desk) -> list[dict[str, object]]:
    rows: dict[int, Counter[str]] = {}
    names = {}
    for matter, light in desk.shining:
        if matter.assignment:
            unit = matter.assignment.lead
            names[unit.pk] = unit.short
            rows.setdefault(unit.pk, Counter())[light.value] += 1
    order = sorted(rows, key=lambda pk: (-rows[pk]["red"], -rows[pk]["yellow"], -sum(rows[pk].values())))
    return [
        {
            "word": names[pk],
            "url": _of_round(desk, unit=str(pk)),
            "total": sum(rows[pk].values()),
            "lights": [(light, rows[pk][light.value], _of_round(desk, unit=str(pk), light=light.value)) for light in Light],
        }
        for pk in order
    ]
