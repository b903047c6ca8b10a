"""漏斗: the sum that must always hold, and how far the reading has come."""

from collections.abc import Mapping

from django.db.models import Count, Exists, OuterRef

from mianduimian.intake.models import Submission
from mianduimian.solicitation.models import Round
from mianduimian.triage.models.appeals import Appeal, Part
from mianduimian.triage.models.proposals import Proposal
from mianduimian.triage.rules import Bucket, Funnel, Progress, bucket_of
from mianduimian.triage.rules import funnel as counted


def funnel(round: Round) -> Funnel:
    """漏斗: every submission of a round in exactly one bucket, and the appeals; what nobody took up yet is undecided."""
    collected = Submission.objects.filter(round=round)
    parts = Part.objects.of(round)
    untouched = collected.filter(~Exists(Part.objects.filter(submission=OuterRef("pk")))).count()
    sizes = dict(parts.order_by().values_list("bucket").annotate(n=Count("pk")))
    sizes[Bucket.UNDECIDED.value] = sizes.get(Bucket.UNDECIDED.value, 0) + untouched
    several: dict[int, list[str]] = {}
    second = Part.objects.live().filter(submission=OuterRef("submission"), number__gt=1)
    for submission, bucket in parts.filter(Exists(second)).values_list("submission", "bucket"):
        several.setdefault(submission, []).append(bucket)
    whole = counted({})
    return Funnel(
        collected=collected.count(),
        parts=whole | sizes,
        submissions={bucket: sizes.get(bucket, 0) + _shift(bucket, several) for bucket in whole},
        appeals=Appeal.objects.of(round).standing().count(),
    )


def _shift(bucket: str, several: Mapping[int, list[str]]) -> int:
    """What a bucket counts more or less in submissions than in parts."""
    return sum((bucket_of(buckets) == bucket) - buckets.count(bucket) for buckets in several.values())


def progress(round: Round, found: Funnel) -> Progress:
    """How far the reading has come, in 宗: what the machine has read, what people have decided, what is in doubt."""
    parts = Part.objects.of(round)
    taken_up = Submission.objects.filter(round=round).filter(Exists(Part.objects.filter(submission=OuterRef("pk"))))
    unread = Part.objects.live().filter(submission=OuterRef("pk"), confidence=None)
    doubted = parts.doubted(round.rules.reading["sure_from"]).order_by()
    return Progress(
        read=taken_up.filter(~Exists(unread)).count(),
        decided=found.collected - found.submissions[Bucket.UNDECIDED],
        doubted=doubted.values("submission").distinct().count(),
        proposals=Proposal.objects.filter(round=round).open().count(),
    )
