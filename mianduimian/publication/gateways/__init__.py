"""发送通道: where a message leaves the house; the state of its delivery is kept with the message, not with the matter."""

from datetime import timedelta
from pathlib import Path

from mianduimian.publication.gateways.file import FileGateway
from mianduimian.publication.gateways.letter import Gateway, Letter, Unclear, Undelivered, Unwanted
from mianduimian.publication.gateways.mail import MailGateway
from mianduimian.publication.gateways.plan import Misplanned, Plan, read
from mianduimian.publication.gateways.sms import SmsGateway
from mianduimian.publication.gateways.wechat import WeChatGateway

__all__ = [
    "FileGateway", "Gateway", "Letter", "MailGateway", "Misplanned", "Plan", "SmsGateway", "Unclear", "Undelivered",
    "Unwanted", "WeChatGateway", "gateways", "read",
]  # fmt: skip


def gateways(plan: Plan, data: Path) -> list[Gateway]:
    """The ways out that are set up in this house, in the plan's order; printed letters go out by hand and are none."""
    return [_gateway(way, plan, data) for way in plan.order if way != "letter"]


def _gateway(way: str, plan: Plan, data: Path) -> Gateway:
    if way == "sms":
        set_up = plan.ways["sms"]
        return SmsGateway(**{**set_up, "remembers": timedelta(minutes=set_up["remembers"])})
    if way == "email":
        return MailGateway(**plan.ways["email"], footer=plan.site)
    if way == "wechat":
        return WeChatGateway(**plan.ways["wechat"], link=plan.site)
    return FileGateway(data / "outbox")
