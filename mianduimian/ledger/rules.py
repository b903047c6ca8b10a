"""台账规则: the life of a matter as one table of moves, its clocks and its lights."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mianduimian.mechanism import Rulebook
from mianduimian.people.rules import Role
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import Term, _, say
from mianduimian.workdays import Calendar, Deadline


class State(Term):
    """状态: where a matter stands."""

    OPEN = "open", _("待交办")
    ASSIGNED = "assigned", _("待签收")
    ACCEPTED = "accepted", _("办理中")
    OBJECTED = "objected", _("异议待裁")
    REPLIED = "replied", _("已书面反馈")
    STAGED = "staged", _("阶段性办结")
    SETTLED = "settled", _("办结")
    CLOSING = "closing", _("待销号")
    CLOSED = "closed", _("销号")


class Duty(Term):
    """明责、履责、督责、问责: in which of the four a matter is."""

    ASSIGN = "assign", _("明责")
    CARRY = "carry", _("履责")
    SUPERVISE = "supervise", _("督责")
    ACCOUNT = "account", _("问责")


class Moment(Term):
    """时点 of a piece of evidence."""

    BEFORE = "before", _("整改前")
    AFTER = "after", _("整改后")
    OTHER = "other", _("其他")


class Light(Term):
    """亮灯: computed from nodes and dates, never typed."""

    GREEN = "green", _("正常")
    YELLOW = "yellow", _("逾期")
    RED = "red", _("连续逾期")


@dataclass(frozen=True)
class Move:
    """One verb of a matter's life: who may, from where, to where; `permission` is its row in the permission table."""

    verb: str
    chinese: str
    role: Role
    starts: frozenset[State]
    end: State | None
    permission: str

    @property
    def word(self) -> str:
        """The verb for the button, in the reader's language."""
        return say(self.chinese)


def _move(verb: str, chinese: str, role: Role, starts: set[State], end: State | None, permission: str) -> Move:
    return Move(verb, chinese, role, frozenset(starts), end, permission)


S, OFFICE, UNIT, VISITOR = State, Role.OFFICE, Role.UNIT, Role.VISITOR
BEING_HANDLED = {S.ASSIGNED, S.ACCEPTED}

# One table feeds the guard, the buttons, the diagram and the tests. `end` None: the state stays.
MOVES = {
    move.verb: move
    for move in (
        _move("assign", _("交办"), OFFICE, {S.OPEN}, S.ASSIGNED, "ledger.assign"),
        _move("accept", _("签收"), UNIT, {S.ASSIGNED}, S.ACCEPTED, "ledger.handle"),
        _move("object", _("提出异议"), UNIT, BEING_HANDLED, S.OBJECTED, "ledger.handle"),
        _move("uphold", _("同意异议并改派"), OFFICE, {S.OBJECTED}, S.ASSIGNED, "ledger.judge"),
        _move("overrule", _("不予采纳，指定承办"), OFFICE, {S.OBJECTED}, S.ACCEPTED, "ledger.judge"),
        _move("ask_extension", _("申请延期"), UNIT, BEING_HANDLED, None, "ledger.handle"),
        _move("grant_extension", _("同意延期"), OFFICE, BEING_HANDLED, None, "ledger.judge"),
        _move("decline_extension", _("不同意延期"), OFFICE, BEING_HANDLED, None, "ledger.judge"),
        _move("progress", _("填报进展"), UNIT, {S.ACCEPTED, S.REPLIED, S.STAGED}, None, "ledger.handle"),
        _move("evidence", _("上传佐证"), UNIT, {S.ACCEPTED, S.REPLIED, S.STAGED}, None, "ledger.handle"),
        _move("reach", _("完成节点"), UNIT, {S.ACCEPTED, S.REPLIED, S.STAGED}, None, "ledger.handle"),
        _move("reply", _("书面反馈"), UNIT, {S.ACCEPTED}, S.REPLIED, "ledger.handle"),
        _move("send_again", _("退回重新反馈"), OFFICE, {S.REPLIED}, S.ACCEPTED, "ledger.settle"),
        _move("stage", _("阶段性办结"), OFFICE, {S.REPLIED}, S.STAGED, "ledger.settle"),
        _move("settle", _("办结"), OFFICE, {S.REPLIED, S.STAGED}, S.SETTLED, "ledger.settle"),
        _move("propose_closing", _("提请销号"), OFFICE, {S.SETTLED}, S.CLOSING, "ledger.settle"),
        _move("reassign", _("重新交办"), VISITOR, {S.REPLIED, S.STAGED, S.SETTLED, S.CLOSING}, S.ASSIGNED, "lookback.send_back"),
        _move("close", _("销号"), VISITOR, {S.CLOSING}, S.CLOSED, "lookback.close"),
    )
}


