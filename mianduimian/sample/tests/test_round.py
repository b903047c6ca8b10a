"""The sample round: 881 submissions, 355 appeals, and nothing in it that belongs to anybody."""

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianduimian.sample.bank import problems
from mianduimian.sample.round import SHANGHAI, submissions
from mianduimian.sample.round import _round as forgotten
from mianduimian.sample.schedule import schedule
from mianduimian.sample.truth import appeals, spots
from mianduimian.solicitation.rules import Channel
from mianduimian.triage.rules import Bucket, check_place

TELEPHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


@pytest.fixture(scope="module")
def said(today):
    return submissions(today)


@pytest.fixture(scope="module")
def truths(today):
    return appeals(today)


def parts(said):
    return [part for one in said for part in one.parts]


def test_881_submissions_were_collected(said):
    assert len(said) == 881


def test_355_representative_appeals_were_distilled_from_them(said, truths):
    assert len(truths) == 355
    assert {part.appeal for part in parts(said)} - {""} == {truth.key for truth in truths}


def test_every_part_is_in_exactly_one_bucket_and_the_sums_agree(said):
    counted = Counter(part.bucket for part in parts(said))
    assert counted == {"distilled": 808, "invalid": 38, "elsewhere": 22, "repeat": 16, "withdrawn": 5}
    assert counted.total() == 881 + 8


def test_the_rules_of_sorting_accept_every_part_as_it_is_known(said):
    for part in parts(said):
        check_place(part.bucket, part.reason, bool(part.appeal))


def test_every_reason_for_setting_aside_occurs(said):
    reasons = {part.reason for part in parts(said)} - {""}
    assert reasons >= {"no_fact", "abuse", "unreadable", "duplicate_send", "anonymous_unverifiable", "test"}
    assert reasons >= {"other_focus", "court", "arbitration", "petition", "disclosure", "police_case"}


def test_eight_submissions_say_two_things_and_their_parts_are_their_own_words(said):
    doubles = [one for one in said if len(one.parts) > 1]
    assert len(doubles) == 8
    for one in said:
        assert all(part.text in one.body for part in one.parts)


def test_the_two_parts_of_one_submission_never_speak_of_one_appeal(said):
    doubles = [one for one in said if len(one.parts) > 1]
    assert all(one.parts[0].appeal != one.parts[1].appeal for one in doubles)


def test_most_appeals_stand_alone_and_a_few_gather_a_crowd(said):
    sizes = Counter(Counter(part.appeal for part in parts(said) if part.appeal).values())
    assert sizes[1] == 200
    assert sum(count for size, count in sizes.items() if 20 <= size <= 30) == 4


def test_the_same_day_gives_the_same_round_to_the_byte(today, said):
    forgotten.cache_clear()
    assert repr(submissions(today)).encode() == repr(said).encode()


def test_another_seed_writes_another_round_of_the_same_appeals(today, said):
    other = submissions(today, "another")
    assert len(other) == 881
    assert {part.appeal for part in parts(other)} == {part.appeal for part in parts(said)}
    assert len({one.body for one in other} & {one.body for one in said}) < 450


@given(st.dates(date(2024, 3, 1), date(2026, 12, 31)))
@settings(max_examples=5, deadline=None)
def test_the_round_holds_on_any_day(day):
    said, days = submissions(day), schedule(day)
    assert len(said) == 881
    assert all(days.call_from <= one.said_on.date() <= days.call_to for one in said)


def test_no_source_number_comes_twice(said):
    assert len({one.source_number for one in said}) == 881


def test_submissions_come_in_the_order_in_which_they_were_said(said):
    moments = [one.said_on for one in said]
    assert moments == sorted(moments)
    assert all(moment.tzinfo is SHANGHAI for moment in moments)


def test_every_channel_brings_something_and_the_hotline_most(said):
    channels = Counter(one.channel for one in said)
    assert set(channels) == {channel.value for channel in Channel}
    assert channels.most_common(1)[0][0] == "hotline"


def test_no_two_appeals_share_a_body(said):
    appeals_of = defaultdict(set)
    for part in parts(said):
        if part.appeal:
            appeals_of[part.text].add(part.appeal)
    assert max(map(len, appeals_of.values())) == 1


def test_the_same_words_come_again_only_where_somebody_sent_them_twice(said):
    bodies = Counter(one.body for one in said)
    assert len(bodies) == 878
    again = [one for one in said if bodies[one.body] > 1]
    assert {part.reason for one in again for part in one.parts} == {"", "duplicate_send"}
    assert len({(one.name, one.channel, one.body) for one in again}) == 3


def test_they_are_short_and_long(said):
    lengths = sorted(len(one.body) for one in said)
    assert 40 <= median(lengths) <= 80
    assert sum(length < 15 for length in lengths) >= 40
    assert sum(length > 200 for length in lengths) >= 30
    assert sum(length >= 1500 for length in lengths) == 4


