"""旋转门: whoever is many waits a little, whoever shares an address is not shut out, and nothing typed is lost."""

import re
import time
from html import unescape

import pytest
from django.core.signing import Signer
from django.urls import reverse

from mianduimian.intake.models import Submission
from mianduimian.people.callers import address, networks
from mianduimian.people.counters import Counters
from mianduimian.publication.tests.test_pages import TYPED, call  # noqa: F401 the same world
from mianduimian.publication.turnstile import ASKS
from mianduimian.publication.turnstile.lane import Answer, Limits, Seen, answer

LIMITS = Limits(mine=60, everybody=120, slow_mine=10, slow_everybody=20)


@pytest.mark.parametrize(
    ("seen", "waited", "said"),
    [
        (Seen(60, 120), False, Answer.IN),
        (Seen(61, 1), False, Answer.WAIT),
        (Seen(1, 121), False, Answer.WAIT),
        (Seen(61, 1, 10, 20), True, Answer.IN),
        (Seen(61, 1, 11, 11), True, Answer.CLOSED),
        (Seen(1, 999, 1, 21), True, Answer.CLOSED),
    ],
)
def test_the_lanes_on_their_edges(seen, waited, said):
    assert answer(seen, LIMITS, waited=waited) == said


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "who"),
    [
        ("9.9.9.9", "1.1.1.1", "", "9.9.9.9"),
        ("9.9.9.9", "1.1.1.1", "10.0.0.0/8", "9.9.9.9"),
        ("10.0.0.1", "1.1.1.1", "10.0.0.0/8", "1.1.1.1"),
        ("10.0.0.1", "6.6.6.6, 1.1.1.1", "10.0.0.0/8", "1.1.1.1"),
        ("10.0.0.1", "1.1.1.1, 10.0.0.2", "10.0.0.0/8", "1.1.1.1"),
        ("10.0.0.1", "unknown", "10.0.0.0/8", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.0/8", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", "", "2001:db8:1:2::/64"),
    ],
)
def test_only_a_proxy_of_ours_says_who_posts(remote, forwarded, proxies, who):
    assert address(remote, forwarded, networks(proxies)) == who


def test_counts_begin_anew_with_the_hour_and_the_minute_and_are_shared(tmp_path):
    one, other = (Counters(tmp_path / "c", "s") for _worker in range(2))
    start = 3600 * 1000
    assert [worker.count("a", start) for worker in (one, other, one)] == [(1, 1), (2, 2), (3, 3)]
    assert one.count("a", start + 60) == (4, 1)
    assert one.count("a", start + 3600) == (1, 1)
    assert one.count("b", start + 3600) == (1, 1)


def test_ten_thousand_addresses_are_counted_apart_in_one_megabyte_and_none_can_be_read(tmp_path):
    counters = Counters(tmp_path / "c", "s")
    wrong = sum(counters.count(f"10.0.{n // 256}.{n % 256}", 3600) != (1, 1) for n in range(10_000))
    assert wrong < 300  # two addresses of a hundred at most share both places: they only wait
    assert (tmp_path / "c").stat().st_size == 2**20
    assert b"10.0." not in (tmp_path / "c").read_bytes()


@pytest.fixture
def crowded(settings):
    settings.RATE_PER_HOUR, settings.PUBLIC_WAIT = 1, 0
    return settings


def fields(text):
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text)}


@pytest.fixture
def post(client, city, call):  # noqa: F811
    url = reverse("publication:speak", args=[call.round.code])
    return lambda **typed: client.post(url, {**TYPED, **typed})


def test_beyond_its_share_an_address_waits_once_and_nothing_typed_is_lost(post, crowded):
    post()
    held = post(token="t2", text='第二处"红灯"<坏>了')
    assert (held.status_code, held["Retry-After"]) == (429, "0")
    again = fields(held.content.decode())
    assert again["text"] == '第二处"红灯"<坏>了'
    assert post(**again).status_code == 302
    assert list(Submission.objects.order_by("pk").values_list("text", flat=True))[-1] == '第二处"红灯"<坏>了'


