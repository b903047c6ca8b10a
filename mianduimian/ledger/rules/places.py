"""排序: where a line stands in the ledger, as one number: the newest round first, in it the appeals by their number."""

from datetime import date

LAST_DAY = 9_999_999  # days are counted down from here
ROUNDS = 100_000  # rounds of one day that can be told apart
NUMBERS = 1_000_000  # appeals of one round


def place(opened_on: date, round: int, number: int) -> int:
    """The smaller, the nearer to the top; each line has its own, so that the next page begins where this one ended."""
    return ((LAST_DAY - opened_on.toordinal()) * ROUNDS + (ROUNDS - 1 - round % ROUNDS)) * NUMBERS + number % NUMBERS
