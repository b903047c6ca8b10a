"""回头看表单: what is typed when a matter is verified, a citizen asked, a matter sent back or closed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mianduimian.lookback.rules import Answered, Checked, Finding, Reached, Scale, Solved

CONTACTED = [("", _("没有问到")), ("yes", _("联系过")), ("no", _("没有联系过"))]


def _text(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, required=required, help_text=help_text, max_length=5000)


class ChoosingForm(forms.Form):
    """A form whose choices are closed lists, read in the tongue of who opens it."""

    terms: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, term in self.terms.items():
            self.fields[name].choices = term.choices()  # type: ignore[attr-defined]


class VerifyForm(ChoosingForm):
    """核查."""

    terms = {"finding": Finding}
    finding = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect)
    note = _text(_("核查情况"), help_text=_("看了什么、问了谁、结果如何；不写群众姓名、电话、住址。"))
    on_site = forms.BooleanField(label=_("到现场核查"), required=False, initial=True)

    def checked(self) -> Checked:
        """What was found."""
        return Checked(**self.cleaned_data)


class AttemptForm(ChoosingForm):
    """联系."""

    terms = {"result": Reached}
    result = forms.ChoiceField(label=_("联系结果"), widget=forms.RadioSelect)
    at = forms.DateTimeField(
        label=_("联系时间"),
        required=False,
        help_text=_("不填即现在。"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )


class AnswerForm(ChoosingForm):
    """评价."""

    terms = {"scale": Scale, "solved": Solved}
    scale = forms.ChoiceField(label=_("您对办理结果满意吗"), widget=forms.RadioSelect)
    solved = forms.ChoiceField(label=_("问题解决了吗"), widget=forms.RadioSelect)
    contacted = forms.ChoiceField(label=_("承办单位联系过您吗"), choices=CONTACTED, required=False)
    reason = _text(_("为什么这样评价"), required=False, rows=3, help_text=_("照群众原话记，不改写。"))

    def said(self) -> Answered:
        """What the citizen said."""
        typed = self.cleaned_data
        contacted = {"yes": True, "no": False}.get(typed["contacted"])
        return Answered(typed["scale"], typed["solved"], contacted, typed["reason"])


class SendBackForm(forms.Form):
    """退回重办."""

    why = _text(_("说明"), help_text=_("承办单位会看到：写明哪里没有办好；不写群众姓名、电话、住址。"))
    vague = forms.BooleanField(
        label=_("我确认：答复没有明确的解决措施"), required=False, help_text=_("机器只作提示，由人确认。")
    )


class CloseForm(forms.Form):
    """销号."""

    ground = _text(_("销号依据"), help_text=_("核查结论、回访结果；联系不上的写明联系记录。"))


class RevealForm(forms.Form):
    """查看电话."""

    why = forms.CharField(label=_("理由"), max_length=200, initial=_("电话回访"), help_text=_("谁、何时、为什么看，都会留痕。"))
