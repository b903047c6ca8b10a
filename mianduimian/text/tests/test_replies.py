"""A reply is graded by what it does, not by its length or courtesy."""

import time
from collections import Counter

import pytest

from mianduimian.refusal import Refused
from mianduimian.text.relevance import relevance
from mianduimian.text.replies import grade
from mianduimian.text.replies.learned import Example, Reader, seed

QUESTION = "滨江花园门口的路灯坏了半个月，晚上黑漆漆的，请尽快修好。"
EMPTY = [
    "",
    "您好！",
    "您的来信已收悉，感谢您的关心。",
    "网友您好！您反映的问题已转交相关部门研究处理，感谢您对我们工作的支持。",
    "您好，我们已收悉，请您耐心等待，将尽快回复您。",
    "您好，因您没有留下联系电话，我们无法核实，请您补充后再反映，或拨打0700-2200000咨询。",
    "您好，此事不属于我局职责，建议您向县供电公司反映。",
    "关于您反映的“滨江花园门口路灯坏了”的问题，已转县城管局调查核处。2020年3月5日",
    QUESTION,
    "😀",
    "\x00\ud800",
    "https://example.org/reply/1",
    "Thank you for your letter.",
]
EXPLAINED = [
    "您好！经核实，该路段属于小区内部道路，根据物业管理条例，路灯由物业公司负责维护，建议您向物业公司反映，如有疑问可以到社区咨询。",
    "您反映的公交线路调整，是由于道路施工引起的，原因是桥面需要加固，根据交通组织方案，该线路改走建设路，请乘客在新站点候车。",
    "我局将进一步加强监管，加大巡查力度，督促物业公司做好路灯维护，努力营造良好的人居环境。",
    "目前我县农村公路建设指标由市里统一下达，您所在村小组的道路没有纳入今年的计划。",
]
DONE = [
    ("您好！接到反映后，我局已更换滨江花园门口损坏的路灯六盏，现已恢复照明，今后将加强巡查，欢迎继续监督。", False),
    ("经现场核查，情况属实。我们已责令施工单位整改，计划于2024年3月底前完成全部路灯的更换，请您监督。", True),
    ("我局高度重视，已约谈物业公司负责人，要求其在10个工作日内完成整改，逾期将依法处罚，特此回复。", True),
    ("經現場核查，情況屬實。我們已責令施工單位整改，計劃於２０２４年３月底前完成全部路燈的更換。", True),
]
PROMISED = [
    "该道路已列入2025年农村公路硬化计划。2024年5月6日",
    "预计今年年底前通车。",
    "公交公司答应自12月1日起恢复末班车。2023年11月20日",
    "下周一进场修补，一周内完工。",
    "已下单采购，两周内更换完毕。",
    "教学楼明年秋季学期投入使用。",
    "县水务局预计二〇二四年六月底前解决饮水问题。",
    "拟于2024年5月开工，2025年12月底建成。",
    "限其于7月15日之前安装脱硫设施。2023年7月1日",
]
NOT_PROMISED = [
    "我局于2023年5月10日到现场查看，路灯正常，情况不属实，特此回复，感谢您的关心和监督。",
    "工程已于2019年6月底前完成。2019年7月2日",
    "新生儿出生后九十天内办理参保的，自出生之日起享受待遇。",
    "自受理之日起十五个工作日内办结。",
    "原计划2018年7月启动的拆迁已暂停，目前没有新的安排。",
    "该店承诺两日内挪走外机，5月6日我们复查，外机已移位。",
    "预计2019年不会启动该项目的征拆。2018年12月27日",
    "我们将在近期尽快解决。",
    "该工程于去年年底竣工。",
    "如果明年继续实施该计划，我们将积极争取。",
    "每年9月到12月是集中缴费期。",
    "您可在三日内提出复核申请。",
]


@pytest.mark.parametrize("reply", EMPTY)
def test_courtesy_and_forwarding_are_no_answer(reply):
    assert grade(QUESTION, reply).grade == 0


@pytest.mark.parametrize("reply", EXPLAINED)
def test_an_explanation_or_a_mere_intention_is_the_middle_grade(reply):
    assert (grade(QUESTION, reply).grade, grade(QUESTION, reply).commitment) == (1, False)


