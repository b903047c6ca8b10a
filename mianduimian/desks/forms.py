"""台账筛选: what a person asks of the ledger."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from mianduimian.desks.menu import rounds_of
from mianduimian.desks.rules import monday
from mianduimian.ledger.models import Assignment, Matter
from mianduimian.ledger.rules import Duty, Light, State
from mianduimian.people.models import Person, Region, Unit
from mianduimian.solicitation.models import Round
from mianduimian.triage.rules import taxonomy

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


def either(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Choices of which none need be taken."""
    return [("", _("不限")), *choices]


class LedgerForm(forms.Form):
    """筛选台账: by round, unit, region, category, state, light, duty, deadline, turn and words."""

    words = forms.CharField(label=_("查找"), required=False, max_length=60)
    round = forms.ModelChoiceField(
        Round.objects.none(), label=_("期"), required=False, to_field_name="code", empty_label=_("不限")
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("牵头单位"), required=False, empty_label=_("不限"))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("所属区划"), required=False, empty_label=_("不限"))
    category = forms.ChoiceField(label=_("类别"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    reached = forms.ChoiceField(label=_("进度"), required=False)
    light = forms.ChoiceField(label=_("灯"), required=False)
    duty = forms.ChoiceField(label=_("明履督问"), required=False)
    visit = forms.ChoiceField(label=_("回访"), required=False)
    week = forms.DateField(
        label=_("节点所在周"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    overdue = forms.BooleanField(label=_("反馈逾期"), required=False)
    again = forms.BooleanField(label=_("退回重办"), required=False)
    columns = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Matter.objects.seen_by(person).order_by()
        held = Assignment.objects.current().filter(matter__in=seen.values("pk"))
        self._offer("round", Round.objects.filter(rounds_of(person)))
        self._offer("unit", Unit.objects.filter(pk__in=held.order_by().values("lead")))
        spoken = Q(pk__in=seen.values("appeal__region")) | Q(pk__in=seen.values("appeal__region__parent"))
        self._offer("region", Region.objects.filter(spoken))
        words: dict[str, list[tuple[str, Any]]] = {
            "category": [(one.key, say(one.word)) for one in taxonomy().words.values()],
            "state": State.choices(),
            "reached": STEPS,
            "light": Light.choices(),
            "duty": Duty.choices(),
            "visit": VISITS,
        }
        for name, choices in words.items():
            self.fields[name].choices = either(choices)  # type: ignore[attr-defined]

    def _offer(self, name: str, queryset: Any) -> None:
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean_week(self) -> date | None:
        """Any day stands for its week."""
        day = self.cleaned_data["week"]
        return monday(day) if day else None

    @property
    def whole(self) -> bool:
        """Whether all columns are asked for, not only those one looks at first."""
        return self.data.get("columns") == "all"

    def said(self) -> list[str]:
        """The filter in words, for the page and the sheet."""
        given = [(self.fields[name], name, value) for name, value in self.cleaned_data.items() if value and name != "columns"]
        return [str(field.label) + say("：") + self._word(name, value) for field, name, value in given]

    def _word(self, name: str, value: Any) -> str:
        choices = dict(getattr(self.fields[name], "choices", [])) if isinstance(value, str) else {}
        return str(_("是")) if value is True else str(choices.get(value, value))
