"""去向: what became of one citizen's words, step by step, in plain sentences; units are named, persons never."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.intake.models import Afterword, AfterwordQuerySet, Submission
from mianduimian.intake.rules import Later
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Light, State
from mianduimian.lookback.models import Visit
from mianduimian.publication.course import course, visits_of
from mianduimian.publication.models import voices
from mianduimian.publication.rules import ANSWERED, MEANING, Passage, may_tell, shield
from mianduimian.solicitation.rules import Channel
from mianduimian.triage.models import Moved, Part, Proposal
from mianduimian.triage.rules import Bucket, Reason
from mianduimian.vocabulary import say


@dataclass(frozen=True)
class Standing:
    """Where a matter stands for whoever holds a receipt: its stage, the responsible unit, by when, and the last answer."""

    state: str
    state_word: str
    meaning: str
    answered: bool
    unit: str
    due_on: date | None
    provisional: bool
    turn: int
    light: Light
    answer: str


@dataclass(frozen=True)
class Story:
    """One part of a submission: what it was about, its steps, oldest first, and where its matter stands now."""

    words: str
    bucket: str
    matter: Matter | None
    steps: list[Passage]
    number: int = 1
    line: Standing | None = None
    asked: Visit | None = None

    @property
    def may(self) -> dict[str, bool]:
        """What its citizen may say of it now."""
        return {kind.value: may_tell(kind, self.bucket, self.line.state if self.line else "") for kind in Later}


def stories(submission: Submission, on: date | None = None) -> list[Story]:
    """The story of each part; a submission that nobody has sorted yet has one story that says so."""
    received = Passage(
        submission.received_on, _("收到您反映的事（%(channel)s）") % {"channel": Channel.word_of(submission.channel)}
    )
    parts = list(Part.objects.live().filter(submission=submission).select_related("appeal", "earlier", "submission"))
    if not parts:
        return [
            Story(shield(submission.text, _names(submission, None)), Bucket.UNDECIDED, None, [received, _sorting(submission)])
        ]
    return [_story(part, received, on or localdate()) for part in parts]


def _sorting(submission: Submission) -> Passage:
    return Passage(submission.received_on, _("正在梳理"), why=_("工作人员正在逐件阅读，归入诉求后会在这里写明。"), now=True)


def _chosen(part: Part) -> Passage:
    """Not sorted yet: the appeal to which the citizen added a voice is named, until a person has decided."""
    waiting = Proposal.objects.filter(parts=part, voiced=True, answer="").select_related("appeal").first()
    if waiting is None or waiting.appeal is None:
        return _sorting(part.submission)
    title = shield(waiting.appeal.title, voices([waiting.appeal.pk]).get(waiting.appeal.pk, set()))
    why = _("您选了“%(title)s”，加上您的声音。工作人员看过后归在一起，会在这里写明。") % {"title": title}
    return Passage(part.submission.received_on, _("正在梳理"), why=why, now=True)


def _story(part: Part, received: Passage, on: date) -> Story:
    matter = Matter.objects.select_related("appeal").filter(appeal=part.appeal).first() if part.appeal else None
    steps = [received, _placed(part), *(course(matter, part) if matter else [])]
    names = _names(part.submission, part.appeal_id)
    last = len(steps) - 1
    shown = [
        Passage(step.when, shield(step.what, names), step.who, shield(step.why, names), now=place == last)
        for place, step in enumerate(steps)
    ]
    line = _standing(matter, names, on) if matter else None
    asked = asked_of(part) if matter else None
    return Story(shield(part.words, names), part.bucket, matter, shown, part.number, line, asked)


ASKING = (State.REPLIED, State.STAGED, State.SETTLED, State.CLOSING)  # a judgement is taken from the answer to the closing


def asked_of(part: Part) -> Visit | None:
    """The visit in which the one who said this has still to say whether it is solved."""
    matter = Matter.objects.filter(appeal=part.appeal_id).first() if part.appeal_id else None
    if matter is None or matter.state not in ASKING:
        return None
    return visits_of(part, matter).filter(turn=matter.turn).unanswered().first()


def _standing(matter: Matter, names: set[str], on: date) -> Standing:
    """What the unit answered is told to those who spoke as it was written to them, whether or not it is public yet."""
    (line,) = Matter.objects.filter(pk=matter.pk).lines()  # type: ignore[attr-defined]
    given = line.assignment
    return Standing(
        state=line.state,
        state_word=line.state_word,
        meaning=say(MEANING[State(line.state)]),
        answered=line.state in ANSWERED,
        unit=given.lead.short if given else "",
        due_on=given.reply_due_on if given else None,
        provisional=bool(given and given.provisional),
        turn=line.turn,
        light=line.light(on),
        answer=shield(line.all_replies[-1].public, names) if line.all_replies else "",
    )


def _names(submission: Submission, appeal: int | None) -> set[str]:
    own = {submission.citizen.name} if submission.citizen else set()
    return own | voices([appeal]).get(appeal, set()) if appeal else own


def _placed(part: Part) -> Passage:
    decided = (
        Moved.objects.filter(part=part, decision__undone_on=None).order_by("-pk").values_list("decision__on", flat=True).first()
    )
    when = decided or part.submission.received_on
    return _PLACED[Bucket(part.bucket)](part, when)


def _distilled(part: Part, when: date) -> Passage:
    assert part.appeal  # noqa: S101  a constraint of the table: distilled parts have an appeal
    others = Part.objects.filter(appeal=part.appeal).values("submission").distinct().count() - 1
    together = _("与另外 %(n)s 宗来件一并办理。") % {"n": others} if others else ""
    together += _("工作人员看过，说的是同一件事；您的话仍单独留着，每一步都告诉您。") if others else ""
    what = _("归入诉求：%(title)s") % {"title": part.appeal.title}
    return Passage(when, what, why=f"{part.appeal.wording}\n{together}".strip())


def _repeat(part: Part, when: date) -> Passage:
    title = part.earlier.title if part.earlier else part.note
    return Passage(when, _("和以前一期的一件事相同，不另立一件"), why=title)


def _elsewhere(part: Part, when: date) -> Passage:
    why = _("%(reason)s。您也可以拨打 12345 查询。") % {"reason": Reason.word_of(part.reason)}
    return Passage(when, _("转其他渠道办理"), why=why)


def _invalid(part: Part, when: date) -> Passage:
    why = _("%(reason)s。补充具体时间、地点和情况后，可以再次提交。") % {"reason": Reason.word_of(part.reason)}
    return Passage(when, _("未列为有效诉求"), why=why)


_PLACED = {
    Bucket.UNDECIDED: lambda part, when: _chosen(part),
    Bucket.DISTILLED: _distilled,
    Bucket.REPEAT: _repeat,
    Bucket.INVALID: _invalid,
    Bucket.ELSEWHERE: _elsewhere,
    Bucket.WITHDRAWN: lambda part, when: Passage(when, _("您已撤回")),
}


@dataclass(frozen=True)
class Spoken:
    """What a citizen said later, as the desk sees it: personal data starred, with the group and the matter it is about."""

    row: Afterword
    words: str
    said: str
    part: Part | None
    matter: Matter | None


def afterwords(rows: AfterwordQuerySet) -> list[Spoken]:
    """Afterwords with what they are about, in a fixed number of queries."""
    known = list(rows.select_related("submission__citizen", "answered_by").prefetch_related("photos"))
    parts = Part.objects.live().filter(submission__in=[row.submission_id for row in known]).select_related("appeal", "submission")
    about = {(part.submission_id, part.number): part for part in parts}
    appeals = {part.appeal_id for part in about.values() if part.appeal_id}
    matters = {matter.appeal_id: matter for matter in Matter.objects.filter(appeal__in=appeals)}
    return [_spoken(row, about.get((row.submission_id, row.part)), matters) for row in known]


def _spoken(row: Afterword, part: Part | None, matters: dict[int, Matter]) -> Spoken:
    names = {row.submission.citizen.name} if row.submission.citizen else set()
    words = part.words if part else row.submission.text
    matter = matters.get(part.appeal_id) if part and part.appeal_id else None
    return Spoken(row, shield(row.text, names), shield(words, names), part, matter)
