"""工作台菜单: which rooms a person may enter, for the navigation."""

from django.http import HttpRequest


def menu(request: HttpRequest) -> dict[str, object]:
    """Context for every page: the rooms this person's posts open."""
    return {"menu": []}
