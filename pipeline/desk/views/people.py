"""People, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pipeline.desk import roles
from pipeline.desk.services import people as staff
from pipeline.desk.views.asking import demands, person


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@demands(roles.MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody; or somebody new."""
    if request.method == "POST":
        said = request.POST
        made = staff.add(
            said.get("name", ""), said.get("password", ""), said.get("role", ""), person(request), timezone.now()
        )
        messages.success(request, f"{made.get_username()} is on the desk.")
        return redirect("people")
    rows = [(one, staff.role_of(one)) for one in staff.everybody()]
    return render(request, "desk/people.html", {"rows": rows, "roles": roles.ROLES})


@require_POST
@demands(roles.MANAGE)
def role(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give somebody another role."""
    changed = staff.set_role(person_id, request.POST.get("role", ""), person(request), timezone.now())
    messages.success(request, f"{changed.get_username()} is {staff.role_of(changed)} now.")
    return redirect("people")


@require_POST
@demands(roles.MANAGE)
def active(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let somebody in or out."""
    changed = staff.set_active(person_id, request.POST.get("active") == "1", person(request), timezone.now())
    words = "is let in." if changed.is_active else "is let out; their sessions and tokens are over."
    messages.success(request, f"{changed.get_username()} {words}")
    return redirect("people")


@sensitive_post_parameters("password")
@require_POST
@demands(roles.MANAGE)
def password(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give somebody a new password."""
    changed = staff.set_password(person_id, request.POST.get("password", ""), person(request), timezone.now())
    messages.success(request, f"{changed.get_username()} has a new password; their sessions are over.")
    return redirect("people")
