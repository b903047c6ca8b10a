"""措辞: the small wordings every document shares: clean text, dates, numbers, file names."""

import re
import unicodedata
from datetime import date

ILLEGAL = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
NAME_BYTES = 200
DIGITS = "零一二三四五六七八九"


def clean(value: object) -> str:
    """The text of a value without what no XML file may hold: controls and halves of surrogate pairs."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    return ILLEGAL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(value: object) -> str:
    """Clean text on one line, for titles, names and numbers."""
    return " ".join(clean(value).split())


def day(on: date) -> str:
    """成文日期: Arabic numerals, the year in full, no leading zeros (GB/T 9704 7.3.5.4)."""
    return f"{on.year}年{on.month}月{on.day}日"


def issue_number(office_mark: str, year: int, n: int) -> str:
    """发文字号: office mark, year in hexagonal brackets, number without leading zero or 第 (GB/T 9704 7.2.5)."""
    if n < 1:
        raise ValueError("Issue numbers begin with 1.")
    return f"{office_mark}〔{year:04}〕{n}号"


def numeral(n: int) -> str:
    """A whole number from 1 to 9999 in Chinese: 10 十, 12 十二, 105 一百零五."""
    words = ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, place)
        if digit:
            words += DIGITS[digit] + unit
        elif words and n and not words.endswith("零"):
            words += "零"
    return words.removeprefix("一") if words.startswith("一十") else words


def level_number(level: int, n: int) -> str:
    """结构层次序数: 一、（一）1.（1）(GB/T 9704 7.3.3)."""
    return (f"{numeral(n)}、", f"（{numeral(n)}）", f"{n}.", f"（{n}）")[level - 1]


def filename(title: str, ext: str) -> str:
    """A file name that every system keeps: the title's own Chinese, no path, no device, no hidden sign."""
    stem = NOT_IN_NAMES.sub(" ", clean(title))
    stem = "".join(sign for sign in stem if unicodedata.category(sign) != "Cf")
    stem = stem.encode()[:NAME_BYTES].decode(errors="ignore").strip(" .~-")
    if RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem or '公文'}.{re.sub('[^0-9A-Za-z]', '', ext) or 'bin'}"
