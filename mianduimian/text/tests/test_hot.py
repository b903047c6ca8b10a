"""Which matters are hot, on the edges of the formula, and what the command line writes."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as some

from mianduimian import mechanism
from mianduimian.refusal import Refused
from mianduimian.text.commands import text
from mianduimian.text.hot import Counts, Factor, Hot, Said, Trend, Weights, Window, count, day_of, growth, interval, rank

NOVEMBER = Window(date(2023, 11, 1), date(2023, 11, 30))
NUMBERS = some.integers(0, 10_000)


def said(matter, day, citizen="赖", places=(), likes=0):
    return Said(matter, citizen, date.fromisoformat(day), frozenset(places), likes)


def test_the_usual_weights_are_those_of_every_rulebook():
    for path in Path(mechanism.__file__).parent.glob("*.toml"):
        data = tomllib.loads(path.read_text("utf-8"))
        section = data.get("hot", {})
        assert section or "base" in data
        assert Weights.of({name: rule["value"] for name, rule in section.items()}) == Weights()
        assert all(rule["source"] and rule["sentence"] for rule in section.values())


def test_a_window_of_one_day_has_the_day_before_to_compare_with():
    one = Window(date(2024, 3, 1), date(2024, 3, 1))
    assert (one.days, one.before) == (1, Window(date(2024, 2, 29), date(2024, 2, 29)))
    assert one.holds(date(2024, 3, 1)) and not one.holds(date(2024, 3, 2)) and not one.holds(date(2024, 2, 29))


def test_both_windows_have_the_same_length_and_touch():
    assert NOVEMBER.before == Window(date(2023, 10, 2), date(2023, 10, 31))
    assert NOVEMBER.before.days == NOVEMBER.days == 30


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("2023-11-02", "2023-11-01"), ("2000-01-01", "2030-01-01"), ("0001-01-01", "0001-01-02")],
)
def test_a_window_that_cannot_be_is_refused(begins, ends):
    with pytest.raises(Refused, match="时段"):
        Window(date.fromisoformat(begins), date.fromisoformat(ends))


def test_counting_keeps_citizens_places_and_likes_apart_and_leaves_out_other_days():
    rows = [
        said("灯", "2023-11-01", "赖", ["源城区"], 3),
        said("灯", "2023-11-30", "赖", ["源城区", "东源县"], -9),
        said("灯", "2023-11-15", "刘", [], 4),
        said("灯", "2023-10-31"),
        said("灯", "2023-10-01"),
        said("灯", "2023-12-01"),
        said("水", "2023-11-02"),
        said("旧", "2023-10-05"),
    ]
    assert count(rows, NOVEMBER) == {"灯": Counts(3, 2, 2, 1, 7), "水": Counts(1, 1, 0, 0, 0)}


def test_nothing_is_compared_with_an_earlier_window_that_is_empty():
    found = count([said("灯", "2023-11-01")] * 40, NOVEMBER)["灯"]
    assert found.before is None
    assert growth(40, None) == (0.0, Trend.UNKNOWN)


@pytest.mark.parametrize(
    ("now", "before", "trend"),
    [
        (1, 0, Trend.LEVEL), (3, 0, Trend.LEVEL), (4, 0, Trend.UP), (6, 3, Trend.LEVEL), (60, 30, Trend.UP),
        (3, 6, Trend.LEVEL), (30, 60, Trend.DOWN), (10, 10, Trend.LEVEL), (0, 0, Trend.LEVEL),
    ],
)  # fmt: skip
def test_growth_is_only_called_so_when_the_numbers_are_large_enough(now, before, trend):
    assert growth(now, before).trend == trend


def test_double_from_many_proves_more_growth_than_double_from_few():
    assert 0 == growth(6, 3).value < growth(60, 30).value < growth(600, 300).value < 1 / 3
    assert growth(30, 60).value == pytest.approx(-growth(60, 30).value)


@given(NUMBERS, NUMBERS)
def test_growth_lies_between_minus_one_and_one_and_its_sign_is_its_trend(now, before):
    value, trend = growth(now, before)
    assert -1 < value < 1
    assert {Trend.UP: value > 0, Trend.DOWN: value < 0, Trend.LEVEL: value == 0}[trend]


@given(some.integers(0, 500), some.integers(1, 500))
def test_an_interval_holds_its_share(part, more):
    low, high = interval(part, part + more)
    assert 0 <= low <= part / (part + more) <= high <= 1
    assert interval(0, 0) == (0.0, 1.0)


def test_the_score_is_the_sum_of_the_components_that_are_shown():
    weights = Weights(size=1, citizens=2, places=0.5, growth=2, likes=0.25)
    one = Hot("灯", Counts(size=7, citizens=3, places=1, before=0, likes=15), weights)
    points = {part.factor: part.points for part in one.components}
    assert list(points) == list(Factor)
    assert points[Factor.SIZE] == 3 and points[Factor.CITIZENS] == 4
    assert points[Factor.PLACES] == 0.5 and points[Factor.LIKES] == 1
    assert points[Factor.GROWTH] == 2 * growth(7, 0).value > 0
    assert one.score == round(sum(points.values()), 2)


def test_many_citizens_are_hotter_than_one_who_writes_often():
    ranked = rank({"一人": Counts(30, 1), "众人": Counts(30, 30)})
    assert [one.key for one in ranked] == ["众人", "一人"]


def test_too_few_stand_behind_whatever_their_score_and_are_marked():
    many_likes = Counts(4, 4, 4, 0, 10**9)
    ranked = rank({"少": many_likes, "多": Counts(5, 1, 0, 50), "无": Counts(0, 0, 0, 3)})
    assert [(one.key, one.small) for one in ranked] == [("多", False), ("少", True)]
    assert ranked[1].score > ranked[0].score


def test_equals_stand_in_a_fixed_order():
    counted = {key: Counts(6, 6) for key in "丙乙甲"}
    assert [one.key for one in rank(counted)] == [one.key for one in rank(dict(reversed(counted.items())))] == sorted("丙乙甲")


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2019-07-05 10:20:30", date(2019, 7, 5)), ("2019/7/5", date(2019, 7, 5)), ("2019年7月5日", date(2019, 7, 5)),
        ("2019-02-30", None), ("昨天", None), ("", None), ("2019-07-051", None),
    ],
)  # fmt: skip
def test_days_are_read_as_files_write_them(time, day):
    assert day_of(time) == day


@pytest.fixture
def run(tmp_path):
    def run(rows, *options):
        (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        files = ["--read", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl")]
        result = CliRunner().invoke(text, ["hot", *files, *options])
        out = tmp_path / "out.jsonl"
        return result, [json.loads(line) for line in out.read_text("utf-8").splitlines()] if out.exists() else []

    return run


def row(n, cluster, day="2023-11-05", **more):
    usual = {"id": n, "title": f"第{n}条", "body": "", "time": f"{day} 08:00", "user": f"u{n}", "likes": 1, "cluster": cluster}
    return usual | more


def test_a_file_with_clusters_is_ranked_by_them(run):
    rows = [row(n, "灯") for n in range(6)] + [row(7, "灯", "2023-10-20"), row(8, "灯", ""), row(9, "水", likes="很多", user="")]
    result, written = run(rows, "--from", "2023-11-01", "--to", "2023-11-30")
    assert result.exit_code == 0 and "1 条没有时间未计入" in result.stderr
    lamp, water = written
    assert [lamp[name] for name in ("rank", "size", "citizens", "before", "likes", "trend")] == [1, 6, 6, 1, 6, "level"]
    assert lamp["ids"] == [0, 1, 2, 3, 4, 5] and lamp["title"] == "第0条" and not lamp["small"]
    assert lamp["score"] == pytest.approx(sum(lamp["points"].values()), abs=0.03)
    assert (water["rank"], water["size"], water["likes"], water["small"]) == (None, 1, 0, True)


def test_a_file_without_clusters_is_grouped_first_and_only_the_top_is_written(run):
    words = "源城区滨江花园门口的路灯坏了半个月，晚上黑漆漆的，请尽快修好。"
    rows = [{"id": n, "title": "滨江花园路灯坏了", "body": words, "time": "2023-11-05", "user": n} for n in range(5)]
    rows.append({"id": "x", "title": "拖欠工资", "body": "老板拖欠工资三个月没有发", "time": "2023-11-06"})
    result, written = run(rows, "--top", "1")
    assert result.exit_code == 0 and len(written) == 1
    assert written[0]["ids"] == [0, 1, 2, 3, 4] and written[0]["citizens"] == 5 and written[0]["places"] == 1


def test_the_weights_may_come_from_a_rulebook(run, tmp_path):
    (tmp_path / "ours.toml").write_text("[hot]\nlikes = { value = 10.0 }\nrank_from = { value = 1 }\n", encoding="utf-8")
    _result, written = run([row(1, "灯")], "--rules", str(tmp_path / "ours.toml"))
    assert written[0]["rank"] == 1 and written[0]["points"]["likes"] == 10


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--from", "上周"), "“上周”不是日期"),
        (("--from", "2023-11-09", "--to", "2023-11-01"), "早于开始"),
        (("--rules", "没有.toml"), "读不到 [hot] 的权重"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(run, options, said):
    result, _written = run([row(1, "灯")], *options)
    assert result.exit_code == 2 and said in result.stderr and len(result.stderr.strip().splitlines()) == 1


def test_an_empty_file_and_one_without_times_have_no_hot_issue(run):
    for rows in ([], [row(1, "灯", "")]):
        result, written = run(rows)
        assert result.exit_code == 0 and written == [] and "没有一条有时间" in result.stderr
