"""House: when the building opens, words are shown in the reader's language."""

from django.apps import AppConfig
from django.utils.translation import gettext, override

from mianduimian.vocabulary import Speaker


class House(AppConfig):
    """The building itself."""

    name = "mianduimian.house"

    def ready(self) -> None:
        """Give the vocabulary the tongue of the house."""
        Speaker.translate = staticmethod(gettext)
        Speaker.official = staticmethod(lambda: override("zh-hans"))
