"""梳理: what a clerk types or ticks about parts and appeals."""

import re
from collections.abc import Iterable
from typing import Any, Self

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mianduimian.people.models import Region, Unit
from mianduimian.solicitation.models import Round
from mianduimian.text.redact import mask
from mianduimian.text.verdict import Kind
from mianduimian.triage.models import Appeal, Part
from mianduimian.triage.rules import ASIDE, REASONS, Bucket, Wording, clauses, taxonomy
from mianduimian.vocabulary import say

SEEN = re.compile(r"(\d{1,18}):(\d{1,9})")
EARLIER = re.compile(r"(\d{4}\w{2,8}-\d{4}-\d{2,3})[-\s#]+(\d{1,6})")
SEVERAL = 4


class Keyed(forms.Form):
    """Fields that the workbench reaches by a key; those of a form that stands elsewhere on the page name it."""

    def reached_by(self, *, of: str = "", **keys: str) -> Self:
        """Give fields their keys: reached_by(title="e"); `of` is the id of the form they belong to."""
        for name, field in self.fields.items():
            key = {"data-key": keys[name], "aria-keyshortcuts": keys[name]} if name in keys else {}
            field.widget.attrs |= key | ({"form": of} if of else {})
        return self


class SeenField(forms.Field):
    """Ticked parts, each with the version that stood on the page: 12:3."""

    widget = forms.MultipleHiddenInput
    Invalid = forms.ValidationError
    default_error_messages = {"required": _("请至少选择一宗来件。"), "invalid": _("选择的来件无法辨认，请刷新后再选。")}

    def to_python(self, value: Any) -> dict[int, int]:
        """Part → version."""
        found = [SEEN.fullmatch(one) for one in value or []]
        if not all(found):
            raise forms.ValidationError(self.error_messages["invalid"])
        return {int(match[1]): int(match[2]) for match in found if match}


class ChosenForm(forms.Form):
    """The parts a decision is about."""

    part = SeenField()

    def parts(self, round: Round) -> list[Part]:
        """The parts as the person saw them."""
        return Part.objects.of(round).as_seen(self.cleaned_data["part"])


class MarkedForm(forms.Form):
    """Members that were marked; there need not be one."""

    out = SeenField(required=False)

    def parts(self, round: Round) -> list[Part]:
        """The parts as the person saw them."""
        return Part.objects.of(round).as_seen(self.cleaned_data["out"])


class AlsoForm(forms.Form):
    """Parts that were found beside a group and ticked; there need not be one."""

    also = SeenField(required=False)

    def parts(self, round: Round) -> list[Part]:
        """The parts as the person saw them."""
        return Part.objects.of(round).as_seen(self.cleaned_data["also"])


def category_choices() -> list[tuple[str, Any]]:
    """Every class under its upper class."""
    return [
        ("", _("待定")),
        *((say(top.word), [(one.key, say(one.word)) for one in (top, *top.kinds)]) for top in taxonomy().classes),
    ]


def region_choices() -> list[tuple[str, Any]]:
    """Every region, towns under their county."""
    known = list(Region.objects.values_list("pk", "name", "parent"))
    counties = [(code, name) for code, name, _above in known if len(code) == 6]
    return [("", _("待定")), *((name, [(code, name), *_below(code, known)]) for code, name in counties)]


def _below(county: str, known: Iterable[tuple[str, str, str | None]]) -> list[tuple[str, str]]:
    return [(code, name) for code, name, above in known if above == county and len(code) > 6]


def unit_choices(likely: Iterable[Unit] = ()) -> list[tuple[str, Any]]:
    """Every unit, the likely ones first."""
    first = [(unit.key, unit.short) for unit in likely]
    others = [(key, short) for key, short in Unit.objects.values_list("key", "short") if (key, short) not in first]
    likeliest = [(gettext("按类别和区划建议"), first)] if first else []
    return [("", gettext("待定")), *likeliest, (gettext("其他单位"), others)]


