"""What a person decides about parts and appeals, and how every decision can be taken back."""

import json

import pytest

from mianduimian.intake.models import Submission
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.triage import acts
from mianduimian.triage.models import Appeal, Decision, Moved, Part, funnel
from mianduimian.triage.rules import Place, Wording


def test_new_submissions_are_taken_up_once(say, round, office, day):
    say()
    say()
    assert funnel(round).parts["undecided"] == 2
    assert acts.take_up(round, by=office, on=day) == 2
    say()
    assert acts.take_up(round, by=office, on=day) == 1
    assert acts.take_up(round, by=office, on=day) == 0
    assert [line.now for line in Line.objects.of(round)] == [{"submissions": 2}, {"submissions": 1}]
    assert funnel(round).parts["undecided"] == 3


def test_several_parts_become_one_appeal_in_its_own_words(parts, wording, round, office, day):
    three = parts(3)
    appeal = acts.distil(three, wording, by=office, on=day)
    assert (appeal.number, appeal.title, appeal.region.name, appeal.unit.key) == (1, "兴源路路灯不亮", "源城区", "urban")
    assert appeal.category_word == "交通出行·路灯照明"
    assert {(part.bucket, part.appeal_id) for part in Part.objects.of(round)} == {("distilled", appeal.pk)}
    assert Appeal.objects.with_voices().get().voices == 3
    assert acts.distil(parts(1), wording, by=office, on=day).number == 2


def test_a_decision_keeps_what_it_moved_and_writes_one_line(parts, wording, office, day, fresh):
    two = parts(2)
    appeal = acts.distil(two, wording, by=office, on=day)
    decision = Decision.objects.get()
    moves = decision.moves.order_by("part_id")
    assert [(move.was, move.now) for move in moves] == [
        ({"bucket": "undecided"}, {"bucket": "distilled", "appeal": appeal.pk})
    ] * 2
    assert [part.version for part in fresh(two)] == [2, 2]
    line = Line.objects.of(appeal).get()
    assert line.verb == "triage.distil"
    assert (line.now["decision"], line.now["parts"]) == (decision.pk, [part.pk for part in two])
    assert journal.verify() is None


def test_the_journal_never_holds_a_citizens_words(parts, wording, office, day):
    one, two = parts(2, text="我叫赖小明，兴源路灯坏了，电话13800138000")
    acts.distil([one], wording, by=office, on=day)
    acts.set_aside([two], bucket="repeat", earlier="与赖小明上期反映的一样", by=office, on=day)
    kept = json.dumps(list(Line.objects.values("was", "now", "why", "subject_name")), ensure_ascii=False)
    assert "赖小明" not in kept and "13800138" not in kept


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (Wording("", "有内容"), "标题和表述"),
        (Wording("有标题", " "), "标题和表述"),
        (Wording("标题", "内容", category="transport.moon"), "分类表里没有"),
        (Wording("标题", "内容", region="999999"), "没有代码为999999的区划"),
        (Wording("标题", "内容", unit="moon"), "没有键为“moon”的单位"),
    ],
)
def test_an_appeal_needs_words_and_knows_only_real_classes_regions_and_units(parts, words, said, office, day):
    with pytest.raises(Refused, match=said):
        acts.distil(parts(1), words, by=office, on=day)
    assert not Appeal.objects.exists()


def test_only_the_office_decides_and_only_in_its_own_region(parts, wording, handler, visitor, supervisor, hire, office, day):
    some = parts(1)
    for who in (handler, visitor, supervisor):
        with pytest.raises(NotYours, match="专班工作人员"):
            acts.distil(some, wording, by=who, on=day)
    with pytest.raises(NotYours, match="岗位所及"):
        acts.distil(some, wording, by=hire("office", "longchuan"), on=day)


def test_nothing_chosen_is_no_decision(parts, wording, office, day):
    for act in (lambda: acts.distil([], wording, by=office, on=day), lambda: acts.put_back([], by=office, on=day)):
        with pytest.raises(Refused, match="请至少选择一宗"):
            act()


def test_an_appeal_grows_and_a_part_can_be_moved_to_another(parts, wording, office, day, fresh):
    one, two, three = parts(3)
    first = acts.distil([one, two], wording, by=office, on=day)
    second = acts.distil([three], wording, by=office, on=day)
    acts.add(second, [fresh(two)], by=office, on=day)
    assert [part.appeal_id for part in fresh([one, two, three])] == [first.pk, second.pk, second.pk]
    with pytest.raises(Refused, match="已经在那里"):
        acts.add(second, [fresh(two)], by=office, on=day)


