"""Two texts side by side: sentences that say the same in the same order, the words that differ marked.

Sentences are paired by a monotone alignment that is best over the whole (Needleman and Wunsch 1970) under the share of
words in common, where numbers and capitalised words count three times: a spinner leaves them. Words within a pair are
compared by difflib.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.report.safe_text import printable

SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
WORD = re.compile(r"\w+(?:['’-]\w+)*")
TOKEN = re.compile(r"\s+|\w+(?:['’-]\w+)*|[^\w\s]+")
MOST_SENTENCES = 240
"""Of each text: the work grows with the product. 240 are some 4,500 words."""
LEAST_ALIKE = 0.2
"""Share of words in common below which two sentences are not a pair. Set by hand on spun samples: pairs of the same
sentence under two spinners share .25 to .7, different sentences of one topic .05 to .15."""


@dataclass(frozen=True)
class Bit:
    """A run of words; `changed` where the other side has others in its place, or none."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Row:
    """A pair of sentences, or one that the other text has not."""

    left: list[Bit]
    right: list[Bit]
    alike: float

    @property
    def kind(self) -> str:
        """For the look: same, changed, or only on one side."""
        if not self.left or not self.right:
            return "alone"
        return "changed" if any(bit.changed for bit in (*self.left, *self.right)) else "same"


def sentences(text: str) -> list[str]:
    """The sentences of a text, white space folded, up to `MOST_SENTENCES`."""
    cut = (" ".join(printable(part).split()) for part in SENTENCE_END.split(text))
    return [sentence for sentence in cut if sentence][:MOST_SENTENCES]


def aligned(left: str, right: str) -> list[Row]:
    """All sentences of both texts in order, paired where they are alike."""
    ours, theirs = sentences(left), sentences(right)
    rows: list[Row] = []
    for i, j, alike in _pairs([_weights(s) for s in ours], [_weights(s) for s in theirs]):
        if i is not None and j is not None:
            rows.append(Row(*compared(ours[i], theirs[j]), alike))
        elif i is not None:
            rows.append(Row([Bit(ours[i], False)], [], 0.0))
        elif j is not None:
            rows.append(Row([], [Bit(theirs[j], False)], 0.0))
    return rows


def compared(left: str, right: str) -> tuple[list[Bit], list[Bit]]:
    """Both sentences, with what differs marked; case is no difference."""
    ours, theirs = TOKEN.findall(left), TOKEN.findall(right)
    matcher = SequenceMatcher(None, [t.casefold() for t in ours], [t.casefold() for t in theirs], autojunk=False)
    a: list[Bit] = []
    b: list[Bit] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        for side, bit in ((a, ours[i1:i2]), (b, theirs[j1:j2])):
            if bit:
                _add(side, "".join(bit), changed=kind != "equal")
    return _joined(a), _joined(b)


def _add(side: list[Bit], text: str, *, changed: bool) -> None:
    """A bit, its outer white space unmarked."""
    core = text.strip()
    if not changed or not core:
        side.append(Bit(text, False))
        return
    start = text.index(core)
    side += [Bit(text[:start], False), Bit(core, True), Bit(text[start + len(core) :], False)]


def _joined(bits: Sequence[Bit]) -> list[Bit]:
    """Neighbours of one kind as one; a space between two changed words is changed with them."""
    found: list[Bit] = []
    for number, bit in enumerate(bits):
        changed = bit.changed
        if bit.text.isspace() and found and found[-1].changed and any(b.text for b in bits[number + 1 : number + 2]):
            changed = bits[number + 1].changed
        if not bit.text:
            continue
        if found and found[-1].changed == changed:
            found[-1] = Bit(found[-1].text + bit.text, changed)
        else:
            found.append(Bit(bit.text, changed))
    return found


def _weights(sentence: str) -> dict[str, int]:
    """The words of a sentence with what they count for."""
    found: dict[str, int] = {}
    for number, match in enumerate(WORD.finditer(sentence)):
        word = match.group()
        telling = word[0].isdigit() or (word[0].isupper() and number > 0)
        found[word.casefold()] = 3 if telling else 1
    return found


def _pairs(
    ours: Sequence[dict[str, int]], theirs: Sequence[dict[str, int]]
) -> list[tuple[int | None, int | None, float]]:
    """The best alignment: (place here, place there, likeness), None where there is no partner."""
    rows, columns = len(ours), len(theirs)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    alike = [[0.0] * columns for _ in range(rows)]
    sizes = [sum(words.values()) for words in theirs]
    for i in range(rows - 1, -1, -1):
        words, size, below = ours[i], sum(ours[i].values()), best[i + 1]
        row = best[i]
        for j in range(columns - 1, -1, -1):
            common = sum(words[word] for word in words.keys() & theirs[j].keys())
            likeness = common / (size + sizes[j] - common) if common else 0.0
            alike[i][j] = likeness
            pair = below[j + 1] + likeness if likeness >= LEAST_ALIKE else -1.0
            row[j] = max(pair, below[j], row[j + 1])
    found: list[tuple[int | None, int | None, float]] = []
    i = j = 0
    while i < rows and j < columns:
        if alike[i][j] >= LEAST_ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            found.append((i, j, alike[i][j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((i, None, 0.0))
            i += 1
        else:
            found.append((None, j, 0.0))
            j += 1
    found += [(k, None, 0.0) for k in range(i, rows)] + [(None, k, 0.0) for k in range(j, columns)]
    return found
