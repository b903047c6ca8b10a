"""专班的工作台: from sorting what came in to proposing what may be closed."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.desks.waiting.asking import said_later
from mianduimian.desks.waiting.desk import Desk, Tile
from mianduimian.desks.waiting.piles import Line, Pile, left, of_keys, of_lines, of_matters
from mianduimian.desks.wall import ledger_url
from mianduimian.ledger.models import Extension, Staging, to_open
from mianduimian.ledger.rules import State
from mianduimian.meeting.models import Meeting, unheard
from mianduimian.publication.models import Draft, Release
from mianduimian.solicitation.models import Call, Round
from mianduimian.taskforce.models import Member, Plan
from mianduimian.triage.models import Appeal, Proposal, funnel
from mianduimian.triage.rules import Bucket


def part(desk: Desk) -> tuple[list[Tile], list[Pile], dict[str, object]]:
    """What waits for the task force."""
    return [], [*_judged(desk), *_before(desk), *_given(desk), *_later(desk)], {}


def _judged(desk: Desk) -> Iterator[Pile]:
    """What a unit asked and cannot go on without."""
    yield of_matters(
        _("异议待裁定"),
        _("单位认为不属其职责；裁定前无人办理，采纳则改派，不采纳则指定承办。"),
        desk.seen.in_state(State.OBJECTED),
        ledger_url(state="objected"),
        pressing=True,
    )
    asked = Extension.objects.waiting().values("assignment__matter")
    yield of_matters(
        _("延期待审批"),
        _("到期前申请才有效；拖过期限就是逾期。"),
        desk.seen.filter(pk__in=asked),
        ledger_url(state="accepted"),
        pressing=True,
    )


def _before(desk: Desk) -> Iterator[Pile]:
    """From the call to the handling opinions."""
    if desk.round is None:
        return
    code = desk.round.code
    yield of_lines(_("本期下一步"), _("按机制的次序，这一步还没有办。"), _next_steps(desk.round, desk.on))
    parts = funnel(desk.round).parts[Bucket.UNDECIDED]
    open_proposals = Proposal.objects.filter(round=desk.round).open().count()
    sorting = [
        (parts, _("待梳理的来件"), "triage:bucket", "undecided"),
        (open_proposals, _("机器建议待确认"), "triage:round", None),
    ]
    lines = [
        Line(_("%(word)s：%(n)s 宗（组）") % {"word": word, "n": n}, reverse(to, args=[code, end] if end else [code]))
        for n, word, to, end in sorting
        if n
    ]
    yield of_lines(_("梳理"), _("每一宗都要有去向，才算数得清。"), lines, reverse("triage:round", args=[code]))
    if Meeting.objects.filter(round=desk.round).exclude(held_on=None).exists():
        yield _silent(desk.round)


def _silent(round: Round) -> Pile:
    """Appeals nobody spoke of in the hall, the loudest first."""
    spoken = Appeal.objects.filter(pk__in=unheard(round).values("pk"))
    loud = spoken.annotate(heard=Count("parts__submission", distinct=True))
    rows = loud.order_by(F("heard").desc(), "number").values_list("pk", "number", "title", "heard")
    appeals = [
        Line(f"{number} {title}", reverse("meeting:opine", args=[pk]), _("%(n)s 宗来件") % {"n": voices})
        for pk, number, title, voices in rows
    ]
    why = _("会上没有谈到的诉求，由专班书面提出办理意见，才能交办。")
    return of_lines(_("待写办理意见"), why, appeals, reverse("meeting:unheard", args=[round.code]))


def _next_steps(round: Round, on: date) -> Iterator[Line]:
    """The next steps of a round that nobody has taken yet, in the mechanism's order."""
    call = Call.objects.filter(round=round, replaced_on=None).first()
    meeting = Meeting.objects.filter(round=round).first()
    if call is None:
        yield Line(_("发布征集公告"), reverse("solicitation:issue", args=[round.code]))
    elif call.closes_on >= on:
        words = _("征集进行中，%(day)s截止") % {"day": call.closes_on}
        yield Line(words, reverse("solicitation:round", args=[round.code]), due=call.closes_on, left=left(call.closes_on, on))
    if meeting is None:
        yield Line(_("筹备座谈会"), reverse("meeting:plan", args=[round.code]))
    elif meeting.held_on is None:
        words = _("座谈会定于%(day)s召开") % {"day": meeting.day}
        yield Line(words, reverse("meeting:meeting", args=[meeting.pk]), due=meeting.day, left=left(meeting.day, on))
    elif meeting.minutes_on is None:
        yield Line(_("印发会议纪要"), reverse("meeting:meeting", args=[meeting.pk]))
    if meeting and meeting.held_on:
        yield from _after_the_meeting(round)


def _after_the_meeting(round: Round) -> Iterator[Line]:
    if not Member.objects.filter(round=round).exists():
        yield Line(_("组建 5+N 专班"), reverse("taskforce:round", args=[round.code]))
    elif not Plan.objects.filter(round=round).exclude(issued_on=None).exists():
        yield Line(_("印发工作方案"), reverse("taskforce:round", args=[round.code]))
    if not Release.objects.filter(round=round, withdrawn_on=None).exists():
        yield Line(_("向社会公开本期页面"), reverse("publication:manage", args=[round.code]))
    if waiting := Draft.objects.of(round).waiting().count():
        yield Line(_("%(n)s 份公开稿等第二个人公开") % {"n": waiting}, reverse("publication:drafts", args=[round.code]))


def _given(desk: Desk) -> Iterator[Pile]:
    """What has to be put into somebody's hands."""
    lines = [
        Line(f"{one.appeal.number} {one.appeal.title}", reverse("ledger:open"), f"{one.lead.short} · {one.handling_word}")
        for one in to_open(desk.person)
    ]
    yield of_lines(_("待入账交办"), _("已有办理意见，还不在台账上。"), lines, reverse("ledger:open"))
    yield of_matters(
        _("已入账、待交办"),
        _("交办之日起算 15 个工作日；晚交办一天，群众就多等一天。"),
        desk.seen.in_state(State.OPEN),
        reverse("ledger:open"),
    )


def _later(desk: Desk) -> Iterator[Pile]:
    """What came back from the units and from the citizens."""
    back = [pk for pk, (_matter, look) in desk.looked.items() if look.finding and look.grounds]
    yield of_keys(
        _("按规则应退回重办"),
        _("群众不满意、没有明确措施或核查不实的，重新交办、督办。"),
        back,
        ledger_url(visit="unsatisfied"),
        to="lookback:matter",
        pressing=True,
    )
    settling = desk.seen.in_state(State.REPLIED).exclude(pk__in=back)
    yield of_matters(
        _("书面反馈待审"), _("看是否答到点上、有措施有时限；办结、阶段性办结或退回。"), settling, ledger_url(state="replied")
    )
    ripe = [pk for pk, (matter, look) in desk.looked.items() if matter.state == State.SETTLED and not look.missing]
    yield of_keys(_("可提请销号"), _("已办结，核查和回访都齐了；由另一人确认销号。"), ripe, ledger_url(state="settled"))
    yield _staged(desk)
    yield said_later(desk)


def _staged(desk: Desk) -> Pile:
    """阶段性办结 whose planned day has come."""
    due = Staging.objects.filter(planned_on__lte=desk.on).values("matter")
    found = desk.seen.in_state(State.STAGED).filter(pk__in=due)
    return of_matters(_("阶段性办结到期"), _("计划办结的日子到了，条件是否成熟要有说法。"), found, ledger_url(state="staged"))
