"""涂去: words taken out of a finished Word file wherever they stand, however the file has cut them; all else stays as issued."""

import re
from collections.abc import Iterable
from html import unescape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

TAG = re.compile("<[^>]*>")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def struck(content: bytes, known: Iterable[str], sign: str) -> bytes | None:
    """The same file with each of these words replaced by a sign; nothing where none of them stands in it."""
    words = sorted({word for word in known if word}, key=len, reverse=True)
    final, changed = BytesIO(), False
    with ZipFile(BytesIO(content)) as source, ZipFile(final, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            mended = _mended(part, words, sign) if name.endswith((".xml", ".rels")) else None
            changed |= mended is not None
            target.writestr(ZipInfo(name), part if mended is None else mended, ZIP_DEFLATED)
    return final.getvalue() if changed else None


def _mended(part: bytes, words: list[str], sign: str) -> bytes | None:
    raw = part.decode()
    seen = (unescape(raw), unescape(TAG.sub("", raw)))
    if not any(word in text for word in words for text in seen):
        return None
    root = etree.fromstring(part)
    texts = [[*paragraph.iter(f"{WORD}t")] for paragraph in root.iter(f"{WORD}p")]
    changed = sum([_strike(pieces, words, sign) for pieces in texts])
    changed += sum([_strike([one], words, sign) for one in root.iter() if isinstance(one.tag, str)])
    changed += sum([_strike_attributes(one, words, sign) for one in root.iter()])
    if not changed:
        return None
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _strike_attributes(one: etree._Element, words: list[str], sign: str) -> bool:
    """The same in what is not shown but read aloud: a picture's description."""
    told = {name: value for name, value in one.attrib.items() if any(word in value for word in words)}
    for name, value in told.items():
        for word in words:
            value = value.replace(word, sign)
        one.set(name, value)
    return bool(told)


def _strike(pieces: list[etree._Element], words: list[str], sign: str) -> bool:
    """Replace the words in a text that is cut into pieces: the first takes the sign, the others lose their share."""
    changed = False
    for word in words:
        while (at := "".join(one.text or "" for one in pieces).find(word)) >= 0 and word not in sign:
            changed, left, put = True, len(word), sign
            for one in pieces:
                text = one.text or ""
                if at >= len(text):
                    at -= len(text)
                    continue
                taken = min(left, len(text) - at)
                one.text = text[:at] + put + text[at + taken :]
                left, at, put = left - taken, 0, ""
                if not left:
                    break
    return changed
