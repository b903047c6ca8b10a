"""发送通道: each against a real server on this machine, with what can go wrong on the way."""

import socket
from datetime import timedelta

import pytest

from mianduimian.publication.gateways import (
    Letter,
    MailGateway,
    Misplanned,
    SmsGateway,
    Unclear,
    Undelivered,
    Unwanted,
    WeChatGateway,
    gateways,
    read,
)
from mianduimian.publication.tests.servers import Mail, Post, Web, serving

LETTER = Letter(
    "k" * 32,
    "19900001230",
    "【面对面】校门口乱停车：已办结",
    {"step": "已办结", "title": '校门口"乱停车"', "unit": "交警", "receipt": "R"},
)
MAIL = Letter("k" * 32, "a@example.com", "【面对面】校门口乱停车：已办结", {"step": "事项已办结"})


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def web(post):
    with serving(Web, post) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def mail(post):
    with serving(Mail, post) as port:
        yield MailGateway(host="127.0.0.1", port=port, sender="面对面 <mdm@city.example>", security="none", patience=1)


def sms(url, **more):
    contract = {
        "body": '{"to": $to, "text": $text, "about": $title, "key": $key}',
        "head": {"Idempotency-Key": "$key", "X-Code": "s"},
    }
    return SmsGateway(
        **{"url": f"{url}/sms", "accepted": {"code": 0}, "refused": {"code": [4001]}, "patience": 1, **contract, **more}
    )


def wechat(url, **more):
    return WeChatGateway("app", "secret", "T1", {"thing1": "$title", "thing2": "$step"}, base=url, patience=1, **more)


def test_a_short_message_carries_key_number_and_text_as_the_citys_contract_says(web, post):
    sms(web).send(LETTER)
    assert post.kept[LETTER.key] == {"to": LETTER.to, "text": LETTER.text, "about": '校门口"乱停车"', "key": LETTER.key}


def test_a_wechat_message_fills_the_template_and_fetches_its_token_once(web, post):
    way = wechat(web, link="https://mdm.example/public")
    way.send(LETTER)
    way.send(Letter("other", "oX", "x", {}))
    taken = post.kept[LETTER.key]
    assert taken["data"] == {"thing1": {"value": '校门口"乱停车"'}, "thing2": {"value": "已办结"}}
    assert (taken["touser"], taken["template_id"], taken["url"]) == (LETTER.to, "T1", "https://mdm.example/public")


def test_a_token_that_went_stale_is_fetched_anew(web, post):
    way = wechat(web)
    way._token, way._until = "stale", float("inf")
    way.send(LETTER)
    assert post.handed[LETTER.key] == 1


def test_an_email_carries_a_message_id_made_of_the_key(mail, post):
    mail.send(MAIL)
    letter = post.kept[MAIL.key]
    assert letter["Message-ID"] == f"<{MAIL.key}@city.example>"
    assert letter["Subject"] == "事项已办结"
    assert letter.get_content().strip() == MAIL.text


@pytest.mark.parametrize("address", ["a@example.com\nBcc: b@example.com", "a@example.com\r\n.", "不是邮箱", "a@b, c@example.com"])
def test_an_address_that_would_write_a_header_is_refused(mail, post, address):
    with pytest.raises(Unwanted, match="不合规"):
        mail.send(Letter("k", address, "x"))
    assert not post.handed


def test_a_subject_that_would_write_a_header_is_refused(mail, post):
    with pytest.raises(Unwanted):
        mail.send(Letter("k", "a@example.com", "x", {"step": "已办结\r\nBcc: b@example.com"}))
    assert not post.handed


MEANINGS = [
    ("busy", Undelivered),
    ("never", Unwanted),
    ("cut before", Unclear),
    ("cut after", Unclear),
    ("wrong after", Unclear),
    ("slow", Unclear),
]


