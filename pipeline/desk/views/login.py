"""The log-in, with a limit on guessing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pipeline.desk.services import login


class Login(LoginView):
    """Django's own, after the limit."""

    template_name = "desk/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse where there were too many wrong passwords, whatever the password is now."""
        if login.is_blocked(self.name, self.address, timezone.now()):
            context = self.get_context_data(form=AuthenticationForm(request), blocked=True)
            return self.render_to_response(context, status=429)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Count it."""
        login.failed(self.name, self.address, timezone.now())
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Forget what was counted."""
        login.succeeded(self.name, self.address)
        return super().form_valid(form)

    @property
    def name(self) -> str:
        """The name under which somebody wants in."""
        return self.request.POST.get("username", "")

    @property
    def address(self) -> str:
        """The address that they come from. What a request says of itself (X-Forwarded-For) is not believed."""
        return str(self.request.META.get("REMOTE_ADDR", ""))
