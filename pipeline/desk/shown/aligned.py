"""Two texts side by side: the sentences that say the same, in the order of the first, the words that differ marked.

Spinners swap words and may move paragraphs; they leave names, numbers and rare terms. So sentences are paired by the
words they share, weighed by how rare these are in both texts: first those that are each other's best, wherever they
stand, then their neighbours with less proof. Words within a pair are compared by difflib.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.report.safe_text import printable

SENTENCE_END = re.compile(
    r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bSt\.)(?<=[.!?][\"”’)\]]|.[.!?])\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+"
)
WORD = re.compile(r"\w+(?:['’-]\w+)*")
TOKEN = re.compile(r"\s+|\w+(?:['’-]\w+)*|[^\w\s]+")
MOST_SENTENCES = 400
"""Of each text; some 8,000 words."""
STEM = 6
"""Letters by which a word is known."""
TELLING = 2.0
"""Weight of a number, or a name inside a sentence, over that of another word as rare."""
LEAST_ALIKE = 0.22
LEAST_BESIDE = 0.1
"""Likeness of a pair by itself, and of one beside a pair. Set by hand, looking at the two spins of one
article among the samples (30 of 32 pairs are right) and at two unrelated pages (one pair); no sweep on marked pairs."""
Stems = dict[str, bool]


@dataclass(frozen=True)
class Bit:
    """A run of words; `changed` where the other side has others in its place, or none."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Row:
    """A pair of sentences, or one that the other text has not; `moved` where the right one stood earlier there."""

    left: list[Bit]
    right: list[Bit]
    moved: bool = False

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
    """All sentences of both texts: in the order of the left one, what only the right one has behind what it follows."""
    ours, theirs = sentences(left), sentences(right)
    partners = _partners([_stems(s) for s in ours], [_stems(s) for s in theirs])
    at = {j: i for i, (j, _) in partners.items()}
    behind: dict[int, list[int]] = {}
    place = -1
    for j in range(len(theirs)):
        place = at.get(j, place)
        if j not in at:
            behind.setdefault(place, []).append(j)
    rows = [Row([], [Bit(theirs[j], False)]) for j in behind.get(-1, ())]
    last = -1
    for i, sentence in enumerate(ours):
        if i in partners:
            partner, _ = partners[i]
            rows.append(Row(*compared(sentence, theirs[partner]), moved=partner < last))
            last = partner
        else:
            rows.append(Row([Bit(sentence, False)], []))
        rows += [Row([], [Bit(theirs[k], False)]) for k in behind.get(i, ())]
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


def _joined(bits: Iterable[Bit]) -> list[Bit]:
    """Neighbours of one kind as one; the space between two changed words is changed with them."""
    found: list[Bit] = []
    for bit in filter(lambda bit: bit.text, bits):
        if len(found) > 1 and bit.changed and found[-1].text.isspace() and found[-2].changed:
            space = found.pop()
            found[-1] = Bit(found[-1].text + space.text + bit.text, True)
        elif found and found[-1].changed == bit.changed:
            found[-1] = Bit(found[-1].text + bit.text, bit.changed)
        else:
            found.append(bit)
    return found


def _stems(sentence: str) -> dict[str, bool]:
    """The words of a sentence by their beginnings, for inflection, and whether each is telling."""
    words = [match.group() for match in WORD.finditer(sentence)]
    title_case = sum(word[0].isupper() for word in words) * 2 > len(words)
    found: dict[str, bool] = {}
    for number, word in enumerate(words):
        telling = word[0].isdigit() or (word[0].isupper() and number > 0 and not title_case)
        stem = word.casefold()[:STEM]
        found[stem] = found.get(stem, False) or telling
    return found


def _likeness(ours: Sequence[Stems], theirs: Sequence[Stems]) -> dict[tuple[int, int], float]:
    """Of each two sentences with a word in common: the weight of the common words over that of all (Dice 1945)."""
    number = Counter(stem for sentence in (*ours, *theirs) for stem in sentence)
    total = len(ours) + len(theirs)

    def weight(stem: str, telling: bool) -> float:
        return math.log(1 + total / number[stem]) * (TELLING if telling else 1.0)

    def size(sentence: Stems) -> float:
        return sum(weight(stem, telling) for stem, telling in sentence.items())

    having: dict[str, list[int]] = {}
    for j, sentence in enumerate(theirs):
        for stem in sentence:
            having.setdefault(stem, []).append(j)
    sizes = [size(sentence) for sentence in theirs]
    common: dict[tuple[int, int], float] = {}
    for i, sentence in enumerate(ours):
        for stem, telling in sentence.items():
            for j in having.get(stem, ()):
                common[i, j] = common.get((i, j), 0.0) + weight(stem, telling and theirs[j][stem])
    mine = [size(sentence) for sentence in ours]
    return {(i, j): 2 * value / (mine[i] + sizes[j]) for (i, j), value in common.items()}


def _partners(ours: Sequence[Stems], theirs: Sequence[Stems]) -> dict[int, tuple[int, float]]:
    """For each sentence here that has one, its partner there and how alike they are."""
    alike = _likeness(ours, theirs)
    best_left: dict[int, tuple[float, int]] = {}
    best_right: dict[int, tuple[float, int]] = {}
    for (i, j), value in alike.items():
        best_left[i] = max(best_left.get(i, (0.0, 0)), (value, -j))
        best_right[j] = max(best_right.get(j, (0.0, 0)), (value, -i))
    found = {i: (-j, value) for i, (value, j) in best_left.items() if value >= LEAST_ALIKE and best_right[-j][1] == -i}
    taken = {j for j, _ in found.values()}
    ahead = sorted(found.items())
    while ahead:
        i, (j, _) = ahead.pop()
        for k, m in ((i + 1, j + 1), (i - 1, j - 1)):
            value = alike.get((k, m), 0.0)
            if k not in found and m not in taken and value >= LEAST_BESIDE:
                found[k] = (m, value)
                taken.add(m)
                ahead.append((k, found[k]))
    return found
