"""The addresses of the desk."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from pipeline.desk.views import (
    article,
    bulk,
    compare,
    dashboard,
    decisions,
    keys,
    log,
    login,
    people,
    queue,
    second_opinion,
    tokens,
    webhooks,
)

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("views", queue.save_view, name="save-view"),
    path("views/<int:view_id>/delete", queue.delete_view, name="delete-view"),
    path("items/<int:item_id>", article.article, name="article"),
    path("items/<int:item_id>/letter", article.letter, name="letter"),
    path("items/<int:item_id>/compare", compare.compare, name="compare"),
    path("items/<int:item_id>/decide", decisions.decide, name="decide"),
    path("items/<int:item_id>/undo", decisions.undo, name="undo"),
    path("items/<int:item_id>/note", decisions.note, name="note"),
    path("items/<int:item_id>/label", decisions.label, name="label"),
    path("items/<int:item_id>/assign", decisions.assign, name="assign"),
    path("items/<int:item_id>/lease", decisions.lease, name="lease"),
    path("items/<int:item_id>/release", decisions.release, name="release"),
    path("items/<int:item_id>/take-over", decisions.take_over, name="take-over"),
    path("undo", decisions.undo, name="undo-last"),
    path("bulk", bulk.preview, name="bulk"),
    path("bulk/decide", bulk.decide, name="bulk-decide"),
    path("bulk/<slug:name>/undo", bulk.undo, name="bulk-undo"),
    path("log.<slug:form>", log.export, name="export"),
    path("keys", keys.keys, name="keys"),
    path("login", login.Login.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("api/v1/", include("pipeline.desk.api.urls")),
    path("dashboard", dashboard.dashboard, name="dashboard"),
    path("second-opinion", second_opinion.ask, name="second-opinion"),
    path("second-opinion/<int:item_id>", second_opinion.give, name="give-second-opinion"),
    path("people", people.people, name="people"),
    path("people/<int:person_id>/role", people.role, name="person-role"),
    path("people/<int:person_id>/active", people.active, name="person-active"),
    path("people/<int:person_id>/password", people.password, name="person-password"),
    path("tokens", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/revoke", tokens.revoke, name="token-revoke"),
    path("webhooks", webhooks.webhooks, name="webhooks"),
    path("webhooks/<int:webhook_id>/stop", webhooks.stop, name="webhook-stop"),
]
