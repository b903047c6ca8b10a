"""满意率: by unit and by turn, every share beside its denominator, the unreached apart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mianduimian.ledger.models import Assignment, Matter
from mianduimian.lookback.models.visits import Visit
from mianduimian.lookback.rules import Rated, Share, Solved, rated, share
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _, say


@dataclass(frozen=True)
class Shares:
    """A round's shares: by the unit that led when the citizens were asked, by turn, and what they say is solved."""

    units: list[Rated]
    turns: list[Rated]
    solved: list[tuple[str, str, int]]
    answered: int


def shares(round: Round) -> Shares:
    """Count a round in a fixed number of queries; by unit the last turn in which anybody was asked, by turn every turn."""
    matters = Matter.objects.of(round)
    visits = list(Visit.objects.filter(matter__in=matters).with_rows())
    last = {visit.matter_id: visit.turn for visit in sorted(visits, key=lambda visit: visit.turn)}
    newest = [visit for visit in visits if visit.turn == last[visit.matter_id]]
    leads = {(pk, turn): lead for pk, turn, lead in _leads(matters)}
    by_unit = _rows(round, newest, lambda visit: leads.get((visit.matter_id, visit.turn), "—"))
    by_turn = _rows(round, visits, lambda visit: say(_("第%(n)s轮")) % {"n": visit.turn})
    said = [visit.answer.solved for visit in newest if visit.scale]
    return Shares(
        units=rated(by_unit, round.rules),
        turns=[Rated(*row) for row in sorted(by_turn, key=lambda row: row[0])],
        solved=[(step.value, step.word, said.count(step.value)) for step in Solved],
        answered=len(said),
    )


def _leads(matters: Iterable[Matter]) -> Iterable[tuple[int, int, str]]:
    """Who led in each turn: the last assignment of a turn."""
    return Assignment.objects.filter(matter__in=matters).order_by("pk").values_list("matter", "turn", "lead__short")


def _rows(round: Round, visits: list[Visit], of: Callable[[Visit], str]) -> list[tuple[str, Share, int]]:
    groups: dict[str, list[Visit]] = {}
    for visit in visits:
        groups.setdefault(of(visit), []).append(visit)
    return [
        (word, share([(one.outcome, one.scale) for one in mine], round.rules), len({one.matter_id for one in mine}))
        for word, mine in groups.items()
    ]
