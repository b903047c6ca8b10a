"""收件规则: what may be taken in, what makes two rows the same submission, how identities are masked, how receipts look."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from mianduimian.archive.rules import ERASED, without
from mianduimian.mechanism import Rulebook
from mianduimian.refusal import Refused
from mianduimian.text.redact import find
from mianduimian.vocabulary import Term, _

TOO_LARGE = _("文件超过%(limit)s MB的上限，请拆成几个文件。")
GONE = _("原文件已不在，请重新上传；已收入的不会重复。")
LONGEST_TEXT = 20_000
LONGEST = {"title": 200, "source_number": 60, "place": 200, "name": 60, "phone": 40, "email": 120, "address": 200, "wechat": 64}
LONGEST_CLASS = 120
LONGEST_TOLD = 2000
SHORTEST_TOLD = 2
IDENTITY = ("name", "phone", "email", "address", "wechat")
FIRST_YEAR = 1990
HALF = re.compile("[\ud800-\udfff]")
SHANGHAI = ZoneInfo("Asia/Shanghai")
# In China the eastern number is always the larger one. The second number is looked at, not taken: it may begin the true pair.
PAIR = re.compile(r"(\d{1,3}\.\d{2,12})(?=(?:\s*[,，、;\s]\s*|&\w{1,20}=)(\d{1,3}\.\d{2,12}))")
LONGEST_LINK = 500
RECEIPT_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class BatchState(Term):
    """批次状态."""

    WAITING = "waiting", _("待处理")
    RUNNING = "running", _("处理中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未能完成")


class Verb(Term):
    """办理: what is done in this room, as the history of a submission or a file words it."""

    RECEIVE = "intake.receive", _("收件")
    UNMASK = "intake.unmask", _("查看身份")
    ERASE = "intake.erase", _("抹去身份")
    MEND = "intake.mend", _("处理提及")
    ERASED = "intake.erased_through", _("抹去办完")
    FORGET = "intake.forget", _("联系方式到期抹去")
    HANG = "intake.hang", _("附上照片")
    SAY_MORE = "intake.say_more", _("群众后来说")
    ANSWER = "intake.answer", _("答复群众")
    BEGIN = "intake.begin_batch", _("上传文件")
    MAP = "intake.map_columns", _("确认列对应")
    RUN = "intake.run_batch", _("导入文件")
    DROP = "intake.drop", _("放弃文件")


class How(Term):
    """处理: what becomes of a place that still names somebody who was erased."""

    STRUCK = "struck", _("涂去")
    MENDED = "mended", _("已在原处改好")
    EXCUSED = "excused", _("保留")


class Later(Term):
    """后话: what a citizen says later about what was said before."""

    MORE = "more", _("补充情况")
    NOT_MINE = "not_mine", _("这不是我反映的事")
    UNSOLVED = "unsolved", _("问题没有解决")


class Field(Term):
    """字段: what a column of a file may hold."""

    NUMBER = "source_number", _("来源编号")
    TITLE = "title", _("标题")
    TEXT = "text", _("内容")
    TIME = "said_at", _("反映时间")
    NAME = "name", _("姓名")
    PHONE = "phone", _("电话")
    EMAIL = "email", _("邮箱")
    ADDRESS = "address", _("联系地址")
    WECHAT = "wechat", _("微信标识")
    PLACE = "place", _("地点")
    REGION = "region", _("区划")
    CLASS = "source_class", _("来源分类")


class Kind(Term):
    """文件种类: what is read."""

    EXCEL = "excel", _("Excel 工作簿")
    PLAIN = "plain", _("文本表格（csv）")


@dataclass(frozen=True)
class Said:
    """What one citizen said, through which channel, and who they are as far as they told."""

    channel: str
    title: str
    text: str
    source_number: str = ""
    said_at: datetime | None = None
    place: str = ""
    region: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    wechat: str = ""
    confidential: bool = False
    agreed: bool = True
    source_class: str = ""
    spot: tuple[float, float] | None = None

    @property
    def identity(self) -> dict[str, str]:
        """What says who they are; it goes into the sealed table and nowhere else."""
        return {name: getattr(self, name) for name in IDENTITY}

    @property
    def words(self) -> str:
        """Title and text without spaces and width: two who said the same words have the same."""
        return re.sub(r"\s+", "", unicodedata.normalize("NFKC", f"{self.title}\x1f{self.text}"))


@dataclass(frozen=True)
class Told:
    """What a citizen says later: of which kind, about which part of the submission, in what words, by which form."""

    kind: str
    token: str
    text: str = ""
    part: int = 1

    def check(self) -> None:
        """Refuse a kind that is none, and words that are none or too many."""
        if self.kind not in list(Later):
            raise Refused(_("没有“%(kind)s”这一种。"), kind=self.kind)
        _check_signs(self.text)
        if self.kind != Later.NOT_MINE and len(self.text.strip()) < SHORTEST_TOLD:
            raise Refused(_("请写明情况，至少%(n)s个字。"), n=SHORTEST_TOLD)
        if len(self.text) > LONGEST_TOLD:
            raise Refused(_("内容有%(length)s字，超过%(limit)s字的上限。"), length=len(self.text), limit=LONGEST_TOLD)


@dataclass(frozen=True)
class Identity:
    """Who a citizen is, as read when the seal is opened."""

    name: str
    phone: str
    email: str
    address: str
    wechat: str = ""


def check(said: Said, on: date) -> Said:
    """What may be taken in, with numbers in plain width and a title standing in for a missing text; refused otherwise."""
    said = replace(said, source_number=_plain(said.source_number), phone=_plain(said.phone), email=_plain(said.email))
    said = replace(said, text=said.text if said.text.strip() else said.title)
    said = replace(said, source_class=_plain(said.source_class)[:LONGEST_CLASS])
    told = (said.text, said.title, said.place, said.region, said.source_number, said.source_class)
    for value in (*told, *said.identity.values()):
        _check_signs(value)
    if not said.text.strip():
        raise Refused(_("内容为空。"))
    if len(said.text) > LONGEST_TEXT:
        raise Refused(_("内容有%(length)s字，超过%(limit)s字的上限。"), length=len(said.text), limit=LONGEST_TEXT)
    for field, limit in LONGEST.items():
        if len(getattr(said, field)) > limit:
            raise Refused(_("%(field)s超过%(limit)s字。"), field=Field.word_of(field), limit=limit)
    return replace(said, said_at=_our_time(said.said_at, on))


def in_danger(text: str, words: Iterable[str]) -> bool:
    """Whether a text names a danger to life (rulebook.speaking.danger): a hint for people, never a hindrance."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return any(word in plain for word in words)


