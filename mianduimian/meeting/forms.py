"""座谈会: what is typed to call it, to seat people, to record what is said, and to decide."""

from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from mianduimian.meeting.models import Card, Exchange, Item, Meeting, Seat
from mianduimian.meeting.rules import Called, Decided, Handling, Planning, Presence, Promised, Seating, SeatKind, Spoken
from mianduimian.people.models import Unit
from mianduimian.text.normalise import plain
from mianduimian.triage.models import Appeal

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
MOMENT = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
SHORT, LONG = forms.Textarea(attrs={"rows": 2}), forms.Textarea(attrs={"rows": 4})


def unit_field(label: Any, *, required: bool = True, help_text: Any = "", none: Any = "——") -> forms.ModelChoiceField:
    """One unit, by its key."""
    return forms.ModelChoiceField(
        Unit.objects.all(), label=label, required=required, to_field_name="key", help_text=help_text, empty_label=none
    )


def units_field(label: Any) -> forms.ModelMultipleChoiceField:
    """Any number of units, by their keys."""
    return forms.ModelMultipleChoiceField(
        Unit.objects.all(),
        label=label,
        required=False,
        to_field_name="key",
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("按住 Ctrl 可选多个"),
    )


class PlanForm(forms.Form):
    """Who presides over the meeting, where, when."""

    host = forms.CharField(label=_("主持人"), max_length=60)
    place = forms.CharField(label=_("地点"), max_length=120)
    starts_at = forms.DateTimeField(label=_("时间"), widget=MOMENT)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def planning(self) -> Planning:
        """What was typed."""
        given = self.cleaned_data
        return Planning(given["host"], given["place"], given["starts_at"])


