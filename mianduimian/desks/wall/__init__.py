"""挂图: units × weeks, drawn from the same rows as the ledger; zoomed to a unit, then to a matter."""

from mianduimian.desks.wall.chart import Cell, Head, Lamp, Line, Mark, Wall, around, ledger_url
from mianduimian.desks.wall.drawing import Look, draw
from mianduimian.desks.wall.road import Stage, stages

__all__ = ["Cell", "Head", "Lamp", "Line", "Look", "Mark", "Stage", "Wall", "around", "draw", "ledger_url", "stages"]
