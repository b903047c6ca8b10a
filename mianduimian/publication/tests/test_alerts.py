"""邮件提醒: nobody is written to who did not confirm; each day once; one click ends it and wipes the address."""

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mianduimian.people.models import Region
from mianduimian.publication import acts
from mianduimian.publication.acts import Wish
from mianduimian.publication.gateways import FileGateway, MailGateway, Unclear, Undelivered, Unwanted
from mianduimian.publication.models import Alert, Subscription
from mianduimian.publication.signing import CONFIRM, END, opened, sign
from mianduimian.publication.tests import servers
from mianduimian.refusal import NotYours, Refused

ADDRESS = "laoren@example.org"


@pytest.fixture
def asked(the_clock, day):
    acts.subscribe(ADDRESS, Wish(theme="travel"), by=the_clock, on=day)
    return Subscription.objects.get()


@pytest.fixture
def confirmed(asked, the_clock, day):
    return acts.confirm(asked, by=the_clock, on=day)


def news_of(the_clock, day):
    acts.gather_alerts(by=the_clock, on=day)
    return list(Alert.objects.filter(asks=False))


def test_the_address_is_sealed_and_the_first_letter_only_asks(asked):
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, email_index FROM publication_subscription")
        assert ADDRESS not in "".join(cursor.fetchone())
    assert "不是您申请的，不用理会" in Alert.objects.get().text


def test_without_confirmation_no_news_is_written(asked, shown, released, the_clock, day):
    assert news_of(the_clock, day + timedelta(2)) == []


def test_the_form_sent_again_asks_once_a_day_and_never_tells_whether_the_address_was_known(client, the_clock):
    cache.clear()
    typed = {"email": ADDRESS, "region": "", "theme": "travel"}
    answers = [client.post(reverse("publication:subscribe"), typed) for _click in range(3)]
    assert {answer["Location"] for answer in answers} == {reverse("publication:asked")}
    assert (Subscription.objects.count(), Alert.objects.count()) == (1, 1)


def test_one_address_is_not_flooded_with_questions(the_clock, day):
    for region in Region.objects.exclude(level="town"):
        for theme in ("travel", "water"):
            acts.subscribe(ADDRESS, Wish(region, theme), by=the_clock, on=day)
    assert Subscription.objects.count() == 10


def test_what_became_public_is_written_once_the_day_is_over(confirmed, shown, released, the_clock, day):
    assert news_of(the_clock, day) == []
    (letter,) = news_of(the_clock, day + timedelta(1))
    assert "校门口乱停车" in letter.text
    assert f"/public/{shown.round.code}/matters/{shown.matter_id}" in letter.text
    assert "伍群众" not in letter.text
    assert len(news_of(the_clock, day + timedelta(1))) == 1
    assert len(news_of(the_clock, day + timedelta(2))) == 1


def test_another_theme_or_another_region_is_not_written(shown, released, the_clock, day):
    for wish in (Wish(theme="water"), Wish(region=Region.objects.get(pk="441624"))):
        acts.subscribe(f"{wish.theme}@example.org", wish, by=the_clock, on=day)
    for one in Subscription.objects.all():
        acts.confirm(one, by=the_clock, on=day)
    assert news_of(the_clock, day + timedelta(1)) == []


def test_a_letter_goes_out_through_the_gateway_once_with_a_link_that_ends_it(
    confirmed, shown, released, the_clock, day, tmp_path
):
    news_of(the_clock, day + timedelta(1))
    way = FileGateway(tmp_path)
    assert [acts.deliver_alerts(way, by=the_clock, on=day) for _run in range(2)] == [2, 0]
    letters = [json.loads(line) for line in (tmp_path / "messages.jsonl").read_text().splitlines()]
    assert {letter["to"] for letter in letters} == {ADDRESS}
    assert re.search(r"/public/alerts/end/\S+", letters[1]["text"])


