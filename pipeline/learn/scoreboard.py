"""The scoreboard: how well Unspun does on the gold corpus, axis by axis.

It takes assessments as they come. Models that were trained on gold must have made them out of
fold: `crossval` does that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.learn.compare import Comparison, Counts, fold
from pipeline.learn.gold import GoldPage
from pipeline.learn.metrics import Interval, auc, bootstrap, precision_recall_f1, recall_at
from pipeline.records import Assessment, Evidence

SPIN_RULES_THAT_POINT = ("tortured-phrase", "odd-synonym", "inflated-connector", "broken-name", "grammar-slip")
LEVELS = ("light", "medium", "heavy")
RULE_OF_MARKER = {
    "affiliate-undisclosed": "undisclosed-affiliate",
    "alt-stuffing": "repeated-alt",
    "footer-farm": "link-farm",
}
"""Markers that the gold calls by another name than the rule; all others have the rule's."""
COUNTED = ("link-density",)
"""Markers that the gold gives as a count in words."""
Indices = NDArray[np.intp]
Table = dict[str, dict[str, Any]]
"""Section → metric → [value, low, high], a number, or a table."""


def scoreboard(pages: Sequence[GoldPage], assessments: Sequence[Assessment]) -> Table:
    """All metrics of one run over the gold pages."""
    texts = [Comparison(g, a) for g, a in zip(pages, assessments, strict=True) if g.kind == "text"]
    htmls = [(g, a) for g, a in zip(pages, assessments, strict=True) if g.kind == "html"]
    table: Table = {
        "pages": {
            "text": len(texts),
            "html": len(htmls),
            "not assessed": sum(a.verdict is None for a in assessments),
        }
    }
    if texts:
        table["body lines, text"] = prf(texts, lambda c: c.body_lines())
        table["spin, documents"] = spin_documents(texts)
        table["spin, spans"] = spin_spans(texts)
        table["orphan anchors, text"] = prf(texts, lambda c: c.spans(("orphan-anchor",), c.gold.anchors))
        table["claims, text"] = claims(texts)
    if htmls:
        table["body paragraphs, html"] = html_prf(htmls, body_paragraphs)
        table["link markers, html"] = html_prf(htmls, markers)
        table["link markers, html"]["by kind"] = markers_by_kind(htmls)
        table["spam links, html"] = html_prf(htmls, spam_links)
        table["claims, html"] = html_prf(htmls, html_claims)
    table["verdicts"] = verdicts(pages, assessments)
    return table


def prf(texts: Sequence[Comparison], count: Callable[[Comparison], Counts]) -> dict[str, Any]:
    """Micro precision, recall and F1 over text pages."""
    return prf_of([count(c) for c in texts], [c.gold.group for c in texts])


def html_prf(
    htmls: Sequence[tuple[GoldPage, Assessment]], count: Callable[[GoldPage, Assessment], Counts]
) -> dict[str, Any]:
    """Micro precision, recall and F1 over HTML pages."""
    return prf_of([count(g, a) for g, a in htmls], [g.group for g, _ in htmls])


def prf_of(counts: Sequence[Counts], groups: Sequence[str]) -> dict[str, Any]:
    """Micro precision, recall and F1 with intervals, from counts a document."""
    array = np.array(counts, dtype=np.float64)
    found: dict[str, Any] = {}
    for number, name in enumerate(("precision", "recall", "F1")):

        def statistic(indices: Indices, number: int = number) -> float:
            return precision_recall_f1(array[indices].sum(axis=0))[number]

        found[name] = bootstrap(groups, statistic)
    found["found / expected"] = f"{int(array[:, 1].sum())} / {int(array[:, 2].sum())}"
    return found


