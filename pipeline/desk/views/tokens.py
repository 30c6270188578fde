"""Tokens of the API, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pipeline.desk import roles
from pipeline.desk.errors import Invalid
from pipeline.desk.services import tokens as tokening
from pipeline.desk.views.asking import demands, person


@require_http_methods(["GET", "POST"])
@demands(roles.MANAGE)
def tokens(request: HttpRequest) -> HttpResponse:
    """All tokens; or a new one, whose words are on this answer and nowhere else."""
    now, made, token = timezone.now(), None, ""
    if request.method == "POST":
        given = request.POST
        holder = User.objects.filter(username=given.get("person", "").replace("\0", "")).first()
        if holder is None:
            raise Invalid("there is nobody of that name")
        days = given.get("days", "")
        if not (days.isascii() and days.isdigit() and len(days) < 5):
            raise Invalid("a token lives a number of days")
        made, token = tokening.create(holder, given.get("name", ""), now, who=person(request), days=int(days))
    return render(
        request,
        "desk/tokens.html",
        {
            "made": made,
            "token": token,
            "rows": [(one, not one.revoked_at and one.expires_at > now) for one in tokening.all_tokens()[:200]],
            "people": User.objects.filter(is_active=True).order_by("username"),
            "days": tokening.DAYS,
            "most_days": tokening.MOST_DAYS,
        },
    )


@require_POST
@demands(roles.MANAGE)
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token."""
    ended = tokening.revoke(token_id, timezone.now(), who=person(request))
    messages.success(request, f"{ended.prefix}… is revoked.")
    return redirect("tokens")
