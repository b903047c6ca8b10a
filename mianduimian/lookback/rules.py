"""回头看规则: what is verified, how a citizen answers, what goes back, when a matter may be closed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from mianduimian.mechanism import Rulebook
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import Term, _, say


class Finding(Term):
    """核查结论."""

    TRUE = "true", _("属实，已解决")
    PARTLY = "partly", _("部分解决")
    FALSE = "false", _("不实，未解决")


class Reached(Term):
    """联系结果 of one attempt."""

    ANSWERED = "answered", _("已接通")
    NO_ANSWER = "no_answer", _("无人接听")
    WRONG = "wrong", _("号码有误")
    REFUSED = "refused", _("拒绝回访")
    LATER = "later", _("约定再联系")


class Scale(Term):
    """满意度五档 (the official Guangdong scale)."""

    VERY_GOOD = "5", _("非常满意")
    GOOD = "4", _("满意")
    FAIR = "3", _("基本满意")
    BAD = "2", _("不满意")
    VERY_BAD = "1", _("非常不满意")


class Solved(Term):
    """是否解决, as the citizen sees it."""

    YES = "yes", _("已解决")
    PARTLY = "partly", _("部分解决")
    NO = "no", _("未解决")


class Ground(Term):
    """重新交办的理由."""

    UNSATISFIED = "unsatisfied", _("群众评价不满意")
    NO_MEASURE = "no_measure", _("未明确解决措施")
    NOT_TRUE = "not_true", _("核查未解决")


class Outcome(Term):
    """回访进度 of one visit."""

    REACHED = "answered", _("已评价")
    WAITING = "waiting", _("待回访")
    UNREACHED = "unreachable", _("未能联系上")
    NO_CONTACT = "no_contact", _("无联系方式")
    PASSED = "passed", _("本轮未问到")


class Queue(Term):
    """待办: what waits for those who look back."""

    VERIFY = "verify", _("待核查")
    VISIT = "visit", _("待回访")
    BACK = "back", _("应退回")
    CLOSE = "close", _("可销号")


@dataclass(frozen=True)
class Checked:
    """核查: the finding, what was seen, and whether somebody went there."""

    finding: str
    note: str
    on_site: bool = True


@dataclass(frozen=True)
class Answered:
    """评价: the step of five, whether it is solved, whether the unit ever called, and why."""

    scale: str
    solved: str
    contacted: bool | None = None
    reason: str = ""


def satisfied(scale: str, rulebook: Rulebook) -> bool:
    """The top three of five count as satisfied: rulebook.visit.satisfied_from."""
    return int(scale) >= rulebook.visit["satisfied_from"]


def grounds(*, scales: Iterable[str], concrete: bool, finding: str, rulebook: Rulebook) -> list[Ground]:
    """「筛选出群众评价不满意、未明确解决措施的事项，重新交办、督办」, and what the verification found unsolved."""
    found = [
        (Ground.UNSATISFIED, any(not satisfied(scale, rulebook) for scale in scales)),
        (Ground.NO_MEASURE, not concrete),
        (Ground.NOT_TRUE, finding == Finding.FALSE),
    ]
    return [ground for ground, holds in found if holds]


def exhausted(attempts: int, rulebook: Rulebook) -> bool:
    """Whether enough attempts are on record that a citizen counts as not reached: rulebook.visit.attempts."""
    return attempts >= rulebook.visit["attempts"]


def outcome(
    *, answered: bool, reachable: bool, results: Collection[str], rulebook: Rulebook, passed: bool = False
) -> Outcome:
    """Where one visit stands; who declines is not asked again; in a turn that has passed nobody waits any more."""
    if answered:
        return Outcome.REACHED
    if not reachable:
        return Outcome.NO_CONTACT
    spent = Reached.REFUSED in results or exhausted(len(results), rulebook)
    if spent:
        return Outcome.UNREACHED
    return Outcome.PASSED if passed else Outcome.WAITING


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
    def missing(self) -> list[str]:
        """What still stands between the matter and its closing, in words."""
        unplanned = max(self.sources - self.share.to_ask, 0) or int(not self.share.to_ask)
        found = [
            (not self.finding, say(_("本轮还没有核查"))),
            (unplanned > 0, say(_("还有%(n)s位群众没有列入回访")) % {"n": unplanned}),
            (self.share.waiting > 0, say(_("还有%(n)s位群众没有答复，联系也未满次数")) % {"n": self.share.waiting}),
            (bool(self.grounds), say(_("按规则应退回重办：%(grounds)s")) % {"grounds": self.ground_words}),
        ]
        return [words for holds, words in found if holds]


def check_note(note: str) -> None:
    """Refuse a verification that does not say what was seen."""
    if not note.strip():
        raise Refused(_("请写明核查情况：看了什么、问了谁、结果如何。"))


def stand_apart(own: Collection[int], handling: dict[int, str]) -> None:
    """Refuse whoever works for a unit that handles or handled the matter (北京接诉即办条例 23, 信访工作条例 28)."""
    mine = "、".join(name for pk, name in handling.items() if pk in own)
    if mine:
        raise NotYours(_("您所在的%(unit)s承办过这件事项，核查、回访和销号须由其他单位的人办理。"), unit=mine)
