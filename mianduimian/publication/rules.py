"""公开规则: which journal lines a citizen is told, and in what words."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mianduimian.text.redact import mask
from mianduimian.vocabulary import Term, _, say

KNOWN = 8_192  # texts whose masking is remembered


class Step(Term):
    """环节: a step of which every source citizen is told once."""

    RECEIVED = "received", _("已收到您的来件")
    MERGED = "merged", _("您的来件已归入一件诉求")
    ASSIGNED = "assigned", _("已交责任单位办理")
    EXTENDED = "extended", _("办理时限延长")
    REPLIED = "replied", _("责任单位已书面反馈")
    SETTLED = "settled", _("事项已办结，将回访您")
    SENT_BACK = "sent_back", _("事项退回重办")
    CLOSED = "closed", _("事项已销号")


class Delivery(Term):
    """送达状态, apart from the matter's state."""

    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")
    UNREACHABLE = "unreachable", _("无联系方式")


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
    def text(self) -> str:
        """The message, in the language of the house, with nothing personal in it."""
        words = {"step": self.step.word, "title": self.title, "unit": self.unit, "receipt": self.receipt}
        if not self.title:
            return say(_("【面对面】%(step)s。凭回执码 %(receipt)s 可查每一步。")) % words
        if not self.unit:
            return say(_("【面对面】%(step)s：%(title)s。凭回执码 %(receipt)s 可查每一步。")) % words
        return say(_("【面对面】%(step)s：%(title)s。责任单位：%(unit)s。凭回执码 %(receipt)s 可查每一步。")) % words


@dataclass(frozen=True)
class Passage:
    """一步: what happened to a citizen's words, on which day, by whom (a unit, never a person), in a plain sentence."""

    when: date
    what: str
    who: str = ""
    why: str = ""
    now: bool = False


def shield(text: str, names: Iterable[str]) -> str:
    """A text for everybody: numbers masked, and the names of those who spoke, wherever they stand, cut to the surname."""
    shown = _masked(text)
    for name in sorted((name for name in names if len(name) > 1), key=len, reverse=True):
        shown = shown.replace(name, f"{name[0]}**")
    return shown


@lru_cache(maxsize=KNOWN)
def _masked(text: str) -> str:
    return mask(text) if text else ""


def spaced(code: str) -> str:
    """A receipt code as people read it aloud: groups of four."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


def typed(code: str) -> str:
    """A receipt code as typed: spaces and dashes left out, letters in capitals, width folded; letters alone are kept."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return "".join(letter for letter in plain if letter.isalnum())[:32]
