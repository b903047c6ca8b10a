"""Personal data that belongs to nobody, made here the same every time, planted in sentences of our own."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

SENTENCES = Path(__file__).parent / "redaction.toml"
ROUNDS = 5  # how often each sentence is filled
SURNAMES = (
    "李王张刘陈杨黄赵吴周徐孙朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱江尹薛阎段雷侯龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔温赖古巫骆丘凌缪涂刁邬池甘欧麦诸"
)
DOUBLE = ["欧阳", "司徒", "上官", "诸葛"]
GIVEN = """
伟 芳 娜 敏 静 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂香 建国 志强 秀英 玉兰 桂英 红梅
国栋 晓燕 小龙 浩然 子轩 梓涵 欣怡 雨桐 家豪 俊杰 玉珍 美玲 文斌 海涛 志明 建军 春花 丽萍 水生
土生 火旺 观胜 运娣 招娣 亚福 运来 石养 送招 观娣 木林 金水 银凤 带娣 亚珍 佛保 天送 裕华 国雄
伟雄 锦辉 惠玲 少芬 素珍 翠兰 冬梅 秋菊 伯年 仲文 思源 若彤 诗涵 一诺 沐宸 宇航 嘉欣 佳怡 志远
德胜 福生 永强 庆华 广明 耀东 启文 振华 伟明 丽华 淑芬 凤英 月娥 爱华 友良 新发 道明 学军 红兵
卫东 跃进 援朝 和平 向阳 贵 旺 彬 婷 琳 慧 莉 鹏 宁 波 斌 辉 俊 飞 丹 萍
""".split()
PLACES = "滨江花园 东湖小区 翠竹苑 金桥公寓 丽景城 兴源路 建设大道 中山街 柳湾村 石下村 高塘村 黄洞村".split()
ESTATE = ["{a}栋{b}单元{c}室", "{a}栋{c}房", "{a}座{c}", "{a}-{b}-{c}", "{a}幢{b}单元{d}", "第{a}栋{c}号房", "{a}号楼{b}单元{c}"]
ROAD = ["{e}号{b}楼{c}房", "{e}号{a}栋{c}", "{e}号{c}室"]
VILLAGE = ["{b}组|{e}号", "{f}组|{e}号", "第{b}小组|{e}号"]  # what stands before the bar may be read
HAN = "零一二三四五六七八九"
CITIES = ["441602", "441621", "441622", "441623", "441624", "441625", "440106", "110105", "310101"]

Maker = Callable[[Random], str]


@dataclass(frozen=True)
class Planted:
    """A text and what is planted in it: kind, start, end."""

    text: str
    items: tuple[tuple[str, int, int], ...]


def planted(part: str) -> Iterator[Planted]:
    """The sentences of a part, each filled several times."""
    dice = Random(part)
    for _round in range(ROUNDS):
        for sentence in tomllib.loads(SENTENCES.read_text("utf-8"))[part]["sentences"]:
            yield _filled(sentence, dice)


def plain(part: str) -> list[str]:
    """The sentences of a part that hold nothing personal."""
    return tomllib.loads(SENTENCES.read_text("utf-8"))[part]["sentences"]


def _filled(sentence: str, dice: Random) -> Planted:
    text, items, place = "", [], ""
    for piece in re.split(r"(\{\w+\})", sentence):
        kind = piece[1:-1] if piece.startswith("{") else ""
        if kind == "place":
            piece = place = dice.choice(PLACES)
        elif kind:
            readable, piece = _door(place, dice) if kind == "door" else ("", MAKERS[kind](dice))
            text += readable
            items.append(({"door": "address"}.get(kind, kind), len(text), len(text) + len(piece)))
        text += piece
    return Planted(text, tuple(items))


def _name(dice: Random) -> str:
    return (dice.choice(DOUBLE) if dice.random() < 0.03 else dice.choice(SURNAMES)) + dice.choice(GIVEN)


def _door(place: str, dice: Random) -> tuple[str, str]:
    """The part of an address that may be read, and the door."""
    forms = VILLAGE if place.endswith("村") else ROAD if place[-1] in "路道街" else ESTATE
    floor, flat = dice.randint(1, 29), dice.randint(1, 8)
    words = dice.choice(forms).format(a=dice.randint(1, 28), b=dice.randint(1, 6), c=f"{floor}0{flat}", d=f"{flat}0{flat}",
                                      e=dice.randint(1, 199), f=HAN[dice.randint(1, 9)])
    if dice.random() < 0.1 and "-" not in words:
        words = re.sub(r"\d", lambda found: HAN[int(found[0])], words)
    readable, _bar, door = words.rpartition("|")
    return readable, door


def _digits(dice: Random, count: int) -> str:
    return "".join(str(dice.randint(0, 9)) for _digit in range(count))


def _mobile(dice: Random) -> str:
    return _disguised(f"1{dice.choice(['38', '39', '58', '77', '89', '36', '50', '99', '66', '35'])}{_digits(dice, 8)}", dice)


def _disguised(number: str, dice: Random) -> str:
    way = dice.random()
    if way < 0.5:
        return number
    groups = [number[:3], number[3:7], number[7:]]
    disguises = [
        " ".join(groups), "-".join(groups), "·".join(groups), " ".join(number), ".".join(groups), "\u200b".join(groups),
        number.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)}),
        number.translate({ord(str(digit)): HAN[digit] for digit in range(10)}),
        number.translate({ord("1"): "幺", ord("0"): "〇"} | {ord(str(digit)): HAN[digit] for digit in range(2, 10)}),
        f"{number[:3]} {number[3:]}", f"{number[:3]}，{number[3:7]}，{number[7:]}", f"{number[:3]}——{number[3:7]}——{number[7:]}",
    ]
    return dice.choice(disguises)


def _id(dice: Random) -> str:
    born = f"{dice.randint(1940, 2012)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    body = f"{dice.choice(CITIES)}{born}{_digits(dice, 3)}"
    sign = "10X98765432"[sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(body)) % 11]
    whole = body + (sign.lower() if dice.random() < 0.3 else sign)
    return f"{whole[:6]} {whole[6:14]} {whole[14:]}" if dice.random() < 0.15 else whole


def _bank(dice: Random) -> str:
    body = f"62{_digits(dice, dice.choice([13, 16]))}"
    total = sum(sum(divmod(2 * int(digit), 10)) if at % 2 == 0 else int(digit) for at, digit in enumerate(reversed(body)))
    whole = body + str(-total % 10)
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4)) if dice.random() < 0.3 else whole


def _plate(dice: Random) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    rest = f"{dice.choice('DF')}{_digits(dice, 5)}" if dice.random() < 0.3 else f"{dice.choice(letters)}{_digits(dice, 4)}"
    return f"{dice.choice('粤湘赣京闽桂')}{dice.choice(letters[:20])}{dice.choice(['', '', '·', ' ', '-'])}{rest}"


def _landline(dice: Random) -> str:
    return f"{dice.choice(['0762', '020', '0731', '0755'])}{dice.choice(['-', '', ' '])}{dice.randint(2, 8)}{_digits(dice, 6)}"


def _email(dice: Random) -> str:
    word = "".join(dice.choice("abcdefghjkmnpqrstuvwxyz") for _letter in range(dice.randint(3, 9)))
    return f"{word}{_digits(dice, 3)}@{dice.choice(['qq.com', '163.com', 'mail.example.cn', 'sina.com.cn'])}"


def _wechat(dice: Random) -> str:
    return f"{dice.choice(['wx', 'abc', 'lh', 'hello', 'zz'])}{dice.choice(['_', '-', ''])}{_digits(dice, 7)}"


def _qq(dice: Random) -> str:
    return f"{dice.randint(1, 9)}{_digits(dice, dice.randint(5, 9))}"


MAKERS: dict[str, Maker] = {
    "name": _name, "mobile": _mobile, "id": _id, "bank": _bank, "plate": _plate, "landline": _landline, "email": _email,
    "wechat": _wechat, "qq": _qq,
}
