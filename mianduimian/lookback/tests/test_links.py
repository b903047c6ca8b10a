"""评价链接: unguessable, for its window, once per citizen and turn; one plain sentence when it does not open."""

from dataclasses import replace
from datetime import timedelta

import pytest
import segno
from django.core.cache import cache
from django.urls import reverse

from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.lookback import acts
from mianduimian.lookback.models import Answer, Link
from mianduimian.lookback.rules import digest
from mianduimian.lookback.tests.conftest import BAD, LATER, NAME, PHONE
from mianduimian.lookback.views import open as page
from mianduimian.refusal import Refused

SAYS = {"scale": "2", "solved": "no", "contacted": "no", "reasons": ["traffic", "slow"], "reason": "天天还是堵"}


@pytest.fixture
def today(monkeypatch):
    """The day on which the citizen opens the page: today(9) is the ninth day after."""

    def be(days=0):
        monkeypatch.setattr(page, "localdate", lambda: LATER + timedelta(days))

    be()
    return be


@pytest.fixture
def address(visit, clock, today) -> str:
    return acts.link(visit, by=clock, on=LATER)


def secret(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[1]


def text(answer):
    return answer.content.decode()


def test_only_the_hash_of_the_secret_is_kept_and_asked_again_the_link_is_the_same(visit, address, visitor):
    kept = Link.objects.get()
    assert len(secret(address)) == 20
    assert secret(address) not in str(list(Link.objects.values()))
    assert kept.digest == digest(secret(address))
    assert acts.link(visit, by=visitor, on=LATER + timedelta(3)) == address
    assert Link.objects.count() == 1
    assert kept.until == LATER + timedelta(15)


def test_after_its_window_another_one_is_given(visit, address, clock):
    later = acts.link(visit, by=clock, on=LATER + timedelta(16))
    assert later != address
    assert Link.objects.count() == 2


def test_every_citizen_has_a_link_of_their_own(settled, speak, born, clock, visitor):
    for n in range(20):
        speak(settled.appeal, born(f"139000000{n:02}"))
    visits = acts.plan_visits(settled, by=visitor, on=LATER)
    assert len({acts.link(visit, by=clock, on=LATER) for visit in visits}) == 21


def test_a_unit_gives_no_link_and_an_erased_citizen_gets_none(visit, handler, inside, citizen, clock):
    for who in (handler, inside):
        with pytest.raises(Refused):
            acts.link(visit, by=who, on=LATER)
    citizen.erased_on = LATER
    citizen.save()
    with pytest.raises(Refused, match="已经删除"):
        acts.link(visit, by=clock, on=LATER)


def test_the_page_says_what_it_is_about_and_names_nobody(address, client, settled):
    settled.appeal.wording = f"{NAME}反映：车辆乱停，电话{PHONE}。"
    settled.appeal.save()
    seen = client.get(address)
    assert seen.status_code == 200
    for words in (
        "校门口乱停车",
        "已增设护栏，安排人员值守。",
        "非常不满意",
        "路上还是堵、还是乱",
        "办得太慢",
        settled.assignment.lead.name,
    ):
        assert words in text(seen)
    for hidden in (NAME, PHONE, "水还是停"):
        assert hidden not in text(seen)
    assert "no-store" in seen.headers["Cache-Control"]
    assert seen.headers["X-Robots-Tag"] == "noindex"


def test_a_citizen_answers_alone_once_and_a_second_click_changes_nothing(address, client):
    sent = client.post(address, SAYS, follow=True)
    assert "收到您的评价了，谢谢" in text(sent)
    client.post(address, {**SAYS, "scale": "5", "solved": "yes"})
    kept = Answer.objects.get()
    assert (kept.scale, kept.solved, kept.contacted, kept.reasons, kept.by) == ("2", "no", False, ["traffic", "slow"], None)
    assert kept.reason_words == "路上还是堵、还是乱、办得太慢"
    assert "天天还是堵" not in text(client.get(address))


def test_half_an_answer_is_asked_for_again_and_what_was_typed_is_still_there(address, client):
    seen = client.post(address, {"scale": "4", "reason": "路灯还差一盏"})
    assert seen.status_code == 200
    assert "还有几处需要改正" in text(seen)
    assert "路灯还差一盏" in text(seen)
    assert not Answer.objects.exists()


def test_content_with_what_is_not_solved_is_asked_about_once_and_then_taken(address, client):
    half = {**SAYS, "scale": "5"}
    seen = client.post(address, half)
    assert "您选了满意，又选了没有解决，请再核对一次" in text(seen)
    form = seen.context["form"]
    assert [form[name].value() for name in half] == list(half.values())
    assert '<input type="hidden" name="asked" value="yes"' in text(seen)
    assert not Answer.objects.exists()
    assert client.post(address, {**half, "asked": form["asked"].value()}).status_code == 302
    assert (Answer.objects.get().scale, Answer.objects.get().solved) == ("5", "no")


@pytest.mark.parametrize(("days", "status"), [(15, 200), (16, 410)])
def test_it_is_open_up_to_and_including_its_last_day(address, client, today, days, status):
    today(days)
    seen = client.get(address)
    assert seen.status_code == status
    assert ("这个链接过期了" in text(seen)) == (status == 410)
    client.post(address, SAYS)
    assert Answer.objects.exists() == (status == 200)


def test_a_wrong_link_gets_one_plain_sentence_and_after_too_many_none(client, db, settings, today):
    settings.RATE_PER_HOUR = 3
    wrong = reverse("lookback:say", args=["0" * 20])
    seen = [client.get(wrong) for _try in range(4)]
    assert [one.status_code for one in seen] == [404, 404, 404, 429]
    assert "请检查是不是漏了字" in text(seen[0])


def test_a_shared_address_that_guessed_too_often_still_answers_with_a_true_link(address, client, settings):
    settings.RATE_PER_HOUR = 1
    for _try in range(3):
        client.get(reverse("lookback:say", args=["0" * 20]))
    assert client.get(address).status_code == 200
    client.post(address, SAYS)
    assert Answer.objects.exists()


def test_one_link_cannot_be_posted_to_without_end(address, client):
    seen = [client.post(address, {}).status_code for _try in range(page.POSTS_PER_LINK + 1)]
    assert seen[-2:] == [200, 429]


def test_other_entries_of_the_cache_do_not_make_a_guesser_be_forgotten(client, db, settings, today):
    settings.RATE_PER_HOUR = 3
    wrong = reverse("lookback:say", args=["0" * 20])
    for _try in range(3):
        client.get(wrong)
    cache.clear()  # as when it drops entries by chance
    assert client.get(wrong).status_code == 429


def test_letters_that_are_read_alike_are_one_letter(address, client):
    spelled = secret(address).upper().replace("0", "O").replace("1", "l")
    assert client.get(reverse("lookback:say", args=[spelled])).status_code == 200


def test_a_link_of_a_turn_that_has_passed_opens_no_more_and_the_next_turn_has_its_own(
    visit, address, client, settled, speak, born, visitor, office, reply, clock
):
    speak(settled.appeal, born("13900000001"))
    extra = acts.plan_visits(settled, by=visitor, on=LATER)[0]
    acts.answer(visit, BAD, by=visitor, on=LATER)
    old = acts.link(extra, by=clock, on=LATER)
    acts.send_back(settled, why="照旧", by=visitor, on=LATER)
    assert client.get(old).status_code == 410
    assert "已经进入下一步" in text(client.get(old))
    again = Matter.objects.get(pk=settled.pk)
    ledger.settle(reply(again), by=office, on=LATER)
    fresh = acts.plan_visits(again, by=visitor, on=LATER)
    new = {acts.link(one, by=clock, on=LATER) for one in fresh}
    assert len(new) == 2
    assert not new & {old, address}


def test_the_window_is_asked_by_the_act_too(visit, address, clock):
    said = replace(BAD, reasons=("traffic",))
    with pytest.raises(Refused, match="过期"):
        acts.answer_by_link(Link.objects.get(), said, by=clock, on=LATER + timedelta(16))
    with pytest.raises(Refused, match="没有“supply”这个原因"):
        acts.answer_by_link(Link.objects.get(), replace(BAD, reasons=("supply",)), by=clock, on=LATER)
    assert not Answer.objects.exists()


def test_a_letter_carries_the_link_as_a_qr_code_and_no_name(visit, visitor, client, monkeypatch):
    monkeypatch.setattr("mianduimian.lookback.views.visits.localdate", lambda: LATER)
    drawn = []
    made = segno.make
    monkeypatch.setattr("segno.make", lambda words, **given: drawn.append(words) or made(words, **given))
    client.force_login(visitor)
    seen = client.post(reverse("lookback:letter", args=[visit.pk]))
    assert "<svg" in text(seen)
    assert digest(drawn[0].rstrip("/").rsplit("/", 1)[1]) == Link.objects.get().digest
    assert drawn[0] in text(seen)
    for hidden in (NAME, PHONE, PHONE[-4:]):
        assert hidden not in text(seen)
