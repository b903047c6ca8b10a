"""留痕: one act, one line, one chain; what is changed behind its back is found."""

import json
import os
from datetime import date
from threading import Thread

import pytest
from django.db import close_old_connections, connection

from mianduimian.journal import acts
from mianduimian.journal.acts import act, record
from mianduimian.journal.models import Head, Line
from mianduimian.journal.rules import keyed_digest
from mianduimian.people.models import Region

DAY = date(2023, 11, 16)


@act
def rename(region, name, *, by, on, fail=False):
    was, region.name = region.name, name
    region.save()
    record("test.rename", region, by=by, on=on, was={"name": was}, now={"name": name}, why="更名")
    if fail:
        raise ValueError("在记录之后失败")
    return region


@act
def rename_both(first, second, *, by, on):
    rename(first, "甲", by=by, on=on)
    try:
        rename(second, "乙", by=by, on=on, fail=True)
    except ValueError:
        pass
    record("test.rename_both", first, by=by, on=on)


@pytest.fixture
def chain(city, clock):
    """Five lines and the two that founding the city left."""
    for name in "东南西北中":
        rename(city, name, by=clock, on=DAY)
    return Line.objects.all()


def behind_its_back(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_line_says_who_when_what_was_and_is_and_why(chain, clock):
    line = chain.get(number=4)
    assert (line.actor_name, line.on, line.verb, line.why) == (clock.name, DAY, "test.rename", "更名")
    assert line.differences == [("name", "东", "南")]


def test_each_line_carries_the_hash_of_the_one_before(chain):
    lines = list(chain.order_by("number"))
    assert [line.number for line in lines] == list(range(1, 8))
    assert all(after.previous == before.hash for before, after in zip(lines, lines[1:], strict=False))
    assert acts.verify() is None


@pytest.mark.parametrize("column", ["why", "actor_name", "verb", "subject_id", "hash"])
def test_a_changed_line_is_named(chain, column):
    behind_its_back(f"UPDATE journal_line SET {column} = 'x' WHERE number = 3")
    assert acts.verify().number == 3


def test_a_changed_was_or_is_is_named(chain):
    behind_its_back("UPDATE journal_line SET now = %s WHERE number = 5", json.dumps({"name": "改"}))
    assert acts.verify().number == 5


@pytest.mark.parametrize("number", [1, 4])
def test_a_deleted_line_is_named(chain, number):
    behind_its_back("DELETE FROM journal_line WHERE number = %s", number)
    assert acts.verify().number == number


def test_a_cut_tail_is_seen_by_the_head_in_the_database(chain):
    behind_its_back("DELETE FROM journal_line WHERE number >= 6")
    broken = acts.verify()
    assert broken.number == 6
    assert "只剩 5 行" in broken.reason


def test_a_cut_tail_is_seen_by_the_head_outside_even_when_the_inner_one_is_wound_back(
    city, clock, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for name in "东南西":
            rename(city, name, by=clock, on=DAY)
    last = Line.objects.order_by("number").last()
    behind_its_back("DELETE FROM journal_line WHERE number = %s", last.number)
    behind_its_back("UPDATE journal_head SET count = %s, hash = %s", last.number - 1, last.previous)
    assert acts.verify().number == last.number


def test_a_whole_chain_written_anew_differs_from_the_head_outside(city, clock, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        rename(city, "真", by=clock, on=DAY)
    line = Line.objects.order_by("number").last()
    line.why = "假"
    line.hash = line.digest()
    line.save()
    Head.objects.update(hash=line.hash)
    assert "库外" in acts.verify().reason


def test_the_head_outside_never_goes_back(city, clock, settings):
    acts._keep_head(9, "b" * 64)
    acts._keep_head(8, "a" * 64)
    assert json.loads(acts.head_file().read_text())["count"] == 9


def test_what_is_rolled_back_leaves_no_line(city, clock):
    before = Line.objects.count()
    with pytest.raises(ValueError, match="失败"):
        rename(city, "无", by=clock, on=DAY, fail=True)
    assert Line.objects.count() == before
    assert Region.objects.get(pk=city.pk).name == "河源市"


def test_an_act_within_an_act_shares_its_transaction_and_a_failed_one_takes_only_its_own_lines(city, clock):
    other = Region.objects.get(pk="441602")
    rename_both(city, other, by=clock, on=DAY)
    assert list(Line.objects.order_by("number").values_list("verb", flat=True))[-2:] == ["test.rename", "test.rename_both"]
    assert Region.objects.get(pk="441602").name == "源城区"
    assert acts.verify() is None


def test_outside_an_act_nothing_is_recorded(city, clock):
    with pytest.raises(RuntimeError, match="inside an act"):
        record("test.alone", city, by=clock, on=DAY)


def test_sealed_values_are_kept_only_as_digests_that_die_with_their_key():
    key = os.urandom(16)
    assert keyed_digest("19900000001", key) == keyed_digest("19900000001", key)
    assert keyed_digest("19900000001", key) != keyed_digest("19900000001", os.urandom(16))


@pytest.mark.parametrize("name", ["𠮷野家", "e\u0301", "\u202e反", "a\x00b", "\ud800孤", "🚦"])
def test_any_text_survives_the_chain(city, clock, name):
    @act
    def note(region, *, by, on):
        record("test.note", region, by=by, on=on, now={"name": name}, why=name)

    note(city, by=clock, on=DAY)
    assert acts.verify() is None


@pytest.mark.django_db(transaction=True)
def test_eight_hands_at_once_make_one_unbroken_chain(city, clock):
    before = Line.objects.count()

    def write(number):
        for turn in range(5):
            rename(Region.objects.get(pk="441602"), f"区{number}-{turn}", by=clock, on=DAY)
        close_old_connections()
        connection.close()

    hands = [Thread(target=write, args=[number]) for number in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert Line.objects.count() == before + 40
    assert acts.verify() is None


def test_the_command_names_the_first_broken_line(chain):
    from click.testing import CliRunner

    from mianduimian.journal.commands import journal

    assert "完好：7 行" in CliRunner().invoke(journal, ["verify"]).output
    behind_its_back("UPDATE journal_line SET why = 'x' WHERE number = 2")
    result = CliRunner().invoke(journal, ["verify"])
    assert "第 2 行被改动" in result.output
    assert result.exit_code == 1
