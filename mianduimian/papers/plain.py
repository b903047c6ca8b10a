"""公文: what an official document says, as plain data, before anybody thinks of how it looks."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Para:
    """段: one paragraph of running text; a line break in it begins the next paragraph."""

    text: str


@dataclass(frozen=True)
class Heading:
    """层次: 一、（一）1.（1）; its number is counted over the document, never typed."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"A heading has level 1 to 4, not {self.level}.")


@dataclass(frozen=True)
class Table:
    """表: a ruled table whose head is repeated on every page it reaches; widths in millimetres."""

    head: tuple
    rows: tuple[tuple, ...]
    widths: tuple[float, ...] | None = None
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.head:
            raise ValueError("A table needs a head.")
        if self.widths is not None and (len(self.widths) != len(self.head) or min(self.widths) <= 0):
            raise ValueError("A table has one width above nothing for each column.")
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("Every row of a table has as many cells as its head.")


@dataclass(frozen=True)
class Facts:
    """单: a form of two columns, the name of a fact and the fact, as in 交办单 and 督办单."""

    pairs: tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Bars:
    """图: bars of counted things, each row its parts in their colours; drawn as cells, it needs no picture."""

    caption: str
    rows: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Names:
    """名单: who was present (出席), sat in (列席) or was excused (请假)."""

    label: str
    people: tuple[str, ...]


Block = Para | Heading | Table | Facts | Names | Bars


@dataclass(frozen=True)
class Attachment:
    """附件: what follows the document on pages of its own; without a body it is only named."""

    title: str
    body: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True)
class Paper:
    """公文: one official document; its kind is the officials' own word (公告, 会议纪要, 交办单 …)."""

    kind: str
    title: str
    issuer: str = ""
    number: str = ""
    addressee: str = ""
    body: tuple[Block, ...] = ()
    signed: str = ""
    on: date | None = None
    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    red_head: bool = True
    attachments: tuple[Attachment | str, ...] = ()
    landscape: bool = False

    @property
    def is_minutes(self) -> bool:
        return self.kind.endswith(("纪要", "minutes"))

    @property
    def annexes(self) -> tuple[Attachment, ...]:
        return tuple(item if isinstance(item, Attachment) else Attachment(item) for item in self.attachments)
