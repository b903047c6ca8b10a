"""Taking in one submission: once, whole, sealed."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from mianduimian.intake import acts
from mianduimian.intake.acts import shelf
from mianduimian.intake.models import Submission
from mianduimian.intake.rules import new_receipt
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused


@pytest.fixture
def receive(round, office, day):
    return lambda said: acts.receive(round, said, by=office, on=day)


def test_a_submission_is_taken_in_with_a_receipt_and_a_sealed_identity(receive, said):
    submission, fresh = receive(said())
    assert fresh
    assert len(submission.receipt) == 12
    assert submission.citizen.masked == "陈** 138****8000"


def test_the_database_holds_no_identity_in_the_clear(receive, said):
    receive(said(email="chen@example.cn", address="建设路1号"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, email, address, phone_index FROM intake_citizen")
        row = " ".join(cursor.fetchone())
    assert not [clear for clear in ("陈小明", "13800138000", "chen@example.cn", "建设路1号") if clear in row]


def test_the_same_without_a_number_is_the_same_submission_whatever_its_width_and_spaces(receive, said):
    first, _fresh = receive(said())
    again, fresh = receive(said(text="路口的 红绿灯坏了", phone="１３８００１３８０００"))
    assert (again, fresh) == (first, False)


def test_the_sources_own_class_is_kept_in_plain_width_and_never_costs_the_submission(receive, said):
    submission, _fresh = receive(said(source_class=" Ａ０１ 交通管理"))
    assert submission.source_class == "A01 交通管理"
    again, fresh = receive(said(source_class="市容"))
    assert (again, fresh) == (submission, False), "another class is no other submission"
    long, _fresh = receive(said("另一件事", source_class="类" * 500))
    assert len(long.source_class) == 120
    with pytest.raises(Refused, match="NUL"):
        receive(said("又一件事", source_class="A\x00"))


def test_the_same_words_of_another_citizen_are_another_submission(receive, said):
    first, _fresh = receive(said())
    other, fresh = receive(said(name="黄大江", phone="13900139000"))
    assert fresh
    assert other.like == first


def test_a_source_number_is_taken_in_once(receive, said):
    first, _fresh = receive(said(source_number="GD1"))
    assert receive(said(source_number="ＧＤ１ ")) == (first, False)


def test_a_source_number_under_which_something_else_stands_is_refused_not_overwritten(receive, said):
    receive(said(source_number="GD1"))
    with pytest.raises(Refused, match="编号GD1已经收过，内容与这一行不同"):
        receive(said("另一件事", source_number="GD1"))
    assert Submission.objects.get().text == "路口的红绿灯坏了"


def test_the_same_words_under_another_number_are_kept_and_point_to_the_first(receive, said):
    first, *others = [receive(said(source_number=f"GD{n}"))[0] for n in range(3)]
    assert [other.like for other in others] == [first, first]


def test_the_same_phone_is_the_same_citizen_unless_the_name_differs(receive, said):
    first, second, third = [
        receive(said(f"第{n}件", name=name))[0] for n, name in enumerate(["陈小明", "陈小明", "黄大江"])
    ]
    assert first.citizen == second.citizen
    assert third.citizen != first.citizen


def test_a_whistle_blower_is_never_linked_to_what_they_said_openly(receive, said):
    opened, secret, later = [receive(said(f"第{n}件", confidential=n == 1))[0] for n in range(3)]
    assert secret.citizen not in (opened.citizen, later.citizen)


def test_a_receipt_that_was_given_is_never_given_again(receive, said, monkeypatch):
    taken = receive(said())[0].receipt
    codes = iter([taken, taken, new_receipt()])
    monkeypatch.setattr(shelf, "new_receipt", lambda: next(codes))
    assert receive(said("第二件"))[0].receipt != taken


def test_a_title_alone_is_what_was_said(receive, said):
    assert receive(said("  ", title="请修路灯"))[0].text == "请修路灯"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"text": " ", "title": ""}, "内容为空"),
        ({"text": "有\x00空字符"}, "NUL"),
        ({"name": "陈\x00"}, "NUL"),
        ({"text": "半个\ud842字"}, "无法识别的字符"),
        ({"text": "长" * 20_001}, "超过20000字"),
        ({"title": "长" * 201}, "标题超过200字"),
        ({"said_at": datetime(1, 1, 1)}, "1年，不在1990年至今"),
        ({"said_at": datetime(9999, 12, 31, 23, 59)}, "9999年"),
        ({"said_at": datetime(2023, 11, 17, 0, 30)}, "晚于收件日期2023-11-16"),
        ({"said_at": datetime(2023, 11, 16, 16, 30, tzinfo=UTC)}, "晚于收件日期"),
    ],
)
def test_what_cannot_be_is_refused_in_words(receive, said, more, why):
    with pytest.raises(Refused, match=why):
        receive(said(**more))
    assert not Submission.objects.exists()


def test_half_past_midnight_here_is_today_though_it_is_yesterday_elsewhere(receive, said):
    submission, _fresh = receive(said(said_at=datetime(2023, 11, 15, 16, 30, tzinfo=UTC)))
    assert submission.said_at.isoformat() == "2023-11-16T00:30:00+08:00"


def test_a_region_nobody_knows_is_kept_in_the_place(receive, said):
    known, unknown = receive(said("一", region="源城区"))[0], receive(said("二", region="某某新区", place="大桥头"))[0]
    assert (known.region_id, known.place) == ("441602", "")
    assert (unknown.region, unknown.place) == (None, "某某新区 大桥头")


def test_an_ended_round_takes_nothing_in(round, office, day, said):
    round.ended_on = day
    with pytest.raises(Refused, match="不再收件"):
        acts.receive(round, said(), by=office, on=day)


def test_a_handling_unit_takes_nothing_in_and_the_clock_may(round, handler, day, said):
    with pytest.raises(NotYours):
        acts.receive(round, said(), by=handler, on=day)
    assert acts.receive(round, said(), by=Person.objects.clock(), on=day)[1]


def test_one_line_is_journalled_and_holds_neither_words_nor_identity(receive, said):
    submission, _fresh = receive(said(source_number="GD1"))
    receive(said(source_number="GD1"))
    (line,) = Line.objects.filter(verb="intake.receive")
    written = str(line.facts())
    assert not [clear for clear in ("陈小明", "13800138000", "红绿灯", "GD1") if clear in written]
    assert set(line.sealed) == {"title", "text", "place", "source_number", "name", "phone", "email", "address", "wechat"}
    assert Line.objects.of(submission).get() == line
    assert journal.verify() is None


def test_the_same_token_gives_the_same_submission(round, office, day, said):
    first, again = (acts.speak(round, said(), token="once", by=office, on=day) for _click in range(2))
    assert first == again
    assert Submission.objects.count() == Line.objects.filter(verb="intake.receive").count() == 1


def test_the_same_token_with_other_words_is_refused(round, office, day, said):
    acts.speak(round, said(), token="once", by=office, on=day)
    with pytest.raises(Refused, match="已经提交过，内容却不同"):
        acts.speak(round, said("另一件"), token="once", by=office, on=day)
    assert Submission.objects.count() == 1


def test_what_is_received_on_a_day_keeps_that_day(round, office, said):
    assert acts.receive(round, said(), by=office, on=date(2023, 10, 21))[0].received_on == date(2023, 10, 21)
