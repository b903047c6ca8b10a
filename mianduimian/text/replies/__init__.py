"""答复质量: whether a reply forwards, explains or does something, and whether it names a time by which it will be done."""

from mianduimian.text.replies.reading import Grade, grade

__all__ = ["Grade", "grade"]
