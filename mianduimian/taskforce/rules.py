"""5+N 专班规则: the five standing offices, which units the focus brings in, what a work plan asks of a measure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _, say


class MemberKind(Term):
    """成员类别."""

    STANDING = "standing", _("常设单位")
    FUNCTIONAL = "functional", _("职能部门")


LEADS, LEADS_AND_ASSISTS = _("牵头 %(leads)s 件"), _("牵头 %(leads)s 件、配合 %(assists)s 件")
PROMISED, SOLVED = "兑现承诺：%(text)s", "解决到位"
TWO_LEADS = _("办理意见已定由%(unit)s牵头，一件诉求不能有两个牵头单位；要换，请先重写办理意见。")
BACKWARDS = _("节点的完成日期（%(due)s）早于开始日期（%(start)s）。")
BEYOND = _("完成日期（%(due)s）超出%(ground)s（%(last)s）；要定在这一天，请写明由谁批准。")
HEAVIEST = 100  # a milestone's weight, at most


@dataclass(frozen=True)
class Work:
    """工作措施: what is done about one appeal, the key of the unit that leads, of those that assist, and who answers for it."""

    appeal: int
    text: str
    lead: str
    assists: tuple[str, ...] = ()
    leader: str = ""
    responsible: str = ""


@dataclass(frozen=True)
class Step:
    """节点: a step with its first and last day."""

    text: str
    starts_on: date
    due_on: date
    weight: int = 1
    responsible: str = ""
    approval: str = ""


@dataclass(frozen=True)
class Frame:
    """框: what was decided before the plan: the unit that leads, and the last day that needs no approval, with its ground."""

    last: date
    ground: str
    lead: str = ""
    lead_word: str = ""


@dataclass(frozen=True)
class Conflict:
    """冲突: what cannot stand together, said at the field where it was typed."""

    field: str
    message: str
    words: dict[str, object]

    def __str__(self) -> str:
        return say(self.message) % self.words


@dataclass(frozen=True)
class Needed:
    """A unit that this focus needs, for how many appeals it leads and in how many it assists."""

    unit: int
    leads: int
    assists: int

    @property
    def kept(self) -> str:
        """Why the unit was chosen, as it is kept and printed: in Chinese, whoever chose it."""
        words = LEADS_AND_ASSISTS if self.assists else LEADS
        return words % {"leads": self.leads, "assists": self.assists}

    @property
    def reason(self) -> str:
        """Why the unit is proposed, in the reader's language."""
        words = LEADS_AND_ASSISTS if self.assists else LEADS
        return say(words) % {"leads": self.leads, "assists": self.assists}


def propose(leads: Iterable[int], assists: Iterable[int] = ()) -> list[Needed]:
    """The N units, most needed first («N»指…主要涉及的职能部门): one entry of a list for each appeal a unit leads or assists."""
    leading, assisting = Counter(leads), Counter(assists)
    needed = [Needed(unit, leading[unit], assisting[unit]) for unit in leading.keys() | assisting.keys()]
    return sorted(needed, key=lambda one: (-one.leads, -one.assists, one.unit))


def frame(reply_due: date, solve_by: date | None, promised: Iterable[date], lead: str = "", lead_word: str = "") -> Frame:
    """The last day without approval: the reply's deadline, or the later day decided in the hall or in the opinion."""
    grounds = [(reply_due, _("书面反馈期限")), *((day, _("会上承诺")) for day in promised)]
    last, ground = max([*grounds, *([(solve_by, _("办理意见的完成时限"))] if solve_by else [])], key=lambda one: one[0])
    return Frame(last, ground, lead, lead_word)


def conflicts_of_work(lead: str, assists: Iterable[str], fixed: Frame | None) -> list[Conflict]:
    """Two leads for one appeal, and a lead that is to assist itself."""
    found = [Conflict("assists", _("牵头单位不能同时是配合单位。"), {})] if lead in assists else []
    if fixed and fixed.lead and lead and lead != fixed.lead:
        found.append(Conflict("lead", TWO_LEADS, {"unit": fixed.lead_word}))
    return found


