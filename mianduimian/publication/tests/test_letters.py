"""信件与文字: who left an address only is written to; every text is seen before it goes; a person settles what is in doubt."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from mianduimian.journal.models import Line
from mianduimian.publication import acts
from mianduimian.publication.models import LetterList, Message
from mianduimian.publication.rules import Delivery, Step, contacts, named, previews, segments
from mianduimian.publication.tests.test_outbox import Way, plan, told  # noqa: F401 the same world
from mianduimian.refusal import Refused


@pytest.fixture
def by_post(citizens, plan):  # noqa: F811
    plan(order=("letter",))
    for citizen in citizens[:2]:
        citizen.address = f"东华路{citizen.pk}号"
        citizen.save()
    return citizens


@pytest.fixture
def listed(by_post, told, round, office, day):  # noqa: F811
    return acts.list_letters(round, by=office, on=day)


def test_letters_are_listed_once_printed_on_record_and_posted_by_a_person(listed, told, round, office, day):  # noqa: F811
    with pytest.raises(Refused, match="没有待打印"):
        acts.list_letters(round, by=office, on=day)
    opened = acts.open_letters(listed, by=office, on=day)
    assert [address for _name, address, _message in opened] == [f"东华路{m.citizen_id}号" for _n, _a, m in opened]
    assert Line.objects.filter(verb="publication.open_letters", actor_id=office.pk).exists()
    assert acts.post_letters(listed, by=office, on=day) == 2
    assert told.filter(state=Delivery.SENT, channel="letter").count() == 2
    with pytest.raises(Refused, match="已于2023-11-16寄出"):
        acts.post_letters(LetterList.objects.get(), by=office, on=day)


def test_who_is_erased_meanwhile_is_not_on_the_sheet_and_not_counted(listed, by_post, told, office, day):  # noqa: F811
    by_post[0].erased_on = day
    by_post[0].save()
    assert len(acts.open_letters(listed, by=office, on=day)) == 1
    assert acts.post_letters(listed, by=office, on=day) == 1


def test_nothing_in_the_journal_says_to_whom_letters_go(listed, office, day):
    acts.open_letters(listed, by=office, on=day)
    acts.post_letters(listed, by=office, on=day)
    written = "".join(str(line.facts()) for line in Line.objects.all())
    assert "东华路" not in written and "伍群众" not in written


def test_the_office_lists_downloads_and_posts_in_the_browser(client, by_post, told, round, office):  # noqa: F811
    client.force_login(office)
    url = reverse("publication:letters", args=[round.code])
    assert "待打印 2 封" in client.get(url).content.decode()
    client.post(url)
    pk = LetterList.objects.get().pk
    sheet = client.post(reverse("publication:letter_sheet", args=[round.code, pk]))
    rows = list(openpyxl.load_workbook(BytesIO(sheet.content)).worksheets[0].values)
    assert len(rows) == 3 and rows[1][2].startswith("东华路")
    assert client.get(reverse("publication:letter_sheet", args=[round.code, pk])).status_code == 404
    text = client.post(reverse("publication:post_letters", args=[round.code, pk]), follow=True).content.decode()
    assert "2 封已记为寄出" in text and "东华路" not in text


def test_every_steps_text_is_seen_before_it_goes_with_its_length_and_nothing_personal(client, matter, round, leader):
    client.force_login(leader)
    text = client.get(reverse("publication:texts", args=[round.code])).content.decode()
    assert all(Step(step).word in text for step in Step)
    assert "校门口乱停车" in text and "市交警支队" in text
    assert "伍群众" not in text and "1990000" not in text


def test_the_texts_of_a_round_without_matters_are_seen_too(client, round, office):
    client.force_login(office)
    assert "这一期还没有事项" in client.get(reverse("publication:texts", args=[round.code])).content.decode()


def test_a_message_in_doubt_is_shown_and_settled_in_the_browser(client, told, round, office, the_clock, day, plan):  # noqa: F811
    acts.deliver([Way(answers=["cut", "cut"])], by=the_clock, on=day)
    client.force_login(office)
    assert "可能已送到" in client.get(reverse("publication:manage", args=[round.code])).content.decode()
    one, other = told.open_questions()
    client.post(reverse("publication:settle", args=[round.code, one.pk]), {"arrived": "yes"})
    client.post(reverse("publication:settle", args=[round.code, other.pk]), {"arrived": "no"})
    assert [Message.objects.get(pk=message.pk).state for message in (one, other)] == [Delivery.SENT, Delivery.QUEUED]
    assert client.post(reverse("publication:settle", args=[round.code, one.pk]), {"arrived": "no"}).status_code == 409


@pytest.mark.parametrize(("length", "parts"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_a_text_is_paid_as_so_many_short_messages(length, parts):
    assert segments("字" * length) == parts


def test_a_sign_beyond_the_first_plane_counts_twice():
    assert (segments("𠮷" * 35), segments("𠮷" * 36)) == (1, 2)


def test_a_preview_is_the_very_text_of_the_message(told):  # noqa: F811
    message = told.first()
    preview = next(one for one in previews("校门口乱停车", "市交警支队") if one.step == Step.SETTLED)
    assert preview.text.replace("X" * 12, message.receipts) == message.text


@pytest.mark.parametrize(
    ("phone", "sms"), [("199-0000-1230", "19900001230"), ("+86 19900001230", "19900001230"), ("0762-3300000", ""), ("", "")]
)
def test_a_short_message_goes_to_a_mobile_number_only(phone, sms):
    assert contacts({"phone": phone, "email": "", "wechat": "", "name": "", "address": "东华路1号"})["sms"] == sms


def test_a_letter_needs_a_name_too():
    assert contacts({"phone": "", "email": "", "wechat": "", "name": "", "address": "东华路1号"})["letter"] == ""


def test_up_to_three_receipts_are_named():
    assert named(["A", "B", "C"]) == "A、B、C"
    assert named(["A", "B", "C", "D"]) == "A、B、C 等 4 个"