def spin_documents(texts: Sequence[Comparison]) -> dict[str, Any]:
    """Document AUC by level against genuine and against awkward genuine pages, and recall at few false alarms."""
    score = np.array([c.assessment.scores.spin for c in texts])
    level = np.array([c.gold.spun for c in texts])
    awkward = np.array([c.gold.awkward for c in texts])
    groups = [c.gold.group for c in texts]
    negatives = {"genuine": (level == "none") & ~awkward, "awkward genuine": (level == "none") & awkward}
    found: dict[str, Any] = {}
    for against, negative in negatives.items():
        for name in ("all", *LEVELS):
            positive = (level != "none") if name == "all" else (level == name)
            found[f"AUC {name}, against {against}"] = pairwise(groups, score, positive, negative, auc)
    every = level == "none"
    for share in (0.0, 0.05):

        def at(positive: Any, negative: Any, share: float = share) -> float:
            return recall_at(positive, negative, share)

        found[f"recall at {share:.0%} false positives"] = pairwise(groups, score, level != "none", every, at)
    return found


def pairwise(groups: Sequence[str], score: Any, positive: Any, negative: Any, metric: Callable[..., float]) -> Interval:
    """`metric` of positive against negative scores, with its interval."""
    return bootstrap(groups, lambda i: metric(score[i][positive[i]], score[i][negative[i]]))


def spin_spans(texts: Sequence[Comparison]) -> dict[str, Any]:
    """Odd words found, how many of the findings are right, and whether the original is offered."""
    found = prf(texts, lambda c: c.spans(SPIN_RULES_THAT_POINT, c.gold.substitutions))
    groups = [c.gold.group for c in texts]
    for first in (1, 3):
        restored = [c.restored(SPIN_RULES_THAT_POINT, first) for c in texts]
        found[f"original in first {first}, of spans found"] = bootstrap(groups, share_of([(r, n) for n, r in restored]))
    genuine = [c for c in texts if c.gold.spun == "none"]
    for name, some in (("genuine", False), ("awkward genuine", True)):
        chosen = [c for c in genuine if c.gold.awkward == some]
        words = sum(c.assessment.signals.get("words", 0) for c in chosen)
        alarms = sum(len(c.placed(SPIN_RULES_THAT_POINT)) for c in chosen)
        found[f"false spans per 1,000 words, {name}"] = round(1000 * alarms / words, 2) if words else float("nan")
    return found


def claims(texts: Sequence[Comparison]) -> dict[str, Any]:
    """Unsupported-claim sentences and supported claims wronged; then all claims, their support and their types."""
    found = prf(texts, lambda c: c.claims()[0])
    groups = [c.gold.group for c in texts]
    found["supported called unsupported"] = bootstrap(groups, share_of([c.claims()[1:] for c in texts]))
    found |= {f"claim or no claim, {name}": value for name, value in prf(texts, lambda c: c.all_claims()).items()}
    found["support told, of claims found"] = bootstrap(groups, share_of([c.support() for c in texts]))
    found["type told, of typed claims found"] = bootstrap(groups, share_of([c.types() for c in texts]))
    return found


def share_of(counts: Sequence[tuple[int, int]]) -> Callable[[Indices], float]:
    """The share of the second counts that the first make up, over some documents; nan over none."""
    array = np.array(counts, dtype=np.float64)

    def share(indices: Indices) -> float:
        part, total = array[indices].sum(axis=0)
        return float(part / total) if total else float("nan")

    return share


def body_paragraphs(gold: GoldPage, assessment: Assessment) -> Counts:
    """Body paragraphs of an HTML page kept whole (the title apart)."""
    expected = Counter(fold(p) for p in gold.html["body_paragraphs"])
    kept = Counter(fold(assessment.text[b.start : b.end]) for b in assessment.blocks)
    right = (expected & kept).total()
    return right, kept.total(), expected.total(), right


def markers(gold: GoldPage, assessment: Assessment) -> Counts:
    """Link markers of an HTML page: same kind, and what the finding shows inside the marker or the other way round."""
    ours = [shown(e) for e in assessment.evidence if e.axis == "links"]
    theirs = marked(gold)
    right = sum(any(agree(mine, other) for other in theirs) for mine in ours)
    hit = sum(any(agree(mine, other) for mine in ours) for other in theirs)
    return right, len(ours), len(theirs), hit


