"""个人信息的种类: what is personal in a text, where it stands, and how its signs are written."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from mianduimian.vocabulary import Term, _


class Kind(Term):
    """What is personal in a text."""

    ID = "id", _("身份证号")
    BANK = "bank", _("银行卡号")
    MOBILE = "mobile", _("手机号")
    LANDLINE = "landline", _("固定电话")
    PLATE = "plate", _("车牌号")
    EMAIL = "email", _("电子邮箱")
    WECHAT = "wechat", _("微信号")
    QQ = "qq", _("QQ号")
    ADDRESS = "address", _("住址门牌")
    NAME = "name", _("姓名")


@dataclass(frozen=True)
class Found:
    """One piece of personal data and where it stands in the text as sent."""

    kind: Kind
    start: int
    end: int


class Sign(NamedTuple):
    """How one kind is recognised: group 1 is the datum; `proof` says whether it really is one."""

    kind: Kind
    pattern: re.Pattern[str]
    proof: Callable[[re.Match[str]], bool]
