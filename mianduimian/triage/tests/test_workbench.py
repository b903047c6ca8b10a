"""The workbench's pages: one group after the other, in place or as whole pages, in bulk, and what is similar."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import now

from mianduimian.triage import acts, machine, presence
from mianduimian.triage.models import Appeal, Decision, Part, Proposal, Reading
from mianduimian.triage.rules import Bucket
from mianduimian.triage.views import bulk

WORDING = {"title": "兴源路路灯不亮", "wording": "请修复。", "category": "transport.light", "region": "441602", "unit": "urban"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def nobody_looks():
    cache.clear()


@pytest.fixture
def step(office, day):
    return {"by": office, "on": day}


@pytest.fixture
def group(parts, round, step):
    """A group as the machine proposes it: group(3, sure=0.8), its members sure of their class."""

    def make(how_many=3, *, sure=0.7, classed=0.9, appeal=None, **more):
        members = parts(how_many, **more)
        keys = tuple(part.pk for part in members)
        Part.objects.filter(pk__in=keys).update(category="transport.light", confidence=classed)
        said = {"sure": sure, "why": "用词相近", "category": "transport.light", "appeal": appeal}
        one = Proposal.objects.create(round=round, representative=members[0], made_on=step["on"], **said)
        one.parts.set(members)
        return one

    return make


@pytest.fixture
def at(client, office, round):
    """Look at or post to a page as the office, as a whole page or in place."""
    client.force_login(office)

    def go(name, *args, post=None, htmx=False, follow=False, **query):
        url = reverse(f"triage:{name}", args=args or [round.code])
        how = {"headers": HTMX if htmx else {}, "follow": follow}
        return client.get(url, query, **how) if post is None else client.post(url, post, **how)

    return go


def seen(one):
    return [part.seen for part in one.parts.order_by("pk")]


def test_the_most_doubtful_group_comes_first_then_the_next_and_the_one_before(at, group):
    sure, doubtful, middle = group(sure=0.9), group(sure=0.4), group(sure=0.6)
    assert at("work").url.endswith(f"/{doubtful.pk}")
    assert at("work", after=doubtful.pk).url.endswith(f"/{middle.pk}")
    assert at("work", after=middle.pk).url.endswith(f"/{sure.pk}")
    assert at("work", before=sure.pk).url.endswith(f"/{middle.pk}")
    for beyond in ({"after": sure.pk}, {"before": doubtful.pk}, {"after": "x"}, {"after": "9" * 30}):
        assert at("work", **beyond).url.endswith(f"/{doubtful.pk}")


def test_in_place_only_the_desk_is_sent_with_what_was_done_and_the_focus_on_the_group(at, group):
    one, following = group(sure=0.4), group(sure=0.6)
    text = at("confirm", one.pk, post={"part": seen(one), **WORDING}, htmx=True, follow=True).text
    assert "<html" not in text and 'hx-swap-oob="innerHTML"' in text and "已归为诉求1" in text
    assert "autofocus" in text and f"/proposals/{following.pk}/confirm" in text and "已定 3 宗" in text
    assert "autofocus" not in at("proposal", following.pk).text


def test_members_stand_side_by_side_with_what_differs_said(at, parts, round, step):
    one, two = parts(1, text="建设大道3号楼漏水"), parts(1, text="河源大道5号楼漏水")
    proposal = Proposal.objects.create(
        round=round, representative=one[0], sure=0.4, why="用词相近", made_on=step["on"], reasons={str(two[0].pk): "只差楼号"}
    )
    proposal.parts.set([*one, *two])
    text = at("proposal", proposal.pk).text
    assert '<mark data-mark="place">建设大道</mark><mark data-mark="number">3号楼</mark>' in text
    assert "与别的来件不同：建设大道、3号楼" in text and "地点或号码不一致" in text and "只差楼号" in text


def test_what_citizens_say_is_masked_and_their_markup_is_shown_as_text(at, group):
    one = group(1, text="<script>alert(1)</script>我叫赖小明，电话13800138000")
    text = at("proposal", one.pk).text
    assert "<script>alert" not in text and "&lt;script&gt;" in text
    assert "13800138000" not in text and "赖小明" not in text


def test_marked_members_are_taken_out_divided_or_left_when_the_rest_is_accepted(at, group):
    one = group(4)
    first, second, third, fourth = seen(one)
    rest = at("take_out", one.pk, post={"part": seen(one), "out": [fourth]}).url
    kept = Proposal.objects.open().get(parts=int(first.split(":")[0]))
    assert rest.endswith(f"/{kept.pk}") and kept.parts.count() == 3
    at("divide", kept.pk, post={"part": seen(kept), "out": [third]})
    kept = Proposal.objects.open().get(parts=int(first.split(":")[0]))
    at("confirm", kept.pk, post={"part": seen(kept), "out": [second], **WORDING})
    assert Appeal.objects.get().parts.count() == 1 and Proposal.objects.open().count() == 3
    assert at("take_out", kept.pk, post={"part": seen(kept)}).status_code == 409


def test_not_every_member_can_be_marked_when_the_rest_is_accepted(at, group):
    one = group(2)
    answer = at("confirm", one.pk, post={"part": seen(one), "out": seen(one), **WORDING}, htmx=True)
    assert answer.status_code == 409 and "没有留下" in answer.text and "<html" not in answer.text


def test_marked_members_or_the_whole_group_get_a_class_or_are_set_aside(at, group):
    one = group(3)
    first, second, third = seen(one)
    at("relabel", one.pk, post={"part": seen(one), "out": [first], "category": "education.place"})
    assert [part.category for part in one.parts.order_by("pk")] == ["education.place", "transport.light", "transport.light"]
    fresh = seen(one)
    at("set_aside", one.pk, post={"part": fresh, "out": [fresh[0]], "where": "invalid/no_fact"})
    assert [part.bucket for part in one.parts.order_by("pk")] == ["invalid", "undecided", "undecided"]
    assert at("set_aside", one.pk, post={"part": seen(one)[1:], "where": ""}, htmx=True).status_code == 422
    onward = at("set_aside", one.pk, post={"part": seen(one)[1:], "where": "withdrawn"}, follow=True)
    assert "机器建议都已办完" in onward.text and "每一宗来件都有了去向" in onward.text
    assert at("relabel", group(1).pk, post={"part": [], "category": "education"}).status_code == 409


def test_a_group_goes_into_an_appeal_by_its_number(at, group, parts, wording, step):
    acts.distil(parts(1), wording, **step)
    one = group(3)
    _first, second, _third = seen(one)
    at("into", one.pk, post={"part": seen(one), "out": [second], "number": 1})
    assert Appeal.objects.get().parts.count() == 3
    assert at("into", group(1).pk, post={"part": seen(Proposal.objects.last()), "number": 99}).status_code == 409


def test_the_last_step_of_this_person_is_undone_and_its_group_shown_again(at, group, hire, day, step):
    one, other = group(2), group(2)
    at("confirm", one.pk, post={"part": seen(one), **WORDING})
    acts.confirm(other, into=Appeal.objects.get(), by=hire("office", name="钟小梅"), on=day)
    assert at("undo_mine", post={}).url.endswith(f"/{one.pk}")
    assert Decision.objects.get(undone_by=None).by.name == "钟小梅"
    assert at("undo_mine", post={}).status_code == 409
    acts.set_aside(Part.objects.filter(pk__in=one.parts.all()).select_related("submission"), bucket="withdrawn", **step)
    assert at("undo_mine", post={}).url.endswith(f"/{one.pk}")


def test_the_slower_clerk_gets_the_sentence_in_place_and_the_fresh_members_beside_what_was_typed(at, group, hire, day):
    one = group(3)
    on_the_page = seen(one)
    acts.set_aside(list(one.parts.select_related("submission"))[:1], bucket="withdrawn", by=hire("office", name="钟小梅"), on=day)
    answer = at("confirm", one.pk, post={"part": on_the_page, **WORDING}, htmx=True)
    assert answer.status_code == 409 and "钟小梅" in answer.text and "<html" not in answer.text
    fresh = at("members", one.pk, htmx=True).text
    assert "<html" not in fresh and on_the_page[0] not in fresh and on_the_page[1] in fresh
    acts.reject(one, by=hire("office", name="赖新来"), on=day)
    gone = at("members", one.pk, htmx=True)
    assert gone.status_code == 409 and "赖新来答复（不采纳）" in gone.text


def test_who_else_looks_at_a_group_is_hinted(at, group, client, hire, monkeypatch):
    monkeypatch.setattr(presence, "FRESH", 3600)  # seconds: a busy machine is no fault
    one = group(2)
    assert "正在看这一组" not in at("proposal", one.pk).text
    client.force_login(hire("office", name="钟小梅"))
    assert "正在看这一组" in client.get(reverse("triage:proposal", args=[one.pk])).text


def test_similar_parts_and_words_are_found_outside_the_group_and_brought_in(at, group, parts, wording, step):
    one = group(2, text="兴源路的路灯坏了三盏")
    (near,) = parts(1, text="兴源路的路灯坏了三盏，请修")
    (decided,) = parts(1, text="兴源路的路灯坏了两盏")
    acts.distil([decided], wording, **step)
    (far,) = parts(1, text="公交车等不到")
    context = at("found", one.pk).context
    assert context["found"][0] == near and decided in context["found"] and not set(context["found"]) & set(one.parts.all())
    assert [part.appeal.number for part in context["appeals"]] == [1]
    assert at("found", one.pk, q="公交").context["found"] == [far]
    assert at("found", one.pk, like=near.pk).context["found"][0] == near
    assert at("found", one.pk, like=10**9).status_code == 404
    assert "<html" not in at("found", one.pk, htmx=True).text
    assert at("bring_in", one.pk, post={"also": []}).status_code == 409
    at("bring_in", one.pk, post={"also": [near.seen, far.seen]})
    assert Proposal.objects.open().get(parts=near).parts.count() == 4


@pytest.mark.parametrize("verb", ["confirm", "into", "join"])
def test_what_was_ticked_among_the_similar_is_accepted_with_the_group(at, group, parts, wording, step, verb):
    appeal = acts.distil(parts(1), wording, **step)
    one, other = group(2, appeal=appeal if verb == "join" else None), group(2)
    near, stays = other.parts.order_by("pk")
    assert f'name="also" value="{near.seen}" form="group"' in at("found", one.pk).text
    at(verb, one.pk, post=WORDING | {"number": appeal.number, "part": seen(one), "also": [near.seen]})
    home = Appeal.objects.get(pk=Part.objects.get(pk=near.pk).appeal_id)
    assert set(one.parts.all()) < set(home.parts.all()) and (home == appeal) == (verb != "confirm")
    assert list(Proposal.objects.open().get().parts.all()) == [stays]


def test_when_and_where_a_group_was_said_is_drawn_and_told_in_words(at, group, round):
    one = group(2, said_at=now(), region_id="441602101")
    text = at("proposal", one.pk).text
    assert "来件的时间" in text and "源城区：2 宗" in text and "埔前镇 2" in text and "都在同一天" in text
    assert "县区都不明" in at("proposal", group(1).pk).text and "来件都没有时间" in at("proposal", group(1).pk).text


def test_the_error_to_expect_is_shown_before_many_are_accepted(at, group):
    group(sure=0.95), group(sure=0.97), group(sure=0.6), group(sure=0.99, classed=0.2)
    page = at("bulk")
    assert (page.context["outlook"].groups, page.context["outlook"].wrong, page.context["unsure"]) == (2, 0.08, 1)
    assert "共 2 组，预计其中约 0.1 组有误" in page.text and "另有 1 组类别存疑" in page.text
    assert [one.sure for one in page.context["first"]] == [0.95, 0.97]
    assert at("bulk", at="0.5").context["outlook"].groups == 3
    for odd in ("x", "0.1", "7", "nan"):
        assert at("bulk", at=odd).context["outlook"].at == bulk.USUAL


def test_many_are_accepted_a_few_a_request_until_none_is_left(at, group, monkeypatch):
    monkeypatch.setattr(bulk, "STEP", 2)
    groups = [group(1, sure=0.96) for _n in range(5)]
    doubtful = group(1, sure=0.5)
    form = {"at": "0.95", "last": doubtful.pk}
    one = at("accept_many", post=form, htmx=True)
    assert (one.context["done"], one.context["remaining"]) == (2, 3) and "hx-trigger" in one.text
    late = group(1, sure=0.99)
    while (answer := at("accept_many", post=form, htmx=True)).context["remaining"]:
        form |= {"after": answer.context["after"], "done": answer.context["done"]}
    assert Appeal.objects.count() == len(groups)
    assert set(Proposal.objects.open()) == {doubtful, late} and "hx-trigger" not in answer.text
    assert at("accept_many", post={"at": "", "last": 1}).status_code == 409


def test_a_reading_is_stopped_and_gone_on_with_from_its_page(at, parts, round, step):
    parts(2)
    reading = acts.ask(round, **step)
    assert "停下" in at("reading").text and "继续" not in at("reading").text
    at("stop", reading.pk, post={})
    assert "已停" in at("reading").text and "继续" in at("reading").text and "没有读完" in at("round").text
    at("resume", reading.pk, post={})
    assert "正在排队" in at("reading").text
    Reading.objects.update(state="running", holder="x" * 32, heard_at="2001-01-01T00:00:00Z", texts=1, total=2)
    assert "没有动静" in at("reading").text and "1 / 2" in at("reading").text and "继续" in at("reading").text
    Reading.objects.update(state="waiting", holder="", heard_at=None, asked_at="2001-01-01T00:00:00Z")
    assert "还没有后台作业来读" in at("reading").text
    acts.go_on(reading, **step)
    text = at("reading").text
    assert "读了 2 段" in text and "继续" not in text and "停下" not in text
    assert at("resume", reading.pk, post={}).status_code == at("stop", reading.pk, post={}).status_code == 409


def test_progress_counts_submissions_not_the_parts_they_were_cut_into(at, say, round, step):
    said = say("灯坏了。路也坏了！")
    acts.take_up(round, **step)
    acts.cut(said, ["灯坏了。", "路也坏了！"], **step)
    Part.objects.update(confidence=0.9)
    assert "已读 1 宗，已定 0 宗，存疑 0 宗" in at("round").text
    Part.objects.filter(number=2).update(confidence=None)
    acts.set_aside(Part.objects.filter(number=1).select_related("submission"), bucket=Bucket.WITHDRAWN, **step)
    assert "已读 0 宗，已定 0 宗，存疑 0 宗" in at("round").text


@pytest.mark.parametrize("name", ["proposal", "members", "found", "bulk", "work"])
def test_larger_groups_and_rounds_ask_the_database_no_more_often(
    name, at, group, monkeypatch, django_assert_max_num_queries, django_assert_num_queries
):
    monkeypatch.setattr(machine, "likest", lambda round, text, most: list(Part.objects.of(round).for_list()[:most]))
    args = {"proposal": True, "members": True, "found": True}

    def look(one):
        return at(name, *([one.pk] if name in args else []))

    few = group(2, sure=0.96)
    look(few)
    with django_assert_max_num_queries(30) as asked:
        look(few)
    often = len(asked)
    many = [group(30, sure=0.4), *(group(1, sure=0.97) for _n in range(6))]
    look(many[0])
    with django_assert_num_queries(often):
        look(many[0])
