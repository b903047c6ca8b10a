"""督办表单: what is typed when something is demanded, answered, instructed, found, published or held to account."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mianduimian.ledger.models import Assignment, Matter
from mianduimian.mechanism import rulebook, versions
from mianduimian.people.models import Person, Post, Unit
from mianduimian.people.rules import Role
from mianduimian.solicitation.models import Round
from mianduimian.supervision.rules import Account, Cutting, Demand, Going, Said, Sanction, Seen, Verdict, rungs

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
OWNERS = [Role.LEADER, Role.SUPERVISOR, Role.OFFICE]


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

    rung = forms.ChoiceField(label=_("级别"), required=False)
    failing = _text(_("未完成情况"), help_text=_("写明哪一步、哪一天没有做到；不写群众姓名、电话、住址。"))
    demand = _text(_("整改要求"))
    due_on = forms.DateField(label=_("限期"), widget=DAY, required=False, help_text=_("不填即按规则版本的工作日计算。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(rung.key, rung.said) for rung in rungs(self.matter.appeal.round.rules)]
        self.fields["rung"].choices = [("", _("由灯决定")), *steps]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The demand."""
        return {"demand": Demand(**self.cleaned_data)}


class IssueForm(forms.Form):
    """印发拟稿: the drafted words, as they are or changed."""

    failing = _text(_("未完成情况"), help_text=_("写明哪一步、哪一天没有做到；不写群众姓名、电话、住址。"))
    demand = _text(_("整改要求"))
    due_on = forms.DateField(label=_("限期"), widget=DAY, required=False, help_text=_("不填即按这一级的工作日计算。"))


class DropForm(forms.Form):
    """不发."""

    why = forms.CharField(label=_("不发的理由"), max_length=200)


class InstructForm(StepForm):
    """批示."""

    text = _text(_("批示"))
    due_on = forms.DateField(label=_("报告时限"), widget=DAY, required=False, help_text=_("不填即按规则版本的工作日计算。"))


class PlanInspectionForm(StepForm):
    """计划督查."""

    going = forms.ChoiceField(label=_("督查方式"), widget=forms.RadioSelect, initial=Going.PLANNED)
    planned_on = forms.DateField(label=_("计划日期"), widget=DAY)
    place = forms.CharField(label=_("地点"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["going"].choices = Going.choices()  # type: ignore[attr-defined]


class InspectForm(StepForm):
    """督查."""

    place = forms.CharField(label=_("地点"), max_length=120)
    finding = _text(_("督查情况"), help_text=_("看了什么、与答复是否一致、还差什么。"))
    agrees = forms.NullBooleanField(
        label=_("与反馈是否一致"),
        widget=forms.Select(choices=[("unknown", _("看不出")), ("true", _("一致")), ("false", _("不一致"))]),
    )

    def facts(self) -> dict[str, Any]:
        """What was seen."""
        return {"seen": Seen(**self.cleaned_data)}


class PhotoForm(forms.Form):
    """督查照片."""

    file = forms.FileField(label=_("照片"), help_text=_("JPG、PNG 或 WebP；显示时去掉拍摄地点和设备信息。"))


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


class AfterForm(forms.Form):
    """报道之后."""

    text = _text(_("报道之后怎样了"))


class AccountForm(StepForm):
    """问责."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("单位"), to_field_name="key", empty_label=_("请选择"))
    kind = forms.ChoiceField(label=_("问责方式"), widget=forms.RadioSelect)
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


class StateForm(forms.Form):
    """陈述申辩."""

    text = _text(_("陈述申辩"), rows=6, help_text=_("写明事实、理由和证据；只能提交一次。"))


class ReviewForm(forms.Form):
    """复核."""

    verdict = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect)
    why = _text(_("理由"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = Verdict.choices()  # type: ignore[attr-defined]


class ChargeForm(StepForm):
    """包案."""

    owner = forms.ModelChoiceField(Person.objects.none(), label=_("包案人"), empty_label=_("请选择"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.matter.appeal.round.region
        posts = Post.objects.filter(until=None, role__in=OWNERS, unit__region__in=[region.pk, region.parent_id])
        known = Person.objects.filter(pk__in=posts.values("person"), is_active=True).order_by("name")
        self.fields["owner"].queryset = known  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """整改回复, or the report on an instruction."""

    text = _text(_("整改情况"), rows=6, help_text=_("写明做了什么、何时完成、谁负责。"))


class ReportForm(forms.Form):
    """落实情况."""

    text = _text(_("落实情况"), rows=6)


class FindForm(forms.Form):
    """A matter by its number."""

    number = forms.CharField(label=_("事项编号"), max_length=40)


class PeriodForm(forms.Form):
    """通报: of which round and which period."""

    round = forms.ModelChoiceField(Round.objects.none(), label=_("期"), empty_label=_("请选择"))
    begins_on = forms.DateField(label=_("期间起"), widget=DAY)
    ends_on = forms.DateField(label=_("期间止"), widget=DAY)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = Round.objects.seen_by(person)  # type: ignore[attr-defined]


class SayForm(forms.Form):
    """通报文字: what is said to the figures."""

    good = _text(_("好的做法"), required=False)
    bad = _text(_("存在问题"), required=False)
    text = _text(_("下一步要求"), required=False)

    @property
    def said(self) -> Said:
        """The words, as the act knows them."""
        return Said(**self.cleaned_data)


class BookForm(forms.Form):
    """换规则预看: which rulebook to look through."""

    book = forms.ChoiceField(label=_("按哪一版规则看"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book"].choices = [(key, rulebook(key).name) for key in versions()]  # type: ignore[attr-defined]


FORMS: dict[str, type[StepForm]] = {
    "notify": NotifyForm, "instruct": InstructForm, "inspect": InspectForm, "plan_inspection": PlanInspectionForm,
    "press": PressForm, "account": AccountForm, "put_in_charge": ChargeForm,
}  # fmt: skip
