"""The command line reads files as they come and says what it used."""

import json

import pytest
from click.testing import CliRunner

from mianduimian.text.commands import text


@pytest.fixture
def run(tmp_path):
    def run(verb, rows, *options, **learn):
        (tmp_path / "in.jsonl").write_text(rows if isinstance(rows, str) else lines(rows), encoding="utf-8")
        for name, examples in learn.items():
            (tmp_path / name).write_text(lines(examples), encoding="utf-8")
            options += ("--learn", str(tmp_path / name))
        result = CliRunner().invoke(
            text, [verb, *options, "--read", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl")]
        )
        out = tmp_path / "out.jsonl"
        written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] if out.exists() else []
        return result, written

    return run


def lines(rows):
    return "\n".join(json.dumps(row) for row in rows) + "\n"


def test_classify_with_the_shipped_examples_keeps_the_kind_of_the_ids(run):
    result, written = run("classify", [{"id": 7, "text": "路灯坏了没人修"}, {"id": "7", "text": "老板拖欠工资"}])
    assert result.exit_code == 0
    assert [(row["id"], row["label"]) for row in written] == [(7, "transport.light"), ("7", "labour.wages")]
    assert written[0].keys() == {"id", "label", "confidence", "second"}
    assert "自带模型" in result.stderr and "用时" in result.stderr.splitlines()[-1]


def test_classify_learns_from_raw_and_segmented_files_together(run):
    raw = [{"text": "路灯坏了", "label": "灯"}, {"text": "停水三天", "label": "水"}]
    segmented = [{"words": "路灯 不亮", "label": "灯"}, {"words": ["水管", "爆裂"], "label": "水"}]
    result, written = run("classify", [{"id": 1, "text": "水管坏了停水"}], raw=raw, segmented=segmented)
    assert (result.exit_code, written[0]["label"], written[0]["second"]) == (0, "水", "灯")
    assert "2 个样例文件" in result.stderr and "正在从 4 条样例学习" in result.stderr


def test_what_classify_learnt_is_kept_and_read_with_again(run, tmp_path):
    examples = [{"text": "路灯坏了", "label": "灯"}, {"text": "停水三天", "label": "水"}]
    model = ["--model", str(tmp_path / "kept.npz")]
    asked = [{"id": 1, "text": "灯坏了"}]
    learnt, kept = run("classify", asked, *model, examples=examples), run("classify", asked, *model)
    assert learnt[1] == kept[1] and kept[1][0]["label"] == "灯"
    assert "kept.npz" in kept[0].stderr


@pytest.mark.parametrize("label", [["灯"], {"灯": 1}])
def test_a_label_that_is_no_word_is_refused_in_one_sentence(run, label):
    result, written = run("classify", [{"id": 1, "text": "灯"}], bad=[{"text": "灯", "label": label}])
    assert (result.exit_code, written) == (2, []) and "label" in result.stderr


def test_events_gives_every_row_its_cluster_and_representative(run):
    body = "滨江花园门口的路灯坏了半个月，晚上黑漆漆的，请尽快修好。"
    rows = [
        {"id": 1, "title": "滨江花园路灯坏了", "body": body, "time": "2023-11-01"},
        {"id": 1.5, "title": "路灯", "body": body},
        {"id": None, "title": "拖欠工资", "body": "老板拖欠工资三个月"},
    ]
    result, written = run("events", rows)
    assert result.exit_code == 0
    assert [row["id"] for row in written] == [1, 1.5, None]
    assert written[0]["cluster"] == written[1]["cluster"] != written[2]["cluster"]
    assert written[0]["representative"] in (1, 1.5)


def test_replies_are_graded(run):
    result, written = run("replies", [{"id": 1, "title": "路灯", "body": "坏了", "reply": "您的来信已收悉，感谢您的关心。"}])
    assert (result.exit_code, written[0].keys()) == (0, {"id", "grade", "commitment", "relevance", "why"})
    assert (written[0]["grade"], written[0]["commitment"], written[0]["relevance"] < 0.5) == (0, False, True)
    assert "收悉" in written[0]["why"]
    assert "靠规则" in result.stderr and "用时" in result.stderr


def test_replies_learn_from_judged_rows_and_say_how_many_had_no_judgement(run):
    reply = "经核实，该路段属于小区内部道路，由物业负责。"
    judged = [
        {"title": "路灯", "reply": reply, "hand": {"grade": 1, "time_commitment": 0}},
        {"title": "路灯", "reply": "我局已更换路灯六盏。", "grade": 2, "commitment": True},
        {"title": "路灯", "reply": "没有判断的一条"},
    ]
    result, written = run("replies", [{"id": "a", "title": "路灯", "body": "坏了", "reply": reply}], judged=judged)
    assert (result.exit_code, written[0]["id"], written[0]["grade"]) == (0, "a", 1)
    assert "学习 2 条，1 条没有判断，未用" in result.stderr


def test_replies_without_any_judgement_cannot_be_learnt_from(run):
    result, written = run("replies", [{"id": 1, "reply": "您好"}], judged=[{"reply": "您好"}])
    assert (result.exit_code, written) == (2, [])
    assert "没有一条带有判断" in result.stderr


def test_redact_names_kind_and_place_of_what_it_found(run):
    result, written = run("redact", [{"id": 1, "text": "电话13800138000"}])
    assert (result.exit_code, written) == (
        0,
        [{"id": 1, "text": "电话138****8000", "found": [{"kind": "mobile", "start": 2, "end": 13}]}],
    )


@pytest.mark.parametrize("verb", ["classify", "events", "replies", "redact"])
def test_odd_rows_are_answered_one_for_one(run, verb):
    rows = [{"id": 1}, {"id": 2, "text": None, "body": 5}, {"id": 3, "text": "\ud800\x00", "title": "\ud800"}, {"id": "\ud800"}]
    result, written = run(verb, rows)
    assert (result.exit_code, [row["id"] for row in written]) == (0, [1, 2, 3, "\ud800"])


@pytest.mark.parametrize("verb", ["classify", "events", "replies", "redact"])
def test_an_empty_file_gives_an_empty_answer(run, verb):
    result, written = run(verb, "")
    assert (result.exit_code, written) == (0, [])


@pytest.mark.parametrize("line", ["{", "[1]", "3", "[" * 100_000])
def test_a_line_that_is_no_row_is_named(run, line):
    result, _written = run("redact", '{"id": 1}\n' + line)
    assert result.exit_code == 2
    assert "第2行" in result.stderr


def test_learning_from_one_class_is_refused_in_words(run):
    result, _written = run("classify", [{"id": 1, "text": "灯"}], one=[{"text": "灯", "label": "灯"}])
    assert (result.exit_code, "两个类别" in result.stderr) == (2, True)


def test_an_example_without_its_label_is_refused_in_words(run):
    result, _written = run("classify", [{"id": 1, "text": "灯"}], bad=[{"text": "灯"}])
    assert (result.exit_code, "label" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    "options", [("--read", "none.jsonl", "--out", "out.jsonl"), ("--read", "{0}/in", "--out", "{0}/none/out.jsonl")]
)
def test_a_file_that_cannot_be_opened_is_named(tmp_path, options):
    (tmp_path / "in").write_text('{"id": 1}')
    result = CliRunner().invoke(text, ["redact", *(word.format(tmp_path) for word in options)])
    assert (result.exit_code, "文件" in result.stderr) == (2, True)
