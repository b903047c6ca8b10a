"""Learning from people's decisions: what is an example, what is tried, who adopts, and the way back."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mianduimian.journal.models import Line
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.text import classify, events
from mianduimian.text.verdict import Kind, Measured, Step, Trial, Verdict
from mianduimian.triage import acts, jobs, learning, machine
from mianduimian.triage.acts import lessons
from mianduimian.triage.learning import lesson as lesson_of
from mianduimian.triage.learning import reader
from mianduimian.triage.models import Appeal, Decision, Lesson, Part, Proposal

OWN = {"government": "亮柱", "health": "薪条"}  # this town's words for its classes, which nobody else would guess


@pytest.fixture(autouse=True)
def shipped(monkeypatch):
    """A shipped classifier that knows two other classes; and the model of one test does not read for another."""
    rows = [("排队办证窗口", "housing"), ("菜价短斤少两", "market")]
    model = classify.Classifier.learn(rows)
    for name, what in (("default", model), ("seed", rows), ("keywords", [])):
        monkeypatch.setattr(classify, name, lambda what=what: what)
    reader._loaded.cache_clear()


@pytest.fixture
def decided(say, round, office, day):
    """Many parts that people distilled: decided(40) → so many appeals of each class, each of one short submission."""

    def make(each: int = 40) -> list[Part]:
        rows = []
        for category, word in OWN.items():
            for n in range(each):
                submission = say(f"{n}号{word}又坏{n * 7}天")
                appeal = Appeal.objects.create(
                    round=round, number=len(rows) + 1, title=word, wording=word, category=category, made_on=day, made_by=office
                )
                rows.append(Part(submission=submission, bucket="distilled", appeal=appeal))
        return Part.objects.bulk_create(rows)

    return make


@pytest.fixture
def lesson(office, day):
    """A lesson as if learnt: lesson(file="…") → done, with some trial and no file unless one is given."""

    def make(kind=Kind.CLASS, gain=0.1, **more) -> Lesson:
        trial = Trial(50, 40, Measured(0.5, 0.4, 0.6), Measured(0.5 + gain, 0.4, 0.7), Measured(gain, gain / 2, gain * 2), 9, 4)
        model = classify.Classifier.learn([("亮柱", "transport.light"), ("薪条", "labour")])
        learnt = learning.Learnt(model, 99, {"texts": 99, "classes": 2, "confirm": 3}, trial)
        one = acts.learn(kind, by=office, on=day)
        Lesson.objects.filter(pk=one.pk).update(state="running")
        return lessons._keep(one, learnt, by=office, on=day)

    return make


def test_a_part_teaches_the_class_of_its_appeal_or_the_one_a_person_gave_it(parts, wording, office, day, fresh):
    one, two, three, four, five = parts(5)
    acts.relabel([two, three], "labour", by=office, on=day)
    appeal = acts.distil(fresh([one, two]), wording, by=office, on=day)
    Part.objects.filter(pk=four.pk).update(bucket="repeat", earlier=appeal)
    found = learning.labelled()
    assert dict(zip(found.parts, found.labels, strict=True)) == {
        one.pk: "transport.light", two.pk: "transport.light", three.pk: "labour", four.pk: "transport.light",
    }  # fmt: skip
    assert found.sources == {"texts": 4, "classes": 2, "relabel": 2}
    assert five.pk not in found.parts


def test_what_teaches_carries_no_name_and_no_number(say, round, wording, office, day):
    say("我叫赖小明，电话13800138000，路灯坏了", title="联系电话13800138000")
    acts.take_up(round, by=office, on=day)
    acts.distil(list(Part.objects.select_related("submission")), wording, by=office, on=day)
    (text,) = learning.labelled().texts
    assert "路灯坏了" in text and "13800138000" not in text and "赖小明" not in text
    (row,) = learning.matters().rows
    assert "13800138000" not in row.title + row.body


def test_a_class_that_the_table_no_longer_has_teaches_nothing(parts, wording, office, day):
    appeal = acts.distil(parts(1), wording, by=office, on=day)
    Appeal.objects.filter(pk=appeal.pk).update(category="transport.gone")
    assert learning.labelled().parts == []


def together(found):
    """Matter → the parts in it."""
    return {matter: {part for part, of in zip(found.parts, found.matter, strict=True) if of == matter} for matter in found.matter}


def apart(found):
    return {frozenset((found.parts[one], found.parts[other])) for one, other in found.apart}


def test_parts_of_one_appeal_are_one_matter_and_so_is_what_repeats_it(parts, wording, office, day, fresh, round):
    one, two, three, four = parts(4)
    first = acts.distil([one, two], wording, by=office, on=day)
    second = acts.distil([three], wording, by=office, on=day)
    Part.objects.filter(pk=four.pk).update(bucket="repeat", earlier=first)
    assert together(learning.matters()) == {first.pk: {one.pk, two.pk, four.pk}, second.pk: {three.pk}}
    acts.merge(second, into=first, by=office, on=day)
    assert together(learning.matters()) == {first.pk: {part.pk for part in (one, two, three, four)}}
    assert learning.matters().sources["merge"] == 1


def test_a_split_tells_apart_until_it_is_undone(parts, wording, office, day, fresh):
    one, two, three = parts(3)
    appeal = acts.distil([one, two, three], wording, by=office, on=day)
    acts.split(appeal, [fresh(three)], wording, by=office, on=day)
    found = learning.matters()
    assert apart(found) == {frozenset((one.pk, three.pk)), frozenset((two.pk, three.pk))}
    keys = dict(zip(found.parts, found.keys, strict=True))
    assert set(keys[one.pk]) & set(keys[three.pk])
    acts.undo(Decision.objects.get(verb="split"), by=office, on=day)
    assert apart(learning.matters()) == set()


def test_who_is_left_out_of_a_confirmed_group_is_apart_from_those_kept_but_not_from_each_other(
    group, wording, office, day, fresh
):
    proposal, (one, two, three, four) = group(4)
    acts.confirm(proposal, wording, parts=fresh([one, two]), by=office, on=day)
    kept_out = {frozenset((a.pk, b.pk)) for a in (one, two) for b in (three, four)}
    assert apart(learning.matters()) == kept_out


def test_a_member_taken_out_is_apart_from_the_rest_unless_it_comes_back(group, office, day, fresh):
    proposal, (one, two, three) = group(3)
    rest = acts.take_out(proposal, [fresh(three)], by=office, on=day)
    assert apart(learning.matters()) == {frozenset((one.pk, three.pk)), frozenset((two.pk, three.pk))}
    acts.bring_in(rest, [fresh(three)], by=office, on=day)
    assert apart(learning.matters()) == set()


def test_both_halves_of_a_divided_group_are_apart_also_before_anybody_distils_them(group, office, day, fresh):
    proposal, (one, two, three) = group(3)
    acts.divide(proposal, fresh([two, three]), by=office, on=day)
    assert apart(learning.matters()) == {frozenset((one.pk, two.pk)), frozenset((one.pk, three.pk))}
    assert set(learning.matters().matter) == {None}


@pytest.mark.parametrize(("how_many", "pairs"), [(2, 1), (3, 0)])
def test_a_rejected_pair_is_apart_of_a_larger_group_nobody_knows_which(group, office, day, how_many, pairs):
    proposal, _members = group(how_many)
    acts.reject(proposal, by=office, on=day)
    assert len(learning.matters().apart) == pairs


def test_what_people_put_together_after_all_is_not_apart(group, wording, office, day, fresh):
    proposal, (one, two) = group(2)
    acts.reject(proposal, by=office, on=day)
    acts.distil(fresh([one, two]), wording, by=office, on=day)
    assert learning.matters().apart == []


@pytest.fixture
def group(parts, round, office, day):
    """A group the machine proposed: group(3) → the proposal and its three parts."""

    def make(how_many):
        members = parts(how_many)
        proposal = Proposal.objects.create(round=round, representative=members[0], sure=0.7, why="像", made_on=day)
        proposal.parts.set(members)
        return proposal, members

    return make


def test_too_few_decisions_are_refused_with_their_number(parts, wording, office, day):
    acts.distil(parts(3), wording, by=office, on=day)
    with pytest.raises(Refused, match="有1组，至少要有30组"):
        learning.study(Kind.CLASS)


def test_learning_reads_the_towns_own_words_and_says_by_how_much(decided, office, day):
    parts = decided()
    steps = []
    found = learning.study(Kind.CLASS, steps.append)
    assert steps == [Step.COLLECT, Step.LEARN, Step.BEFORE, Step.AFTER]
    assert found.rows + found.trial.held == len(parts) and found.trial.held >= 4
    assert found.trial.after.value == 1.0 and found.trial.verdict == Verdict.BETTER
    assert found.trial.before.value == 0.0 and found.trial.won == found.trial.held


@pytest.fixture
def distilled(say, round, office, day):
    """Matters of which three say nearly the same: distilled(60) → their parts, as people distilled them."""

    def make(how_many: int = 60) -> list[Part]:
        words, rows = np.random.default_rng(3), []
        for number in range(1, how_many + 1):
            signs = [chr(code) for code in words.integers(0x4E00, 0x9000, 40)]
            appeal = Appeal.objects.create(
                round=round, number=number, title="事", wording="事", category="labour", made_on=day, made_by=office
            )
            for n in range(3):
                said = "".join(sign for at, sign in enumerate(signs) if (at + n) % 5)
                rows.append(Part(submission=say(said, title=said[:8]), bucket="distilled", appeal=appeal))
        return Part.objects.bulk_create(rows)

    return make


@pytest.fixture
def taught(monkeypatch):
    """What the judge of pairs was shown; it takes the shipped trees in place of its own, and is no better than they are."""
    shown = {}

    def learn(rows, event, apart):
        shown.update(rows=rows, event=event, apart=list(apart))
        return replace(events.default(), height=0.1)

    monkeypatch.setattr(events.Pairs, "learn", learn)
    return shown


def test_what_is_one_matter_is_learnt_tried_kept_and_read_with(distilled, taught, round, office, day, fresh):
    parts = distilled()
    one = acts.learn(Kind.EVENT, by=office, on=day)
    jobs.learn.func(one.pk)
    one = fresh(one)
    assert one.state == "done", one.problem
    assert (one.sources["texts"], one.sources["matters"], one.rows + one.tried.held) == (180, 60, len(parts))
    assert one.tried.held == 3 * one.tried.groups and one.tried.verdict == Verdict.SAME
    assert one.tried.before.value == one.tried.after.value > 0
    acts.adopt(one, by=office, on=day)
    assert learning.pairs().height == 0.1 and learning.pairs() is learning.pairs()
    acts.go_back(one, by=office, on=day)
    assert learning.pairs() is events.default()


def test_the_judge_is_shown_whole_matters_and_who_is_known_to_be_apart(distilled, taught, group, office, day, fresh):
    parts = distilled(40)
    proposal, (left, right) = group(2)
    acts.reject(proposal, by=office, on=day)
    learning.study(Kind.EVENT)
    matter = {part.pk: part.appeal_id for part in parts} | {left.pk: None, right.pk: None}
    known = {row.id: of for row, of in zip(taught["rows"], taught["event"], strict=True)}
    assert known.items() <= matter.items() and len(known) < len(matter)
    sizes = Counter(of for of in known.values() if of)
    assert set(sizes.values()) == {3}
    told = [{taught["rows"][one].id, taught["rows"][other].id} for one, other in taught["apart"]]
    assert told == ([{left.pk, right.pk}] if left.pk in known else [])


def test_the_machine_groups_a_round_with_the_model_in_use(parts, round, monkeypatch):
    parts(2)
    used = []
    monkeypatch.setattr(learning, "pairs", lambda: "judge")
    monkeypatch.setattr(events, "propose", lambda rows, pairs: used.append(pairs) or [])
    machine.group(round)
    assert used == ["judge"]


def test_what_is_held_out_is_never_learnt_from(decided, monkeypatch):
    decided()
    seen = []
    learn = classify.Classifier.learn
    monkeypatch.setattr(classify.Classifier, "learn", lambda rows: seen.extend(text for text, _label in rows) or learn(rows))
    asked = []
    monkeypatch.setattr(lesson_of, "classifier", lambda: Recorder(asked))
    found = learning.study(Kind.CLASS)
    assert len(asked) == found.trial.held and not set(asked) & set(seen)


class Recorder:
    """A classifier that remembers what it was asked."""

    def __init__(self, asked):
        self.asked = asked

    def read(self, texts):
        self.asked.extend(texts)
        return [classify.Label("labour", 0.5, "", ())] * len(texts)


def test_a_lesson_is_asked_worked_through_and_adopted_and_reads_from_then_on(decided, say, round, office, day):
    decided()
    one = acts.learn(Kind.CLASS, by=office, on=day)
    assert acts.learn(Kind.CLASS, by=office, on=day) == one
    assert "done" in jobs.learn.func(one.pk)
    one.refresh_from_db()
    assert (one.state, one.finished_on is not None, one.active) == ("done", True, False)
    assert one.tried.verdict == Verdict.BETTER and one.path.is_file() and one.taught[0] == "来件 80 段"
    fresh = say("81号薪条又坏3天")
    part = Part.objects.create(submission=fresh)
    before = machine.classes([part])[part.pk]
    acts.adopt(one, by=office, on=day)
    assert machine.classes([part])[part.pk][0] == "health" != before[0]
    verbs = [line.verb for line in Line.objects.of(one)]
    assert verbs == ["triage.learn", "triage.learnt", "triage.adopt"]
    assert Line.objects.of(one).last().now["digest"] == one.digest
    assert acts.go_back(one, by=office, on=day) is None
    assert machine.classes([part])[part.pk] == before
    assert Line.objects.of(one).last().verb == "triage.go_back"


def test_the_file_of_a_model_holds_plain_numbers_and_words(lesson):
    with np.load(lesson().path, allow_pickle=False) as kept:
        assert all(kept[name].dtype.kind in "fiu" for name in kept.files)


def test_one_goes_back_step_by_step_to_the_shipped_model(lesson, office, day, fresh):
    one, two = lesson(), lesson()
    acts.adopt(one, by=office, on=day)
    acts.adopt(two, by=office, on=day)
    assert (Lesson.objects.active(Kind.CLASS), fresh(two).before) == (two, one)
    assert acts.go_back(fresh(two), by=office, on=day) == one
    assert Lesson.objects.active(Kind.CLASS) == one
    assert acts.go_back(fresh(one), by=office, on=day) is None
    assert Lesson.objects.active(Kind.CLASS) is None


def test_adopting_an_earlier_model_again_makes_no_circle(lesson, office, day, fresh):
    one, two = lesson(), lesson()
    for model in (one, two, one):
        acts.adopt(fresh(model), by=office, on=day)
    assert Lesson.objects.active(Kind.CLASS) == one and fresh(one).before is None
    acts.adopt(fresh(two), by=office, on=day)
    back = [acts.go_back(fresh(two), by=office, on=day), acts.go_back(fresh(one), by=office, on=day)]
    assert back == [one, None]


def test_the_second_of_two_clerks_who_go_back_is_told(lesson, office, day, fresh):
    one, two = lesson(), lesson()
    acts.adopt(one, by=office, on=day)
    acts.adopt(two, by=office, on=day)
    acts.go_back(two, by=office, on=day)
    with pytest.raises(Overtaken, match="没有启用"):
        acts.go_back(two, by=office, on=day)
    assert Lesson.objects.active(Kind.CLASS) == one
    with pytest.raises(Overtaken, match="已由.*启用"):
        acts.adopt(one, by=office, on=day)


def test_two_models_of_a_kind_never_read_at_once(lesson, office, day):
    one, two = lesson(), lesson()
    acts.adopt(one, by=office, on=day)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lesson.objects.filter(pk=two.pk).update(active=True, adopted_by=office, adopted_on=day)


def test_a_damaged_or_missing_file_is_not_adopted_and_the_shipped_model_reads_in_its_place(lesson, office, day, parts, fresh):
    (part,) = parts(1)
    shipped = machine.classes([part])
    one, two = lesson(), lesson()
    acts.adopt(one, by=office, on=day)
    whole = one.path.read_bytes()
    for damage in (lambda: one.path.write_bytes(whole[:-1] + b"x"), one.path.unlink):
        reader._loaded.cache_clear()
        damage()
        assert machine.classes([part]) == shipped
        present = learning.present(Kind.CLASS)
        assert present.shipped and present.lesson == one and one.path.name in present.problem
    two.path.write_bytes(b"")
    with pytest.raises(Refused, match="损坏"):
        acts.adopt(two, by=office, on=day)
    one.path.write_bytes(whole)
    assert not learning.present(Kind.CLASS).shipped and machine.classes([part]) != shipped


@pytest.mark.parametrize("verb", ["learn", "adopt", "go_back"])
def test_only_the_office_of_the_whole_city_changes_what_the_machine_reads_with(lesson, hire, office, day, verb):
    one = lesson()
    subject = Kind.CLASS if verb == "learn" else one
    with pytest.raises(NotYours, match="岗位不能办理"):
        getattr(acts, verb)(subject, by=hire("supervisor", "supervision_office"), on=day)
    with pytest.raises(NotYours, match="全市共用"):
        getattr(acts, verb)(subject, by=hire("office", "longchuan"), on=day)
    assert not Lesson.objects.filter(active=True).exists() and Lesson.objects.count() == 1


def test_a_lesson_that_cannot_be_learnt_says_why_and_changes_nothing(parts, wording, office, day, fresh):
    acts.distil(parts(2), wording, by=office, on=day)
    one = acts.learn(Kind.CLASS, by=office, on=day)
    jobs.learn.func(one.pk)
    one = fresh(one)
    assert (one.state, one.file) == ("broken", "") and "至少要有" in one.problem
    with pytest.raises(Refused, match="没有留下模型"):
        acts.adopt(one, by=office, on=day)
    jobs.learn.func(one.pk)
    assert fresh(one).state == "broken"
    assert acts.learn(Kind.CLASS, by=office, on=day) != one


def test_an_error_in_learning_is_left_to_the_log_and_said_on_the_page(office, day, monkeypatch, fresh):
    one = acts.learn(Kind.CLASS, by=office, on=day)

    def fall(kind, tell):
        raise MemoryError

    monkeypatch.setattr(learning, "study", fall)
    with pytest.raises(MemoryError):
        jobs.learn.func(one.pk)
    assert fresh(one).state == "broken" and "现用的模型没有变" in fresh(one).problem


def test_who_finds_a_lesson_that_a_dead_worker_left_begins_anew(office, day, fresh):
    one = acts.learn(Kind.CLASS, by=office, on=day)
    Lesson.objects.filter(pk=one.pk).update(state="running", heard_at=timezone.now() - timedelta(hours=1))
    two = acts.learn(Kind.CLASS, by=office, on=day)
    assert two != one and fresh(one).state == "broken" and fresh(two).state == "waiting"


def test_two_kinds_learn_beside_each_other(office, day):
    assert acts.learn(Kind.CLASS, by=office, on=day) != acts.learn(Kind.EVENT, by=office, on=day)


def test_nobody_decided_anything_so_nothing_is_taught(round):
    assert learning.labelled().texts == [] and learning.matters().rows == []