def check(verb: str, state: str, grants: frozenset[str]) -> Move:
    """Return the move if the table allows it from this state to someone with these grants; refuse in words otherwise."""
    move = MOVES[verb]
    if move.permission not in grants:
        raise NotYours(_("只有%(who)s可以%(what)s。"), who=move.role.word, what=move.word)
    if state not in move.starts:
        raise Refused(_("事项现在是“%(state)s”，不能%(what)s。"), state=State.word_of(state), what=move.word)
    return move


def possible(state: str, grants: frozenset[str]) -> list[Move]:
    """The moves open from this state to someone with these grants, in the order of the table."""
    return [move for move in MOVES.values() if state in move.starts and move.permission in grants]


def duty(state: str, accountable: bool = False) -> Duty:
    """In which of 明责、履责、督责、问责 a matter is."""
    if accountable:
        return Duty.ACCOUNT
    if state in (State.OPEN, State.ASSIGNED, State.OBJECTED):
        return Duty.ASSIGN
    return Duty.CARRY if state in (State.ACCEPTED, State.STAGED) else Duty.SUPERVISE


def next_hand(state: str) -> Role | None:
    """Who must act next; nobody once the matter is closed."""
    hands = {State.ASSIGNED: UNIT, State.ACCEPTED: UNIT, State.STAGED: UNIT, State.CLOSING: VISITOR, State.SETTLED: OFFICE}
    return None if state == State.CLOSED else hands.get(State(state), OFFICE)


def reply_due(assigned_on: date, rulebook: Rulebook, calendar: Calendar) -> Deadline:
    """「要求承办单位在15个工作日内书面反馈」: rulebook.reply.within working days after the assignment."""
    return calendar.add(assigned_on, rulebook.reply["within"])


def check_objection(assigned_on: date, on: date, earlier: int, rulebook: Rulebook, calendar: Calendar) -> None:
    """Once, with reasons, within rulebook.objection.within working days of the assignment (信访工作条例 23)."""
    if earlier >= rulebook.objection["times"]:
        raise Refused(_("这件事项已提过异议；指定承办后不得再退。"))
    last = calendar.add(assigned_on, rulebook.objection["within"]).on
    if on > last:
        raise Refused(_("提出异议的期限是交办后%(n)s个工作日（%(last)s），已经过了。"), n=rulebook.objection["within"], last=last)


def check_extension(
    due_on: date, new_due_on: date, on: date, granted: int, rulebook: Rulebook, calendar: Calendar
) -> None:
    """Asked before expiry, with a later date within the limit, not more often than the rulebook says."""
    if on > due_on:
        raise Refused(_("书面反馈已于%(due)s到期，到期后不能再申请延期。"), due=due_on)
    if new_due_on <= due_on:
        raise Refused(_("新的时限须晚于原时限%(due)s。"), due=due_on)
    if granted >= rulebook.extension["times"]:
        raise Refused(_("延期已满%(n)s次，不能再申请。"), n=granted)
    longest = calendar.add(due_on, rulebook.extension["longest"]).on
    if new_due_on > longest:
        raise Refused(_("一次最多延长%(n)s个工作日，即到%(last)s。"), n=rulebook.extension["longest"], last=longest)


@dataclass(frozen=True)
class Node:
    """节点: when it was due, and when it was done, if it was."""

    due_on: date
    done_on: date | None = None

    def late(self, on: date) -> bool:
        """Missed, or made good after its day."""
        return (self.done_on or on) > self.due_on

    def missed(self, on: date) -> bool:
        """Past its day and still not done."""
        return self.done_on is None and on > self.due_on


def light(nodes: Iterable[Node], on: date, rulebook: Rulebook) -> Light:
    """亮灯, a pure function of nodes, dates and the rulebook's light rule (河府〔2020〕45号)."""
    judged = sorted((node for node in nodes if node.done_on or on > node.due_on), key=lambda node: node.due_on)
    return LIGHT_RULES[rulebook.lights["rule"]](judged, on) if judged else Light.GREEN


def two_misses_red(nodes: list[Node], on: date) -> Light:
    """Done by the node's day = green, not done = yellow, two yellows in a row = red."""
    if not nodes[-1].missed(on):
        return Light.GREEN
    return Light.RED if len(nodes) > 1 and nodes[-2].late(on) else Light.YELLOW


def miss_is_red_late_is_yellow(nodes: list[Node], on: date) -> Light:
    """Missed = red; made good late = yellow, and never green again (瓯海)."""
    if any(node.missed(on) for node in nodes):
        return Light.RED
    return Light.YELLOW if any(node.late(on) for node in nodes) else Light.GREEN


LIGHT_RULES = {"two_misses_red": two_misses_red, "miss_is_red_late_is_yellow": miss_is_red_late_is_yellow}
