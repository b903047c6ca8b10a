"""地址: every room's pages under the room's own name; desks are the front hall."""

from django.urls import include, path

ROOMS = "people archive solicitation intake triage meeting taskforce ledger supervision lookback outcomes".split()

urlpatterns = [
    path("", include("mianduimian.desks.urls")),
    path("public/", include("mianduimian.publication.urls")),
    *(path(f"{room}/", include(f"mianduimian.{room}.urls")) for room in ROOMS),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
