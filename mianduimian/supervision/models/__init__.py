"""督办: reminders, notices, instructions, inspections, press, circulars and accountability."""

from mianduimian.supervision.models.accounts import Accountability
from mianduimian.supervision.models.circulars import Circular, drafted, held_in, propose, silent_in
from mianduimian.supervision.models.inspections import Inspection, Photo
from mianduimian.supervision.models.instructions import Instruction
from mianduimian.supervision.models.notices import Draft, Notice
from mianduimian.supervision.models.press import Aftermath, PressItem
from mianduimian.supervision.models.preview import Preview, differing, preview
from mianduimian.supervision.models.reminders import Reminder
from mianduimian.supervision.models.watching import OUT, Charge, Watched, lasting_ones, shining, watched

__all__ = [
    "OUT", "Accountability", "Aftermath", "Charge", "Circular", "Draft", "Inspection", "Instruction", "Notice", "Photo",
    "PressItem", "Preview", "Reminder", "Watched", "differing", "drafted", "held_in", "lasting_ones", "preview", "propose",
    "shining", "silent_in", "watched",
]  # fmt: skip
