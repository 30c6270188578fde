"""Training the line classifier: labels, splits, views, and trees that predict as scikit-learn does."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline import trees
from pipeline.clean.boxes import NameWeights
from pipeline.clean.features import Weights
from pipeline.clean.lines import Line
from pipeline.clean.text_features import Lexicon
from pipeline.learn import labelled_pages, line_labels, lines
from pipeline.learn.boosting import export
from pipeline.learn.line_weights import name_weights
from pipeline.learn.lines import fit, kept_by, measure

WCXB = Path(__file__).parents[3] / "shared" / "data" / "html" / "wcxb-dev"


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_exported_trees_predict_as_scikit_learn(missing: float) -> None:
    """Plain arrays give the probabilities of the model they came from, missing values included."""
    dice = np.random.default_rng(5)
    x = dice.normal(size=(3000, 12)).astype(np.float32)
    x[:, 3] = x[:, 3].round()
    y = x[:, 0] + x[:, 1] * x[:, 2] > 0.2
    x[dice.random(x.shape) < missing] = np.nan
    model = HistGradientBoostingClassifier(max_iter=30, max_depth=5).fit(x, y)
    exported = trees.from_arrays(export(model, x.shape[1]).arrays("a_"), "a_")
    assert np.abs(exported.probability(x) - model.predict_proba(x)[:, 1]).max() < 1e-6


def test_labels_follow_the_content_in_sequence() -> None:
    """Long lines by their words; short ones only where they stand between those; repeats count once."""
    content = (
        "Causes\nStones form when salts in the urine clump together.\n- Pain\nThey often pass on their own in weeks."
    )
    texts = [
        "Pain",
        "Causes",
        "Stones form when salts in the urine clump together.",
        "Pain",
        "Share",
        "They often pass on their own in weeks.",
        "Stones form when salts in the urine clump together.",
        "Causes of gout and what to do about them",
    ]
    expected = [False, True, True, True, False, True, False, False]
    assert line_labels.label([Line(text) for text in texts], content) == expected


def test_kept_lines_are_found_in_the_order_of_the_page() -> None:
    """A kept heading is not taken for its entry in the table of contents, nor a line kept once for all its copies."""
    texts = ["Causes", "Treatment", "Share", "Causes", "Salts clump.", "Treatment", "Drink.", "Share"]
    kept = [False, False, False, True, True, True, True, False]
    assert line_labels.kept_lines(texts, "Causes\n\nSalts  clump.\n\nTreatment\n\nDrink.") == kept
    assert line_labels.kept_lines(texts, "\n".join(texts)) == [True] * len(texts)
    assert line_labels.kept_lines(texts, "") == [False] * len(texts)


def test_domains_never_straddle_splits() -> None:
    """Pages of one registered domain fall into one split."""
    assert (
        labelled_pages.domain_of("https://blog.example.co.uk/x")
        == labelled_pages.domain_of("http://example.co.uk")
        == "example.co.uk"
    )
    assert labelled_pages.domain_of("https://a.b.example.com:8080/") == "example.com"
    assert {labelled_pages.split_of(f"site{n}.example") for n in range(100)} == {"train", "choose", "report"}


@pytest.mark.slow
@pytest.mark.skipif(not WCXB.is_dir(), reason="needs the WCXB pages (../shared/data/html/wcxb-dev)")
def test_training_runs_on_a_few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """From pages to measured model: both stages fit, export and measure."""
    monkeypatch.setattr(lines, "FIRST", lines.FIRST | {"max_iter": 5})
    monkeypatch.setattr(lines, "SECOND", lines.SECOND | {"max_iter": 5})
    pages = list(islice(labelled_pages.read(WCXB), 6))
    unknown = Weights(Lexicon({}), NameWeights({}))
    model = fit("html", pages, [unknown] * lines.FOLDS, unknown)
    assert measure(kept_by(model, pages))[0]["word_f1"] > 0.5
    assert {"html_first_left", "html_second_left"} < set(model.arrays())
    fitted = Mock(return_value=model)
    monkeypatch.setattr(lines, "fit", fitted)
    [of_all, *_] = lines.cross_validated("html", pages)
    assert (of_all["type"], of_all["pages"]) == ("all", len(pages))
    taught = sum(len(call.args[1]) for call in fitted.call_args_list)
    assert taught == (lines.FOLDS - 1) * len(pages)


def test_a_long_line_out_of_order_is_body_as_often_as_it_is_content() -> None:
    """A page that shows things in another order than the annotator loses none of them, and gains no copy."""
    content = "Stones form when salts in the urine clump together.\nThey often pass on their own in weeks."
    first, second = content.split("\n")
    assert line_labels.label([Line(text) for text in (second, first, first, "Share")], content).count(True) == 2


def test_weights_of_names_tell_body_from_furniture() -> None:
    """A name that holds body on the pages that have it weighs more than one that holds none."""
    pages = []
    for number in range(6):
        html = f"<div class=story><p>The blood goes back to the heart by itself {number}.</p></div>"
        html += "<div class=promo>Buy</div>"
        cut = labelled_pages.read_page(html)
        pages.append(
            labelled_pages.Sample(str(number), f"{number}.example", "article", "html", cut, [True, False], "x")
        )
    weights = name_weights(pages)
    assert weights["story"] > 0 > weights["promo"]
