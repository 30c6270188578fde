"""Teaches which phrases are stranded: link words put into honest text, against the like on real pages.

    python -m pipeline.learn.stranding REFERENCE.tsv.gz NEGATIVES.tsv.gz WCXB_FOLDER

Link words are put into documents of the permissive reference that are kept out of the counts. Negatives are phrases of
the same kinds where they stand: in the same documents, the main content of WCXB pages, the even half of the internal
negatives; for links, the links of WCXB pages.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from pipeline import model_store
from pipeline.clean import Cleaner
from pipeline.detect import anchor_phrases, associations
from pipeline.detect.anchor_phrases import Kind, Phrase, Tokens
from pipeline.detect.associations import Associations, Floats
from pipeline.detect.link_profile import LinkProfile
from pipeline.detect.link_words import TOPICS, matcher
from pipeline.detect.matchers import Matcher, lexicon, normalise, word_set
from pipeline.detect.orphans import link_phrase
from pipeline.detect.stranding import FEATURES, KINDS, NAME, best_of_groups, features
from pipeline.detect.tokens import tokens
from pipeline.errors import LimitExceeded
from pipeline.learn.digests import digests, versions
from pipeline.learn.paragraphs import kept_out, paragraphs
from pipeline.records import Page
from pipeline.settings import Limits

SEED = 7
EDGE = 3
"""Words at either end of a paragraph where nothing is put in."""
SHORTEST, LONGEST = 200, 1_500
"""Characters of paragraphs that take a phrase."""
UNLISTED = 0.4
"""Share of listed phrases that are taught as if they were not listed: other injectors use other words."""
PLACES = ("Brighton", "Tulsa", "San Mateo", "Leeds", "Port Arthur", "Austin", "Calgary", "Newcastle", "Perth", "Cork")
PARTS = (
    "kidney",
    "liver",
    "joint",
    "sleep",
    "anxiety",
    "skin",
    "knee",
    "heart",
    "allergy",
    "weight",
    "migraine",
    "gut",
)
BRANDS = ("Alder", "Bright", "Vita", "Nova", "Renew", "Summit", "Clear", "Harbor", "Zen", "Prime")
HOUSES = ("Clinic", "Studio", "Wellness", "Dental", "Center", "Health", "Labs", "Care", "Recovery", "Spa")
MOST_WEB = 40
"""Phrases taken from one real page."""
Samples = dict[str, list[tuple[Floats, bool]]]


def invented(dice: random.Random) -> str:
    """A search phrase."""
    of = {kind: [e.phrase for e in lexicon(TOPICS) if e.columns["kind"] == kind] for kind in ("care", "goods", "vice")}
    part, place = dice.choice(PARTS), dice.choice(PLACES)
    offer, tail = (
        dice.choice(("best", "cheap", "buy", "order", "affordable", "top")),
        dice.choice(
            ("online", "reviews", "for sale", "near me", "price", "discount code", "deals", "for seniors", "compare")
        ),
    )
    forms = (
        f"{part} {dice.choice(of['goods'])} {tail}",
        f"{offer} {part} {dice.choice(of['goods'])}",
        f"{part} {dice.choice(of['goods'])}",
        f"{part} {dice.choice(of['care'])} {place}",
        f"{dice.choice(of['care'])} in {place}",
        f"{offer} {part} {dice.choice(of['care'])} near me",
        f"{dice.choice(of['vice'])} {tail}",
    )
    return dice.choice(forms)


def calling(dice: random.Random) -> str:
    """A call by the grammar that need not be listed."""
    verb, end = dice.choice(sorted(word_set("call-verbs"))), dice.choice(sorted(word_set("call-ends")))
    return f"{verb} {dice.choice(('the', 'our', 'this', 'your', 'full', 'latest', 'more'))} {end}"


def put_in(text: str, phrase: str, dice: random.Random) -> tuple[str, int] | None:
    """`text` with a phrase between two of its words, and where it stands."""
    gaps = [at for at, character in enumerate(text) if character == " "][EDGE:-EDGE]
    if not gaps:
        return None
    at = dice.choice(gaps)
    return f"{text[:at]} {phrase}{text[at:]}", at + 1


class Teacher:
    """Collects samples by kind of phrase."""

    def __init__(self, table: Associations) -> None:
        self.table = table
        self.matcher = Matcher((anchor_phrases.LEXICON,))
        self.samples: Samples = {kind: [] for kind in KINDS}
        self.dice = random.Random(SEED)

    def read(self, text: str) -> tuple[str, Tokens]:
        """A text normalised, and its tokens."""
        low = normalise(text)
        return low, Tokens(*tokens(low))

    def phrases(self, kind: Kind, text: str, low: str, stream: Tokens) -> list[Phrase]:
        """All phrases of one kind in a text."""
        if kind == "call":
            return list(anchor_phrases.calls(stream, self.matcher.find(low)[anchor_phrases.LEXICON]))
        return list(anchor_phrases.keywords(text, stream, matcher().find(low)[TOPICS]))

    def link(self, low: str, stream: Tokens, first: int, last: int) -> Phrase:
        """The words of a link as a phrase."""
        return link_phrase(stream, first, last, self.matcher.find(low)[anchor_phrases.LEXICON])

    def add(self, kind: str, stream: Tokens, phrases: list[Phrase], stranded: bool) -> None:
        """One sample for each group of phrases."""
        if phrases:
            matrix = features(self.table, stream, phrases)
            self.samples[kind] += [(matrix[number], stranded) for number in best_of_groups(matrix, phrases)]

    def honest(self, text: str) -> None:
        """Phrases of an honest text, where they stand."""
        low, stream = self.read(text)
        for kind in ("call", "keyword"):
            self.add(kind, stream, self.phrases(kind, text, low, stream)[:MOST_WEB], False)

    def injected(self, kind: Kind, text: str, phrase: str) -> None:
        """A phrase put into an honest text."""
        made = put_in(text, phrase, self.dice)
        if made is None:
            return
        text, start = made
        low, stream = self.read(text)
        first, last = stream.between(start, start + len(phrase))
        if kind == "link":
            self.add(kind, stream, [self.link(low, stream, first, last)], True)
            return
        found = [p for p in self.phrases(kind, text, low, stream) if p.first < last and first < p.last]
        groups = {p.group for p in found[:1]}
        found = [p for p in found if p.group in groups]
        if kind == "call" and self.dice.random() < UNLISTED:
            found = [Phrase(p.first, p.last, p.kind, p.group, p.call, p.site) for p in found if p.call or p.site]
        self.add(kind, stream, found, True)

    def linked(self, html: str, url: str) -> None:
        """The links of a real page's body, where they stand."""
        try:
            page = Page(id=url, source=url, kind="html", content=html, url=url or None)
            article = Cleaner(Limits()).clean(page)
        except LimitExceeded:
            return
        low, stream = self.read(article.text)
        profile = LinkProfile(article, low)
        for target in profile.outside[:MOST_WEB]:
            start, end = target.link.start, target.link.end
            if start is None or end is None or target.is_trusted:
                continue
            first, last = stream.between(start, end)
            if first < last:
                self.add("link", stream, [self.link(low, stream, first, last)], False)


