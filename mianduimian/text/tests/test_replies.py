"""A reply is graded by what it does, not by its length or courtesy."""

import pytest

from mianduimian.text.relevance import relevance
from mianduimian.text.replies import grade

QUESTION = "滨江花园门口的路灯坏了半个月，晚上黑漆漆的，请尽快修好。"
EMPTY = [
    "",
    "您好！",
    "您的来信已收悉，感谢您的关心。",
    "网友您好！您反映的问题已转交相关部门研究处理，感谢您对我们工作的支持。",
    "您好，我们已收悉，请您耐心等待，将尽快回复您。",
    QUESTION,
    "😀",
    "\x00\ud800",
]
EXPLAINED = [
    "您好！经核实，该路段属于小区内部道路，根据物业管理条例，路灯由物业公司负责维护，建议您向物业公司反映，如有疑问可以到社区咨询。",
    "您反映的公交线路调整，是由于道路施工引起的，原因是桥面需要加固，根据交通组织方案，该线路改走建设路，请乘客在新站点候车。",
]
DONE = [
    ("您好！接到反映后，我局已更换滨江花园门口损坏的路灯六盏，现已恢复照明，今后将加强巡查，欢迎继续监督。", False),
    ("经现场核查，情况属实。我们已责令施工单位整改，计划于2024年3月底前完成全部路灯的更换，请您监督。", True),
    ("我局高度重视，已约谈物业公司负责人，要求其在10个工作日内完成整改，逾期将依法处罚，特此回复。", True),
]


@pytest.mark.parametrize("reply", EMPTY)
def test_courtesy_and_forwarding_are_no_answer(reply):
    assert grade(QUESTION, reply).grade == 0


@pytest.mark.parametrize("reply", EXPLAINED)
def test_an_explanation_without_a_measure_is_the_middle_grade(reply):
    assert (grade(QUESTION, reply).grade, grade(QUESTION, reply).commitment) == (1, False)


@pytest.mark.parametrize(("reply", "commitment"), DONE)
def test_a_concrete_measure_is_the_best_grade_and_a_date_is_a_commitment(reply, commitment):
    graded = grade(QUESTION, reply)
    assert (graded.grade, graded.commitment) == (2, commitment)
    assert "有具体措施" in graded.why


def test_the_reason_names_words_of_the_reply():
    assert "根据" in grade(QUESTION, EXPLAINED[0]).why


def test_a_past_date_is_no_commitment():
    assert not grade("", "我局于2023年5月10日到现场查看，路灯正常，情况不属实，特此回复，感谢您的关心和监督。").commitment


def test_a_reply_of_twenty_thousand_characters_is_graded():
    assert grade(QUESTION * 500, "根据规定，情况属实。" * 2000).grade == 1


def test_a_reply_on_the_matter_is_more_relevant_than_one_on_another():
    other = "老板拖欠工资三个月，电话也不接，请劳动部门帮忙。"
    on_it, beside_it = relevance([QUESTION, other], [DONE[0][0], DONE[0][0]])
    assert 0 <= beside_it < on_it <= 1
    assert relevance([], []) == []
    assert relevance([""], ["\ud800"]) == [0.0]
