"""核查规则: what is looked at, what a finding owes, and who may look."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from mianduimian.lookback.rules.words import Finding, Tick
from mianduimian.mechanism import Rulebook
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import _

WORST = [Finding.FALSE, Finding.PARTLY, Finding.TRUE]


@dataclass(frozen=True)
class Point:
    """清单一项: what to look at; where it `decides`, a no speaks against “true”."""

    key: str
    word: str
    decides: bool = False


@dataclass(frozen=True)
class Photo:
    """现场照片 as taken: a name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Checked:
    """核查: the finding, what was seen, whether somebody went there, the points of the checklist, and photographs."""

    finding: str
    note: str
    on_site: bool = True
    points: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[Photo, ...] = ()


def checklist(rulebook: Rulebook) -> list[Point]:
    """核查清单 of a rulebook, in its order."""
    return [Point(**point) for point in rulebook.lookback["checklist"]]


def check_note(note: str) -> None:
    """Refuse a verification that does not say what was seen."""
    if not note.strip():
        raise Refused(_("请写明核查情况：看了什么、问了谁、结果如何。"))


def check_points(checked: Checked, rulebook: Rulebook) -> dict[str, str]:
    """The points ticked, by key; refuse “true” where a deciding point says no, and more photographs than the rulebook allows."""
    known = {point.key: point for point in checklist(rulebook)}
    ticked = {key: Tick(tick).value for key, tick in checked.points.items() if key in known and tick}
    against = [known[key].word for key, tick in ticked.items() if tick == Tick.NO and known[key].decides]
    if checked.finding == Finding.TRUE and against:
        raise Refused(_("清单里“%(point)s”选了“否”，结论就不能是“属实，已解决”。"), point=against[0])
    if len(checked.photos) > rulebook.lookback["photos"]:
        raise Refused(_("一次核查最多传%(n)s张照片。"), n=rulebook.lookback["photos"])
    return ticked


def worst(findings: Collection[str]) -> str:
    """Of several findings in one turn the least favourable counts; none is empty."""
    return next((finding.value for finding in WORST if finding in findings), "")


def stand_apart(own: Collection[int], handling: dict[int, str]) -> None:
    """Refuse whoever works for a unit that handles or handled the matter (北京接诉即办条例 23, 信访工作条例 28)."""
    mine = "、".join(name for pk, name in handling.items() if pk in own)
    if mine:
        raise NotYours(_("您所在的%(unit)s承办过这件事项，核查、回访和销号须由其他单位的人办理。"), unit=mine)
