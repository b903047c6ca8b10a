"""换钥与到期: old seals open, new ones are made by the new key, and a name is kept no longer than its kind allows."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection

from mianduimian.intake import acts, commands, jobs
from mianduimian.intake.models import Citizen
from mianduimian.intake.rules import kept_days
from mianduimian.intake.sealing import blind_index, fingerprint, mark, seal, unseal
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation.rules import Channel


@pytest.fixture
def spoken(round, office, day, said):
    return [
        acts.receive(round, said(f"第{n}处", name=f"陈小{n}", phone=f"1380013800{n}"), by=office, on=day)[0] for n in range(5)
    ]


@pytest.fixture
def turned(settings):
    """A new key, the old one kept."""
    settings.SEAL_OLD_KEYS = [settings.SEAL_KEY]
    settings.SEAL_KEY = "the key of today"
    return settings


def raw():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM intake_citizen ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def test_under_a_new_key_old_seals_open_and_new_ones_are_its_own(spoken, turned):
    assert Citizen.objects.first().name == "陈小0"
    assert not raw()[0].startswith(mark())
    assert seal("陈小明").startswith(mark()) and unseal(seal("陈小明")) == "陈小明"


def test_a_seal_of_before_keys_had_marks_opens_too(turned):
    unmarked = seal("陈小明").partition(".")[2]
    assert unseal(unmarked) == "陈小明"


def test_without_the_old_key_its_seals_stay_shut(spoken, turned):
    turned.SEAL_OLD_KEYS = []
    with pytest.raises(Refused, match="SEAL_KEY"):
        Citizen.objects.first()


def test_resealing_goes_on_where_it_was_interrupted_and_says_how_many(spoken, turned, clock, day, monkeypatch):
    monkeypatch.setattr("mianduimian.intake.acts.keys.AT_ONCE", 2)
    assert acts.reseal(by=clock, on=day) == 2
    assert [name.startswith(mark()) for name in raw()] == [True, True, False, False, False]
    assert CliRunner().invoke(commands.reseal).output == "换封 3 位群众\n"
    assert CliRunner().invoke(commands.reseal).output == "换封 0 位群众\n"
    turned.SEAL_OLD_KEYS = []
    assert [citizen.name for citizen in Citizen.objects.order_by("pk")] == [f"陈小{n}" for n in range(5)]


def test_what_is_looked_up_is_found_under_any_number_of_new_keys(spoken, turned, round, office, day, said):
    index, words = blind_index("13800138000"), fingerprint("a")
    turned.SEAL_OLD_KEYS, turned.SEAL_KEY = [turned.SEAL_KEY, *turned.SEAL_OLD_KEYS], "a third"
    assert (blind_index("13800138000"), fingerprint("a")) == (index, words)
    assert acts.receive(round, said("第0处", name="陈小0", phone="13800138000"), by=office, on=day) == (spoken[0], False)


def test_who_is_erased_is_left_alone(spoken, turned, office, clock, day):
    acts.erase(spoken[0].citizen, why="本人要求", by=office, on=day)
    assert acts.reseal(by=clock, on=day) == 4
    assert raw()[0] == ""


def test_nobody_but_the_clock_turns_the_keys(office, day):
    with pytest.raises(NotYours):
        acts.reseal(by=office, on=day)


def test_every_channel_has_its_time_and_the_day_after_its_names_are_gone(round, office, day, said):
    kept = kept_days(round.rules)
    assert set(kept) == {channel.value for channel in Channel}
    for channel in kept:
        acts.receive(round, said(f"{channel}说的", channel=channel, name=f"陈{channel}", phone=""), by=office, on=day)
    round.ended_on = day
    round.save()
    for days in sorted(set(kept.values())):
        here = sum(value == days for value in kept.values())
        assert jobs.forget(day + timedelta(days)) == "抹去 0"
        assert jobs.forget(day + timedelta(days + 1)) == f"抹去 {here}"
    assert not Citizen.objects.filter(erased_on=None).exists()
    assert Citizen.objects.count() == len(kept)
    assert journal.verify() is None


def test_who_also_spoke_elsewhere_is_kept_until_that_is_over_too(round, office, day, said):
    for channel in ("web", "letter"):
        acts.receive(round, said(f"{channel}说的", channel=channel), by=office, on=day)
    round.ended_on = day
    round.save()
    assert jobs.forget(day + timedelta(366)) == "抹去 0"
    assert jobs.forget(day + timedelta(1096)) == "抹去 1"


def test_a_name_that_goes_with_time_goes_from_the_words_too(round, office, day, said):
    submission = acts.receive(round, said("我是陈小明，路灯坏了", channel="web"), by=office, on=day)[0]
    round.ended_on = day
    round.save()
    jobs.forget(day + timedelta(366))
    submission.refresh_from_db()
    assert submission.text == "我是＊＊＊，路灯坏了"
    assert Line.objects.filter(verb="intake.forget").count() == 1
