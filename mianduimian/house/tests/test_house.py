"""房屋: knobs that fail in words, refusals as pages, the tongue of the house, and the commands that open it."""

import pytest
from click.testing import CliRunner
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from mianduimian.clock.rules import Every
from mianduimian.desks.jobs import JOBS
from mianduimian.house import commands
from mianduimian.house.cli import rooms
from mianduimian.house.context import readable
from mianduimian.house.knobs import Knobs, Unsettled, database, secret
from mianduimian.house.middleware import refusals
from mianduimian.ledger.rules import State
from mianduimian.mechanism import rulebook, versions
from mianduimian.people.models import Person, Post
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import Speaker, Term, _, official, say


class Fruit(Term):
    PEAR = "pear", _("梨")


def test_a_term_is_stored_by_its_key_and_shown_by_its_word():
    assert Fruit("pear") == "pear"
    assert Fruit.PEAR.word == "梨"
    assert Fruit.choices() == [("pear", "梨")]
    assert Fruit.word_of("apple") == "apple"


def test_words_are_shown_in_the_readers_language_and_official_papers_stay_chinese():
    paper = official(lambda: State.CLOSED.word)
    with override("en"):
        assert State.CLOSED.word != "销号"
        assert paper() == "销号"
        assert State.CLOSED.word != "销号"


def test_nothing_is_said_of_nothing():
    assert say("") == ""
    assert Speaker.translate("面对面")


def test_a_refusal_speaks_with_its_words_filled_in():
    assert str(Refused("最多%(n)s次。", n=2)) == "最多2次。"
    assert str(Refused("不行。")) == "不行。"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FLAG", "maybe", "只能是 yes、no"),
        ("NUMBER", "-1", "1 至 9"),
        ("NUMBER", "ten", "整数"),
        ("NUMBER", "10", "1 至 9"),
    ],
)
def test_a_wrong_value_stops_the_house_and_says_what_it_may_be(name, value, words):
    knobs = Knobs({f"MIANDUIMIAN_{name}": value})
    with pytest.raises(Unsettled, match=words):
        knobs.flag(name, True) if name == "FLAG" else knobs.number(name, 5, 1, 9)


def test_a_knob_nobody_reads_is_named():
    with pytest.raises(Unsettled, match="MIANDUIMIAN_PORTT"):
        Knobs({"MIANDUIMIAN_PORTT": "1"}).done()
    Knobs({"PATH": "/bin"}).done()


def test_the_database_is_embedded_unless_one_url_names_another(tmp_path):
    assert database("", tmp_path)["NAME"] == tmp_path / "mianduimian.sqlite3"
    named = database("postgres://u:p%40ss@db.local:5433/mdm", tmp_path)
    parts = [named[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert parts == ["mdm", "u", "p@ss", "db.local", "5433"]
    with pytest.raises(Unsettled, match="postgres://"):
        database("mysql://x/y", tmp_path)


def test_the_secret_is_made_once_readable_by_its_owner_alone(tmp_path):
    first = secret("", tmp_path)
    assert secret("", tmp_path) == first
    assert secret("given", tmp_path) == "given"
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("refused", "status"), [(Refused("不行。"), 409), (NotYours("不归您。"), 403)])
def test_a_refusal_becomes_a_page_in_the_persons_words(db, refused, status):
    request = RequestFactory().get("/")
    answer = refusals(lambda one: None).process_exception(request, refused)
    assert answer.status_code == status
    assert str(refused) in answer.content.decode()
    assert refusals(lambda one: None).process_exception(request, ValueError()) is None


def test_an_address_that_only_takes_forms_says_so_on_a_page_of_its_own_and_keeps_its_headers(hire, client):
    client.force_login(hire("visitor"))
    for address in ("/public/receipt/ABCD/rate/1", "/public/later/1/answer", "/lookback/plan/", "/lookback/visits/1/attempt/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
        assert "不能直接打开" in answer.content.decode() and 'href="/"' in answer.content.decode()
        assert answer.headers["Content-Security-Policy"] and answer.headers["X-Frame-Options"] == "DENY"
    assert client.head("/lookback/plan/").content == b""


@pytest.mark.parametrize(
    ("came", "next_page"),
    [
        ("http://testserver/lookback/campaigns/?show=all", "/lookback/campaigns/?show=all"),
        ("http://testserver", "/"),
        ("https://elsewhere.example/trap", "/"),
        ("http://testserver@elsewhere.example/trap", "/"),
        ("", "/"),
    ],
)
def test_who_changes_the_language_of_a_refused_form_comes_back_to_where_the_form_stood(db, came, next_page):
    request = RequestFactory().post("/lookback/plan/", headers={"Referer": came})
    assert readable(request) == {"readable": next_page}
    assert readable(RequestFactory().get("/public/?large=1")) == {"readable": "/public/?large=1"}


@pytest.mark.parametrize(
    ("came", "read"), [("/ledger/?page=2", "/ledger/?page=2"), ("//elsewhere.example/", "/"), ("https://elsewhere.example/", "/")]
)
def test_a_form_refused_twice_still_knows_where_it_stood(came, read):
    request = RequestFactory().post("/lookback/plan/", {"came": came}, headers={"Referer": "http://testserver/lookback/plan/"})
    assert readable(request) == {"readable": read}


def test_a_refused_form_says_where_it_stood():
    request = RequestFactory().post("/lookback/plan/", {"came": "/ledger/"})
    said = render_to_string("parts/_fields.html", {"readable": "/ledger/", "request": request, "form": None})
    assert '<input type="hidden" name="came" value="/ledger/">' in said
    request = RequestFactory().get("/lookback/plan/")
    assert "came" not in render_to_string("parts/_fields.html", {"readable": "/", "request": request, "form": None})


def test_setting_up_makes_the_city_and_three_administrators_once(db):
    first = CliRunner().invoke(commands.setup).output
    assert "区划 110 个" in first
    assert {"system", "security", "audit"} <= set(Person.objects.values_list("username", flat=True))
    assert "管理员已经设立" in CliRunner().invoke(commands.setup).output
    assert Post.objects.filter(role="audit").count() == 1


def test_the_daily_jobs_say_what_they_did_and_are_done_once_a_slot(city):
    first = CliRunner().invoke(commands.daily).output.splitlines()
    assert [line.split("：")[0] for line in first] == [job.word for job in JOBS]
    assert not any("Error" in line for line in first)
    again = CliRunner().invoke(commands.daily).output.splitlines()
    assert {line.split("：")[0] for line in again} <= {job.word for job in JOBS if job.every == Every.MINUTE}


def test_every_command_of_every_room_is_found():
    names = rooms.list_commands(None)
    assert {"workdays", "text", "import", "journal", "calendar", "setup", "serve", "demo", "daily"} <= set(names)
    assert all(rooms.get_command(None, name) for name in names)
    assert rooms.get_command(None, "nonsense") is None


@pytest.mark.parametrize("version", versions())
def test_every_number_of_a_rulebook_has_unit_sentence_and_source(version):
    book = rulebook(version)
    assert all(rule.unit and rule.sentence and rule.source for _section, _name, rule in book.rules())
    with pytest.raises(AttributeError):
        _ = book.nothing


def test_the_test_variant_is_plainly_marked_and_an_unknown_one_is_refused():
    assert rulebook("test-short").test_only
    assert not rulebook("heyuan-2.0").test_only
    with pytest.raises(Refused, match="没有“heyuan-1.0”这一版规则"):
        rulebook("heyuan-1.0")
