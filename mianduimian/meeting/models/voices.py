"""群众代表的人选: who could represent an appeal."""

from collections import Counter
from typing import cast

from django.db.models import Q

from mianduimian.intake.models import Citizen
from mianduimian.meeting.representing import Candidate
from mianduimian.meeting.rules import Voice
from mianduimian.people.rules import Level
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal, Part
from mianduimian.triage.rules import Bucket


def voices(round: Round) -> list[Voice]:
    """Those who could represent an appeal: named, agreed to be asked, not under a whistle-blower's protection."""
    open_to_invite = Q(submission__confidential=False, submission__citizen__agreed=True, submission__citizen__erased_on=None)
    distilled = Part.objects.of(round).filter(bucket=Bucket.DISTILLED)
    named = distilled.filter(open_to_invite).order_by("submission").select_related("appeal__region__parent")
    pairs = distilled.order_by().values_list("appeal", "submission").distinct()
    spoke: Counter[int | None] = Counter(appeal for appeal, _submission in pairs)
    return [_voice(part, spoke[part.appeal_id]) for part in named.select_related("submission__citizen")]


def candidates(round: Round) -> list[Candidate]:
    """The standing appeals of a round with the citizens who spoke for each; an unknown one counts once a submission."""
    appeals = Appeal.objects.standing().filter(round=round).select_related("region__parent").in_bulk()
    rows = Part.objects.of(round).filter(bucket=Bucket.DISTILLED).order_by("appeal", "submission")
    spoke: dict[int, set[str]] = {}
    for appeal, submission, citizen, phone in rows.values_list(
        "appeal", "submission", "submission__citizen", "submission__citizen__phone_index"
    ):
        spoke.setdefault(appeal, set()).add(phone or (f"c{citizen}" if citizen else f"s{submission}"))
    return [
        Candidate(pk, one.title, _county(one), one.category.partition(".")[0], frozenset(spoke.get(pk, ())))
        for pk, one in appeals.items()
    ]


def _county(appeal: Appeal) -> str:
    """The county an appeal is in, also where only its town is known; nothing where no region is."""
    region = appeal.region
    if region and region.level == Level.TOWN and region.parent:
        region = region.parent
    return region.name if region else ""


def _voice(part: Part, count: int) -> Voice:
    appeal, citizen = cast(Appeal, part.appeal), cast(Citizen, part.submission.citizen)
    known_as = citizen.phone_index or str(citizen.pk)
    return Voice(appeal.pk, appeal.title, _county(appeal), count, part.submission_id, known_as)
