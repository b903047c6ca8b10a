"""回头看规则: what goes back, what may be closed, and how shares are counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from mianduimian.lookback.rules.answering import satisfied
from mianduimian.lookback.rules.words import Finding, Ground, Outcome, Waiver
from mianduimian.mechanism import Rulebook
from mianduimian.vocabulary import _, say


def grounds(*, scales: Iterable[str], concrete: bool, finding: str, rulebook: Rulebook) -> list[Ground]:
    """「筛选出群众评价不满意、未明确解决措施的事项，重新交办、督办」, and what the verification found unsolved."""
    found = [
        (Ground.UNSATISFIED, any(not satisfied(scale, rulebook) for scale in scales)),
        (Ground.NO_MEASURE, not concrete),
        (Ground.NOT_TRUE, finding == Finding.FALSE),
    ]
    return [ground for ground, holds in found if holds]


@dataclass(frozen=True)
class Share:
    """满意率与回访率: the unreached are shown apart and never count as satisfied."""

    to_ask: int = 0
    reached: int = 0
    satisfied: int = 0
    waiting: int = 0

    @property
    def unreached(self) -> int:
        """Tried often enough, without any way to reach them, or not asked before their turn had passed."""
        return self.to_ask - self.reached - self.waiting

    @property
    def satisfaction(self) -> float | None:
        """满意率 = 满意 ÷ 已评价, in percent; None where nobody was reached."""
        return round(100 * self.satisfied / self.reached, 1) if self.reached else None

    @property
    def coverage(self) -> float | None:
        """回访率 = 已评价 ÷ 应回访, in percent; None where nobody is to be asked."""
        return round(100 * self.reached / self.to_ask, 1) if self.to_ask else None


def share(visits: Iterable[tuple[Outcome, str]], rulebook: Rulebook) -> Share:
    """Count visits, each with its outcome and, where answered, its step of the scale."""
    seen = list(visits)
    reached = [scale for stand, scale in seen if stand == Outcome.REACHED]
    return Share(
        to_ask=len(seen),
        reached=len(reached),
        satisfied=sum(satisfied(scale, rulebook) for scale in reached),
        waiting=sum(stand == Outcome.WAITING for stand, _scale in seen),
    )


@dataclass(frozen=True)
class Look:
    """回头看: how the look-back on one matter stands in its present turn."""

    finding: str
    concrete: bool
    sources: int
    share: Share
    scales: tuple[str, ...]
    rulebook: Rulebook
    rechecks: int = 0  # drawn for a second look that nobody has taken yet
    waiver: str = ""  # what a named approver lets it be closed without
    vague: str = ""  # what the machine holds against the reply, while nobody has confirmed or dismissed it

    @property
    def finding_word(self) -> str:
        """The finding in the reader's language; empty before the verification."""
        return Finding.word_of(self.finding) if self.finding else ""

    @property
    def asked_out(self) -> bool:
        """Whether every source citizen was planned for, and each answered or was tried often enough."""
        return self.share.to_ask > 0 and self.share.to_ask >= self.sources and self.share.waiting == 0

    @property
    def grounds(self) -> list[Ground]:
        """Why it must go back; partly solved holds only with a citizen who says it is good enough."""
        unproven = self.finding == Finding.PARTLY and self.asked_out and not self.share.satisfied
        finding = Finding.FALSE if unproven else self.finding
        return grounds(scales=self.scales, concrete=self.concrete, finding=finding, rulebook=self.rulebook)

    @property
    def ground_words(self) -> str:
        """The grounds in the reader's language."""
        return say(_("、")).join(ground.word for ground in self.grounds)

    @property
    def unplanned(self) -> int:
        """Citizens who spoke and were not put on the call list of this turn."""
        return max(self.sources - self.share.to_ask, 0) or int(not self.share.to_ask)

    @property
    def missing(self) -> list[str]:
        """What still stands between the matter and its closing, in words; what an approver waived is left out."""
        must, asked, held = "", Waiver.UNASKED, Waiver.UNMET
        found = [
            (not self.finding, must, say(_("本轮还没有核查"))),
            (self.rechecks > 0, must, say(_("抽查复核还没有做"))),
            (self.unplanned > 0, asked, say(_("还有%(n)s位群众没有列入回访")) % {"n": self.unplanned}),
            (self.share.waiting > 0, asked, say(_("还有%(n)s位群众没有答复，联系也未满次数")) % {"n": self.share.waiting}),
            (bool(self.grounds), held, say(_("按规则应退回重办：%(grounds)s")) % {"grounds": self.ground_words}),
        ]
        return [words for holds, kind, words in found if holds and (not kind or kind != self.waiver)]


@dataclass(frozen=True)
class Raised:
    """提级: who oversees a matter that has gone back so often; empty: it stays where it is."""

    overseer: str
    notice: bool


def raised(times: int, rulebook: Rulebook) -> Raised:
    """「重新交办、督办」: the step for the n-th time back, as rulebook.back.steps has it."""
    step = max((step for step in rulebook.back["steps"] if step["times"] <= times), key=lambda step: step["times"], default=None)
    return Raised(step["overseer"], step["notice"]) if step else Raised("", False)


@dataclass(frozen=True)
class Rated:
    """一行: a unit or a turn with its share; ranked only where enough were reached (国办函〔2025〕66号)."""

    word: str
    share: Share
    matters: int
    rank: int | None = None


def rated(rows: Iterable[tuple[str, Share, int]], rulebook: Rulebook) -> list[Rated]:
    """Rows with a rank by satisfaction where at least rulebook.figures.rank_from citizens answered; the others unranked, last."""
    told = [Rated(word, one, matters) for word, one, matters in rows]
    rates = [row.share.satisfaction or 0 for row in told if row.share.reached >= rulebook.figures["rank_from"]]
    ranked = [
        Rated(row.word, row.share, row.matters, 1 + sum(rate > (row.share.satisfaction or 0) for rate in rates))
        if row.share.reached >= rulebook.figures["rank_from"]
        else row
        for row in told
    ]
    return sorted(ranked, key=lambda row: (row.rank is None, row.rank or 0, row.word))
