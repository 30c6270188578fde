"""Which other items may come from the same source as this one: those that share its rare words.

Spinners leave alone what is rare: names, numbers, terms. A word weighs by how few items have it (inverse document
frequency); a word that nearly every item has weighs nothing. A first guess: no more is needed to
offer a choice.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from django.db import connection

from pipeline.desk.models import Item
from pipeline.records import Assessment

TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}|\d[\d.,]*\d")
MOST_WORDS = 48
"""Words looked up: the longest names, numbers and terms of an article; each costs a look into the index."""
COMMON = 60
"""Items with a word from which on it tells nothing; on a small desk a tenth of all, but never fewer than three."""
LEAST = 2
"""Shared rare words below which an item is not offered."""


def likeliest(item: Item, assessment: Assessment, most: int = 5) -> list[tuple[Item, int]]:
    """Items most like this one, best first, with the number of rare words that they share."""
    weight: Counter[int] = Counter()
    shared: Counter[int] = Counter()
    common = max(3, min(COMMON, Item.objects.count() // 10))
    for word in rare_words(assessment.text):
        versions = _with_word(word, common + 1)
        if len(versions) > common:
            continue
        for version in versions:
            weight[version] += round(1000 * math.log((common + 1) / len(versions)))
            shared[version] += 1
    ranked = [version for version, _ in weight.most_common(most * 4) if shared[version] >= LEAST]
    # versions that are no longer current fall out here, and the item itself
    items = {i.version_id: i for i in Item.objects.filter(version_id__in=ranked).exclude(pk=item.pk)}
    return [(items[version], shared[version]) for version in ranked if version in items][:most]


def rare_words(text: str) -> list[str]:
    """Words that may be rare: numbers, names inside sentences, long terms; the likeliest to be rare first."""
    found: dict[str, int] = {}
    for match in TOKEN.finditer(text):
        word = match.group()
        inside = match.start() > 1 and text[match.start() - 2] not in ".!?:\n"
        if word[0].isdigit():
            value = 10 if len(word) > 2 else 0
        elif word[0].isupper() and inside:
            value = 12
        else:
            value = len(word) if len(word) > 8 else 0
        if value:
            found.setdefault(word.casefold(), value)
    return sorted(found, key=lambda word: (-found[word], word))[:MOST_WORDS]


def _with_word(word: str, most: int) -> list[int]:
    """Versions that have a word, up to `most`."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            quoted = '"' + re.sub(r"[^\w]+", " ", word) + '"'
            cursor.execute("SELECT rowid FROM desk_search WHERE desk_search MATCH %s LIMIT %s", [quoted, most])
        else:
            cursor.execute(
                "SELECT version_id FROM desk_search WHERE document @@ phraseto_tsquery('english', %s) LIMIT %s",
                [word, most],
            )
        return [row[0] for row in cursor.fetchall()]
