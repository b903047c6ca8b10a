"""例外与提级: a named approver lets it be closed without what is owed, and it is counted; the second time goes one level up."""

from io import BytesIO

import docx
import pytest

from mianduimian.archive import store
from mianduimian.archive.models import Document
from mianduimian.journal.models import Line
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.lookback import acts, jobs
from mianduimian.lookback.models import Exemption, Reading, SendBack, Visit, exceptions, look
from mianduimian.lookback.rules import Waiver, raised
from mianduimian.lookback.tests.conftest import BAD, GOOD, LATER, NAME, PHONE, TRUE
from mianduimian.mechanism import rulebook
from mianduimian.people.models import Unit
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.supervision.models import Notice

WHY = "反映人长期在外务工，多方联系不上，现场已核实。"


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def verified(closing, visitor):
    acts.verify(closing, TRUE, by=visitor, on=LATER)
    return closing


def test_with_an_approved_exception_it_is_closed_and_the_exception_is_counted(verified, leader, visitor, round):
    assert exceptions(round) == {Waiver.UNASKED: 0, Waiver.UNMET: 0}
    acts.exempt(verified, waiver="unasked", why=WHY, by=leader, on=LATER)
    assert exceptions(round)[Waiver.UNASKED] == 0  # counted once it is used
    acts.close(fresh(verified), ground="例外批准", by=visitor, on=LATER)
    assert exceptions(round) == {Waiver.UNASKED: 1, Waiver.UNMET: 0}
    assert Line.objects.get(verb="lookback.exempt").actor_name == leader.name


def test_only_a_leader_approves_with_a_reason_and_once_a_turn(verified, leader, visitor, office, supervisor, handler):
    for who in (visitor, office, supervisor, handler):
        with pytest.raises(NotYours):
            acts.exempt(verified, waiver="unasked", why=WHY, by=who, on=LATER)
    with pytest.raises(Refused, match="不少于10个字"):
        acts.exempt(verified, waiver="unasked", why="联系不上", by=leader, on=LATER)
    acts.exempt(verified, waiver="unasked", why=WHY, by=leader, on=LATER)
    with pytest.raises(Refused, match="已经批准过"):
        acts.exempt(verified, waiver="unmet", why=WHY, by=leader, on=LATER)
    assert Exemption.objects.count() == 1


def test_a_leader_of_the_handling_unit_approves_nothing(verified, hire):
    with pytest.raises(NotYours, match="承办过"):
        acts.exempt(verified, waiver="unasked", why=WHY, by=hire("leader", "traffic_police"), on=LATER)


def test_who_could_not_be_asked_is_waived_who_is_not_satisfied_is_not(verified, leader, visitor):
    acts.plan_visits(verified, by=visitor, on=LATER)
    acts.answer(Visit.objects.get(), BAD, by=visitor, on=LATER)
    acts.exempt(verified, waiver="unasked", why=WHY, by=leader, on=LATER)
    with pytest.raises(Refused, match="群众评价不满意"):
        acts.close(fresh(verified), ground="例外", by=visitor, on=LATER)


def test_what_the_law_does_not_allow_may_be_closed_against_a_citizens_word_once_all_were_asked(verified, leader, visitor):
    acts.exempt(verified, waiver="unmet", why=WHY, by=leader, on=LATER)
    with pytest.raises(Refused, match="没有列入回访"):
        acts.close(fresh(verified), ground="例外", by=visitor, on=LATER)
    acts.plan_visits(verified, by=visitor, on=LATER)
    acts.answer(Visit.objects.get(), BAD, by=visitor, on=LATER)
    assert acts.close(fresh(verified), ground="已书面说明", by=visitor, on=LATER).closed_by == visitor


def test_the_verification_is_never_waived(closing, leader, visitor):
    acts.exempt(closing, waiver="unasked", why=WHY, by=leader, on=LATER)
    with pytest.raises(Refused, match="还没有核查"):
        acts.close(fresh(closing), ground="例外", by=visitor, on=LATER)


def test_an_exception_does_not_outlive_its_turn(settled, leader, visitor, office, reply):
    acts.exempt(settled, waiver="unasked", why=WHY, by=leader, on=LATER)
    acts.send_back(settled, why="通篇空话", vague=True, by=visitor, on=LATER)
    ledger.settle(reply(fresh(settled)), by=office, on=LATER)
    assert look(fresh(settled)).waiver == ""


