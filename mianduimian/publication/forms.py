"""公开: what a citizen types."""

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mianduimian.intake.forms import Photographs
from mianduimian.intake.rules import Said, Told, spot
from mianduimian.people.models import Region
from mianduimian.publication.models import Asked, Outcome
from mianduimian.publication.retouching import Box, boxes
from mianduimian.publication.wording import Change, Words
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Channel, Theme, Wished

LONGEST_KEY = 12  # digits of a row's number
DIGITS = range(7, 14)  # of a telephone number, with the country or the area before it
SHORT = {"min_length": _("请再多写几个字，至少 %(limit_value)s 个字。"), "required": _("这里还没有写。")}


class SpeakForm(forms.Form):
    """One problem, in the citizen's own words; contact is the citizen's choice."""

    text = forms.CharField(
        label=_("您遇到什么问题？"),
        min_length=5,
        max_length=20_000,
        error_messages=SHORT,
        help_text=_("用您自己的话说：什么时候、什么情况、您希望怎么解决。一次说一个问题。"),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    joins = forms.CharField(required=False, widget=forms.HiddenInput)
    region = forms.ChoiceField(label=_("在哪个县区、镇街"), required=False)
    place = forms.CharField(label=_("具体地点"), max_length=200, required=False, help_text=_("路名、小区、学校、村等"))
    spot = forms.CharField(
        label=_("地图上的点"),
        max_length=500,
        required=False,
        help_text=_("可以粘贴地图软件分享的位置链接，或者经纬度。"),
    )
    photos = Photographs(label=_("照片"), required=False)
    name = forms.CharField(
        label=_("怎么称呼您"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        max_length=120,
        required=False,
        error_messages={"invalid": _("这个邮箱好像不对，请再看一遍；不想留可以空着。")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    agreed = forms.BooleanField(label=_("我同意用这些联系方式告知进展和回访"), required=False)
    website = forms.CharField(
        label=_("请留空"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("不清楚")), *places(round.region)]  # type: ignore[attr-defined]
        days = round.rules.speaking["contact_kept"]
        self.fields["agreed"].help_text = _("保存多久：本期结束满 %(n)s 天自动抹去，您也可以随时要求抹去。") % {"n": days}
        most = _("最多 %(n)s 张。拍摄地点等隐藏信息会自动去掉；请不要拍到别人的脸和证件。")
        self.fields["photos"].help_text = most % {"n": settings.PHOTOS}

    def clean_joins(self) -> int:
        """The appeal that was chosen; what is no number chooses none, and nothing that was said is lost for it."""
        given = self.cleaned_data["joins"]
        return int(given) if given.isdecimal() and len(given) <= LONGEST_KEY else 0

    def clean_spot(self) -> tuple[float, float] | None:
        """The point meant by what was pasted; something else is told, not guessed."""
        given = self.cleaned_data["spot"]
        found = spot(given) if given else None
        if given and found is None:
            raise forms.ValidationError(_("看不出经纬度。可以留空，只写地名也行。"))
        return found

    def clean_phone(self) -> str:
        """A number that can be called; a slip of the finger is told before anybody waits for a call."""
        given: str = self.cleaned_data["phone"]
        if given and sum(sign.isdecimal() for sign in given) not in DIGITS:
            raise forms.ValidationError(_("这个号码好像不对，请再看一遍；不想留可以空着。"))
        return given

    def clean_website(self) -> str:
        """A field no person sees; whoever fills it is a machine."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("提交未被接受。"))
        return ""

    @property
    def said(self) -> Said:
        """What was typed, as intake takes it; contact is kept only with consent."""
        typed = self.cleaned_data
        contact = {key: typed[key] for key in ("name", "phone", "email")} if typed["agreed"] else {"name": typed["name"]}
        facts = {key: typed[key] for key in ("text", "place", "region", "spot", "agreed")}
        return Said(channel=Channel.WEB, title="", confidential=self.whistle, **facts, **contact)

    @property
    def dropped(self) -> bool:
        """Whether a way of contact was typed and is not kept, because its box was not ticked."""
        typed = self.cleaned_data
        return bool((typed["phone"] or typed["email"]) and not typed["agreed"])

    whistle = False


class WhistleForm(SpeakForm):
    """举报: kept apart: no appeal is offered to join, nothing is kept on the telephone."""

    whistle = True


def places(region: Region) -> list[tuple[str, Any]]:
    """The places of a region to choose from: its counties, each with its towns where they are known."""
    below = list(Region.objects.under(region).exclude(pk=region.pk).values_list("code", "name", "parent"))
    towns = {code: [(town, name) for town, name, parent in below if parent == code] for code, _name, _parent in below}
    return [
        (name, [(code, _("%(name)s（不清楚哪个镇街）") % {"name": name}), *towns[code]]) if towns[code] else (code, name)
        for code, name, parent in below
        if parent == region.pk
    ]


class TellForm(forms.Form):
    """What a citizen adds later."""

    text = forms.CharField(
        label=_("您要补充什么？"), min_length=2, max_length=2_000, error_messages=SHORT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    photos = Photographs(label=_("照片"), required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def told(self, kind: str, part: int) -> Told:
        """What was typed, as intake takes it."""
        return Told(kind, self.cleaned_data["token"], self.cleaned_data["text"], part)


class NotMineForm(TellForm):
    """That a group is not theirs; why is their choice."""

    photos = None  # type: ignore[assignment]
    text = forms.CharField(
        label=_("哪里不一样？"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("可以不写。写一句会更快，例如：我说的是另一个路口。"),
    )  # fmt: skip


class UnsolvedForm(TellForm):
    """That it is not solved, and what is still so."""

    text = forms.CharField(
        label=_("现在是什么情况？"), min_length=2, max_length=2_000, error_messages=SHORT,
        widget=forms.Textarea(attrs={"rows": 5}), help_text=_("什么时候看到的、还差什么。"),
    )  # fmt: skip


class WishForm(forms.Form):
    """What a citizen wants to talk about next."""

    focus = forms.CharField(
        label=_("想谈什么问题"), min_length=2, max_length=60, error_messages=SHORT, help_text=_("例如：老小区加装电梯")
    )
    why = forms.CharField(label=_("为什么急"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    theme = forms.ChoiceField(label=_("属于哪一类"))
    region = forms.ChoiceField(label=_("在哪里"))
    token = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = Theme.choices()  # type: ignore[attr-defined]
        upper = Region.objects.filter(Q(parent=None) | Q(parent__parent=None))
        self.fields["region"].choices = list(upper.values_list("code", "name"))  # type: ignore[attr-defined]

    @property
    def wished(self) -> Wished:
        """What was typed."""
        return Wished(**{name: self.cleaned_data[name] for name in ("focus", "why", "theme", "region")})


class AnswerForm(forms.Form):
    """What the desk answers to what a citizen said later."""

    text = forms.CharField(label=_("答复"), max_length=300, help_text=_("群众凭回执能看到这句话"))


class ReceiptForm(forms.Form):
    """The code on the receipt."""

    code = forms.CharField(label=_("回执码"), max_length=40, help_text=_("回执上的 12 位字母和数字，大小写、空格不限"))


class WithdrawForm(forms.Form):
    """Why a page is taken down."""

    why = forms.CharField(label=_("理由"), max_length=200)


class LineFilter(forms.Form):
    """What a reader looks for among the matters of a round; an unknown value is as if nothing was chosen."""

    q = forms.CharField(label=_("搜索"), max_length=60, required=False)
    region = forms.ChoiceField(label=_("县区"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    unit = forms.ChoiceField(label=_("责任单位"), required=False)
    state = forms.ChoiceField(label=_("办到哪一步"), required=False)
    light = forms.ChoiceField(label=_("亮灯"), required=False)

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {"region": outcome.regions, "category": outcome.categories, "unit": outcome.units}
        offered |= {"state": outcome.states, "light": outcome.lights}
        for name, found in offered.items():
            choices = [(one.key, f"{one.word} ({one.number})") for one in found]
            self.fields[name].choices = [("", _("全部")), *choices]  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        """What was asked for."""
        typed = self.cleaned_data if self.is_valid() or self.is_bound else {}
        unit = typed.get("unit", "")
        words = typed.get("q", "")
        facts = {name: typed.get(name, "") for name in ("region", "category", "state", "light")}
        return Asked(words=words, unit=int(unit) if unit else None, **facts)

    @property
    def narrowed(self) -> bool:
        """Whether more than words was asked for."""
        return replace(self.asked, words="") != Asked()

    @property
    def narrows(self) -> bool:
        """Whether anything was asked for."""
        return self.asked != Asked()


class DraftForm(forms.Form):
    """公开稿: the words for everybody, apart from those inside."""

    title = forms.CharField(label=_("公开标题"), max_length=120)
    wording = forms.CharField(label=_("公开表述"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    place = forms.CharField(label=_("公开地点"), max_length=200, required=False, help_text=_("写到路段、小区为止，不写门牌。"))
    answer = forms.CharField(label=_("公开答复"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 7}))
    unsolved = forms.CharField(
        label=_("尚未解决的原因"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    change = forms.ChoiceField(label=_("这一稿是"), required=False)
    why = forms.CharField(
        label=_("更正理由"), max_length=200, required=False, help_text=_("更正才填；公开页会写明更正日期和理由。")
    )

    def __init__(self, *args: Any, told: bool, promise: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["change"].choices = [(one.value, one.word) for one in (Change.UPDATE, Change.CORRECTION)]  # type: ignore[attr-defined]
        dropped = ([] if told else ["change", "why"]) + (["title", "place", "answer", "unsolved"] if promise else [])
        for name in dropped:
            del self.fields[name]

    @property
    def words(self) -> Words:
        """What was typed for everybody."""
        names = ("title", "wording", "place", "answer", "unsolved")
        return Words(**{name: self.cleaned_data.get(name, "").strip() for name in names})

    def clean(self) -> dict[str, Any]:
        """A correction says why."""
        typed = super().clean() or {}
        if typed.get("change") == Change.CORRECTION and not typed.get("why"):
            self.add_error("why", _("更正要写明理由，公开页会一并显示。"))
        return typed


class PictureForm(forms.Form):
    """公开图片: its words, and the boxes that are painted over."""

    caption = forms.CharField(
        label=_("图片说明"), max_length=120, help_text=_("写给看不见图片的人：图里是什么、在哪里、整改前还是整改后。")
    )
    boxes = forms.CharField(
        label=_("涂盖的框"),
        required=False,
        max_length=4000,
        help_text=_("每行一个框：左、上、宽、高，都是图片的千分之几，例如 100 200 150 80。人脸、车牌、门牌和证件都要盖住。"),
        widget=forms.Textarea(attrs={"rows": 4, "data-boxes": ""}),
    )
    looked = forms.BooleanField(label=_("我已放大看过：没有人脸、车牌、门牌、证件露在外面"))

    def clean_boxes(self) -> list[Box]:
        """Boxes as numbers."""
        try:
            return boxes(self.cleaned_data["boxes"])
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None


class SubscribeForm(forms.Form):
    """订阅: where to write, and about what."""

    email = forms.EmailField(label=_("电子邮箱"), max_length=200, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    region = forms.ChoiceField(label=_("县区"), required=False)
    theme = forms.ChoiceField(label=_("主题"), required=False)
    website = forms.CharField(
        label=_("请留空"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.exclude(level="town").values_list("code", "name")
        self.fields["region"].choices = [("", _("全部")), *regions]  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", _("全部")), *Theme.choices()]  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        """A field no person sees; whoever fills it is a machine."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("提交未被接受。"))
        return ""
