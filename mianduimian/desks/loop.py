"""漏斗与闭环: every submission in exactly one bucket, every appeal walked to its matter, its answer and its visits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.desks.lines import REACHED
from mianduimian.desks.wall import ledger_url
from mianduimian.intake.models import Submission
from mianduimian.ledger.models import Matter, Reply
from mianduimian.ledger.rules import Light
from mianduimian.lookback.models import SendBack, Visit
from mianduimian.meeting.models import Opinion
from mianduimian.outcomes.models import shares
from mianduimian.people.models import Person
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal, Part, funnel
from mianduimian.triage.rules import Bucket, Funnel


@dataclass(frozen=True)
class Bar:
    """One stage of the funnel: its word, number and unit (宗 or 件), a note, and where it is listed."""

    word: str
    number: int | str
    unit: str
    url: str
    note: str = ""
    part: bool = False


@dataclass(frozen=True)
class Story:
    """The funnel of a round with what came later."""

    funnel: Funnel
    buckets: list[Bar]
    stages: list[Bar]
    visits: list[Bar]

    @property
    def bars(self) -> list[list[Bar]]:
        """All of them, for the table."""
        return [self.buckets, self.stages, self.visits]


def story(round: Round) -> Story:
    """The funnel of a round, bucket by bucket, stage by stage."""
    counted = funnel(round)
    matters = Matter.objects.of(round)
    return Story(counted, _buckets(round, counted), list(_stages(round, counted, matters)), _visits(round, matters))


def _buckets(round: Round, counted: Funnel) -> list[Bar]:
    notes = {
        Bucket.DISTILLED: _("归成 %(n)s 件代表性有效诉求") % {"n": counted.appeals},
        Bucket.UNDECIDED: _("机器先提建议，由人决定"),
        Bucket.INVALID: _("每一宗都写明理由"),
        Bucket.ELSEWHERE: _("每一宗都写明去处"),
    }
    whole = Bar(_("收集来件"), counted.collected, _("宗"), reverse("desks:bucket", args=[round.code, "all"]))
    return [whole] + [
        Bar(
            word=bucket.word,
            number=counted.submissions[bucket.value],
            unit=_("宗"),
            url=reverse("desks:bucket", args=[round.code, bucket.value]),
            note=notes.get(bucket, ""),
            part=True,
        )
        for bucket in Bucket
    ]


def _stages(round: Round, counted: Funnel, matters: QuerySet[Matter]) -> Iterator[Bar]:
    appeals = reverse("desks:appeals", args=[round.code])
    opined = Opinion.objects.in_force().of(round).count()
    yield Bar(_("代表性有效诉求"), counted.appeals, _("件"), appeals)
    yield Bar(_("有办理意见"), opined, _("件"), f"{appeals}?only=opined", _("座谈会上形成，或由专班书面提出"), part=True)
    words = {
        "assigned": (_("已交办"), _("明责：有且只有一家单位负首接责任")),
        "accepted": (_("已签收"), ""),
        "replied": (_("已书面反馈"), _("履责：含阶段性办结")),
        "settled": (_("办结"), _("单位认为办完，专班同意；阶段性办结不计入")),
        "closed": (_("销号"), _("两只手：专班提请，回访核查后另一人确认")),
    }
    states = list(matters.values_list("state", flat=True))
    yield Bar(_("入账成为事项"), len(states), _("件"), ledger_url(round=round.code), part=True)
    for step, (word, note) in words.items():
        number = sum(state in REACHED[step] for state in states)
        yield Bar(word, number, _("件"), ledger_url(round=round.code, reached=step), note, part=True)


def _visits(round: Round, matters: QuerySet[Matter]) -> list[Bar]:
    """回访 of the present turns: the reached, the unreached apart, and what went back."""
    share = Visit.objects.filter(matter__in=matters.order_by().values("pk")).of_this_turn().share()
    back = matters.filter(turn__gt=1).count()

    def part(word: str, number: int, kind: str, note: str = "") -> Bar:
        return Bar(word, number, _("人次"), ledger_url(round=round.code, visit=kind), note, part=True)

    return [
        Bar(_("应回访"), share.to_ask, _("人次"), ledger_url(round=round.code, visit="any")),
        part(_("已评价"), share.reached, "reached"),
        part(_("其中满意"), share.satisfied, "reached", _("非常满意、满意、基本满意")),
        part(_("其中不满意"), share.reached - share.satisfied, "unsatisfied", _("按规则退回重办")),
        part(_("未能联系上"), share.unreached, "unreached", _("另列，不计入满意率")),
        part(_("还要联系"), share.waiting, "waiting"),
        Bar(_("退回重办的事项"), back, _("件"), ledger_url(round=round.code, again="on"), part=True),
    ]


def bucket(round: Round, key: str) -> QuerySet[Submission]:
    """The submissions counted in one bucket, as the funnel counts them; "all" for every one."""
    found = Submission.objects.filter(round=round).order_by("pk")
    mine = Part.objects.live().filter(submission=OuterRef("pk"))
    undecided = Exists(mine.filter(bucket=Bucket.UNDECIDED)) | ~Exists(mine)
    distilled = Exists(mine.filter(bucket=Bucket.DISTILLED))
    first = mine.order_by("number").values("bucket")[:1]
    if key == "all":
        return found
    if key == Bucket.UNDECIDED:
        return found.filter(undecided)
    if key == Bucket.DISTILLED:
        return found.filter(~undecided, distilled)
    return found.annotate(first=first).filter(~undecided, ~distilled, first=key)


@dataclass(frozen=True)
class Walked:
    """One part of a submission with everything that came of it."""

    part: Part
    matter: Matter | None
    replies: list[Reply]
    visits: list[Visit]
    backs: list[SendBack]
    light: Light | None = None


def walk(submission: Submission, person: Person, on: date) -> list[Walked]:
    """From a submission to its appeal, its matter, its answer and its visits, in a fixed number of queries."""
    found = Part.objects.live().filter(submission=submission).order_by("number")
    parts = found.select_related("appeal", "earlier__round", "submission__citizen")
    seen = Matter.objects.seen_by(person).filter(appeal__in=found.order_by().values("appeal"))
    matters = {matter.appeal_id: matter for matter in seen.lines()}
    spoke = Q(submission=submission)
    if submission.citizen_id:
        spoke |= Q(citizen=submission.citizen_id)
    visits = list(Visit.objects.filter(spoke, matter__in=seen.order_by().values("pk")).with_rows())
    backs = list(SendBack.objects.filter(matter__in=seen.order_by().values("pk")))
    return [_walked(part, matters.get(part.appeal_id or 0), visits, backs, on) for part in parts]


def _walked(part: Part, matter: Matter | None, visits: list[Visit], backs: list[SendBack], on: date) -> Walked:
    if matter is None:
        return Walked(part, None, [], [], [])
    mine = [visit for visit in visits if visit.matter_id == matter.pk]
    again = [back for back in backs if back.matter_id == matter.pk]
    return Walked(part, matter, matter.all_replies, mine, again, matter.light(on))


def appeals(round: Round, only: str) -> QuerySet[Appeal]:
    """The appeals that count, each with its voices; those with an opinion, or still without one."""
    found = Appeal.objects.of(round).standing().with_voices().select_related("unit", "region").order_by("number")
    opined = Exists(Opinion.objects.in_force().filter(appeal=OuterRef("pk")))
    return found.filter(opined) if only == "opined" else found.filter(~opined) if only == "unheard" else found


def matters_of(appeals: list[Appeal]) -> dict[int, Matter]:
    """The matter each appeal has become."""
    return {matter.appeal_id: matter for matter in Matter.objects.filter(appeal__in=appeals)}


def figures(round: Round, person: Person, on: date) -> list[list[Bar]]:
    """The screen's large figures, page by page: what was counted, then the shares."""
    counted, page = funnel(round), reverse("desks:funnel", args=[round.code])
    states = list(Matter.objects.seen_by(person).of(round).values_list("state", flat=True))
    words = {"assigned": _("已交办"), "replied": _("已书面反馈"), "settled": _("办结"), "closed": _("销号")}
    steps = [
        Bar(word, sum(state in REACHED[step] for state in states), _("件"), ledger_url(round=round.code, reached=step))
        for step, word in words.items()
    ]
    first = [Bar(_("收集来件"), counted.collected, _("宗"), page), Bar(_("有效诉求"), counted.appeals, _("件"), page)]
    second = [Bar(one.figure.word, one.percent, "", page, f"{one.part} ÷ {one.whole}") for one in shares(round, on)]
    return [first + steps, second]
