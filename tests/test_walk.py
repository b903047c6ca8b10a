"""The walk of protection: each role goes through every door, export, search, document and log, and finds nobody who spoke."""

import json
import logging
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.test import Client
from django.urls import reverse

from mianduimian.intake import acts as intake
from mianduimian.intake.models import Citizen, Submission
from mianduimian.journal.models import Line
from mianduimian.ledger.models import Matter
from mianduimian.lookback.models import Visit
from mianduimian.people.rules import Role
from mianduimian.publication.models import Message
from tests import test_story
from tests.test_story import people, test_the_article  # noqa: F401 the story is the world that is walked through
from tests.walking import OF_A_LINK, Heard, Walk, addresses, inside, shown, values

pytestmark = pytest.mark.slow

RARE = "檀鸢鹓鹭鸾骉犇羴鱻麤"
READERS = (Role.OFFICE, Role.VISITOR)  # who reads citizens' own words, with whatever a citizen wrote into them
OTHERS = [role for role in Role if role not in (*READERS, Role.CLOCK)]


class Planted:
    """One citizen nobody else is like: what is sealed, and what the citizen wrote of themselves into the words."""

    numbers = count(1)

    def __init__(self) -> None:
        number = next(self.numbers)
        mark = "".join(RARE[int(digit)] for digit in f"{number:03}")
        self.sealed = {
            "name": f"闻人{mark}", "phone": f"199{77000000 + number:08}", "email": f"planted{number:04}@example.org",
            "address": f"翔鹭新村{mark}栋",
        }  # fmt: skip
        self.written = {"name": f"闻人{mark}", "phone": f"198{66000000 + number:08}", "mail": f"written{number:04}@example.org"}

    @property
    def sentence(self) -> str:
        """How the citizen signs."""
        return f"。我叫{self.written['name']}，电话{self.written['phone']}，邮箱{self.written['mail']}。"


@pytest.fixture
def planted(monkeypatch, people, clock, city, unit, django_capture_on_commit_callbacks):  # noqa: F811
    """The article's story, told by citizens whose names and numbers are found nowhere else."""
    sown = []

    def say(round, text, *, name="", channel="phone", by, on):
        said = test_story.Said(channel=channel, title="", text=text)
        if name:
            sown.append(Planted())
            said = replace(said, text=text + sown[-1].sentence, **sown[-1].sealed)
        return intake.receive(round, said, by=by, on=on)[0]

    heard = Heard()
    monkeypatch.setattr(test_story, "say", say)
    logging.getLogger().addHandler(heard)
    test_the_article(people, clock, city, unit, django_capture_on_commit_callbacks)
    Matter.objects.filter(pk=Visit.objects.get(answer=None).matter_id).update(state="settled")  # one citizen may still answer
    yield {"sealed": {word for one in sown for word in one.sealed.values()},
           "written": {word for one in sown for word in one.written.values()}, "heard": heard}  # fmt: skip
    logging.getLogger().removeHandler(heard)


def found(client, secrets):
    return sorted({(url, secret) for url, text in Walk(client).through(addresses()) for secret in secrets if secret in text})


def entered(person):
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.mark.parametrize("role", OTHERS)
def test_who_does_not_sort_finds_no_citizen_behind_any_door(planted, people, hire, role):  # noqa: F811
    """The complained-about unit, leaders, supervisors, deputies, the press and the administrators."""
    who = people["police"] if role == Role.UNIT else hire(role.value)
    assert found(entered(who), planted["sealed"] | planted["written"]) == []


@pytest.mark.parametrize("role", READERS)
def test_who_reads_the_words_sees_no_sealed_identity_without_a_reason(planted, hire, role):
    assert found(entered(hire(role.value)), planted["sealed"] - planted["written"]) == []


def test_a_stranger_finds_no_citizen_on_any_public_page_feed_or_file(planted):
    assert found(Client(raise_request_exception=False), planted["sealed"] | planted["written"]) == []


def test_who_holds_a_link_sees_the_question_and_nobodys_name(planted, client):
    """The link of a visit: open, used, over, and after the answer is sent through it."""
    pages = [client.get(reverse(OF_A_LINK, kwargs=given)) for given in values(OF_A_LINK)]
    assert len(pages) == 3
    open_one = next(page for page in pages if "提交评价" in page.content.decode())
    address = open_one.request["PATH_INFO"]
    pages += [client.post(address, {"scale": ""}), client.post(address, {"scale": "5", "solved": "yes"}), client.get(address)]
    texts = "\n".join(map(shown, pages))
    assert [word for word in planted["sealed"] | planted["written"] if word in texts] == []


def test_these_eyes_see_a_name_behind_a_link(planted, client):
    visit = Visit.objects.get(answer=None)
    own = visit.submission.citizen.name
    other = next(word for word in planted["sealed"] if word.startswith("闻人") and word != own)
    visit.matter.replies.update(public=f"请{other}看")
    pages = "\n".join(shown(client.get(reverse(OF_A_LINK, kwargs=given))) for given in values(OF_A_LINK))
    assert other in pages


def test_searching_for_a_citizen_answers_a_handler_as_searching_for_nobody_does(planted, people):  # noqa: F811
    client = entered(people["police"])
    code = Submission.objects.first().round.code
    for url in (reverse("desks:ledger"), reverse("publication:matters", args=[code])):
        for word in ("闻人檀檀", "19977", "planted0", "翔鹭新村"):
            pages = [client.get(url, {"q": asked}).content.decode().replace(asked, "") for asked in (word, "无" * len(word))]
            assert [page.count("/ledger/") for page in pages] == [pages[1].count("/ledger/")] * 2, (url, word)


def test_the_journal_the_messages_the_log_and_the_kept_papers_name_nobody(planted, settings):
    secrets = planted["sealed"] | planted["written"]
    journal = serializers.serialize("json", Line.objects.all(), ensure_ascii=False)
    told = "\n".join(Message.objects.values_list("text", flat=True))
    kept = "\n".join(inside(path.read_bytes()) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    log = "\n".join(planted["heard"].lines)
    assert [(word, place) for word in secrets for place, text in
            {"journal": journal, "messages": told, "papers": kept, "log": log}.items() if word in text] == []  # fmt: skip


def test_the_database_keeps_no_sealed_word_in_the_clear(planted):
    only_sealed = planted["sealed"] - planted["written"]
    for table in apps.get_models():
        fields = [field.attname for field in table._meta.concrete_fields if field.model is table]
        rows = json.dumps([list(map(str, row)) for row in _raw(table, fields)], ensure_ascii=False)
        assert [word for word in only_sealed if word in rows] == [], table


def _raw(table, fields):
    """Rows as the database holds them, before any seal is opened."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(table._meta.get_field(field).column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {quote(table._meta.db_table)}")
        return cursor.fetchall()


def test_these_eyes_see_what_is_planted_in_the_open(planted, people):  # noqa: F811
    name = min(planted["sealed"])
    Matter.objects.first().replies.update(public=f"已联系{name}")
    assert found(entered(people["police"]), {name}) != []
    assert Citizen.objects.count() > 5