def conflicts_of_step(starts_on: date | None, due_on: date | None, approval: str, fixed: Frame | None) -> list[Conflict]:
    """A step due before it starts, and one beyond the last day without anybody's approval."""
    found = []
    if starts_on and due_on and due_on < starts_on:
        found.append(Conflict("due_on", BACKWARDS, {"due": due_on, "start": starts_on}))
    if fixed and due_on and due_on > fixed.last and not approval.strip():
        found.append(Conflict("due_on", BEYOND, {"due": due_on, "ground": say(fixed.ground), "last": fixed.last}))
    return found


def check(conflicts: Iterable[Conflict]) -> None:
    """Refuse what cannot stand together, in the words that stood at the field."""
    for conflict in conflicts:
        raise Refused(conflict.message, **conflict.words)


def check_work(work: Work, fixed: Frame | None = None) -> None:
    """Refuse a measure without words, or with a conflict."""
    if not work.text.strip():
        raise Refused(_("请写明工作措施。"))
    check(conflicts_of_work(work.lead, work.assists, fixed))


def check_step(step: Step, fixed: Frame | None = None) -> None:
    """Refuse a milestone with a conflict, and one that weighs nothing."""
    if not 1 <= step.weight <= HEAVIEST:
        raise Refused(_("节点的权重是 1 到 %(most)s 的整数。"), most=HEAVIEST)
    check(conflicts_of_step(step.starts_on, step.due_on, step.approval, fixed))


class Change(Term):
    """版本差异: what became of a measure from one version of the plan to another."""

    ADDED = "added", _("新增")
    DROPPED = "dropped", _("删去")
    CHANGED = "changed", _("改动")
    SAME = "same", _("未变")


Said = tuple[Work, tuple[Step, ...]]


def change(was: Said | None, now: Said | None) -> Change:
    """What became of one measure with its milestones."""
    if was is None or now is None:
        return Change.DROPPED if now is None else Change.ADDED
    return Change.SAME if was == now else Change.CHANGED


def differing(was: Said | None, now: Said | None) -> set[str]:
    """Which parts of a measure read differently; of one that stands on one side only, none is marked."""
    if was is None or now is None:
        return set()
    parts = {
        name: getattr(was[0], name) != getattr(now[0], name) for name in ("text", "lead", "assists", "leader", "responsible")
    }
    return {name for name, differs in {**parts, "steps": was[1] != now[1]}.items() if differs}


def steps(decided_on: date, promises: Iterable[tuple[str, date]], solve_by: date | None) -> list[Step]:
    """The milestones a plan begins with: each promise by its date, and the solution by its own, unless a promise has that day."""
    wanted = [(due_on, PROMISED % {"text": text}) for text, due_on in promises]
    if solve_by and solve_by not in {due_on for due_on, _text in wanted}:
        wanted.append((solve_by, SOLVED))
    made: list[Step] = []
    starts_on = decided_on
    for due_on, text in sorted(wanted, key=lambda one: one[0]):
        made.append(Step(_short(text), min(starts_on, due_on), due_on))
        starts_on = max(starts_on, due_on)
    return made


def _short(text: str, longest: int = 120) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


class Verb(Term):
    """专班的步骤, as the history of a round names them."""

    FORM = "taskforce.form", _("组建专班")
    JOIN = "taskforce.join", _("加入专班")
    DRAFT = "taskforce.draft", _("起草工作方案")
    ISSUE = "taskforce.issue", _("印发工作方案")
    MEASURE = "taskforce.measure", _("修改措施")
    MILESTONE = "taskforce.milestone", _("增加节点")
    SHIFT = "taskforce.shift", _("调整节点")
    STRIKE = "taskforce.strike", _("删去节点")
