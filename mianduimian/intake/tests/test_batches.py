"""Files: what is good goes in, what is bad is named, nothing goes in twice, a killed run goes on."""

import pytest

from mianduimian.intake import acts, jobs
from mianduimian.intake.acts import batches
from mianduimian.intake.models import Batch, Mapping, Submission
from mianduimian.intake.rules import BatchState
from mianduimian.intake.tests.conftest import HEADS
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.refusal import NotYours, Refused


def counts(batch):
    return (batch.fresh, batch.known, batch.bad_rows.count())


def test_a_file_goes_in_and_again_adds_nothing(run, export):
    assert counts(run(export(7))) == (7, 0, 0)
    assert counts(run(export(7))) == (0, 7, 0)
    assert counts(run(export(9))) == (2, 7, 0)
    assert Submission.objects.count() == 9


def test_the_class_that_the_source_gave_goes_in_with_the_row(run, xlsx):
    run(xlsx(["工单编号", "标题", "内容", "诉求分类"], ["GD1", "停车", "乱停车", "城市管理/违停"], ["GD2", "灯", "灯不亮", ""]))
    assert list(Submission.objects.order_by("pk").values_list("source_class", flat=True)) == ["城市管理/违停", ""]


def test_every_bad_row_is_named_with_its_number_and_reason_and_the_rest_goes_in(run, export):
    bad = [
        ["GD90", "空", "  ".strip(), "2023-11-01"],
        ["GD91", "", "时间不对", "不知道哪天"],
        ["GD92", "", "未来的事", "2098-01-01"],
        ["GD93", "", "很久以前", "0001-01-01"],
        ["GD1", "", "编号被占用"],
        ["G" * 61, "", "编号太长"],
    ]
    bad[0][1] = ""
    batch = run(export(3, *bad))
    assert counts(batch) == (3, 0, 6)
    named = {row.row: row.reason for row in batch.bad_rows.all()}
    assert list(named) == [5, 6, 7, 8, 9, 10]
    for row, why in {5: "内容为空", 6: "不是能认的时间", 7: "2098年", 8: "1年", 9: "GD1已经收过", 10: "来源编号超过60字"}.items():
        assert why in named[row]


def test_a_row_with_a_nul_is_refused_by_itself(run):
    batch = run("编号,内容\n1,好好的一行字\n2,有\0空字符\n3,也是好好的一行\n".encode(), name="a.csv")
    assert counts(batch) == (2, 0, 1)
    assert "NUL" in batch.bad_rows.get().reason


def test_the_same_number_twice_in_one_file_is_one_submission(run, export):
    twice = ["GD1", "标题1", "第1个路口的红绿灯坏了"]
    assert counts(run(export(3, twice))) == (3, 1, 0)


def test_the_same_words_in_one_file_all_point_to_the_first(run, xlsx):
    run(xlsx(HEADS, *[[f"GD{n}", "灯", "灯坏了"] for n in range(4)], ["GD9", "别的", "别的"]))
    first, *rest, other = Submission.objects.order_by("pk")
    assert [row.like for row in rest] == [first] * 3
    assert (first.like, other.like) == (None, None)


def test_rows_without_numbers_go_in_once_by_what_they_say_and_who(run, xlsx):
    rows = [["", "灯", "灯坏了", "", "陈小明", "13800138000"], ["", "灯", "灯坏了", "", "黄大江", "13900139000"]]
    assert counts(run(xlsx(HEADS, *rows, rows[0]))) == (2, 1, 0)
    assert counts(run(xlsx(HEADS, *rows))) == (0, 2, 0)


def test_the_same_phone_in_one_file_is_one_citizen(run, xlsx):
    run(xlsx(HEADS, *[[f"GD{n}", "", f"第{n}件", "", "陈小明", "13800138000"] for n in range(3)]))
    assert len(set(Submission.objects.values_list("citizen", flat=True))) == 1


def test_chunks_make_no_difference(run, export, monkeypatch):
    monkeypatch.setattr(batches, "CHUNK", 4)
    assert counts(run(export(11, ["GD1", "", "占用"]))) == (11, 0, 1)


def test_a_killed_run_goes_on_where_it_stopped(begin, export, office, day, monkeypatch):
    monkeypatch.setattr(batches, "CHUNK", 4)
    raw = export(10, ["GD1", "", "占用"])
    batch = begin(raw)

    class Killed(BaseException):
        pass

    def kill(batch):
        if batch.done == 8:
            raise Killed

    with pytest.raises(Killed):
        acts.run_batch(batch, by=office, on=day, tell=kill)
    assert (Submission.objects.count(), Batch.objects.get().state) == (8, BatchState.RUNNING)
    assert begin(raw) == batch
    assert counts(acts.run_batch(batch, by=office, on=day)) == (10, 0, 1)
    assert counts(acts.run_batch(batch, by=office, on=day)) == (10, 0, 1)
    assert Line.objects.filter(verb="intake.run_batch").count() == 1


