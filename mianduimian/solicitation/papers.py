"""公告: the public notice of a call, after GB/T 9704."""

from datetime import date

from mianduimian.archive.models import Words, wording
from mianduimian.archive.rules import Kind
from mianduimian.papers import Block, Heading, Paper, Para, day
from mianduimian.solicitation.models import Call
from mianduimian.solicitation.rules import Channel
from mianduimian.vocabulary import _, official, say


@official
def notice(call: Call) -> Paper:
    """征集公告: topic, scope, window, channels, contact, and what becomes of what is said."""
    round = call.round
    words = wording(Kind.CALL, round.region)
    body: tuple[Block, ...] = (
        Para(words.say("opening", host=round.host, region=round.region.name, focus=round.focus)),
        Heading(say(_("征集主题"))),
        Para(round.focus),
        Heading(say(_("征集范围"))),
        Para(call.scope),
        Heading(say(_("征集时间"))),
        Para(say(_("%(opens)s至%(closes)s。")) % {"opens": day(call.opens_on), "closes": day(call.closes_on)}),
        Heading(say(_("征集渠道"))),
        *[Para(_way(words, place, channel)) for place, channel in enumerate(call.channels, 1)],
        Heading(say(_("联系方式"))),
        Para(call.contact or words.say("contact")),
        Heading(say(_("办理与反馈"))),
        Para(words.say("after", within=round.rules.reply["within"])),
    )
    title = words.say("title", focus=round.focus)
    return Paper("公告", title, issuer=_issuer(call), number=call.number, body=body, signed=_issuer(call), on=_issued(call))


def _way(words: Words, place: int, channel: str) -> str:
    return f"（{place}）{Channel.word_of(channel)}：{words.say(Channel(channel).value)}"


def _issuer(call: Call) -> str:
    return f"{call.round.region.name}“面对面”工作专班"


def _issued(call: Call) -> date:
    return call.issued_on