@pytest.mark.parametrize(("fault", "meaning"), MEANINGS)
@pytest.mark.parametrize("make", [sms, wechat])
def test_what_an_answer_means_is_told_apart_over_http(web, post, make, fault, meaning):
    post.faults, post.slow = {fault: 1.0}, 1.5
    with pytest.raises(Undelivered) as raised:
        make(web).send(LETTER)
    assert raised.type is meaning
    assert bool(post.handed) == (fault in ("cut after", "wrong after", "slow"))


@pytest.mark.parametrize(("fault", "meaning"), [*MEANINGS[:2], *MEANINGS[3:4], *MEANINGS[5:]])
def test_what_an_answer_means_is_told_apart_over_smtp(mail, post, fault, meaning):
    post.faults, post.slow = {fault: 1.0}, 1.5
    with pytest.raises(Undelivered) as raised:
        mail.send(MAIL)
    assert raised.type is meaning


def test_a_mail_server_that_breaks_off_before_the_text_took_nothing(mail, post):
    post.faults = {"cut before": 1.0}
    with pytest.raises(Undelivered) as raised:
        mail.send(MAIL)
    assert raised.type is Undelivered and not post.handed


def test_where_nobody_listens_nothing_was_sent():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    for way, letter in [
        (sms(f"http://127.0.0.1:{port}"), LETTER),
        (wechat(f"http://127.0.0.1:{port}"), LETTER),
        (MailGateway("127.0.0.1", port, "a@b.example", "none"), MAIL),
    ]:
        with pytest.raises(Undelivered) as raised:
            way.send(letter)
        assert raised.type is Undelivered


def test_a_gateway_that_can_be_asked_says_whether_it_has_a_letter(web):
    way = sms(web, ask_url=f"{web}/sms/$key")
    assert way.asks and not way.knows(LETTER.key)
    way.send(LETTER)
    assert way.knows(LETTER.key)


def test_a_yes_that_says_no_in_its_words_is_a_no(web, post):
    with pytest.raises(Unclear):
        sms(web, accepted={"result": "ok"}).send(LETTER)
    with pytest.raises(Unwanted):
        sms(web, accepted={"result": "ok"}, refused={"code": [0]}).send(LETTER)


def written(tmp_path, text):
    path = tmp_path / "channels.toml"
    path.write_text(text, "utf-8")
    return path


SET_UP = """
order = ["wechat", "sms", "email", "letter", "file"]
[sms]
url = "https://sms.example/send"
head = { Authorization = "Bearer ${SMS_TOKEN}" }
remembers = 1440
[email]
host = "mail.example"
sender = "mdm@city.example"
[wechat]
app_id = "a"
secret = "b"
template = "c"
"""


def test_a_citys_file_says_only_what_differs_and_takes_secrets_from_the_environment(tmp_path):
    plan = read(written(tmp_path, SET_UP), {"SMS_TOKEN": "geheim"})
    sms, *rest = [way for way in gateways(plan, tmp_path) if way.name != "wechat"]
    assert sms.head == {"Authorization": "Bearer geheim"} and sms.remembers == timedelta(days=1)
    assert [way.name for way in rest] == ["email", "file"]
    assert plan.again == read(None, {}).again


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('order = ["fax"]', "fax"),
        ("order = []", "order"),
        ('order = ["sms"]', "sms.url"),
        ('order = ["email"]\n[email]\nhost = "x"', "email.sender"),
        ("[sms]\nulr = 1", "sms.ulr"),
        ("pace = 1", "pace"),
        ("again = []", "again"),
        ('quiet_from = "25:00"', "hour"),
        ('site = "${NOBODY}"', "NOBODY"),
        ("order = [", "channels.toml"),
        ('lease = 1\norder = ["email"]\n[email]\nhost = "x"\nsender = "a@b"\npatience = 21', "lease"),
        ('[email]\nsecurity = "rot13"', "security"),
    ],
)
def test_a_plan_that_does_not_hold_stops_the_start_in_words(tmp_path, text, said):
    with pytest.raises(Misplanned, match=said):
        read(written(tmp_path, text), {})
