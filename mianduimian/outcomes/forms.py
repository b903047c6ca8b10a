"""成效: what is typed about months, causes and remedies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mianduimian.people.models import Unit
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Theme
from mianduimian.triage.models import Appeal

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CountForm(forms.Form):
    """One month of the hotline, a number a theme; what is left empty is not registered."""

    month = forms.DateField(label=_("月份"), help_text=_("填该月任一天"), widget=DATE)
    source = forms.CharField(label=_("来源"), max_length=120, help_text=_("如：12345热线月报"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for theme in Theme:
            self.fields[theme.value] = forms.IntegerField(label=theme.word, min_value=0, required=False)

    @property
    def figures(self) -> dict[str, int]:
        """Theme → calls, for the themes that were filled in."""
        given = {theme.value: self.cleaned_data.get(theme.value) for theme in Theme}
        return {theme: calls for theme, calls in given.items() if calls is not None}


class CauseForm(forms.Form):
    """A class of problems, where it comes from, and what is done for good."""

    name = forms.CharField(label=_("一类问题"), max_length=80)
    root = forms.CharField(label=_("根源"), widget=forms.Textarea(attrs={"rows": 3}))
    remedy = forms.CharField(label=_("长效机制"), widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.ModelChoiceField(Unit.objects.none(), label=_("责任单位"), to_field_name="key", empty_label=_("请选择"))
    due_on = forms.DateField(label=_("建立时限"), required=False, widget=DATE)
    appeals = forms.ModelMultipleChoiceField(
        Appeal.objects.none(), label=_("涉及诉求"), help_text=_("可多选"), widget=forms.SelectMultiple(attrs={"size": 8})
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, appeals = self.fields["owner"], self.fields["appeals"]
        owner.queryset = Unit.objects.exclude(kind="town")  # type: ignore[attr-defined]
        appeals.queryset = Appeal.objects.filter(round=round).standing()  # type: ignore[attr-defined]


class InForceForm(forms.Form):
    """Since today the remedy is in force."""

    note = forms.CharField(label=_("依据"), max_length=200, help_text=_("如：制度文号"))
