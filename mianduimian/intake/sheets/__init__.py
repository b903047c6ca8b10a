"""表格: reading what other systems export: Excel and CSV, whatever their encoding, dates and heads."""

from mianduimian.intake.sheets.reading import Reading, Row, as_text, read, told

__all__ = ["Reading", "Row", "as_text", "read", "told"]
