"""公布的链头: whoever kept a copy of the published days finds out when history was rewritten, be it by one byte."""

import json
import threading
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner
from django.db import connection

from mianduimian.journal import acts
from mianduimian.journal.acts import act, record
from mianduimian.journal.commands import journal
from mianduimian.journal.models import DayHead, Head, Line
from mianduimian.journal.published import read
from mianduimian.journal.rules import GENESIS
from mianduimian.refusal import Refused

DAY = date(2023, 11, 16)


@act
def note(region, why, *, by, on):
    record("test.note", region, by=by, on=on, why=why)


@pytest.fixture
def kept(city, clock, tmp_path):
    """Three days, two lines a day, and a copy of what was published of them."""
    for n in range(3):
        acts.keep_day(DAY + timedelta(n))
        for word in "甲乙":
            note(city, f"{word}{n}", by=clock, on=DAY + timedelta(n))
    acts.keep_day(DAY + timedelta(3))
    copy = tmp_path / "heads.csv"
    copy.write_text(CliRunner().invoke(journal, ["heads"]).output)
    return copy


def verify(*sources):
    return CliRunner().invoke(journal, ["verify", *(word for source in sources for word in ("--published", str(source)))])


def rewrite_from(number):
    """What a skilled forger does: chain everything anew behind a changed line, the head too, inside and outside."""
    previous = Line.objects.get(number=number).previous
    for line in Line.objects.filter(number__gte=number).order_by("number"):
        line.previous = previous
        previous = line.hash = line.digest()
        line.save()
    Head.objects.update(hash=previous)
    acts.head_file().unlink(missing_ok=True)


def test_an_honest_chain_agrees_with_what_was_published(kept):
    answer = verify(kept)
    assert answer.exit_code == 0
    assert "与公布的 4 天链头一致" in answer.output


@pytest.mark.parametrize("back", range(1, 6))
def test_one_byte_of_history_flipped_and_chained_anew_is_caught_by_the_copy_alone(kept, back):
    line = Line.objects.get(number=Head.objects.get().count - back)
    line.why = chr(ord(line.why[0]) ^ 1) + line.why[1:]
    line.save()
    rewrite_from(line.number)
    assert acts.verify() is None
    answer = verify(kept)
    assert answer.exit_code == 1
    assert "历史被改写过" in answer.output


def test_one_byte_flipped_in_the_database_is_named(kept):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_line SET actor_name = 'x' WHERE number = 3")
    assert "第 3 行被改动" in verify(kept).output


def test_a_tail_cut_off_without_a_trace_is_caught(kept):
    last = Head.objects.get().count
    Line.objects.filter(number__gt=last - 3).delete()
    end = Line.objects.order_by("-number").first()
    Head.objects.update(count=end.number, hash=end.hash)
    acts.head_file().unlink(missing_ok=True)
    assert acts.verify() is None
    assert f"公布过第 {last - 2} 行，现在没有这一行" in verify(kept).output


def test_a_day_is_kept_once_and_never_changes(city, clock):
    first = acts.keep_day(DAY)
    note(city, "后来", by=clock, on=DAY)
    assert acts.keep_day(DAY) == first
    assert DayHead.objects.get().number == first.number


def test_a_day_before_the_first_line_agrees_too(db):
    acts.keep_day(DAY)
    assert (DayHead.objects.get().number, DayHead.objects.get().hash) == (0, GENESIS)
    assert acts.compare(read(f"on,number,hash\n{DAY},0,{GENESIS}\n")) is None


def test_a_copy_is_read_from_a_web_address_as_json(kept, tmp_path):
    days = [{"on": day.on, "number": day.number, "hash": day.hash} for day in read(kept.read_text())]
    (tmp_path / "heads.json").write_text(json.dumps({"algorithm": "SHA-256", "days": days}))

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert verify(kept, f"http://127.0.0.1:{server.server_port}/heads.json").exit_code == 0
        assert verify(f"http://127.0.0.1:{server.server_port}/none.json").exit_code == 2
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "{}", '{"days": [{"on": 1}]}', "on,number,hash\n2023-11-16,x,y\n", "{"])
def test_what_is_no_list_of_days_is_refused_in_words(text):
    if text == "":
        assert read(text) == []
        return
    with pytest.raises(Refused, match="链头清单"):
        read(text)


def test_a_file_that_is_not_there_is_said_so(db, tmp_path):
    answer = verify(tmp_path / "nothing.csv")
    assert answer.exit_code == 2
    assert "读不到" in answer.output
