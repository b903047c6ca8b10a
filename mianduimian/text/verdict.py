"""前后对比: what was learnt, in which steps, and what trying it showed; light enough for every page."""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from mianduimian.vocabulary import Term, _


class Kind(Term):
    """学什么: the two readings that learn from a city's decisions."""

    CLASS = "class", _("类别")
    EVENT = "event", _("同一事项")


class Step(Term):
    """学习的步骤, in this order."""

    COLLECT = "collect", _("收集决定")
    LEARN = "learn", _("学习")
    BEFORE = "before", _("试用原来的模型")
    AFTER = "after", _("试用新学的模型")
    KEEP = "keep", _("保存")


class Verdict(Term):
    """试用的结论: what the figures say about learning."""

    BETTER = "better", _("变好了")
    MAYBE = "maybe", _("看似变好，但条数太少，还不能确定")
    SAME = "same", _("没有变好")


class Measured(NamedTuple):
    """One figure and where it may lie, seeing how few groups it stands on."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Trial:
    """前后对比: the figure before and after on the held-out rows, their difference, and what was right before or after only."""

    held: int
    groups: int
    before: Measured
    after: Measured
    gain: Measured
    won: int
    lost: int

    @property
    def verdict(self) -> Verdict:
        """Better only where the whole interval of the difference is."""
        if self.gain.value <= 0:
            return Verdict.SAME
        return Verdict.BETTER if self.gain.low > 0 else Verdict.MAYBE

    def plain(self) -> dict[str, Any]:
        """As it is kept in a table."""
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Trial":
        """As it was kept."""
        figures = {name: Measured(*kept[name]) for name in ("before", "after", "gain")}
        return cls(**kept | figures)