def test_at_the_closing_the_form_of_visits_is_kept_with_a_number(closed):
    kept = Document.objects.of(closed.closings.get()).get()
    assert (kept.kind, kept.number) == ("visits", "河面访〔2023〕1号")
    paper = docx.Document(BytesIO(store.get(kept.digest)))
    cells = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "非常满意" in cells and "封存" in cells
    for hidden in (NAME[0] + "*", PHONE[-4:], GOOD.reason):  # what is erased later must not live on in the archive
        assert hidden not in cells


@pytest.mark.parametrize(
    ("times", "overseer", "notice"), [(1, "", False), (2, "host", True), (3, "upper", True), (7, "upper", True)]
)
def test_how_far_up_it_goes_is_data(times, overseer, notice):
    step = raised(times, rulebook("heyuan-2.0"))
    assert (step.overseer, step.notice) == (overseer, notice)


def _back_again(matter, reply, office, visitor):
    ledger.settle(reply(fresh(matter)), by=office, on=LATER)
    return acts.send_back(fresh(matter), why="照旧", vague=True, by=visitor, on=LATER)


def test_the_second_time_whoever_presided_oversees_it_and_earlier_turns_are_kept(settled, reply, office, visitor, round):
    first = acts.send_back(settled, why="照旧", vague=True, by=visitor, on=LATER)
    assert (first.overseer, first.assignment.overseer) == ("", "")
    second = _back_again(settled, reply, office, visitor)
    assert (second.overseer, second.assignment.overseer) == (round.host, round.host)
    assert [back.turn for back in SendBack.objects.all()] == [1, 2]
    assert fresh(settled).assignment.reply_due_on > LATER
    assert Notice.objects.get().unit.key == "traffic_police"


def test_the_third_time_a_leader_of_the_level_above_does(settled, reply, office, visitor, leader, round, hire):
    acts.send_back(settled, why="照旧", vague=True, by=visitor, on=LATER)
    _back_again(settled, reply, office, visitor)
    round.region_id = Unit.objects.get(key="yuancheng").region_id
    round.save()
    assert _back_again(settled, reply, office, visitor).overseer == leader.name


def test_the_machine_reads_a_reply_once_and_a_person_decides(matter, reply, visitor):
    reply(matter)
    said = matter.replies.get()
    said.public, said.measure = "您反映的问题已收悉，我们将高度重视，加强管理。", "加强管理"
    said.save()
    assert (jobs.read(LATER), jobs.read(LATER)) == ("读答复 1 份", "读答复 0 份")
    assert "收悉" in look(fresh(matter)).vague or look(fresh(matter)).vague
    assert look(fresh(matter)).concrete  # the machine decides nothing
    acts.judge_reading(Reading.objects.get(), holds=True, why="", by=visitor, on=LATER)
    assert [ground.value for ground in look(fresh(matter)).grounds] == ["no_measure"]
    assert acts.send_back(fresh(matter), why="写明措施", by=visitor, on=LATER).grounds == ["no_measure"]


def test_a_doubt_is_dismissed_with_a_reason_and_only_once(matter, reply, visitor, handler):
    reply(matter)
    matter.replies.update(public="您好，已收悉。", measure="加强管理")
    jobs.read(LATER)
    read = Reading.objects.get()
    with pytest.raises(NotYours):
        acts.judge_reading(read, holds=True, why="", by=handler, on=LATER)
    with pytest.raises(Refused, match="哪一条措施"):
        acts.judge_reading(read, holds=False, why=" ", by=visitor, on=LATER)
    acts.judge_reading(read, holds=False, why="附件里有施工图", by=visitor, on=LATER)
    assert (look(fresh(matter)).vague, look(fresh(matter)).grounds) == ("", [])
    with pytest.raises(Overtaken):
        acts.judge_reading(read, holds=True, why="", by=visitor, on=LATER)


def test_a_reply_with_a_measure_and_a_day_is_not_doubted(matter, reply):
    reply(matter)
    matter.replies.update(public="12月20日前完成护栏安装120米，由大队安排4名民警早晚值守。", measure="安装护栏120米")
    jobs.read(LATER)
    assert Reading.objects.get().grade == 2
    assert not Reading.objects.doubtful().exists()


def test_good_answers_still_close_without_any_exception(closed, round):
    assert (closed.state, sum(exceptions(round).values()), GOOD.scale) == ("closed", 0, "5")
