"""公开征集: what is typed to open a round, and to issue, extend or end its call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mianduimian.mechanism import rulebook, versions
from mianduimian.people.models import Person, Region, Unit
from mianduimian.people.rules import Level
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Channel, Notice, Opening, Theme

STATES = [("", _("全部")), ("running", _("进行中")), ("ended", _("已结束"))]
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class OpeningForm(forms.Form):
    """A new round."""

    focus = forms.CharField(label=_("焦点"), max_length=60, help_text=_("一期只谈一个焦点，例如：道路安全与交通秩序"))
    theme = forms.ChoiceField(label=_("主题"))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("区划"), empty_label=_("请选择"))
    host = forms.CharField(label=_("主持人"), max_length=60, help_text=_("党政主要负责同志的职务或姓名"))
    office = forms.ModelChoiceField(Unit.objects.none(), label=_("专班牵头单位"), to_field_name="key", empty_label=_("请选择"))
    rulebook = forms.ChoiceField(label=_("规则版本"), help_text=_("一期从头到尾按开启时的规则版本办理"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = Region.objects.filter(pk__in=person.region_codes)
        self.fields["theme"].choices = Theme.choices()  # type: ignore[attr-defined]
        self.fields["region"].queryset = reach  # type: ignore[attr-defined]
        self.fields["office"].queryset = Unit.objects.filter(region__in=reach)  # type: ignore[attr-defined]
        books = sorted(map(rulebook, reversed(versions())), key=lambda book: book.test_only)
        self.fields["rulebook"].choices = [(book.key, book.name) for book in books]  # type: ignore[attr-defined]
        for name, first in (("region", person.regions[:1]), ("office", person.units[:1])):
            self.fields[name].initial = first[0] if first else None

    @property
    def opening(self) -> Opening:
        """What was typed."""
        given = self.cleaned_data
        return Opening(**given | {"region": given["region"].pk, "office": given["office"].key})


class NoticeForm(forms.Form):
    """The public notice of a round."""

    opens_on = forms.DateField(label=_("开始日期"), widget=DAY)
    closes_on = forms.DateField(label=_("截止日期"), widget=DAY, help_text=_("按规则版本预填，可改"))
    scope = forms.CharField(label=_("征集范围"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    channels = forms.MultipleChoiceField(label=_("征集渠道"), widget=forms.CheckboxSelectMultiple)
    contact = forms.CharField(label=_("联系方式"), max_length=120, required=False, help_text=_("电话、地址，写进公告"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].choices = Channel.choices()  # type: ignore[attr-defined]

    @property
    def notice(self) -> Notice:
        """What was typed."""
        return Notice(**self.cleaned_data)


class ExtendForm(forms.Form):
    """A later last day for a call."""

    closes_on = forms.DateField(label=_("新的截止日期"), widget=DAY)
    why = forms.CharField(label=_("理由"), max_length=200)


class EndForm(forms.Form):
    """Why a round ends."""

    why = forms.CharField(label=_("理由"), max_length=200)


class DropForm(forms.Form):
    """Why a proposed topic is not public."""

    why = forms.CharField(label=_("不公开的理由"), max_length=200)


class RoundFilter(forms.Form):
    """Which rounds to look at."""

    level = forms.ChoiceField(label=_("层级"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("全部")), *Level.choices()]  # type: ignore[attr-defined]

    def chosen(self, person: Person) -> Any:
        """The rounds that fit."""
        found = Round.objects.seen_by(person).select_related("region")
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("level"):
            found = found.filter(level=given["level"])
        return found.filter(ended_on__isnull=given["state"] == "running") if given.get("state") else found
