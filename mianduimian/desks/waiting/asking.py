"""核查回访的工作台: what is to be verified, whom to call, what goes back, what may be closed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.desks.waiting.desk import Desk, Tile
from mianduimian.desks.waiting.piles import Line, Pile, of_keys, of_lines
from mianduimian.desks.wall import ledger_url
from mianduimian.intake.models import Afterword
from mianduimian.ledger.rules import State
from mianduimian.lookback.models import Recurrence, Visit, matters_for

LOOKED_AT = (State.SETTLED, State.CLOSING)


def part(desk: Desk) -> tuple[list[Tile], list[Pile], dict[str, object]]:
    """What waits for those who look back."""
    settled = {pk: look for pk, (matter, look) in desk.looked.items() if matter.state in LOOKED_AT}
    ready = [pk for pk, look in settled.items() if desk.looked[pk][0].state == State.CLOSING and not look.missing]
    back = [pk for pk, (_matter, look) in desk.looked.items() if look.finding and look.grounds]
    vague = [pk for pk, (_matter, look) in desk.looked.items() if look.vague]
    unseen = [pk for pk, look in settled.items() if not look.finding or look.rechecks]
    unasked = [pk for pk, look in settled.items() if look.share.to_ask < max(look.sources, 1)]
    return (
        [],
        [
            _pile(
                _("应退回重办"), _("群众不满意、未明确解决措施或核查不实。"), back, ledger_url(visit="unsatisfied"), pressing=True
            ),
            _pile(_("可以销号"), _("核查和回访齐了；您是第二只手。"), ready, ledger_url(state="closing"), pressing=True),
            _recurring(desk),
            _pile(_("答复疑无措施"), _("机器读着没有明确措施，由人认定。"), vague, ledger_url(reached="replied")),
            _calls(desk),
            said_later(desk),
            _pile(_("待核查"), _("由承办人以外的人到现场或查资料。"), unseen, ledger_url(reached="settled")),
            _pile(_("待列入回访"), _("每一位反映过的群众都要问到。"), unasked, ledger_url(reached="settled")),
        ],
        {},
    )


def said_later(desk: Desk) -> Pile:
    """群众后来说的: what citizens said on their receipts and nobody has answered, the oldest first."""
    rows = Afterword.objects.seen_by(desk.person).waiting().select_related("submission__round").order_by("pk")
    lines = [
        Line(
            words=_("%(kind)s：%(submission)s") % {"kind": row.kind_word, "submission": row.submission},
            url=reverse("publication:later", args=[row.submission.round.code]),
            note=f"{row.submission.round.focus} · {row.on}",
        )
        for row in rows
    ]
    url = lines[0].url if lines else ""
    return of_lines(_("群众后来说的"), _("有人补充、说不是自己的事、说没有解决；每一条都要答复。"), lines, url, pressing=True)


def _pile(word: str, why: str, keys: list[int], url: str, *, pressing: bool = False) -> Pile:
    return of_keys(word, why, keys, url, to="lookback:matter", pressing=pressing)


def _recurring(desk: Desk) -> Pile:
    """疑似复发: what came in about a matter that was closed, the earlier matter named beside it."""
    found = Recurrence.objects.open().filter(matter__in=matters_for(desk.person)).select_related("matter__appeal")
    lines = [
        Line(
            words=f"{one.matter.number} {one.matter.appeal.title}",
            url=reverse("lookback:recurrence", args=[one.pk]),
            note=_("同一地点：%(place)s") % {"place": one.place},
        )
        for one in found
    ]
    url = f"{reverse('lookback:home')}?show=recur"
    return of_lines(_("疑似复发"), _("销号之后，同一地点、同一类别又有来件，由人认定。"), lines, url, pressing=True)


def _calls(desk: Desk) -> Pile:
    """待回访: who can be reached, has not answered and was not tried often enough; known here by surname only."""
    waiting = Visit.objects.seen_by(desk.person).of_this_turn().filter(matter__in=list(desk.looked)).waiting()
    lines = [
        Line(
            words=f"{visit.matter.number} {visit.matter.appeal.title}",
            url=reverse("lookback:matter", args=[visit.matter_id]),
            note=_("%(who)s · 已联系 %(n)s 次") % {"who": visit.masked or _("保密来件"), "n": len(visit.attempts.all())},
        )
        for visit in waiting
    ]
    return of_lines(_("待回访"), _("联系不上的满次数后另列，不计入满意。"), lines, ledger_url(visit="waiting"))
