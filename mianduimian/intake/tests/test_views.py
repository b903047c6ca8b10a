"""The pages of intake: by role, by hand, by file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mianduimian.intake import acts, jobs
from mianduimian.intake.models import Batch, Submission
from mianduimian.intake.rules import BatchState
from mianduimian.journal.models import Line


@pytest.fixture
def submission(round, office, day, said):
    return acts.receive(round, said(), by=office, on=day)[0]


@pytest.fixture
def clerk(enter, office):
    return enter(office)


def page(client, name, *args, **query):
    return client.get(reverse(f"intake:{name}", args=args), query)


def words(answer):
    return answer.content.decode()


PAGES = {
    "round": ("code", {"office"}),
    "upload": ("code", {"office"}),
    "type": ("code", {"office"}),
    "submission": ("pk", {"office"}),
    "slip": ("pk", {"office"}),
    "unmask": ("pk", {"office", "visitor"}),
    "erase": ("pk", {"office", "visitor"}),
}


@pytest.mark.parametrize(
    "role", ["office", "unit", "supervisor", "visitor", "leader", "deputy", "press", "system", "security", "audit"]
)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_open_to_those_it_is_for(submission, round, hire, enter, name, role):
    by, roles = PAGES[name]
    answer = page(enter(hire(role)), name, round.code if by == "code" else submission.pk)
    assert answer.status_code == (200 if role in roles else 403)


@pytest.mark.parametrize("name", PAGES)
def test_who_is_not_logged_in_is_sent_to_log_in(client, submission, round, name):
    answer = page(client, name, round.code if PAGES[name][0] == "code" else submission.pk)
    assert answer.status_code == 302 and "login" in answer.url


@pytest.mark.parametrize("name", PAGES)
def test_an_office_elsewhere_finds_nothing(submission, round, hire, enter, name):
    client = enter(hire("office", "longchuan"))
    assert page(client, name, round.code if PAGES[name][0] == "code" else submission.pk).status_code == 404


def test_the_list_and_the_page_show_no_identity(clerk, submission, round):
    for answer in (
        page(clerk, "round", round.code),
        page(clerk, "submission", submission.pk),
        page(clerk, "unmask", submission.pk),
    ):
        assert "陈小明" not in words(answer) and "13800138000" not in words(answer)
    assert "138****8000" in words(page(clerk, "round", round.code))


def test_the_list_is_filtered_by_channel_and_by_words(clerk, round, office, day, said):
    for text, channel in (("水管漏水", "letter"), ("路灯100%不亮", "visit")):
        acts.receive(round, said(text, title="", channel=channel), by=office, on=day)
    assert "水管" in words(page(clerk, "round", round.code, channel="letter"))
    assert "路灯" not in words(page(clerk, "round", round.code, channel="letter"))
    assert "水管" not in words(page(clerk, "round", round.code, words="0%不"))
    for odd in ("%", "_", "\\", "'", "--", "龘" * 60):
        assert page(clerk, "round", round.code, words=odd, after="x").status_code == 200


def test_the_list_is_turned_page_by_page_without_loss(clerk, round, run, export, django_assert_max_num_queries):
    run(export(120))
    seen, after = [], None
    while True:
        with django_assert_max_num_queries(16):
            answer = page(clerk, "round", round.code, **({"after": after} if after else {}))
        seen += [one.pk for one in answer.context["submissions"]]
        after = answer.context["next"]
        if after is None:
            break
    assert seen == sorted(Submission.objects.values_list("pk", flat=True), reverse=True)


def test_repeats_are_shown_on_both_pages(clerk, round, office, day, said):
    first, second = (acts.receive(round, said(source_number=f"GD{n}"), by=office, on=day)[0] for n in (1, 2))
    assert reverse("intake:submission", args=[second.pk]) in words(page(clerk, "submission", first.pk))
    assert reverse("intake:submission", args=[first.pk]) in words(page(clerk, "submission", second.pk))


def typed(client, round, **more):
    form = page(client, "type", round.code).context["form"]
    sent = {"channel": "visit", "text": "校门口乱停车", "name": "陈小明", "phone": "13800138000", "agreed": "on", **more}
    return {"token": form["token"].value(), **sent}


def test_what_is_typed_is_taken_in_and_its_receipt_shown(clerk, round):
    sent = typed(clerk, round, said_at="2023-11-15", region="441602")
    answer = clerk.post(reverse("intake:type", args=[round.code]), sent, follow=True)
    submission = Submission.objects.get()
    assert submission.receipt in words(answer)
    assert (submission.channel, submission.region_id, submission.said_at.isoformat()) == (
        "visit",
        "441602",
        "2023-11-14T16:00:00+00:00",
    )


def test_a_double_click_takes_in_once(clerk, round):
    sent = typed(clerk, round)
    first, second = (clerk.post(reverse("intake:type", args=[round.code]), sent) for _click in range(2))
    assert first.url == second.url
    assert Submission.objects.count() == 1


def test_the_same_form_with_other_words_is_refused_in_words(clerk, round):
    sent = typed(clerk, round)
    clerk.post(reverse("intake:type", args=[round.code]), sent)
    answer = clerk.post(reverse("intake:type", args=[round.code]), {**sent, "text": "另一件"})
    assert (answer.status_code, "内容却不同" in words(answer)) == (409, True)


def test_what_cannot_be_typed_is_said_beside_the_field(clerk, round):
    sent = typed(clerk, round, text="有\0空字符", email="x\r\nBcc: y@z.cn")
    answer = clerk.post(reverse("intake:type", args=[round.code]), sent)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"text", "email"}


def test_fields_that_are_not_asked_change_nothing(clerk, round):
    extra = {"receipt": "AAAAAAAAAAAA", "received_on": "2020-01-01", "batch": "1", "like": "1", "source_number": "GD1"}
    clerk.post(reverse("intake:type", args=[round.code]), typed(clerk, round, **extra))
    submission = Submission.objects.get()
    assert submission.receipt != "AAAAAAAAAAAA"
    assert (submission.source_number, submission.batch, submission.like) == ("", None, None)


def test_an_identity_is_shown_once_after_a_reason(clerk, submission):
    url = reverse("intake:unmask", args=[submission.pk])
    assert "陈小明" not in words(clerk.post(url, {"why": ""}))
    answer = clerk.post(url, {"why": "电话核实"})
    assert "陈小明" in words(answer) and "13800138000" in words(answer)
    assert "no-store" in answer["Cache-Control"]
    assert "电话核实" in words(page(clerk, "submission", submission.pk))


def test_an_erased_identity_is_gone_from_every_page(clerk, submission):
    clerk.post(reverse("intake:erase", args=[submission.pk]), {"why": "本人要求"})
    assert "已于" in words(page(clerk, "submission", submission.pk))
    assert clerk.post(reverse("intake:unmask", args=[submission.pk]), {"why": "再看"}).status_code == 409


def upload(client, round, raw, name="热线.xlsx", channel="hotline"):
    sent = {"channel": channel, "source": "热线", "file": SimpleUploadedFile(name, raw)}
    return client.post(reverse("intake:upload", args=[round.code]), sent, follow=True)


def test_a_file_is_previewed_confirmed_taken_in_and_counted(clerk, round, export):
    preview = upload(clerk, round, export(12, ["GD90", "", "", "2023-11-01"]))
    batch = Batch.objects.get()
    assert preview.context["form"].initial["text"] == "内容"
    assert words(preview).count("个路口的红绿灯坏了") == 10
    assert not Submission.objects.exists()
    columns = preview.context["form"].initial
    running = clerk.post(reverse("intake:start", args=[batch.pk]), columns, follow=True)
    assert 'hx-trigger="every 1s"' in words(running)
    assert "0 / 13" in words(page(clerk, "progress", batch.pk))
    jobs.run.call(batch.pk)
    assert "看结果" in words(page(clerk, "progress", batch.pk))
    result = words(page(clerk, "batch", batch.pk))
    assert "内容为空" in result and ">14<" in result and "every 1s" not in result


@pytest.mark.parametrize(
    ("raw", "name", "why"),
    [
        (b"%PDF-1.7 a", "表.xlsx", "PDF"),
        (b"\xff\xd8\xff\xe0<?php", "a.csv", "JPEG"),
        (b"PK\x03\x04 broken", "a.xlsx", "损坏"),
        ("编号,内容\n".encode(), "a.csv", "只有表头"),
        (b"", "a.xlsx", "空"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(clerk, round, raw, name, why):
    answer = upload(clerk, round, raw, name)
    assert answer.status_code == 200
    assert why in str(answer.context["form"].errors["file"])
    assert not Batch.objects.exists()


def test_a_file_above_the_limit_is_refused_beside_the_field(clerk, round, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    assert "超过1 MB" in str(upload(clerk, round, b"a" * (1024 * 1024 + 1)).context["form"].errors["file"])


def test_a_column_that_the_file_does_not_have_is_refused(clerk, round, export):
    upload(clerk, round, export())
    answer = clerk.post(reverse("intake:start", args=[Batch.objects.get().pk]), {"text": "没有的列"})
    assert (answer.status_code, Batch.objects.get().state) == (409, BatchState.WAITING)


def test_a_run_whose_worker_died_is_gone_on_with(clerk, round, export):
    preview = upload(clerk, round, export())
    batch = Batch.objects.get()
    clerk.post(reverse("intake:start", args=[batch.pk]), preview.context["form"].initial)
    assert "继续处理" in words(page(clerk, "batch", batch.pk))
    assert clerk.post(reverse("intake:resume", args=[batch.pk])).status_code == 302
    jobs.run.call(batch.pk)
    jobs.run.call(batch.pk)
    assert Submission.objects.count() == 3


def test_a_file_may_be_given_up_before_it_goes_in(clerk, round, export):
    upload(clerk, round, export())
    batch = Batch.objects.get()
    clerk.post(reverse("intake:drop", args=[batch.pk]))
    assert "已放弃" in words(page(clerk, "batch", batch.pk))


def test_the_same_file_again_is_pointed_out(clerk, round, export):
    raw = export()
    preview = upload(clerk, round, raw)
    clerk.post(reverse("intake:start", args=[Batch.objects.get().pk]), preview.context["form"].initial)
    jobs.run.call(Batch.objects.get().pk)
    assert "导入过" in words(upload(clerk, round, raw))


@pytest.mark.parametrize("name", ["start", "resume", "drop"])
def test_what_changes_something_is_posted_with_a_token(round, office, begin, export, enter, name):
    batch = begin(export())
    url = reverse(f"intake:{name}", args=[batch.pk])
    assert enter(office).get(url).status_code == 405
    strict = enter(office)
    strict.handler.enforce_csrf_checks = True
    assert strict.post(url).status_code == 403
    assert Batch.objects.get().state == BatchState.WAITING


@pytest.mark.parametrize("role", ["unit", "visitor", "supervisor", "leader"])
@pytest.mark.parametrize("name", ["batch", "progress", "start", "resume", "drop"])
def test_nobody_but_the_office_handles_files(begin, export, hire, enter, role, name):
    url = reverse(f"intake:{name}", args=[begin(export()).pk])
    client = enter(hire(role))
    assert (client.get(url) if name in ("batch", "progress") else client.post(url)).status_code == 403


def test_every_page_states_its_history(clerk, submission):
    assert Line.objects.of(submission).count() == 1
    assert "收件" in words(page(clerk, "submission", submission.pk))
