"""办理表单: what a person types at each move; whether it is allowed, the acts say."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Answered, Moment, Order, Proof, SettleRule, Unripe, Way
from mianduimian.meeting.models import Opinion
from mianduimian.people.models import Unit
from mianduimian.taskforce.models import Milestone


def _text(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, required=required, help_text=help_text, max_length=5000)


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text, widget=forms.DateInput({"type": "date"}))


class MoveForm(forms.Form):
    """One move of one matter; it carries the version the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter = matter
        self.fields["version"].initial = matter.version

    def facts(self) -> dict[str, Any]:
        """What was typed, under the names the act knows."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def retell(self, said: str, version: int) -> None:
        """Keep what was typed, say what happened meanwhile, and let the person send it again on the newer state."""
        self.add_error(None, said)
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["version"] = str(version)
        self.data = typed


class NoteForm(MoveForm):
    """An opinion that may be left out."""

    note = _text(_("意见"), required=False)


class ReasonForm(MoveForm):
    """Reasons that are owed."""

    reason = _text(_("理由"), help_text=_("请详细写明，会进入办理记录。"))


class WhyForm(MoveForm):
    """Why it is decided so."""

    why = _text(_("理由"), help_text=_("承办单位会看到。"))


class GrantForm(MoveForm):
    """A decision with a remark."""

    why = _text(_("审批意见"), required=False)


class OrderForm(MoveForm):
    """交办: the lead unit, those assisting, and what is asked."""

    lead = forms.ModelChoiceField(
        Unit.objects.all(),
        label=_("牵头单位"),
        to_field_name="key",
        empty_label=_("请选择"),
        help_text=_("首接责任单位，只有一家。"),
    )
    assists = forms.ModelMultipleChoiceField(
        Unit.objects.all(), label=_("配合单位"), to_field_name="key", required=False, widget=forms.SelectMultiple({"size": 6})
    )
    rule = forms.ChoiceField(
        label=_("办结规则"),
        choices=SettleRule.choices,
        initial=SettleRule.LEAD,
        required=False,
        help_text=_("有配合单位时，谁办妥才算办结。"),
    )
    requirement = _text(_("要求"))
    overseer = forms.CharField(label=_("分管领导"), required=False, max_length=40)
    designated = forms.BooleanField(label=_("指定承办，不得退回"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opinion = self.matter.opinion
        self.fields["lead"].initial = opinion.lead.key
        self.fields["assists"].initial = [unit.key for unit in opinion.assists.all()]
        self.fields["requirement"].initial = opinion.text

    def facts(self) -> dict[str, Any]:
        """The order."""
        typed = self.cleaned_data
        assists = tuple(unit.key for unit in typed["assists"])
        more = {name: typed[name] for name in ("requirement", "designated", "overseer")}
        return {"order": Order(typed["lead"].key, assists, rule=typed["rule"] or SettleRule.LEAD, **more)}


class UpholdForm(OrderForm):
    """采纳异议: another unit, and why."""

    why = _text(_("理由"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].initial = None
        self.fields["assists"].initial = []

    def facts(self) -> dict[str, Any]:
        """The order and why."""
        return super().facts() | {"why": self.cleaned_data["why"]}


class ExtensionForm(ReasonForm):
    """延期: the new day and the reasons."""

    until = _day(_("新时限"))
    field_order = ("until", "reason")


class ProgressForm(MoveForm):
    """进展."""

    text = _text(_("进展"))


class ReachForm(MoveForm):
    """完成节点: one of the steps of this appeal's measures."""

    milestone = forms.ModelChoiceField(Milestone.objects.none(), label=_("节点"), empty_label=_("请选择"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = Milestone.objects.filter(pk__in=self.matter.open_steps)
        self.fields["milestone"].queryset = steps  # type: ignore[attr-defined]


class ContactForm(MoveForm):
    """联系群众: when, how, and what was said."""

    spoke_on = _day(_("联系日期"))
    way = forms.ChoiceField(label=_("联系方式"), choices=Way.choices)
    note = _text(_("联系情况"), help_text=_("不写群众姓名和电话。"))


class FinishForm(MoveForm):
    """配合单位报告办妥."""

    note = _text(_("办理情况"))


class EntrustForm(MoveForm):
    """明确责任人: the leader and the person who answer for the matter."""

    leader = forms.CharField(label=_("责任领导"), required=False, max_length=40)
    responsible = forms.CharField(label=_("责任人"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].initial = "、".join(self.matter.leaders)[:40]
        self.fields["responsible"].initial = "、".join(self.matter.responsibles)[:40]


class OverseeForm(MoveForm):
    """明确分管领导."""

    overseer = forms.CharField(label=_("分管领导"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["overseer"].initial = self.matter.overseer


class EvidenceForm(MoveForm):
    """佐证: a file with what it shows."""

    file = forms.FileField(label=_("文件"), max_length=1000, help_text=_("JPG、PNG、WebP、PDF、Word（docx）或 Excel（xlsx）。"))
    moment = forms.ChoiceField(label=_("时点"), choices=Moment.choices)
    quantity = forms.DecimalField(label=_("数量"), required=False, max_digits=12, decimal_places=2, min_value=0)
    measure = forms.CharField(label=_("计量单位"), required=False, max_length=12, help_text=_("例如：平方米、处、米。"))
    place = forms.CharField(label=_("地点"), required=False, max_length=120)

    def facts(self) -> dict[str, Any]:
        """The proof."""
        typed = self.cleaned_data
        file = typed["file"]
        fields = {name: typed[name] for name in ("moment", "quantity", "measure", "place")}
        return {"proof": Proof(file.name, file.read(), **fields)}


class ReplyForm(MoveForm):
    """书面反馈: the internal account and the public wording apart."""

    founded = forms.BooleanField(label=_("诉求属实"), required=False, initial=True)
    solved = forms.BooleanField(label=_("已经解决"), required=False)
    account = _text(_("办理情况（内部）"), rows=6, help_text=_("只有专班、督办和承办单位看得到。"))
    public = _text(_("公开答复"), rows=6, help_text=_("群众看得到；不要写任何人的姓名、电话和住址。"))
    measure = _text(_("具体措施"), required=False, help_text=_("没有具体措施和时限的反馈会被筛出，重新交办。"))
    solve_by = _day(_("完成时限"), required=False)
    contacted_on = _day(_("联系群众日期"), required=False)
    signed_by = forms.CharField(label=_("审签人"), max_length=40, help_text=_("单位负责人姓名。"))

    def facts(self) -> dict[str, Any]:
        """The answer."""
        return {"answer": Answered(**super().facts())}


class StageForm(ReasonForm):
    """阶段性办结: the planned day and the reasons."""

    kind = forms.ChoiceField(label=_("情形"), choices=Unripe.choices)
    planned_on = _day(_("计划办结日期"))
    field_order = ("kind", "planned_on", "reason")


class ReplanForm(ReasonForm):
    """调整计划办结日期: another planned day and why."""

    planned_on = _day(_("新的计划办结日期"))
    field_order = ("planned_on", "reason")


class OpenForm(forms.Form):
    """入账: the appeals to enter on the ledger, and whether to give them to their units at once."""

    opinions = forms.ModelMultipleChoiceField(Opinion.objects.none(), label=_("诉求"))
    assign = forms.BooleanField(label=_("同时按办理意见交办"), required=False)

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinions"].queryset = waiting  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    """交办: the matters to give to the units their opinions name."""

    matters = forms.ModelMultipleChoiceField(Matter.objects.none(), label=_("事项"))

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matters"].queryset = waiting  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """交回 Excel: the filled-in file."""

    file = forms.FileField(label=_("填好的台账（xlsx）"), max_length=1000, help_text=_("先列出差异给您看，确认后才写入。"))


FORMS: dict[str, type[MoveForm]] = {
    "assign": OrderForm, "accept": MoveForm, "reply": ReplyForm, "progress": ProgressForm, "evidence": EvidenceForm,
    "reach": ReachForm, "ask_extension": ExtensionForm, "object": ReasonForm, "uphold": UpholdForm, "overrule": WhyForm,
    "grant_extension": GrantForm, "grant_again": GrantForm, "decline_extension": WhyForm, "settle": NoteForm,
    "stage": StageForm, "send_again": WhyForm, "propose_closing": NoteForm, "contact": ContactForm, "finish": FinishForm,
    "entrust": EntrustForm, "oversee": OverseeForm, "replan": ReplanForm,
}  # fmt: skip
