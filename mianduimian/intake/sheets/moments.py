"""时间: the many ways in which exports write when something was said."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from mianduimian.intake.rules import SHANGHAI
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

EXCEL_ZERO = datetime(1899, 12, 30, tzinfo=SHANGHAI)
SERIALS = (20_000, 80_000)
DAY = r"(?P<year>\d{4}|\d{2})\s*(?:[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?|(?P<packed>\d{4}))"
HALF = r"(?P<half>上午|下午|晚上|凌晨|中午|am|pm)?"
SECOND = r"(?:[:分]\s*(?P<second>\d{1,2})?(?:\.\d+)?\s*秒?)?"
CLOCK = rf"{HALF}\s*(?P<hour>\d{{1,2}})\s*[:时點点h]\s*(?P<minute>\d{{1,2}})?\s*{SECOND}"
PACKED_CLOCK = r"(?P<packed_clock>\d{4}(?:\d{2})?)"
ZONE = r"(?P<zone>z|utc|[+-]\d{2}:?\d{2})?"
WEEK = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
WRITTEN = re.compile(rf"{DAY}{WEEK}(?:[\st,]*(?:{CLOCK}|{PACKED_CLOCK}))?\s*{ZONE}", re.IGNORECASE)
AFTERNOON = ("下午", "晚上", "pm")


def moment(value: object) -> datetime | None:
    """The moment a cell tells, in our time zone unless it names its own; nothing where it is blank; refused if it is none."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time.min)
    if isinstance(value, float | int) and not isinstance(value, bool) and SERIALS[0] <= value <= SERIALS[1]:
        return EXCEL_ZERO + timedelta(seconds=round(value * 86_400))
    text = unicodedata.normalize("NFKC", _digits(value)).strip()
    if not text:
        return None
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return moment(float(text))
    try:
        return _written(text)
    except ValueError:
        raise Refused(_("“%(text)s”不是能认的时间。"), text=text[:40]) from None


def _digits(value: object) -> str:
    """A number such as 20231116 that a spreadsheet keeps as 20231116.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _written(text: str) -> datetime:
    match = WRITTEN.fullmatch(text)
    if not match:
        raise ValueError(text)
    part = match.groupdict()
    if part["packed"] and len(part["year"]) == 2:
        raise ValueError(text)
    month, day = (part["packed"][:2], part["packed"][2:]) if part["packed"] else (part["month"], part["day"])
    year = int(part["year"]) + (2000 if len(part["year"]) == 2 else 0)
    return _zoned(datetime(year, int(month), int(day), *_clock(part), tzinfo=SHANGHAI), part["zone"])


def _clock(part: dict[str, str | None]) -> tuple[int, int, int]:
    packed = part["packed_clock"]
    if packed:
        return int(packed[:2]), int(packed[2:4]), int(packed[4:] or 0)
    hour = int(part["hour"] or 0)
    late = hour < 12 and (part["half"] or "").lower() in AFTERNOON
    return hour + 12 * late, int(part["minute"] or 0), int(part["second"] or 0)


def _zoned(moment: datetime, zone: str | None) -> datetime:
    if not zone:
        return moment
    named = "+00:00" if zone.lower() in ("z", "utc") else zone
    return datetime.fromisoformat(f"{moment.replace(tzinfo=None).isoformat()}{named}").astimezone(SHANGHAI)
