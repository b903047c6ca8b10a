"""信件清单: names, addresses and texts of one day's letters, for printing and posting."""

from collections.abc import Iterable

from mianduimian.papers import Column, Sheet, workbook
from mianduimian.publication.models import Message
from mianduimian.vocabulary import _, say

COLUMNS = (
    Column("number", _("序号"), 6, "number"),
    Column("name", _("姓名"), 12),
    Column("address", _("联系地址"), 40),
    Column("text", _("内容"), 80),
)


def letters_sheet(letters: Iterable[tuple[str, str, Message]]) -> bytes:
    """One letter a row; the file holds who citizens are, and says so."""
    rows = [
        {"number": number, "name": name, "address": address, "text": message.text}
        for number, (name, address, message) in enumerate(letters, 1)
    ]
    note = say(_("内有群众姓名和地址：打印寄出后请删除本文件，不得转发。每次下载都已留痕。"))
    return workbook([Sheet(say(_("信件")), COLUMNS, rows)], note=note)
