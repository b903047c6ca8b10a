"""公开稿: nothing is public before a second hand released it; what is corrected or withdrawn is seen as such."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from mianduimian.ledger.models import Reply, Staging
from mianduimian.meeting.models import Exchange, Meeting, Promise, Seat
from mianduimian.publication import acts
from mianduimian.publication.acts import Changed
from mianduimian.publication.models import Draft
from mianduimian.publication.wording import Change, Words, marked
from mianduimian.refusal import NotYours, Refused

WORDS = Words("校门口停车", "请治理校门口乱停车。", "学校门口", "已划线。")
ONLY_INSIDE = ("请治理校门口乱停车", "已划线")


def lines(client, round, **query):
    return client.get(reverse("publication:matters", args=[round.code]), query).content.decode()


def one(client, matter):
    return client.get(reverse("publication:matter", args=[matter.appeal.round.code, matter.pk])).content.decode()


@pytest.fixture
def seen(matter, clock, day):
    """The matter on the public list, its words not yet released."""
    from mianduimian.ledger.acts import renew

    renew(by=clock, on=day)
    return matter


def test_what_nobody_released_is_on_no_public_page_and_is_found_by_no_search(client, seen, round, released):
    for text in (lines(client, round), one(client, seen), lines(client, round, q="划线")):
        assert not [word for word in ONLY_INSIDE if word in text]
    assert "文字正在核对" in lines(client, round)
    assert "没有符合的事项" in lines(client, round, q="停车")
    assert "M1" in lines(client, round, q="M1")


def test_drafted_words_are_not_public_until_a_second_hand_releases_them(client, seen, round, released, office, second, day):
    made = acts.draft(seen, WORDS, by=office, on=day)
    assert "校门口停车" not in lines(client, round)
    with pytest.raises(Refused, match="第二个人"):
        acts.release_drafts([made.pk], by=office, on=day)
    assert acts.release_drafts([made.pk], by=second, on=day) == 1
    assert "校门口停车" in lines(client, round)
    assert "已划线" in one(client, seen)


def test_the_database_itself_refuses_one_pair_of_hands(shown):
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=shown.pk).update(released_by=shown.by)


def test_released_twice_is_released_once(seen, office, second, day):
    made = acts.draft(seen, WORDS, by=office, on=day)
    assert [acts.release_drafts([made.pk], by=second, on=day) for _click in range(2)] == [1, 0]


def test_the_same_draft_twice_is_one_and_another_takes_its_place(seen, office, second, day):
    first = acts.draft(seen, WORDS, by=office, on=day)
    assert acts.draft(seen, WORDS, by=office, on=day) == first
    other = acts.draft(seen, Words("另一稿", "另一稿"), by=office, on=day)
    assert (other.version, Draft.objects.waiting().get()) == (2, other)
    with pytest.raises(Refused, match="重新打开"):
        acts.release_drafts([first.pk], by=second, on=day)


def test_a_draft_is_masked_when_written_and_again_when_shown(client, seen, round, released, office, second, day):
    made = acts.draft(seen, Words("找伍群众0", "电话19900001230，伍群众0 说"), by=office, on=day)
    assert "伍群众0" not in made.title + made.wording
    assert "19900001230" not in made.wording
    acts.release_drafts([made.pk], by=second, on=day)
    Draft.objects.filter(pk=made.pk).update(wording="伍群众1 电话 19900001231")
    assert "伍群众1" not in one(client, seen)
    assert "19900001231" not in one(client, seen)


def test_a_correction_says_its_day_and_reason_on_the_page_of_the_matter_and_of_the_round(
    client, shown, matter, round, released, office, second, day
):
    with pytest.raises(Refused, match="理由"):
        acts.draft(matter, WORDS, Changed(Change.CORRECTION), by=office, on=day)
    made = acts.draft(matter, WORDS, Changed(Change.CORRECTION, "地点写错了"), by=office, on=day)
    assert "地点写错了" not in one(client, matter)
    acts.release_drafts([made.pk], by=second, on=day)
    whole = client.get(reverse("publication:round", args=[round.code])).content.decode()
    for text in (one(client, matter), lines(client, round), whole):
        assert "更正" in text
        assert "地点写错了" in text
    shown.refresh_from_db()
    assert shown.replaced_on == day


def test_a_withdrawal_is_at_once_and_seen_with_its_reason_and_the_words_are_gone(
    client, shown, matter, round, released, office, day
):
    with pytest.raises(Refused, match="理由"):
        acts.withdraw_draft(shown, why=" ", by=office, on=day)
    acts.withdraw_draft(shown, why="涉及未成年人", by=office, on=day)
    for text in (one(client, matter), lines(client, round)):
        assert "撤回" in text
        assert "涉及未成年人" in text
        assert not [word for word in ONLY_INSIDE if word in text]
    assert "没有符合的事项" in lines(client, round, q="停车")
    assert acts.draft_all(round, by=office, on=day) == 0


def test_what_changes_inside_stays_inside_until_it_is_drafted_and_released_anew(
    client, shown, matter, round, released, office, second, day
):
    given = matter.assignments.get()
    words = {"account": "内", "public": "又加了护学岗", "signed_by": "局长", "on": day, "by": office}
    Reply.objects.create(matter=matter, assignment=given, **words)
    assert "又加了护学岗" not in one(client, matter)
    assert acts.draft_all(round, by=office, on=day) == 1
    assert Draft.objects.waiting().get().change == Change.UPDATE
    acts.release_drafts([Draft.objects.waiting().get().pk], by=second, on=day)
    assert "又加了护学岗" in one(client, matter)
    assert acts.draft_all(round, by=office, on=day) == 0


def test_why_a_matter_is_not_solved_is_told_once_released(client, seen, round, released, office, second, day):
    Staging.objects.create(matter=seen, turn=1, planned_on=day, reason="雨季不能铺沥青", on=day, by=office)
    acts.draft_all(round, by=office, on=day)
    assert "雨季" not in one(client, seen)
    acts.release_drafts(Draft.objects.waiting().values_list("pk", flat=True), by=second, on=day)
    assert "雨季不能铺沥青" in one(client, seen)


def test_a_returned_draft_waits_for_its_author_with_the_reason(client, seen, round, office, second, day):
    made = acts.draft(seen, WORDS, by=office, on=day)
    acts.return_draft(made, why="地点太细", by=second, on=day)
    with pytest.raises(Refused, match="退回"):
        acts.release_drafts([made.pk], by=second, on=day)
    client.force_login(office)
    assert "地点太细" in client.get(reverse("publication:drafts", args=[round.code])).content.decode()


def test_only_the_office_drafts_and_releases(seen, round, handler, supervisor, day):
    for who in (handler, supervisor):
        with pytest.raises(NotYours):
            acts.draft(seen, WORDS, by=who, on=day)
        with pytest.raises(NotYours):
            acts.draft_all(round, by=who, on=day)


def test_what_is_personal_is_marked_where_it_stands():
    pieces = marked("联系人伍群众0，19900001230。", {"伍群众0"})
    assert [(piece.text, piece.word) for piece in pieces if piece.word] == [("伍群众0", "反映人姓名"), ("19900001230", "手机号")]
    assert "".join(piece.text for piece in pieces) == "联系人伍群众0，19900001230。"


def test_the_bench_in_the_browser_from_draft_to_public(client, seen, round, released, office, second):
    client.force_login(office)
    sheet = reverse("publication:draft", args=[round.code, "matter", seen.pk])
    assert "<mark>" in client.get(sheet).content.decode()
    typed = {"title": "校门口停车", "wording": "请治理乱停车", "place": "", "answer": "已划线", "unsolved": ""}
    client.post(sheet, typed)
    made = Draft.objects.waiting().get()
    client.post(reverse("publication:release_drafts", args=[round.code]), {"draft": made.pk})
    assert Draft.objects.waiting().exists()
    client.force_login(second)
    assert f'value="{made.pk}"' in client.get(reverse("publication:drafts", args=[round.code])).content.decode()
    client.post(reverse("publication:release_drafts", args=[round.code]), {"draft": [made.pk, "x"]})
    assert "请治理乱停车" in one(client, seen)


@pytest.fixture
def promise(round, appeal, matter, unit, day):
    hall = {"host": "市长", "place": "礼堂", "starts_at": "2023-11-16T09:00+08:00", "held_on": day}
    meeting = Meeting.objects.create(round=round, number=1, **hall)
    seat = Seat.objects.create(meeting=meeting, kind="npc", name="某代表")
    police = unit("traffic_police")
    said = {"raised_by": seat, "question": "停车", "answered_by": police, "appeal": appeal}
    exchange = Exchange.objects.create(meeting=meeting, number=1, **said)
    return Promise.objects.create(exchange=exchange, unit=police, text="月底前给伍群众0划线", due_on=day)


def test_a_promise_is_public_only_after_two_hands_and_then_masked(client, shown, promise, round, released, office, second, day):
    def page():
        return client.get(reverse("publication:round", args=[round.code])).content.decode()

    assert "划线" not in page()
    acts.draft_all(round, by=office, on=day)
    acts.release_drafts(Draft.objects.waiting().values_list("pk", flat=True), by=second, on=day)
    assert "月底前给伍**划线" in page()
    assert "某代表" not in page()
