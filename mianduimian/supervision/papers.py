"""督办公文: 催办通知书, 督查整改通知书 and 通报, their fixed sentences as the clerks word them."""

from typing import Any

from django.utils.translation import gettext as _

from mianduimian.archive.models import Words, wording
from mianduimian.archive.rules import Kind
from mianduimian.papers import Bars, Facts, Heading, Paper, Para, Table, day
from mianduimian.solicitation.models import Round
from mianduimian.supervision.models import Circular, Notice, Reminder
from mianduimian.vocabulary import official, say

TONES = {"on_time": "2E7D32", "late": "F9A825", "overdue": "C62828"}


def _taskforce(round: Round) -> str:
    return _("%(region)s“面对面”工作专班") % {"region": round.region.name}


@official
def reminder_paper(reminder: Reminder, number: str = "", words: Words | None = None) -> Paper:
    """催办通知书: which reply or report is owed, since when, until when."""
    held = reminder.assignment
    matter, round = held.matter, held.matter.appeal.round
    words, issuer = words or wording(Kind.REMINDER, round.region), _taskforce(round)
    told = {"number": held.number, "on": day(held.on), "title": matter.appeal.title, "due": day(reminder.due_on)}
    key, asked = reminder.stage, f"{reminder.stage}_asked"
    if reminder.instruction:
        told["leader"] = reminder.instruction.by.name
        key, asked = f"instruction_{reminder.stage}", "instruction_asked"
    return Paper(
        kind="催办通知书",
        title=words.say("title", **told),
        issuer=issuer,
        number=number,
        addressee=held.lead.name,
        body=(Para(words.say(key, **told)), Para(words.say(asked, **told))),
        signed=issuer,
        on=reminder.on,
        copies=tuple(unit.name for unit in held.assists.all()),
        red_head=False,
    )


@official
def notice_paper(notice: Notice) -> Paper:
    """督查整改通知书: to the responsible unit and those assisting, copied to the leaders: what was not done, what is demanded."""
    matter, issuer = notice.matter, _taskforce(notice.matter.appeal.round)
    words, due = (
        wording(Kind.NOTICE, matter.appeal.round.region),
        day(notice.due_on) + (_("（暂定）") if notice.provisional else ""),
    )
    units = [notice.unit.name, *(unit.name for unit in notice.assists.all())]
    pairs = (
        (_("事项"), f"{matter.number} {matter.appeal.title}"),
        (_("级别"), notice.step.word),
        (_("牵头单位"), notice.unit.name),
        (_("配合单位"), "、".join(units[1:]) or "—"),
        (_("未完成情况"), notice.failing),
        (_("整改要求"), notice.demand),
        (_("限期"), due),
    )
    told = {"title": matter.appeal.title, "due": due, "rung": notice.step.word}
    return Paper(
        kind="督查整改通知书",
        title=words.say("title", **told),
        issuer=issuer,
        number=notice.number,
        addressee="、".join(units),
        body=(Para(words.say("opening", **told)), Facts(pairs)),
        signed=issuer,
        on=notice.on,
        copies=tuple(notice.leaders.split("、")) if notice.leaders else (),
    )


@official
def circular_paper(circular: Circular) -> Paper:
    """通报: the figures as issued, like beside like, who is named, good and bad examples, what comes next."""
    round, figures = circular.round, circular.figures
    words, issuer = wording(Kind.CIRCULAR, round.region), _taskforce(round)
    told = {"begins": day(circular.begins_on), "ends": day(circular.ends_on), "focus": round.focus}
    body: list[Any] = [Para(words.say("opening", **told))]
    if "total" in figures:
        body += [Heading(_("总体情况")), Para(words.say("overall", **told, **figures["total"])), _bars(figures["units"])]
    for word, lines in circular.groups:
        body += [Heading(word), _table(lines)]
    body += [*_named(figures, words), *_examples(circular), *_rest(circular)]
    title = words.say("title", **told)
    return Paper("通报", title, issuer=issuer, number=circular.number, body=tuple(body), signed=issuer, on=circular.on)


def _named(figures: dict[str, Any], words: Words) -> list[Any]:
    """点名通报: who stayed silent after having been urged."""
    if not figures.get("named"):
        return []
    rows = tuple((one["number"], one["title"], one["unit"], one["due_on"], one["urged_on"]) for one in figures["named"])
    head = (_("事项编号"), _("诉求"), _("牵头单位"), _("应反馈"), _("催办"))
    said = Para(words.say("named", silence=figures["silence"]))
    return [Heading(_("点名通报")), said, Table(head, rows, widths=(38, 50, 24, 22, 22))]


def _examples(circular: Circular) -> list[Any]:
    blocks: list[Any] = []
    for word, text, key in ((_("好的做法"), circular.good, "good"), (_("存在问题"), circular.bad, "bad")):
        shown = [f"{one['number']} {one['title']}（{one['unit']}）：{one['why']}。" for one in circular.figures.get(key, [])]
        if text or shown:
            blocks += [Heading(word), *([Para(text)] if text else []), *(Para(line) for line in shown)]
    return blocks


def _rest(circular: Circular) -> list[Any]:
    said = [Heading(_("下一步要求")), Para(circular.text)] if circular.text else []
    meant = [Para(f"{say(word)}：{say(meaning)}。") for word, meaning in circular.figures["definitions"]]
    return [*said, Heading(_("统计口径")), *meant]


def _bars(lines: list[dict[str, Any]]) -> Bars:
    """各单位书面反馈: in time, late, and overdue, the longest bar the unit that owed most."""
    owing = sorted(
        (line for line in lines if line["replied"] + line["overdue"]), key=lambda line: -(line["replied"] + line["overdue"])
    )
    rows = tuple(
        (
            line["unit"],
            (
                (line["on_time"], TONES["on_time"]),
                (line["replied"] - line["on_time"], TONES["late"]),
                (line["overdue"], TONES["overdue"]),
            ),
        )
        for line in owing[:MOST_BARS]
    )
    legend = ((_("按时反馈"), TONES["on_time"]), (_("逾期反馈"), TONES["late"]), (_("逾期未反馈"), TONES["overdue"]))
    return Bars(_("各单位书面反馈情况（件）"), rows, legend)


MOST_BARS = 20


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
    return Table(head, rows, widths=(28, 12, 12, 12, 12, 25, 12, 12, 19, 12))
