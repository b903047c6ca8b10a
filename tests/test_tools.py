"""The tools that bring the house up: the PostgreSQL that the tests use is found, or plainly not."""

import pytest

from tools.find_postgres import NAMED, answers, candidates, found
from tools.run_tests import apart

LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"
OURS = "postgres://li@127.0.0.1:5432/postgres"


def test_the_local_server_is_asked_as_its_own_user_and_as_ours():
    assert candidates({}, "li") == [LOCAL, OURS]


def test_nobody_is_asked_twice():
    assert candidates({}, "postgres") == [LOCAL]


def test_a_named_server_is_asked_alone():
    assert candidates({NAMED: "postgres://db/x"}, "li") == ["postgres://db/x"]


def test_the_first_that_answers_is_taken():
    assert found({}, "li", ask=lambda url: url == OURS) == OURS


def test_where_none_answers_there_is_none():
    assert found({}, "li", ask=lambda url: False) is None


def test_a_named_server_that_is_silent_is_an_error():
    with pytest.raises(SystemExit, match=NAMED):
        found({NAMED: "postgres://db/x"}, "li", ask=lambda url: False)


def test_a_closed_port_does_not_answer():
    assert not answers("postgres://nobody@127.0.0.1:1/postgres")


def test_two_runs_on_one_server_do_not_meet():
    assert apart(LOCAL).startswith("postgres://postgres@127.0.0.1:5432/mianduimian_")