def pages(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(HTML, main content, address) of each WCXB page."""
    for path in sorted((folder / "ground-truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        html = gzip.decompress((folder / "html" / f"{path.stem}.html.gz").read_bytes()).decode("utf-8", "replace")
        yield html, truth["ground_truth"].get("main_content") or "", truth.get("url") or ""


def fit(samples: list[tuple[Floats, bool]]) -> tuple[Floats, dict[str, Any]]:
    """Weights with the bias last, and how often they are right out of fold."""
    matrix = np.array([row for row, _ in samples])
    stranded = np.array([label for _, label in samples])
    scale = matrix.std(axis=0) + 1e-6
    model = LogisticRegression(max_iter=3_000)
    likely = cross_val_predict(model, matrix / scale, stranded, cv=5, method="predict_proba")[:, 1]
    model.fit(matrix / scale, stranded)
    metrics: dict[str, Any] = {"stranded": int(stranded.sum()), "honest": int((~stranded).sum())}
    for at in (0.5, 0.8, 0.9, 0.95):
        metrics[f"recall at {at}"] = round(float((likely[stranded] >= at).mean()), 3)
        metrics[f"false at {at}"] = int((likely[~stranded] >= at).sum())
    return np.append(model.coef_[0] / scale, model.intercept_[0]).astype(np.float32), metrics


def collect(reference: Path, negatives: Path, folder: Path) -> Samples:
    """All samples."""
    teacher = Teacher(associations.load())
    dice = teacher.dice
    listed = [entry.phrase for entry in lexicon(anchor_phrases.LEXICON) if " " in entry.phrase]
    texts: Iterable[str] = (p.text for p in paragraphs(reference) if kept_out(p) and SHORTEST < len(p.text) < LONGEST)
    for text in texts:
        call = dice.choice(listed) if dice.random() < 0.7 else calling(dice)
        brand = f"{dice.choice(BRANDS)} {dice.choice(BRANDS)} {dice.choice(HOUSES)}"
        teacher.injected("call", text, call)
        teacher.injected("keyword", text, invented(dice))
        teacher.injected("link", text, dice.choice((call, brand, invented(dice))))
        teacher.honest(text)
    for paragraph in paragraphs(negatives):
        if paragraph.even:
            teacher.honest(paragraph.text)
    for html, content, url in pages(folder):
        teacher.honest(content)
        teacher.linked(html, url)
    return teacher.samples


def main() -> None:
    """Teach and save."""
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    paths = [Path(argument) for argument in sys.argv[1:]]
    weights, metrics = {}, {}
    for kind, samples in collect(*paths).items():
        weights[kind], metrics[kind] = fit(samples)
    folder = model_store.save(
        NAME,
        "1.0.0",
        weights,
        metrics,
        features=FEATURES,
        data=digests(paths),
        libraries=versions("numpy", "scikit-learn"),
        seed=SEED,
        parameters={"unlisted": UNLISTED},
    )
    print(folder, json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main()
