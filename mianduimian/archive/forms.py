"""存档表单: what one looks for in the register, and a sentence worded anew."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mianduimian.archive.rules import LONGEST, Kind, Sentence
from mianduimian.people.models import Region


class FindForm(forms.Form):
    """发文登记簿: a kind, and words of the number or the title."""

    kind = forms.ChoiceField(label=_("种类"), required=False)
    words = forms.CharField(label=_("文号或标题"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("全部")), *Kind.choices()]  # type: ignore[attr-defined]


class PhraseForm(forms.Form):
    """改措辞."""

    region = forms.ModelChoiceField(Region.objects.none(), label=_("用于"), empty_label=None)
    text = forms.CharField(label=_("措辞"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, sentence: Sentence, regions: list[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blanks = "  ".join(f"{{{blank.word}}}" for blank in sentence.blanks)
        self.fields["text"].help_text = _("可用的空格：%(blanks)s") % {"blanks": blanks} if blanks else ""
        self.fields["region"].queryset = Region.objects.filter(pk__in=[one.pk for one in regions])  # type: ignore[attr-defined]
        self.fields["region"].initial = regions[0].pk if regions else None
