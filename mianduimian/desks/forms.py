"""台账筛选: what a person asks of the ledger, by any column, and the name under which they keep the question."""

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, Model, OuterRef, Subquery
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from mianduimian.desks.hot import Asked
from mianduimian.desks.menu import rounds_of
from mianduimian.desks.rules import monday
from mianduimian.ledger.models import Assignment, Glance, GlanceQuerySet, sees_all
from mianduimian.ledger.rules import Duty, Light, State
from mianduimian.people.models import Person, Region, Unit
from mianduimian.people.rules import Level
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Channel
from mianduimian.text.hot import Window
from mianduimian.triage.rules import taxonomy

WHERE = [
    ("", _("全部内容")),
    ("asked", _("诉求与单位")),
    ("planned", _("措施与节点")),
    ("done", _("进展")),
    ("answered", _("书面反馈")),
]
STEPS = [
    ("assigned", _("已交办及以后")),
    ("accepted", _("已签收及以后")),
    ("replied", _("已反馈及以后")),
    ("settled", _("已办结及以后")),
    ("closed", _("已销号")),
]
VISITS = [
    ("any", _("已列入回访")),
    ("reached", _("有群众已评价")),
    ("unsatisfied", _("有群众不满意")),
    ("waiting", _("还要联系")),
    ("unreached", _("有群众未能联系上")),
]
SOLVED = [("yes", _("反馈已解决")), ("no", _("反馈未解决")), ("none", _("还没有反馈"))]
DAYS = [
    ("reply_due_on", _("书面反馈截止")),
    ("solve_by", _("完成时限")),
    ("assigned_on", _("交办日期")),
    ("replied_on", _("反馈日期")),
    ("moved_on", _("最近进展")),
    ("settled_on", _("办结日期")),
    ("closed_on", _("销号日期")),
    ("opened_on", _("入账日期")),
]
FIRST = ("words", "round", "unit", "state", "light")
KEPT_APART = ("columns",)
LONGEST = 100
CLASSES = 2  # levels of the table of classes that a filter offers


