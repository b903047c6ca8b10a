"""答复质量: grades, promised times and relevance against labels; users whose replies helped to write the rules are left out."""

import json
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from bench.reading.finding import Figure, Finding
from mianduimian.text.relevance import relevance
from mianduimian.text.replies import Grade, grade
from mianduimian.text.replies.learned import Example, Reader

LABELS = Path(__file__).parent / "labels" / "replies.jsonl"
DRAWS = 1000  # samples with replacement for an interval
Row = dict[str, Any]
Judged = tuple[Row, int, bool]  # a row, its grade and whether it names a time


def measure(folder: Path) -> Finding:
    """On the half of the labels kept aside: F1 of boilerplate and of promised times, by rule and after learning; relevance."""
    rows = {row["id"]: row for row in map(json.loads, (folder / "replies.jsonl").read_text("utf-8").splitlines())}
    random, enriched, hand = (_judged(rows, sample) for sample in ("random", "enriched", "hand"))
    held, hard = [row for row in random if _held(row[0])], [row for row in enriched if _held(row[0])]
    by_rule, by_rule_hard, by_rule_hand = ([_read(row, grade) for row, *_truth in part] for part in (held, hard, hand))
    learnt = Reader.learn([Example(_asked(row), row["reply"], *truth) for row, *truth in hand if not _held(row)])
    by_learning = [_read(row, learnt.read) for row, *_truth in held]
    figures = [
        *_scores("规则", held, by_rule),
        *_scores(f"学给定标签中另一半用户的 {sum(not _held(row) for row, *_truth in hand)} 条后", held, by_learning),
        Figure("时限 F1：专挑的难例", _f1(*_promised(hard, by_rule_hard)), note=f"{len(hard)} 条，另计"),
        Figure("套话 F1：给定标签", _f1(*_boilerplate(hand, by_rule_hand)), 0.88, note=f"{len(hand)} 条"),
        *_relevance(list(rows.values())),
    ]
    on = f"{len(held)} 条随机样本（用户与调试所用的不重），另有难例 {len(hard)} 条；标签 {len(random) + len(enriched)} 条自标"
    return Finding("答复质量", on, figures)


def _judged(rows: dict[Any, Row], sample: str) -> list[Judged]:
    if sample == "hand":
        return [(row, row["hand"]["grade"], bool(row["hand"]["time_commitment"])) for row in rows.values() if "hand" in row]
    labels = map(json.loads, LABELS.read_text("utf-8").splitlines())
    return [(rows[label["id"]], label["grade"], label["commitment"]) for label in labels if label["sample"] == sample]


def _held(row: Row) -> bool:
    """Whether a user's replies were kept aside while the rules were written."""
    return zlib.crc32(row["user"].encode()) % 2 == 1


def _asked(row: Row) -> str:
    return f"{row['title']} {row['body']}"


def _read(row: Row, reader: Any) -> Grade:
    return reader(_asked(row), row["reply"])


def _boilerplate(judged: Iterable[Judged], read: Iterable[Grade]) -> tuple[np.ndarray, np.ndarray]:
    pairs = [(graded.grade == 0, truth == 0) for (_row, truth, _time), graded in zip(judged, read, strict=True)]
    return np.array([told for told, _truth in pairs]), np.array([truth for _told, truth in pairs])


def _promised(judged: Iterable[Judged], read: Iterable[Grade]) -> tuple[np.ndarray, np.ndarray]:
    pairs = [(graded.commitment, truth) for (_row, _grade, truth), graded in zip(judged, read, strict=True)]
    return np.array([told for told, _truth in pairs]), np.array([truth for _told, truth in pairs])


def _scores(how: str, judged: Sequence[Judged], read: Sequence[Grade]) -> list[Figure]:
    empty, promised = _boilerplate(judged, read), _promised(judged, read)
    same = sum(graded.grade == truth for (_row, truth, _time), graded in zip(judged, read, strict=True)) / len(judged)
    return [
        Figure(f"套话 F1（{how}）", _f1(*empty), 0.88, note=_interval(*empty)),
        Figure(f"时限 F1（{how}）", _f1(*promised), 0.80, note=_interval(*promised)),
        Figure(f"三档一致（{how}）", same),
    ]


def _f1(told: np.ndarray, truth: np.ndarray) -> float:
    return float(2 * (told & truth).sum() / max(1, told.sum() + truth.sum()))


def _interval(told: np.ndarray, truth: np.ndarray) -> str:
    """What F1 could be by the luck of the sample: 95 of 100 samples drawn from it with replacement."""
    dice = np.random.default_rng(0)
    drawn = [dice.integers(0, len(told), len(told)) for _draw in range(DRAWS)]
    low, high = np.percentile([_f1(told[rows], truth[rows]) for rows in drawn], [2.5, 97.5])
    return f"{int(truth.sum())} 个正例；95 % 区间 {low:.3f}–{high:.3f}"


def _relevance(rows: list[Row]) -> list[Figure]:
    """Each reply beside its own question, and beside that of another."""
    other = list(range(len(rows)))
    Random(5).shuffle(other)
    asked, titles, said = [_asked(row) for row in rows], [row["title"] for row in rows], [row["reply"] for row in rows]
    points = np.array(relevance(asked + [asked[at] for at in other], said + said, titles + [titles[at] for at in other]))
    truth = np.repeat([True, False], len(rows))
    held = np.array([_held(row) for row in rows] * 2)
    area = float(roc_auc_score(truth[held], points[held]))
    return [
        Figure("相关度 AUC", area, 0.95, note=f"{int(held.sum())} 对，参数由另一半用户定"),
        Figure("相关度校准误差", _error(points[held], truth[held]), 0.03, down=True, note="十格期望校准误差，一半为真"),
    ]


def _error(points: np.ndarray, truth: np.ndarray) -> float:
    """How far the figure of relevance is from the share of true pairs, cell by cell."""
    cell = np.minimum((points * 10).astype(int), 9)
    cells = [cell == at for at in range(10) if (cell == at).any()]
    return float(sum(abs(points[inside].mean() - truth[inside].mean()) * inside.mean() for inside in cells))
