"""本页: what every page knows of its own address."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def readable(request: HttpRequest) -> dict[str, str]:
    """Where this page can be read once more: the answer to a form has no address, so it is where the form stood.

    A form that was refused says itself where it stood at first (`came`): sent again, its address only takes forms.
    """
    if request.method != "POST":
        return {"readable": request.get_full_path()}
    came = request.POST.get("came", "") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, {request.get_host()}):
        return {"readable": "/"}
    return {"readable": urlsplit(came)._replace(scheme="", netloc="", fragment="").geturl() or "/"}
