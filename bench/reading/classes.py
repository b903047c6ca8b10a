"""分类: how often the class is right, and whether the certainty that is given can be trusted, on texts held out honestly."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bench.reading.finding import Figure, Finding
from mianduimian.text.classify import Classifier
from mianduimian.text.normalise import plain

FOLDS = 5
NEAR = 0.5  # cosine of character pieces from which on two texts may not stand on both sides
BINS = 10
CERTAIN = 0.8  # share of the texts the machine is surest of
SIZE = 220  # of the diagram, in its own units


Fold = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Texts:
    """Whole texts, which are read, and texts that others cut into words, which are only learnt from."""

    raw: list[str]
    raw_labels: np.ndarray
    cut: list[str]
    cut_labels: np.ndarray
    names: list[str]


@dataclass(frozen=True)
class Read:
    """What was read of each whole text when it was held out."""

    label: np.ndarray
    second: np.ndarray
    sure: np.ndarray
    truth: np.ndarray

    @property
    def right(self) -> np.ndarray:
        """Whether the class is the one a person gave."""
        return self.label == self.truth


def measure(folder: Path) -> Finding:
    """Accuracy, macro-F1 and calibration on the whole texts, each read by a classifier that learnt from no near copy of it."""
    texts = _texts(folder)
    folds = list(_folds(texts))
    read = _held_out(texts, folds)
    figures = [
        Figure("正确率", read.right.mean(), 0.93, note="类别与人给的相同的 ÷ 全部"),
        Figure("宏平均 F1", _macro_f1(read, len(texts.names)), 0.925, note="每一类的 F1 等权平均"),
        Figure("校准误差", calibration_error(read.sure, read.right), 0.03, True, "十档把握与实际正确率之差，按条数加权"),
        Figure("前二正确率", (read.right | (read.second == read.truth)).mean(), note="第一或第二个类别是对的"),
        Figure("最有把握的 80%", _most_certain(read), note="按把握从高到低取八成，其正确率"),
        Figure("对比：常见做法的正确率", _usual(texts, folds), note="字 1–3 元 TF-IDF + 线性支持向量机，同样的划分"),
    ]
    on = (
        f"原文 {len(texts.raw)} 条五折轮流留出，另有分好词的 {len(texts.cut)} 条只用于学习；"
        f"与留出原文近似（余弦 ≥ {NEAR}）的两边都不学"
    )
    return Finding("分类", on, figures, [confusion_table(read, texts.names), reliability_diagram(read)])


def _texts(folder: Path) -> Texts:
    raw, cut = _rows(folder / "classify_raw.jsonl"), _rows(folder / "classify_segmented.jsonl")
    names = sorted({row["label"] for row in [*raw, *cut]})
    place = {name: at for at, name in enumerate(names)}
    labels = [np.array([place[row["label"]] for row in rows]) for rows in (raw, cut)]
    return Texts([row["text"] for row in raw], labels[0], [row["words"] for row in cut], labels[1], names)


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _held_out(texts: Texts, folds: list[Fold]) -> Read:
    count = len(texts.raw)
    label, second, sure = np.zeros(count, int), np.zeros(count, int), np.zeros(count)
    for learnt, cut, tried in folds:
        rows = [(texts.raw[at], int(texts.raw_labels[at])) for at in learnt]
        rows += [(texts.cut[at], int(texts.cut_labels[at])) for at in cut]
        for at, one in zip(tried, Classifier.learn(rows).read([texts.raw[at] for at in tried]), strict=True):
            label[at], second[at], sure[at] = one.label, one.second, one.confidence
    return Read(label, second, sure, texts.raw_labels)


def _usual(texts: Texts, folds: list[Fold]) -> float:
    """How often the plain recipe is right that everybody tries first."""
    right = 0
    for learnt, cut, tried in folds:
        pieces = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, dtype=np.float32)
        seen = pieces.fit_transform([plain(texts.raw[at]) for at in learnt] + [plain(texts.cut[at]) for at in cut])
        machine = LinearSVC(random_state=0).fit(seen, np.concatenate([texts.raw_labels[learnt], texts.cut_labels[cut]]))
        read = machine.predict(pieces.transform([plain(texts.raw[at]) for at in tried]))
        right += int((read == texts.raw_labels[tried]).sum())
    return right / len(texts.raw)


def _folds(texts: Texts) -> Iterator[Fold]:
    """Whole texts to learn from, cut ones to learn from, whole ones to read: no near copies on both sides."""
    near = _near(texts)
    count = len(texts.raw)
    within = near.col < count
    links = csr_matrix((np.ones(within.sum()), (near.row[within], near.col[within])), shape=(count, count))
    groups, group = connected_components(links, directed=False)
    fold = (np.random.default_rng(0).permutation(groups) % FOLDS)[group]
    for number in range(FOLDS):
        tried = np.flatnonzero(fold == number)
        copies = near.col[~within & np.isin(near.row, tried)] - count
        yield np.flatnonzero(fold != number), np.setdiff1d(np.arange(len(texts.cut)), copies), tried


def _near(texts: Texts) -> coo_matrix:
    """Pairs of a whole text and any text that are near copies."""
    bare = ["".join(filter(str.isalnum, plain(text))) for text in [*texts.raw, *texts.cut]]
    seen = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True, min_df=2, dtype=np.float32).fit_transform(bare)
    like = (seen[: len(texts.raw)] @ seen.T).tocoo()
    kept = like.data >= NEAR
    return coo_matrix((like.data[kept], (like.row[kept], like.col[kept])), shape=like.shape)


def _macro_f1(read: Read, classes: int) -> float:
    found = [((read.label == one) & (read.truth == one)).sum() for one in range(classes)]
    named = [(read.label == one).sum() + (read.truth == one).sum() for one in range(classes)]
    return float(np.mean([2 * both / max(all_, 1) for both, all_ in zip(found, named, strict=True)]))


def bins(sure: np.ndarray, right: np.ndarray) -> list[tuple[int, float, float]]:
    """For each tenth of certainty that is used: how many texts, how sure on average, how often right."""
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    return [(int((place == one).sum()), float(sure[place == one].mean()), float(right[place == one].mean()))
            for one in range(BINS) if (place == one).any()]


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: how far certainty and truth lie apart, weighted by how many texts."""
    return sum(count * abs(certain - true) for count, certain, true in bins(sure, right)) / len(sure)


