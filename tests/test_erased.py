"""抹去: whoever is erased is in no column of any table any more, whichever room kept a copy; every count stays."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from mianduimian.archive.acts import keep
from mianduimian.archive.models import Document, faults
from mianduimian.archive.rules import Kind
from mianduimian.intake import acts
from mianduimian.intake.commands import open_paper
from mianduimian.intake.models import Citizen, Mention, Submission, copies, texts
from mianduimian.intake.sealing import mark
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Glance, Matter, Words
from mianduimian.lookback.models import Answer
from mianduimian.papers import Paper, Para, Table
from mianduimian.publication import acts as publication
from mianduimian.publication.models import Alert, Subscription
from mianduimian.refusal import NotYours, Refused
from mianduimian.text.normalise import neighbours
from mianduimian.triage.models import Appeal, Part, funnel
from tests.test_privacy import told_story  # noqa: F401 the world these tests look at
from tests.test_story import people  # noqa: F401
from tests.walking import inside


@dataclass
class Box:
    """A letter box that takes two at once and cannot be asked."""

    name: str = "email"
    at_once: int = 2
    asks: bool = False
    remembers: timedelta = timedelta()


NAME = "家长0号"
TEXTS = (models.CharField, models.TextField, models.JSONField)
ELSEWHERE = {"intake.citizen", "intake.mention"}  # sealed: looked at by what it opens to
MACHINE = {
    "rulebook", "code", "key", "verb", "table", "row", "column", "subject_type", "subject_id", "version", "digest", "pdf_digest",
    "struck_digest", "sealed_digest", "stored", "channel", "password",
}  # fmt: skip
FIXED = ("journal.", "people.", "clock.")


def columns():
    """Every column of the house in which words may stand."""
    for model in apps.get_models():
        if model.__module__.startswith("mianduimian.") and model._meta.label_lower not in ELSEWHERE:
            for field in model._meta.concrete_fields:
                if isinstance(field, TEXTS) and not field.is_relation:
                    yield model, field.name


def found(word):
    return {
        f"{model._meta.label}.{name}"
        for model, name in columns()
        for value in model._default_manager.values_list(name, flat=True)
        if word in str(value)
    }


@pytest.fixture
def named(told_story):  # noqa: F811
    """One citizen of the story whose name stands everywhere a room keeps words."""
    citizen = next(one for one in Citizen.objects.all() if one.name == NAME)
    for copy in copies():
        for row in copy.of(citizen):
            for column in [column for column in copy.columns if getattr(row, column)]:
                limit = row._meta.get_field(column).max_length or 999
                copy.model.objects.filter(pk=row.pk).update(**{column: f"{NAME}说：{getattr(row, column)}"[:limit]})
    Submission.objects.filter(citizen=citizen).update(text=f"我是{NAME}")
    return citizen


def test_nothing_of_an_erased_citizen_is_left_in_any_table_and_every_count_stays(named, told_story, day):  # noqa: F811
    round = named.submissions.first().round
    before = [funnel(round), *(table.objects.count() for table in (Part, Appeal, Matter, Answer))]
    assert len(found(NAME)) >= 8  # the planted name is seen
    acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    assert found(NAME) == set()
    assert [funnel(round), *(table.objects.count() for table in (Part, Appeal, Matter, Answer))] == before
    assert not [one for one in Citizen.objects.all() if one.name == NAME]
    assert journal.verify() is None


def test_what_others_said_stays(named, told_story, day):  # noqa: F811
    others = {one.pk: one.text for one in Submission.objects.exclude(citizen=named)}
    acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    assert {one.pk: one.text for one in Submission.objects.exclude(citizen=named)} == others


def test_every_copy_leads_to_a_citizen_and_names_columns_that_are_there():
    for copy in copies():
        assert all(copy.model._meta.get_field(column) for column in copy.columns)
        assert not copy.of(Citizen(pk=0)).query.is_empty()


# — what else names the citizen: found while the name is known, settled by hand, place by place


@pytest.fixture
def everywhere(told_story, day):  # noqa: F811
    """The citizen is named in the last row of every table of the house, in every column in which words may stand."""
    citizen = next(one for one in Citizen.objects.all() if one.name == NAME)
    for model, columns in texts():
        row = model._default_manager.order_by("pk").last()
        for column in [column for column in columns if row and column not in MACHINE and model._meta.app_label != "journal"]:
            field, said = model._meta.get_field(column), f"{NAME}说"
            value = {"said": [said]} if isinstance(field, models.JSONField) else said[: field.max_length or None]
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=row.pk).update(**{column: value})
            except IntegrityError:
                continue  # a rule of the table: nothing a person writes
    return citizen


def settled(citizen, by, on):
    """Every place that waits is struck; where nothing may be changed, it stays for a reason."""
    for one in citizen.mentions.open():
        how = {"how": "excused", "why": "留痕不可改"} if one.fixed else {"how": "struck"}
        acts.mend(one, **how, by=by, on=on)


def test_every_place_that_still_names_an_erased_citizen_is_listed_and_mended_by_hand(everywhere, told_story, day):  # noqa: F811
    counts = {model: model._default_manager.count() for model, _columns in texts() if model is not Line}
    assert len(found(NAME)) > 60  # the planted name is seen
    acts.erase(everywhere, why="本人要求", by=told_story["office"], on=day)
    left = found(NAME)
    listed = {f"{one.model._meta.label}.{one.column}" for one in everywhere.mentions.open()}
    assert left and left <= listed
    settled(everywhere, told_story["office"], day)
    assert {place for place in found(NAME) if not place.startswith(FIXED)} == set()
    assert {model: model._default_manager.count() for model in counts if model is not Mention} == {
        model: count for model, count in counts.items() if model is not Mention
    }
    assert Line.objects.filter(verb="intake.erased_through").count() == 1
    assert not any(one.named for one in Mention.objects.all()) and journal.verify() is None


def test_an_erasure_is_done_only_when_every_place_is_settled(named, told_story, day, client):  # noqa: F811
    other = Matter.objects.exclude(appeal__parts__submission__citizen=named).first() or Matter.objects.last()
    other.opinion.__class__.objects.filter(pk=other.opinion_id).update(text=f"{NAME}家门口的路灯")
    acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    (one,) = named.mentions.open()
    client.force_login(told_story["office"])
    spoken = named.submissions.first()
    page = client.get(reverse("intake:mentions", args=[spoken.pk])).content.decode()
    assert "还有 1 处" in page and "家门口的路灯" in page
    assert not Line.objects.filter(verb="intake.erased_through").exists()
    for how, why, said in (("mended", "", "仍然提到"), ("excused", " ", "写明理由"), ("excused", f"{NAME}同意", "姓名")):
        with pytest.raises(Refused, match=said):
            acts.mend(one, how=how, why=why, by=told_story["office"], on=day)
    client.post(reverse("intake:mend", args=[one.pk]), {"how": "struck", "why": ""})
    other.opinion.refresh_from_db()
    assert other.opinion.text == "＊＊＊家门口的路灯"
    assert "抹去已办完" in client.get(reverse("intake:mentions", args=[spoken.pk])).content.decode()
    with pytest.raises(Refused, match="处理过"):
        acts.mend(one, how="struck", by=told_story["office"], on=day)


def test_a_number_is_found_however_a_clerk_grouped_it(named, told_story, day):  # noqa: F811
    Citizen.objects.filter(pk=named.pk).update(phone="13912345678", email="Lao.Ren@example.org")
    opinion = Matter.objects.first().opinion
    opinion.text = "已打139-1234-5678、139 1234 5678、13912345678，写信到lao.ren@example.org、Lao.Ren@example.org"
    opinion.save()
    acts.erase(Citizen.objects.get(pk=named.pk), why="本人要求", by=told_story["office"], on=day)
    (one,) = named.mentions.open()
    acts.mend(one, how="struck", by=told_story["office"], on=day)
    opinion.refresh_from_db()
    assert opinion.text == "已打＊＊＊、＊＊＊、＊＊＊，写信到＊＊＊、＊＊＊"


def test_a_subscription_under_the_address_of_an_erased_citizen_ends_and_no_other(named, told_story, clock, day):  # noqa: F811
    Citizen.objects.filter(pk=named.pk).update(email="Lao.Ren@example.org")
    for address in ("lao.ren@example.org", "other@example.org"):
        publication.subscribe(address, publication.Wish(), by=clock, on=day)
    acts.erase(Citizen.objects.get(pk=named.pk), why="本人要求", by=told_story["office"], on=day)
    mine, other = Subscription.objects.order_by("pk")
    assert (mine.email, mine.email_index, mine.ended_on) == ("", "", day)
    assert (other.email, other.ended_on) == ("other@example.org", None)
    assert Line.objects.get(verb="intake.erase").now["subscriptions"] == 1
    (letter,) = publication.take_up_alerts(Box(), by=clock, on=day)
    assert letter.subscription_id == other.pk and Alert.objects.get(subscription=mine).state == "unreachable"


def test_nobody_else_settles_a_place(named, told_story, hire, day):  # noqa: F811
    one = Mention.objects.create(citizen=named, table="intake.submission", row="1", column="text", named=NAME, found_on=day)
    for who in (told_story["police"], hire("office", "longchuan"), hire("leader")):
        with pytest.raises(NotYours):
            acts.mend(one, how="struck", by=who, on=day)


def test_the_reason_of_an_erasure_does_not_bring_the_name_into_the_journal(named, told_story, day):  # noqa: F811
    with pytest.raises(Refused, match="姓名"):
        acts.erase(named, why=f"{NAME}本人要求", by=told_story["office"], on=day)


def test_the_list_asks_as_often_for_many_places_as_for_few(named, told_story, day, client, django_assert_max_num_queries):  # noqa: F811
    acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    client.force_login(told_story["office"])
    address = reverse("intake:mentions", args=[named.submissions.first().pk])
    rows = list(Submission.objects.values_list("pk", flat=True))
    assert len(rows) > 5
    for row in rows:
        Mention.objects.create(citizen=named, table="intake.submission", row=str(row), column="text", named=NAME, found_on=day)
    client.get(address)
    with django_assert_max_num_queries(16):
        client.get(address)


# — the search


def test_the_search_finds_an_erased_citizen_nowhere_and_the_rest_of_the_words_again(named, told_story, clock, day):  # noqa: F811
    matter = Matter.objects.filter(appeal__parts__submission__citizen=named).first()
    ledger.renew(by=clock, on=day)
    assert Glance.objects.saying(NAME).exists()
    acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    assert not Glance.objects.saying(NAME).exists()  # at once, before the clock comes round
    ledger.follow(by=clock, on=day)
    pairs = neighbours(NAME)
    assert not [row for row in Words.objects.all() if any(pairs in str(value) for value in row.facts.values())]
    assert Glance.objects.saying(matter.number).exists()
    assert ledger.renew(by=clock, on=day) == 0


def test_what_is_struck_by_hand_leaves_the_search_too(named, told_story, clock, day):  # noqa: F811
    acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    matter = Matter.objects.first()
    matter.opinion.__class__.objects.filter(pk=matter.opinion_id).update(text=f"{NAME}家门口")
    ledger.renew(by=clock, on=day)
    assert Glance.objects.saying(NAME).exists()
    place = {"table": "meeting.opinion", "row": str(matter.opinion_id), "column": "text"}
    one = Mention.objects.create(citizen=named, **place, named=NAME, found_on=day)
    acts.mend(one, how="struck", by=told_story["office"], on=day)
    assert not Glance.objects.saying(NAME).exists()
    ledger.follow(by=clock, on=day)
    assert Glance.objects.saying(matter.number).exists() and ledger.renew(by=clock, on=day) == 0


# — papers


@pytest.fixture
def paper(named, told_story, city, day):  # noqa: F811
    """A paper that was issued with the citizen's name in its title, its text and a table."""
    round = named.submissions.first().round
    body = (Para(f"经查，{NAME}反映属实。"), Table(("姓名", "诉求"), ((NAME, "路灯"),)))
    said = Paper("通报", f"关于{NAME}诉求的通报", number="河面通〔2023〕99号", body=body, on=day)
    return keep(said, round, kind=Kind.CIRCULAR, region=city, by=told_story["office"], on=day)


