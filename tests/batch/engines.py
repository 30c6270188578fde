"""Stand-ins for the engine, named to the fork server as ``tests.batch.engines:Obedient`` and so on.

`Obedient` does what the page says: its data is a word, and perhaps an argument (``sleep 0.2``).
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Callable
from hashlib import sha256

from pipeline.errors import ModelError
from pipeline.records import Assessment, RawPage, Versions
from pipeline.settings import Settings

VERSIONS = Versions(unspun="test")


class Obedient:
    """Does what the page says, and answers with the pid of the worker and the number of pages it has seen."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.seen = 0

    def assess(self, page: RawPage) -> Assessment:
        """Obey the page."""
        self.seen += 1
        made = Assessment(
            id=sha256(page.data).hexdigest(),
            source=page.source,
            versions=VERSIONS,
            verdict="pass",
            signals={"worker": os.getpid(), "seen": self.seen},
        )
        if page.failure:
            return refused(made, page)
        word, _, argument = page.data[:100].decode().partition(" ")
        return COMMANDS.get(word, nothing)(made, argument, page) or made


def refused(made: Assessment, page: RawPage) -> Assessment:
    """The error record of a page that carries its failure."""
    return Assessment(id=made.id, source=made.source, versions=VERSIONS, title=page.title, error=page.failure)


def nothing(_made: Assessment, _argument: str, _page: RawPage) -> None:
    """Answer at once."""


def sleep(_made: Assessment, seconds: str, _page: RawPage) -> None:
    """Take time."""
    time.sleep(float(seconds))


def die(_made: Assessment, name: str, _page: RawPage) -> None:
    """End by a signal."""
    os.kill(os.getpid(), getattr(signal, name))
    time.sleep(60)


def die_once(_made: Assessment, marker: str, page: RawPage) -> None:
    """End by SIGKILL, but only the first time (`marker` is a file that remembers)."""
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return
    die(_made, "SIGKILL", page)


def segfault(_made: Assessment, _argument: str, _page: RawPage) -> None:
    """End as native code ends that follows a bad pointer."""
    ctypes.string_at(0)


def leave(_made: Assessment, code: str, _page: RawPage) -> None:
    """End by os._exit."""
    os._exit(int(code))


def hang(_made: Assessment, _argument: str, _page: RawPage) -> None:
    """Never finish, and be deaf to polite signals."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def gorge(_made: Assessment, _argument: str, _page: RawPage) -> None:
    """Take memory until there is none."""
    hoard = []
    while True:
        hoard.append(bytearray(10_000_000))


def fail(_made: Assessment, message: str, _page: RawPage) -> None:
    """Raise what an engine should not."""
    raise RuntimeError(message)


def mistype(made: Assessment, _argument: str, _page: RawPage) -> Assessment:
    """An assessment that breaks its own types."""
    return Assessment(id=made.id, source=made.source, versions=VERSIONS, risk="high")  # type: ignore[arg-type]


def echo(made: Assessment, _argument: str, page: RawPage) -> Assessment:
    """An answer as large as the page."""
    return Assessment(id=made.id, source=made.source, versions=VERSIONS, text=page.data.decode(), signals=made.signals)


def talk(_made: Assessment, _argument: str, _page: RawPage) -> None:
    """Print, as a careless library does."""
    print("careless words", flush=True)


COMMANDS: dict[str, Callable[[Assessment, str, RawPage], Assessment | None]] = {
    "": nothing,
    "sleep": sleep,
    "die": die,
    "die_once": die_once,
    "segfault": segfault,
    "leave": leave,
    "hang": hang,
    "gorge": gorge,
    "fail": fail,
    "mistype": mistype,
    "echo": echo,
    "talk": talk,
}


class NoModel(Obedient):
    """An engine that cannot be set up, for a reason it explains."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        raise ModelError("model 'body-lines' is not in /models; reinstall unspun or train it")


class Defective(Obedient):
    """An engine that cannot be set up, by a mistake of ours."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        raise ZeroDivisionError("by a mistake of ours")


class EndsWhileLoading(Obedient):
    """An engine whose loading ends the process."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        os.kill(os.getpid(), signal.SIGKILL)


class SlowToLoad(Obedient):
    """An engine that takes longer to load than anybody waits."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        time.sleep(60)


class Mortal(Obedient):
    """An engine whose workers end on any page, even on error records."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.forkserver = os.getpid()

    def assess(self, page: RawPage) -> Assessment:
        """End, except where the engine is loaded."""
        if os.getpid() != self.forkserver:
            os._exit(9)
        return super().assess(page)


class Noting(Obedient):
    """An engine that tells which settings it was made from."""

    def assess(self, page: RawPage) -> Assessment:
        """Name the rules that do not run."""
        made = super().assess(page)
        return Assessment(id=made.id, source=made.source, versions=VERSIONS, notes=self.settings.disable)
