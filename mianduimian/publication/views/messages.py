"""告知: for the office: every text before it goes, the letters to print, and the messages that may or may not have arrived."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.archive.handing import answer
from mianduimian.people.doors import door, person
from mianduimian.publication import acts
from mianduimian.publication.models import Alert, LetterList, Message, samples
from mianduimian.publication.rules import Way, previews
from mianduimian.publication.sheets import letters_sheet
from mianduimian.solicitation.models import Round


def _mine(request: HttpRequest, code: str) -> Round:
    return get_object_or_404(Round.objects.seen_by(person(request)), code=code)


def _posted(request: HttpRequest) -> None:
    if request.method != "POST":
        raise Http404


@door("publication.see")
def texts(request: HttpRequest, code: str) -> HttpResponse:
    """Every step's text as it would go out, of the matter whose words are longest or of the one chosen."""
    one = _mine(request, code)
    choices = samples(one)
    chosen = next((sample for sample in choices if str(sample.pk) == request.GET.get("matter")), None)
    shown = chosen or max(choices, key=lambda sample: len(sample.title + sample.unit), default=None)
    ways = [Way.word_of(way) for way in settings.CHANNELS.order]
    context = {"round": one, "choices": choices, "shown": shown, "ways": ways, "site": settings.CHANNELS.site}
    context["previews"] = previews(shown.title, shown.unit) if shown else previews("", "")
    return render(request, "publication/texts.html", context)


@door("publication.release")
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """What goes by post: waiting, listed, posted."""
    one = _mine(request, code)
    if request.method == "POST":
        acts.list_letters(one, by=person(request), on=localdate())
        messages.success(request, _("清单已生成，请下载打印。"))
        return redirect("publication:letters", code)
    waiting = Message.objects.letters().filter(submission__round=one).count()
    lists = LetterList.objects.filter(round=one).counted()
    return render(request, "publication/letters.html", {"round": one, "waiting": waiting, "lists": lists})


@door("publication.release")
def letter_sheet(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The list with names and addresses, to print; every download stays on record."""
    _posted(request)
    made = get_object_or_404(LetterList, round=_mine(request, code), pk=pk)
    opened = acts.open_letters(made, by=person(request), on=localdate())
    return answer(letters_sheet(opened), f"{made} {made.made_on}", "xlsx")


@door("publication.release")
def post_letters(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A person says that the letters of a list were posted."""
    _posted(request)
    made = get_object_or_404(LetterList, round=_mine(request, code), pk=pk)
    count = acts.post_letters(made, by=person(request), on=localdate())
    messages.success(request, _("%(n)s 封已记为寄出。") % {"n": count})
    return redirect("publication:letters", code)


@door("publication.release")
def alerts(request: HttpRequest) -> HttpResponse:
    """The letters to subscribers of which nobody knows whether they arrived; no address is shown."""
    doubts = Alert.objects.open_questions().select_related("subscription__region")
    return render(request, "publication/alerts.html", {"doubts": doubts[:50], "left": doubts.count()})


@door("publication.release")
def settle_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """A person says what became of a letter in doubt."""
    _posted(request)
    arrived = request.POST.get("arrived") == "yes"
    acts.settle_alert(get_object_or_404(Alert, pk=pk), arrived=arrived, by=person(request), on=localdate())
    messages.success(request, _("已记为送达。") if arrived else _("已重新排队，编号不变。"))
    return redirect("publication:doubts")


@door("publication.release")
def settle(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A person says what became of a message in doubt."""
    _posted(request)
    message = get_object_or_404(Message, submission__round=_mine(request, code), pk=pk)
    arrived = request.POST.get("arrived") == "yes"
    acts.settle(message, arrived=arrived, by=person(request), on=localdate())
    messages.success(request, _("已记为送达。") if arrived else _("已重新排队，编号不变。"))
    return redirect("publication:manage", code)