def test_parts_are_set_aside_with_the_reason_that_is_owed(parts, office, day, fresh):
    one, two, three = parts(3)
    acts.set_aside([one], bucket="invalid", reason="no_fact", by=office, on=day)
    acts.set_aside([two], bucket="elsewhere", reason="court", by=office, on=day)
    acts.set_aside([three], bucket="withdrawn", by=office, on=day)
    assert [part.bucket_word for part in fresh([one, two, three])] == ["无效（无具体事实）", "转其他渠道（已进入诉讼）", "撤回"]
    notes = [decision.note for decision in Decision.objects.order_by("pk")]
    assert notes == ["无效：无具体事实", "转其他渠道：已进入诉讼", "撤回"]


@pytest.mark.parametrize(
    ("bucket", "reason", "earlier", "said"),
    [
        ("invalid", "", None, "须选择理由"),
        ("invalid", "court", None, "须选择理由"),
        ("elsewhere", "no_fact", None, "须选择理由"),
        ("withdrawn", "no_fact", None, "不需要理由"),
        ("repeat", "", None, "须写明"),
        ("repeat", "", "  ", "须写明"),
        ("invalid", "test", "上一期", "只有“往期重复”"),
        ("undecided", "", None, "这里只定"),
        ("distilled", "", None, "这里只定"),
        ("moon", "", None, "没有“moon”"),
    ],
)
def test_a_place_that_cannot_be_is_refused(parts, bucket, reason, earlier, said, office, day, fresh):
    (one,) = parts(1)
    with pytest.raises(Refused, match=said):
        acts.set_aside([one], bucket=bucket, reason=reason, earlier=earlier, by=office, on=day)
    assert fresh(one).bucket == "undecided" and not Decision.objects.exists()


def test_a_repeat_names_an_appeal_of_an_earlier_round_or_says_it_in_words(parts, wording, round, office, day, fresh):
    one, two, three = parts(3)
    here = acts.distil([three], wording, by=office, on=day)
    with pytest.raises(Refused, match="须指往期"):
        acts.set_aside([one], bucket="repeat", earlier=here, by=office, on=day)
    before = type(round).objects.create(
        code="441600-2023-11", number=11, year=2023, focus="道路安全", theme="travel", level="city", region=round.region,
        host="市长", office=round.office, rulebook=round.rulebook, opened_on=day, opened_by=office,
    )  # fmt: skip
    old = Appeal.objects.create(round=before, number=5, title="旧事", wording="旧事", made_on=day, made_by=office)
    acts.set_aside([one], bucket="repeat", earlier=old, by=office, on=day)
    acts.set_aside([two], bucket="repeat", earlier="第10期已答复", by=office, on=day)
    assert fresh(one).earlier == old
    assert fresh(two).note == "第10期已答复"


def test_parts_are_put_back(parts, wording, office, day, fresh):
    one, two = parts(2)
    acts.distil([one, two], wording, by=office, on=day)
    acts.put_back(fresh([one]), by=office, on=day)
    assert [part.bucket for part in fresh([one, two])] == ["undecided", "distilled"]


def test_an_appeal_without_parts_is_not_counted_and_takes_no_more(parts, wording, round, office, day, fresh):
    one, two = parts(2)
    appeal = acts.distil([one], wording, by=office, on=day)
    acts.put_back(fresh([one]), by=office, on=day)
    assert list(Appeal.objects.standing()) == [] and funnel(round).appeals == 0
    with pytest.raises(Refused, match="已没有来件"):
        acts.add(appeal, [two], by=office, on=day)
    with pytest.raises(Refused, match="已没有来件"):
        acts.fix(appeal, by=office, on=day)


def test_two_appeals_become_one(parts, wording, round, office, day):
    first = acts.distil(parts(2), wording, by=office, on=day)
    second = acts.distil(parts(3), wording, by=office, on=day)
    acts.merge(first, into=second, by=office, on=day)
    assert Appeal.objects.standing().with_voices().get().voices == 5
    assert funnel(round).appeals == 1
    for one, other in ((first, second), (second, first)):
        with pytest.raises(Refused, match="已没有来件"):
            acts.merge(one, into=other, by=office, on=day)
    with pytest.raises(Refused, match="不能并入自己"):
        acts.merge(second, into=second, by=office, on=day)


def test_an_appeal_is_split_but_never_whole(parts, wording, office, day, fresh):
    three = parts(3)
    appeal = acts.distil(three, wording, by=office, on=day)
    new = acts.split(appeal, fresh(three[:2]), wording, by=office, on=day)
    assert [part.appeal_id for part in fresh(three)] == [new.pk, new.pk, appeal.pk]
    with pytest.raises(Refused, match="至少要留下一宗"):
        acts.split(appeal, fresh(three[2:]), wording, by=office, on=day)
    with pytest.raises(Refused, match="从这件诉求的来件中选择"):
        acts.split(appeal, fresh(three[:1]), wording, by=office, on=day)
    with pytest.raises(Refused, match="从这件诉求的来件中选择"):
        acts.split(appeal, [], wording, by=office, on=day)


