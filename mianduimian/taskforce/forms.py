"""5+N 专班: what is typed to form it, to bring in a unit, and to write the work plan."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from mianduimian.people.models import Unit
from mianduimian.taskforce.models import Measure, Plan
from mianduimian.taskforce.rules import HEAVIEST, Conflict, Frame, Step, Work, conflicts_of_step, conflicts_of_work

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


class Checked(forms.Form):
    """A form whose conflicts are said at the field: while one types, and again on saving."""

    checked: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, fixed: Frame | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed = fixed
        self.found: list[Conflict] = []

    def conflicts(self) -> list[Conflict]:
        """What cannot stand together in what was typed so far."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Each conflict becomes an error of its field."""
        self.found = self.conflicts()
        for conflict in self.found:
            self.add_error(conflict.field, str(conflict))
        return self.cleaned_data

    @property
    def rows(self) -> list[tuple[forms.BoundField, bool]]:
        """Every field that is seen, and whether it is checked while one types."""
        return [(field, field.name in self.checked) for field in self.visible_fields()]

    @property
    def said(self) -> list[tuple[str, list[str]]]:
        """The checked fields with their conflicts; those typed so far, whether or not the rest is there."""
        self.full_clean()
        return [(name, [str(one) for one in self.found if one.field == name]) for name in self.checked]


class MeasureForm(Checked):
    """What is done about one appeal, by whom."""

    checked = ("lead", "assists")

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

    def conflicts(self) -> list[Conflict]:
        """Two leads, or a lead that assists itself."""
        given = self.cleaned_data
        lead = given["lead"].key if given.get("lead") else ""
        return conflicts_of_work(lead, [unit.key for unit in given.get("assists") or ()], self.fixed)

    def work(self, measure: Measure) -> Work:
        """What was typed about the appeal of a measure."""
        given = self.cleaned_data
        assists = tuple(unit.key for unit in given["assists"])
        return Work(measure.appeal_id, given["text"], given["lead"].key, assists, given["leader"], given["responsible"])


class StepForm(Checked):
    """A milestone with its dates, its weight among the measure's milestones, and who answers for it."""

    checked = ("due_on",)

    text = forms.CharField(label=_("节点"), max_length=120)
    starts_on = forms.DateField(label=_("开始日期"), widget=DAY)
    due_on = forms.DateField(label=_("完成日期"), widget=DAY)
    approval = forms.CharField(
        label=_("批准"), max_length=120, required=False, help_text=_("完成日期超出时限的，写明谁在何时批准")
    )
    weight = forms.IntegerField(
        label=_("权重"), min_value=1, max_value=HEAVIEST, initial=1, help_text=_("在这条措施各节点中的分量，算完成进度用")
    )
    responsible = forms.CharField(label=_("责任人"), max_length=40, required=False, help_text=_("不写的，按这条措施的责任人"))

    def conflicts(self) -> list[Conflict]:
        """Due before it starts, or beyond the last day without approval."""
        given = self.cleaned_data
        return conflicts_of_step(given.get("starts_on"), given.get("due_on"), given.get("approval") or "", self.fixed)

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


class CompareForm(forms.Form):
    """Which two versions to lay side by side, and whether to see what stayed the same."""

    was = forms.ModelChoiceField(Plan.objects.none(), label=_("原版"), to_field_name="version", empty_label=None)
    now = forms.ModelChoiceField(Plan.objects.none(), label=_("新版"), to_field_name="version", empty_label=None)
    all = forms.BooleanField(label=_("未变的也列出"), required=False)

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("was", "now"):
            field: Any = self.fields[name]
            field.queryset = plans
            field.label_from_instance = lambda plan: f"{plan.version} · {plan.issued_on or plan.drafted_on:%Y-%m-%d}"
