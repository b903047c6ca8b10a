"""待办: what waits for a person now and why, part by part of every role they hold."""

from mianduimian.desks.waiting import asking, keepers, office, outside, unit, watch
from mianduimian.desks.waiting.desk import Desk, Part, Section, sections
from mianduimian.people.rules import Role

PARTS: dict[Role, Part] = {
    Role.LEADER: watch.leader,
    Role.OFFICE: office.part,
    Role.UNIT: unit.part,
    Role.SUPERVISOR: watch.supervisor,
    Role.VISITOR: asking.part,
    Role.DEPUTY: outside.deputy,
    Role.PRESS: outside.press,
    Role.SYSTEM: keepers.system,
    Role.SECURITY: keepers.security,
    Role.AUDIT: keepers.audit,
}


def waiting(desk: Desk) -> list[Section]:
    """Every part of a person's desk."""
    return sections(desk, PARTS)


__all__ = ["PARTS", "Desk", "Section", "waiting"]