def test_a_letter_passes_a_real_mail_server_under_its_subject(confirmed, shown, released, the_clock, day):
    news_of(the_clock, day + timedelta(1))
    server = servers.Post()
    with servers.serving(servers.Mail, server) as port:
        way = MailGateway("127.0.0.1", port, "mdm@city.example", security="none")
        assert acts.deliver_alerts(way, by=the_clock, on=day) == 2
    asks, news = (server.kept[one.letter.key] for one in Alert.objects.order_by("pk"))
    assert (asks["To"], asks["Subject"]) == (ADDRESS, "面对面：请确认订阅")
    assert news["Subject"] == Alert.objects.get(asks=False).subject and "校门口乱停车" in news.get_content()
    assert set(server.handed.values()) == {1}


@dataclass
class Post:
    """A mail server of a test: what it took, and how it fails."""

    taken: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)  # addresses, whatever came of it
    refused: tuple[str, ...] = ()  # addresses that it never takes
    fault: type[BaseException] | None = None
    before: bool = False  # the fault comes before the letter is taken
    name: str = "email"
    at_once: int = 1
    remembers: timedelta = timedelta()
    asks: bool = False

    def send(self, letter):
        self.given.append(letter.to)
        if letter.to in self.refused:
            raise Unwanted("no such mailbox")
        if not (self.fault and self.before):
            self.taken.append(letter.key)
        if self.fault:
            raise self.fault("no answer")

    def knows(self, key):
        return key in self.taken

    def flush(self):
        pass


class Killed(BaseException):
    """The sender is gone in the middle of its work."""


def killed_while_sending(way, the_clock, day):
    way.fault = Killed
    with pytest.raises(Killed):
        acts.deliver_alerts(way, by=the_clock, on=day)
    way.fault = None
    Alert.objects.filter(state="sending").update(leased_until=timezone.now() - timedelta(1))


def test_a_letter_whose_sender_was_killed_is_not_sent_again_by_itself_but_asked_about(asked, the_clock, day, office):
    way = Post()
    killed_while_sending(way, the_clock, day)
    assert [acts.deliver_alerts(way, by=the_clock, on=day) for _run in range(3)] == [0, 0, 0]
    (alert,) = Alert.objects.open_questions()
    assert way.taken == [alert.letter.key]
    acts.settle_alert(alert, arrived=True, by=office, on=day)
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 0 and len(way.taken) == 1
    with pytest.raises(Refused, match="已发送"):
        acts.settle_alert(alert, arrived=False, by=office, on=day)


def test_what_did_not_arrive_goes_out_once_more_under_its_key(asked, the_clock, day, office):
    way = Post(before=True)
    killed_while_sending(way, the_clock, day)
    acts.deliver_alerts(way, by=the_clock, on=day)
    alert = Alert.objects.open_questions().get()
    acts.settle_alert(alert, arrived=False, by=office, on=day)
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 1 and way.taken == [alert.letter.key]


@pytest.mark.parametrize("before", [True, False])
def test_a_way_that_can_be_asked_goes_on_by_itself_and_doubles_nothing(asked, the_clock, day, before):
    way = Post(asks=True, before=before)
    killed_while_sending(way, the_clock, day)
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 1
    assert len(way.taken) == 1 and Alert.objects.get().state == "sent"


def test_what_was_surely_not_taken_waits_and_is_tried_again(asked, the_clock, day):
    way = Post(fault=Undelivered, before=True)
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 0
    alert = Alert.objects.get()
    assert (alert.state, alert.tries) == ("queued", 1) and alert.due_at > timezone.now()
    way.fault = None
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 0  # not yet
    Alert.objects.update(due_at=timezone.now())
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 1


def test_a_letter_in_another_senders_hands_is_left_there(asked, the_clock, day):
    (taken,) = acts.take_up_alerts(Post(), by=the_clock, on=day)
    way = Post()
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 0 and way.taken == []
    assert Alert.objects.get().state == "sending" and taken.tries == 1


@pytest.fixture
def six(the_clock, day):
    """Six subscribers, each with a letter that asks; their addresses in the order in which they are written to."""
    addresses = [f"n{n}@example.org" for n in range(6)]
    for address in addresses:
        acts.subscribe(address, Wish(theme="travel"), by=the_clock, on=day)
    return addresses


