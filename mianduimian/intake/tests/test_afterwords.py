"""照片、地点与后话: what a citizen shows, where, and what is said later; each once, and gone with the citizen."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mianduimian.intake import acts, jobs
from mianduimian.intake.models import Afterword, Photo, Submission
from mianduimian.intake.rules import Told, in_danger, spot
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.papers.tests.test_photographs import photograph
from mianduimian.refusal import NotYours, Overtaken, Refused

SMALL = photograph((300, 200))
OTHER = photograph((320, 200))


@pytest.fixture
def spoken(round, office, day, said):
    return acts.speak(round, said(spot=(23.7436, 114.6978)), token="t", photos=[SMALL], by=office, on=day)


def pictures(settings):
    return list((settings.MEDIA_ROOT / "photos").glob("*.jpg")) if (settings.MEDIA_ROOT / "photos").exists() else []


@pytest.mark.parametrize(
    ("given", "point"),
    [
        ("23.743611,114.697802", (23.7436, 114.6978)),
        ("114.697802，23.743611", (23.7436, 114.6978)),
        ("https://uri.amap.com/marker?position=114.697802%2C23.743611&name=x", (23.7436, 114.6978)),
        ("https://x.cn/?lat=23.743611&lng=114.697802", (23.7436, 114.6978)),
        ("23.74,114.70", (23.74, 114.7)),
        ("https://x.cn/?z=16.52&lat=23.743611&lng=114.697802", (23.7436, 114.6978)),
        ("东华路口", None),
        ("1.234,2.345", None),
        ("23.7,114.6", None),
    ],
)
def test_a_point_is_read_from_coordinates_or_a_shared_link_and_never_guessed(given, point):
    assert spot(given) == point


def test_a_long_string_of_digits_is_no_riddle():
    assert spot("1.2345" * 20_000) is None


def test_danger_is_heard_through_spaces_and_width(round):
    words = round.rules.speaking["danger"]
    assert in_danger("三楼 着 火 了，有人被困", words)
    assert not in_danger("路口红灯坏了", words)


def test_a_submission_keeps_its_point_and_its_photographs_painted_anew(spoken, settings):
    assert spoken.point == "23.7436,114.6978"
    photo = spoken.photos.get()
    assert photo.path.read_bytes()[:3] == b"\xff\xd8\xff"
    assert b"PhoneMaker" not in photo.path.read_bytes()
    assert Line.objects.get(verb="intake.hang").now == {"photos": 1}


def test_the_same_click_with_photographs_is_one_submission_and_one_picture(spoken, round, office, day, said, settings):
    again = acts.speak(round, said(spot=(23.7436, 114.6978)), token="t", photos=[SMALL], by=office, on=day)
    assert again == spoken
    assert Photo.objects.count() == len(pictures(settings)) == 1


def test_too_many_photographs_and_what_is_none_keep_nothing(round, office, day, said, settings):
    settings.PHOTOS = 2
    acts.speak(round, said("正好两张"), token="a", photos=[SMALL, OTHER], by=office, on=day)
    with pytest.raises(Refused, match="最多2张"):
        acts.speak(round, said("三张"), token="b", photos=[SMALL, OTHER, SMALL], by=office, on=day)
    with pytest.raises(Refused, match="只收 JPG"):
        acts.speak(round, said("不是照片"), token="c", photos=[b"<html>"], by=office, on=day)
    assert Submission.objects.count() == 1
    assert len(pictures(settings)) == 2


def test_when_the_act_fails_no_picture_is_left_behind(round, office, day, said, settings, monkeypatch):
    monkeypatch.setattr("mianduimian.intake.acts.receiving.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        acts.speak(round, said(), token="t", photos=[SMALL], by=office, on=day)
    assert pictures(settings) == []
    assert not Submission.objects.exists()


def test_what_is_added_is_kept_once_with_its_photographs_and_its_words_are_sealed_in_the_journal(spoken, clock, day):
    told = Told("more", "k1", "昨天又堵了两小时")
    first, again = (acts.say_more(spoken, told, photos=[OTHER], by=clock, on=day) for _time in range(2))
    assert first == again
    assert (spoken.photos.count(), first.photos.count()) == (2, 1)
    assert "昨天" not in str(Line.objects.get(verb="intake.say_more").now)
    assert acts.say_more(spoken, Told("more", "k2", "再补一句"), by=clock, on=day) != first


@pytest.mark.parametrize("kind", ["not_mine", "unsolved"])
def test_a_request_waits_once_and_may_be_made_again_after_its_answer(spoken, clock, office, day, kind):
    first, again = (acts.say_more(spoken, Told(kind, f"k{n}", "还是老样子"), by=clock, on=day) for n in range(2))
    assert first == again
    acts.answer(first, text="看过了", granted=False, by=office, on=day)
    assert acts.say_more(spoken, Told(kind, "k9", "还是老样子"), by=clock, on=day) != first


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Told("more", "k", "短"), "至少2个字"),
        (Told("more", "k", "长" * 2001), "2001字"),
        (Told("shout", "k", "说什么"), "没有“shout”"),
        (Told("more", "k", "空\x00字符"), "NUL"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(spoken, clock, day, told, words):
    with pytest.raises(Refused, match=words):
        acts.say_more(spoken, told, by=clock, on=day)


def test_two_letters_and_two_thousand_are_enough(spoken, clock, day):
    acts.say_more(spoken, Told("more", "a", "两字"), by=clock, on=day)
    acts.say_more(spoken, Told("more", "b", "长" * 2000), by=clock, on=day)
    assert Afterword.objects.count() == 2


def test_an_afterword_is_answered_once_by_those_who_may(spoken, clock, office, visitor, handler, hire, day):
    row = acts.say_more(spoken, Told("unsolved", "k", "灯又灭了"), by=clock, on=day)
    for stranger in (handler, hire("office", "longchuan")):
        with pytest.raises(NotYours):
            acts.answer(row, text="好", granted=True, by=stranger, on=day)
    with pytest.raises(Refused, match="写一句答复"):
        acts.answer(row, text=" ", granted=True, by=office, on=day)
    done = acts.answer(row, text="已重新交办", granted=True, by=visitor, on=day)
    assert (done.answer, done.granted, done.answered_by) == ("已重新交办", True, visitor)
    with pytest.raises(Overtaken, match="已于2023-11-16"):
        acts.answer(row, text="再答", granted=False, by=office, on=day)


def test_who_is_erased_takes_photographs_point_and_later_names_along(
    spoken, clock, office, day, settings, django_capture_on_commit_callbacks
):
    acts.say_more(spoken, Told("more", "k", "我是陈小明，电话13800138000"), by=clock, on=day)
    with django_capture_on_commit_callbacks(execute=True):
        acts.erase(spoken.citizen, why="本人要求", by=office, on=day)
    spoken.refresh_from_db()
    assert (spoken.point, spoken.photos.count(), pictures(settings)) == ("", 0, [])
    assert "陈小明" not in Afterword.objects.get().text
    assert "13800138000" not in Afterword.objects.get().text
    assert journal.verify() is None


def test_contacts_left_on_the_web_go_the_day_after_their_time_is_over_and_others_stay(round, office, day, said):
    web = acts.receive(round, said("网上说的", channel="web", phone="13900001111"), by=office, on=day)[0]
    letter = acts.receive(round, said("信里写的", channel="letter", phone="13900002222"), by=office, on=day)[0]
    last = day + timedelta(days=round.rules.speaking["contact_kept"])
    assert jobs.forget(last + timedelta(1)) == "抹去 0"  # the round goes on
    round.ended_on = day
    round.save()
    assert jobs.forget(last) == "抹去 0"
    assert jobs.forget(last + timedelta(1)) == "抹去 1"
    assert jobs.forget(last + timedelta(1)) == "抹去 0"
    web.citizen.refresh_from_db()
    letter.citizen.refresh_from_db()
    assert (web.citizen.phone, letter.citizen.phone) == ("", "13900002222")
    web.refresh_from_db()
    assert web.text == "网上说的"


def test_a_clerk_takes_down_a_visit_with_a_photograph_and_prints_code_and_qr(round, office, enter, settings):
    settings.PUBLIC_URL = "https://mdm.example.gov.cn"
    browser = enter(office)
    typed = {"token": "k", "channel": "visit", "text": "老人来说楼道灯坏了", "agreed": "on"}
    typed["photos"] = [SimpleUploadedFile("信.jpg", SMALL)]
    page = browser.post(reverse("intake:type", args=[round.code]), typed, follow=True).content.decode()
    said = Submission.objects.get()
    code = said.receipt
    assert f"{code[:4]} {code[4:8]} {code[8:]}" in page
    assert f"https://mdm.example.gov.cn/public/receipt/{code}" in page
    assert '<svg class="qr"' in page or 'class="qr"' in page
    photo = browser.get(reverse("intake:photo", args=[said.photos.get().pk]))
    assert (photo["Content-Type"], photo["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


def test_the_desk_sees_photographs_danger_and_what_was_said_later(round, office, clock, day, said, enter):
    spoken = acts.speak(round, said("三楼着火了"), token="t", photos=[SMALL], by=office, on=day)
    acts.say_more(spoken, Told("more", "k", "火已经灭了"), by=clock, on=day)
    browser = enter(office)
    listed = browser.get(reverse("intake:round", args=[round.code])).content.decode()
    assert "说到危险" in listed
    assert "有后话" in listed
    page = browser.get(reverse("intake:submission", args=[spoken.pk])).content.decode()
    assert "火已经灭了" in page
    assert reverse("intake:photo", args=[spoken.photos.get().pk]) in page


def test_a_photograph_is_not_shown_to_another_region(spoken, hire, enter):
    assert enter(hire("office", "longchuan")).get(reverse("intake:photo", args=[spoken.photos.get().pk])).status_code == 404


def test_the_address_on_the_slip_is_the_receipts_own(settings):
    assert settings.RECEIPT % "ABCDEFGH2345" == reverse("publication:receipt", args=["ABCDEFGH2345"])
