"""长期反映、解决难度大: found from the data, each with the reasons."""

from dataclasses import dataclass
from datetime import date, timedelta

from mianduimian.ledger.rules import Light
from mianduimian.mechanism import Rulebook
from mianduimian.vocabulary import Term, _


class Reason(Term):
    """列入理由."""

    TURNS = "turns", _("重新交办过")
    DAYS = "days", _("久未办结")
    NOTICES = "notices", _("多次督办")
    EXTENSIONS = "extensions", _("多次延期")
    VOICES = "voices", _("反映集中")


@dataclass(frozen=True)
class Lasting:
    """What is weighed: turn, day of entry, notices, extensions granted, submissions, light."""

    turn: int
    opened_on: date
    notices: int
    extensions: int
    voices: int
    light: Light


def lasting(facts: Lasting, on: date, rulebook: Rulebook) -> list[Reason]:
    """「紧盯群众长期反映、解决难度大的问题不放」: reasons by the rulebook's limits; voices count where a node is missed."""
    limits = rulebook.longstanding
    found = {
        Reason.TURNS: facts.turn >= limits["turns"],
        Reason.DAYS: on > facts.opened_on + timedelta(days=limits["days"]),
        Reason.NOTICES: facts.notices >= limits["notices"],
        Reason.EXTENSIONS: facts.extensions >= limits["extensions"],
        Reason.VOICES: facts.voices >= limits["voices"] and facts.light != Light.GREEN,
    }
    return [reason for reason, holds in found.items() if holds]
