"""How far two readers agree beyond chance.

Cohen's kappa: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
20 (1960) 37–46. Krippendorff's alpha for nominal data, by its coincidence matrix: K. Krippendorff, "Computing
Krippendorff's alpha-reliability", University of Pennsylvania (2011). The interval of a share: E. B. Wilson, "Probable
inference", Journal of the American Statistical Association 22 (1927) 209–212.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

Z = 1.96
"""Of an interval that holds the true share in 95 of 100 cases."""


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Agreement of two readers on the same things, from -1 to 1; 0 is what chance gives.

    None where it is not defined: no pairs, or chance alone would always agree.
    """
    number = len(pairs)
    if not number:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / number
    expected = sum(first[label] * second[label] for label in first) / number**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Agreement of any number of readers, each unit with the labels that it got; at most 1, and 0 is chance.

    A unit with fewer than two labels says nothing. None where no two labels can be compared, or all are the same.
    """
    coincidences: dict[tuple[Hashable, Hashable], float] = {}
    for labels in units:
        if len(labels) < 2:
            continue
        for i, one in enumerate(labels):
            for j, other in enumerate(labels):
                if i != j:
                    coincidences[one, other] = coincidences.get((one, other), 0.0) + 1 / (len(labels) - 1)
    totals: dict[Hashable, float] = {}
    for (one, _), value in coincidences.items():
        totals[one] = totals.get(one, 0.0) + value
    number = sum(totals.values())
    observed = sum(value for (one, other), value in coincidences.items() if one != other)
    expected = number**2 - sum(value**2 for value in totals.values())
    return None if expected < 1e-9 else 1 - (number - 1) * observed / expected


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The interval around the share `part` of `whole`; (0, 1) of nothing."""
    if not whole:
        return 0.0, 1.0
    share, spread = part / whole, Z * Z / whole
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return max(0.0, middle - half), min(1.0, middle + half)
