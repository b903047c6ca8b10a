"""回头看表单: what is typed when something is looked at, asked, sent back, closed or planned."""

from mianduimian.lookback.forms.planning import CallersForm, CampaignForm, DrawForm, GiveForm
from mianduimian.lookback.forms.typing import (
    AnswerForm,
    AttemptForm,
    CloseForm,
    ExemptForm,
    JudgeReadingForm,
    RecurrenceForm,
    RecuseForm,
    RevealForm,
    SayForm,
    SendBackForm,
    VerifyForm,
)

__all__ = [
    "AnswerForm", "AttemptForm", "CallersForm", "CampaignForm", "CloseForm", "DrawForm", "ExemptForm", "GiveForm",
    "JudgeReadingForm", "RecurrenceForm", "RecuseForm", "RevealForm", "SayForm", "SendBackForm", "VerifyForm",
]  # fmt: skip
