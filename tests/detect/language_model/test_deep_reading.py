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
    return DeepReading.by(runtimes["int8"], discriminator.load(1), deep_models.load(DEEP), text, normalise(text))


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
    single = singles(seen.features, [place], MOST_NEIGHBOURS)[place]
    rows = choices(seen.deep, place, single)
    only_leads = np.array([float(name == "lead") for name in CHOICE], dtype=np.float32)
    ranked = chosen(seen.features, seen.deep, only_leads, [place])[place]
    assert set(ranked) == set(single)
    assert max(ranked, key=lambda text: ranked[text]) == list(single)[int(np.argmax(rows[:, CHOICE.index("lead")]))]
    assert (rows[rows[:, CHOICE.index("lead known")] == 0][:, 1:] == 0).all()


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
