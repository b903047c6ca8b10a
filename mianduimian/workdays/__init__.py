"""工作日: deadlines counted on the State Council's calendar, days off and make-up workdays alike."""

from mianduimian.workdays.counting import Calendar, Deadline
from mianduimian.workdays.store import calendar, store_year

__all__ = ["Calendar", "Deadline", "calendar", "store_year"]
