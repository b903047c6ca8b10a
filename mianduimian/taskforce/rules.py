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


def check_milestone(starts_on: date, due_on: date) -> None:
    """Refuse a milestone that is due before it starts."""
    if due_on < starts_on:
        raise Refused(_("节点的完成日期（%(due)s）早于开始日期（%(start)s）。"), due=due_on, start=starts_on)


def check_work(work: Work) -> None:
    """Refuse a measure without words, and a lead unit that is to assist itself."""
    if not work.text.strip():
        raise Refused(_("请写明工作措施。"))
    if work.lead in work.assists:
        raise Refused(_("牵头单位不能同时是配合单位。"))


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