def test_a_fixed_appeal_may_grow_but_never_vanish(parts, wording, office, day, fresh):
    one, two, three = parts(3)
    appeal = acts.distil([one, two], wording, by=office, on=day)
    other = acts.distil([three], wording, by=office, on=day)
    decision = Decision.objects.last()
    acts.fix(appeal, by=office, on=day)
    assert acts.fix(appeal, by=office, on=day).fixed_on == day
    assert [line.verb for line in Line.objects.of(appeal)] == ["triage.distil", "triage.fix"]
    acts.put_back([fresh(one)], by=office, on=day)
    for act in (
        lambda: acts.put_back([fresh(two)], by=office, on=day),
        lambda: acts.set_aside([fresh(two)], bucket="withdrawn", by=office, on=day),
        lambda: acts.merge(appeal, into=other, by=office, on=day),
        lambda: acts.add(other, [fresh(two)], by=office, on=day),
    ):
        with pytest.raises(Refused, match="列入台账，至少要留下一宗"):
            act()
    acts.add(appeal, [fresh(one)], by=office, on=day)
    acts.undo(Decision.objects.first(), by=office, on=day)
    acts.undo(Decision.objects.filter(verb="put_back").get(), by=office, on=day)
    with pytest.raises(Refused, match="列入台账，至少要留下一宗"):
        acts.undo(decision, by=office, on=day)
    assert fresh(two).appeal_id == appeal.pk


def test_an_appeal_is_reworded_only_by_who_saw_its_last_words(parts, wording, office, day, fresh):
    appeal = acts.distil(parts(1), wording, by=office, on=day)
    better = Wording("兴源路中段路灯长期不亮", "请于月底前修复。", "transport.light", unit="highway")
    acts.reword(appeal, better, seen=1, by=office, on=day)
    with pytest.raises(Overtaken, match="刚被别人改写"):
        acts.reword(appeal, wording, seen=1, by=office, on=day)
    assert fresh(appeal).title == "兴源路中段路灯长期不亮"
    line = Line.objects.of(appeal).last()
    assert (line.was["title"], line.now["title"]) == ("兴源路路灯不亮", "兴源路中段路灯长期不亮")


def test_the_slower_person_is_told_who_decided_what(parts, wording, office, hire, day, fresh):
    other = hire("office", name="钟小梅")
    as_seen = parts(2)
    acts.distil(as_seen[:1], wording, by=other, on=day)
    with pytest.raises(Overtaken, match="刚由钟小梅办理（归为一件诉求），现在的去向是“归入诉求”"):
        acts.set_aside(as_seen, bucket="withdrawn", by=office, on=day)
    assert fresh(as_seen[1]).bucket == "undecided"
    acts.undo(Decision.objects.get(), by=office, on=day)
    with pytest.raises(Overtaken, match="（撤销）"):
        acts.put_back(as_seen, by=other, on=day)


def test_parts_carry_the_version_that_stood_on_the_page(parts, wording, office, day):
    (one,) = parts(1)
    (seen,) = Part.objects.all().as_seen({one.pk: 7})
    with pytest.raises(Overtaken, match="刚被别人改动"):
        acts.distil([seen], wording, by=office, on=day)


def test_parts_of_two_rounds_are_never_decided_together(parts, say, wording, round, office, day):
    (one,) = parts(1)
    other = type(round).objects.create(
        code="441600-2023-13", number=13, year=2023, focus="饮水", theme="water", level="city", region=round.region,
        host="市长", office=round.office, rulebook=round.rulebook, opened_on=day, opened_by=office,
    )  # fmt: skip
    say(of=other)
    acts.take_up(other, by=office, on=day)
    foreign = Part.objects.of(other).get()
    with pytest.raises(Refused, match="不在本期"):
        acts.distil([one, foreign], wording, by=office, on=day)
    here, there = acts.distil([one], wording, by=office, on=day), acts.distil([foreign], wording, by=office, on=day)
    with pytest.raises(Refused, match="不在同一期"):
        acts.merge(here, into=there, by=office, on=day)


def test_a_decision_is_undone_once_and_everything_is_as_before(parts, wording, round, office, hire, day, fresh):
    three = parts(3)
    acts.set_aside(three[:1], bucket="invalid", reason="test", by=office, on=day)
    before = [part.place for part in fresh(three)]
    acts.distil(fresh(three), wording, by=office, on=day)
    decision = Decision.objects.first()
    acts.undo(decision, by=hire("office", name="钟小梅"), on=day)
    assert [part.place for part in fresh(three)] == before
    with pytest.raises(Overtaken, match="已由钟小梅撤销"):
        acts.undo(decision, by=office, on=day)
    assert Line.objects.of(round).last().was == {"decision": decision.pk, "verb": "distil", "parts": 3}