def spot(text: str) -> tuple[float, float] | None:
    """The point in a pair of coordinates or in a link that a map shares, latitude first whatever the order it was given in."""
    for one, other in PAIR.findall(unicodedata.normalize("NFKC", unquote(text))[:LONGEST_LINK]):
        north, east = sorted((float(one), float(other)))
        if 3 <= north <= 54 and 73 <= east <= 136:
            return round(north, 4), round(east, 4)
    return None


def _plain(number: str) -> str:
    return unicodedata.normalize("NFKC", number).strip()


def _check_signs(text: str) -> None:
    if "\x00" in text:
        raise Refused(_("含有空字符（NUL），不能收入。"))
    if HALF.search(text):
        raise Refused(_("含有无法识别的字符，不能收入。"))


def _our_time(said_at: datetime | None, on: date) -> datetime | None:
    """The moment in our time zone: a citizen cannot have spoken tomorrow, nor before there were files."""
    if said_at is None:
        return None
    if not FIRST_YEAR <= said_at.year <= on.year + 1:
        raise Refused(_("反映时间是%(year)s年，不在%(first)s年至今之间。"), year=said_at.year, first=FIRST_YEAR)
    ours = said_at.astimezone(SHANGHAI) if said_at.tzinfo else said_at.replace(tzinfo=SHANGHAI)
    if ours.date() > on:
        raise Refused(_("反映时间%(day)s晚于收件日期%(on)s。"), day=ours.date(), on=on)
    return ours


def new_receipt() -> str:
    """回执码: twelve letters that cannot be mistaken for each other, 58 bits, never guessable."""
    return "".join(secrets.choice(RECEIPT_LETTERS) for _place in range(12))


def spaced(code: str) -> str:
    """A receipt code as people read it aloud: groups of four."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


def mask_name(name: str) -> str:
    """The surname alone: 陈先生/女士 stay unknown."""
    return f"{name[0]}**" if name else ""


def mask_phone(phone: str) -> str:
    """First three and last four digits; anything shorter is hidden whole."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else "*" * bool(digits) * 4


def kept_days(rules: Rulebook) -> dict[str, int]:
    """Channel → for how many days after its round a name is kept; a channel that is not named keeps it."""
    return {**rules.keeping["names"], "web": rules.speaking["contact_kept"]}


def hide(text: str, known: list[str]) -> str:
    """The text with everything known of a citizen, and everything that looks personal, taken out for good."""
    text = without(text, known)
    parts, done = [], 0
    for found in find(text):
        parts += [text[done : found.start], ERASED]
        done = found.end
    return "".join([*parts, text[done:]])


def shown_name(name: str) -> str:
    """A file's name as it may be shown: no path, no signs that do not show or turn the line, not endless."""
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return shown[-120:] or "—"
