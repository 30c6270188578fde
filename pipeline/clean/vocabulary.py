"""Words of class and id attributes (vocabulary.tsv) → groups, as bit sets."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.records import Zone

WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
MAX_NAMES, MAX_NAME = 20, 80
"""Names of one element, and characters of one name, that are looked at."""
MAX_KNOWN = 20_000
Groups = tuple[int, Zone | None]
NOTHING: Groups = (0, None)
KNOWN: dict[str, Groups] = {}
"""What `group_of` said of names before: a plain dictionary, because a cache that reorders costs as much as it saves."""
SCREEN_READER = re.compile(
    r"(?:^|[\s])(?:sr-only|screen-reader(?:-text)?|visually-?hidden|assistive-text|offscreen|a11y-hidden|show-for-sr)(?:$|[\s])",
    re.IGNORECASE,
)


def read() -> dict[str, str]:
    """Word → group, from vocabulary.tsv."""
    lines = Path(__file__).with_name("vocabulary.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines[2:])


GROUP_OF = read()
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(GROUP_OF.values()))
BIT = {group: 1 << place for place, group in enumerate(GROUPS)}
ZONE_OF: dict[str, Zone] = {
    "nav": "nav",
    "header": "header",
    "footer": "footer",
    "sidebar": "sidebar",
    "comments": "comments",
    "related": "sidebar",
    "cookie": "other",
}


def groups_of(names: str) -> Groups:
    """The bit set of the groups that a class and id string names, and the zone that they make (None: no say).

    A class that also says "content" or "main" names no zone: themes call whole pages ``has-sidebar content``.
    """
    bits = 0
    zone: Zone | None = None
    for name in names.split()[:MAX_NAMES]:
        found = KNOWN.get(name) or group_of(name)
        if found is not NOTHING:
            bits |= found[0]
            zone = zone or found[1]
    return bits, None if bits & BIT["content"] else zone


def group_of(name: str) -> Groups:
    """The same for one class name or id, remembered: names recur where their combinations do not."""
    bits = 0
    zone: Zone | None = None
    for word in WORDS.findall(name[:MAX_NAME]):
        group = GROUP_OF.get(word.lower())
        if group:
            bits |= BIT[group]
            zone = zone or ZONE_OF.get(group)
    found = (bits, zone) if bits else NOTHING
    if len(name) <= MAX_NAME:
        if len(KNOWN) >= MAX_KNOWN:
            KNOWN.clear()
        KNOWN[name] = found
    return found


def for_screen_readers(names: str) -> bool:
    """Whether a class string marks text meant for screen readers only: not seen, and not concealed either."""
    return bool(SCREEN_READER.search(names))
