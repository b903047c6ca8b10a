"""回避: the matter in hand, kept from everybody who handled it or has an interest in it."""

from mianduimian.ledger.models import Assignment, Matter, Reply
from mianduimian.lookback.models import ANSWERED, Recusal, Verification
from mianduimian.lookback.rules import stand_apart
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import _


def held_apart(matter: Matter, by: Person) -> Matter:
    """The matter, locked; refused to whoever works for a unit that handles or handled it, and to who recused themselves."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("appeal__round__region").get(pk=matter.pk)
    if matter.appeal.round.region_id not in by.region_codes:
        raise NotYours(_("这件事项不在您岗位所在的区划。"))
    stand_apart([unit.pk for unit in by.units], _handling(matter))
    if Recusal.objects.filter(matter=matter, person=by).exists():
        raise NotYours(_("您已在这件事项上回避，须由其他人办理。"))
    return matter


def answered_matter(matter: Matter, by: Person) -> Matter:
    """The matter, locked, between the written reply and the closing."""
    matter = held_apart(matter, by)
    if matter.state not in ANSWERED:
        raise Refused(_("事项现在是“%(state)s”，书面反馈之后、销号之前才能回头看。"), state=matter.state_word)
    return matter


def check_stranger(matter: Matter, to: Person, permission: str) -> None:
    """Refuse to give a task about the matter to somebody who may not do it, or is not a stranger to it."""
    if not to.may(permission):
        raise Refused(_("%(who)s没有核查、回访的岗位。"), who=to.name)
    if matter.appeal.round.region_id not in to.region_codes:
        raise Refused(_("%(who)s的岗位不在这件事项的区划。"), who=to.name)
    mine = {unit.pk for unit in to.units} & set(_handling(matter))
    if mine or Reply.objects.filter(matter=matter, by=to).exists():
        raise Refused(_("%(who)s所在单位承办过%(number)s，不能由其核查、回访。"), who=to.name, number=matter.number)
    if Recusal.objects.filter(matter=matter, person=to).exists():
        raise Refused(_("%(who)s已在%(number)s上回避。"), who=to.name, number=matter.number)


def check_second(matter: Matter, to: Person) -> None:
    """Refuse to let the one who looked first look a second time."""
    if Verification.objects.filter(matter=matter, turn=matter.turn, again=False, by=to).exists():
        raise Refused(_("抽查复核须由初次核查以外的人办理；%(number)s初次由%(who)s核查。"), who=to.name, number=matter.number)


def _handling(matter: Matter) -> dict[int, str]:
    """The units that handle or ever handled a matter."""
    given = Assignment.objects.filter(matter=matter).order_by()
    rows = given.values_list("lead", "lead__short", "assists", "assists__short")
    return dict(sorted({unit for row in rows for unit in (row[:2], row[2:]) if unit[0]}))
