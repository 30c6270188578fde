"""The verbs around the API: token, webhook, deliver, backup, restore; each as the operator types it."""

from __future__ import annotations

from pathlib import Path

from pipeline.desk.models import ApiToken
from tests.desk.api.program import Program
from tests.desk.assessments import put
from tests.desk.conftest import PASSWORD, Desk
from tests.desk.served import unspun


def test_from_an_empty_desk_to_a_restored_one(desk: Desk, tmp_path: Path) -> None:
    """What goes to stdout is what a script needs; what is refused is one line and exit code 2."""
    desk.bare()
    allowed = {"UNSPUN_DESK_WEBHOOK_HOSTS": "hooks.example"}
    assert unspun(desk, "desk", "init", "--admin", "root", UNSPUN_DESK_PASSWORD=PASSWORD).returncode == 0
    made = unspun(desk, "desk", "token", "create", "root", "--name", "cms", "--days", 3)
    token = made.stdout.strip()
    assert Program(token).get("items").status_code == 200
    assert "cms" in unspun(desk, "desk", "token", "list").stdout
    hook = unspun(desk, "desk", "webhook", "add", "https://hooks.example/", **allowed)
    assert hook.stdout.startswith("whsec_")
    refused = unspun(desk, "desk", "webhook", "add", "https://hooks.example/")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("unspun: hooks.example: not among the hosts")
    assert unspun(desk, "desk", "deliver", "--once", **allowed).stdout == "nothing is due\n"
    put()
    file = tmp_path / "desk.backup"
    assert unspun(desk, "desk", "backup", file).returncode == 0
    assert unspun(desk, "desk", "token", "revoke", ApiToken.objects.get().pk).returncode == 0
    assert Program(token).get("items").status_code == 401
    assert "say --replace" in unspun(desk, "desk", "restore", file).stderr
    restored = unspun(desk, "desk", "restore", file, "--replace")
    assert restored.stdout == "items: 1, lines of the log: 3, people: 1\n", restored.stderr
    assert Program(token).get("items").status_code == 200
