"""Agreement beyond chance, against values computed by hand and published."""

from __future__ import annotations

import pytest
from sklearn.metrics import cohen_kappa_score

from pipeline.desk.services.agreement import cohen_kappa, krippendorff_alpha, wilson


def test_kappa_by_hand() -> None:
    """Fifty things: 20 both yes, 15 both no, 5 and 10 apart. Observed .7, by chance .5 × .6 + .5 × .4 = .5: .4."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_kappa_of_three_labels_is_that_of_a_library() -> None:
    """The labels of the desk, more often the same than not."""
    pairs = [("approve", "approve"), ("reject", "reject"), ("reject", "changes"), ("changes", "reject")] * 3
    pairs += [("reject", "approve"), ("changes", "changes")]
    first, second = zip(*pairs, strict=True)
    assert cohen_kappa(pairs) == pytest.approx(cohen_kappa_score(first, second))


def test_what_has_no_agreement() -> None:
    """Nothing to compare, or nothing that could differ; complete disagreement is below chance."""
    assert cohen_kappa([]) is None
    assert cohen_kappa([("a", "a")] * 3) is None
    assert cohen_kappa([("a", "b"), ("b", "a")]) == -1
    assert krippendorff_alpha([]) is None
    assert krippendorff_alpha([["a"], ["b"]]) is None
    assert krippendorff_alpha([["a", "a"]] * 3) is None


def test_alpha_of_two_readers_and_two_labels_as_published() -> None:
    """Krippendorff (2011), section A, ten units: .095; by hand 8 of 20 values apart, 14 zeros, 6 ones."""
    first, second = "0100000010", "1110010000"
    assert krippendorff_alpha(list(zip(first, second, strict=True))) == pytest.approx(1 - 19 * 8 / (2 * 14 * 6))


def test_alpha_of_four_readers_with_gaps_as_published() -> None:
    """Krippendorff (2011), section C: twelve units, five labels, readers missing here and there: .743."""
    readers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[label for label in unit if label != "."] for unit in zip(*readers, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_the_interval_of_a_share() -> None:
    """2 of 2 proves less than 40 of 50; nothing of nothing proves nothing. 5 of 10 by hand: .237 to .763."""
    assert wilson(2, 2)[0] < wilson(40, 50)[0]
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=0.0001)
