"""公开: speaking with place, photographs and another's voice; what is said later; nothing personal and nothing twice."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from mianduimian.intake.models import Afterword, Submission
from mianduimian.intake.rules import Later
from mianduimian.ledger.rules import State
from mianduimian.papers.tests.test_photographs import photograph
from mianduimian.people.models import Region
from mianduimian.publication import acts
from mianduimian.publication.forms import places
from mianduimian.publication.models import alike
from mianduimian.publication.rules import may_tell
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Call
from mianduimian.triage.models import Part, Proposal
from mianduimian.triage.rules import Bucket

PERSONAL = ["伍群众", "1990000123", "19900009999", "匿名赖", "内部情况"]
WORDS = "校门口每天乱停车，孩子没法走"


@pytest.fixture
def call(round, office):
    today = localdate()
    facts = {"number": "n", "opens_on": today, "closes_on": today, "scope": "全市", "channels": ["web"], "issued_on": today}
    return Call.objects.create(round=round, issued_by=office, **facts)


@pytest.fixture
def speak(client, call):
    def post(way="speak", **typed):
        given = {"text": WORDS, "token": "t1"} | typed
        return client.post(reverse(f"publication:{way}", args=[call.round.code]), given, follow=True)

    return post


def desk(person):
    browser = Client()
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def picture(name="现场.jpg", content=None):
    return SimpleUploadedFile(name, content or photograph((300, 200)))


# what was published and says the same


def test_a_published_appeal_is_found_by_what_is_typed_without_anything_personal(appeal, shown, released, round):
    (found,) = alike(round, WORDS)
    assert (found.pk, found.voices) == (appeal.pk, 4)
    assert not [word for word in PERSONAL if word in found.title + found.wording]


def test_nothing_is_offered_before_the_round_is_public_nor_after_it_was_withdrawn(shown, round, office, second, day):
    assert alike(round, WORDS) == []
    acts.propose(round, by=office, on=day)
    release = acts.release(round, by=second, on=day)
    assert alike(round, WORDS)
    acts.withdraw(release, why="有误", by=office, on=day)
    assert alike(round, WORDS) == []


def test_what_only_whistle_blowers_say_is_offered_to_nobody(appeal, submissions, shown, released, round):
    Submission.objects.update(confidential=True)
    assert alike(round, WORDS) == []
    Submission.objects.filter(pk=submissions[0].pk).update(confidential=False)
    assert alike(round, WORDS)


def test_a_reworded_appeal_is_found_by_its_new_words(appeal, shown, released, round):
    assert alike(round, "东华路灯不亮一个月了") == []
    type(shown).objects.filter(pk=shown.pk).update(replaced_on=shown.released_on)
    fresh = {"title": "东华路路灯不亮", "wording": "东华路路灯不亮", "version": 2, "source": "x", "on": shown.on, "by": shown.by}
    released_by = {"released_on": shown.released_on, "released_by": shown.released_by}
    type(shown).objects.create(round=round, matter=shown.matter, **fresh, **released_by)
    assert alike(round, "东华路灯不亮一个月了")


@pytest.mark.parametrize("text", ["", "校门口", "     "])
def test_a_few_letters_ask_for_nothing(appeal, released, round, text):
    assert alike(round, text) == []


def test_while_typing_the_answer_is_a_part_of_the_page_and_keeps_nothing(client, appeal, shown, released, call):
    url = reverse("publication:alike", args=[call.round.code])
    part = client.post(url, {"text": WORDS, "joins": appeal.pk}).content.decode()
    assert "校门口乱停车" in part
    assert f'value="{appeal.pk}" checked' in part
    assert "<html" not in part
    assert not [word for word in PERSONAL if word in part]
    assert client.get(url).status_code == 405
    assert Submission.objects.filter(text=WORDS).count() == 0


def test_without_scripts_a_button_shows_it_and_keeps_every_word_without_complaint(speak, appeal, shown, released):
    page = speak(look="1", text="校门口乱停", place="实验学校").content.decode()
    assert "校门口乱停车" in page
    assert "实验学校" in page
    assert 'role="alert"' not in page
    assert not Submission.objects.filter(place="实验学校").exists()


def test_adding_a_voice_is_a_submission_of_ones_own_that_waits_for_a_person(speak, appeal, shown, released):
    page = speak(joins=appeal.pk).content.decode()
    said = Submission.objects.get(text=WORDS)
    assert said.receipt[:4] in page
    assert "您选了“校门口乱停车”，加上您的声音" in page
    proposal = Proposal.objects.get(voiced=True)
    assert proposal.appeal == appeal
    assert Part.objects.get(submission=said).bucket == Bucket.UNDECIDED
    speak(joins=appeal.pk)
    assert Proposal.objects.filter(voiced=True).count() == 1


@pytest.mark.parametrize("joins", ["999999", "-1", "x", "0", "", "9" * 40])
def test_a_forged_choice_never_loses_what_was_said(speak, appeal, released, joins):
    speak(joins=joins)
    assert Proposal.objects.count() == 0
    assert Submission.objects.filter(text=WORDS).count() == 1


def test_a_whistle_blower_joins_nobody_and_is_confidential(speak, appeal, shown, released):
    page = speak("whistle", joins=appeal.pk).content.decode()
    assert Submission.objects.get(text=WORDS).confidential
    assert Proposal.objects.count() == 0
    assert "举报，单独保密" in page


# place, photographs, consent, danger


def test_place_point_and_photographs_arrive_and_lose_what_is_hidden(speak, city):
    content = photograph((300, 200))
    page = speak(place="东华路口", region="441602", spot="23.7436,114.6978", photos=[picture(content=content)]).content.decode()
    said = Submission.objects.get()
    assert (said.place, said.region_id, said.point) == ("东华路口", "441602", "23.7436,114.6978")
    assert b"PhoneMaker" in content
    assert b"PhoneMaker" not in said.photos.get().path.read_bytes()
    assert "附照片 1 张" in page


def test_a_photograph_that_is_none_is_told_on_the_form_where_everything_still_stands(speak):
    page = speak(place="东华路口", photos=[picture("猫.jpg", b"<script>")]).content.decode()
    assert "只收 JPG" in page
    assert WORDS in page
    assert "东华路口" in page
    assert not Submission.objects.exists()


def test_too_many_and_too_large_photographs_are_told_beside_their_field(speak, settings):
    settings.PHOTOS, settings.PHOTO_LIMIT = 1, len(photograph((300, 200)))
    assert "最多1张" in speak(photos=[picture("a.jpg"), picture("b.jpg")]).content.decode()
    assert "请缩小后再传" in speak(photos=[picture(content=photograph((300, 200)) + b"0")]).content.decode()
    assert not Submission.objects.exists()
    speak(photos=[picture()])
    assert Submission.objects.get().photos.count() == 1


def test_the_same_form_with_other_words_keeps_them_and_may_be_sent_as_a_new_one(speak):
    speak()
    page = speak(text="这是另一件完全不同的事").content.decode()
    assert "已经提交过" in page
    assert "这是另一件完全不同的事" in page
    assert 'name="token" value="t1"' not in page


def test_towns_stand_under_their_county(city):
    offered = dict(places(city))
    (whole, word), *towns = offered["源城区"]
    assert (whole, word) == ("441602", "源城区（不清楚哪个镇街）")
    assert towns == list(Region.objects.filter(parent="441602").values_list("code", "name"))
    assert towns
    assert places(Region.objects.get(pk="441602")) == towns


def test_a_county_without_towns_is_offered_as_itself(city):
    Region.objects.create(code="441699", name="新区", level="county", parent=city)
    assert dict(places(city))["441699"] == "新区"


def test_contact_is_kept_with_consent_only_and_the_citizen_is_told(speak):
    contact = {"name": "张三丰", "phone": "19900005555", "email": "a@b.cn"}
    page = speak(**contact).content.decode()
    citizen = Submission.objects.get().citizen
    assert (citizen.phone, citizen.email, citizen.agreed) == ("", "", False)
    assert "电话和邮箱没有保留" in page
    page = speak(text="另一件事，这回同意联系", token="t2", agreed="on", **contact).content.decode()
    citizen = Submission.objects.get(text__startswith="另一件").citizen
    assert (citizen.phone, citizen.email, citizen.agreed) == ("19900005555", "a@b.cn", True)
    assert "没有保留" not in page


def test_the_form_says_what_for_who_sees_it_and_how_long(client, call):
    page = client.get(reverse("publication:speak", args=[call.round.code])).content.decode()
    for words in ("做什么用：", "谁能看到：", "保存多久：本期结束满 365 天", "未满十四周岁", "110（公安）", "举报保密通道"):
        assert words in page


def test_danger_to_life_is_answered_at_once_and_never_hinders(speak):
    page = speak(text="三楼着火了，有人被困").content.decode()
    assert "请马上打电话" in page
    assert Submission.objects.count() == 1
    assert "请马上打电话" not in speak(text="路灯不亮已经一个月", token="t2").content.decode()


# what is said later


@pytest.mark.parametrize(
    ("kind", "bucket", "state", "may"),
    [
        (Later.MORE, Bucket.UNDECIDED, "", True),
        (Later.NOT_MINE, Bucket.UNDECIDED, "", False),
        (Later.NOT_MINE, Bucket.DISTILLED, "", True),
        (Later.UNSOLVED, Bucket.DISTILLED, "", False),
        (Later.UNSOLVED, Bucket.DISTILLED, State.ACCEPTED, False),
        (Later.UNSOLVED, Bucket.DISTILLED, State.REPLIED, True),
        (Later.UNSOLVED, Bucket.DISTILLED, State.CLOSED, True),
    ],
)
def test_what_may_be_said_when(kind, bucket, state, may):
    assert may_tell(kind, bucket, state) is may


@pytest.fixture
def tell(client, submissions):
    def post(way, *part, **typed):
        url = reverse(f"publication:{way}", args=[submissions[0].receipt, *part])
        return client.post(url, {"text": "今天早上又堵了", "token": "k1"} | typed, follow=True).content.decode()

    return post


def test_the_receipt_says_where_it_stands_who_and_by_when(client, matter, submissions):
    page = client.get(reverse("publication:receipt", args=[submissions[0].receipt])).content.decode()
    for words in ("谁来办", "市交警支队", "2023-12-07 前书面反馈", "怎么答复的", "已划线", "您的话仍单独留着", 'class="qr"'):
        assert words in page
    assert not [word for word in PERSONAL if word in page]


def test_what_is_added_is_seen_by_the_desk_and_answered_on_the_receipt(tell, client, matter, submissions, office):
    page = tell("more", photos=[picture()])
    tell("more", photos=[picture()])
    assert Afterword.objects.count() == 1
    assert "工作人员还没有看到" in page
    browser, row = desk(office), Afterword.objects.get()
    listed = browser.get(reverse("publication:later", args=[matter.appeal.round.code])).content.decode()
    assert "今天早上又堵了" in listed
    assert "照片 1 张" in listed
    assert "补充情况" in browser.get("/").content.decode()
    browser.post(reverse("publication:answer", args=[row.pk]), {"text": "已转给承办单位", "grant": "1"})
    page = client.get(reverse("publication:receipt", args=[submissions[0].receipt])).content.decode()
    assert "已转给承办单位" in page


def test_not_mine_is_decided_by_the_desk_and_takes_only_that_voice_out(tell, matter, submissions, office):
    tell("not_mine", 1, text="")
    tell("not_mine", 1, text="", token="k2")
    row = Afterword.objects.get()
    assert Part.objects.get(submission=submissions[0]).appeal == matter.appeal
    desk(office).post(reverse("publication:answer", args=[row.pk]), {"text": "确实不同", "grant": "1"})
    assert Part.objects.get(submission=submissions[0]).bucket == Bucket.UNDECIDED
    assert Part.objects.filter(appeal=matter.appeal).count() == 3
    row.refresh_from_db()
    assert (row.granted, row.answered_by) == (True, office)


def test_not_mine_may_be_declined_with_a_reason(tell, client, matter, submissions, office):
    tell("not_mine", 1, text="")
    desk(office).post(reverse("publication:answer", args=[Afterword.objects.get().pk]), {"text": "是同一个校门口"})
    assert Part.objects.get(submission=submissions[0]).appeal == matter.appeal
    assert "是同一个校门口" in client.get(reverse("publication:receipt", args=[submissions[0].receipt])).content.decode()


def test_the_last_voice_of_a_matter_is_not_taken_out_and_nothing_is_answered(tell, matter, submissions, office, day):
    tell("not_mine", 1, text="")
    Part.objects.filter(appeal=matter.appeal).exclude(submission=submissions[0]).delete()
    type(matter.appeal).objects.filter(pk=matter.appeal_id).update(fixed_on=day)
    row = Afterword.objects.get()
    with pytest.raises(Refused, match="至少要留下一宗"):
        acts.let_out(row, text="移出", by=office, on=day)
    row.refresh_from_db()
    assert row.answered_on is None


def test_the_visitor_answers_what_is_not_solved_but_sorts_nothing(tell, matter, submissions, visitor):
    tell("unsolved", 1)
    browser, row = desk(visitor), Afterword.objects.get()
    listed = browser.get(reverse("publication:later", args=[matter.appeal.round.code])).content.decode()
    assert "今天早上又堵了" in listed
    assert reverse("lookback:matter", args=[matter.pk]) in listed
    browser.post(reverse("publication:answer", args=[row.pk]), {"text": "明天到现场看", "grant": "1"})
    row.refresh_from_db()
    assert row.answer == "明天到现场看"
    tell("not_mine", 1, text="", token="k3")
    other = Afterword.objects.get(kind="not_mine")
    assert browser.post(reverse("publication:answer", args=[other.pk]), {"text": "移出", "grant": "1"}).status_code == 403
    assert Part.objects.get(submission=submissions[0]).appeal == matter.appeal


def test_what_cannot_be_said_now_is_told_on_the_form_with_the_words_kept(tell, submissions):
    page = tell("unsolved", 1)
    assert "现在还不能这样反映" in page
    assert "今天早上又堵了" in page
    assert not Afterword.objects.exists()


@pytest.mark.parametrize(
    ("way", "state", "bucket", "words"),
    [
        ("unsolved", "accepted", None, "责任单位书面反馈以后"),
        ("unsolved", None, "undecided", "没有责任单位的答复"),
        ("not_mine", None, "undecided", "还在梳理"),
        ("not_mine", None, "withdrawn", "不需要移出"),
    ],
)
def test_who_cannot_say_it_now_reads_why_instead_of_a_form(client, matter, submissions, way, state, bucket, words):
    said = submissions[0]
    if state:
        type(matter).objects.update(state=state)
    if bucket:
        Part.objects.filter(submission=said).update(bucket=bucket, appeal=None)
    page = client.get(reverse(f"publication:{way}", args=[said.receipt, 1])).content.decode()
    assert words in page and "<textarea" not in page
    assert reverse("publication:receipt", args=[said.receipt]) in page


def test_what_may_be_said_now_has_its_form_and_a_part_that_is_none_has_no_page(client, matter, submissions):
    for way in ("unsolved", "not_mine"):
        here = reverse(f"publication:{way}", args=[submissions[0].receipt, 1])
        assert "<textarea" in client.get(here).content.decode()
        nowhere = reverse(f"publication:{way}", args=[submissions[0].receipt, 99])
        assert client.get(nowhere).status_code == client.post(nowhere, {"text": "试试看", "token": "k"}).status_code == 404


def test_a_stranger_without_the_code_says_nothing(client, submissions):
    for way, part in (("more", ()), ("not_mine", (1,)), ("unsolved", (1,))):
        url = reverse(f"publication:{way}", args=["ZZZZZZZZZZZZ", *part])
        assert client.post(url, {"text": "试试看", "token": "k"}).status_code == 404


def test_an_answer_without_words_is_refused(tell, matter, office):
    tell("more")
    answer = desk(office).post(reverse("publication:answer", args=[Afterword.objects.get().pk]), {"text": "", "grant": "1"})
    assert answer.status_code == 409
    assert Afterword.objects.waiting().exists()


def test_a_call_that_is_over_takes_nothing(client, call, day):
    Call.objects.update(opens_on=day, closes_on=localdate() - timedelta(1))
    for way in ("speak", "whistle", "alike"):
        url = reverse(f"publication:{way}", args=[call.round.code])
        assert client.post(url, {"text": WORDS, "token": "t"}).status_code == 404


# what a newcomer found


def test_two_strangers_with_the_same_words_have_a_receipt_each(speak):
    for token in ("t1", "t2", "t2"):
        speak(token=token)
    assert Submission.objects.filter(text=WORDS).values("receipt").distinct().count() == 2


def test_what_is_said_again_in_confidence_is_kept_apart_from_what_was_said_in_the_open(speak):
    contact = {"phone": "19900005555", "agreed": "on"}
    speak(token="t1", **contact)
    speak("whistle", token="t2", **contact)
    assert sorted(Submission.objects.filter(text=WORDS).values_list("confidential", flat=True)) == [False, True]


def test_looking_who_said_the_same_keeps_the_words_though_a_photograph_is_chosen(speak):
    page = speak(look="1", place="实验学校", photos=picture()).content.decode()
    assert WORDS in page
    assert "实验学校" in page
    assert 'role="alert"' not in page


@pytest.mark.parametrize("phone", ["123", "1990000", "0762-3388888", "+8619900005555", "no number"])
def test_a_number_that_nobody_can_call_is_told_before_it_is_kept(speak, phone):
    page = speak(phone=phone, agreed="on").content.decode()
    assert ("这个号码好像不对" in page) == (phone in ("123", "no number"))


def test_too_few_words_and_a_broken_photograph_are_told_in_plain_words_at_their_field(speak):
    assert "请再多写几个字" in speak(text="堵车").content.decode()
    page = speak(photos=picture(content=b"no picture")).content.decode()
    assert page.index("只收 JPG、PNG、WebP 照片。") > page.index('name="place"')