def test_one_line_is_journalled_for_a_whole_file(run, export):
    batch = run(export(5, ["GD90", "", "", ""]))
    (line,) = Line.objects.filter(verb="intake.run_batch")
    assert line.now == {"batch": batch.pk, "file": "热线.xlsx", "rows": 6, "fresh": 5, "known": 0, "bad": 1}
    assert not Line.objects.filter(verb="intake.receive").exists()
    assert journal.verify() is None


def test_a_file_is_kept_under_a_name_of_its_own_and_only_until_it_is_read(
    begin, export, office, day, django_capture_on_commit_callbacks
):
    batch = begin(export(), name="../../etc/名单.xlsx")
    assert batch.file_name == "名单.xlsx"
    assert batch.path.exists() and "名单" not in str(batch.path)
    assert batch.path.stat().st_mode & 0o077 == 0
    with django_capture_on_commit_callbacks(execute=True):
        acts.run_batch(batch, by=office, on=day)
    assert not batch.path.exists()


def test_columns_that_were_confirmed_once_are_remembered_for_their_source(begin, xlsx, office, day):
    strange = xlsx(["甲", "乙"], ["1", "灯坏了"])
    batch = begin(strange, source="镇上")
    with pytest.raises(Refused, match="哪一列是内容"):
        acts.run_batch(batch, by=office, on=day)
    with pytest.raises(Refused, match="哪一列是内容"):
        acts.map_columns(batch, {"name": "甲", "text": ""}, by=office, on=day)
    acts.map_columns(batch, {"source_number": "甲", "text": "乙"}, by=office, on=day)
    assert counts(acts.run_batch(batch, by=office, on=day)) == (1, 0, 0)
    assert Mapping.objects.get().columns == {"source_number": "甲", "text": "乙"}
    assert begin(xlsx(["乙", "甲"], ["路坏了", "2"]), source="镇上").mapping == {"source_number": "甲", "text": "乙"}
    assert begin(xlsx(["乙", "甲"], ["路坏了", "3"]), source="别处").mapping == {}


def test_what_is_being_read_is_neither_mapped_nor_given_up(begin, export, office, day):
    batch = begin(export())
    acts.map_columns(batch, batch.mapping, by=office, on=day)
    with pytest.raises(Refused, match="已经在处理"):
        acts.map_columns(batch, {"text": "标题"}, by=office, on=day)
    with pytest.raises(Refused, match="已经在处理"):
        acts.drop(batch, by=office, on=day)


def test_a_file_that_is_given_up_is_destroyed(begin, export, office, day, django_capture_on_commit_callbacks):
    batch = begin(export())
    with django_capture_on_commit_callbacks(execute=True):
        acts.drop(batch, by=office, on=day)
    assert not batch.path.exists()
    assert acts.run_batch(batch, by=office, on=day).fresh == 0


def test_a_file_that_is_gone_is_said_to_be_gone(begin, export, office, day):
    batch = begin(export())
    batch.path.unlink()
    assert "重新上传" in acts.run_batch(batch, by=office, on=day).problem


def test_a_file_above_the_limit_is_refused_and_nothing_is_kept(begin, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    with pytest.raises(Refused, match="超过1 MB的上限"):
        begin(b"a" * (1024 * 1024 + 1))
    assert not Batch.objects.exists()
    assert not (settings.MEDIA_ROOT / "batches").exists()


def test_what_cannot_be_read_leaves_no_file_behind(begin, settings):
    with pytest.raises(Refused, match="PDF"):
        begin(b"%PDF-1.7", name="表.xlsx")
    assert not (settings.MEDIA_ROOT / "batches").exists()


def test_an_ended_round_takes_no_file(begin, export, round, day):
    round.ended_on = day
    with pytest.raises(Refused, match="不再收件"):
        begin(export())


@pytest.mark.parametrize("role", ["unit", "visitor", "supervisor", "leader", "clock"])
def test_nobody_but_the_office_imports(round, export, hire, day, role):
    with pytest.raises(NotYours):
        acts.begin_batch(round, channel="hotline", source="", file=("a.xlsx", export()), by=hire(role), on=day)


def test_the_job_run_twice_takes_in_once(begin, export):
    batch = begin(export(4))
    assert jobs.run.call(batch.pk) == jobs.run.call(batch.pk)
    assert Submission.objects.count() == 4
