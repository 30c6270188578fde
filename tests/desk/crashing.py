"""A server that can be killed and is there again at once: a parent with the desk loaded forks one for each line read.

The child writes the port it listens at on a line; the parent answers nothing else.
"""

from __future__ import annotations

import os
import signal
import sys

from pipeline.desk import home, server


def main() -> None:
    """Fork a server a line, until the end of the input."""
    desk = server.application(home.folder())
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - loads every view now, not once a child
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            listening = server.listen(desk, "127.0.0.1", 0)
            print(os.getpid(), listening.effective_port, flush=True)
            server.serve(listening)


if __name__ == "__main__":
    main()
