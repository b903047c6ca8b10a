"""`mianduimian import`, as a clerk types it."""

import pytest
from click.testing import CliRunner

from mianduimian.intake.commands import import_file
from mianduimian.intake.models import Submission


@pytest.fixture
def type_in(round, tmp_path):
    """Import a file's bytes under the round's code."""

    def typed(raw, *more, code=round.code):
        path = tmp_path / "热线.xlsx"
        path.write_bytes(raw)
        return CliRunner().invoke(import_file, [str(path), "--round", code, "--channel", "hotline", *more])

    return typed


def test_the_last_line_counts_what_came_of_the_file(type_in, export):
    done = type_in(export(5))
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "新收 5 宗，已有 0 宗，未能收入 0 行")
    again = type_in(export(5))
    assert (again.exit_code, again.stdout.splitlines()[-1]) == (0, "新收 0 宗，已有 5 宗，未能收入 0 行")


def test_bad_rows_are_listed_and_are_no_failure(type_in, export):
    done = type_in(export(2, ["GD9", "", "", ""], ["GD8", "", "未来", "2098-01-01"]))
    assert done.exit_code == 0
    first, second, last = done.stdout.splitlines()
    assert first.startswith("第 4 行：内容为空")
    assert second.startswith("第 5 行：反映时间是2098年")
    assert last == "新收 2 宗，已有 0 宗，未能收入 2 行"


def test_it_says_which_column_it_took_for_what(type_in, export):
    assert "内容←内容，反映时间←时间，姓名←姓名，电话←电话" in type_in(export(1)).stderr


def test_columns_may_be_named(type_in, xlsx):
    strange = xlsx(["甲", "乙"], ["1", "灯坏了"])
    refused = type_in(strange)
    assert (refused.exit_code, "哪一列是内容" in refused.stderr) == (1, True)
    assert type_in(strange, "--column", "text=乙", "--column", "source_number=甲").exit_code == 0
    assert Submission.objects.get().source_number == "1"


@pytest.mark.parametrize(
    ("raw", "why"),
    [(b"", "文件是空的"), (b"%PDF-1.7", "PDF"), (b"PK\x03\x04broken", "损坏"), ("编号,内容\n".encode(), "只有表头")],
)
def test_what_cannot_be_read_fails_in_words(type_in, raw, why):
    done = type_in(raw)
    assert (done.exit_code, why in done.stderr, done.stdout) == (1, True, "")


def test_unknown_rounds_and_persons_are_named(type_in, export):
    assert "没有期号为999" in type_in(export(1), code="999").stderr
    assert "没有用户名为nobody" in type_in(export(1), "--by", "nobody").stderr


def test_it_is_done_in_somebodys_name(type_in, export, hire, handler):
    clerk = hire("office")
    assert type_in(export(1), "--by", clerk.username).exit_code == 0
    assert Submission.objects.get().received_by == clerk
    refused = type_in(export(2), "--by", handler.username)
    assert (refused.exit_code, "专班工作人员" in refused.stderr) == (1, True)


def test_a_file_above_the_limit_is_not_even_read(type_in, export, settings):
    settings.UPLOAD_LIMIT = 1024
    assert "上限" in type_in(export(3)).stderr


def test_the_day_may_be_given(type_in, export):
    assert type_in(export(1), "--on", "2023-11-02").exit_code == 0
    assert str(Submission.objects.get().received_on) == "2023-11-02"
