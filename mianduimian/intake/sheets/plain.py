"""纯文本: CSV and TSV in whatever encoding they come, a damaged line costs itself alone."""

import codecs
import csv
import re
from collections.abc import Iterator

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
TRIED = ("utf-8", "gb18030")
TOLERATED = 0.02
BROKEN = re.compile("[\ud800-\udfff]")
DELIMITERS = ",\t;|"
LONGEST_RECORD = 400
SAMPLE = 30
DAMAGED = _("引号不成对，这一行无法分列。")

csv.field_size_limit(10_000_000)

Cells = list[str]


def decode(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; a few broken bytes stay as halves of signs and cost their own row."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace"), encoding
    for encoding in (*_wide(raw), *TRIED):
        text = raw.decode(encoding, "replace" if encoding.startswith("utf-16") else "surrogateescape")
        if len(BROKEN.findall(text)) <= _foreign(raw) * TOLERATED:
            return _checked(text), encoding
    raise Refused(_("无法识别文件的文字编码。请另存为 UTF-8 的 csv，或导出为 xlsx。"))


def _foreign(raw: bytes) -> int:
    return len(raw.translate(None, bytes(range(128))))


def _wide(raw: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark shows itself by a NUL in every other byte of its Latin signs."""
    head = raw[:4000]
    if head[1::2].count(0) > len(head) // 8 and head[::2].count(0) == 0:
        return ("utf-16-le",)
    return ("utf-16-be",) if head[::2].count(0) > len(head) // 8 and head[1::2].count(0) == 0 else ()


def _checked(text: str) -> str:
    """Refuse what is no text at all: more control signs than a damaged row or two would bring."""
    controls = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 13))
    if controls > max(8, len(text) * TOLERATED):
        raise Refused(_("这不是表格文件。请导出为 xlsx 或 csv 再上传。"))
    return text


def delimiter(text: str) -> str:
    """The sign that cuts the first lines into the most columns, most often."""
    lines = text.splitlines()[:SAMPLE]
    return max(DELIMITERS, key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines)))


def records(text: str, cut: str) -> Iterator[tuple[Cells, str]]:
    """Every record with the reason why it cannot be read, if it cannot; numbered as a spreadsheet would show them."""
    end = "\n" if "\n" in text else "\r"
    lines = text.split(end)
    at = 0
    while at < len(lines):
        cells, taken = _record(lines, at, cut, end)
        yield cells, "" if taken else DAMAGED
        at += max(taken, 1)


def _record(lines: Cells, at: int, cut: str, end: str) -> tuple[Cells, int]:
    """One record and how many lines it takes; none when its quotes never close."""
    if '"' not in lines[at]:
        return lines[at].rstrip("\r").split(cut), 1
    for taken in (1, _balanced(lines, at)):
        try:
            joined = end.join(lines[at : at + taken]).removesuffix("\r")
            return next(csv.reader([joined], delimiter=cut, strict=True)), taken
        except csv.Error:
            continue
    return [], 0


def _balanced(lines: Cells, at: int) -> int:
    """How many lines it takes until every quote that opens has closed; one if they never do."""
    quotes = 0
    for taken, line in enumerate(lines[at : at + LONGEST_RECORD], 1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return taken
    return 1
