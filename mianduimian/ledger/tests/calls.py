"""Every move of the table as a call, for tests that try them all."""

from collections.abc import Callable
from datetime import date

from mianduimian.ledger import acts
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Order, Proof
from mianduimian.ledger.tests.conftest import ANSWER
from mianduimian.people.models import Person
from mianduimian.taskforce.models import Milestone

type Call = Callable[[Matter, dict[str, object]], object]

CALLS: dict[str, Call] = {
    "assign": lambda m, k: acts.assign(m, **k),
    "accept": lambda m, k: acts.accept(m, **k),
    "reply": lambda m, k: acts.reply(m, ANSWER, **k),
    "progress": lambda m, k: acts.progress(m, text="正在施工", **k),
    "evidence": lambda m, k: acts.evidence(m, Proof("a.pdf", b"%PDF-1.4\n%%EOF"), **k),
    "reach": lambda m, k: acts.reach(m, Milestone.objects.get(), **k),
    "contact": lambda m, k: acts.contact(m, spoke_on=k["on"], way="phone", note="已说明办理安排", **k),
    "finish": lambda m, k: acts.finish(m, note="已清运", **k),
    "entrust": lambda m, k: acts.entrust(m, leader="李局长", responsible="王队长", **k),
    "oversee": lambda m, k: acts.oversee(m, overseer="陈副市长", **k),
    "replan": lambda m, k: acts.replan(m, planned_on=date(2024, 4, 1), reason="雨季延长", **k),
    "ask_extension": lambda m, k: acts.ask_extension(m, until=date(2023, 12, 15), reason="雨天", **k),
    "object": lambda m, k: acts.object(m, reason="不属职责", **k),
    "uphold": lambda m, k: acts.uphold(m, Order("transport"), why="有理", **k),
    "overrule": lambda m, k: acts.overrule(m, why="属其职责", **k),
    "grant_extension": lambda m, k: acts.grant_extension(m, **k),
    "grant_again": lambda m, k: acts.grant_extension(m, **k),
    "decline_extension": lambda m, k: acts.decline_extension(m, why="无必要", **k),
    "settle": lambda m, k: acts.settle(m, **k),
    "stage": lambda m, k: acts.stage(m, planned_on=date(2024, 3, 1), reason="雨季", **k),
    "send_again": lambda m, k: acts.send_again(m, why="空泛", **k),
    "propose_closing": lambda m, k: acts.propose_closing(m, **k),
    "reassign": lambda m, k: acts.reassign(m, why="不满意", **k),
    "close": lambda m, k: acts.close(m, ground="满意", **k),
}


def make(verb: str, matter: Matter, by: Person, on: date) -> object:
    """Make the move."""
    return CALLS[verb](matter, {"by": by, "on": on})
