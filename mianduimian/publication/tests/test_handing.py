"""拿去用: feeds, open data and the press kit carry the words of the pages, no others, and nothing personal."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring
from django.urls import reverse

from mianduimian.people.models import Region
from mianduimian.people.rules import Role
from mianduimian.publication import acts
from mianduimian.publication.acts import Changed
from mianduimian.publication.models import Draft, Scope, news
from mianduimian.publication.opendata import FIELDS
from mianduimian.publication.wording import Change, Words
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal

PERSONAL = ("伍群众", "1990000123", "19900009999", "匿名赖", "内部情况")
SCHEMES = (("round", "441600-2023-12"), ("region", "441600"), ("theme", "travel"), ("all", "all"))


def body(client, name, *args):
    answer = client.get(reverse(f"publication:{name}", args=args))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def fits(value, schema):
    """Whether a value is as a schema of ours says: the few words of JSON Schema that we use."""
    kinds = {"string": str, "integer": int, "null": type(None), "object": dict, "array": list}
    wanted = schema.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    assert not wanted or any(isinstance(value, kinds[kind]) for kind in wanted), (value, schema)
    assert value == schema.get("const", value)
    if isinstance(value, dict):
        assert set(schema["required"]) == set(value) == set(schema["properties"])
        for key, one in value.items():
            fits(one, schema["properties"][key])
    if isinstance(value, list):
        for one in value:
            fits(one, schema["items"])


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize(("scope", "key"), SCHEMES)
def test_each_feed_is_well_formed_and_tells_what_is_public(client, shown, released, scope, key, form):
    feed = body(client, "feed", scope, key, form).decode()
    fromstring(feed)
    assert "校门口乱停车" in feed
    assert f"/public/{shown.round.code}/matters/{shown.matter_id}" in feed
    assert not [word for word in PERSONAL if word in feed]


NOWHERE = [("theme", "nothing", "atom"), ("round", "x", "rss"), ("all", "all", "pdf"), ("who", "all", "atom")]


@pytest.mark.parametrize("path", NOWHERE)
def test_a_feed_of_nothing_is_not_there(client, shown, released, path):
    assert client.get(reverse("publication:feed", args=path)).status_code == 404


def test_a_feed_of_elsewhere_and_of_another_theme_stays_empty(client, shown, released):
    assert "校门口乱停车" not in body(client, "feed", "theme", "water", "atom").decode()
    assert "校门口乱停车" not in body(client, "feed", "region", "441624", "atom").decode()


def test_the_feed_of_a_region_has_the_matters_of_the_places_below_it(client, shown, released, round):
    Region.objects.filter(pk="441602001").update(parent="441602")
    Appeal.objects.update(region="441602001")
    Round.objects.update(region="441624")
    for code, told in (("441600", True), ("441602", True), ("441602001", True), ("441621", False)):
        assert ("校门口乱停车" in body(client, "feed", "region", code, "atom").decode()) is told


def test_a_page_taken_down_leaves_the_feeds(client, shown, released, office, day):
    acts.withdraw(released, why="文字有误", by=office, on=day)
    assert "校门口乱停车" not in body(client, "feed", "all", "all", "atom").decode()


def test_corrections_and_withdrawals_are_news_and_withdrawn_words_are_not(client, shown, matter, released, office, second, day):
    made = acts.draft(matter, Words("新题", "新表述"), Changed(Change.CORRECTION, "地点写错了"), by=office, on=day)
    acts.release_drafts([made.pk], by=second, on=day)
    assert "更正：新题" in body(client, "feed", "all", "all", "rss").decode()
    acts.withdraw_draft(made, why="重复公开", by=office, on=day)
    feed = body(client, "feed", "all", "all", "rss").decode()
    assert "重复公开" in feed
    assert "新表述" not in feed
    assert [one.what for one in news(Scope(), most=1)] == ["撤回"]  # what was never withdrawn takes no place


def test_the_csv_has_a_byte_order_mark_every_field_and_nothing_personal(client, shown, released):
    raw = body(client, "lines_csv", shown.round.code)
    assert raw.startswith("\ufeff".encode())
    head, row = csv.reader(StringIO(raw.decode("utf-8-sig")))
    assert head == [field.head for field in FIELDS]
    assert row[0] == "M1"
    assert not [word for word in PERSONAL if word in raw.decode()]


def test_no_cell_becomes_a_formula(client, shown, released):
    Draft.objects.update(title="=1+1", answer="＝cmd", place="@x")
    _head, row = csv.reader(StringIO(body(client, "lines_csv", shown.round.code).decode("utf-8-sig")))
    assert not [cell for cell in row if cell[:1] in ("=", "＝", "@", "+", "-")]


def test_the_json_is_as_its_published_schema_says(client, shown, released):
    schema = json.loads(body(client, "schema"))
    found = json.loads(body(client, "lines_json", shown.round.code))
    fits(found, schema)
    assert (found["matters"][0]["id"], found["matters"][0]["answer"]) == ("M1", "已划线，交警电话199****9999")
    assert found["schema"] == schema["$id"]
    assert not [word for word in PERSONAL if word in json.dumps(found, ensure_ascii=False)]


def test_every_field_and_figure_is_explained_on_the_page(client, shown, released):
    page = body(client, "data").decode()
    assert not [field.key for field in FIELDS if field.key not in page or field.definition not in page]


def test_unreleased_words_are_in_no_file(client, matter, released, clock, day):
    from mianduimian.ledger.acts import renew

    renew(by=clock, on=day)
    for name in ("lines_csv", "lines_json", "press_kit"):
        raw = body(client, name, matter.appeal.round.code)
        assert "乱停车".encode() not in (raw if name != "press_kit" else b"".join(unpacked(raw).values()))


def unpacked(raw):
    with ZipFile(BytesIO(raw)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_the_press_kit_holds_figures_charts_lines_and_whom_to_ask(client, shown, released, settings):
    settings.PRESS_CONTACT = "市委宣传部新闻科 0762-0000000"
    files = unpacked(body(client, "press_kit", shown.round.code))
    assert {"说明.txt", "数字和口径.csv", "逐件办理情况.csv", "图表.pdf", "图表.png", "图表.svg"} <= set(files)
    assert settings.PRESS_CONTACT in files["说明.txt"].decode("utf-8-sig")
    assert files["图表.pdf"].startswith(b"%PDF")
    assert files["图表.png"].startswith(b"\x89PNG")
    assert "多宗来件说的是同一件事" in files["数字和口径.csv"].decode("utf-8-sig")
    everything = b"".join(files.values())
    assert not [word for word in PERSONAL if word.encode() in everything]


@pytest.mark.parametrize("role", [role.value for role in Role if role not in (Role.CLOCK, Role.OFFICE)])
def test_only_the_office_opens_the_bench(client, hire, round, role):
    client.force_login(hire(role))
    for name in ("drafts", "gallery"):
        assert client.get(reverse(f"publication:{name}", args=[round.code])).status_code == 403
