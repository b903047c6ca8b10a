"""时间: the times a plain text names, and whether each lies ahead of the day the text is signed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIGIT = "[0-9〇零一二三四五六七八九十两]"
YEAR = f"(?:(?:19|20)\\d\\d年|二[〇零o0]{DIGIT}{{2}}年|[今明后本]年(?:度)?)"
PART = "(?:[上中下]旬|[底末初])"
MONTH = f"(?:{DIGIT}{{1,2}}[-至到、])?{DIGIT}{{1,3}}月(?:份|{DIGIT}{{1,3}}[日号])?{PART}?"
SEASON = (
    "(?:[上下]半年|第?[一二三四1-4]个?季度|(?:农历)?春节|国庆节?|元旦|五一|中秋节?|[寒暑]假|汛期?(?=前)"
    "|[春秋夏冬]季(?:学期|开学)?"
    "|(?<![0-9一二三四五六七八九十两半])年[底末内初中])"
)
DATE = (
    f"(?:{YEAR}的?(?:{MONTH}|{SEASON}|{PART}|[内中])?|{MONTH}|{SEASON}|[本下](?:个)?[周月旬](?:{PART}"
    f"|[一二三四五六日]|{DIGIT}{{1,3}}[日号])?"
    "|[本下来新]个?学?期(?!间)|近两[天日]|明天|后天|月[底末])"
)
LENGTH = f"(?:{DIGIT}{{1,3}}个?(?:工作日|自然日|天|日|周|星期|月|小时)|半个?[年月])"
SPAN = f"(?<!第)(?<!\\d)后?{LENGTH}(?:之内|以内|内)"
TIME = re.compile(f"(?P<span>{SPAN})|(?P<date>{DATE}(?:(?:至|到|-|—|~|、){DATE})?)(?P<by>(?:之|以)?[前内]|起|开始)?")
GONE = re.compile("[去前上当每往历同]年(?:的)?$|[每上]$")
NEXT = re.compile("[明后]年|[下](?:个)?[周月旬学]|[来新]个?学?期|明天|后天|近两")
ENDS = re.compile("[网尊您\"“]|$")
SENTENCE = re.compile(r"[。!;?\n]")
SIGNED = re.compile(
    r"(?:^|[。!;)\]局府办处会司院校部心队委园社站镇乡街道\s]|年)\s*((?:19|20)\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?"
    r"(?=\s*(?:$|[网尊您你u“\"亲市关]))"
)
LAST_MONTH = {
    "上半年": 6, "下半年": 12, "[一1]个?季度": 3, "[二2]个?季度": 6, "[三3]个?季度": 9, "[四4]个?季度": 12, "年[底末内]": 12
}
DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "o": 0}

Day = tuple[int, int, int]


@dataclass(frozen=True)
class Time:
    """A time that is not past: its words, the sentence round it, and how it is said."""

    words: str
    before: str
    after: str
    ahead: bool  # surely ahead; else it cannot be told
    near: bool  # next week, next term
    span: bool  # within so many days
    until: bool  # by, within, from


def times(text: str) -> Iterator[Time]:
    """Every time a plain text names that is not past."""
    today = signed(text) or _latest_year(text)
    done = 0
    for sentence in SENTENCE.split(text):
        for found in TIME.finditer(sentence):
            ahead = False if GONE.search(sentence[max(0, found.start() - 4) : found.start()]) else _ahead(found, today)
            if ahead is None or (ahead and not ENDS.match(sentence, found.end())):
                yield _time(found, sentence, text[done + found.end() : done + found.end() + 160], bool(ahead))
        done += len(sentence) + 1


def signed(text: str) -> Day | None:
    """The day a text is signed: the latest of the dates that stand alone at an end."""
    days = ((int(found[1]), int(found[2]), int(found[3])) for found in SIGNED.finditer(text))
    return max((day for day in days if 1 <= day[1] <= 12 and 1 <= day[2] <= 31), default=None)


def number(words: str) -> int:
    """A number in figures or in Chinese numerals up to 99, or digit by digit."""
    if "十" in words:
        tens, _sign, ones = words.partition("十")
        return 10 * (number(tens) if tens else 1) + (number(ones) if ones else 0)
    return int("".join(str(DIGITS.get(character, character)) for character in words) or 0)


def _time(found: re.Match[str], sentence: str, after: str, ahead: bool) -> Time:
    words, span = found.group(), bool(found["span"])
    before = sentence[max(0, found.start() - 60) : found.start()]
    until = span or bool(found["by"]) or words[-1] in "底末内前"
    return Time(words, before, after, ahead, bool(NEXT.search(words)) and not _year(words), span, until)


def _latest_year(text: str) -> Day | None:
    """Where nothing is signed, no year before the latest one named lies ahead."""
    years = [int(year) for year in re.findall(r"(?:19|20)\d\d(?=年)", text)]
    return (max(years), 0, 0) if years else None


def _ahead(found: re.Match[str], today: Day | None) -> bool | None:
    words = found.group()
    year = _year(words)
    if not year and NEXT.search(words):
        return True
    if found["span"] or today is None:
        return None
    if year and year != today[0]:
        return year > today[0]
    month, day = _part("月", words) or _last_month(words), _part("[日号]", words)
    if month is None or not 1 <= month <= 12 or not today[1]:
        return None
    if (month, day or 28) > today[1:]:
        return True
    return None if not year and today[1] - month >= 9 else False


def _last_month(words: str) -> int | None:
    return next((month for season, month in LAST_MONTH.items() if re.search(season, words)), None)


def _year(words: str) -> int | None:
    found = re.search(f"((?:19|20)\\d\\d|二[〇零o0]{DIGIT}{{2}})年", words)
    return number(found[1]) if found else None


def _part(unit: str, words: str) -> int | None:
    found = re.search(f"({DIGIT}{{1,3}}){unit}", words)
    return number(found[1]) if found else None
