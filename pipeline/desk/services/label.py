"""What an editor says of one finding: right, wrong, or fine here. Each is a label for the classifiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.models import User

from pipeline.desk import roles
from pipeline.desk.errors import Invalid, Stale
from pipeline.desk.models import Event, FindingLabel, Item
from pipeline.desk.services.log import append, changing
from pipeline.records import Assessment, Evidence
from pipeline.report.safe_text import one_line

AROUND = 120
"""Characters before and after the marked words that are kept with a label."""


def label(item_id: int, version: int, fingerprint: str, said: str, who: User, now: datetime) -> FindingLabel | None:
    """Say `said` of one finding of version number `version`; the same again takes it back (None).

    Raises Stale where the version is not the current one, Invalid where it has no such finding.
    """
    roles.demand(who, roles.LABEL)
    if said not in FindingLabel.Label:
        raise Invalid(f"unknown label {said!r}; known: {', '.join(FindingLabel.Label)}")
    with changing(item_id) as item:
        if item.version is None or item.version.number != version:
            raise Stale("this item has a newer version; look at it again")
        assessment = item.version.assessment
        finding = dict(zip(fingerprints(assessment.evidence), assessment.evidence, strict=True)).get(fingerprint)
        if finding is None:
            raise Invalid("this item has no such finding")
        standing = FindingLabel.objects.filter(item=item, fingerprint=fingerprint).first()
        again = standing is not None and standing.label == said
        append(
            item,
            Event.Kind.LABEL,
            who,
            now,
            data={
                "rule": finding.rule,
                "quote": one_line(finding.quote)[:300],
                "fingerprint": fingerprint,
                "label": "" if again else said,
            },
        )
        if again and standing is not None:
            standing.delete()
            return None
        columns = {"version": item.version, "label": said, "by": who, "at": now, **_example(assessment, finding)}
        return FindingLabel.objects.update_or_create(item=item, fingerprint=fingerprint, defaults=columns)[0]


def fingerprints(evidence: Sequence[Evidence]) -> list[str]:
    """A name for each finding that it keeps in other versions: rule, words, and which of equal ones it is."""
    seen: Counter[tuple[str, str]] = Counter()
    names = []
    for found in evidence:
        what = (found.rule, one_line(found.quote).casefold())
        seen[what] += 1
        names.append(sha256("\0".join((*what, str(seen[what]))).encode()).hexdigest()[:32])
    return names


def labels_of(item: Item) -> dict[str, str]:
    """The labels that stand on an item, by fingerprint."""
    return dict(FindingLabel.objects.filter(item=item).values_list("fingerprint", "label"))


def _example(assessment: Assessment, finding: Evidence) -> dict[str, object]:
    """What a classifier learns from: the words, and those around them."""
    start, end = finding.start, finding.end
    placed = start is not None and end is not None
    return {
        "rule": finding.rule,
        "axis": finding.axis,
        "quote": finding.quote,
        "strength": finding.strength,
        "before": assessment.text[max(0, start - AROUND) : start] if placed and start is not None else "",
        "after": assessment.text[end : end + AROUND] if placed and end is not None else "",
    }