def states():
    return list(Alert.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("at_once", [1, 2])
def test_letters_that_may_not_go_out_do_not_keep_the_others_waiting(six, the_clock, day, at_once):
    first, second, *others = Alert.objects.order_by("pk")
    Subscription.objects.filter(pk=first.subscription_id).update(email="")
    Alert.objects.filter(pk=second.pk).update(doubtful_since=timezone.now())
    way = Post(at_once=at_once)
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 4
    assert states() == ["unreachable", "unknown", "sent", "sent", "sent", "sent"]
    assert way.given == six[2:] and way.taken == [other.letter.key for other in others]


def test_where_no_letter_may_go_out_the_run_ends_and_says_so(six, the_clock, day):
    Subscription.objects.update(email="")
    way = Post()
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 0
    assert states() == ["unreachable"] * 6 and way.given == []


def test_refused_addresses_are_no_fault_of_the_gateway_and_the_next_letter_goes_out(six, the_clock, day):
    way = Post(refused=tuple(six[:4]))
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 2
    assert states() == ["failed"] * 4 + ["sent"] * 2
    assert set(Alert.objects.filter(state="failed").values_list("problem", flat=True)) == {"no such mailbox"}


@pytest.mark.parametrize(("fault", "left"), [(Undelivered, "queued"), (Unclear, "unknown"), (ZeroDivisionError, "unknown")])
def test_after_three_failures_in_a_row_the_gateway_rests_until_the_next_run(six, the_clock, day, fault, left):
    way = Post(fault=fault, before=True)
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 0
    assert way.given == six[:3] and states() == [left] * 3 + ["queued"] * 3
    way.fault = None
    assert acts.deliver_alerts(way, by=the_clock, on=day) == 3 and way.given[3:] == six[3:]


def test_a_refused_address_between_two_failures_shows_that_the_gateway_answers(six, the_clock, day):
    way = Post(fault=Undelivered, before=True, refused=(six[2],))
    acts.deliver_alerts(way, by=the_clock, on=day)
    assert way.given == six


def test_the_office_settles_a_letter_in_doubt_without_seeing_the_address(asked, the_clock, day, office, client, hire):
    way = Post()
    killed_while_sending(way, the_clock, day)
    acts.deliver_alerts(way, by=the_clock, on=day)
    client.force_login(office)
    page = client.get(reverse("publication:doubts")).content.decode()
    alert = Alert.objects.get()
    assert alert.letter.key in page and ADDRESS not in page
    client.post(reverse("publication:settle_alert", args=[alert.pk]), {"arrived": "yes"})
    assert Alert.objects.get().state == "sent"
    with pytest.raises(NotYours):
        acts.settle_alert(alert, arrived=True, by=hire("unit"), on=day)


def test_a_link_shows_a_button_and_only_the_button_acts(client, asked):
    url = reverse("publication:confirm", args=[sign(asked.pk, CONFIRM)])
    assert "确认订阅" in client.get(url).content.decode()
    asked.refresh_from_db()
    assert asked.confirmed_on is None
    assert "已经确认" in client.post(url).content.decode()
    end = reverse("publication:unsubscribe", args=[sign(asked.pk, END)])
    assert "已经退订" in client.post(end).content.decode()
    asked.refresh_from_db()
    assert (asked.email, asked.email_index) == ("", "")


def test_a_link_for_one_purpose_or_forged_or_late_opens_nothing(client, asked, settings):
    assert opened(sign(asked.pk, END), CONFIRM) is None
    assert opened("1:forged:key", END) is None
    settings.ALERT_DAYS = -1
    assert opened(sign(asked.pk, CONFIRM), CONFIRM) is None
    assert opened(sign(asked.pk, END), END) == asked.pk
    assert client.get(reverse("publication:confirm", args=["x"])).status_code == 404


def test_an_address_nobody_confirmed_in_time_is_wiped(asked, the_clock, day):
    assert acts.forget_unconfirmed(by=the_clock, on=day + timedelta(7)) == 0
    assert acts.forget_unconfirmed(by=the_clock, on=day + timedelta(8)) == 1
    asked.refresh_from_db()
    assert asked.email == ""
