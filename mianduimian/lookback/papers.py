"""回访表: how a matter's look-back stands, with every identity masked."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mianduimian.archive.models import Words, wording
from mianduimian.archive.rules import Kind
from mianduimian.ledger.models import Matter
from mianduimian.lookback.models import Verification, Visit
from mianduimian.lookback.rules import Look, Outcome, Waiver
from mianduimian.papers import Facts, Heading, Paper, Para, Table, day
from mianduimian.vocabulary import official


@official
def visits_paper(matter: Matter, seen: Look, visits: list[Visit], verified: Verification | None, *, number: str = "") -> Paper:
    """回访表 of this turn: the verification, each citizen masked with attempts and answer, and the shares.

    With a number it is kept for good: then no citizen is named even masked, and none of their own words is in it,
    so that what is erased later does not live on in the archive.
    """
    issuer = _("%(region)s“面对面”工作专班") % {"region": matter.appeal.round.region.name}
    words, held = wording(Kind.VISITS, matter.appeal.round.region), matter.assignment
    pairs = (
        (_("事项编号"), matter.number),
        (_("诉求"), matter.appeal.title),
        (_("牵头单位"), held.lead.name if held else "—"),
        (_("轮次"), _("第%(n)s轮") % {"n": matter.turn}),
        (_("核查结论"), verified.finding_word if verified else _("尚未核查")),
        (_("核查情况"), verified.note if verified else ""),
        (_("核查清单"), "；".join(f"{word}：{said}" for word, _tick, said in verified.ticked) if verified else ""),
        (_("核查人"), f"{verified.by.name} {day(verified.on)}" if verified else ""),
    )
    return Paper(
        kind="回访表",
        number=number,
        title=words.say("title", title=matter.appeal.title),
        issuer=issuer,
        body=(
            Facts(pairs), Heading(_("群众回访")), _table(visits, bool(number)), Heading(_("小结")), Para(_summary(seen, words)),
        ),  # fmt: skip
        signed=issuer,
        red_head=False,
    )


def _table(visits: list[Visit], kept: bool) -> Table:
    head = (_("序号"), _("群众"), _("联系记录"), _("满意度"), _("是否解决"), _("原因"))
    rows = tuple(
        (number, _("封存") if kept else visit.masked or _("封存"), _attempts(visit), *_answer(visit, kept))
        for number, visit in enumerate(visits, 1)
    )
    return Table(head, rows, widths=(12, 32, 40, 22, 20, 30))


def _attempts(visit: Visit) -> str:
    if visit.outcome == Outcome.NO_CONTACT:
        return visit.outcome.word
    return "\n".join(f"{localtime(attempt.at):%m-%d} {attempt.result_word}" for attempt in visit.attempts.all()) or "—"


def _answer(visit: Visit, kept: bool) -> tuple[str, str, str]:
    if not hasattr(visit, "answer"):
        return visit.outcome.word, "—", "—"
    answer = visit.answer
    said = (answer.reason_words, "" if kept else answer.reason)
    return answer.scale_word, answer.solved_word, "。".join(part for part in said if part) or "—"


def _summary(seen: Look, words: Words) -> str:
    share = seen.share
    figures = {
        "to_ask": share.to_ask,
        "reached": share.reached,
        "satisfied": share.satisfied,
        "unreached": share.unreached,
        "waiting": share.waiting,
    }
    said = words.say("summary", **figures)
    return said + _("本轮经批准例外销号（%(waiver)s）。") % {"waiver": Waiver.word_of(seen.waiver)} if seen.waiver else said
