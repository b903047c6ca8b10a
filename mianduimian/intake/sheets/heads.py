"""表头: where a table's heads stand, and what each column holds as far as its head says so."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from mianduimian.intake.rules import Field

LOOKED_AT = 20
DATA = tomllib.loads((Path(__file__).parent / "heads.toml").read_text("utf-8"))
ORDER = {head: (Field(field), rank) for field, heads in DATA.items() if field in Field for rank, head in enumerate(heads)}
OTHERS = re.compile("答复|回复|办理|处理|反馈|办结|评价|审核|用户|部门|单位")
LAST = 99
LONGEST_HEAD = 12

Cells = Sequence[str]


def meaning(head: str) -> tuple[Field, int] | None:
    """What a head says its column holds, and how plainly; brackets, stars and spaces do not count."""
    plain = unicodedata.normalize("NFKC", head).casefold()
    plain = re.sub(r"\([^)]*\)|[\s*:_]", "", plain)
    if plain in ORDER:
        return ORDER[plain]
    field = next((field for ending, field in DATA["endings"].items() if plain.endswith(ending)), None)
    return (Field(field), LAST) if field and len(plain) <= LONGEST_HEAD and not OTHERS.search(plain) else None


def guess(heads: Cells) -> dict[str, str]:
    """Each field with the head that names it most plainly."""
    best: dict[str, tuple[int, str]] = {}
    for head in heads:
        found = meaning(head)
        if found and found[1] < best.get(found[0], (LAST + 1, ""))[0]:
            best[found[0]] = (found[1], head)
    return {field.value: best[field][1] for field in Field if field in best}


def find(rows: Sequence[Cells]) -> tuple[list[str], int]:
    """The heads, each once, and how many rows lie above the data: titles are passed over, merged heads of two rows joined."""
    looked = [list(row) for row in rows[:LOOKED_AT]]
    choices = [(len(guess(row)), float(-at), row, at + 1) for at, row in enumerate(looked)]
    choices += [
        (len(guess(joined)), -at - 0.5, joined, at + 2)
        for at, (upper, lower) in enumerate(zip(looked, looked[1:], strict=False))
        if (joined := _joined(upper, lower))
    ]
    known, _place, row, above = max(choices, key=lambda choice: choice[:2])
    return _once(row if known else _widest(looked)), above if known else looked.index(_widest(looked)) + 1


def _joined(upper: Cells, lower: Cells) -> list[str]:
    """Heads over two rows: the lower word counts, the upper where the lower cell is merged away."""
    width = max(len(upper), len(lower))
    above, below = [*upper, *[""] * (width - len(upper))], [*lower, *[""] * (width - len(lower))]
    return [low or up for up, low in zip(above, below, strict=True)]


def _widest(rows: list[list[str]]) -> list[str]:
    return max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row), default=[])


def _once(row: Cells) -> list[str]:
    """Every column under a name of its own: a repeated head is counted, a missing one told by its place."""
    names: list[str] = []
    for place, cell in enumerate(row, 1):
        name = " ".join(cell.split())[:60] or f"第{place}列"
        names.append(name if name not in names else f"{name}（{place}）")
    return names
