"""公开: what a citizen types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mianduimian.intake.rules import Said
from mianduimian.people.models import Region
from mianduimian.solicitation.rules import Channel


class SpeakForm(forms.Form):
    """One problem, in the citizen's own words; contact is the citizen's choice."""

    text = forms.CharField(
        label=_("您遇到什么问题？"),
        min_length=5,
        max_length=20_000,
        help_text=_("用您自己的话说：哪里、什么时候、什么情况、您希望怎么解决。一次说一个问题。"),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    place = forms.CharField(label=_("地点"), max_length=200, required=False, help_text=_("路名、小区、学校、村等"))
    region = forms.ChoiceField(label=_("所在县区"), required=False)
    name = forms.CharField(
        label=_("怎么称呼您"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    agreed = forms.BooleanField(
        label=_("同意用这个电话告知进展和回访"),
        required=False,
        help_text=_("姓名和电话加密封存，只有专班回访人员凭理由可以查看并留痕；被反映的单位看不到。不留也能凭回执码查询。"),
    )
    confidential = forms.BooleanField(label=_("这是举报，请保密"), required=False)
    website = forms.CharField(
        label=_("请留空"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counties = Region.objects.filter(parent=region).values_list("code", "name")
        self.fields["region"].choices = [("", _("不清楚")), *counties]  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        """A field no person sees; whoever fills it is a machine."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("提交未被接受。"))
        return ""

    @property
    def said(self) -> Said:
        """What was typed, as intake takes it; contact is kept only with consent."""
        typed = self.cleaned_data
        contact = {"name": typed["name"], "phone": typed["phone"]} if typed["agreed"] else {"name": typed["name"]}
        facts = {key: typed[key] for key in ("text", "place", "region", "confidential", "agreed")}
        return Said(channel=Channel.WEB, title="", **facts, **contact)


class ReceiptForm(forms.Form):
    """The code on the receipt."""

    code = forms.CharField(label=_("回执码"), max_length=40, help_text=_("回执上的 12 位字母和数字，大小写、空格不限"))


class WithdrawForm(forms.Form):
    """Why a page is taken down."""

    why = forms.CharField(label=_("理由"), max_length=200)
