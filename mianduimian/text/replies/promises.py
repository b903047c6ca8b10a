"""时限: the times by which a reply says that something will be done; a table of points says what speaks for and against."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mianduimian.text.normalise import plain
from mianduimian.text.replies.times import SENTENCE, Time, times

SAID = re.compile(
    "预计|计划(?!书|表|项目|研究|生育|指标|单|名单|名额|数)|拟(?!定的)|力争|争取|确保|保证|承诺|限期|限定|限其|限于"
    "|责令|责成|要求|有望|可望|将(?!近)|届时|定于|初定|最[迟晚快]|必须|一定|暂定"
    "|估计|大致|推迟到|答应|约定|目标[是为]|安排在|可(?:在|于)|决定"
)
DO = re.compile(
    "完成|建成|竣工|完工|开工|动工|启动|开通|通车|通水|通电|通气|亮灯|投入|投运|启用|使用|交付|到[位岗账]|整改|解决"
    "|实施|施工|安装|改造|拆除|清理|修复|维修|修缮|[修建办挪]好|修补|恢复"
    "|落实|发放|办[理结妥]|开展|出台|搬|关闭|取缔|建设|新建|[扩拓][宽建]|修建|开园|招生|开[考业放]|推出|布设|推广"
    "|推行|运行|运营|化解|消除|召开|答复|回复|反馈|公布|发布|硬化|覆盖|评审|批复"
    "|验收|增设|设置|调整|退[还到款]|支付|清退|整治|达到|进场|签订|移交|投资|入住|交房|实现|研究|部署|检查|见效|结束"
    "|补发|兑现|更换|铺设|疏通|供水|供电|加固|完善|面世|打通"
)
FINISH = re.compile(
    "^[^,。]{0,16}?(?:完成|建成|竣工|完工|完毕|到[位岗账]|[修建办挪搭清]好|[修换清]完|投运|投入使用|开[放业园通]"
    "|通[车水电]|交付|拆除|解决|发放|补发|退[还到])"
)
LISTED = re.compile("(?:纳入|列入|进入)[^,]{0,10}$")
LIST = re.compile("^[^,。]{0,24}(?:计划|规划|预算|任务|项目|工程)")
NOT = re.compile("不会|不可能|未纳入|未列入|暂[无未不停]|取消|不能|无法|未能|没有|均无|若|如果|假如|是否|能否|何时")
ONCE = re.compile("(?<!还)原(?:定|计划|拟|先|打算)")
DONE = re.compile(
    "已(?!纳入|列入|要求|责令|责成|承诺|计划|定|决定|约谈|下达|与|向|安排|将|申报)|曾|截[至止]|了解到|经查|当时|以来"
    "|批复(?!下)|成立于|出生|接到|收到|举报|投诉|来信|反映"
)
MET = re.compile(
    "复查|(?:现|目前|均|全部|已).{0,6}(?:整改|清理|拆除|安装|修复)(?:完毕|到位|完成|完)|已(?:经)?(?:全部)?(?:整改"
    "|清完|到位)"
)
RULE = re.compile(
    "规定|应当|申请人|参保|参合|缴费|享受|补缴|受理|办理时限|凡|须|需(?!要?等)|自.{0,14}之日|施行|有效期|申报(?!项目"
    "|资金)|户籍|户口|每[年月]|满\\d|符合|条件|满意|诉讼|复议|文件|通知|条例|办法"
    "|可以?申请|[您你]可|提出|待遇|领取|工龄|学籍|起付|报销|合同|认购|[甲乙]方|新.{0,3}法"
)
# What is seen round a time, and what it counts.
POINTS = {
    "将来": 1,
    "将来且明说": 1,
    "说了要办": 2,
    "前文说了要办": 1,
    "以此为限": 1,
    "若干天内": 1,
    "若干天内而没说要办": -1,
    "做什么": 1,
    "做完": 1,
    "列入计划": 3,
    "没说做什么": -1,
    "否定或假设": -4,
    "讲过去": -2,
    "讲规定": -3,
    "已经办到": -3,
}
ENOUGH = 3


@dataclass(frozen=True)
class Promise:
    """One time that may be a promise: its words, the clause it stands in, its points and the signs that gave them."""

    time: str
    clause: str
    points: int
    signs: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the points are enough to call it a promise."""
        return self.points >= ENOUGH


def clearest(reply: str) -> Promise | None:
    """The time that most looks like a promise, whether it is one or not."""
    return max(promises(reply), key=lambda one: one.points, default=None)


def promises(reply: str) -> Iterator[Promise]:
    """Every time a reply names that is not past, with its points."""
    return map(_weighed, times(plain(reply)))


def _weighed(time: Time) -> Promise:
    *earlier, near = re.split("[,:]", time.before)
    behind = SENTENCE.split(time.after[:60])[0].split(",")
    first, second = behind[0], behind[1] if len(behind) > 1 else ""
    does = first if len(first) > 4 else first + second
    said = bool(SAID.search(near[-20:]) or SAID.search(does[:12]))
    before = not said and any(SAID.search(clause) for clause in earlier)
    listed = bool(LISTED.search(near) and LIST.search(first))
    signs = {
        "将来": time.ahead,
        "将来且明说": time.ahead and (said or time.until or listed or time.near or "年" in time.words),
        "说了要办": said,
        "前文说了要办": before,
        "以此为限": time.until,
        "若干天内": time.span,
        "若干天内而没说要办": time.span and not said and not before,
        "做什么": bool(DO.search(does[:24]) or (not first.strip() and DO.search(near[-12:])) or DO.search(near[-8:])),
        "做完": bool(FINISH.search(first)),
        "列入计划": listed,
        "否定或假设": bool(NOT.search(near[-14:]) or NOT.search(first[:12]) or ONCE.search(near)),
        "讲过去": bool(DONE.search(near[-14:]) or re.match(".{0,10}(?:已|了)", first)),
        "讲规定": bool(RULE.search(near) or RULE.search(first[:20])),
        "已经办到": bool(MET.search(time.after)),
    }
    signs["没说做什么"] = not (signs["做什么"] or signs["做完"] or listed)
    there = tuple(sign for sign, is_there in signs.items() if is_there)
    return Promise(time.words, (near + time.words + does).strip(), sum(POINTS[sign] for sign in there), there)
