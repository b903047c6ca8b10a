"""The pages: who finds them, what they do, that they ask the database no more for many rows."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from mianduimian.refusal import Refused
from mianduimian.triage import acts, jobs
from mianduimian.triage.models import Appeal, Decision, Part, Proposal, Reading
from mianduimian.triage.rules import Wording
from mianduimian.triage.urls import urlpatterns


@pytest.fixture
def at(client, office, round):
    """Look at or post to a page as the office: at("bucket", "invalid"), at("add", post={...})."""
    client.force_login(office)

    def go(name, *args, post=None, **query):
        url = reverse(f"triage:{name}", args=args if args and isinstance(args[0], int) else [round.code, *args])
        return client.get(url, query) if post is None else client.post(url, post)

    return go


def seen(parts):
    return [part.seen for part in parts]


WORDING = {"title": "兴源路路灯不亮", "wording": "请修复。", "category": "transport.light", "region": "441602", "unit": "urban"}


@pytest.fixture
def all_pages(parts, wording, round, office, day):
    """Every address of the room with something real behind it, and what it takes to post."""
    one, two, three = parts(3)
    appeal = acts.distil([one], wording, by=office, on=day)
    acts.propose(round, by=office, on=day)
    acts.ask(round, by=office, on=day)
    keys = {
        "appeals": appeal.pk,
        "proposals": Proposal.objects.first().pk,
        "submissions": two.submission_id,
        "decisions": Decision.objects.first().pk,
        "readings": Reading.objects.first().pk,
    }
    found = []
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        if route.startswith("lessons"):
            continue  # what the machine learns is the whole city's, no round's: test_lesson_pages.py
        args = {"pk": keys[route.partition("/")[0]]} if "<int:pk>" in route else {"code": round.code}
        found.append(reverse(f"triage:{pattern.name}", kwargs=args | ({"bucket": "invalid"} if "bucket" in route else {})))
    return found


def test_a_handling_unit_gets_no_page_here_and_a_stranger_is_sent_to_log_in(all_pages, client, handler):
    for url in all_pages:
        assert client.get(url).status_code == 302
    client.force_login(handler)
    for url in all_pages:
        assert {client.get(url).status_code, client.post(url).status_code} == {403}, url


@pytest.mark.parametrize("role", ["leader", "supervisor", "visitor"])
def test_who_may_only_see_finds_lists_but_no_button(all_pages, client, hire, role):
    client.force_login(hire(role))
    answers = {url: client.get(url) for url in all_pages}
    assert {answer.status_code for answer in answers.values()} == {200, 403}
    for url, answer in answers.items():
        if answer.status_code == 200 and not url.endswith("xlsx"):
            assert "triage:decide" not in answer.text and "/undo" not in answer.text and "/decide" not in answer.text, url


def test_the_office_of_another_county_finds_nothing(all_pages, client, hire):
    client.force_login(hire("office", "longchuan"))
    for url in all_pages:
        assert {client.get(url).status_code, client.post(url).status_code} <= {404, 405, 409}, url


def test_nothing_changes_by_looking(all_pages, at, client):
    before = [list(model.objects.values()) for model in (Part, Appeal, Decision, Proposal, Reading)]
    for url in all_pages:
        client.get(url)
    assert [list(model.objects.values()) for model in (Part, Appeal, Decision, Proposal, Reading)] == before


def test_the_workbench_shows_progress_and_the_most_doubtful_first(at, parts, round, office, day):
    parts(3)
    acts.propose(round, by=office, on=day)
    text = at("round").text
    assert "已读 3 宗，已定 0 宗" in text and "收集 3 宗" in text
    shown = list(at("round").context["proposals"])
    assert shown == sorted(shown, key=lambda proposal: proposal.sure)


def test_the_machine_is_asked_in_the_background_and_says_when_it_is_done(at, parts, client, round, office, day):
    parts(2)
    answer = at("read", post={})
    assert answer.url == reverse("triage:reading", args=[round.code])
    assert DBTaskResult.objects.count() == 1
    assert "正在排队" in at("reading").text and "正在整理" in at("round").text
    jobs.read.func(Reading.objects.get().pk)
    part = client.get(answer.url, headers={"HX-Request": "true"}).text
    assert "读了 2 段" in part and "<html" not in part


def test_texts_are_shown_masked_and_search_finds_by_words_and_by_likeness(at, say, round, office, day):
    say("我叫赖小明，电话13800138000，沿江路灯坏了三盏")
    say("沿江路灯坏了三盏，请修")
    acts.take_up(round, by=office, on=day)
    one, two = Part.objects.order_by("pk")
    for page in (at("bucket", "undecided"), at("search", q="沿江"), at("decide", part=one.seen), at("search", like=two.pk)):
        assert "沿江路灯" in page.text and "13800138000" not in page.text and "赖小明" not in page.text
    assert at("search", like=two.pk).context["parts"] == [one]
    assert "没有找到" in at("search", q="月亮").text
    assert at("search", like=999999).status_code == 404
    assert at("search").context["parts"] == []


def test_chosen_parts_become_an_appeal(at, parts):
    two = parts(2)
    page = at("decide", part=seen(two))
    assert page.status_code == 200 and two[0].seen in page.text
    at("distil", post={"part": seen(two), **WORDING})
    appeal = Appeal.objects.get()
    assert appeal.parts.count() == 2 and appeal.unit.key == "urban"
    assert "代表 2 宗来件" in at("appeal", appeal.pk).text


def test_what_is_typed_wrong_is_said_beside_the_field_and_kept(at, parts):
    (one,) = parts(1)
    answer = at("distil", post={"part": one.seen, **WORDING, "title": ""})
    assert answer.status_code == 422 and "请修复。" in answer.text
    assert "没有这个序号" in at("add", post={"part": one.seen, "number": "99"}).text
    assert "没有找到这件往期诉求" in at("aside", post={"part": one.seen, "where": "repeat", "earlier": "441600-2020-01-3"}).text
    assert at("aside", post={"part": one.seen, "where": "moon"}).status_code == 422
    for garbage in ([], ["x"], ["1:2:3"], ["9" * 30 + ":1"]):
        assert at("back", post={"part": garbage}).status_code == 409
    assert at("decide").status_code == 409 and at("decide", part="5:1").status_code == 404
    assert not Decision.objects.exists()


def test_the_slower_clerk_reads_who_was_faster(at, parts, wording, hire, day):
    (one,) = parts(1)
    acts.distil([one], wording, by=hire("office", name="钟小梅"), on=day)
    answer = at("aside", post={"part": one.seen, "where": "invalid/no_fact"})
    assert answer.status_code == 409 and "钟小梅" in answer.text and "归为一件诉求" in answer.text
    (fresh,) = Part.objects.all()
    assert fresh.seen in at("decide", part=one.seen).text


def test_parts_are_added_set_aside_and_put_back(at, parts, wording, office, day):
    one, two, three = parts(3)
    acts.distil([one], wording, by=office, on=day)
    at("add", post={"part": two.seen, "number": 1})
    at("aside", post={"part": three.seen, "where": "invalid/no_fact"})
    assert "无效（无具体事实）" in at("bucket", "invalid").text
    at("back", post={"part": Part.objects.get(pk=two.pk).seen})
    assert [part.bucket for part in Part.objects.order_by("pk")] == ["distilled", "undecided", "invalid"]
    at("aside", post={"part": Part.objects.get(pk=two.pk).seen, "where": "repeat", "earlier": "上期已答复"})
    assert Part.objects.get(pk=two.pk).note == "上期已答复"


def test_a_submission_is_cut_clause_by_clause(at, say, round, office, day):
    said = say("灯坏了。路也坏了！怎么办？")
    acts.take_up(round, by=office, on=day)
    assert "路也坏了！" in at("cut", said.pk).text
    assert at("cut", said.pk, post={"s0": "1", "s1": "1", "s2": "1"}).status_code == 409
    at("cut", said.pk, post={"s0": "1", "s1": "3", "s2": "3"})
    assert [part.words for part in Part.objects.order_by("number")] == ["灯坏了。", "路也坏了！怎么办？"]


def test_a_decision_is_undone_from_the_list(at, parts, wording, office, day):
    acts.distil(parts(1), wording, by=office, on=day)
    decision = Decision.objects.get()
    assert "/undo" in at("decisions").text
    at("undo", decision.pk, post={})
    assert "已撤销" in at("decisions").text and "/undo" not in at("decisions").text
    assert at("undo", decision.pk, post={}).status_code == 409


def test_a_proposal_leads_to_the_next_until_none_is_left(at, parts, client, round, office, day):
    parts(1, text="兴源路的路灯坏了三盏，晚上很黑")
    parts(1, text="第三小学门口放学时家长的车乱停")
    acts.propose(round, by=office, on=day)
    first, second = Proposal.objects.by_doubt()
    page = at("proposal", first.pk)
    assert "还有 2 组" in page.text and first.why in page.text
    kept = seen(first.parts.all())
    assert at("confirm", first.pk, post={"part": kept, **WORDING, "wording": ""}).status_code == 422
    onward = at("confirm", first.pk, post={"part": kept, **WORDING}).url
    assert client.get(onward).url == reverse("triage:proposal", args=[second.pk])
    assert client.get(at("proposal", first.pk).url).url == reverse("triage:proposal", args=[second.pk])
    onward = at("reject", second.pk, post={}).url
    assert "还有 1 段待梳理，没有机器建议" in client.get(onward).text
    assert at("reject", second.pk, post={}).status_code == 409
    assert at("reject", 10**9, post={}).status_code == 409 and at("proposal", 10**9).status_code == 404


def test_a_proposal_for_an_appeal_joins_it(at, say, parts, wording, round, office, day):
    text = "建设大道与永和路交叉口往东五十米的路灯坏了三盏，晚上黑漆漆的"
    (one,) = parts(1, text=text)
    appeal = acts.distil([one], wording, by=office, on=day)
    (late,) = parts(1, text=text + "。")
    acts.propose(round, by=office, on=day)
    proposal = Proposal.objects.get(appeal=appeal)
    assert "归入诉求1" in at("proposal", proposal.pk).text
    at("join", proposal.pk, post={"part": late.seen})
    assert appeal.parts.count() == 2


def test_an_unsure_class_is_left_to_the_person(at, parts, round, office, day):
    parts(1)
    acts.propose(round, by=office, on=day)
    proposal = Proposal.objects.get()
    Part.objects.update(confidence=0.9)
    assert at("proposal", proposal.pk).context["form"].initial["category"]
    Part.objects.update(confidence=0.1)
    assert at("proposal", proposal.pk).context["form"].initial["category"] == ""


def test_an_appeal_is_reworded_merged_and_split(at, parts, wording, office, day):
    three = parts(3)
    appeal = acts.distil(three, wording, by=office, on=day)
    page = at("reword", appeal.pk)
    assert 'name="version" value="1"' in page.text
    at("reword", appeal.pk, post={**WORDING, "title": "路灯长期不亮", "version": 1})
    assert at("reword", appeal.pk, post={**WORDING, "version": 1}).status_code == 409
    assert "路灯长期不亮" in at("appeal", appeal.pk).text
    one = Part.objects.get(pk=three[0].pk)
    assert one.seen in at("split", appeal.pk, part=one.seen).text
    assert at("split", appeal.pk, post={"part": one.seen, **WORDING, "title": ""}).status_code == 422
    assert at("split", appeal.pk, post=WORDING).status_code == 409
    at("split", appeal.pk, post={"part": one.seen, **WORDING})
    new = Appeal.objects.get(number=2)
    assert at("merge", appeal.pk, post={"number": ""}).status_code == 409
    at("merge", new.pk, post={"number": 1})
    assert "已没有来件" in at("appeal", new.pk).text and appeal.parts.count() == 3


def test_appeals_are_filtered_and_taken_home_as_a_spreadsheet(at, parts, wording, office, day):
    acts.distil(parts(2), wording, by=office, on=day)
    acts.distil(parts(1), Wording("=1+1", "校门口拥堵", "education.place"), by=office, on=day)
    assert [appeal.number for appeal in at("appeals", q="路灯").context["appeals"]] == [1]
    assert [appeal.number for appeal in at("appeals", category="education").context["appeals"]] == [2]
    assert len(at("appeals", category="moon").context["appeals"]) == 2
    answer = at("sheet")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows())
    assert [cell.value for cell in rows[1]][:4] == [1, wording.title, wording.wording, "交通出行·路灯照明"]
    assert (rows[2][1].value, rows[2][1].data_type, rows[2][4].value, rows[1][8].value) == ("=1+1", "s", "学有所教", 2)


def test_long_lists_are_turned_page_by_page_and_nothing_is_left_out(at, parts, wording, round, office, day):
    many = parts(104)
    shown, after = [], ""
    while after is not None:
        context = at("bucket", "undecided", after=after).context
        shown += context["parts"]
        after = context["next"]
    assert shown == many
    acts.propose(round, by=office, on=day)
    first = at("round").context
    assert first["next"] is None or len(at("round", after=first["next"]).context["proposals"])
    for part in many[:52]:
        acts.distil([part], wording, by=office, on=day)
    first, second = at("appeals").context, at("appeals", after=50).context
    assert [appeal.number for appeal in [*first["appeals"], *second["appeals"]]] == list(range(1, 53))
    found = at("decisions").context
    assert len([*found["decisions"], *at("decisions", after=found["next"]).context["decisions"]]) == 52
    for odd in ("x", "-1", "9" * 40, "0.5_"):
        assert at("bucket", "undecided", after=odd).status_code == at("round", after=odd).status_code == 200


@pytest.mark.parametrize("name", ["round", "bucket", "appeals", "decisions", "appeal", "decide", "proposal", "search"])
def test_more_rows_ask_the_database_no_more_often(
    name, at, parts, wording, round, office, day, django_assert_max_num_queries, django_assert_num_queries
):
    def ready(how_many):
        made = parts(how_many)
        appeals = [acts.distil([part], wording, by=office, on=day) for part in made[: how_many // 2]]
        acts.add(appeals[0], made[how_many // 2 : how_many // 2 + how_many // 4], by=office, on=day)
        acts.propose(round, by=office, on=day)
        args = {"bucket": ["undecided"], "appeal": [appeals[0].pk], "proposal": [Proposal.objects.open().first().pk]}
        query = {"decide": {"part": seen(made)}, "search": {"q": "灯杆"}}
        return lambda: at(name, *args.get(name, []), **query.get(name, {}))

    few = ready(5)
    few()
    with django_assert_max_num_queries(30) as asked:
        assert few().status_code == 200
    many = ready(40)
    with django_assert_num_queries(len(asked)):
        assert many().status_code == 200


def test_a_page_of_an_unknown_bucket_or_round_is_not_found(at, client, round):
    assert at("bucket", "moon").status_code == 404
    assert client.get(reverse("triage:round", args=["441600-2099-01"])).status_code == 404
    assert at("reading").status_code == 404


def test_a_refusal_is_worded_for_the_person(at, parts):
    with pytest.raises(Refused, match="请至少选择一宗"):
        raise Refused(at("back", post={}).context["message"])
