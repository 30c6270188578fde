"""The keys: what they are, and others instead."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pipeline.desk import roles
from pipeline.desk.errors import Invalid
from pipeline.desk.services import preferences
from pipeline.desk.shown.keys import OFF, chosen, keys_for
from pipeline.desk.views.asking import demands, person


@require_http_methods(["GET", "POST"])
@demands(roles.READ)
def keys(request: HttpRequest) -> HttpResponse:
    """Show the keys, or keep others."""
    who, refused = person(request), ""
    kept = preferences.keys_of(who)
    given = {name: str(value) for name, value in request.POST.items()}
    if request.method == "POST":
        try:
            preferences.set_keys(who, {} if "reset" in given else chosen(given))
            messages.success(request, "Your keys are kept.")
            return redirect("keys")
        except Invalid as error:
            refused, kept = str(error), given
    shown = keys_for({name: key for name, key in kept.items() if name != OFF})
    return render(
        request,
        "desk/keys.html",
        {"shown": shown, "off": bool(kept.get(OFF)), "refused": refused},
        status=400 if refused else 200,
    )
