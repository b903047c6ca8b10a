"""分句: a reply without its courtesy, its forwarding and the words it repeats: what is left is what it really says."""

import re
from dataclasses import dataclass

from mianduimian.text.normalise import plain

QUOTED = re.compile("[“\"「『《][^“”\"「」『』《》]{6,200}[”\"」』》]")
CUT = re.compile(r"[。!;?,:\n]|(?<!\d)\.(?!\w)|(?<=如下)|(?=尊敬的|网友[^,。]{0,24}[您你]好)|(?<=\d日)(?=网|尊|您|你|\")")
SOLID = re.compile(
    "责令|约谈|立案|罚款|处罚|查封|暂扣|拆除|修复|修好|更换|清理完|清运|增设|加装|安装|施工|竣工|通车|退还|发放|整改通知|整改到位"
    r"|已完成|已解决|纳入|列入|动工|开工|预计|计划于|拟于|力争|\d月\d+日前|\d月底前|采纳|撤销|批评教育|恢复"
)
# Kind of emptiness → how a clause shows it. The first that fits names the clause.
EMPTY = {
    "客套": re.compile(
        "[您你]们?好|^尊敬的|^.{0,20}(?:网友|网民|同志|先生|女士)\\W*$|感谢|谢谢|致谢|谢意|祝[您你愿天]|事事顺心"
        "|欢迎(?:您|你|继续|广大|一如|再次|监督|提)|敬请|请.{0,6}(?:谅解|理解|监督)"
        "|(?:理解|支持|关心|关注|监督)(?:和|与|、|及)(?:理解|支持|关心|关注|监督)|宝贵.{0,4}(?:意见|建议)|一如既往"
        "|心声|出发点|落脚点|优质.{0,8}服务|(?:更加|继续|不断|努力|切实|认真)(?:努力|改进|提高|提升|做好|学习|履职)"
        "|^(?:特此|专此|此致|以上|为此|再见|如有|若有|如您|如果您|如今后|经调查$|根据.{2,8}情况$)|歉意|认真对待"
    ),
    "收悉": re.compile(
        "收悉|已阅|阅办|阅知|获悉|知悉|收到(?:您|你|了|此|该|来|网)|已收到|^.{0,30}(?:回复|答复|说明|反馈|汇报"
        "|情况)(?:意见)?如下|^现(?:就|将|对|回)"
        "|^(?:您|你|关于|就|针对|对于?)(?:您|你)?(?:所)?(?:在.{0,20})?(?:反映|反应|咨询|提出|提到|建议|投诉|留言"
        "|来信)?.{0,44}(?:问题|事宜|一事|留言|来信|帖文?|建议|情况|投诉)$"
    ),
    "转办": re.compile(
        "转(?:交|至|办|送|给|达|呈|由|发|报|请|到|相关|有关)|移交|交由|交办|批转|批示|(?:已|并|将其?)交.{0,14}(?:调查|核|处|办)"
        "|转[^型变移让换账款学院诊岗户入出运正身基].{0,14}(?:调查|核|处理|办理|办复|研究|答复|回复)|(?:反馈|反映|汇报"
        "|转告|转达|提交)(?:给|至|到).{2,20}$|已?报.{0,8}(?:领导|上级)$|^(?:我们|我局|我办|将|会"
        "|并)*积?极?(?:将.{2,10})?向(?:上级|有关|相关).{0,8}反映$"
    ),
    "等待": re.compile(
        "耐心等待|敬候|留意|关注后续|后续回复|(?:尽快|及时|第一时间|即时|随后|稍后|再)(?:予以|给予|给您|给你|向您"
        "|向你|作出|进行|与您)?(?:反馈|回复|答复|告知|联系)"
        "|待.{0,16}(?:后|清楚).{0,6}(?:反馈|回复|答复)"
        "|(?:正在|已安排|已责成|立即|会|将|安排|组织|迅速|积极|进一步)(?:专人|人员|同时|相关部门|有关部门|相关单位)?.{0,10}"
        "(?:调查|核实|处理|办理|核处|查处|受理|介入|核查|研究|跟进|交办)(?:和处理|处理|核实|中|之中|当中|落实)?$"
        "|(?:高度|非常|十分)重视|妥善处理|圆满解决|已.{0,4}(?:答复|回复|办结)|作[了出]回[复应]|回复您|另外回复"
        "|(?:登记|予以)受理$|与[您你]联系|加以重视|得到解决$|进一步了解$|结果后|研究斟酌|认真(?:考虑|研究)"
        "|作为.{0,6}参考"
    ),
    "请另找": re.compile(
        r"拨打|致电|来电|热线|联系方式|联系人|联系电话|咨询电话|电话号码|^.{0,12}电话|0\d{2,3}-|链接|https?|www|网址|点击"
        "|^(?:(?:您|你)?(?:咨询|反映|提出)的.{0,6}|具体.{0,6}|相关.{0,6}|此事.{0,4})?(?:也|您|你|还|如|请|若|或"
        "|另)?(?:可以|可|请|建议)?(?:您|你|其)?(?:也)?(?:可以|可)?(?:直接|具体|及时|再|先|本人|携带.{2,20}"
        "|持.{2,20})*(?:向|到|与|和|去|找|咨询|联系|登录|登陆|查阅|致函|关注|查询)"
        ".{0,36}(?:反映|反馈|咨询|投诉|联系|查询|举报|申诉|了解|平台|网站|网|公众号|局|处|办|中心|部门|大队|支队|科"
        "|居委会|村委会|派出所|银行|医院|公告)(?:了解.{0,8}|进行.{0,8}|具体.{0,8})?$"
        "|^.{0,6}(?:请|建议)(?:你|您)(?:直接)?(?:电话|向|到|与|和|访问|关注|反映|加强|具体向).{2,30}$|^请(?:电话|向"
        "|到|与|和|访问|反映|询).{2,30}$|咨询了解|详情|详细情况|详见"
        "|(?:不属于?|不归|不在|非)[^,]{0,20}(?:管辖|职责|职能|权限|范围|业务|管理)"
    ),
    "请补充": re.compile(
        "^.{0,6}请(?:您|你|将|把)?.{0,24}(?:补充|提供|告知|留下|表述|说明|补全|写明|写清|注明|告诉)|^并?附上|未(?:留"
        "|提供|注明|说明|填写|提及)|没有(?:留|填写|提供|说明|注明|具体)"
        "|联系不上|无法.{0,6}(?:联系|取得)|无法(?:根据|查询|核实|调查|受理|准确|查证)|(?:便于|方便|以便|为更好"
        "|为了更好).{0,18}$|再进行咨询|^(?:以便|以供)"
        "|无.{0,6}(?:联系方式|证据)|(?:无法|不能).{0,4}(?:查实|得知|确定|进行调查)|情况不明|未说.{0,3}详细|(?:地名|信息)有误"
    ),
    "落款": re.compile(
        r"^\W*$|^\W*(?:19|20)\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?\W*$|^[^,]{0,26}(?:局|办|办公室|政府|委员会|中心|支队"
        r"|大队|处|委|司|院|部|公司|队|所|办事处)\W*(?:(?:19|20)\d\d.*|二.{3,12}日)?$"
        r"|^二.{6,12}日$"
    ),
}
LETTER = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Own:
    """The clauses of a reply: those that say something, and those that do not with the kind of emptiness."""

    solid: tuple[str, ...]
    empty: tuple[tuple[str, str], ...]

    @property
    def weight(self) -> int:
        """How many characters really say something."""
        return sum(len(LETTER.findall(clause)) for clause in self.solid)


def own(question: str, reply: str) -> Own:
    """What a reply says itself, cut into clauses; quoted titles and a repeated question are not its own words."""
    return own_of_plain(plain(question), plain(reply))


def own_of_plain(asked: str, said: str) -> Own:
    """The same for texts that are plain already."""
    said = QUOTED.sub(" ", said)
    if len(asked) > 20:
        said = said.replace(asked, " ")
    clauses = [clause.strip() for clause in CUT.split(said) if clause and clause.strip()]
    kinds = [(kind_of(clause), clause) for clause in clauses]
    return Own(tuple(clause for kind, clause in kinds if not kind), tuple((kind, clause) for kind, clause in kinds if kind))


def kind_of(clause: str) -> str:
    """The kind of emptiness of a clause, nothing where it says something."""
    if SOLID.search(clause):
        return ""
    return next((kind for kind, sign in EMPTY.items() if sign.search(clause)), "")
