"""台账表: the columns officials expect, and the sheet that is given out, filled in and given back."""

from mianduimian.ledger.sheets.columns import COLUMNS, line
from mianduimian.ledger.sheets.filling import Returned, filled_columns, read, sealed

__all__ = ["COLUMNS", "Returned", "filled_columns", "line", "read", "sealed"]
