"""公开规则: which journal lines a citizen is told, and in what words."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mianduimian.intake.rules import Later
from mianduimian.intake.rules import spaced as spaced
from mianduimian.ledger.rules import State
from mianduimian.text.redact import shield as shield
from mianduimian.triage.rules import Bucket
from mianduimian.vocabulary import Term, _, say


class Step(Term):
    """环节: a step of which every source citizen is told once."""

    RECEIVED = "received", _("您反映的事收到了")
    MERGED = "merged", _("您反映的事已归入一件诉求")
    ASSIGNED = "assigned", _("已交责任单位办理")
    EXTENDED = "extended", _("办理时间延长了")
    REPLIED = "replied", _("责任单位已书面反馈")
    SETTLED = "settled", _("已办结，还要问您满不满意")
    ASKED = "asked", _("请您评一评办得怎么样")
    SENT_BACK = "sent_back", _("没有办好，退回重办")
    CLOSED = "closed", _("已经办完，销号了")


class Delivery(Term):
    """送达状态, apart from the matter's state."""

    QUEUED = "queued", _("待发送")
    SENDING = "sending", _("正在发送")
    SENT = "sent", _("已发送")
    PRINT = "to_print", _("待打印寄出")
    UNKNOWN = "unknown", _("是否送到不明")
    FAILED = "failed", _("发送失败")
    UNREACHABLE = "unreachable", _("无联系方式")


class Way(Term):
    """通道: by what a citizen is told."""

    WECHAT = "wechat", _("微信")
    SMS = "sms", _("短信")
    EMAIL = "email", _("邮件")
    LETTER = "letter", _("信件")
    FILE = "file", _("文件")


class Result(Term):
    """投递结果: what came of one try."""

    TAKEN = "taken", _("已接收")
    LATER = "later", _("没有接收，稍后再发")
    REFUSED = "refused", _("不能送达")
    UNCLEAR = "unclear", _("没有答复，不知是否接收")


# journal verb → step; a line whose verb is not here is not told
TOLD = {
    "intake.receive": Step.RECEIVED,
    "intake.run_batch": Step.RECEIVED,
    "ledger.open_matter": Step.MERGED,
    "ledger.assign": Step.ASSIGNED,
    "ledger.uphold": Step.ASSIGNED,
    "ledger.grant_extension": Step.EXTENDED,
    "ledger.reply": Step.REPLIED,
    "ledger.settle": Step.SETTLED,
    "lookback.plan_visits": Step.ASKED,
    "lookback.send_back": Step.SENT_BACK,
    "lookback.close": Step.CLOSED,
}


@dataclass(frozen=True)
class Notice:
    """What a citizen is told: the step, the appeal's title, the responsible unit and the receipt to look it up with."""

    step: Step
    title: str
    unit: str
    receipt: str

    @property
    def words(self) -> dict[str, str]:
        """The words of the message, for a gateway that has a text of its own."""
        return {"step": self.step.word, "title": self.title, "unit": self.unit, "receipt": self.receipt}

    @property
    def text(self) -> str:
        """The message, in the language of the house, with nothing personal in it."""
        words = self.words
        if not self.title:
            return say(_("【面对面】%(step)s。凭回执码 %(receipt)s 可查每一步。")) % words
        if not self.unit:
            return say(_("【面对面】%(step)s：%(title)s。凭回执码 %(receipt)s 可查每一步。")) % words
        return say(_("【面对面】%(step)s：%(title)s。责任单位：%(unit)s。凭回执码 %(receipt)s 可查每一步。")) % words


NAMED = 3  # so many receipts are named in one message
ONE_SMS, LONG_SMS = 70, 67  # characters of a short message in Chinese, and of each part of a long one


def named(receipts: Sequence[str]) -> str:
    """The receipts of one citizen as one message names them."""
    if len(receipts) <= NAMED:
        return "、".join(receipts)
    return say(_("%(some)s 等 %(n)s 个")) % {"some": "、".join(receipts[:NAMED]), "n": len(receipts)}


