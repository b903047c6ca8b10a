"""谁能进哪扇门: every address × every role answers as tests/rights.toml says; a new address without a line fails here."""

import tomllib
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mianduimian.people.rules import Role

RIGHTS = tomllib.loads((Path(__file__).parent / "rights.toml").read_text("utf-8"))
ROLES = [role.value for role in Role if role != Role.CLOCK]
EVERYBODY = ["*"]
GUARDED_BY_ALLAUTH = ("account", "mfa")
MUST_HAVE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def addresses(resolver=None, namespace=""):
    """Every named address of our rooms with the converters of its arguments."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace or entry.app_name or not str(entry.pattern).startswith(("accounts", "i18n")):
                yield from addresses(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern) and entry.name:
            yield namespace + entry.name, entry.pattern.converters, entry.callback


NAMES = {name: converters for name, converters, _view in addresses()}


def address(name, round):
    """A real address: the round's code for text, the first of its kind for a number."""
    values = {key: round.code if type(converter).__name__ == "StringConverter" else 1 for key, converter in NAMES[name].items()}
    return reverse(name, kwargs=values)


def may(name, role):
    return RIGHTS[name] == EVERYBODY or role in RIGHTS[name]


def test_every_address_has_a_line_in_the_rights_table_and_every_line_an_address():
    assert sorted(set(NAMES) - set(RIGHTS)) == []
    assert sorted(set(RIGHTS) - set(NAMES)) == []


def test_the_table_names_only_roles_that_exist():
    assert {role for roles in RIGHTS.values() for role in roles} <= {*ROLES, *EVERYBODY}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_enters_where_the_table_says_and_nowhere_else(hire, round, role, method, day):
    client = Client(raise_request_exception=False)
    client.force_login(hire(role))
    wrong = []
    for name in NAMES:
        answer = getattr(client, method)(address(name, round))
        if answer.status_code == 405:
            continue  # this way in there is no door at all
        allowed = answer.status_code != 403
        if allowed != may(name, role) or answer.status_code >= 500:
            wrong.append((name, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_enters_only_what_is_open_and_is_asked_to_log_in_elsewhere(round, method):
    client = Client(raise_request_exception=False)
    wrong = []
    for name in NAMES:
        answer = getattr(client, method)(address(name, round))
        if answer.status_code == 405:
            continue
        asked = answer.status_code == 302 and "/accounts/login/" in answer["Location"]
        if asked == (RIGHTS[name] == EVERYBODY) or answer.status_code >= 500:
            wrong.append((name, answer.status_code))
    assert wrong == []


def test_nothing_changes_without_the_token_of_a_form_of_ours(hire, round):
    client = Client(enforce_csrf_checks=True)
    client.force_login(hire("office"))
    assert {name for name in NAMES if client.post(address(name, round)).status_code != 403} == set()


def test_every_answer_carries_the_protective_headers_the_refusals_too(hire, round):
    client = Client(raise_request_exception=False)
    client.force_login(hire("office"))
    pages = [address(name, round) for name in NAMES] + ["/nothing/here", "/accounts/login/"]
    for url in pages:
        answer = client.get(url)
        policy = answer.get("Content-Security-Policy", "")
        assert "default-src 'self'" in policy, url
        assert "unsafe-inline" not in policy, url
        assert {name: answer.get(name) for name in MUST_HAVE} == MUST_HAVE, url


def test_what_is_behind_a_door_is_never_cached(hire, round):
    client = Client(raise_request_exception=False)
    client.force_login(hire("office"))
    for name, roles in RIGHTS.items():
        answer = client.get(address(name, round)) if "office" in roles else None
        if answer is not None and answer.status_code == 200:
            assert "no-store" in answer.get("Cache-Control", ""), name


def test_a_field_nobody_offers_is_ignored(hire, round, city):
    """Mass assignment: every column of the table typed into a form changes nothing that the form does not ask."""
    client = Client()
    client.force_login(hire("office"))
    chosen = {"region": city.pk, "office": "shifuban", "rulebook": "heyuan-2.0"}
    typed = {"focus": "停车", "theme": "travel", "host": "市长", **chosen}
    forged = {"code": "x", "number": 99, "opened_by": 1, "ended_on": "2020-01-01", "is_staff": 1, "version": 9}
    client.post(reverse("solicitation:open"), {**typed, **forged})
    made = type(round).objects.exclude(pk=round.pk).get()
    assert (made.code != "x", made.ended_on, made.number) == (True, None, 1)
