"""学习一遍: learn from the decisions that are not held out; try the new model beside the present one on those that are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mianduimian.refusal import Refused
from mianduimian.text import when_asked
from mianduimian.text.verdict import Kind, Step, Trial
from mianduimian.triage.learning.examples import Labelled, Matters, labelled, matters
from mianduimian.triage.learning.reader import classifier, pairs
from mianduimian.vocabulary import _

if TYPE_CHECKING:
    from mianduimian.text import classify, events, trial
else:
    classify, events, trial = when_asked("classify"), when_asked("events"), when_asked("trial")

LEAST = 30  # groups of decisions; below it neither learning nor trying makes sense
Tell = Callable[[Step], None]


@dataclass(frozen=True)
class Learnt:
    """What a lesson leaves: the model, how many rows it learnt from, what they were, and how it was tried."""

    model: Any
    rows: int
    sources: dict[str, int]
    trial: Trial


def study(kind: Kind, tell: Tell = lambda step: None) -> Learnt:
    """Learn one of the two readings from the city's decisions."""
    tell(Step.COLLECT)
    return _classes(labelled(), tell) if kind == Kind.CLASS else _matters(matters(), tell)


def _classes(found: Labelled, tell: Tell) -> Learnt:
    groups = _sides(found.parts, found.keys, found.texts)
    learn, out = _halves(groups)
    tell(Step.LEARN)
    shipped = classify.seed() + classify.keywords()
    model = classify.Classifier.learn(shipped + [(found.texts[at], found.labels[at]) for at in learn])
    texts, truth = [found.texts[at] for at in out], [found.labels[at] for at in out]
    tell(Step.BEFORE)
    before = [one.label for one in classifier().read(texts)]
    tell(Step.AFTER)
    after = [one.label for one in model.read(texts)]
    return Learnt(model, len(learn), found.sources, trial.of_labels([groups[at] for at in out], truth, before, after))


def _matters(found: Matters, tell: Tell) -> Learnt:
    groups = _sides(found.parts, found.keys, [f"{row.title}\n{row.body}" for row in found.rows])
    learn, out = _halves(groups)
    tell(Step.LEARN)
    place = {at: new for new, at in enumerate(learn)}
    apart = [(place[one], place[other]) for one, other in found.apart if one in place and other in place]
    model = events.Pairs.learn([found.rows[at] for at in learn], [found.matter[at] for at in learn], apart)
    rows = [found.rows[at] for at in out]
    tell(Step.BEFORE)
    before = _grouped(rows, pairs())
    tell(Step.AFTER)
    after = _grouped(rows, model)
    truth = [found.matter[at] for at in out]
    return Learnt(model, len(learn), found.sources, trial.of_groups([groups[at] for at in out], truth, before, after))


def _grouped(rows: Sequence[events.Words], model: events.Pairs) -> list[object]:
    """The group each row is proposed for; who is alone is a group."""
    group: dict[object, object] = {}
    for number, one in enumerate(events.propose(rows, pairs=model)):
        group |= dict.fromkeys(one.members, number)
    return [group.get(row.id, ("alone", row.id)) for row in rows]


def _sides(parts: Sequence[int], keys: Sequence[Sequence[str]], texts: Sequence[str]) -> list[int]:
    """The group of each row, named by its first part; refused while there are too few."""
    groups = [parts[at] for at in trial.sides(keys, texts)]
    if len(set(groups)) < LEAST:
        raise Refused(
            _("可学的决定还太少：互不相干的诉求有%(there)s组，至少要有%(needed)s组。"), there=len(set(groups)), needed=LEAST
        )
    return groups


def _halves(groups: Sequence[int]) -> tuple[list[int], list[int]]:
    """The rows to learn from, and those held out."""
    out = [at for at, name in enumerate(groups) if trial.held_out(name)]
    held = set(out)
    return [at for at in range(len(groups)) if at not in held], out