def segments(text: str) -> int:
    """As how many short messages a text is sent and paid: 70 signs, or 67 a part; a sign beyond the first plane is two."""
    length = len(text.encode("utf-16-le")) // 2
    return 1 if length <= ONE_SMS else -(-length // LONG_SMS)


@dataclass(frozen=True)
class Preview:
    """预览: one step's text before it goes, and what it costs as a short message."""

    step: Step
    text: str

    @property
    def length(self) -> int:
        """Its characters."""
        return len(self.text)

    @property
    def segments(self) -> int:
        """As how many short messages it is paid."""
        return segments(self.text)


def previews(title: str, unit: str) -> list[Preview]:
    """Every step's text with one receipt, as a citizen of this appeal would read it."""
    bare = {Step.RECEIVED}
    receipt = "X" * 12
    return [
        Preview(step, Notice(step, "" if step in bare else title, "" if step in bare else unit, receipt).text) for step in Step
    ]


def route(contacts: Mapping[str, str], order: Sequence[str], refused: Collection[str] = ()) -> str:
    """By which way a citizen is told: the first of the order for which they left a contact and which did not refuse."""
    return next((way for way in order if contacts.get(way) and way not in refused), "")


def contacts(identity: Mapping[str, str]) -> dict[str, str]:
    """What a citizen left, by the way it opens; a short message goes to a mobile number only, a letter needs a name."""
    digits = "".join(sign for sign in identity["phone"] if sign.isdecimal())
    mobile = digits.removeprefix("86")
    return {
        Way.WECHAT: identity["wechat"],
        Way.SMS: mobile if len(mobile) == 11 and mobile.startswith("1") else "",
        Way.EMAIL: identity["email"],
        Way.LETTER: identity["address"] if identity["name"] else "",
        Way.FILE: identity["phone"] or identity["email"],
    }


def after(result: Result, tries: int, again: Sequence[int], *, doubtful: bool, drops: bool) -> tuple[Delivery, timedelta]:
    """What becomes of a message after a try, and how long it then waits.

    What may have arrived (`doubtful`) goes out again only where doubles are dropped (`drops`); otherwise a person looks.
    FAILED: nothing arrived and this way is at its end.
    """
    if result == Result.TAKEN:
        return Delivery.SENT, timedelta()
    spent = tries > len(again)
    if doubtful and (not drops or spent or result == Result.REFUSED):
        return Delivery.UNKNOWN, timedelta()
    if result == Result.REFUSED or spent:
        return Delivery.FAILED, timedelta()
    return Delivery.QUEUED, timedelta(minutes=again[tries - 1])


@dataclass(frozen=True)
class Passage:
    """一步: what happened to a citizen's words, on which day, by whom (a unit, never a person), in a plain sentence."""

    when: date
    what: str
    who: str = ""
    why: str = ""
    now: bool = False


ANSWERED = (State.REPLIED, State.STAGED, State.SETTLED, State.CLOSING, State.CLOSED)  # a citizen can say that it is not solved


# 现在: what a stage means, said to whoever spoke
MEANING = {
    State.OPEN: _("还没有交给哪个单位"),
    State.ASSIGNED: _("已经交给单位，等单位签收"),
    State.ACCEPTED: _("单位正在办"),
    State.OBJECTED: _("单位说不归它办，专班正在定"),
    State.REPLIED: _("单位答复了，专班正在看办得够不够"),
    State.STAGED: _("办了一部分，还没有办完"),
    State.SETTLED: _("单位办过了，派人核查，还要问您满不满意"),
    State.CLOSING: _("等第二个人确认能不能销号"),
    State.CLOSED: _("核查过、回访过，这件事办完了"),
}


def may_tell(kind: Later, bucket: str, state: str) -> bool:
    """Whether a citizen may say this now: not theirs only of a group, not solved only of what was answered."""
    if kind == Later.NOT_MINE:
        return bucket == Bucket.DISTILLED
    return kind == Later.MORE or state in ANSWERED


def typed(code: str) -> str:
    """A receipt code as typed: spaces and dashes left out, letters in capitals, width folded; letters alone are kept."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return "".join(letter for letter in plain if letter.isalnum())[:32]
