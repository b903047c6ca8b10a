"""会议纪要: time, place, who presided, who came, what was decided item by item, after GB/T 9704."""

from mianduimian.archive.models import wording
from mianduimian.archive.rules import Kind
from mianduimian.meeting.models import Exchange, Meeting, Promise, Seat
from mianduimian.meeting.rules import Presence, SeatKind
from mianduimian.papers import Block, Heading, Names, Paper, Para, day
from mianduimian.vocabulary import _, official, say

UNNAMED = _("（发言人未记）")


@official
def minutes(meeting: Meeting) -> Paper:
    """纪要: drafted from what was recorded; without a number it is a draft."""
    round = meeting.round
    seats = list(meeting.seats.select_related("unit"))
    rows = meeting.exchanges.select_related("raised_by__unit", "answered_by", "appeal").prefetch_related("promises__unit")
    words = wording(Kind.MINUTES, round.region)
    told = {"on": day(meeting.day), "region": round.region.name, "focus": round.focus}
    opening = Para(words.say("opening", **told, host=meeting.host, place=meeting.place))
    body: list[Block] = [opening, Heading(say(_("群众说问题，部门找原因、谈整改")))]
    for exchange in rows:
        body += _item(exchange)
    body += [*_suggestions(meeting), *_present(meeting, seats)]
    title = words.say("title", focus=round.focus)
    return Paper(
        "会议纪要",
        title,
        issuer=say(_("%(region)s“面对面”工作专班")) % {"region": round.region.name},
        number=meeting.minutes_number or say(_("（草稿）")),
        body=tuple(body),
        on=meeting.minutes_on or meeting.day,
        copies=tuple(dict.fromkeys(exchange.answered_by.name for exchange in rows)),
    )


def _item(exchange: Exchange) -> list[Block]:
    asked = say(_("%(who)s提出：%(question)s")) % {"who": exchange.raised_by, "question": exchange.question}
    answered = {"unit": exchange.answered_by.name, "who": exchange.speaker or say(UNNAMED)}
    blocks: list[Block] = [
        Heading(exchange.appeal.title if exchange.appeal else say(_("会上提出的问题")), 2),
        Para(asked),
        Para(say(_("%(unit)s%(who)s回应。")) % answered),
    ]
    said = (
        (_("原因：%(text)s"), exchange.cause),
        (_("措施：%(text)s"), exchange.measure),
        (_("代表反应：%(text)s"), exchange.reaction),
    )
    blocks += [Para(say(words) % {"text": text}) for words, text in said if text]
    return [*blocks, *(Para(_promise(promise)) for promise in exchange.promises.all())]


def _promise(promise: Promise) -> str:
    words = {"unit": promise.unit.name, "due": day(promise.due_on), "text": promise.text}
    return say(_("承诺：%(text)s（%(unit)s，%(due)s前）")) % words


def _suggestions(meeting: Meeting) -> list[Block]:
    rows = list(meeting.suggestions.select_related("raised_by__unit"))
    if not rows:
        return []
    answers = {True: _("采纳。%(why)s"), False: _("未采纳。%(why)s"), None: _("待研究。")}
    lines = [f"{row.raised_by}：{row.text}　{say(answers[row.adopted]) % {'why': row.why}}" for row in rows]
    return [Heading(say(_("群众提建议"))), *(Para(line) for line in lines)]


def _present(meeting: Meeting, seats: list[Seat]) -> list[Block]:
    """出席、列席、请假 by kind; a seat shows only what was typed on it."""
    came = [
        (say(_("主持")), [seat.called for seat in seats if seat.kind == SeatKind.HOST] or [meeting.host]),
        *((say(word), _people(seats, presence)) for presence, word in WORDS),
    ]
    return [Names(label, tuple(people)) for label, people in came if people]


WORDS = (
    (Presence.PRESENT, _("出席")),
    (Presence.OBSERVER, _("列席")),
    (Presence.ABSENT, _("请假")),
    (Presence.INVITED, _("已邀请")),
)


def _people(seats: list[Seat], presence: Presence) -> list[str]:
    shown = [seat for seat in seats if seat.presence == presence and seat.kind != SeatKind.HOST]
    return [f"{seat.called}（{_office(seat)}）" for kind in SeatKind for seat in shown if seat.kind == kind]


def _office(seat: Seat) -> str:
    return "，".join(part for part in (seat.word, seat.title if seat.name else "") if part)