def test_a_pass_is_good_for_one_form_only(post, crowded):
    post()
    again = fields(post(token="t2", text="第二处红灯坏了").content.decode())
    assert post(**again | {"token": "t3", "text": "第三处红灯坏了"}).status_code == 429
    assert [post(**again).status_code for _time in range(2)] == [302, 302]
    assert Submission.objects.count() == 2


def test_whoever_does_not_wait_long_enough_waits_again(post, crowded):
    post()
    crowded.PUBLIC_WAIT = 30
    again = fields(post(token="t2", text="第二处红灯坏了").content.decode())
    assert post(**again).status_code == 429


@pytest.mark.parametrize("word", ["", "t2:0", "t2:0:forged"])
def test_a_forged_pass_is_none(post, crowded, word):
    post()
    assert post(token="t2", text="第二处红灯坏了", **{"pass": word}).status_code == 429


def test_a_pass_grows_old(post, crowded):
    post()
    old = Signer(salt="turnstile").sign(f"t2:{int(time.time()) - 2000}")
    assert post(token="t2", text="第二处红灯坏了", **{"pass": old}).status_code == 429


def test_when_even_the_slow_lane_is_full_the_page_says_where_else_to_speak(post, crowded):
    post()
    again = fields(post(token="t2", text="第二处红灯坏了").content.decode())
    crowded.PUBLIC_RATES = (120, 0, 0)
    held = post(**again)
    assert held.status_code == 429 and "请拨打 12345" in held.content.decode()
    assert fields(held.content.decode())["text"] == "第二处红灯坏了"


def test_looking_costs_nothing(client, city, call, crowded):  # noqa: F811
    url = reverse("publication:speak", args=[call.round.code])
    assert [client.get(url).status_code for _time in range(5)] == [200] * 5


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("subscribe", {"email": "a@example.org", "region": "", "theme": ""}, {"email": "b@example.org"}),
        ("wishes", {"focus": "停车难", "why": "", "theme": "travel", "region": "441600", "token": "t1"}, {"token": "t2"}),
    ],
)
def test_every_form_that_writes_something_down_turns_slow_and_not_shut(client, city, crowded, name, first, second):
    address, second = reverse(f"publication:{name}"), first | second
    assert client.post(address, first).status_code == 302
    held = client.post(address, second)
    assert held.status_code == 429
    again = fields(held.content.decode())
    assert second.items() <= again.items() and client.post(address, again).status_code == 302


def test_backing_a_topic_over_and_over_is_slow_whatever_the_browser_says_it_is(client, city, crowded):
    address = reverse("publication:back", args=[1])
    client.cookies["backer"] = "one"
    assert client.post(address).status_code == 404
    client.cookies["backer"] = "another"
    assert client.post(address).status_code == 429


# — what a form asks beside what is typed


@pytest.fixture
def ask(client, city, call):  # noqa: F811
    url = reverse("publication:alike", args=[call.round.code])
    return lambda n=0, token="t": client.post(url, {"text": f"第{n}处红灯坏了", "token": token}).status_code


def test_one_form_asks_as_often_as_a_person_types_and_no_more(ask):
    codes = [ask(n) for n in range(2 * ASKS + 1)]
    assert codes == [200] * 2 * ASKS + [429]
    assert ask(token="another form at the same address") == 200


def test_many_forms_at_one_address_ask_for_as_many_submissions_as_it_may_send(ask, crowded):
    crowded.RATE_PER_HOUR = 2
    assert [ask(n, f"t{n}") for n in range(2 * ASKS + 1)] == [200] * 2 * ASKS + [429]


def test_a_scraper_with_many_addresses_meets_the_limit_of_all(ask, crowded):
    crowded.RATE_PER_HOUR, crowded.PUBLIC_RATES = 1000, (1, 300, 600)
    assert [ask(n, f"t{n}") for n in range(ASKS + 1)] == [200] * ASKS + [429]


def test_who_asked_too_often_still_hands_in(ask, post, crowded):
    crowded.RATE_PER_HOUR = 1
    while ask() == 200:
        pass
    assert post().status_code == 302

