"""督办表单: what is typed when something is demanded, answered, instructed, found, published or held to account."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mianduimian.ledger.models import Assignment, Matter
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.supervision.rules import Account, Cutting, Demand, Sanction

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _text(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, required=required, help_text=help_text, max_length=5000)


class StepForm(forms.Form):
    """One step of supervision on one matter."""

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter = matter

    def facts(self) -> dict[str, Any]:
        """What was typed, under the names the act knows."""
        return self.cleaned_data


class NotifyForm(StepForm):
    """督办单."""

    failing = _text(_("未完成情况"), help_text=_("写明哪一步、哪一天没有做到；不写群众姓名、电话、住址。"))
    demand = _text(_("整改要求"))
    due_on = forms.DateField(label=_("限期"), widget=DAY, required=False, help_text=_("不填即按规则版本的工作日计算。"))

    def facts(self) -> dict[str, Any]:
        """The demand."""
        return {"demand": Demand(**self.cleaned_data)}


class InstructForm(StepForm):
    """批示."""

    text = _text(_("批示"))
    due_on = forms.DateField(label=_("报告时限"), widget=DAY)


class InspectForm(StepForm):
    """督查."""

    place = forms.CharField(label=_("地点"), max_length=120)
    finding = _text(_("督查情况"), help_text=_("看了什么、与答复是否一致、还差什么。"))


class PressForm(StepForm):
    """媒体跟踪报道."""

    outlet = forms.CharField(label=_("媒体"), max_length=60)
    title = forms.CharField(label=_("标题"), max_length=120)
    link = forms.URLField(label=_("链接"), required=False, assume_scheme="https")
    published_on = forms.DateField(label=_("刊播日期"), widget=DAY)
    after = _text(_("报道之后"), required=False, rows=3)

    def facts(self) -> dict[str, Any]:
        """The cutting."""
        return {"cutting": Cutting(**self.cleaned_data)}


class AccountForm(StepForm):
    """问责."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("单位"), to_field_name="key")
    kind = forms.ChoiceField(label=_("方式"), widget=forms.RadioSelect)
    ground = _text(_("事由"))
    decision = _text(_("决定"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handled = Assignment.objects.filter(matter=self.matter)
        ever = Unit.objects.filter(Q(pk__in=handled.values("lead")) | Q(pk__in=handled.values("assists")))
        self.fields["unit"].queryset = ever  # type: ignore[attr-defined]
        self.fields["kind"].choices = Account.choices()  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The sanction."""
        return {"sanction": Sanction(**self.cleaned_data | {"unit": self.cleaned_data["unit"].key})}


class AnswerForm(forms.Form):
    """整改回复, or the report on an instruction."""

    text = _text(_("整改情况"), rows=6, help_text=_("写明做了什么、何时完成、谁负责。"))


class ReportForm(forms.Form):
    """落实情况."""

    text = _text(_("落实情况"), rows=6)


class FindForm(forms.Form):
    """A matter by its number."""

    number = forms.CharField(label=_("事项编号"), max_length=40)


class CirculateForm(forms.Form):
    """通报."""

    round = forms.ModelChoiceField(Round.objects.none(), label=_("期"))
    begins_on = forms.DateField(label=_("期间起"), widget=DAY)
    ends_on = forms.DateField(label=_("期间止"), widget=DAY)
    text = _text(_("下一步要求"), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = Round.objects.seen_by(person)  # type: ignore[attr-defined]


FORMS: dict[str, type[StepForm]] = {
    "notify": NotifyForm, "instruct": InstructForm, "inspect": InspectForm, "press": PressForm, "account": AccountForm,
}  # fmt: skip
