"""督办公文: 催办通知书, 督办单 and 通报."""

from typing import Any

from django.utils.translation import gettext as _

from mianduimian.papers import Facts, Heading, Paper, Para, Table, day
from mianduimian.solicitation.models import Round
from mianduimian.supervision.models import Circular, Notice, Reminder
from mianduimian.supervision.rules import Stage
from mianduimian.vocabulary import official, say


def _taskforce(round: Round) -> str:
    return _("%(region)s“面对面”工作专班") % {"region": round.region.name}


@official
def reminder_paper(reminder: Reminder) -> Paper:
    """催办通知书: which reply is owed, since when, until when."""
    held = reminder.assignment
    matter, issuer = held.matter, _taskforce(held.matter.appeal.round)
    words = {"number": held.number, "on": day(held.on), "title": matter.appeal.title, "due": day(reminder.due_on)}
    if reminder.stage == Stage.OVERDUE:
        said = _("“%(title)s”一事，已于%(on)s以%(number)s交你单位牵头办理，书面反馈已于%(due)s到期，至今未收到。")
        asked = _("请立即书面反馈，说明逾期原因、具体措施、完成时限和责任人。仍不反馈的，将发出督办单并在通报中列明。")
    else:
        said = _("“%(title)s”一事，已于%(on)s以%(number)s交你单位牵头办理，书面反馈将于%(due)s到期。")
        asked = _("请按期书面反馈。确有困难的，须在到期前说明理由申请延期；到期后不再受理。")
    return Paper(
        kind="催办通知书",
        title=_("关于“%(title)s”的催办通知书") % words,
        issuer=issuer,
        addressee=held.lead.name,
        body=(Para(said % words), Para(asked)),
        signed=issuer,
        on=reminder.on,
        copies=tuple(unit.name for unit in held.assists.all()),
        red_head=False,
    )


@official
def notice_paper(notice: Notice) -> Paper:
    """督办单: what was not done, what is demanded, until when; copied to those who assist."""
    matter, issuer = notice.matter, _taskforce(notice.matter.appeal.round)
    due = day(notice.due_on) + (_("（暂定）") if notice.provisional else "")
    pairs = [
        (_("事项"), f"{matter.number} {matter.appeal.title}"),
        (_("未完成情况"), notice.failing),
        (_("整改要求"), notice.demand),
        (_("限期"), due),
    ]
    if notice.answered_by and notice.answered_on:
        pairs += [(_("整改回复"), notice.answer), (_("回复"), f"{notice.answered_by.name} {day(notice.answered_on)}")]
    return Paper(
        kind="督办单",
        title=_("关于“%(title)s”的督办单") % {"title": matter.appeal.title},
        issuer=issuer,
        number=notice.number,
        addressee=notice.unit.name,
        body=(Facts(tuple(pairs)),),
        signed=issuer,
        on=notice.on,
        copies=tuple(unit.name for unit in notice.copies.all()),
    )


@official
def circular_paper(circular: Circular) -> Paper:
    """通报: the figures as issued, like beside like, with their definitions."""
    round = circular.round
    issuer = _taskforce(round)
    words = {"begins": day(circular.begins_on), "ends": day(circular.ends_on), "focus": round.focus}
    body: list[Any] = [Para(_("现将%(begins)s至%(ends)s“%(focus)s”一期事项办理情况通报如下。") % words)]
    for word, lines in circular.groups:
        body += [Heading(word), _table(lines)]
    body.append(Heading(_("统计口径")))
    body += [Para(f"{say(word)}：{say(meaning)}。") for word, meaning in circular.figures["definitions"]]
    if circular.text:
        body += [Heading(_("下一步要求")), Para(circular.text)]
    title = _("关于“%(focus)s”事项办理情况的通报") % {"focus": round.focus}
    return Paper("通报", title, issuer=issuer, number=circular.number, body=tuple(body), signed=issuer, on=circular.on)


def _table(lines: list[dict[str, Any]]) -> Table:
    head = (
        _("单位"), _("在办"), _("反馈"), _("按时"), _("逾期"), _("按时反馈率"), _("办结"), _("退回"), _("绿/黄/红"), _("名次"),
    )  # fmt: skip
    rows = tuple(
        (
            line["unit"], line["matters"], line["replied"], line["on_time"], line["overdue"],
            "—" if line["rate"] is None else f"{line['rate']}%",
            line["settled"], line["sent_back"], f"{line['green']}/{line['yellow']}/{line['red']}", line["rank"] or "—",
        )
        for line in lines
    )  # fmt: skip
    return Table(head, rows, widths=(30, 12, 12, 12, 12, 20, 12, 12, 22, 12))