def test_a_decision_is_not_undone_behind_a_later_one(parts, wording, office, day, fresh):
    one, two = parts(2)
    acts.distil([one, two], wording, by=office, on=day)
    first = Decision.objects.get()
    acts.put_back([fresh(two)], by=office, on=day)
    later = Decision.objects.first()
    with pytest.raises(Refused, match=f"决定{later.pk} 放回待梳理）.*请先撤销那一步"):
        acts.undo(first, by=office, on=day)
    acts.undo(later, by=office, on=day)
    acts.undo(first, by=office, on=day)
    assert [part.bucket for part in fresh([one, two])] == ["undecided", "undecided"]


def test_a_merge_is_undone_and_both_appeals_stand_again(parts, wording, office, day):
    first = acts.distil(parts(2), wording, by=office, on=day)
    second = acts.distil(parts(1), wording, by=office, on=day)
    acts.merge(first, into=second, by=office, on=day)
    acts.undo(Decision.objects.first(), by=office, on=day)
    assert {appeal.pk: appeal.voices for appeal in Appeal.objects.standing().with_voices()} == {first.pk: 2, second.pk: 1}
    assert [decision.verb for decision in Decision.objects.about(first)] == ["merge", "distil"]


TWO_THINGS = "兴源路的灯不亮。另外，校门口天天堵车！请处理"


@pytest.fixture
def two_things(say, round, office, day) -> Submission:
    said = say(TWO_THINGS)
    acts.take_up(round, by=office, on=day)
    return said


def test_a_submission_that_says_two_things_is_cut_in_the_citizens_words(two_things, wording, round, office, day):
    one, two = acts.cut(two_things, ["兴源路的灯不亮。", "校门口天天堵车！请处理"], by=office, on=day)
    assert (one.words, two.words) == ("兴源路的灯不亮。", "校门口天天堵车！请处理")
    acts.distil([one], wording, by=office, on=day)
    found = funnel(round)
    assert (found.collected, found.cut, found.parts["undecided"], found.parts["distilled"]) == (1, 1, 1, 1)
    assert (found.submissions["undecided"], found.submissions["distilled"], found.holds) == (1, 0, True)
    assert Line.objects.of(two_things).get().now["into"] == 2


def test_a_cut_is_undone_and_can_be_made_anew(two_things, wording, round, office, day, fresh):
    texts = ["兴源路的灯不亮。", "另外，校门口天天堵车！", "请处理"]
    one, *rest = acts.cut(two_things, texts, by=office, on=day)
    with pytest.raises(Overtaken, match="已经拆分"):
        acts.cut(two_things, texts[:2], by=office, on=day)
    cut = Decision.objects.get()
    acts.distil([rest[0]], wording, by=office, on=day)
    with pytest.raises(Refused, match="请先撤销那一步"):
        acts.undo(cut, by=office, on=day)
    acts.undo(Decision.objects.first(), by=office, on=day)
    acts.undo(cut, by=office, on=day)
    assert fresh(one).words == TWO_THINGS and Part.objects.of(round).count() == 1
    with pytest.raises(Refused, match="拆分已被撤销|刚由"):
        acts.set_aside(rest, bucket="withdrawn", by=office, on=day)
    again = acts.cut(two_things, [texts[0] + texts[1], texts[2]], by=office, on=day)
    assert [(part.number, part.words) for part in again] == [(1, "兴源路的灯不亮。另外，校门口天天堵车！"), (2, "请处理")]
    assert funnel(round).parts["undecided"] == 2 and Moved.objects.count() == 4


def test_who_saw_the_whole_text_cannot_decide_on_the_part_that_is_left(two_things, wording, office, day):
    whole = Part.objects.get()
    acts.cut(two_things, ["兴源路的灯不亮。", "校门口天天堵车！请处理"], by=office, on=day)
    with pytest.raises(Overtaken):
        acts.distil([whole], wording, by=office, on=day)


def test_a_part_may_be_decided_before_its_submission_is_cut(two_things, wording, office, day, fresh):
    whole = Part.objects.get()
    appeal = acts.distil([whole], wording, by=office, on=day)
    one, two = acts.cut(two_things, ["兴源路的灯不亮。", "校门口天天堵车！请处理"], by=office, on=day)
    assert (one.appeal_id, two.bucket) == (appeal.pk, "undecided")


@pytest.mark.django_db
def test_what_never_was_taken_up_is_taken_up_by_its_cut(say, office, day):
    assert len(acts.cut(say(TWO_THINGS), ["兴源路的灯不亮。", "校门口天天堵车！请处理"], by=office, on=day)) == 2


def test_a_place_is_kept_without_its_empty_words_and_read_again():
    place = Place("repeat", note="上一期")
    assert place.plain() == {"bucket": "repeat", "note": "上一期"}
    assert Place(**place.plain()) == place
