"""梳理的表格: the appeals of a round, the table of classes out and in, the codes of other tables in."""

from mianduimian.triage.sheets.appeals import appeals
from mianduimian.triage.sheets.classes import classes, read_classes
from mianduimian.triage.sheets.codes import read_codes

__all__ = ["appeals", "classes", "read_classes", "read_codes"]
