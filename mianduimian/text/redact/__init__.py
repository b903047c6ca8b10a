"""脱敏: the personal data a text gives away, found by linear patterns and masked for people who need not know."""

import re
from collections.abc import Callable, Iterator
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
    keep: tuple[int, int]  # characters left readable at its beginning and end


FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
NARROW = str.maketrans(FULL_WIDTH | {0x3000: " ", 0x2014: "-", 0x2013: "-", 0x2011: "-"})
GAP = r"[ \-\u00a0]?"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方"
    "白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温赖古巫骆丘凌缪涂刁邬池甘欧麦植练"
)
DOUBLE = "欧阳|司马|上官|诸葛|司徒|东方|夏侯|皇甫|尉迟|公孙|令狐|慕容"
CUE = "我叫|本人叫|名字叫|名叫|姓名|联系人|投诉人|举报人|反映人|来电人|当事人|户主|业主叫|本人是|我是|本人(?![于向任万方])"
NOT_A_NAME = "高中|方便|任何|万一|万分|安全|白天|金牌|向您|向你|于是|余下|和平|温馨|包括|古稀|甘愿"
NOT_GIVEN = "的是在有住与和跟及向为对就已现今从被把要想说不没也都去来因由等们某先女老师总医主县区镇乡市"


def _digits(match: re.Match[str]) -> str:
    return re.sub(r"[^0-9Xx]", "", match.group(1)).upper()


def _is_id(match: re.Match[str]) -> bool:
    digits = _digits(match)
    total = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(digits[:17]))
    return "10X98765432"[total % 11] == digits[17] or "身份证" in match.string[max(0, match.start() - 12) : match.start()]


def _is_card(match: re.Match[str]) -> bool:
    digits = [int(digit) for digit in reversed(_digits(match))]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _has_digit(match: re.Match[str]) -> bool:
    return any(character.isdigit() for character in match.group(1)[1:])


def _always(match: re.Match[str]) -> bool:
    return True


def _a_name(tail: str) -> re.Pattern[str]:
    given = rf"[^\W\da-zA-Z_{NOT_GIVEN}]{{1,2}}"
    return re.compile(rf"(?:{CUE})(?:叫|是|为|[:： ]){{0,3}}(?!{NOT_A_NAME})((?:{DOUBLE}|[{SURNAMES}]){given})(?={tail})")


CHAT = r"(?:微信|薇信|[Ww]e[Cc]hat|(?<![a-zA-Z])(?:vx|VX|wx|WX))(?:号码|号|是|为|同号|加我|[:： ]){0,4}"
MAIL = r"(?<![\w.%+-])([a-zA-Z0-9][\w.%+-]{0,63}@[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){1,4})"
END = r"[^\w]|\d|[a-zA-Z_]|$|先生|女士|同志|小姐|电话|手机|身份证|住|是|家|今年|现|来自|系|男|女"
SIGNS = (
    Sign(Kind.EMAIL, re.compile(MAIL, re.A), _always, (1, 0)),
    Sign(Kind.ID, re.compile(rf"(?<!\d)([1-9](?:{GAP}\d){{16}}{GAP}[\dXx])(?![\da-zA-Z])"), _is_id, (6, 4)),
    Sign(Kind.BANK, re.compile(rf"(?<!\d)([3-9](?:{GAP}\d){{15,18}})(?!\d)"), _is_card, (0, 4)),
    Sign(Kind.WECHAT, re.compile(CHAT + r"([a-zA-Z][a-zA-Z0-9_-]{5,19}|\d{6,12})"), _always, (1, 1)),
    Sign(Kind.QQ, re.compile(r"(?:[Qq]{2}|扣扣)(?:群|号码|号|是|为|[:： ]){0,4}([1-9]\d{4,10})(?!\d)"), _always, (1, 1)),
    Sign(Kind.MOBILE, re.compile(rf"(?<!\d)(?:\+?86{GAP})?(1[3-9]\d(?:{GAP}\d){{8}})(?!\d)"), _always, (3, 4)),
    Sign(Kind.LANDLINE, re.compile(rf"(?<!\d)(\(?0\d{{2,3}}\)?{GAP}[2-9]\d{{2,3}}{GAP}\d{{4}})(?!\d)"), _always, (4, 2)),
    Sign(Kind.LANDLINE, re.compile(r"(?:电话|座机|致电|拨打)(?:号码|号|是|为|[:： ]){0,3}([2-9]\d{6,7})(?!\d)"), _always, (2, 2)),
    Sign(Kind.PLATE, re.compile(
        r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][ ·•.\-]?"
        r"[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳])(?![a-zA-Z0-9])"), _has_digit, (2, 1)),
    Sign(Kind.NAME, _a_name(END), _always, (1, 0)),
)
KEEP = {sign.kind: sign.keep for sign in reversed(SIGNS)}


def find(text: str) -> list[Found]:
    """Everything personal that is found, in the order of the text; nothing overlaps."""
    narrow = text.translate(NARROW)
    taken = bytearray(len(narrow))
    return sorted(_claims(narrow, taken), key=lambda found: found.start)


def _claims(narrow: str, taken: bytearray) -> Iterator[Found]:
    for sign in SIGNS:
        for match in sign.pattern.finditer(narrow):
            start, end = match.span(1)
            if not any(taken[start:end]) and sign.proof(match):
                taken[start:end] = b"\x01" * (end - start)
                yield Found(sign.kind, start, end)


def mask(text: str) -> str:
    """The text with its personal data starred: a phone keeps 3 + 4 figures, an ID 6 + 4, a name its surname."""
    parts, done = [], 0
    for found in find(text):
        parts += [text[done : found.start], _starred(text[found.start : found.end], *KEEP[found.kind])]
        done = found.end
    return "".join([*parts, text[done:]])


def _starred(datum: str, first: int, last: int) -> str:
    if re.match(DOUBLE, datum):
        first = 2
    hidden = max(1, len(datum) - first - last)
    return datum[: len(datum) - hidden - last] + "*" * hidden + datum[len(datum) - last :]