def either(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Choices of which none need be taken."""
    return [("", _("不限")), *choices]


class Select(forms.Select):
    """A list of many choices, written at once instead of by a small template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element with its choices."""
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        picked = str(value) if value is not None else ""
        options = [
            f'<option value="{escape(key)}"{" selected" if key == picked else ""}>{escape(word)}</option>'
            for key, word in ((str(key), str(word)) for key, word in self.choices)
        ]
        return format_html("<select{}>{}</select>", flatatt(own), mark_safe("".join(options)))  # noqa: S308  escaped above


def _one(label: Any, queryset: Any, **more: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(queryset, label=label, required=False, empty_label=_("不限"), widget=Select, **more)


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=Select)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST)


def _pickable(seen: GlanceQuerySet | None) -> Iterator[tuple[str, type[Model], list[tuple[Any, str]]]]:
    """The units and regions of these lines, or of any (None), with their words: one look into the index for each of them."""
    units = list(Unit.objects.values_list("pk", "short", _next("lead"), _next("first")))
    regions = list(Region.objects.values_list("pk", "name", "parent", _next("region")))
    if seen is None:
        keys = {"unit": {row[0] for row in units if row[2] == row[0]}, "first": {row[0] for row in units if row[3] == row[0]}}
        keys["region"] = {code for row in regions if row[3] == row[0] for code in (row[0], row[2])}
    else:
        keys = _among(seen)
    helping = Assignment.assists.through.objects.filter(unit=OuterRef("pk"))
    keys["assist"] = set(Unit.objects.filter(Exists(helping)).order_by().values_list("pk", flat=True))
    for name, some in keys.items():
        model: type[Model] = Region if name == "region" else Unit
        yield name, model, [(row[0], row[1]) for row in (regions if model is Region else units) if row[0] in some]


def _next(name: str) -> Subquery:
    """The first key that any line has in this column from the row's own on: the index gives it without reading many lines."""
    return Subquery(Glance.objects.filter(**{f"{name}__gte": OuterRef("pk")}).order_by(name).values(f"{name}_id")[:1])


def _among(seen: GlanceQuerySet) -> dict[str, set[Any]]:
    """The keys of the units and regions of these lines, which are asked for once."""
    rows = list(seen.order_by().values_list("lead", "first", "region", "region__parent").distinct())
    regions = {code for row in rows for code in row[2:]}
    return {"unit": {row[0] for row in rows}, "first": {row[1] for row in rows}, "region": regions}


class LedgerForm(forms.Form):
    """筛选台账: by every column; the first five stand open, the others behind one line."""

    words = _words(_("查找"))
    round = _one(_("期"), Round.objects.none(), to_field_name="code")
    unit = _one(_("牵头单位"), Unit.objects.none())
    state = _choice(_("状态"))
    light = _choice(_("灯"))
    where = _choice(_("在哪里找"))
    region = _one(_("所属区划"), Region.objects.none())
    category = _choice(_("类别"))
    channel = _choice(_("来源渠道"))
    voices = forms.IntegerField(label=_("来件宗数至少"), required=False, min_value=1, max_value=100_000)
    first = _one(_("首接单位"), Unit.objects.none())
    assist = _one(_("配合单位"), Unit.objects.none())
    person = _words(_("领导或责任人"))
    reached = _choice(_("进度"))
    duty = _choice(_("明履督问"))
    solved = _choice(_("是否解决"))
    visit = _choice(_("回访"))
    turn = forms.IntegerField(label=_("轮次"), required=False, min_value=1, max_value=99)
    root = _words(_("根源"))
    day = forms.ChoiceField(label=_("哪个日期"), required=False, choices=DAYS)
    since = _day(_("从"))
    until = _day(_("到"))
    week = _day(_("节点所在周"))
    overdue = forms.BooleanField(label=_("反馈逾期"), required=False)
    again = forms.BooleanField(label=_("退回重办"), required=False)
    columns = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = sees_all(person)
        rounds = Round.objects.all() if everything else Round.objects.filter(rounds_of(person))
        self._offer("round", rounds, [(code, f"{code} {focus}") for code, focus in rounds.values_list("code", "focus")])
        for name, model, found in _pickable(None if everything else Glance.objects.seen_by(person)):
            self._offer(name, model._default_manager.filter(pk__in=[key for key, _word in found]), found)
        words: dict[str, list[tuple[str, Any]]] = {
            "category": [(one.key, say(one.word)) for one in taxonomy().words.values()],
            "channel": Channel.choices(),
            "state": State.choices(),
            "reached": STEPS,
            "light": Light.choices(),
            "duty": Duty.choices(),
            "visit": VISITS,
            "solved": SOLVED,
        }
        for name, choices in words.items():
            self.fields[name].choices = either(choices)  # type: ignore[attr-defined]
        self.fields["where"].choices = WHERE  # type: ignore[attr-defined]

    def _offer(self, name: str, queryset: Any, choices: list[tuple[Any, str]]) -> None:
        """What may be picked: its rows, asked for only when one is picked, and its words."""
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        self.fields[name].choices = either(choices)  # type: ignore[attr-defined]

    def clean_week(self) -> date | None:
        """Any day stands for its week."""
        day = self.cleaned_data["week"]
        return monday(day) if day else None

    def clean_words(self) -> str:
        """What is searched for has at least one character that is a letter, a number or a Chinese one."""
        words: str = self.cleaned_data["words"]
        if words and not any(character.isalnum() for character in words):
            raise forms.ValidationError(_("查找至少要有一个字或数字。"))
        return words

    @property
    def whole(self) -> bool:
        """Whether all columns are asked for, not only those one looks at first."""
        return self.data.get("columns") == "all"

    @property
    def in_front(self) -> list[BoundField]:
        """The fields that stand open."""
        return [self[name] for name in FIRST]

    @property
    def behind(self) -> list[BoundField]:
        """The fields behind one line."""
        return [field for field in self.visible_fields() if field.name not in FIRST]

    @property
    def narrowed(self) -> list[BoundField]:
        """Those behind the line that narrow the ledger or are wrong: with any of them the line stands open."""
        return [field for field in self.behind if field.errors or field.name in self._given()]

    def _given(self) -> dict[str, Any]:
        cleaned = getattr(self, "cleaned_data", {})
        given = {name: value for name, value in cleaned.items() if value not in ("", None, False) and name not in KEPT_APART}
        return given if given.get("since") or given.get("until") else {k: v for k, v in given.items() if k != "day"}

    def said(self) -> list[str]:
        """The filter in words, for the page and the sheet."""
        return [f"{label}{say('：')}{word}" for label, word, _without in self.tags()]

    def tags(self) -> Iterator[tuple[str, str, str]]:
        """What narrows the ledger: its name, its value, and the address without it."""
        for name, value in self._given().items():
            rest = [(key, one) for key, one in self.data.items() if one and key not in (name, "after")]
            yield str(self.fields[name].label), self._word(name, value), urlencode(rest)

    def _word(self, name: str, value: Any) -> str:
        choices = dict(getattr(self.fields[name], "choices", [])) if isinstance(value, str) else {}
        return str(_("是")) if value is True else str(choices.get(value, value))


class ViewForm(forms.Form):
    """保存视图: a name for what is filtered now."""

    name = forms.CharField(label=_("视图名称"), max_length=30)
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)


class HotForm(forms.Form):
    """热点筛选: window, county, class."""

    begins = forms.DateField(label=_("从"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends = forms.DateField(label=_("到"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("县区"), required=False, empty_label=_("不限"))
    category = forms.ChoiceField(label=_("类别"), required=False)

    def __init__(self, data: Any = None, *, person: Person, usual: Window) -> None:
        self.usual = usual
        typed = {name: value for name, value in (data or {}).items() if value}
        super().__init__({"begins": usual.begins.isoformat(), "ends": usual.ends.isoformat()} | typed)
        counties = Region.objects.filter(pk__in=person.region_codes, level=Level.COUNTY)
        self.fields["region"].queryset = counties  # type: ignore[attr-defined]
        classes = [(one.key, say(one.word)) for one in taxonomy().words.values() if one.key.count(".") < CLASSES]
        self.fields["category"].choices = either(classes)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Both days together make a window that can be."""
        given = super().clean() or {}
        if given.get("begins") and given.get("ends"):
            try:
                given["window"] = Window(given["begins"], given["ends"])
            except Refused as refused:
                raise forms.ValidationError(str(refused)) from refused
        return given

    def asked(self, rounds: Any) -> Asked:
        """What was typed; what cannot be used is left at the usual window."""
        self.is_valid()
        window = self.cleaned_data.get("window", self.usual)
        return Asked(rounds, window, self.cleaned_data.get("region"), self.cleaned_data.get("category", ""))
