"""An engine that cannot be set up, and runs that are interrupted or killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.batch import assess_pages, forkserver
from pipeline.errors import ModelError, SettingsError, UnspunError
from pipeline.settings import Settings
from tests.batch.running import ENGINES, ROOT, assess, descendants, eventually, gone, pages, script, start


def lines(path: Path) -> int:
    """How many lines are in the file."""
    return path.read_bytes().count(b"\n")


def test_the_engine_gets_the_settings() -> None:
    """The factory is called with the settings of the run."""
    settings = Settings(disable=("SP101", "thin-content"))
    (made,) = assess_pages(pages(""), settings, jobs=1, engine=f"{ENGINES}:Noting")
    assert made.notes == settings.disable


def test_an_engine_that_cannot_be_set_up_is_said_once() -> None:
    """What the engine raises on purpose is raised by the run, of the same type and in the same words."""
    with pytest.raises(ModelError, match="model 'body-lines' is not in /models"):
        assess(*[""] * 50, engine="NoModel")


def test_a_defect_while_loading_tells_where() -> None:
    """An engine that breaks while it loads stops the run; the notes have the traceback of the other process."""
    with pytest.raises(UnspunError, match="the engine cannot be set up: ZeroDivisionError: by a mistake") as error:
        assess("", engine="Defective")
    assert "engines.py" in error.value.__notes__[0]


def test_an_unknown_engine_is_named() -> None:
    """A factory that does not exist stops the run."""
    with pytest.raises(UnspunError, match=r"AttributeError: .*'Nobody'"):
        assess("", engine="Nobody")


def test_an_engine_that_ends_the_process_while_loading() -> None:
    """Loading that ends the process (a native crash, no memory) stops the run, with the signal's name."""
    with pytest.raises(UnspunError, match="the process that loads the engine ended by SIGKILL"):
        assess("", engine="EndsWhileLoading")


def test_an_interpreter_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork server that ends before it can say anything is reported by its exit code."""
    monkeypatch.setattr(forkserver, "BOOT", "import os; os._exit(3)")
    with pytest.raises(UnspunError, match="the process that loads the engine ended by exit code 3"):
        assess("")


def test_a_caller_that_ignores_its_children() -> None:
    """SIGCHLD ignored, as some schedulers do, does not hide how a worker ended."""
    old = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        made = assess("", "leave 3")
    finally:
        signal.signal(signal.SIGCHLD, old)
    assert made[1].error is not None
    assert "exit code 3" in made[1].error.message


def test_a_memory_limit_too_small_for_the_engine() -> None:
    """A limit under which every page would fail is a mistake in the settings, not an error record a page."""
    with pytest.raises(SettingsError, match=r"worker_megabytes is 8, but the engine alone takes \d+ MB"):
        assess(*[""] * 50, worker_megabytes=8)


def test_stdout_is_left_to_the_caller(capfd: pytest.CaptureFixture[str]) -> None:
    """What a library prints in a worker does not get among the results."""
    assess("talk", "talk")
    assert capfd.readouterr().out == ""


def test_workers_leave_ctrl_c_to_the_caller() -> None:
    """SIGINT sent to the fork server and the workers changes nothing."""
    before = descendants(os.getpid())
    made = []
    for assessment in start(pages(*["sleep 0.01"] * 30)):
        made.append(assessment)
        if len(made) == 10:
            for pid in descendants(os.getpid()) - before:
                os.kill(pid, signal.SIGINT)
    assert [assessment.error for assessment in made] == [None] * 30


def test_the_main_module_is_not_run_again(tmp_path: Path) -> None:
    """A script without a main guard runs once: no worker imports it."""
    path = tmp_path / "careless.py"
    path.write_text(
        "print('started', flush=True)\n"
        "from tests.batch.running import assess\n"
        "print(len(assess('', 'leave 1', '')), flush=True)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, env=environment, timeout=60)
    assert done.stdout.split() == ["started", "3"]
    assert done.stderr == ""


def test_ctrl_c_in_the_middle(tmp_path: Path) -> None:
    """Ctrl-C ends the run at once: whole lines, no word from the workers, nobody left."""
    output = tmp_path / "out.jsonl"
    with output.open("wb") as stdout, script("Obedient", 100_000, "sleep 0.002", stdout=stdout) as run:
        assert eventually(lambda: lines(output) > 20)
        everybody = descendants(run.pid)
        assert len(everybody) == 3
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=20)
    assert run.returncode == 130
    assert said == b"interrupted\n"
    assert gone(everybody)
    assert [json.loads(line)["source"] for line in output.open()] == [f"page-{n}" for n in range(lines(output))]


def test_ctrl_c_while_the_engine_loads() -> None:
    """Ctrl-C does not wait for the engine."""
    with script("SlowToLoad", 10, "", stdout=subprocess.DEVNULL) as run:
        assert eventually(lambda: descendants(run.pid))
        everybody = descendants(run.pid)
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=20)
    assert run.returncode == 130
    assert said == b"interrupted\n"
    assert gone(everybody)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_killed_leaves_nobody(tmp_path: Path, how: signal.Signals) -> None:
    """kill -9 in the middle of 2,000 pages: fork server and workers end too, and what was written is whole lines."""
    output = tmp_path / "out.jsonl"
    with output.open("wb") as stdout, script("Obedient", 2_000, "sleep 0.003", stdout=stdout) as run:
        assert eventually(lambda: lines(output) > 100)
        everybody = descendants(run.pid)
        assert len(everybody) == 3
        run.send_signal(how)
        _, said = run.communicate(timeout=20)
    assert run.returncode == -how
    assert said == b""
    assert gone(everybody)
    assert output.read_bytes().endswith(b"\n")
    assert [json.loads(line)["source"] for line in output.open()] == [f"page-{n}" for n in range(lines(output))]
    assert lines(output) < 2_000


def test_a_run_killed_while_its_workers_hang_leaves_nobody(tmp_path: Path) -> None:
    """Workers that never read their socket again do not outlive the run either."""
    with script("Obedient", 10, "hang", stdout=subprocess.DEVNULL) as run:
        assert eventually(lambda: len(descendants(run.pid)) == 3)
        everybody = descendants(run.pid)
        run.kill()
        run.communicate(timeout=20)
    assert gone(everybody)


def test_a_run_killed_while_the_engine_loads_leaves_nobody() -> None:
    """The fork server does not finish loading for nobody."""
    with script("SlowToLoad", 10, "", stdout=subprocess.DEVNULL) as run:
        assert eventually(lambda: descendants(run.pid))
        everybody = descendants(run.pid)
        run.kill()
        run.communicate(timeout=20)
    assert gone(everybody)
