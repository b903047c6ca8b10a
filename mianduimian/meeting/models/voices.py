"""群众代表的人选: who could represent an appeal."""

from collections import Counter
from typing import cast

from django.db.models import Q

from mianduimian.intake.models import Citizen
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


def _voice(part: Part, count: int) -> Voice:
    appeal, citizen = cast(Appeal, part.appeal), cast(Citizen, part.submission.citizen)
    region = appeal.region
    if region and region.level == Level.TOWN and region.parent:
        region = region.parent
    known_as = citizen.phone_index or str(citizen.pk)
    return Voice(appeal.pk, appeal.title, region.name if region else "", count, part.submission_id, known_as)
