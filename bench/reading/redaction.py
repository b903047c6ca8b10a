"""脱敏: how much of what is planted in our own sentences is found, and how much is found that nobody planted."""

import time
from collections import Counter
from pathlib import Path

from bench.reading.finding import Figure, Finding
from bench.reading.planted import Planted, plain, planted
from mianduimian.text.redact import Kind, find, mask

NAME, DOOR = "name", "address"


def measure(folder: Path) -> Finding:
    """Recall and precision on planted items; the sentences of `held` were never looked at. The folder is not needed."""
    parts = (("tune", "plain"), ("more", "plain"), ("held", "plain_held"))
    told = {part: score(list(planted(part)), plain(empty)) for part, empty in parts}
    held = told["held"]
    figures = [
        Figure("号码找到的比例", held["numbers"], 0.995, note=f"{held['numbers_of']} 个，没有看过的句子"),
        Figure("号码找对的比例", held["numbers_right"], 0.90),
        Figure("姓名找到的比例", held["names"], 0.95, note=f"{held['names_of']} 个，没有看过的句子"),
        Figure("姓名找对的比例", held["names_right"], 0.90, note="其余为误认，含不该动的句子"),
        Figure("门牌找到的比例", held["doors"], note=f"{held['doors_of']} 个"),
        Figure("没有个人信息的句子被动过的比例", held["touched"], down=True, note=f"{len(plain('plain_held'))} 句"),
        *(Figure(f"调试过的句子（{part}）：姓名找到", told[part]["names"], 0.95, note=f"{told[part]['names_of']} 个")
          for part in ("tune", "more")),
        Figure("每条用时（毫秒）", _pace(), 1.0, down=True, note="mask，处理器时间"),
    ]
    return Finding("脱敏", "自写句子里埋下的号码、姓名与门牌；真实数据里的姓名已被发布者遮去，不能量找到的比例", figures)


def score(texts: list[Planted], empty: list[str]) -> dict[str, float]:
    """What is found and missed, by group; an item counts as found when every character of it is covered."""
    count: Counter[str] = Counter()
    for text in texts:
        pieces = find(text.text)
        covered = {place for piece in pieces for place in range(piece.start, piece.end)}
        for kind, start, end in text.items:
            group = _group(kind)
            count[f"{group}_of"] += 1
            count[group] += covered >= set(range(start, end))
        for piece in pieces:
            group = _group(piece.kind)
            count[f"{group}_found"] += 1
            count[f"{group}_right"] += any(start < piece.end and piece.start < end for _kind, start, end in text.items)
    strayed = [piece for text in empty for piece in find(text)]
    for piece in strayed:
        count[f"{_group(piece.kind)}_found"] += 1
    groups = ((group, what) for group in ("numbers", "names", "doors") for what in ("", "_right", "_of"))
    told = {group + what: _share(count, group, what) for group, what in groups}
    return told | {"touched": sum(bool(find(text)) for text in empty) / len(empty)}


def _group(kind: str) -> str:
    return {NAME: "names", DOOR: "doors"}.get(Kind(kind).value, "numbers")


def _share(count: Counter[str], group: str, what: str) -> float:
    if what == "_of":
        return count[f"{group}_of"]
    return count[group + what] / max(1, count[f"{group}_found" if what else f"{group}_of"])


def _pace() -> float:
    texts = [text.text for text in planted("held")]
    started = time.process_time()
    for text in texts:
        mask(text)
    return 1000 * (time.process_time() - started) / len(texts)
