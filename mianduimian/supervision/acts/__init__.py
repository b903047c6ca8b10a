"""督办: reminding, notices and their answers, instructions, inspections, press, accountability, circulars, who is in charge."""

from mianduimian.supervision.acts.accounts import account, review, state
from mianduimian.supervision.acts.charges import put_in_charge
from mianduimian.supervision.acts.circulars import circulate
from mianduimian.supervision.acts.inspections import inspect, photograph, plan_inspection
from mianduimian.supervision.acts.instructions import instruct, report
from mianduimian.supervision.acts.notices import answer, draft, drop, issue, lapse, notify
from mianduimian.supervision.acts.press import follow_up, press
from mianduimian.supervision.acts.recounting import recompute
from mianduimian.supervision.acts.urging import remind

__all__ = [
    "account", "answer", "circulate", "draft", "drop", "follow_up", "inspect", "instruct", "issue", "lapse", "notify",
    "photograph", "plan_inspection", "press", "put_in_charge", "recompute", "remind", "report", "review", "state",
]  # fmt: skip
