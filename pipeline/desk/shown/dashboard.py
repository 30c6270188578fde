"""Statistics → the pictures of the dashboard."""

from __future__ import annotations

from pipeline.desk.models import State
from pipeline.desk.services.statistics import VERDICTS, Statistics
from pipeline.desk.shown.charts import Chart, Series, columns

STATES = ((State.REJECTED, "rejected"), (State.CHANGES, "changes asked for"), (State.APPROVED, "approved"))
CALLED = {verdict: "not assessed" if verdict == "error" else verdict for verdict in VERDICTS}


def charts(found: Statistics) -> dict[str, Chart]:
    """The pictures by name."""
    days = [f"{day:%d %b}" for day, _, _ in found.volume]
    came, decided = [row[1] for row in found.volume], [row[2] for row in found.volume]
    overruled = found.matrix["hold"][State.APPROVED] + found.matrix["review"][State.APPROVED]
    flagged = sum(sum(found.matrix[verdict].values()) for verdict in ("hold", "review"))
    return {
        "volume": columns(
            "volume",
            "Day",
            f"{sum(came):,} pages came in or changed, {sum(decided):,} decisions",
            days,
            [Series("came", "came in", came), Series("decided", "decided", decided)],
        ),
        "verdicts": columns(
            "verdicts",
            "Verdict of Unspun",
            f"{found.decided:,} decided items; of {flagged:,} that were flagged, {overruled:,} were approved",
            list(CALLED.values()),
            [
                Series(state, words, [found.matrix[verdict][state] for verdict in VERDICTS])
                for state, words in STATES
            ],
            stacked=True,
        ),
        "axes": columns(
            "axes",
            "Axis at 0.5 or more",
            "; ".join(f"{axis.name}: {axis.overruled:,} of {axis.decided:,} approved" for axis in found.axes),
            [axis.name for axis in found.axes],
            [
                Series("held", "not approved", [axis.decided - axis.overruled for axis in found.axes]),
                Series("approved", "approved all the same", [axis.overruled for axis in found.axes]),
            ],
            stacked=True,
        ),
        "waited": columns(
            "waited",
            "Time to decision",
            "Decided items by how long they had waited",
            [words for words, _ in found.waited],
            [Series("decided", "items", [number for _, number in found.waited])],
        ),
        "backlog": columns(
            "backlog",
            "Waiting for",
            f"{found.waiting:,} open items by how long they have waited",
            [words for words, _ in found.backlog],
            [
                Series(verdict, called, [by_verdict[verdict] for _, by_verdict in found.backlog])
                for verdict, called in CALLED.items()
            ],
            stacked=True,
        ),
    }  # fmt: skip
