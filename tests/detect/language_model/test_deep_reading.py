"""An article read by the deeper tiers: shapes, offsets, suggestions with the random language model; the fetched one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.detect import deep_models, discriminator, language_model, spin_models
from pipeline.detect.deep_document_features import of_language_model
from pipeline.detect.deep_models import DEEP, MIDDLE
from pipeline.detect.deep_reading import DeepReading
from pipeline.detect.deep_suggestions import CHOICE, choices, chosen
from pipeline.detect.matchers import Matcher, normalise
from pipeline.detect.reading import Reading
from pipeline.detect.rewrites import likely
from pipeline.detect.suggestions import singles
from pipeline.detect.thesaurus import MOST as MOST_NEIGHBOURS
from pipeline.detect.tiers import Tiers, read
from pipeline.settings import Depth
from tests.cli.test_scan import unspun
from tests.detect.articles import article
from tests.detect.test_spin_reading import SPUN

SAMPLES = Path(__file__).parents[3] / "samples" / "pages"
LACKING = language_model.missing()
fetched = pytest.mark.skipif(bool(LACKING), reason=f"the fetched model is not here: {LACKING}")


def by(runtimes: dict[str, Any], text: str) -> DeepReading:
    """A text read under the shipped deep models."""
    return DeepReading.by(
        runtimes["int8"],
        discriminator.load(1),
        lambda: discriminator.load_corrector(1),
        deep_models.load(DEEP),
        text,
        normalise(text),
    )


def test_spans_quote_the_article(runtimes: dict[str, Any]) -> None:
    """Rules need not know which tier speaks: spans, strengths and suggestions are as the fast tier's."""
    text = "Ünïcode 🩺 first. " + SPUN
    seen = by(runtimes, text)
    spans = seen.spans(0.0)
    assert spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(0 <= span.strength <= 1 for span in spans)
    assert any(span.suggestions for span in spans)
    assert 0 <= seen.probability <= 1
    assert seen.deep_words > 20


@pytest.mark.parametrize("text", ["", "a", "… — !!", "The nurse."])
def test_little_text(runtimes: dict[str, Any], text: str) -> None:
    """Where the language model has too little to say its features are missing, and a probability still comes."""
    seen = by(runtimes, text)
    assert np.isnan(of_language_model(seen.features, seen.deep)).any()
    assert 0 <= seen.probability <= 1
    assert isinstance(seen.spans(0.3), list)


def test_what_the_model_likes_best_comes_first(runtimes: dict[str, Any]) -> None:
    """Under a chooser that heeds the language model alone its favourite leads, and no suggestion is lost."""
    seen = by(runtimes, SPUN)
    place = next(n for n, options in enumerate(seen.deep.options) if len(options) > 3)
    [(_, names, rows)] = choices(seen.features, seen.deep, seen.corrector(), [place])
    only_leads = np.array([float(name == "lead") for name in CHOICE], dtype=np.float32)
    ranked = chosen(seen.features, seen.deep, seen.corrector(), only_leads, [place])[place]
    assert set(ranked) == set(names) >= set(singles(seen.features, [place], MOST_NEIGHBOURS)[place])
    assert max(ranked, key=lambda text: ranked[text]) == names[int(np.argmax(rows[:, CHOICE.index("lead")]))]
    assert (rows[rows[:, CHOICE.index("lead known")] == 0][:, 1:5] == 0).all()


def test_the_corrector_proposes_what_the_thesaurus_lacks(runtimes: dict[str, Any]) -> None:
    """Known words that are marked as such, no form of the word itself, and log-probabilities for all."""
    seen = by(runtimes, SPUN)
    places = [n for n, options in enumerate(seen.deep.options) if options]
    unlisted, corrected = CHOICE.index("unlisted"), CHOICE.index("corrected")
    found = list(choices(seen.features, seen.deep, seen.corrector(), places))
    assert [place for place, _, _ in found] == places
    for place, names, rows in found:
        listed = singles(seen.features, [place], MOST_NEIGHBOURS)[place]
        assert {name for name, row in zip(names, rows, strict=True) if row[unlisted]} == set(names) - set(listed)
        assert (rows[:, corrected] <= 0).all()
        word = seen.features.company.words[place]
        assert not any(name[:4] == word[:4] for name in set(names) - set(listed))
    assert any(row[unlisted] for _, _, rows in found for row in rows)


def test_the_article_before_a_word_changes_with_it(runtimes: dict[str, Any]) -> None:
    """Where the best suggestion takes the other one; and only there."""
    text = "It was An action of the doctors, and a deed of the nurses."
    seen = by(runtimes, text)
    words = seen.features.company.words
    place = words.index("action")
    span = seen.span(place, place, 0.9, {place: {"step": 1.0, "effort": 0.0}})
    assert text[span.start : span.end] == "An action"
    assert span.suggestions[:2] == ("A step", "An effort")
    place = words.index("deed")
    span = seen.span(place, place, 0.9, {place: {"step": 1.0}})
    assert text[span.start : span.end] == "deed"
    assert span.suggestions == ("step",)


def test_a_phrase_is_rewritten_word_by_word(runtimes: dict[str, Any]) -> None:
    """With the capitals of the phrase, best first."""
    text = "Expecting females should ask a doctor before they take this medicine."
    seen = by(runtimes, text)
    options = {0: likely({"pregnant": 6.0, "waiting": 0.0}), 1: likely({"women": 6.0, "girls": 0.0})}
    object.__setattr__(seen, "strengths", np.full(len(seen.features.words), 0.9, dtype=np.float32))
    span = seen.span(0, 1, 0.9, options)
    assert text[span.start : span.end] == "Expecting females"
    assert span.suggestions[0] == "Pregnant women"


@pytest.mark.parametrize("depth", ["middle", "deep"])
def test_real_tiers_read(runtimes: dict[str, Any], depth: Depth) -> None:
    """The middle tier without the language model, the deep one with it."""
    deep = deep_models.load(DEEP) if depth == "deep" else None
    made = Tiers(spin_models.load(), deep_models.load(MIDDLE), deep, depth, lambda: runtimes["int8"])
    seen = read(Reading(article(SPUN * 3), Matcher(())), made)
    assert isinstance(seen, DeepReading)
    assert (seen.deep_words > 0) == (depth == "deep")
    assert not np.isnan(seen.deep.replaced[0][seen.features.words]).any()


@fetched
def test_the_fetched_model_tells_spun_from_honest() -> None:
    """Samples of both kinds, and the words are shown."""
    from pipeline.flow import Engine
    from pipeline.ingest import read as pages
    from pipeline.settings import Settings

    engine = Engine(Settings(depth="deep"))
    spun, honest = engine.assess_many(pages([next(SAMPLES.glob("02-*")), next(SAMPLES.glob("11-*"))], engine.settings))
    assert spun.scores.spin > 0.6
    assert honest.scores.spin < 0.3
    assert spun.signals["spin.deep_words"] > 500
    assert spun.versions.models["smollm2-135m"]
    assert sum(found.name == "odd-synonym" for found in spun.evidence) > 20


@fetched
@pytest.mark.parametrize("depth", ["auto", "deep"])
def test_workers_read_deeply(depth: str) -> None:
    """A scan's workers load the model, within their memory, and say that it spoke."""
    done = unspun("scan", next(SAMPLES.glob("02-*")), "--depth", depth, "--jobs", 2, "--format", "jsonl")
    assert done.returncode == 1, done.stderr
    assert '"spin.deep_words":' in done.stdout
    assert '"deep-spin-words"' in done.stdout
