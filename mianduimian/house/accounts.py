"""登录: accounts are made by the system administrator; nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):
    """Log-in without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: persons are registered, then appointed."""
        return False
