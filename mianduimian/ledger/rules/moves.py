"""台账规则: the life of a matter as one table of moves, and who must act next."""

from collections.abc import Collection
from dataclasses import dataclass

from mianduimian.people.rules import Role
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import Term, _, say


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


@dataclass(frozen=True)
class Move:
    """One verb of a matter's life: who may, from where, to where; `end` None: the state stays.

    `permission` is its row in the permission table; `together`: the assisting units may do it too.
    """

    verb: str
    chinese: str
    role: Role
    starts: frozenset[State]
    end: State | None
    permission: str
    together: bool = False

    @property
    def word(self) -> str:
        """The verb for the button, in the reader's language."""
        return say(self.chinese)

    @property
    def start_words(self) -> str:
        """The states from which it is allowed, in one line, in the order of a matter's life."""
        return say(_("、")).join(state.word for state in State if state in self.starts)

    @property
    def end_word(self) -> str:
        """The state to which it leads; empty where the state stays."""
        return self.end.word if self.end else ""


def _move(verb: str, chinese: str, role: Role, starts: set[State], end: State | None, permission: str) -> Move:
    return Move(verb, chinese, role, frozenset(starts), end, permission, verb in TOGETHER)


S, OFFICE, UNIT, VISITOR, LEADER = State, Role.OFFICE, Role.UNIT, Role.VISITOR, Role.LEADER
UNREPLIED = {S.ASSIGNED, S.ACCEPTED}
AT_WORK = {S.ACCEPTED, S.REPLIED, S.STAGED}
HELD = {S.ASSIGNED, S.ACCEPTED, S.OBJECTED, S.REPLIED, S.STAGED}
TOGETHER = {"progress", "evidence", "reach", "contact", "finish"}
ANSWERED = {S.REPLIED, S.STAGED, S.SETTLED, S.CLOSING}

# One table feeds the guard, the buttons, the diagram and the tests.
MOVES = {
    move.verb: move
    for move in (
        _move("assign", _("交办"), OFFICE, {S.OPEN}, S.ASSIGNED, "ledger.assign"),
        _move("accept", _("签收"), UNIT, {S.ASSIGNED}, S.ACCEPTED, "ledger.handle"),
        _move("reply", _("书面反馈"), UNIT, {S.ACCEPTED, S.STAGED}, S.REPLIED, "ledger.handle"),
        _move("progress", _("填报进展"), UNIT, AT_WORK, None, "ledger.handle"),
        _move("evidence", _("上传佐证"), UNIT, AT_WORK | {S.SETTLED}, None, "ledger.handle"),
        _move("reach", _("完成节点"), UNIT, AT_WORK, None, "ledger.handle"),
        _move("contact", _("联系群众"), UNIT, AT_WORK, None, "ledger.handle"),
        _move("finish", _("配合单位报告办妥"), UNIT, AT_WORK, None, "ledger.handle"),
        _move("entrust", _("明确责任人"), UNIT, UNREPLIED | AT_WORK, None, "ledger.handle"),
        _move("oversee", _("明确分管领导"), OFFICE, HELD, None, "ledger.assign"),
        _move("ask_extension", _("申请延期"), UNIT, UNREPLIED, None, "ledger.handle"),
        _move("object", _("提出异议"), UNIT, UNREPLIED, S.OBJECTED, "ledger.handle"),
        _move("uphold", _("采纳异议，改派"), OFFICE, {S.OBJECTED}, S.ASSIGNED, "ledger.judge"),
        _move("overrule", _("不予采纳，指定承办"), OFFICE, {S.OBJECTED}, S.ACCEPTED, "ledger.judge"),
        _move("grant_extension", _("同意延期"), OFFICE, UNREPLIED, None, "ledger.judge"),
        _move("grant_again", _("批准再次延期"), LEADER, UNREPLIED, None, "ledger.judge_again"),
        _move("decline_extension", _("不同意延期"), OFFICE, UNREPLIED, None, "ledger.judge"),
        _move("settle", _("办结"), OFFICE, {S.REPLIED, S.STAGED}, S.SETTLED, "ledger.settle"),
        _move("stage", _("阶段性办结"), OFFICE, {S.REPLIED}, S.STAGED, "ledger.settle"),
        _move("replan", _("调整计划办结日期"), OFFICE, {S.STAGED}, None, "ledger.settle"),
        _move("send_again", _("退回重新反馈"), OFFICE, {S.REPLIED}, S.ACCEPTED, "ledger.settle"),
        _move("propose_closing", _("提请销号"), OFFICE, {S.SETTLED}, S.CLOSING, "ledger.settle"),
        _move("reassign", _("重新交办"), VISITOR, ANSWERED | {S.CLOSED}, S.ASSIGNED, "lookback.send_back"),
        _move("close", _("销号"), VISITOR, {S.CLOSING}, S.CLOSED, "lookback.close"),
    )
}

# What else stands in the history of a matter beside the moves.
OPENING = {"open_matter": _("入账"), "recompute": _("期限重算")}


def word_of(verb: str) -> str:
    """The word of a verb in a matter's history, in the reader's language."""
    return MOVES[verb].word if verb in MOVES else say(OPENING.get(verb, verb))


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


def stands_apart(move: Move, own: Collection[int], lead: int | None, assists: Collection[int]) -> bool:
    """Whether someone of these units may stand where the move stands.

    A unit's move belongs to the lead unit (and, where the table says so, to those assisting); every other move
    belongs to somebody who works for none of them: a unit never settles or closes its own matter.
    """
    if move.role == Role.UNIT:
        return lead in own or (move.together and not set(own).isdisjoint(assists))
    return lead not in own and set(own).isdisjoint(assists)


def check_stand(move: Move, own: Collection[int], lead: int | None, assists: Collection[int]) -> None:
    """Refuse in words whoever may not stand where the move stands."""
    if stands_apart(move, own, lead, assists):
        return
    if move.role == Role.UNIT:
        raise NotYours(_("这件事项现在由其他单位牵头，您的单位不能%(what)s。"), what=move.word)
    raise NotYours(_("您的单位正在承办这件事项，%(what)s须由其他单位的人办理。"), what=move.word)


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


@dataclass(frozen=True)
class Standing:
    """One of the four for the page: past, now or still to come, and who acts next."""

    word: str
    past: bool
    now: bool
    note: str = ""


def standing(state: str, accountable: bool = False) -> list[Standing]:
    """明责 → 履责 → 督责 → 问责, with the place where the matter stands; once it is closed, nowhere."""
    here = list(Duty).index(duty(state, accountable))
    hand, closed = next_hand(state), state == State.CLOSED
    return [
        Standing(
            word=each.word,
            past=n < here or (closed and n == here),
            now=n == here and not closed,
            note=hand.word if hand and n == here else "",
        )
        for n, each in enumerate(Duty)
    ]