def marked(gold: GoldPage) -> list[tuple[str, str]]:
    """The markers of an HTML page: name of the rule that should find it, and evidence."""
    return [(RULE_OF_MARKER.get(m["kind"], m["kind"]), fold(unescape(m["evidence"]))) for m in gold.html["markers"]]


def shown(evidence: Evidence) -> tuple[str, list[str]]:
    """What a finding shows: its rule's name; its quote, the addresses it accuses, the label over them."""
    related = evidence.related
    parts = [evidence.quote, *related.get("hrefs", ()), related.get("label", "")]
    return evidence.name, [fold(unescape(part)) for part in parts if part]


def agree(ours: tuple[str, list[str]], theirs: tuple[str, str]) -> bool:
    """Whether a finding is the marker: same kind, and one inside the other; a count in words agrees by its kind."""
    if ours[0] != theirs[0]:
        return False
    return ours[0] in COUNTED or any(part in theirs[1] or theirs[1] in part for part in ours[1])


def spam_links(gold: GoldPage, assessment: Assessment) -> Counts:
    """Links of an HTML page that some finding of the links axis accuses, against those that the gold calls spam."""
    ours = {n for e in assessment.evidence if e.axis == "links" for n in e.related.get("links", ())}
    theirs = {number for number, link in enumerate(gold.html["links"]) if link["spam"]}
    right = len(ours & theirs)
    return right, len(ours), len(theirs), right


def markers_by_kind(htmls: Sequence[tuple[GoldPage, Assessment]]) -> dict[str, str]:
    """For each kind: right / found, found / expected."""
    kinds = {kind for g, _ in htmls for kind, _ in marked(g)}
    kinds |= {e.name for _, a in htmls for e in a.evidence if e.axis == "links"}
    table = {}
    for kind in sorted(kinds):
        total = np.zeros(4, dtype=int)
        for gold, assessment in htmls:
            ours = [shown(e) for e in assessment.evidence if e.name == kind]
            theirs = [marker for marker in marked(gold) if marker[0] == kind]
            total += [
                sum(any(agree(mine, other) for other in theirs) for mine in ours),
                len(ours),
                len(theirs),
                sum(any(agree(mine, other) for mine in ours) for other in theirs),
            ]
        table[kind] = f"right {total[0]} of {total[1]} found; {total[3]} of {total[2]} expected"
    return table


def html_claims(gold: GoldPage, assessment: Assessment) -> Counts:
    """Unsupported claims of an HTML page, one quote inside the other."""
    ours = [fold(c.quote) for c in assessment.claims if c.support in ("none", "vague")]
    theirs = [fold(sentence) for sentence in gold.html["claims"]["unsupported"]]
    right = sum(any(mine in other or other in mine for other in theirs) for mine in ours)
    hit = sum(any(mine in other or other in mine for mine in ours) for other in theirs)
    return right, len(ours), len(theirs), hit


def verdicts(pages: Sequence[GoldPage], assessments: Sequence[Assessment]) -> dict[str, Any]:
    """The confusion of verdicts, gold first, and the share that agree."""
    pairs = [(g.verdict, a.verdict or "error") for g, a in zip(pages, assessments, strict=True)]
    confusion = Counter(pairs)
    agree_at = np.array([gold == ours for gold, ours in pairs], dtype=np.float64)
    alarms = np.array([ours != "pass" for gold, ours in pairs if gold == "pass"], dtype=np.float64)
    found: dict[str, Any] = {
        "accuracy": bootstrap([g.group for g in pages], lambda i: float(agree_at[i].mean())),
        "pass pages flagged": f"{int(alarms.sum())} of {len(alarms)}",
    }
    for gold in ("pass", "review", "hold"):
        row = {ours: confusion[gold, ours] for ours in ("pass", "review", "hold", "error")}
        found[f"gold {gold}"] = ", ".join(f"{ours} {n}" for ours, n in row.items() if n or ours != "error")
    return found
