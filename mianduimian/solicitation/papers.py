"""公告: the public notice of a call, after GB/T 9704."""

from datetime import date

from mianduimian.papers import Block, Heading, Paper, Para, day
from mianduimian.solicitation.models import Call
from mianduimian.solicitation.rules import Channel
from mianduimian.vocabulary import _, official, say

WAYS = {
    Channel.HOTLINE: _("拨打12345政务服务便民热线，说明反映“面对面”本期主题。"),
    Channel.WEB: _("登录“面对面”公开页面，填写征集表，凭回执码查询办理情况。"),
    Channel.LETTER: _("来信寄至工作专班，信封注明“面对面征集”。"),
    Channel.VISIT: _("工作日到工作专班当面反映。"),
    Channel.PHONE: _("拨打工作专班联系电话。"),
    Channel.DEPUTY: _("向人大代表、政协委员反映，由其转交。"),
    Channel.WECHAT: _("在政务公众号留言。"),
    Channel.PETITION: _("通过信访渠道反映，由信访部门转送。"),
}

OPENING = _(
    "为用好“面对面”工作机制，%(host)s将主持召开座谈会，与群众面对面研究解决%(region)s“%(focus)s”方面的突出问题。"
    "现面向社会公开征集问题和建议，有关事项公告如下。"
)
AFTER = _(
    "所收问题和建议逐宗登记、统一梳理，有代表性的诉求纳入台账，交承办单位办理；承办单位自交办之日起%(within)s个工作日内书面反馈。"
    "反映人可凭回执码查询进展，身份信息依法保密。"
)


@official
def notice(call: Call) -> Paper:
    """征集公告: topic, scope, window, channels, contact, and what becomes of what is said."""
    round = call.round
    body: tuple[Block, ...] = (
        Para(say(OPENING) % {"host": round.host, "region": round.region.name, "focus": round.focus}),
        Heading(say(_("征集主题"))),
        Para(round.focus),
        Heading(say(_("征集范围"))),
        Para(call.scope),
        Heading(say(_("征集时间"))),
        Para(say(_("%(opens)s至%(closes)s。")) % {"opens": day(call.opens_on), "closes": day(call.closes_on)}),
        Heading(say(_("征集渠道"))),
        *[Para(f"（{place}）{Channel.word_of(channel)}：{_way(channel)}") for place, channel in enumerate(call.channels, 1)],
        Heading(say(_("联系方式"))),
        Para(call.contact or say(_("由工作专班公布。"))),
        Heading(say(_("办理与反馈"))),
        Para(say(AFTER) % {"within": round.rules.reply["within"]}),
    )
    title = say(_("关于公开征集“%(focus)s”问题和建议的公告")) % {"focus": round.focus}
    return Paper("公告", title, issuer=_issuer(call), number=call.number, body=body, signed=_issuer(call), on=_issued(call))


def _way(channel: str) -> str:
    return say(WAYS[Channel(channel)])


def _issuer(call: Call) -> str:
    return f"{call.round.region.name}“面对面”工作专班"


def _issued(call: Call) -> date:
    return call.issued_on
