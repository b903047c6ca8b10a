"""安排表单: what is typed when a campaign is planned, a sample drawn, tasks and calls given out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class CampaignForm(forms.Form):
    """开展回头看."""

    round = forms.ModelChoiceField(Round.objects.none(), label=_("哪一期"), to_field_name="code", empty_label=None)
    head = forms.ModelChoiceField(Unit.objects.none(), label=_("牵头单位"), to_field_name="key", empty_label=None)
    begins_on = _day(_("开始日期"))
    ends_on = _day(_("结束日期"), required=False, help_text=_("不填的，按规则的天数计算。"))
    plan = forms.CharField(
        label=_("工作安排"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("分几组、先到哪里、怎么分工。"),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = Round.objects.seen_by(by).filter(ended_on=None)  # type: ignore[attr-defined]
        self.fields["head"].queryset = Unit.objects.filter(region__in=by.region_codes, kind="standing")  # type: ignore[attr-defined]


class DrawForm(forms.Form):
    """抽查."""

    size = forms.IntegerField(label=_("抽几件"), min_value=1, max_value=9999)
    by_unit = forms.BooleanField(label=_("按牵头单位分层，每家至少一件"), required=False)
    seed = forms.CharField(
        label=_("种子"),
        max_length=64,
        required=False,
        help_text=_("当众摇出的号码或别人给的任意一串字；不填由系统随机生成。会一直显示。"),
    )


class GiveForm(forms.Form):
    """分派: to one of those who may."""

    to = forms.ModelChoiceField(Person.objects.none(), label=_("分给"), empty_label=None)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class CallersForm(forms.Form):
    """分派回访: to one or several, in turn."""

    to = forms.ModelMultipleChoiceField(Person.objects.none(), label=_("分给"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
