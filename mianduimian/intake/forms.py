"""收件: what is typed to upload a file, confirm its columns, take down a submission, or look for one."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mianduimian.intake.models import Submission
from mianduimian.intake.rules import LONGEST, LONGEST_TEXT, TOO_LARGE, Field, How, Said
from mianduimian.people.models import Region
from mianduimian.refusal import Refused
from mianduimian.solicitation.rules import Channel

WORDS = forms.Textarea(attrs={"rows": 8})
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
TEL = forms.TextInput(attrs={"type": "tel"})
TYPED = (Channel.LETTER, Channel.VISIT, Channel.PHONE, Channel.DEPUTY)


class UploadForm(forms.Form):
    """A file that another system exported."""

    channel = forms.ChoiceField(label=_("渠道"))
    source = forms.CharField(
        label=_("来源名称"), max_length=60, required=False, help_text=_("如“市12345热线”；同一来源的列对应会被记住")
    )
    file = forms.FileField(label=_("文件"), help_text=_("xlsx、xls 或 csv；重复上传不会多出一宗"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = Channel.choices()  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(str(Refused(TOO_LARGE, limit=settings.UPLOAD_LIMIT // 1024 // 1024)))
        return file


class ColumnsForm(forms.Form):
    """Which column holds what."""

    def __init__(self, *args: Any, heads: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("（没有这一列）")), *((head, head) for head in heads)]
        for field in Field:
            self.fields[field.value] = forms.ChoiceField(label=field.word, choices=choices, required=False)


PICTURES = "image/jpeg,image/png,image/webp"


class PhotographsInput(forms.ClearableFileInput):
    """Several photographs at once, from the camera or from the telephone's album."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": PICTURES, "data-shrink": "1600"})



class Photographs(forms.FileField):
    """Some photographs; what they are is looked at where they are kept."""

    widget = PhotographsInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files that were chosen; too many and too large ones are told before they are read."""
        files = [super(Photographs, self).clean(one, initial) for one in data or []]
        if len(files) > settings.PHOTOS:
            raise forms.ValidationError(_("照片最多%(n)s张，请留下最能说明问题的。"), params={"n": settings.PHOTOS})
        if any(file.size > settings.PHOTO_LIMIT for file in files):
            raise forms.ValidationError(
                _("照片超过 %(n)s MB，请缩小后再传。"), params={"n": settings.PHOTO_LIMIT // 1024 // 1024}
            )
        return files


class TypedForm(forms.Form):
    """A submission that a clerk takes down on a citizen's behalf."""

    token = forms.CharField(max_length=80, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("渠道"))
    title = forms.CharField(label=_("标题"), max_length=LONGEST["title"], required=False)
    text = forms.CharField(label=_("内容"), max_length=LONGEST_TEXT, strip=False, widget=WORDS, help_text=_("照原话记"))
    said_at = forms.DateField(label=_("反映日期"), required=False, widget=DAY)
    place = forms.CharField(label=_("地点"), max_length=LONGEST["place"], required=False)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("区划"), required=False, empty_label=_("（不清楚）"))
    photos = Photographs(label=_("照片"), required=False, help_text=_("来人带来的照片或信件的照片；隐藏信息会自动去掉"))
    name = forms.CharField(label=_("姓名"), max_length=LONGEST["name"], required=False)
    phone = forms.CharField(label=_("电话"), max_length=LONGEST["phone"], required=False, widget=TEL)
    email = forms.EmailField(label=_("邮箱"), max_length=LONGEST["email"], required=False)
    address = forms.CharField(label=_("联系地址"), max_length=LONGEST["address"], required=False)
    confidential = forms.BooleanField(label=_("举报，须保密"), required=False)
    agreed = forms.BooleanField(label=_("同意回访"), required=False, initial=True)

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(channel.value, channel.word) for channel in TYPED]  # type: ignore[attr-defined]
        self.fields["region"].queryset = Region.objects.under(region)  # type: ignore[attr-defined]

    @property
    def said(self) -> Said:
        """What was typed, with midnight for a day without a clock."""
        given = {field: value for field, value in self.cleaned_data.items() if field not in ("token", "photos")}
        region, day = given["region"], given["said_at"]
        said_at = datetime.combine(day, time.min) if day else None
        return Said(**given | {"region": region.pk if region else "", "said_at": said_at})


class WhyForm(forms.Form):
    """Why a seal is opened or an identity erased."""

    why = forms.CharField(label=_("理由"), max_length=200, help_text=_("会写进留痕，谁也改不了"))


class MendForm(forms.Form):
    """What becomes of one place that still names somebody who was erased."""

    how = forms.ChoiceField(label=_("怎么处理"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("理由"), max_length=200, required=False, help_text=_("保留必须写理由；会写进留痕，请不要写姓名、电话")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = How.choices()  # type: ignore[attr-defined]


class SubmissionFilter(forms.Form):
    """Which submissions to look at."""

    channel = forms.ChoiceField(label=_("渠道"), required=False)
    words = forms.CharField(label=_("标题、内容或地点含有"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [("", _("全部")), *Channel.choices()]  # type: ignore[attr-defined]

    def chosen(self, submissions: QuerySet[Submission]) -> QuerySet[Submission]:
        """The submissions that fit."""
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("channel"):
            submissions = submissions.filter(channel=given["channel"])
        return submissions.saying(given["words"]) if given.get("words") else submissions  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """What came of looking at a month of opened seals."""

    note = forms.CharField(label=_("复核意见"), max_length=200, help_text=_("看了哪些、理由是否成立、要不要追问"))
