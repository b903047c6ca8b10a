"""5+N 专班: what is typed to form it, to bring in a unit, and to write the work plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mianduimian.people.models import Unit
from mianduimian.taskforce.models import Measure
from mianduimian.taskforce.rules import Step, Work

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
LONG = forms.Textarea(attrs={"rows": 4})


class FormForm(forms.Form):
    """Which of the proposed units belong to the task force; the standing offices always do."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("职能部门（N）"), required=False, to_field_name="key", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, reasons: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["units"]
        field.queryset = Unit.objects.filter(pk__in=reasons)
        field.label_from_instance = lambda unit: f"{unit.short}：{reasons[unit.pk]}"


class JoinForm(forms.Form):
    """One more unit, and why."""

    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("单位"), to_field_name="key", empty_label="——")
    reason = forms.CharField(label=_("理由"), max_length=200)


class DraftForm(forms.Form):
    """On what the plan rests, and what it is to reach."""

    basis = forms.CharField(label=_("依据"), max_length=2000, widget=LONG)
    goal = forms.CharField(label=_("目标"), max_length=2000, widget=LONG)


class MeasureForm(forms.Form):
    """What is done about one appeal, by whom."""

    text = forms.CharField(label=_("工作措施"), max_length=4000, widget=LONG)
    lead = forms.ModelChoiceField(Unit.objects.all(), label=_("牵头单位"), to_field_name="key", empty_label="——")
    assists = forms.ModelMultipleChoiceField(
        Unit.objects.all(),
        label=_("配合单位"),
        required=False,
        to_field_name="key",
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("按住 Ctrl 可选多个"),
    )
    leader = forms.CharField(label=_("责任领导"), max_length=40, required=False)
    responsible = forms.CharField(label=_("责任人"), max_length=40, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def work(self, measure: Measure) -> Work:
        """What was typed about the appeal of a measure."""
        given = self.cleaned_data
        assists = tuple(unit.key for unit in given["assists"])
        return Work(measure.appeal_id, given["text"], given["lead"].key, assists, given["leader"], given["responsible"])


class StepForm(forms.Form):
    """A milestone with its dates."""

    text = forms.CharField(label=_("节点"), max_length=120)
    starts_on = forms.DateField(label=_("开始日期"), widget=DAY)
    due_on = forms.DateField(label=_("完成日期"), widget=DAY)

    @property
    def step(self) -> Step:
        """What was typed."""
        return Step(**self.cleaned_data)


class MeasureFilter(forms.Form):
    """Which measures to look at."""

    lead = forms.ModelChoiceField(
        Unit.objects.all(), label=_("牵头单位"), required=False, to_field_name="key", empty_label=_("全部单位")
    )
    q = forms.CharField(label=_("措施或诉求含"), max_length=40, required=False)

    def chosen(self, measures: Any) -> Any:
        """The measures that fit."""
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("lead"):
            measures = measures.filter(lead=given["lead"])
        return measures.saying(given["q"]) if given.get("q") else measures
