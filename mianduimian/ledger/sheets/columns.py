"""台账表: the 26 columns officials expect, and what this room knows of each line."""

from collections.abc import Iterable
from datetime import date

from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import State
from mianduimian.papers import Column
from mianduimian.solicitation.rules import Channel
from mianduimian.triage.rules import category_word
from mianduimian.vocabulary import _, say

COLUMNS = (
    Column("number", _("编号"), 20),
    Column("round", _("期/主题"), 24),
    Column("channels", _("来源渠道"), 14),
    Column("summary", _("诉求摘要"), 36),
    Column("region", _("所属区划"), 10),
    Column("category", _("类别"), 14),
    Column("voices", _("来件宗数"), 9, "number"),
    Column("first", _("首接单位"), 14),
    Column("lead", _("牵头单位"), 14),
    Column("assists", _("配合单位"), 18),
    Column("overseer", _("分管领导"), 10),
    Column("leader", _("责任领导"), 10),
    Column("responsible", _("责任人"), 10),
    Column("measures", _("工作措施"), 36),
    Column("milestones", _("节点"), 30),
    Column("solve_by", _("完成时限"), 12, "date"),
    Column("reply_due_on", _("书面反馈截止"), 16),
    Column("progress", _("进展"), 30),
    Column("light", _("灯"), 10),
    Column("state", _("状态"), 12),
    Column("solved", _("是否解决"), 9),
    Column("public", _("公开答复"), 36),
    Column("visits", _("回访结果"), 14),
    Column("turn", _("轮次"), 6, "number"),
    Column("root", _("根源"), 20),
    Column("closed", _("销号人/日期"), 18),
)


def line(matter: Matter, on: date) -> dict[str, object]:
    """What the ledger knows of a line on a day; 回访结果 and 根源 are filled in by later rooms. Needs `lines`."""
    return {"visits": "", "root": ""} | _asked(matter) | _given(matter) | _done(matter, on)


def _asked(matter: Matter) -> dict[str, object]:
    appeal = matter.appeal
    return {
        "number": matter.number,
        "round": f"{appeal.round.code} {appeal.round.focus}",
        "channels": "、".join(Channel.word_of(channel) for channel in matter.channels),
        "summary": appeal.title,
        "region": appeal.region.name if appeal.region else "",
        "category": category_word(appeal.category),
        "voices": matter.voices,
    }


def _given(matter: Matter) -> dict[str, object]:
    held, measures = matter.assignment, matter.all_measures
    due = f"{held.reply_due_on}" + (say(_("（暂定）")) if held.provisional else "") if held else ""
    return {
        "first": matter.all_assignments[0].lead.short if matter.all_assignments else "",
        "lead": held.lead.short if held else "",
        "assists": held.assist_words if held else "",
        "overseer": matter.overseer,
        "leader": _each(matter.leaders),
        "responsible": _each(matter.responsibles),
        "measures": "\n".join(measure.text for measure in measures),
        "milestones": "\n".join(f"{step.due_on} {step.text}" for measure in measures for step in measure.milestones.all()),
        "solve_by": matter.solve_by,
        "reply_due_on": due,
        "turn": matter.turn,
    }


def _each(names: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(name for name in names if name))


def _done(matter: Matter, on: date) -> dict[str, object]:
    reply = matter.reply
    closing = matter.all_closings[-1] if matter.state == State.CLOSED else None
    return {
        "progress": matter.all_progress[-1].text if matter.all_progress else "",
        "light": matter.light(on).word,
        "state": matter.state_word,
        "solved": (say(_("是")) if reply.solved else say(_("否"))) if reply else "",
        "public": reply.public if reply else "",
        "closed": f"{closing.closed_by} {closing.closed_on}" if closing else "",
    }
