"""退回重办: what is not solved begins its next turn; the machine proposes, a person confirms."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter, Reply
from mianduimian.lookback.acts.apart import answered_matter, held_apart
from mianduimian.lookback.models import ANSWERED, Reading, SendBack, look
from mianduimian.lookback.rules import Ground, raised
from mianduimian.people.models import Person, Post
from mianduimian.people.rules import Role
from mianduimian.refusal import Overtaken, Refused
from mianduimian.supervision import acts as supervision
from mianduimian.supervision.rules import Demand
from mianduimian.text.replies import grade
from mianduimian.vocabulary import _, say


@act
def send_back(matter: Matter, *, why: str, vague: bool = False, by: Person, on: date) -> SendBack:
    """退回重办: given again in its next turn, by rule; `vague`: a person confirms that the reply names no measure."""
    by.must("lookback.send_back")
    matter = answered_matter(matter, by)
    found = look(matter).grounds
    if vague and Ground.NO_MEASURE not in found:
        found.append(Ground.NO_MEASURE)
    if not found:
        raise Refused(_("没有应退回的理由：没有不满意的评价，答复有明确措施，核查也没有发现未解决。"))
    return give_back(matter, found, why=why, by=by, on=on)


def give_back(matter: Matter, grounds: Iterable[Ground], *, why: str, by: Person, on: date) -> SendBack:
    """The next turn with its own clock; the second time one level up and with a notice, as the rulebook has it."""
    found, turn = list(grounds), matter.turn
    words = "、".join(ground.chinese for ground in found)
    step = raised(SendBack.objects.filter(matter=matter).count() + 1, matter.appeal.round.rules)
    overseer = _overseer(matter, step.overseer)
    held = matter.assignment
    order = replace(held.order, overseer=overseer[:40]) if held and overseer else None
    assignment = ledger.reassign(matter, order=order, why=f"{words}。{why}", by=by, on=on)
    made = SendBack.objects.create(
        matter=matter, turn=turn, grounds=[ground.value for ground in found], why=why, overseer=overseer,
        assignment=assignment, by=by, on=on,
    )  # fmt: skip
    now = {"turn": turn, "grounds": made.grounds, "number": assignment.number, "overseer": overseer}
    record("lookback.send_back", matter, by=by, on=on, now=now, why=why)
    if step.notice:
        demand = say(_("重新核查，单位负责人到现场，与反映人见面后书面反馈；答复须写明措施、时限和责任人。"))
        supervision.notify(matter, Demand(failing=words, demand=demand), by=Person.objects.clock(), on=on)
    return made


def _overseer(matter: Matter, kind: str) -> str:
    """提级: whoever presided over the round, or a leader one level above it; where nobody stands above, the former."""
    round = matter.appeal.round
    if kind == "upper" and round.region.parent_id:
        above = Post.objects.filter(role=Role.LEADER, until=None, unit__region=round.region.parent_id).select_related("person")
        first = above.order_by("pk").first()
        return first.person.name if first else round.host
    return round.host if kind else ""


@act
def read_replies(*, most: int = 200, by: Person, on: date) -> list[Reading]:
    """读答复: the machine reads each written reply once and keeps what it thinks; it decides nothing."""
    by.must("lookback.find")
    fresh = Reply.objects.filter(matter__state__in=ANSWERED).exclude(pk__in=Reading.objects.values("reply"))
    made = []
    for reply in fresh.select_related("matter__appeal", "assignment").order_by("pk")[:most]:
        seen = grade(reply.matter.appeal.wording, f"{reply.public}\n{reply.measure}")
        facts = {"matter": reply.matter, "turn": reply.assignment.turn, "grade": seen.grade, "machine": seen.why, "on": on}
        made.append(Reading.objects.create(reply=reply, **facts))
        if made[-1].doubted:
            record(
                "lookback.doubt",
                reply.matter,
                by=by,
                on=on,
                now={"turn": reply.assignment.turn, "grade": seen.grade},
                why=seen.why,
            )
    return made


@act
def judge_reading(reading: Reading, *, holds: bool, why: str, by: Person, on: date) -> Reading:
    """认定: a person confirms that a reply names no measure, and it goes back by rule; or dismisses the doubt, with a reason."""
    by.must("lookback.send_back")
    held_apart(reading.matter, by)
    reading.refresh_from_db(from_queryset=Reading.objects.select_for_update())
    if reading.holds is not None:
        raise Overtaken(_("这份答复已于%(on)s认定。"), on=reading.decided_on)
    if not holds and not why.strip():
        raise Refused(_("认定答复有明确措施，请写明是哪一条措施。"))
    reading.holds, reading.why, reading.decided_on, reading.decided_by = holds, why[:400], on, by
    reading.save()
    record("lookback.judge_reading", reading.matter, by=by, on=on, now={"turn": reading.turn, "vague": holds}, why=why)
    return reading
