"""成组: what is said of a group: who speaks for it, how sure it is, and one line of reason for each member."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import numpy as np

from mianduimian.text.events.corpus import Corpus, Id, Read
from mianduimian.text.events.guard import conflict

SAFE = 0.9  # chance above which nearly all groups are one matter
DETAIL = 300  # characters of a body that count as detail
ALONE = 0.99
MOST_NEAR = 0.3  # a neighbour less likely than this is not worth naming


@dataclass(frozen=True)
class Group:
    """Submissions proposed as one matter; `sure` is the chance that all of them are, `reasons` one line a member."""

    members: tuple[Id, ...]
    representative: Id
    sure: float
    why: str
    reasons: dict[Id, str] = field(default_factory=dict, compare=False)


def alone(corpus: Corpus, row: int, nearest: float) -> Group:
    """A submission that nobody repeats."""
    member = corpus.rows[row].id
    why = "没有相似的来件" if nearest < MOST_NEAR else f"最相近的来件把握 {nearest:.2f}，不足以归并"
    return Group((member,), member, round(min(ALONE, 1 - nearest), 3) if nearest >= MOST_NEAR else ALONE, why, {member: why})


def group(corpus: Corpus, members: Sequence[int], chance: np.ndarray, lowest: float) -> Group:
    """Several submissions of one matter; the matrix holds the chance of each pair of them."""
    detail = np.array([min(len(corpus.read[row].body), DETAIL) for row in members])
    best = int(np.argmax(chance.sum(axis=1) / max(1, len(members) - 1) + detail / 3000))
    ids = [corpus.rows[row].id for row in members]
    head = corpus.read[members[best]]
    reasons = {ids[at]: _reason(head, corpus.read[row], float(chance[best, at])) for at, row in enumerate(members) if at != best}
    shared = _shared([corpus.read[row] for row in members])
    said = "都提到" + "、".join(f"“{word}”" for word in shared) if shared else "用词相近"
    why = f"{said}；相似度 {lowest:.2f}，" + ("基本可以确定" if lowest >= SAFE else "请人工确认")
    return Group(tuple(ids), ids[best], round(lowest, 3), why, {ids[best]: "代表件：与其他来件最接近、内容最详细"} | reasons)


def _reason(head: Read, one: Read, chance: float) -> str:
    words = _common(head.title, one.title) or _common(head.title, one.head)
    said = "与代表件都说到" + "、".join(f"“{word}”" for word in words) if words else "与组内来件用词相近"
    days = abs(one.day - head.day) if one.day and head.day else None
    when = "" if days is None else "，同一天" if not days else f"，相隔{days}天"
    apart = conflict(head, one)
    return f"{said}{when}，把握 {chance:.2f}" + (f"；注意：{apart}" if apart else "")


def _shared(read: Sequence[Read]) -> list[str]:
    """Places that all of them name; else words that the first two share."""
    every = set.intersection(*({mention.core for mention in one.named[1]} for one in read))
    return sorted(every)[:3] or _common(read[0].title, read[1].title)


def _common(one: str, other: str) -> list[str]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    words = (one[block.a : block.a + block.size].strip() for block in sorted(blocks, key=lambda block: -block.size))
    return [word for word in words if len(word) > 1][:3]
