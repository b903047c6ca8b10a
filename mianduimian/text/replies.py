"""答复质量: whether a reply forwards, explains or does something, and whether it names a date."""

import re
from dataclasses import dataclass

from mianduimian.text.normalise import plain

MEASURE = re.compile(
    "已(?:经)?(?:对|将|于|完成|安排|组织|清理|整改|整治|修复|更换|拆除|安装|增设|约谈|处罚|立案|查处|责令|要求|责成|督促|下达|协调|启动|退还|发放|到位)"
    "|责令|约谈|罚款|立案|拆除|修复|更换|增设|加装|清运|整改通知|专项整治|专项行动|加大(?:巡查|执法|查处|整治|监管)力度|纳入.{0,12}(?:计划|项目|预算)"
    "|(?:计划|预计|拟)(?:于|在|投资|安排|启动|实施|完成)|将(?:于|在|安排|组织|加强|加快|督促|继续|进一步|启动|对)|正在(?:施工|整改|办理|建设|实施|推进)"
)
FINISHED = re.compile(
    "已(?:经)?(?:完成|清理|修复|更换|拆除|安装|增设|整改|处罚|退还|发放|处理完毕|到位|恢复)|整改完毕"
    "|查处(?:了)?\\d+"
)
EXPLAINS = re.compile(
    "根据|依据|按照|规定|经(?:核实|调查|查|了解|现场)|由于|因(?:此|为)"
    "|政策|条例|办法|标准|文件|原因|不属于|属实|情况(?:如下|说明)"
)
FORWARDS = re.compile(
    "已收悉|收悉|转(?:交|办|送|至|给)|交由|移交|请(?:您)?耐心等待"
    "|感谢您(?:的|对)|进一步核实|研究处理|将(?:尽快|及时)(?:回复|答复)|请致电|咨询电话"
)
DAY = (
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|中旬|上旬|下旬)?|\d{4}年(?:底|末|内|上半年|下半年)?|[今明本]年(?:底|内|上半年|下半年|\d{1,2}月)?|本[周月]|下[周月]"
    r"|[一二三四]季度|\d{1,3}个?(?:工作日|天|日|周|月)"
)
COMMITMENT = re.compile(rf"(?:{DAY})[^。;!?]{{0,12}}(?:前|内|底|完成|建成|开工|启动|到位|整改|通车|投入|解决|实施|开通)")
FUTURE = re.compile("(?<![已可])将|预计|计划|拟|力争|确保|争取|承诺|限期|限|要求|责令|可望|有望")
SENTENCE = re.compile("[。;!?\n]")
SALUTE = re.compile("^.{0,40}(?:您好|你好|网友)[^。!,]{0,10}[!,。:]?")


@dataclass(frozen=True)
class Grade:
    """How good a reply is: 0 forwarded or empty words, 1 an explanation, 2 a concrete measure; and whether it names a time."""

    grade: int
    commitment: bool
    why: str


def grade(question: str, reply: str) -> Grade:
    """The first rule for a reply's quality; a reply that only repeats the question counts as forwarding."""
    own = _own_words(plain(question), plain(reply))
    commitment = _commitment(own)
    finished = FINISHED.search(own)
    measures = list(dict.fromkeys(MEASURE.findall(own)))
    if len(own) < 30 and not finished:
        return Grade(0, commitment, "没有实际内容")
    if commitment or finished or len(measures) >= 2:
        return Grade(2, commitment, "有具体措施" + _named(measures) + ("，有时限" if commitment else "，没有时限"))
    if _only_forwards(own):
        return Grade(0, commitment, "只是转办或客套" + _named(FORWARDS.findall(own)))
    return Grade(1, commitment, "有解释，没有具体措施" + _named(EXPLAINS.findall(own)))


def _own_words(asked: str, said: str) -> str:
    own = SALUTE.sub("", said)
    return own.replace(asked, "") if len(asked) > 20 else own


def _only_forwards(own: str) -> bool:
    return len(own) < 160 and bool(FORWARDS.search(own)) and not EXPLAINS.search(own)


def _commitment(text: str) -> bool:
    return any(FUTURE.search(sentence) and COMMITMENT.search(sentence) for sentence in SENTENCE.split(text))


def _named(words: list[str]) -> str:
    return "：" + "、".join(f"“{word}”" for word in words[:3]) if words else ""