@pytest.mark.parametrize(("reply", "commitment"), DONE)
def test_a_concrete_measure_is_the_best_grade_and_a_date_is_a_commitment(reply, commitment):
    graded = grade(QUESTION, reply)
    assert (graded.grade, graded.commitment) == (2, commitment)
    assert "有具体措施" in graded.why


@pytest.mark.parametrize("reply", PROMISED)
def test_a_time_ahead_by_which_something_is_done_is_a_commitment(reply):
    assert grade("", reply).commitment


@pytest.mark.parametrize("reply", NOT_PROMISED)
def test_a_past_date_a_rule_or_a_vague_word_is_no_commitment(reply):
    assert not grade("", reply).commitment


def test_whether_a_date_is_past_is_told_by_the_day_the_reply_is_signed():
    reply = "该路段路灯计划2021年6月底前修复。"
    assert grade("", f"{reply}2021年5月6日").commitment
    assert not grade("", f"{reply}2021年9月6日").commitment


def test_the_reason_names_words_of_the_reply():
    assert "根据" in grade(QUESTION, EXPLAINED[0]).why
    assert "3月底前" in grade(QUESTION, DONE[1][0]).why
    assert "转办" in grade(QUESTION, EMPTY[3]).why


PIECES = ["根据规定，情况属实。", "请您", "已转", "“", "2024年", "3月底前", "将", "已责令，", "您好", "1", "計劃😀"]


@pytest.mark.parametrize("piece", PIECES)
def test_twenty_thousand_characters_are_graded_in_linear_time(piece):
    short, long = (min(_seconds((piece * length)[:length]) for _time in range(3)) for length in (2_000, 20_000))
    assert long < 40 * max(short, 0.002), "ten times the text, not a hundred times the work"


def _seconds(reply):
    started = time.process_time()
    grade(QUESTION, reply)
    return time.process_time() - started


def test_our_own_replies_are_graded_as_we_judged_them():
    told = Counter()
    for example in seed():
        graded = grade("", example.reply)
        told += Counter(grade=graded.grade == example.grade, commitment=graded.commitment == example.commitment)
        assert (graded.grade == 0) == (example.grade == 0), example.reply
    assert told["grade"] >= 0.9 * len(seed())
    assert told["commitment"] >= 0.97 * len(seed())


def test_a_reader_learns_what_a_city_calls_a_measure():
    reply = "我街道已上门宣讲政策，并发放明白纸。"
    given = [Example("", f"{reply}{name}村的群众表示理解。", 1, False) for name in "东西南北中上下前后" * 4]
    assert grade("", reply).grade == 2
    graded = Reader.learn(given).read("", reply)
    assert (graded.grade, graded.commitment) == (1, False)
    assert "照学过的例子判" in graded.why


def test_a_reader_needs_at_least_one_judgement():
    with pytest.raises(Refused):
        Reader.learn([])


@pytest.mark.parametrize("reply", [*EMPTY, "a" * 20_000, "根据" * 10_000, QUESTION * 300])
def test_a_reader_and_the_relevance_take_whatever_comes(reply):
    reader = Reader.learn([Example("", "已办。", 2, False)])
    assert reader.read("", reply).grade in (0, 1, 2)
    assert 0 <= relevance([QUESTION], [reply])[0] <= 1


def test_a_reply_on_the_matter_is_more_relevant_than_one_on_another():
    other = "老板拖欠工资三个月，电话也不接，请劳动部门帮忙。"
    on_it, beside_it = relevance([QUESTION, other], [DONE[0][0], DONE[0][0]])
    assert 0 <= beside_it < 0.5 < on_it <= 1
    assert relevance([], []) == []
    assert relevance([""], ["\ud800"]) == [0.0]


def test_the_same_words_about_another_place_are_less_relevant():
    here, elsewhere = (f"{place}的路灯坏了，晚上很黑。" for place in ("金桥路东湖小区", "南岭镇柳湾村"))
    reply = "经查，金桥路东湖小区的路灯因线路故障不亮，现已修复。"
    near, far = relevance([here, elsewhere], [reply, reply])
    assert near > 0.9 and near > far


def test_a_title_is_heard_beside_the_body():
    body = "请尽快处理，谢谢。"
    reply = "东湖小区的电梯已经由维保单位更换钢丝绳，现已恢复运行。"
    with_title, without = (relevance([body], [reply], [title])[0] for title in ("东湖小区电梯停运", body))
    assert with_title > without