def _most_certain(read: Read) -> float:
    order = np.argsort(-read.sure, kind="stable")
    return float(read.right[order[: int(CERTAIN * len(order))]].mean())


def confusion_table(read: Read, names: list[str]) -> str:
    """Given by a person (rows) × read by the machine (columns)."""
    counted = np.zeros((len(names), len(names)), int)
    np.add.at(counted, (read.truth, read.label), 1)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{n or ""}</td>" for n in row)}</tr>'
        for name, row in zip(names, counted, strict=True)
    )
    caption = "<caption>人定的类别（行）× 机器读的类别（列）</caption>"
    return f"<table>{caption}<thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table>"


def reliability_diagram(read: Read) -> str:
    """Certainty against truth; a machine that can be trusted keeps to the diagonal, the size of a dot is how many texts."""
    found = bins(read.sure, read.right)
    most = max(count for count, _sure, _right in found)
    dots = "".join(
        f'<circle cx="{SIZE * sure:.1f}" cy="{SIZE * (1 - right):.1f}" r="{3 + 9 * (count / most) ** 0.5:.1f}" '
        f'fill="#2563a8" fill-opacity="0.65"><title>{count} 条，把握 {sure:.3f}，正确 {right:.3f}</title></circle>'
        for count, sure, right in found
    )
    marks = "".join(
        f'<text x="{SIZE * at / 4:.0f}" y="{SIZE + 16}" text-anchor="middle" font-size="10">{at / 4:g}</text>'
        f'<text x="-6" y="{SIZE * (1 - at / 4) + 3:.0f}" text-anchor="end" font-size="10">{at / 4:g}</text>'
        for at in range(5)
    )
    return (
        f'<svg viewBox="-44 -14 {SIZE + 66} {SIZE + 54}" width="360" role="img" aria-label="可靠性图：横轴把握，纵轴正确率">'
        f'<rect width="{SIZE}" height="{SIZE}" fill="none" stroke="#999"/>'
        f'<line x1="0" y1="{SIZE}" x2="{SIZE}" y2="0" stroke="#999" stroke-dasharray="4 3"/>{dots}{marks}'
        f'<text x="{SIZE / 2}" y="{SIZE + 32}" text-anchor="middle" font-size="11">机器给的把握</text>'
        f'<text transform="translate(-30 {SIZE / 2}) rotate(-90)" text-anchor="middle" font-size="11">实际正确率</text></svg>'
    )