class WordingForm(Keyed):
    """An appeal in its own words."""

    title = forms.CharField(label=_("标题"), max_length=120, help_text=_("地点加问题，如“兴源路路灯不亮”"))
    wording = forms.CharField(label=_("诉求表述"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    category = forms.ChoiceField(label=_("类别"), required=False)
    region = forms.ChoiceField(label=_("区划"), required=False)
    place = forms.CharField(label=_("地点"), max_length=200, required=False)
    unit = forms.ChoiceField(label=_("建议牵头单位"), required=False)

    def __init__(self, *args: Any, likely: Iterable[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {"category": category_choices(), "region": region_choices(), "unit": unit_choices(likely)}
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def said(self) -> Wording:
        """What was typed."""
        return Wording(**{name: self.cleaned_data[name] for name in ("title", "wording", "category", "region", "place", "unit")})


class RewordForm(WordingForm):
    """New words for an appeal; the version says which words the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NumberForm(Keyed):
    """Another appeal of the same round, by its number."""

    number = forms.IntegerField(label=_("诉求序号"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round

    def clean_number(self) -> Appeal:
        """The appeal with that number."""
        appeal = Appeal.objects.of(self.round).standing().filter(number=self.cleaned_data["number"]).first()
        if appeal is None:
            raise forms.ValidationError(_("本期没有这个序号的诉求。"))
        return appeal


class AsideForm(Keyed):
    """Where parts go that become no appeal, with the reason where one is owed."""

    where = forms.ChoiceField(label=_("去向和理由"), widget=forms.Select(attrs={"data-enter": ""}))
    earlier = forms.CharField(
        label=_("往期诉求"),
        max_length=200,
        required=False,
        help_text=_("只在“往期重复”时填：期号-序号，如 441600-2023-11-25，或文字说明"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = [("", _("请选择")), *map(_offered, ASIDE)]  # type: ignore[attr-defined]

    def clean_earlier(self) -> Appeal | str | None:
        """The appeal of an earlier round, or the words that were typed."""
        typed = self.cleaned_data["earlier"].strip()
        match = EARLIER.fullmatch(typed)
        found = Appeal.objects.filter(round__code=match[1], number=match[2]).first() if match else None
        if match and found is None:
            raise forms.ValidationError(_("没有找到这件往期诉求；不确定序号时，请用文字说明。"))
        return found or typed or None

    @property
    def said(self) -> dict[str, Any]:
        """Bucket, reason and what is repeated."""
        bucket, _slash, reason = self.cleaned_data["where"].partition("/")
        return {"bucket": bucket, "reason": reason, "earlier": self.cleaned_data["earlier"]}


def _offered(bucket: Bucket) -> tuple[str, Any]:
    if bucket not in REASONS:
        return bucket.value, bucket.word
    before = bucket.word + gettext("：")
    return bucket.word, [(f"{bucket.value}/{reason.value}", before + reason.word) for reason in REASONS[bucket]]


class CutForm(forms.Form):
    """Every clause of a submission, and to which part it belongs."""

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clauses = clauses(text)
        numbers = [(str(n), _("第%(n)s段") % {"n": n}) for n in range(1, SEVERAL + 1)]
        for n, said in enumerate(self.clauses):
            self.fields[f"s{n}"] = forms.ChoiceField(label=mask(said), choices=numbers, initial="1")

    @property
    def texts(self) -> list[str]:
        """The texts of the parts, in the order of their numbers."""
        parts: dict[str, list[str]] = {}
        for n, said in enumerate(self.clauses):
            parts.setdefault(self.cleaned_data[f"s{n}"], []).append(said)
        return ["".join(parts[number]) for number in sorted(parts)]


class FilterForm(forms.Form):
    """Which appeals to list."""

    q = forms.CharField(label=_("标题或表述"), max_length=60, required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("全部")), *category_choices()[1:]]  # type: ignore[attr-defined]


class BulkForm(forms.Form):
    """From which certainty on groups are accepted, up to which of those that were shown, and how far it has come."""

    at = forms.FloatField(label=_("把握至少"), min_value=0.5, max_value=1.0)
    last = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    done = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class SearchForm(forms.Form):
    """What to look for in the citizens' words."""

    q = forms.CharField(label=_("来件里的字词"), max_length=60, required=False)
    like = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LearnForm(forms.Form):
    """Which of the two readings shall learn."""

    kind = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Kind.choices()  # type: ignore[attr-defined]
