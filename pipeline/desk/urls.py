"""The addresses of the desk."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import path

from pipeline.desk.views import queue

urlpatterns = [
    path("", queue.queue, name="queue"),
    path(
        "login", auth.LoginView.as_view(template_name="desk/login.html", redirect_authenticated_user=True), name="login"
    ),
    path("logout", auth.LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
]
