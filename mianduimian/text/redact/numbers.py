"""号码: the numbers that lead to a person, each with its form, its check digit or the word before it."""

import re

from mianduimian.text.redact.kinds import Kind, Sign

GAP = r"[ \-\u00a0]?"
APART = r"[ \-\u00a0.·•,、:/_~]{0,3}"
PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
LETTER, LETTER_OR_DIGIT = "[A-HJ-NP-Za-hj-np-z]", "[A-HJ-NP-Za-hj-np-z0-9]"
ID_WORD = re.compile("身份证|证件号|公民身份|身份号")
CARD_WORD = re.compile("卡|账号|帐号|账户|银行|转账|汇款|收款")


def digits(match: re.Match[str]) -> str:
    """The figures of a match alone."""
    return re.sub(r"[^0-9Xx]", "", match[1]).upper()


def _before(match: re.Match[str], length: int) -> str:
    return match.string[max(0, match.start() - length) : match.start()]


def _is_id(match: re.Match[str]) -> bool:
    number = digits(match)
    total = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17] or bool(ID_WORD.search(_before(match, 12)))


def _is_old_id(match: re.Match[str]) -> bool:
    return bool(ID_WORD.search(_before(match, 12)))


def _is_card(match: re.Match[str]) -> bool:
    number = [int(digit) for digit in reversed(digits(match))]
    doubled = (sum(divmod(2 * digit, 10)) for digit in number[1::2])
    right = (sum(number[::2]) + sum(doubled)) % 10 == 0
    return right and (digits(match)[:2] == "62" or digits(match)[0] in "45" or bool(CARD_WORD.search(_before(match, 20))))


def _is_plate(match: re.Match[str]) -> bool:
    return any(character.isdigit() for character in match[1][2:])


def _always(match: re.Match[str]) -> bool:
    return True


MAIL = (
    r"(?<![\w.%+-])([a-zA-Z0-9][\w.%+-]{0,63}(?:@|\(at\)|\[at\]|#(?=[\w-]{2,20}\.com))[a-zA-Z0-9-]{1,63}"
    r"(?:\.[a-zA-Z0-9-]{1,63}){1,4})"
)
CHAT = (
    r"(?:(?:微信|薇信|威信|v信|加v|\+v|加微|[Ww]e[Cc]hat|(?<![a-zA-Z])(?:vx|VX|wx|WX|weixin)|(?<=加)V|V信)(?!公众号"
    r"|小程序|支付|付款|视频号)"
    r"|(?<![a-zA-Z0-9])[vV](?=:))(?:号码|号|ID|id|是|为|同号|加我|[: (\"“]){0,4}"
)
SIGNS = (
    Sign(Kind.EMAIL, re.compile(MAIL, re.A), _always),
    Sign(Kind.ID, re.compile(rf"(?<!\d)([1-9](?:{GAP}\d){{16}}{GAP}[\dXx])(?![\da-zA-Z])"), _is_id),
    Sign(Kind.ID, re.compile(r"(?<!\d)([1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3})(?![\da-zA-Z])"), _is_old_id),
    Sign(Kind.BANK, re.compile(rf"(?<!\d)([3-9](?:{GAP}\d){{15,18}})(?!\d)"), _is_card),
    Sign(Kind.WECHAT, re.compile(CHAT + r"([a-zA-Z][a-zA-Z0-9_-]{5,19}|\d{6,12})"), _always),
    Sign(Kind.WECHAT, re.compile(
        r"微信[^。!?;\n]{0,24}(?:号|ID|id)(?:是|为|[: ]){1,2}([a-zA-Z][a-zA-Z0-9_-]{5,19})(?![a-zA-Z0-9])"), _always),
    Sign(Kind.QQ, re.compile(r"(?:[Qq]{2}|[Qq]号|扣扣|企鹅号)(?:群|号码|号|是|为|[: ]){0,4}([1-9]\d{4,10})(?!\d)"), _always),
    Sign(Kind.MOBILE, re.compile(rf"(?<!\d)(?:\+?86{GAP})?(1{GAP}[3-9]{GAP}\d(?:{GAP}\d){{8}})(?!\d)"), _always),
    Sign(Kind.MOBILE, re.compile(rf"(?<!\d)(1[3-9]\d{APART}\d{{4}}{APART}\d{{4}})(?!\d)"), _always),
    Sign(Kind.MOBILE, re.compile(r"(?<!\d)(1([ .·•_/~]{1,2})[3-9]\2\d(?:\2\d){8})(?!\d)"), _always),
    Sign(Kind.LANDLINE, re.compile(
        rf"(?<!\d)(\(?0(?:10|2\d|[3-9]\d{{2}})\)?{GAP}{GAP}[2-9]\d{{2,3}}{GAP}\d{{4}}(?:(?:转|-)\d{{1,5}})?)(?!\d)"), _always),
    Sign(Kind.LANDLINE, re.compile(r"(?:电话|座机|致电|拨打|联系)(?:号码|号|是|为|[: ]){0,3}([2-9]\d{6,7})(?!\d)"), _always),
    Sign(Kind.PLATE, re.compile(
        rf"([{PROVINCE}]{LETTER}[ ·•.\-]{{0,2}}{LETTER_OR_DIGIT}{{4,5}}(?:{LETTER_OR_DIGIT}|[挂学警港澳]))(?![a-zA-Z0-9])"),
        _is_plate),
)
