"""公文: GB/T 9704-2012 Word documents and safe spreadsheets from plain data."""

from mianduimian.papers.plain import Attachment, Bars, Block, Facts, Heading, Names, Paper, Para, Table
from mianduimian.papers.render import render
from mianduimian.papers.sheet import Column, Sheet, csv_rows, workbook
from mianduimian.papers.wording import day, filename, issue_number

__all__ = [
    "Attachment", "Bars", "Block", "Column", "Facts", "Heading", "Names", "Paper", "Para", "Sheet", "Table",
    "csv_rows", "day", "filename", "issue_number", "render", "workbook",
]  # fmt: skip
