"""门牌: where somebody lives, to the door: the numbers of building, stair and room, or of the house in a village or street."""

import re

from mianduimian.text.redact.kinds import Kind, Sign

FIGURE = r"(?:\d{1,4}|[〇零一二三四五六七八九十]{1,4}|[A-Za-z]\d{0,4})"
BLOCK = f"(?:第?{FIGURE}(?:号楼|栋|幢|座|期|#楼?|号(?={FIGURE}[栋幢座楼])))"
STAIR = f"(?:{FIGURE}(?:单元|梯|门洞|楼|层|#))"
ROOM = (
    r"(?:(?:[A-Za-z]?\d{2,5}|[〇零一二三四五六七八九]{3,4}|\d{1,2})(?:号?房|室|号|户(?!型))"
    r"|[〇零一二三四五六七八九]{3,4}(?![十百千万])"
    r"|[A-Za-z]?\d{3,5}(?!\d|[元万年米个人次度吨斤户多余]))"
)
HOME = r"(?:苑|园|城|府|庭|湾|邸|里|邨|居|寓|区|阁|轩|庄|郡|都|院|楼)"
OFFICE = re.compile("政府|[局厅院所]$|中心|大厅|法院|学校|医院|办公|教学|政务|宾馆|酒店|会议|门诊|住院")
LIVES = "(?:家住|住址|地址|住在|家在|户籍地?|户口所在地|居住地?|住)"


def _not_office(match: re.Match[str]) -> bool:
    return not OFFICE.search(match.string[max(0, match.start() - 10) : match.start()])


FORMS = (
    f"({BLOCK}{{1,2}}[ -]?{STAIR}{{0,2}}[ -]?{ROOM})",
    f"({STAIR}{{1,2}}[ -]?{ROOM})",
    rf"(?<={HOME})第?(\d{{1,2}}(?:-\d{{1,2}}){{1,2}}-\d{{2,4}}|[A-Za-z]?\d{{1,2}}-\d{{3,4}})(?![\d-])",
    f"(?:村|寨|屯|湾)第?(?:{FIGURE}(?:村民)?小?[组队])?({FIGURE}号)(?![楼栋线路文令井])",
    f"(?:路|街|巷|道|里)({FIGURE}号(?:{FIGURE}(?:栋|幢|座|号楼))?(?:{STAIR}){{0,2}}(?:{ROOM}))",
    rf"{LIVES}[:：是为 ]{{0,2}}[^\s,.。，;；!?！？]{{2,24}}?(?:路|街|巷|道|村|组)({FIGURE}号)(?![楼栋线路])",
)
SIGNS = tuple(Sign(Kind.ADDRESS, re.compile(form), _not_office) for form in FORMS)
