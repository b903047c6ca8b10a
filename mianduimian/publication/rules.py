"""公开规则: which journal lines a citizen is told, and in what words."""

from dataclasses import dataclass

from mianduimian.vocabulary import Term, _, say


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
        words = {"step": self.step.word, "title": self.title, "unit": self.unit or "—", "receipt": self.receipt}
        return say(_("【面对面】%(step)s：%(title)s。责任单位：%(unit)s。凭回执码 %(receipt)s 可查每一步。")) % words
