"""V1: the complained-about unit never sees who complained, and nothing personal is on any public page, paper or sheet."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from mianduimian.ledger.models import Matter
from mianduimian.publication.models import Message
from tests.test_rights import RIGHTS
from tests.test_story import people, test_the_article  # noqa: F401 the story is the world these tests look at
from tests.walking import values

SECRETS = ("家长0号", "家长1号", "家长2号", "家长3号", "何女士", "黎先生", "199000000")


@pytest.fixture
def told_story(people, clock, city, unit, django_capture_on_commit_callbacks):  # noqa: F811
    test_the_article(people, clock, city, unit, django_capture_on_commit_callbacks)
    return people


def everything(answer):
    """What an answer shows; of a Word or Excel file, everything inside it."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    try:
        with ZipFile(BytesIO(raw)) as file:
            raw = b"".join(file.read(name) for name in file.namelist())
    except BadZipFile:
        pass
    return raw.decode("utf-8", "replace")


def addresses(name):
    """Every real address of one name: each matter, each receipt, the round's code."""
    return [reverse(name, kwargs=given) for given in values(name)]


def leaks(client, names):
    found = []
    for name in names:
        for url in addresses(name):
            shown = everything(client.get(url))
            found += [(url, secret) for secret in SECRETS if secret in shown]
    return found


def test_a_handler_finds_no_citizen_anywhere(told_story):
    for who in ("police", "urban"):
        client = Client(raise_request_exception=False)
        client.force_login(told_story[who])
        assert leaks(client, [name for name, roles in RIGHTS.items() if "unit" in roles]) == []


def test_the_public_finds_no_citizen_anywhere(told_story):
    assert leaks(Client(raise_request_exception=False), [name for name, roles in RIGHTS.items() if roles == ["*"]]) == []


def test_leaders_and_supervisors_find_no_citizen_anywhere(told_story):
    for who, role in (("mayor", "leader"), ("supervisor", "supervisor")):
        client = Client(raise_request_exception=False)
        client.force_login(told_story[who])
        assert leaks(client, [name for name, roles in RIGHTS.items() if role in roles]) == []


def test_what_is_told_by_message_names_nobody(told_story):
    assert [text for text in Message.objects.values_list("text", flat=True) if any(secret in text for secret in SECRETS)] == []


def test_these_eyes_see_a_planted_leak(told_story):
    Matter.objects.first().replies.update(public="已联系 家长0号")
    client = Client()
    client.force_login(told_story["police"])
    assert leaks(client, ["ledger:matter"]) != []
