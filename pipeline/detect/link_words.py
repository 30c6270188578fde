"""The words of links: the trades they speak of, and how far they are a search phrase that somebody pays for."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from pipeline.detect.matchers import Matcher, lexicon, normalise, word_set

TOPICS = "link-topics"
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
ADDRESS = re.compile(r"(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?$", re.IGNORECASE)
JOINED_PLACE = re.compile(r"(?:^|\s)(?:in|near|around)\s+(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)*(?:,\s*[A-Z]\w+)?)$")
BARE_PLACE = re.compile(r"(?:^|\s)(?:[a-z][\w-]*|[A-Z]{2,})\s+((?:[A-Z][a-z]+\s)?[A-Z][a-z]+)$")
NEAR_ME = re.compile(r"\bnear (?:me|you)\b")
LONGEST_KEYWORD = 8
"""Words of a search phrase; longer anchors are sentences."""
SURE = 0.8
"""Money score from which an anchor is a search phrase by itself."""
LIKELY = 0.4
"""Money score from which an anchor counts among others like it."""
BOUGHT = 0.5
"""Money score from which a foreign trade is taken for a bought link."""


def money_of(text: str, href: str, kinds: frozenset[str]) -> float:
    """How far words are a search phrase that somebody pays for, in [0, 1].

    `kinds` are those of the topics that the words speak of, less what the article itself speaks of for vices and
    trades; `href` is where they lead, if anywhere.
    """
    text = text.strip(" .,;:|»›→*-")
    low = normalise(text)
    words = WORD.findall(low)
    if not words or len(words) > LONGEST_KEYWORD or ADDRESS.match(text):
        return 0.0
    if NEAR_ME.search(low):
        return 0.95
    if is_sentence(words):
        return 0.0
    if "vice" in kinds:
        return 0.9
    offers = not word_set("link-offers").isdisjoint(words)
    if not kinds:
        return LIKELY if offers and len(words) <= 4 else 0.0
    if names_place(text):
        return 0.9
    named = text[0].isupper() and all(word[0].isupper() or not word[0].isalpha() for word in text.split())
    if offers and len(words) > 1 and (not named or len(words) > 2):
        return 0.85
    if len(words) > 2 and "-".join(words) in href.lower().split("/", 3)[-1]:
        return SURE
    return 0.5 if "care" not in kinds and len(words) <= 5 and (not named or words[-1].endswith("s")) else LIKELY


def names_place(text: str) -> bool:
    """Whether words end in the name of a place: capitals after small letters, or after "in" or "near"."""
    match = JOINED_PLACE.search(text) or BARE_PLACE.search(text)
    return match is not None and not topics_of([match[1]])[0]


def is_search_phrase(text: str) -> bool:
    """Whether words that lead nowhere (an image's description, a title) are a search phrase that somebody pays for."""
    (found,) = topics_of([text])
    return money_of(text, "", frozenset(kind for (_, kind), _ in found)) >= SURE


def is_sentence(words: list[str]) -> bool:
    """Whether words hang together by words that search phrases do without."""
    return not word_set("sentence-words").isdisjoint(words)


@cache
def matcher() -> Matcher:
    """Finds the topics of links."""
    return Matcher((TOPICS,))


@cache
def inside_hosts() -> re.Pattern[str]:
    """The words of the topics lexicon that may stand inside a host name."""
    words = sorted((e.phrase for e in lexicon(TOPICS) if e.columns["inside"] == "yes"), key=lambda word: -len(word))
    named = "|".join(words)
    return re.compile(rf"^({named})(?=$|\w{{3}})|(?<=\w{{3}})({named})$")


@cache
def kinds_of() -> dict[str, tuple[str, str]]:
    """(topic, kind) by phrase."""
    return {entry.phrase: (entry.columns["topic"], entry.columns["kind"]) for entry in lexicon(TOPICS)}


def host_topics(domain: str) -> frozenset[tuple[str, str]]:
    """What the name of a domain speaks of."""
    return frozenset(
        kinds_of()[m[1] or m[2]] for part in domain.split(".")[0].split("-") for m in inside_hosts().finditer(part)
    )


def host_words(domain: str) -> str:
    """The name of a domain as words, where hyphens part it."""
    return domain.split(".")[0].replace("-", " ")


def topics_of(texts: list[str]) -> list[list[tuple[tuple[str, str], int]]]:
    """For each text its ((topic, kind), offset) pairs, found in one pass over all of them."""
    joined = "\n".join(text.replace("\n", " ") for text in texts)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    found: list[list[tuple[tuple[str, str], int]]] = [[] for _ in texts]
    for hit in matcher().find(normalise(joined))[TOPICS]:
        at = bisect_right(starts, hit.start) - 1
        found[at].append((kinds_of()[hit.entry.phrase], hit.start - starts[at]))
    return found
