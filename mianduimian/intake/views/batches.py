"""收件: uploading a file, confirming its columns, watching it go in, seeing what came of it."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.intake import acts, jobs
from mianduimian.intake.forms import ColumnsForm, UploadForm
from mianduimian.intake.models import Batch
from mianduimian.intake.rules import GONE, BatchState, Kind
from mianduimian.intake.sheets import Reading, Row, as_text, read
from mianduimian.intake.views.submissions import found_round
from mianduimian.people.doors import door, person
from mianduimian.refusal import Refused

SHOWN = 10


def _found(request: HttpRequest, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.seen_by(person(request)).select_related("round", "by"), pk=pk)


@door("intake.import")
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a file; what cannot be read is refused here, beside the field."""
    found = found_round(request, code)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: UploadedFile = form.cleaned_data["file"]
        origin = {"channel": form.cleaned_data["channel"], "source": form.cleaned_data["source"]}
        try:
            batch = acts.begin_batch(found, file=(file.name or "", file.read()), **origin, by=person(request), on=localdate())
            return redirect("intake:batch", batch.pk)
        except Refused as refused:
            form.add_error("file", str(refused))
    context = {"round": found, "form": form, "unfinished": Batch.objects.unfinished().filter(round=found)}
    return render(request, "intake/upload.html", context)


@door("intake.import")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """A file before it goes in, while it does, and after: preview, progress or result."""
    found = _found(request, pk)
    if found.state == BatchState.WAITING:
        return _preview(request, found)
    return render(request, "intake/batch.html", {"batch": found, "bad_rows": found.bad_rows.all(), **_progress(found)})


def _preview(request: HttpRequest, batch: Batch) -> HttpResponse:
    reading = _reading(batch)
    context = {
        "batch": batch,
        "form": ColumnsForm(initial=batch.mapping, heads=reading.heads),
        "heads": reading.heads,
        "rows": [(row.number, _cells(row, reading), row.damage) for row in reading.rows[:SHOWN]],
        "facts": _facts(batch, reading),
        "earlier": Batch.objects.filter(round=batch.round, digest=batch.digest, state=BatchState.DONE).first(),
    }
    return render(request, "intake/preview.html", context)


def _reading(batch: Batch) -> Reading:
    if not batch.path.exists():
        raise Refused(GONE)
    return read(batch.path.read_bytes())


def _cells(row: Row, reading: Reading) -> list[str]:
    return [as_text(row.cells.get(head, "")) for head in reading.heads]


def _facts(batch: Batch, reading: Reading) -> list[tuple[str, object]]:
    return [
        (_("文件"), batch.file_name),
        (_("种类"), Kind.word_of(reading.kind)),
        (_("编码"), reading.encoding) if reading.encoding else (_("工作表"), reading.sheet),
        (_("没有读的工作表"), "、".join(reading.left_out) or _("无")),
        (_("行数"), batch.total),
        (_("渠道"), batch.channel_word),
        (_("来源名称"), batch.source),
    ]


def _progress(batch: Batch) -> dict[str, object]:
    """What the part that asks every second needs."""
    done = batch.state in (BatchState.DONE, BatchState.FAILED)
    urls = {"url": reverse("intake:progress", args=[batch.pk]), "done_url": reverse("intake:batch", args=[batch.pk])}
    return {"word": batch.file_name, "value": batch.done, "max": batch.total, "done": done, **urls}


@door("intake.import")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a file has gone in."""
    return render(request, "parts/_progress.html", _progress(_found(request, pk)))


@require_POST
@door("intake.import")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the columns and send the file in."""
    found = _found(request, pk)
    form = ColumnsForm(request.POST, heads=_reading(found).heads)
    if not form.is_valid():
        raise Refused(_("列对应与文件不符，请返回重选。"))
    acts.map_columns(found, form.cleaned_data, by=person(request), on=localdate())
    jobs.run.enqueue(found.pk)
    return redirect("intake:batch", pk)


@require_POST
@door("intake.import")
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a file whose worker died; nothing is taken in twice."""
    found = _found(request, pk)
    jobs.run.enqueue(found.pk)
    messages.info(request, _("已重新排队，从第 %(row)s 行之后接着收。") % {"row": found.done})
    return redirect("intake:batch", pk)


@require_POST
@door("intake.import")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a file before anything was taken in from it."""
    found = _found(request, pk)
    acts.drop(found, by=person(request), on=localdate())
    messages.success(request, _("已放弃这个文件，内容已删除。"))
    return redirect("intake:upload", found.round.code)
