"""经过: everything that happened to a matter, and what its citizen was asked and said of it, from the rows its moves left."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from mianduimian.ledger.models import Assignment, Closing, Extension, Matter, Reply, Settlement, Staging
from mianduimian.lookback.models import SendBack, Visit, VisitQuerySet
from mianduimian.meeting.models import Promise
from mianduimian.publication.rules import Passage
from mianduimian.triage.models import Part

Steps = Iterator[tuple[int, Passage]]  # each with the turn it belongs to


def course(matter: Matter, part: Part) -> list[Passage]:
    """The steps in the order of days; of one day turn after turn, and within a turn as the mechanism has them."""
    steps = [step for kind in _KINDS for step in kind(matter)]
    steps += _judged(visits_of(part, matter))
    steps += [step for kind in _AFTER for step in kind(matter)]
    return [step for _turn, step in sorted(steps, key=lambda told: (told[1].when, told[0]))]


def visits_of(part: Part, matter: Matter) -> VisitQuerySet:
    """The visits in which the one who said this is asked about the matter, turn after turn."""
    said = part.submission
    voice = {"citizen": said.citizen_id} if said.citizen_id else {"submission": said.pk}
    return Visit.objects.filter(matter=matter, **voice)


def _promised(matter: Matter) -> Steps:
    promises = Promise.objects.filter(exchange__appeal=matter.appeal_id).select_related("unit", "exchange__meeting")
    words = _("在座谈会上承诺，于 %(due)s 前完成")
    for one in promises:
        if one.exchange.meeting.held_on:
            yield 0, Passage(one.exchange.meeting.held_on, words % {"due": one.due_on}, one.unit.short, one.text)


def _assigned(matter: Matter) -> Steps:
    for row in Assignment.objects.filter(matter=matter).select_related("lead").prefetch_related("assists"):
        helping = row.assist_words and _("配合单位：%(units)s") % {"units": row.assist_words}
        yield row.turn, Passage(row.on, _assigned_words(row), row.lead.short, helping)


def _assigned_words(row: Assignment) -> str:
    due = _("%(due)s（暂定）") % {"due": row.reply_due_on} if row.provisional else str(row.reply_due_on)
    if row.turn > 1:
        return _("第 %(turn)s 次交办，须于 %(due)s 前书面反馈") % {"turn": row.turn, "due": due}
    return _("交责任单位办理，须于 %(due)s 前书面反馈") % {"due": due}


def _extended(matter: Matter) -> Steps:
    rows = Extension.objects.filter(assignment__matter=matter, granted=True).select_related("assignment__lead")
    words = _("办理时间延长到 %(due)s")
    for row in rows:
        what, given = words % {"due": row.new_due_on}, row.assignment
        yield given.turn, Passage(row.decided_on or row.on, what, given.lead.short, row.reason)


def _replied(matter: Matter) -> Steps:
    for row in Reply.objects.filter(matter=matter).select_related("assignment__lead"):
        yield row.assignment.turn, Passage(row.on, _("书面反馈"), row.assignment.lead.short, row.public)


def _staged(matter: Matter) -> Steps:
    words = _("阶段性办结，计划 %(day)s 前办结")
    for row in Staging.objects.filter(matter=matter):
        yield row.turn, Passage(row.on, words % {"day": row.planned_on}, why=row.reason)


def _settled(matter: Matter) -> Steps:
    for row in Settlement.objects.filter(matter=matter):
        yield row.turn, Passage(row.on, _("办结：接下来有人去核查，再问您满不满意"))


def _judged(asked: VisitQuerySet) -> Steps:
    """When this citizen was asked, and what they said; another's answer is nobody's business."""
    words = _("您评价：%(scale)s，%(solved)s")
    for visit in asked.select_related("answer"):
        yield visit.turn, Passage(visit.planned_on, _("请您评一评办得怎么样"))
        if visit.scale:
            said = {"scale": visit.answer.scale_word, "solved": visit.answer.solved_word}
            yield visit.turn, Passage(visit.answer.on, words % said)


def _sent_back(matter: Matter) -> Steps:
    for row in SendBack.objects.filter(matter=matter):
        yield row.turn, Passage(row.on, _("退回重办"), why=row.ground_words)


def _closed(matter: Matter) -> Steps:
    for row in Closing.objects.filter(matter=matter, closed_on__isnull=False):
        if row.closed_on:
            yield row.turn, Passage(row.closed_on, _("销号：核查过、回访过，这件事办完了"))


_KINDS: tuple[Callable[[Matter], Steps], ...] = (_promised, _assigned, _extended, _replied, _staged, _settled)
_AFTER: tuple[Callable[[Matter], Steps], ...] = (_sent_back, _closed)
