"""Opening a seal leaves a line; erasing a citizen leaves the chain whole and no trace of the person."""

import pytest
from django.db import connection

from mianduimian.intake import acts
from mianduimian.intake.rules import Identity, hide, mask_name, mask_phone, new_receipt
from mianduimian.intake.sealing import seal, unseal
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.refusal import NotYours, Refused


@pytest.fixture
def submission(round, office, day, said):
    text = "我是陈小明，家住建设路1号，电话13800138000，路灯坏了"
    return acts.receive(round, said(text, address="建设路1号", source_class="陈小明来电"), by=office, on=day)[0]


def test_a_seal_is_opened_for_a_reason_that_stays_on_record(submission, visitor, day):
    identity = acts.unmask(submission.citizen, why="电话回访", by=visitor, on=day)
    assert identity == Identity("陈小明", "13800138000", "", "建设路1号")
    (line,) = Line.objects.of(submission.citizen)
    assert (line.verb, line.why, line.actor_id) == ("intake.unmask", "电话回访", visitor.pk)
    assert "陈小明" not in str(line.facts())


def test_a_seal_is_not_opened_without_a_reason(submission, office, day):
    with pytest.raises(Refused, match="理由"):
        acts.unmask(submission.citizen, why="  ", by=office, on=day)


@pytest.mark.parametrize("role", ["unit", "supervisor", "leader", "system", "security", "audit"])
def test_nobody_else_opens_a_seal(submission, hire, day, role):
    with pytest.raises(NotYours):
        acts.unmask(submission.citizen, why="想看看", by=hire(role), on=day)


def test_an_office_elsewhere_does_not_open_it_either(submission, hire, day):
    with pytest.raises(NotYours, match="范围"):
        acts.unmask(submission.citizen, why="想看看", by=hire("office", "longchuan"), on=day)


def test_erasing_a_citizen_leaves_the_chain_whole_and_nothing_of_the_person(submission, office, day):
    acts.erase(submission.citizen, why="本人要求", by=office, on=day)
    submission.refresh_from_db()
    assert submission.text == "我是＊＊＊，家住＊＊＊，电话＊＊＊，路灯坏了" and submission.source_class == "＊＊＊来电"
    citizen = submission.citizen
    assert (citizen.masked, citizen.reachable, bytes(citizen.salt)) == ("", False, b"")
    assert journal.verify() is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, email, address, phone_index FROM intake_citizen")
        assert cursor.fetchone() == ("", "", "", "", "")


def test_what_was_erased_is_neither_opened_nor_erased_again(submission, office, day):
    acts.erase(submission.citizen, why="本人要求", by=office, on=day)
    submission.refresh_from_db()
    for verb in (acts.unmask, acts.erase):
        with pytest.raises(Refused, match="已于2023-11-16抹去"):
            verb(submission.citizen, why="再来", by=office, on=day)


def test_an_erased_citizen_does_not_come_back_with_the_same_file(submission, round, office, day, said):
    acts.erase(submission.citizen, why="本人要求", by=office, on=day)
    text = "我是陈小明，家住建设路1号，电话13800138000，路灯坏了"
    assert acts.receive(round, said(text, address="建设路1号"), by=office, on=day) == (submission, False)


def test_hiding_takes_the_longest_first_and_leaves_the_rest():
    assert hide("陈小明和陈小明明说路灯坏了", ["陈小明", "陈小明明"]) == "＊＊＊和＊＊＊说路灯坏了"
    assert hide("李子园的路灯", ["李"]) == "李子园的路灯"


def test_masks_show_no_more_than_they_should():
    assert [mask_name(name) for name in ("", "陈", "欧阳小明")] == ["", "陈**", "欧**"]
    assert [mask_phone(phone) for phone in ("", "3300000", "138-0013-8000", "１３８００１３８０００")] == [
        "", "****", "138****8000", "138****8000",
    ]  # fmt: skip


def test_two_seals_of_one_name_never_look_alike_and_another_key_opens_none(settings):
    first, second = seal("陈小明"), seal("陈小明")
    assert first != second
    assert unseal(first) == unseal(second) == "陈小明"
    settings.SEAL_KEY = "another"
    with pytest.raises(Refused, match="MIANDUIMIAN_SEAL_KEY"):
        unseal(first)


def test_receipts_have_no_letters_that_look_alike():
    codes = {new_receipt() for _draw in range(500)}
    assert len(codes) == 500
    assert not set("".join(codes)) & set("01OIl")
