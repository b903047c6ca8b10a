"""对照表的表格: code, name and our class, row by row; what cannot be understood is named by its row, the rest goes in."""

from mianduimian.intake.sheets import Row, as_text, read
from mianduimian.refusal import Refused
from mianduimian.triage.taxonomy import Code, Taxonomy, category_word, plain
from mianduimian.vocabulary import _

HEADS = {
    "code": ("编码", "代码", "编号", "类别编码", "code"),
    "name": ("名称", "类别名称", "来源分类", "name"),
    "category": ("对应类别", "对应的键", "本系统类别", "类别", "键", "category", "key"),
}
LONGEST = {"code": 60, "name": 120}


def read_codes(raw: bytes, taxonomy: Taxonomy) -> tuple[list[Code], list[tuple[int, str]]]:
    """The codes that can be taken, and the rows left out with the reason."""
    reading = read(raw)
    columns = _columns(reading.heads)
    known = _classes(taxonomy)
    codes: dict[str, Code] = {}
    left_out: list[tuple[int, str]] = []
    for row in reading.rows:
        try:
            one = _code(row, columns, known)
            if one.code in codes:
                raise Refused(_("编码“%(code)s”在表里出现了两次。"), code=one.code)
            codes[one.code] = one
        except Refused as refused:
            left_out.append((row.number, str(refused)))
    return list(codes.values()), left_out


def _columns(heads: list[str]) -> dict[str, str]:
    plainly = {head.strip().lower(): head for head in heads}
    found = {name: plainly[word] for name, words in HEADS.items() for word in reversed(words) if word in plainly}
    if "category" not in found or not found.keys() & {"code", "name"}:
        raise Refused(_("表里要有“编码”或“名称”一列，和写着我们类别的“对应类别”一列。"))
    return found


def _classes(taxonomy: Taxonomy) -> dict[str, str]:
    """Our class by its key, by its words from the top, and by its own word where only one class has it."""
    alone: dict[str, set[str]] = {}
    for one in taxonomy.offered():
        alone.setdefault(plain(one.word), set()).add(one.key)
    words = {word: next(iter(keys)) for word, keys in alone.items() if len(keys) == 1}
    paths = {plain(category_word(one.key)): one.key for one in taxonomy.offered()}
    return words | paths | {plain(one.key): one.key for one in taxonomy.offered()}


def _code(row: Row, columns: dict[str, str], known: dict[str, str]) -> Code:
    if row.damage:
        raise Refused(row.damage)
    cells = {name: as_text(row.cells.get(head, "")).strip() for name, head in columns.items()}
    code, name = cells.get("code", ""), cells.get("name", "")
    if not code and not name:
        raise Refused(_("没有编码，也没有名称。"))
    if not cells["category"]:
        raise Refused(_("没有写对应的类别。"))
    category = known.get(plain(cells["category"]))
    if category is None:
        raise Refused(_("分类表里没有“%(category)s”。"), category=cells["category"][:60])
    for field, value in (("code", code), ("name", name)):
        if len(value) > LONGEST[field]:
            raise Refused(_("“%(start)s…”太长，最多%(limit)s字。"), start=value[:12], limit=LONGEST[field])
    return Code(code or name[: LONGEST["code"]], name, category)
