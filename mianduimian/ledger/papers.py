"""公文: 交办单 to the unit, and the unit's 书面反馈."""

from django.utils.translation import gettext as _

from mianduimian.archive.models import Words, wording
from mianduimian.archive.rules import Kind
from mianduimian.ledger.models import Assignment, Reply
from mianduimian.meeting.rules import Handling
from mianduimian.papers import Facts, Heading, Paper, Para, day
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import official


def _taskforce(round: Round) -> str:
    return _("%(region)s“面对面”工作专班") % {"region": round.region.name}


@official
def assignment_paper(given: Assignment, words: Words | None = None) -> Paper:
    """交办单: number, day, matter, units, demand and deadline, with room to sign for it."""
    matter, round = given.matter, given.matter.appeal.round
    words = words or wording(Kind.ASSIGNMENT, round.region)
    due = day(given.reply_due_on) + (_("（暂定）") if given.provisional else "")
    basis = _("%(handling)s：%(text)s") % {"handling": Handling.word_of(matter.opinion.handling), "text": matter.opinion.text}
    pairs = (
        (_("事项编号"), matter.number),
        (_("期号与主题"), f"{round.code} {round.focus}"),
        (_("轮次"), _("第%(n)s轮") % {"n": given.turn}),
        (_("诉求"), matter.appeal.title),
        (_("内容"), matter.appeal.wording),
        (_("地点"), matter.appeal.place or "—"),
        (_("办理依据"), basis),
        (_("牵头单位"), given.lead.name),
        (_("配合单位"), "、".join(unit.name for unit in given.assists.all()) or "—"),
        (_("要求"), given.requirement),
        (_("书面反馈截止"), due),
        (_("解决时限"), day(matter.solve_by) if matter.solve_by else "—"),
        (_("反馈要求"), words.say("feedback")),
        (_("联系人"), given.by.name),
        (_("签收"), f"{given.accepted_by.name} {day(given.accepted_on)}" if given.accepted_by and given.accepted_on else ""),
    )
    issuer = _taskforce(round)
    return Paper(
        kind="交办单",
        title=words.say("title", title=matter.appeal.title),
        issuer=issuer,
        number=given.number,
        addressee=given.lead.name,
        body=(Facts(pairs),),
        signed=issuer,
        on=given.on,
        copies=tuple(unit.name for unit in given.assists.all()),
    )


@official
def reply_paper(reply: Reply, number: str = "") -> Paper:
    """书面反馈: facts, measure and date, the internal account and the public wording apart."""
    matter, held = reply.matter, reply.assignment
    pairs = (
        (_("事项编号"), matter.number),
        (_("交办单"), held.number),
        (_("诉求属实"), _("是") if reply.founded else _("否")),
        (_("是否解决"), _("是") if reply.solved else _("否")),
        (_("联系群众日期"), day(reply.contacted_on) if reply.contacted_on else "—"),
        (_("具体措施"), reply.measure or "—"),
        (_("完成时限"), day(reply.solve_by) if reply.solve_by else "—"),
        (_("审签人"), reply.signed_by),
    )
    body = (
        Facts(pairs), Heading(_("办理情况（内部）")), Para(reply.account), Heading(_("公开答复")), Para(reply.public),
    )  # fmt: skip
    return Paper(
        kind="书面反馈",
        title=wording(Kind.REPLY, matter.appeal.round.region).say("title", title=matter.appeal.title),
        issuer=held.lead.name,
        number=number,
        addressee=_taskforce(matter.appeal.round),
        body=body,
        signed=held.lead.name,
        on=reply.on,
        red_head=False,
    )
