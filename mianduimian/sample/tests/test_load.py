"""The sample lived once, on a day, through the acts of every room: what a visitor of the demonstration finds."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Count
from django.test import override_settings
from django.urls import reverse

from mianduimian.intake.models import BadRow, Batch, Citizen, Submission
from mianduimian.journal.acts import verify
from mianduimian.journal.models import Line
from mianduimian.ledger.models import Assignment, Evidence, Extension, Matter, Objection
from mianduimian.ledger.rules import Light, Moment, State
from mianduimian.lookback.models import Answer, SendBack, Verification, Visit
from mianduimian.meeting.models import Exchange, Meeting, Opinion, Promise, Suggestion
from mianduimian.outcomes.models import HotlineCount, ProblemClass
from mianduimian.people.models import Person
from mianduimian.people.rules import Level, Role
from mianduimian.publication.models import Message, Release
from mianduimian.publication.passages import stories
from mianduimian.publication.rules import Delivery
from mianduimian.sample.load import accounts, load
from mianduimian.sample.round import submissions
from mianduimian.sample.truth import appeals
from mianduimian.solicitation.models import Call, Round
from mianduimian.supervision.models import Accountability, Circular, Inspection, Instruction, Notice, PressItem, Reminder
from mianduimian.supervision.rules import Stage
from mianduimian.taskforce.models import Measure, Member
from mianduimian.triage.models import Appeal, Decision, Part, Proposal, funnel
from mianduimian.triage.rules import Bucket
from mianduimian.workdays import calendar

WAITING = {State.ASSIGNED, State.ACCEPTED, State.OBJECTED}  # no answer is owed yet, or it is overdue
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def percents(django_db_setup, django_db_blocker, tmp_path_factory, today):
    """The whole sample, loaded once into the test database and taken back at the end."""
    folder = tmp_path_factory.mktemp("sample")
    own = {name: folder / name.lower() for name in ("MEDIA_ROOT", "CALENDARS")}
    for path in own.values():
        path.mkdir()
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), override_settings(DATA=folder, PASSWORD_HASHERS=quick, **own), transaction.atomic():
        yield list(load(today))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def own_data_folder(percents):
    """Instead of a folder for each test: all of them look at the one that was loaded."""


@pytest.fixture
def main() -> Round:
    """The round the sample is about."""
    return Round.objects.get(focus="道路安全与交通秩序")


@pytest.fixture
def matters(main):
    return Matter.objects.of(main)


@pytest.fixture
def running() -> Round:
    """The round that collects today."""
    return Round.objects.get(focus="校园周边环境")


def test_the_bar_moves_a_hundred_times(percents):
    assert percents == list(range(1, 101))


def test_the_journal_holds():
    assert verify() is None


def test_881_were_collected_and_355_appeals_distilled(main):
    found = funnel(main)
    assert (found.collected, found.appeals) == (881, 355)
    assert found.holds


def test_every_part_is_in_the_bucket_in_which_the_truth_has_it(main):
    parts = Counter(Part.objects.of(main).values_list("bucket", flat=True))
    assert parts == {"distilled": 808, "invalid": 38, "elsewhere": 22, "repeat": 16, "withdrawn": 5}


def test_eight_submissions_say_two_things(main):
    several = Part.objects.of(main).order_by().values("submission").annotate(n=Count("pk")).filter(n__gt=1)
    assert [row["n"] for row in several] == [2] * 8


def test_every_appeal_gathers_the_submissions_the_truth_gives_it(main, today):
    true = Counter(part.appeal for one in submissions(today) for part in one.parts if part.appeal)
    titles = {truth.title: true[truth.key] for truth in appeals(today)}
    parts = Appeal.objects.of(main).standing().annotate(n=Count("parts"))
    assert {appeal.title: appeal.n for appeal in parts} == titles


def test_a_repeat_names_an_appeal_of_the_round_a_year_ago(main):
    repeats = Part.objects.of(main).filter(bucket=Bucket.REPEAT).select_related("earlier__round")
    assert {part.earlier.round.focus for part in repeats} == {"群众出行难"}


def test_no_submission_was_lost_between_the_files_and_the_rows(main, today):
    sent = {(one.channel, one.source_number) for one in submissions(today)}
    assert set(Submission.objects.filter(round=main).values_list("channel", "source_number")) == sent


def test_what_a_file_could_not_say_is_named_row_by_row_and_typed_in(main):
    assert Batch.objects.filter(round=main).count() == 8
    assert all(batch.fresh + batch.bad_rows.count() == batch.total for batch in Batch.objects.filter(round=main))
    assert BadRow.objects.filter(batch__round=main).count() > 50
    assert Submission.objects.filter(round=main, batch=None).count() > 100


def test_whoever_asked_for_secrecy_has_it(main, today):
    assert Submission.objects.filter(round=main, confidential=True).count() == sum(one.confidential for one in submissions(today))


def test_some_proposals_of_the_machine_were_confirmed_and_some_decisions_undone(main):
    assert Proposal.objects.filter(round=main, answer="confirmed").count() > 20
    assert Decision.objects.filter(round=main).exclude(undone_by=None).count() == 4


def test_twenty_exchanges_were_held_with_their_promises(main):
    meeting = Meeting.objects.get(round=main)
    assert meeting.held_on and meeting.minutes_number
    assert Exchange.objects.filter(meeting=meeting).count() == Promise.objects.filter(exchange__meeting=meeting).count() == 20
    assert set(Suggestion.objects.filter(meeting=meeting).values_list("adopted", flat=True)) == {True, False}


def test_all_355_have_an_opinion_a_measure_and_a_matter(main, matters):
    assert Opinion.objects.in_force().of(main).count() == 355
    assert Opinion.objects.in_force().of(main).exclude(exchange=None).count() == 20
    assert Measure.objects.in_force().filter(plan__round=main).count() == 355
    assert matters.count() == 355


def test_the_task_force_is_five_and_more(main):
    kinds = Counter(Member.objects.of(main).values_list("kind", flat=True))
    assert kinds["standing"] == 5
    assert kinds["functional"] > 5


def test_matters_stand_in_every_state_but_the_one_before_everything(matters):
    assert set(matters.values_list("state", flat=True)) == set(State) - {State.OPEN}


def test_every_light_is_on(matters, today):
    assert {matter.light(today) for matter in matters.lines()} == set(Light)


def test_a_closed_matter_has_a_green_light(matters, today):
    closed = matters.filter(state=State.CLOSED).lines()
    assert {matter.light(today) for matter in closed} == {Light.GREEN}


def test_deadlines_are_counted_in_working_days(main):
    firsts = Assignment.objects.filter(matter__appeal__round=main, turn=1, extensions=None)
    assert {one.reply_due_on - calendar().add(one.on, 15).on for one in firsts} == {timedelta(0)}


def test_something_is_due_today_something_tomorrow_and_something_overdue(matters, today):
    due = set(Assignment.objects.current().filter(matter__in=matters.unreplied()).values_list("reply_due_on", flat=True))
    assert {today, today + timedelta(1)} <= due
    assert min(due) < today


def test_units_objected_and_the_task_force_decided_either_way():
    assert {True, False, None} == set(Objection.objects.values_list("upheld", flat=True))


def test_extensions_were_granted_declined_and_wait():
    assert {True, False, None} == set(Extension.objects.values_list("granted", flat=True))


def test_some_were_content_and_some_were_not(matters):
    scales = Counter(Answer.objects.filter(visit__matter__in=matters).values_list("scale", flat=True))
    assert set(scales) == {"1", "2", "3", "4", "5"}
    assert scales["5"] + scales["4"] + scales["3"] > scales["2"] + scales["1"]


def test_what_went_back_is_in_its_second_turn_and_some_of_it_solved(matters):
    back = SendBack.objects.filter(matter__in=matters)
    assert back.count() == matters.filter(turn=2).count() > 10
    assert {ground for row in back for ground in row.grounds} == {"unsatisfied", "no_measure", "not_true"}
    assert matters.filter(turn=2, state=State.CLOSED).exists()


def test_whoever_verified_did_not_handle(matters):
    assert not Verification.objects.filter(matter__in=matters, by__in=handlers()).exists()


def test_citizens_are_waiting_to_be_asked(matters):
    assert Visit.objects.filter(matter__in=matters).waiting()


def test_evidence_shows_before_and_after(matters):
    moments = Evidence.objects.filter(matter__in=matters).values_list("matter", "moment")
    shown = Counter(matter for matter, _moment in moments)
    assert set(shown.values()) == {2}
    assert {moment for _matter, moment in moments} == {Moment.BEFORE, Moment.AFTER}


def test_the_supervisors_reminded_noticed_inspected_and_held_to_account(main):
    assert set(Reminder.objects.values_list("stage", flat=True)) == set(Stage)
    assert {bool(notice.answered_on) for notice in Notice.objects.all()} == {True, False}
    assert {bool(given.reported_on) for given in Instruction.objects.all()} == {True, False}
    assert (Inspection.objects.count(), PressItem.objects.count()) == (3, 4)
    assert Accountability.objects.count() == Circular.objects.filter(round=main).count() == 1


def test_levels_have_rounds_of_their_own_with_meetings():
    met = Counter(Meeting.objects.exclude(held_on=None).values_list("round__level", flat=True))
    assert set(met) == set(Level)


def test_the_round_of_a_year_ago_has_ended_and_all_of_it_is_closed():
    earlier = Round.objects.get(focus="群众出行难")
    assert earlier.ended_on
    assert set(Matter.objects.of(earlier).values_list("state", flat=True)) == {State.CLOSED}


def test_a_call_is_open_today_with_proposals_to_confirm_and_submissions_nobody_took_up(running, today):
    assert Call.objects.open_on(today).get().round == running
    assert Proposal.objects.filter(round=running).open().count() >= 3
    assert funnel(running).submissions["undecided"] == funnel(running).collected == 15
    assert Part.objects.of(running).count() < 15


def test_the_round_that_opens_first_on_the_desks_is_the_one_the_sample_is_about(main):
    assert Round.objects.running().first() == main


def test_36_months_of_six_themes_and_some_remedies_in_force():
    assert HotlineCount.objects.count() == 36 * 6
    assert {bool(one.in_force_on) for one in ProblemClass.objects.all()} == {True, False}


def test_every_citizen_who_can_be_reached_was_told(main):
    assert Release.objects.filter(round=main, withdrawn_on=None).exists()
    assert not Message.objects.queued().exists()
    said = Submission.objects.filter(round=main).select_related("citizen")
    reachable = {one.citizen_id for one in said if one.citizen.reachable}
    told = Message.objects.filter(state=Delivery.SENT, submission__round=main)
    assert reachable <= set(told.values_list("submission__citizen", flat=True))
    assert reachable


def test_each_of_the_881_follows_the_receipt_to_an_answer(client, main):
    """Of every part: why it is not handled, or which unit handles it by when, and its answer once there is one."""
    told = Counter()
    for said in Submission.objects.filter(round=main):
        for story in stories(said):
            line, last = story.line, story.steps[-1]
            if line is None:
                assert story.bucket != Bucket.UNDECIDED, said
                assert (last.what, last.why) != ("", ""), said
                told["decided"] += 1
            else:
                assert line.unit, said
                assert line.due_on, said
                assert line.answer or line.state in WAITING, said
                told["answered" if line.answer else "in hand"] += 1
    assert told.total() == Part.objects.live().filter(submission__round=main).count()
    assert told["answered"] > told["in hand"] > 0
    receipts = Submission.objects.filter(round=main).values_list("receipt", flat=True)[::40]
    assert {client.get(reverse("publication:receipt", args=[code])).status_code for code in receipts} == {200}


def test_no_telephone_stands_in_the_journal_in_the_clear():
    phones = {citizen.phone for citizen in Citizen.objects.all() if citizen.phone}
    words = "".join(f"{line.was}{line.now}{line.why}" for line in Line.objects.all())
    assert phones.isdisjoint(re.findall("1990000[0-9]{4}", words))


def test_the_days_in_the_journal_never_run_back(today):
    days = list(Line.objects.order_by("number").values_list("on", flat=True))
    assert days == sorted(days)
    assert days[-1] == today


def test_there_is_an_account_that_opens_for_every_role():
    known = {post.role for _word, username, _password in accounts() for post in Person.objects.get(username=username).posts}
    assert known == set(Role) - {Role.CLOCK}
    assert all(Person.objects.get(username=username).check_password(password) for _word, username, password in accounts())


def handlers() -> list[int]:
    return list(Assignment.objects.exclude(accepted_by=None).values_list("accepted_by", flat=True))
