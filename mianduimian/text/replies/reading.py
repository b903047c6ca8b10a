"""读答复: how good a reply is by rule: what it says itself, what it does, and by when; with the words that decided."""

import re
from dataclasses import dataclass

from mianduimian.text.replies.clauses import Own, own
from mianduimian.text.replies.measures import Measures, measures
from mianduimian.text.replies.promises import Promise, clearest

SAYS_SOMETHING = 13  # characters of its own below which a reply says nothing
SHORT = 60  # in a reply so short one act is a measure
MEASURE = 3  # points of acts that make a measure in a longer one
REASON = re.compile(
    "根据|依据|按照|依照|规定|经(?:核实|调查|查|了解|现场)|由于|因(?:此|为)|政策|条例|办法|标准|文件|原因|不属实|属实"
    "|不符合|符合|需要?|可以|目前"
)


@dataclass(frozen=True)
class Grade:
    """How good a reply is: 0 forwarded or empty words, 1 an explanation, 2 a concrete measure; and whether it names a time."""

    grade: int
    commitment: bool
    why: str


@dataclass(frozen=True)
class Signs:
    """All that the rules see in a reply."""

    own: Own
    measures: Measures
    time: Promise | None  # the time that most looks like a promise

    @property
    def promised(self) -> bool:
        """Whether that time is a promise by the points."""
        return self.time is not None and self.time.holds

    @property
    def grade(self) -> int:
        """The grade by rule."""
        if self.own.weight < SAYS_SOMETHING and not self.promised:
            return 0
        acts = self.measures.points
        return 2 if self.promised or acts >= MEASURE or (acts and self.own.weight < SHORT) else 1


def signs(question: str, reply: str) -> Signs:
    """What the rules see in a reply to a question."""
    said = own(question, reply)
    return Signs(said, measures(said.solid), clearest(reply))


def grade(question: str, reply: str) -> Grade:
    """A reply's quality by rule; a reply that only repeats the question says nothing."""
    seen = signs(question, reply)
    return Grade(seen.grade, seen.promised, why(seen, seen.grade, seen.promised))


def why(seen: Signs, graded: int, promised: bool) -> str:
    """One sentence on a grade, naming the words of the reply."""
    due = f"，有时限：“{seen.time.time}”" if promised and seen.time else "，没有时限"
    acts = _quoted([*seen.measures.ordered, *seen.measures.done])
    if graded == 2:
        return ("有具体措施" + acts if acts else "说了要办什么") + due
    if graded == 1:
        reasons = [found[0] for clause in seen.own.solid if (found := REASON.search(clause))]
        return "有解释，没有具体措施" + _quoted(reasons or list(seen.own.solid)) + due
    kinds = list(dict.fromkeys(kind for kind, _clause in seen.own.empty if kind != "落款"))
    if not kinds:
        return "没有实际内容"
    return f"只有{'、'.join(kinds)}" + _quoted([clause for kind, clause in seen.own.empty if kind == kinds[0]])


def _quoted(words: list[str]) -> str:
    short = dict.fromkeys(word if len(word) <= 16 else word[:15] + "…" for word in words)
    return "：" + "、".join(f"“{word}”" for word in list(short)[:3]) if short else ""
