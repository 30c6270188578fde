"""Which language a text is in, cheaply: by script, else by its share of each language's function words."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

SAMPLE = 4_000
"""Characters looked at."""
MIN_WORDS = 12
MIN_SHARE = 0.12
"""Share of function words below which the language is unclear: lists and menus of English pages reach .10."""
LEAD = 1.3
"""Times the second-best share that the best must reach."""
TAG = re.compile(r"[a-zA-Z]{2,3}(?=$|[-_])")
SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
}


def read() -> dict[str, frozenset[str]]:
    """Language → its function words, from stopwords.tsv."""
    lines = Path(__file__).with_name("stopwords.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[2:])
    return {language: frozenset(words.split()) for language, words in rows}


STOPWORDS = read()


def declared(tag: str) -> str | None:
    """The primary language of a lang attribute ("en-GB" → "en"), or None."""
    match = TAG.match(tag.strip())
    return match[0].lower() if match else None


def guess(text: str) -> str:
    """ISO 639-1 code of the language of `text`, or "und" where it is unclear."""
    sample = text[:SAMPLE]
    if not sample.isascii():
        for language, script in SCRIPTS.items():
            if len(script.findall(sample)) > 0.2 * len(sample.replace(" ", "")):
                return language
    counts = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    total = counts.total()
    if total < MIN_WORDS:
        return "und"
    shares = sorted(
        ((sum(counts[word] for word in words) / total, name) for name, words in STOPWORDS.items()), reverse=True
    )
    (best, language), (second, _) = shares[:2]
    return language if best >= MIN_SHARE and best >= LEAD * second else "und"