def test_they_do_not_all_begin_and_end_alike(said):
    openings = Counter(one.body[:8] for one in said)
    assert openings.most_common(1)[0][1] <= 45
    assert len(openings) >= 450


@pytest.mark.parametrize(
    ("mark", "at_least"),
    [
        ("[\U0001f300-\U0001faff⚠]", 20),
        ("[０-９]", 8),
        ("[個這過車們來]", 15),
        ("冇|唔|睇|夜晡", 5),
        ("[A-Za-z]{4,} [A-Za-z]{2,}", 3),
        ("！！|！", 40),
        ("以经|反应|按装|亭车|逆形|西望|路囗|托|哪里", 8),
    ],
)
def test_people_type_as_people_do(said, mark, at_least):
    assert sum(bool(re.search(mark, one.body)) for one in said) >= at_least


def test_some_leave_out_every_stop(said):
    assert sum(len(one.body) > 30 and not re.search("[，。！？；,.]", one.body) for one in said) >= 20


def test_some_write_names_telephones_addresses_and_numbers_into_the_text(said):
    told = [one for one in said if one.phone and one.phone in one.body.translate(WIDE)]
    assert len(told) >= 30
    assert sum(one.name in one.body for one in told) >= 10
    assert any(re.search(r"\d{17}[\dX]", one.body.translate(WIDE)) for one in said)


def test_no_telephone_or_mail_could_be_anybodys(said):
    for one in said:
        text = f"{one.body} {one.title} {one.phone}".translate(WIDE)
        assert all(number.startswith("1990000") for number in TELEPHONE.findall(text))
        assert not one.email or one.email.endswith("@example.com")


def test_identity_numbers_name_a_county_that_does_not_exist(said):
    numbers = [number for one in said for number in re.findall(r"(?<!\d)\d{17}[\dX]", one.body.translate(WIDE))]
    assert all(number.startswith("441699") for number in numbers)


def test_some_do_not_give_a_name_and_some_ask_for_secrecy(said):
    assert 30 <= sum(not one.name for one in said) <= 110
    assert 25 <= sum(one.confidential for one in said) <= 90


def test_nothing_was_left_unfilled_in_a_text(said, truths):
    texts = [text for one in said for text in (one.body, one.title)] + [truth.wording for truth in truths]
    assert not [text for text in texts if re.search("[{}]", text)]


def test_an_appeal_says_where_what_since_when_and_what_is_asked(truths):
    for truth in truths:
        assert truth.place.split("（")[0] in truth.wording
        assert re.search("以来|年来|年半来|多来", truth.wording)
        assert "请求" in truth.wording
        assert len(truth.wording) >= 40


def test_no_two_appeals_have_one_title_or_one_wording(truths):
    assert len({truth.title for truth in truths}) == len({truth.wording for truth in truths}) == 355


def test_the_same_words_about_another_place_are_another_appeal():
    at = defaultdict(set)
    for spot in spots():
        at[spot.problem.key].add(spot.place.name)
    assert all(len(names) > 1 for names in at.values())


def test_one_place_may_have_another_problem_too():
    at = Counter(spot.place.name for spot in spots())
    assert sum(count > 1 for count in at.values()) > 80
    assert max(at.values()) <= 4


def test_every_problem_has_the_number_of_appeals_it_declares():
    assert Counter(spot.problem.key for spot in spots()) == {key: problem.appeals for key, problem in problems().items()}


def test_a_place_in_a_county_is_led_by_the_county_or_the_police(truths):
    for truth in truths:
        if truth.region[:6] not in ("441602", "4416A1", "4416A2"):
            assert truth.units[0] in {"traffic_police", "police"} or truth.units[0] in {
                "zijin",
                "longchuan",
                "lianping",
                "heping",
                "dongyuan",
            }


def test_two_towns_of_one_name_are_kept_apart(truths):
    towns = [truth for truth in truths if "上坪" in truth.place]
    assert {truth.wording[:3] for truth in towns} == {"龙川县", "连平县"}


def test_every_bucket_of_the_sample_is_a_bucket_of_the_funnel(said):
    assert {part.bucket for part in parts(said)} == {bucket.value for bucket in Bucket} - {"undecided"}


def test_the_call_ran_before_the_meeting_and_the_assignment_came_the_day_after_it(today):
    days = schedule(today)
    assert days.opened < days.call_from < days.call_to < days.sorted_by < days.met_on
    assert days.assigned_on == days.met_on + timedelta(1)
    assert 24 <= (today - days.met_on).days <= 27


@given(st.dates(date(2023, 6, 1), date(2027, 6, 1)))
def test_the_day_after_the_meeting_is_never_a_weekend(day):
    assert schedule(day).assigned_on.weekday() < 5