def test_no_kept_paper_names_an_erased_citizen_and_its_original_lies_under_seal(
    paper, named, told_story, settings, day, django_capture_on_commit_callbacks, client  # noqa: F811
):
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert NAME in "".join(inside(path.read_bytes()) for path in files)
    with django_capture_on_commit_callbacks(execute=True):
        acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    kept = Document.objects.get(pk=paper.pk)
    assert NAME not in "".join(inside(path.read_bytes()) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    assert (kept.digest, kept.version, kept.title, kept.struck_on) == (paper.digest, 1, "关于＊＊＊诉求的通报", day)
    client.force_login(told_story["office"])
    handed = inside(client.get(reverse("archive:file", args=[kept.pk])).content)
    assert "反映属实" in handed and "路灯" in handed and NAME not in handed
    assert "原件封存" in client.get(reverse("archive:register")).content.decode()
    assert list(faults()) == [] or all("漏号" not in fault.words for fault in faults())
    assert NAME in inside(acts.open_paper(kept, why="法院调取", by=told_story["office"], on=day))
    assert Line.objects.filter(verb="intake.open_paper", why="法院调取").count() == 1
    with pytest.raises(NotYours):
        acts.open_paper(kept, why="想看看", by=told_story["police"], on=day)


def test_a_sealed_original_comes_out_by_a_command_that_says_who_and_why(paper, named, told_story, day, tmp_path):  # noqa: F811
    acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    told = [paper.number, str(tmp_path / "out.docx"), "--by", told_story["office"].username, "--why"]
    assert CliRunner().invoke(open_paper, [*told, "法院调取"]).exit_code == 0
    assert NAME in inside((tmp_path / "out.docx").read_bytes())
    assert CliRunner().invoke(open_paper, [*told, " "]).exit_code == 1
    assert CliRunner().invoke(open_paper, ["河面通〔2023〕98号", *told[1:], "法院调取"]).exit_code == 1


def test_papers_that_name_nobody_erased_stay_byte_for_byte(paper, told_story, day):  # noqa: F811
    other = next(one for one in Citizen.objects.all() if one.name and one.name != NAME)
    before = {one.pk: (one.handed, one.sealed_digest) for one in Document.objects.all()}
    acts.erase(other, why="本人要求", by=told_story["office"], on=day)
    assert {one.pk: (one.handed, one.sealed_digest) for one in Document.objects.all()} == before


def test_a_new_key_reaches_the_sealed_original_and_the_names_that_wait(
    paper, named, told_story, clock, settings, day, django_capture_on_commit_callbacks  # noqa: F811
):
    acts.erase(named, why="本人要求", by=told_story["office"], on=day)
    Mention.objects.create(citizen=named, table="intake.submission", row="1", column="text", named=NAME, found_on=day)
    settings.SEAL_OLD_KEYS, settings.SEAL_KEY = [settings.SEAL_KEY], "the key of tomorrow"
    while acts.reseal(by=clock, on=day):
        pass
    settings.SEAL_OLD_KEYS = []
    assert mark()
    assert [one.named for one in Mention.objects.open().filter(table="intake.submission", row="1")] == [NAME]
    kept = Document.objects.get(pk=paper.pk)
    assert NAME in inside(acts.open_paper(kept, why="法院调取", by=told_story["office"], on=day))
