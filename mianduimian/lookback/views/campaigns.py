"""行动: the campaigns of a person's rounds, one campaign with its tasks and draws, and what is done to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from mianduimian.lookback import acts
from mianduimian.lookback.forms import CampaignForm, DrawForm, GiveForm
from mianduimian.lookback.models import Campaign, Task, strangers
from mianduimian.people.doors import door, person
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused


@door("lookback.see")
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign, the newest first; who plans begins another here."""
    by = person(request)
    seen = Campaign.objects.seen_by(by).with_tally()
    form = CampaignForm(by=by, initial={"begins_on": localdate()}) if by.may("lookback.plan") else None
    return render(request, "lookback/campaigns.html", {"campaigns": seen, "form": form})


@door("lookback.plan")
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a campaign over a round."""
    by = person(request)
    form = CampaignForm(request.POST, by=by)
    made = _begun(form, by) if form.is_valid() else None
    if made is None:
        seen = Campaign.objects.seen_by(by).with_tally()
        return render(request, "lookback/campaigns.html", {"campaigns": seen, "form": form})
    messages.success(request, _("回头看已开始：%(n)s件已办结的事项全部列入核查。") % {"n": made.tasks.count()})
    return redirect("lookback:campaign", made.pk)


def _begun(form: CampaignForm, by: Person) -> Campaign | None:
    """The campaign as typed; what is wrong with its days is said where its end is typed."""
    typed = dict(form.cleaned_data)
    try:
        return acts.begin_campaign(typed.pop("round"), acts.Planned(**typed), by=by, on=localdate())
    except NotYours:
        raise
    except Refused as refused:
        form.add_error("ends_on", str(refused))
        return None


@door("lookback.see")
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: who looks at what by when, and every draw with its seed and population."""
    by = person(request)
    one = _one(request, pk)
    may_plan = by.may("lookback.plan")
    rows = list(one.tasks.with_rows().with_done())
    context = {
        "campaign": one,
        "tasks": rows,
        "done": sum(row.is_done for row in rows),
        "draws": one.draws.select_related("by").prefetch_related("tasks__matter"),
        "draw_form": DrawForm(initial={"size": one.round.rules.lookback["sample"]}) if may_plan else None,
        "give_form": GiveForm(people=strangers("lookback.verify", by)) if may_plan else None,
    }
    return render(request, "lookback/campaign.html", context)


def _one(request: HttpRequest, pk: int) -> Campaign:
    return get_object_or_404(Campaign.objects.seen_by(person(request)).select_related("round__region", "head", "by"), pk=pk)


@door("lookback.plan")
@require_POST
def gather(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what was settled since."""
    made = acts.gather(_one(request, pk), by=person(request), on=localdate())
    messages.success(request, _("新增核查任务%(n)s件。") % {"n": len(made)})
    return redirect("lookback:campaign", pk)


@door("lookback.plan")
@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw some of them for a second look."""
    form = DrawForm(request.POST)
    if not form.is_valid():
        raise Refused(gettext_noop("请写明抽几件。"))
    made = acts.draw(_one(request, pk), **form.cleaned_data, by=person(request), on=localdate())
    messages.success(request, _("抽出%(n)s件复核，种子 %(seed)s。") % {"n": made.size, "seed": made.seed})
    return redirect("lookback:campaign", pk)


@door("lookback.plan")
@require_POST
def entrust(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the ticked tasks to somebody who is a stranger to them."""
    by, one = person(request), _one(request, pk)
    form = GiveForm(request.POST, people=strangers("lookback.verify", by))
    ticked = [int(key) for key in request.POST.getlist("task") if key.isdecimal()]
    if not form.is_valid() or not ticked:
        raise Refused(gettext_noop("请勾选要分派的事项，并选择分给谁。"))
    made = acts.entrust(Task.objects.filter(campaign=one, pk__in=ticked), to=form.cleaned_data["to"], by=by, on=localdate())
    messages.success(request, _("分派核查%(n)s件。") % {"n": len(made)})
    return redirect("lookback:campaign", pk)
