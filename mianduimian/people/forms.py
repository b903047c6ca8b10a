"""明责: what an administrator types about persons and posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mianduimian.people.models import Unit
from mianduimian.people.rules import Role


class RegisterForm(forms.Form):
    """A new person."""

    username = forms.SlugField(label=_("用户名"), max_length=40, help_text=_("字母、数字、短横线；登录用"))
    name = forms.CharField(label=_("姓名"), max_length=40)
    password = forms.CharField(label=_("初始密码"), widget=forms.PasswordInput(render_value=False), min_length=8)


class AppointForm(forms.Form):
    """A new post of a person."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("单位"), empty_label=_("请选择"))
    role = forms.ChoiceField(label=_("岗位"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, role = self.fields["unit"], self.fields["role"]
        unit.queryset = Unit.objects.all()  # type: ignore[attr-defined]
        role.choices = [pair for pair in Role.choices() if pair[0] != Role.CLOCK]  # type: ignore[attr-defined]


class RelieveForm(forms.Form):
    """Why a post ends."""

    why = forms.CharField(label=_("理由"), max_length=200)


class TraceForm(forms.Form):
    """Which journal lines to look at."""

    verb = forms.CharField(label=_("动作"), max_length=64, required=False)
    actor = forms.CharField(label=_("办理人"), max_length=80, required=False)
    on = forms.DateField(label=_("日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
