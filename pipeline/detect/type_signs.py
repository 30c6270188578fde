"""Signs of what type a claim is of: which kinds of words it holds, which of them together, and what it promises.

A number alone makes no statistic and a part of the body no mechanism; a number of people who have something is a
prevalence, a part of the body that something acts upon a mechanism, and a recovery told in quotation marks an efficacy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.matchers import word_set
from pipeline.detect.severity import FORMS
from pipeline.detect.word_flags import Gates, gate

if TYPE_CHECKING:
    from pipeline.detect.reading import Reading

KINDS = {name: word_set(f"type-{name.replace(' ', '-')}") for name in (
    "people", "have", "units", "quantity", "change", "comparing", "superlative", "better", "masking", "cause", "body",
    "acts", "duty", "may do", "universal", "harm", "outcome", "says", "authority",
)}  # fmt: skip
SIGNS = {
    **{name: gate(words) for name, words in KINDS.items()},
    "number of people": gate(KINDS["quantity"], KINDS["people"]),
    "number of people who have it": gate(KINDS["quantity"], KINDS["people"], KINDS["have"]),
    "changed by so much": gate(KINDS["quantity"], KINDS["units"], KINDS["change"]),
    "body acted upon": gate(KINDS["body"], KINDS["acts"]),
    "told in quotation marks": gate(word_set("claim-first-person"), word_set("claim-quotation")),
    "better than": gate(KINDS["better"], KINDS["comparing"]),
}
GATES = Gates(SIGNS.values())
RISKS = tuple(dict.fromkeys(form.risk for form in FORMS if form.tone == "promise"))
TYPE_SIGNS = (*(f"sign {name}" for name in SIGNS), *RISKS)
RISK_COLUMNS = {risk: len(SIGNS) + column for column, risk in enumerate(RISKS)}


def features(reading: Reading) -> NDArray[np.float32]:
    """(sentences, len(TYPE_SIGNS)): 1 or 0."""
    found = np.zeros((len(reading.sentences), len(TYPE_SIGNS)), dtype=np.float32)
    found[:, : len(SIGNS)] = GATES.passed(reading.sentence_flags)
    for number, danger in enumerate(reading.dangers):
        for risk in danger.names:
            found[number, RISK_COLUMNS[risk]] = 1.0
    return found
