"""梳理: 881 submissions become 355 appeals, step by step and by two clerks; a few steps are taken back again."""

from collections import defaultdict
from datetime import date, timedelta
from functools import partial

from mianduimian.intake.models import Submission
from mianduimian.people.models import Person
from mianduimian.sample.load.scene import Scene
from mianduimian.sample.round import Part as Truly
from mianduimian.sample.round import submissions
from mianduimian.sample.truth import Truth
from mianduimian.triage import acts
from mianduimian.triage.models import Decision, Part, Proposal
from mianduimian.triage.rules import Bucket, Verb, Wording

A_DAY = 120  # appeals

Sorted = dict[str, list[int]]


def begin(scene: Scene) -> None:
    """Take everything up two days after the call, and sort it within the days there are."""
    start = scene.days.call_to + timedelta(2)
    scene.diary.write(start, partial(_take_up, scene))


def _take_up(scene: Scene, on: date) -> None:
    """First parts for all, cuts where one submission says two things, and the machine's reading beside them."""
    office = scene.cast["office"]
    acts.take_up(scene.round, by=office, on=on)
    members, aside = _true_places(scene, on)
    acts.propose(scene.round, by=office, on=on)
    _set_aside(scene, aside, on)
    keys = list(scene.truths)
    for place in range(0, len(keys), A_DAY):
        day = on + timedelta(place // A_DAY)
        clerk = scene.cast["office2" if place // A_DAY % 2 else "office"]
        scene.diary.write(day, partial(_distil, scene, keys[place : place + A_DAY], members, clerk))
    scene.diary.write(scene.days.sorted_by, partial(_second_thoughts, scene))


def _true_places(scene: Scene, on: date) -> tuple[Sorted, dict[Truly, list[int]]]:
    """Where every part belongs: by the key of its appeal, or among what is set aside."""
    rows = {(row.channel, row.source_number): row for row in Submission.objects.filter(round=scene.round)}
    first = dict(Part.objects.of(scene.round).values_list("submission", "pk"))
    members: Sorted = defaultdict(list)
    aside: dict[Truly, list[int]] = defaultdict(list)
    for one in submissions(scene.today):
        row = rows[one.channel, one.source_number]
        parts = [first[row.pk]]
        if len(one.parts) > 1:
            parts = [part.pk for part in acts.cut(row, [part.text for part in one.parts], by=scene.cast["office2"], on=on)]
        for pk, truly in zip(parts, one.parts, strict=True):
            if truly.appeal:
                members[truly.appeal].append(pk)
            else:
                aside[Truly("", truly.bucket, truly.reason, repeats=truly.repeats)].append(pk)
    return members, aside


def _parts(keys: list[int]) -> list[Part]:
    return list(Part.objects.filter(pk__in=keys).select_related("submission").order_by("pk"))


def _set_aside(scene: Scene, aside: dict[Truly, list[int]], on: date) -> None:
    """What does not belong, each with its reason; a repeat names the appeal it repeats; one slip of the hand is undone."""
    office = scene.cast["office"]
    for n, (truly, keys) in enumerate(aside.items()):
        earlier = scene.appeals[truly.repeats] if truly.repeats else None
        if n == 0:
            slip = acts.set_aside(_parts(keys), bucket=Bucket.WITHDRAWN, by=office, on=on)
            acts.undo(slip, by=office, on=on)
        acts.set_aside(_parts(keys), bucket=truly.bucket, reason=truly.reason, earlier=earlier, by=office, on=on)


def _wording(truth: Truth) -> Wording:
    return Wording(truth.title, truth.wording, truth.category, truth.region, truth.place, truth.units[0])


def _distil(scene: Scene, keys: list[str], members: Sorted, clerk: Person, on: date) -> None:
    """Where the machine proposed exactly what is true a person confirms it; the rest is put together by hand."""
    proposed = _proposed(scene)
    for key in keys:
        wording, parts = _wording(scene.truths[key]), members[key]
        proposal = proposed.get(frozenset(parts))
        if proposal:
            scene.appeals[key] = acts.confirm(proposal, wording, by=clerk, on=on)
        else:
            scene.appeals[key] = acts.distil(_parts(parts), wording, by=clerk, on=on)


def _proposed(scene: Scene) -> dict[frozenset[int], Proposal]:
    groups: dict[int, set[int]] = defaultdict(set)
    for proposal, part in Proposal.parts.through.objects.filter(proposal__round=scene.round).values_list("proposal", "part"):
        groups[proposal].add(part)
    waiting = Proposal.objects.filter(round=scene.round, answer="", appeal=None).in_bulk()
    return {frozenset(parts): waiting[pk] for pk, parts in groups.items() if pk in waiting}


def _second_thoughts(scene: Scene, on: date) -> None:
    """Two appeals that look alike are merged; a closer look says they are two, and the merging is undone."""
    clerk = scene.cast["office2"]
    alike: dict[str, list[str]] = defaultdict(list)
    for key in scene.truths:
        alike[key.split("@")[0]].append(key)
    for first, second in [keys[:2] for keys in alike.values()][:3]:
        acts.merge(scene.appeals[second], into=scene.appeals[first], by=clerk, on=on)
        acts.undo(Decision.objects.about(scene.appeals[second]).filter(verb=Verb.MERGE).get(), by=scene.cast["office"], on=on)
