"""成效: the hotline's months as they are counted, the classes of problems with their remedies, and the public page."""

from collections import defaultdict
from datetime import date, timedelta
from functools import partial

from mianduimian.ledger.models import Evidence
from mianduimian.outcomes import acts
from mianduimian.outcomes.models import ProblemClass as Registered
from mianduimian.outcomes.rules import Cause
from mianduimian.people.models import Region
from mianduimian.publication import acts as publication
from mianduimian.publication.models import Draft, Picture
from mianduimian.sample.hotline import months
from mianduimian.sample.load.diary import Deed
from mianduimian.sample.load.scene import Scene
from mianduimian.sample.schedule import months_back
from mianduimian.sample.story import ProblemClass, classes

SOURCE = "市12345热线月报（样例）"
REGISTERED, IN_FORCE = 14, 20  # days after the meeting
EVERY = 5  # days between two sittings over the public words


def begin(scene: Scene) -> None:
    """Each month is registered on the third of the next; what is older than the house, on its first day."""
    diary, days = scene.diary, scene.days
    counted: dict[date, dict[str, int]] = defaultdict(dict)
    for one in months(scene.today):
        counted[one.month][one.theme] = one.calls
    for month, figures in counted.items():
        told_on = months_back(month, -1) + timedelta(2)
        diary.write(max(told_on, diary.begins), partial(_count, scene, month, figures))
    diary.write(days.met_on + timedelta(REGISTERED), partial(_register, scene))
    diary.write(days.plan_on, lambda on: publication.propose(scene.round, by=scene.cast["office"], on=on))
    diary.write(days.plan_on, lambda on: publication.release(scene.round, by=scene.cast["office2"], on=on), late=True)
    for n in range(0, (days.today - days.plan_on).days + 1, EVERY):
        diary.write(days.plan_on + timedelta(n), partial(_publish, scene), late=True)
    diary.write(days.today, partial(_publish, scene), late=True)


def _publish(scene: Scene, on: date) -> None:
    """One clerk drafts what is new and boxes the pictures, another one reads and releases it."""
    first, second = scene.cast["office"], scene.cast["office2"]
    publication.draft_all(scene.round, by=first, on=on)
    waiting = Draft.objects.of(scene.round).waiting()
    publication.release_drafts(list(waiting.values_list("pk", flat=True)), by=second, on=on)
    filed = Evidence.objects.filter(matter__appeal__round=scene.round, kind__startswith="image/")
    for proof in filed.exclude(pk__in=Picture.objects.of(scene.round).values("evidence")):
        made = publication.prepare_picture(proof, proof.place, [], by=first, on=on)
        publication.release_picture(made, by=second, on=on)


def _count(scene: Scene, month: date, figures: dict[str, int], on: date) -> None:
    region = Region.objects.get(pk="441600")
    acts.count(region, figures, month=month, source=SOURCE, by=scene.cast["office"], on=on)


def _register(scene: Scene, on: date) -> None:
    """Every class with the appeals of its category; every second remedy is in force some days later."""
    for n, told in enumerate(classes(scene.today)):
        mine = [scene.appeals[key] for key, truth in scene.truths.items() if truth.category == told.category]
        problem = acts.register(_cause(told), mine, by=scene.cast["office"], on=on)
        if n % 2 == 0:
            scene.diary.write(scene.days.met_on + timedelta(IN_FORCE), _enforcing(scene, problem))


def _cause(told: ProblemClass) -> Cause:
    return Cause(told.name, told.root, told.remedy, told.owner, told.category, told.due_on)


def _enforcing(scene: Scene, problem: Registered) -> Deed:
    return lambda on: acts.put_in_force(problem, note="文件已印发执行。", by=scene.cast["office"], on=on)
