"""回头看表单: what is typed when a matter is verified, a citizen asked, a matter sent back or closed."""

import secrets
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mianduimian.lookback.rules import (
    Answered,
    Checked,
    Finding,
    Photo,
    Scale,
    Solved,
    Tick,
    Verdict,
    Waiver,
    checklist,
    codes,
    half_hearted,
    reasons,
)
from mianduimian.mechanism import Rulebook
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import say

CONTACTED = [("", _("没有问到")), ("yes", _("联系过")), ("no", _("没有联系过"))]
CALLED_ON = [("", _("记不清")), ("yes", _("联系过")), ("no", _("没有联系过"))]


def _text(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "", longest: int = 5000) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, required=required, help_text=help_text, max_length=longest)


class ChoosingForm(forms.Form):
    """A form whose choices are closed lists, read in the tongue of who opens it."""

    terms: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, term in self.terms.items():
            self.fields[name].choices = term.choices()  # type: ignore[attr-defined]


class Several(forms.ClearableFileInput):
    """Photographs of the telephone, several at once."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of photographs; what they are is told by their content, later."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> tuple[Photo, ...]:
        """The photographs by name and bytes; none is no fault."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        files = [super(PhotosField, self).clean(one, initial) for one in given]
        return tuple(Photo(one.name, one.read()) for one in files)


class VerifyForm(ChoosingForm):
    """核查: the form that works on a telephone without network; its token makes two sendings one."""

    terms = {"finding": Finding}
    token = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)
    finding = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect)
    note = _text(_("核查情况"), help_text=_("看了什么、问了谁、结果如何；不写群众姓名、电话、住址。"))
    photos = PhotosField(
        label=_("现场照片"),
        required=False,
        widget=Several(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("公开时只用去掉拍摄位置的副本。不拍人脸、车牌、门牌。"),
    )
    on_site = forms.BooleanField(label=_("到现场核查"), required=False, initial=True)

    def __init__(self, *args: Any, rules: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = secrets.token_urlsafe(24)
        self.points = {f"point_{point.key}": point for point in checklist(rules)}
        for name, point in self.points.items():
            self.fields[name] = forms.ChoiceField(
                label=say(point.word), choices=Tick.choices(), widget=forms.RadioSelect, required=False
            )
        self.order_fields([*self.points, "finding", "note", "photos", "on_site", "token"])

    def checked(self) -> Checked:
        """What was found."""
        typed = self.cleaned_data
        points = {point.key: typed[name] for name, point in self.points.items() if typed[name]}
        return Checked(typed["finding"], typed["note"], typed["on_site"], points, typed["photos"])


class AttemptForm(forms.Form):
    """联系."""

    result = forms.ChoiceField(label=_("联系结果"), widget=forms.RadioSelect)
    at = forms.DateTimeField(
        label=_("联系时间"),
        required=False,
        help_text=_("不填即现在。"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    def __init__(self, *args: Any, rules: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [(code.key, say(code.word)) for code in codes(rules)]  # type: ignore[attr-defined]


class AnswerForm(ChoosingForm):
    """评价, as a visitor writes it down."""

    terms = {"scale": Scale, "solved": Solved}
    scale = forms.ChoiceField(label=_("您对办理结果满意吗"), widget=forms.RadioSelect)
    solved = forms.ChoiceField(label=_("问题解决了吗"), widget=forms.RadioSelect)
    contacted = forms.ChoiceField(label=_("承办单位联系过您吗"), choices=CONTACTED, required=False, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(label=_("哪里不满意"), required=False, widget=forms.CheckboxSelectMultiple)
    reason = _text(_("为什么这样评价"), required=False, rows=3, help_text=_("照群众原话记，不改写。"))
    asked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = round.rules
        offered = [(one.key, say(one.word)) for one in reasons(round.rules, round.theme)]
        self.fields["reasons"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Content with what is not solved: asked about once, then taken as it is."""
        typed = super().clean() or self.cleaned_data
        scale, solved = typed.get("scale"), typed.get("solved")
        if scale and solved and half_hearted(scale, solved, self.rules) and not typed.get("asked"):
            again = cast(QueryDict, self.data).copy()
            again["asked"] = "yes"
            self.data = again
            raise forms.ValidationError(_("您选了满意，又选了没有解决，请再核对一次"))
        return typed

    def said(self) -> Answered:
        """What the citizen said."""
        typed = self.cleaned_data
        contacted = {"yes": True, "no": False}.get(typed["contacted"])
        return Answered(typed["scale"], typed["solved"], contacted, typed["reason"], tuple(typed["reasons"]))


class SayForm(AnswerForm):
    """评价, as a citizen gives it alone."""

    contacted = forms.ChoiceField(label=_("办理的单位联系过您吗"), choices=CALLED_ON, required=False, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("如果不满意，是因为什么"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可以选几项，也可以不选。"),
    )
    reason = _text(_("还想说的话"), required=False, rows=4, longest=1000, help_text=_("怎么想就怎么说。不用写姓名、电话。"))


class SendBackForm(forms.Form):
    """退回重办."""

    why = _text(_("说明"), help_text=_("承办单位会看到：写明哪里没有办好；不写群众姓名、电话、住址。"))
    vague = forms.BooleanField(label=_("我确认：答复没有明确的解决措施"), required=False, help_text=_("机器只作提示，由人确认。"))


class JudgeReadingForm(forms.Form):
    """认定答复."""

    holds = forms.ChoiceField(
        label=_("您的认定"),
        choices=[("yes", _("确实没有明确措施，应退回")), ("no", _("有明确措施"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("理由"), max_length=400, required=False, help_text=_("认定有措施的，写明是哪一条。"))

    def facts(self) -> dict[str, Any]:
        """What was decided, under the names the act knows."""
        return {"holds": self.cleaned_data["holds"] == "yes", "why": self.cleaned_data["why"]}


class CloseForm(forms.Form):
    """销号."""

    ground = _text(_("销号依据"), help_text=_("核查结论、回访结果；联系不上的写明联系记录。"))


class ExemptForm(ChoosingForm):
    """例外销号."""

    terms = {"waiver": Waiver}
    waiver = forms.ChoiceField(label=_("情形"), widget=forms.RadioSelect)
    why = _text(_("批准理由"), help_text=_("批准人姓名和理由会留痕，件数会公开。核查不能免。"))


class RecuseForm(forms.Form):
    """回避."""

    why = forms.CharField(label=_("回避理由"), max_length=200, help_text=_("例如：本人或近亲属与此事有利害关系。"))


class RevealForm(forms.Form):
    """启封电话: nothing is filled in beforehand, so that the reason is the person's own."""

    why = forms.CharField(label=_("理由"), max_length=200, help_text=_("谁、何时、为什么看，都会留痕。"))


class RecurrenceForm(ChoosingForm):
    """认定复发."""

    terms = {"verdict": Verdict}
    verdict = forms.ChoiceField(label=_("这是"), widget=forms.RadioSelect)
    why = _text(_("理由"), rows=3, help_text=_("退回重办的，承办单位会看到；不写群众姓名、电话、住址。"))