class SeatForm(forms.Form):
    """One seat in the hall."""

    kind = forms.ChoiceField(label=_("席别"))
    name = forms.CharField(label=_("姓名"), max_length=40, required=False, help_text=_("照席卡填写；会场和纪要只出现这里写的"))
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    unit = unit_field(_("单位"), required=False, help_text=_("部门席位必填"))
    submission = forms.IntegerField(
        label=_("来件编号"), required=False, min_value=1, help_text=_("群众代表必填：其本人反映问题的来件")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = SeatKind.choices()  # type: ignore[attr-defined]

    @property
    def seating(self) -> Seating:
        """What was typed."""
        given = self.cleaned_data
        return Seating(**given | {"unit": given["unit"].key if given["unit"] else ""})


class HoldForm(forms.Form):
    """Who came."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [pair for pair in Presence.choices() if pair[0] != Presence.INVITED]
        for seat in meeting.seats.select_related("unit"):
            self.fields[f"seat{seat.pk}"] = forms.ChoiceField(label=str(seat), choices=choices)

    @property
    def presences(self) -> dict[int, str]:
        """Seat → presence."""
        return {int(name.removeprefix("seat")): value for name, value in self.cleaned_data.items()}


class Numbered(forms.ModelChoiceField):
    """A choice whose entries begin with their number: typing the number on the keyboard picks it."""

    def label_from_instance(self, obj: Any) -> str:
        """The place in the list, then the name."""
        return f"{obj.row} {obj}"


class CallForm(forms.Form):
    """What the hall's screen is to show: the item, who asks, which unit answers, the question."""

    appeal = Numbered(Appeal.objects.none(), label=_("诉求"), required=False, empty_label=_("不对应议程上的诉求"))
    raised_by = Numbered(Seat.objects.none(), label=_("提出人"), required=False, empty_label="——")
    question = forms.CharField(label=_("问题"), max_length=2000, required=False, widget=SHORT)
    answered_by = unit_field(_("回应单位"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = Item.objects.filter(meeting=meeting, appeal=OuterRef("pk")).values("place")
        listed = Appeal.objects.annotate(row=Subquery(item)).filter(row__isnull=False)
        appeals = listed.select_related("unit").order_by("row")
        asking = Seat.objects.asking().filter(meeting=meeting).select_related("unit")
        self.fields["appeal"].queryset = appeals  # type: ignore[attr-defined]
        self.fields["raised_by"].queryset = asking.annotate(row=Window(RowNumber(), order_by="pk"))  # type: ignore[attr-defined]
        self.fields["answered_by"].choices = _units(meeting, appeals)  # type: ignore[attr-defined]

    @property
    def called(self) -> Called:
        """What was chosen."""
        given = self.cleaned_data
        keys = {"appeal": given["appeal"], "seat": given["raised_by"]}
        unit = given["answered_by"].key if given["answered_by"] else ""
        return Called(**{name: row.pk if row else None for name, row in keys.items()}, unit=unit, question=given["question"])


def _units(meeting: Meeting, appeals: Any) -> list[Any]:
    """The units of this meeting first, numbered; then all others."""
    units = list(Unit.objects.all())
    seated = set(meeting.seats.exclude(unit=None).values_list("unit", flat=True))
    near = [unit for unit in units if unit.pk in seated | {appeal.unit_id for appeal in appeals}]
    here = [(unit.key, f"{place} {unit}") for place, unit in enumerate(near, 1)]
    others = [(unit.key, str(unit)) for unit in units if unit not in near]
    return [("", "——"), (_("到会和议程涉及的单位"), here), (_("其他单位"), others)]


class ExchangeForm(CallForm):
    """One exchange: who raised what, who answered, the cause, the measure, and what was said to it."""

    SAID = ("appeal", "raised_by", "question", "answered_by", "speaker", "cause", "measure", "reaction")

    speaker = forms.CharField(label=_("发言人"), max_length=40, required=False)
    cause = forms.CharField(label=_("原因"), max_length=4000, required=False, widget=SHORT)
    measure = forms.CharField(label=_("措施"), max_length=4000, required=False, widget=SHORT)
    reaction = forms.CharField(label=_("代表当场反应"), max_length=200, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        for name in ("raised_by", "question", "answered_by"):
            self.fields[name].required = self.fields[name].widget.is_required = True

    @property
    def spoken(self) -> Spoken:
        """What was said."""
        given = self.cleaned_data
        appeal = given["appeal"].pk if given["appeal"] else None
        names = ("question", "speaker", "cause", "measure", "reaction")
        return Spoken(
            raised_by=given["raised_by"].pk,
            answered_by=given["answered_by"].key,
            appeal=appeal,
            **{name: given[name] for name in names},
        )

    def beside(self, now: Exchange) -> list[tuple[Any, str, str, bool]]:
        """Field by field: what stands now, what was typed, whether they differ."""
        typed = {name: str(self.cleaned_data[name] or "") for name in self.SAID}
        stands = {name: str(getattr(now, name) or "") for name in self.SAID}
        return [(self.fields[name].label, stands[name], typed[name], stands[name] != typed[name]) for name in self.SAID]

    def after(self, now: Exchange) -> "ExchangeForm":
        """The same words once more, typed in sight of what stands now."""
        return ExchangeForm(
            meeting=now.meeting, initial={name: self.data.get(name) for name in self.fields} | {"seen": now.version}
        )


class PromiseForm(forms.Form):
    """What was promised, by when."""

    text = forms.CharField(label=_("承诺"), max_length=1000, widget=SHORT)
    due_on = forms.DateField(label=_("承诺完成日期"), widget=DAY)
    unit = unit_field(_("承诺单位"), required=False, none=_("同回应单位"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def promised(self) -> Promised | None:
        """What was typed; nothing when the form was left empty."""
        given = self.cleaned_data
        if not given.get("text"):
            return None
        return Promised(given["text"], given["due_on"], given["unit"].key if given["unit"] else "")


class CodeForm(forms.Form):
    """The short code of a card."""

    code = forms.CharField(
        label=_("签到码"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True}),
        help_text=_("参会证上的六位数字"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean_code(self) -> str:
        """The six digits, however they were typed, and the card that bears them."""
        code = plain(self.cleaned_data["code"]).replace(" ", "")
        found = Card.objects.known().filter(meeting=self.meeting, code=code).first()
        if found is None:
            raise forms.ValidationError(_("这次座谈会没有这个签到码，请核对参会证。"))
        self.card = found
        return code


class SuggestForm(forms.Form):
    """What a representative proposes."""

    seat = forms.ModelChoiceField(Seat.objects.none(), label=_("提出人"), empty_label="——")
    text = forms.CharField(label=_("建议"), max_length=2000, widget=LONG)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = Seat.objects.asking().filter(meeting=meeting).select_related("unit")  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    """Whether a suggestion is adopted, and why."""

    adopted = forms.TypedChoiceField(
        label=_("是否采纳"),
        choices=[("yes", _("采纳")), ("no", _("不采纳"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("采纳情况说明"), max_length=1000, widget=LONG)


class UnseatForm(forms.Form):
    """Why a seat is taken back."""

    why = forms.CharField(label=_("理由"), max_length=200)


class OpinionForm(forms.Form):
    """What is decided on an appeal."""

    handling = forms.ChoiceField(label=_("办理方式"))
    text = forms.CharField(label=_("办理意见"), max_length=4000, widget=LONG)
    lead = unit_field(_("牵头单位"))
    assists = units_field(_("配合单位"))
    solve_by = forms.DateField(label=_("完成时限"), required=False, widget=DAY, help_text=_("“限时办理”必填"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handling"].choices = Handling.choices()  # type: ignore[attr-defined]

    @property
    def decided(self) -> Decided:
        """What was typed."""
        given = self.cleaned_data
        lead = given["lead"].key if given["lead"] else ""
        assists = tuple(unit.key for unit in given["assists"])
        return Decided(given["handling"], given["text"], lead, assists, given["solve_by"])


class ManyForm(OpinionForm):
    """One opinion for many appeals, each under its own unit unless a lead is chosen."""

    lead = unit_field(_("统一牵头单位"), required=False, help_text=_("不选即由各诉求的建议单位牵头"))
    everything = forms.BooleanField(label=_("办理筛选出的全部诉求，不只本页勾选的"), required=False)
    field_order = ("handling", "text", "lead", "assists", "solve_by", "everything")


class ChoiceForm(forms.Form):
    """How a proposal for the agenda is drawn: for how many places, with which seed."""

    places = forms.IntegerField(label=_("议题件数"), min_value=1, max_value=60)
    seed = forms.CharField(label=_("抽签号"), max_length=40, help_text=_("同一抽签号总得出同一方案，谁都可以复核；可以当众抽定"))


class UnitFilter(forms.Form):
    """Which appeals to look at: by suggested unit and by words of the title."""

    q = forms.CharField(label=_("标题含"), max_length=40, required=False)
    unit = unit_field(_("建议牵头单位"), required=False)

    def chosen(self, appeals: Any) -> Any:
        """The appeals that fit."""
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("q"):
            appeals = appeals.filter(title__icontains=given["q"])
        return appeals.filter(unit=given["unit"]) if given.get("unit") else appeals


def first_words(exchange: Exchange) -> dict[str, Any]:
    """An exchange as the form shows it before it is corrected."""
    return exchange.said | {"answered_by": exchange.answered_by.key, "seen": exchange.version}
