"""工作方案: basis, goal, organisation (5+N), who does what, by when, supervision, and every measure in an annex."""

from collections import Counter
from datetime import date

from mianduimian.archive.models import Words, wording
from mianduimian.archive.rules import Kind
from mianduimian.papers import Attachment, Block, Heading, Paper, Para, Table, day
from mianduimian.people.models import Unit
from mianduimian.taskforce.models import Measure, Member, Milestone, Plan
from mianduimian.taskforce.rules import MemberKind
from mianduimian.vocabulary import _, official, say


@official
def work_plan(plan: Plan) -> Paper:
    """工作方案 of one version; without a number it is a draft."""
    round, members = plan.round, list(Member.objects.of(plan.round))
    measures, words = list(plan.measures.with_rows()), wording(Kind.PLAN, round.region)
    title = words.say("title", focus=round.focus)
    body: tuple[Block, ...] = (
        Heading(say(_("工作依据"))),
        Para(plan.basis),
        Heading(say(_("工作目标"))),
        Para(plan.goal),
        Heading(say(_("组织领导"))),
        *_organisation(members, words),
        Heading(say(_("任务分工"))),
        _shares(measures),
        Heading(say(_("时间安排"))),
        *_dates(measures, words),
        Heading(say(_("督查考核"))),
        Para(words.say("tracking", within=round.rules.reply["within"])),
    )
    return Paper(
        "工作方案",
        title,
        issuer=say(_("%(region)s“面对面”工作专班")) % {"region": round.region.name},
        number=plan.number or say(_("（第%(version)s版草稿）")) % {"version": plan.version},
        addressee=say(_("专班各成员单位：")),
        body=body,
        signed=say(_("%(region)s“面对面”工作专班")) % {"region": round.region.name},
        on=plan.issued_on or plan.drafted_on,
        attachments=(Attachment(say(_("措施和节点表")), (_annex(measures),), landscape=True),),
    )


def _organisation(members: list[Member], words: Words) -> list[Block]:
    standing = [member.unit.short for member in members if member.kind == MemberKind.STANDING]
    others = [member for member in members if member.kind == MemberKind.FUNCTIONAL]
    if not members:
        return [Para(words.say("unformed"))]
    formed = words.say("formed", standing="、".join(standing), count=len(standing), others=len(others))
    rows = tuple((member.unit.name, member.reason or "—") for member in others)
    return [Para(formed), *([Table((say(_("职能部门")), say(_("承担任务"))), rows)] if rows else [])]


def _shares(measures: list[Measure]) -> Table:
    """分工表: each unit with the number of measures it leads and assists."""
    leads: Counter[Unit] = Counter(measure.lead for measure in measures)
    assists: Counter[Unit] = Counter(unit for measure in measures for unit in measure.assists.all())
    units = sorted(leads.keys() | assists.keys(), key=lambda unit: (-leads[unit], -assists[unit], unit.pk))
    head = (say(_("单位")), say(_("牵头（件）")), say(_("配合（件）")))
    return Table(head, tuple((unit.name, leads[unit], assists[unit]) for unit in units), (96, 30, 30))


def _dates(measures: list[Measure], words: Words) -> list[Block]:
    """时间表: on each day how many milestones fall due, and which units have them."""
    due: dict[date, list[str]] = {}
    for measure in measures:
        for milestone in measure.milestones.all():
            due.setdefault(milestone.due_on, []).append(measure.lead.short)
    if not due:
        return [Para(words.say("undated"))]
    rows = tuple((day(on), len(units), "、".join(dict.fromkeys(units))) for on, units in sorted(due.items()))
    return [Table((say(_("完成日期")), say(_("节点数")), say(_("牵头单位"))), rows, (46, 20, 90))]


def _annex(measures: list[Measure]) -> Table:
    head = (_("序号"), _("诉求"), _("工作措施"), _("牵头单位"), _("配合单位"), _("责任领导"), _("责任人"), _("节点和完成日期"))
    return Table(tuple(map(say, head)), tuple(map(_row, measures)), (12, 38, 58, 22, 26, 18, 18, 41))


def _row(measure: Measure) -> tuple[object, ...]:
    milestones = "\n".join(map(_milestone, measure.milestones.all()))
    assists = "、".join(unit.short for unit in measure.assists.all())
    people = (measure.lead.short, assists, measure.leader, measure.responsible)
    return (measure.appeal.number, measure.appeal.title, measure.text, *people, milestones)


def _milestone(step: Milestone) -> str:
    """A step by its day; what is not usual stands behind it: its weight, its own person, who approved the day."""
    more = [say(_("权重%(n)s")) % {"n": step.weight}] if step.weight > 1 else []
    more += [step.responsible] if step.responsible else []
    more += [say(_("%(who)s批准")) % {"who": step.approval}] if step.approval else []
    return f"{day(step.due_on)} {step.text}" + (f"（{'，'.join(more)}）" if more else "")
