"""措施: the clauses of a reply that say what was done or is being done, by whom; intentions and rules are none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ORDERED = re.compile(
    "责令|约谈|立案|罚款|处以|给予.{0,6}处罚|查封|暂扣|扣押|扣留|取缔|叫停|没收|拘留|追缴|批评教育|警告处分|通报批评"
    "|诫勉|停班|停业|吊销|下架|登记保存|记入"
    "|督办函|停工通知|整改(?:通知|意见|督办)|限期(?:拆除|整改|改正)|申请.{0,6}强制执行|采纳|道歉(?!意)"
)
VERB = (
    "拆除|拆掉|修复|修好|修补|维修|抢修|更换|换[管上成新]|清理|清运|清除|清掉|清走|清淤|清扫|疏通|安装|加装|装上|新装"
    "|增设|增派|增加|设置|设立|划线|施划|划设|埋设|铺设|改造"
    "|改[为建成由]|恢复|退[还回款]|补发|发放|结清|支付|减免|撤销|取消|调整|优化|修剪|覆绿|纠正|搬[到离走迁]|挪走"
    "|移[走除位]|分流|值守|劝离|劝导|查处|整治|整改|封闭|通水|通电|供水"
    "|灌上|接通|开通|修建|新建|建[成好]|去除|公示|调解|办[好理妥]了|抽调|派[技人驻员]"
)
WHO = (
    "已|现|并|对|将[^,]{0,10}|予以|进行|组织|安排|派|立即|当场|当天|同意|决定|启动|完成|正在|目前|协调|我[局镇办队们]"
    "|公司|街道|社区|人员|部门|会同|联合|方"
)
DID = re.compile(
    f"(?:{WHO})[^,]{{0,18}}(?:{VERB})|(?:{VERB})(?:了|到位|完毕|一台|\\d+"
    f"|[一二三四五六七八九十两]+[台盏个处座条名辆起])"
)
STANDS = re.compile(
    "已.{0,10}(?:解决|完成|到位|办结|拆完|清完|改正|恢复|竣工|移交|进场|动工|开工)|(?:纳入|列入"
    "|列为)[^,]{0,30}(?:计划|改造|范围|项目|重点|工程|库|对象)"
    "|正在?[^,]{0,12}(?:施工|整改|改造|建设|修[建复]|安装|铺设|公示|评审|招投?标|清理|拆除)"
    "|(?:现在|目前)[^,]{0,12}(?:施工|整改|改造|建设|安装|铺设|公示|评审|招投?标|清理|拆除)(?:中|之中|阶段|$)"
    "|(?:方案|报告)[^,]{0,8}(?:已|并)?(?:报|上报|呈报)[^,]{0,14}(?:审|批|研究|政府)|达成[^,]{0,8}(?:协议|一致|和解|意见)"
    "|(?:签订|签署)[^,]{0,10}(?:合同|协议|承诺|保证)|保证书|(?:同意|决定)[^,]{0,20}(?:增设|更换|不予|实行|修建|退"
    "|取消|由|采取|在)|不予(?:受理|审批)|制定[^,]{0,6}整治方案"
)
NONE = re.compile(
    "不[得能予应会宜是]|未|没有|无[法权]|应当|应该|须|如[果您需]|若|假如|一旦|一经|规定|办法|条例|可以|建议|请您|为由"
    "|为难|暂[不无缓]|不肯|之前|的对象|标准|凭"
)
VAGUE = re.compile(
    "(?:将|会|要|下一步|今后|继续|进一步)[^,]{0,10}(?:加强|加大|督促|协调|推进|推动|配合|争取|努力|完善|做好|严格"
    "|积极)|争取|督促|力度"
)


@dataclass(frozen=True)
class Measures:
    """What a reply orders or decides, and what else it says is done: the words that show it."""

    ordered: tuple[str, ...]
    done: tuple[str, ...]

    @property
    def points(self) -> int:
        """An order counts two, another act one."""
        return 2 * len(self.ordered) + len(self.done)


def measures(clauses: Iterable[str]) -> Measures:
    """The acts named in the clauses of a reply."""
    able = [clause for clause in clauses if not NONE.search(clause)]
    ordered = [found[0] for clause in able if (found := ORDERED.search(clause))]
    done = [words for clause in able if not ORDERED.search(clause) and (words := _done(clause))]
    return Measures(tuple(ordered), tuple(done))


def _done(clause: str) -> str:
    found = STANDS.search(clause) or (None if VAGUE.search(clause) else DID.search(clause))
    return found[0] if found else ""
