"""Teach the judge of pairs that every city begins with, from our own sample and what is generated from it."""

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from mianduimian.sample.round import submissions
from mianduimian.text import classify
from mianduimian.text.events import Pairs, Words
from mianduimian.text.events.pairs import SHIPPED

TODAY = date(2026, 11, 16)
PLACES = Path(__file__).parent.parent / "mianduimian" / "sample" / "places.csv"
HEIGHT = 0.45  # of the shipped judge, whose chances are steadier than exact
MATTERS = 700
VOICES = (1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6, 12)
BEFORE = ("", "", "", "投诉", "反映", "关于", "请求解决", "建议解决", "再次反映", "咨询")
AFTER = ("", "", "", "的问题", "，盼解决", "，求关注", "，何时能解决", "！", "？")
GREETING = ("", "", "领导您好，", "尊敬的领导：您好！", "你好，", "有关部门：", "您好！我是{}附近的居民，", "本人住在{}，")
PLEA = (
    "", "", "请尽快处理。", "希望有关部门重视。", "请给个说法。", "多次反映没有结果。",
    "谢谢！", "盼回复。", "恳请领导派人来看看。",
)  # fmt: skip
FILLER = (
    "这件事已经很久了", "大家意见很大", "打过几次电话", "物业和社区都说不归他们管",
    "老人孩子都受影响", "一直没人管", "天天都这样",
)  # fmt: skip
SAME = [
    ("不亮", "坏了"), ("没人管", "无人管理"), ("噪音", "噪声"), ("天天", "每天"), ("晚上", "夜里"),
    ("请", "恳请"), ("希望", "盼望"),
    ("严重", "厉害"), ("孩子", "小孩"), ("没有", "没"), ("老板", "负责人"), ("一直", "始终"), ("路口", "十字路口"),
]  # fmt: skip


def examples() -> tuple[list[Words], list[str | None]]:
    """Every part of the sample with the appeal it belongs to, and generated matters of every class."""
    rows: list[Words] = []
    event: list[str | None] = []
    for one in submissions(TODAY):
        for part in one.parts:
            rows.append(Words(len(rows), one.title if len(one.parts) == 1 else "", part.text, one.said_on.isoformat()))
            event.append(part.appeal or f"alone-{len(rows)}")
    for words, matter in made(Random(0)):  # noqa: S311
        rows.append(words._replace(id=len(rows)))
        event.append(matter)
    return rows, event


def made(chance: Random) -> Iterator[tuple[Words, str]]:
    """Matters put together from our sentences and places: told again, shortened, lengthened, misspelt."""
    sentences: dict[str, list[str]] = {}
    for text, label in classify.seed():
        sentences.setdefault(label, []).append(text)
    places = [row["name"] for row in csv.DictReader(PLACES.open(encoding="utf-8"))]
    for number in range(MATTERS):
        facts = chance.sample(sentences[chance.choice(sorted(sentences))], 3)
        place, day = chance.choice(places), TODAY - timedelta(chance.randrange(300))
        whole = f"{place}{facts[0]}{facts[1]}"
        for _voice in range(chance.choice(VOICES)):
            again = chance.random() < 0.4
            body = _again(chance, whole) if again else _own(chance, place, facts)
            when = (day + timedelta(min(299, int(chance.expovariate(1 / 20))))).isoformat()
            yield Words(0, _title(chance, place, facts[0]), body, when), f"made-{number}"


def _title(chance: Random, place: str, fact: str) -> str:
    clauses = [one for one in fact.replace("。", "，").replace("？", "，").split("，") if len(one) > 3] or [fact]
    said = _varied(chance, chance.choice(clauses)[:18])
    return chance.choice(BEFORE) + (place if chance.random() < 0.85 else "") + said + chance.choice(AFTER)


def _own(chance: Random, place: str, facts: list[str]) -> str:
    """One voice in its own words: some of the facts, some talk around them."""
    told = [_varied(chance, fact) for fact in chance.sample(facts, chance.choice((1, 2, 2, 3)))]
    told += chance.sample(FILLER, chance.choice((0, 0, 1, 2)))
    chance.shuffle(told)
    return chance.choice(GREETING).format(place) + place + "，".join(told) + "。" + chance.choice(PLEA)


def _again(chance: Random, whole: str) -> str:
    """The same text sent again: a sentence more or less."""
    text = _varied(chance, whole)
    if chance.random() < 0.4:
        text = text[: int(len(text) * chance.uniform(0.6, 0.95))]
    return chance.choice(("", "再次反映：", "补充：")) + text + chance.choice(("", "", *FILLER)) + chance.choice(PLEA)


def _varied(chance: Random, text: str) -> str:
    for one, other in SAME:
        if chance.random() < 0.3:
            text = text.replace(one, other)
    if chance.random() < 0.15 and len(text) > 6:
        at = chance.randrange(1, len(text) - 1)
        text = text[:at] + text[at + 1 :]
    return text


def main() -> int:
    if sys.argv[1:] == ["--show"]:
        for words, matter in list(made(Random(0)))[:40]:  # noqa: S311
            sys.stdout.write(json.dumps([matter, words.title, words.body], ensure_ascii=False) + "\n")
        return 0
    rows, event = examples()
    replace(Pairs.learn(rows, event, steady=True), floor=True, height=HEIGHT).save(SHIPPED)
    sys.stdout.write(f"{len(rows)} texts → {SHIPPED.name}, {SHIPPED.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
