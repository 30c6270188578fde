"""Which elements a reader of the page does not see: inline style, attributes, and simple rules of <style> blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

CONCEALS = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*(?:0(?:\.0*)?(?:px|em|rem|pt|%)?|1px)\s*(?:[;!]|$)"
    r"|(?<![\w-])(?:text-indent|left|top|margin-left|right)\s*:\s*-\d{3,}|margin-\w+\s*:\s*-\d{4,}"
    r"|opacity\s*:\s*0(?:\.0*)?\s*(?:[;!]|$)"
    r"|transform\s*:\s*scale\(0(?:\.0*)?\)|clip-path\s*:\s*inset\(100%\)|clip\s*:\s*rect\(\s*[01](?:px)?[ ,]",
    re.IGNORECASE,
)
FLAT = re.compile(
    r"(?:^|[;{\s])(?:max-)?(?:height|width)\s*:\s*(?:0(?:px|em|rem|pt|%)?|1px)\s*(?:[;!}]|$)", re.IGNORECASE
)
CUTS = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
OPENS = re.compile(r"padding|transition|animation", re.IGNORECASE)
"""What marks a flat box as one that opens, or that keeps a picture's proportions."""
COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*(#\w{3,8}|[a-z]+)", re.IGNORECASE)
BODY_RULE = re.compile(r"(?:^|[},\s])(?:body|html)\s*(?:,[^{}]{0,80})?\{([^{}]{0,2000})\}", re.IGNORECASE)
BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*(#\w{3,8}|[a-z]+)", re.IGNORECASE)
NAMED = {"white": "#ffffff", "black": "#000000"}
ANIMATES = re.compile(
    r"opacity.*(?:transform|transition|will-change|animation)|(?:transform|transition|will-change|animation).*opacity"
)
"""Sections that fade in as the reader scrolls: concealed in the source, seen by everybody."""
COMMENT = re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/)?")
SIMPLE = re.compile(r"^(?:[a-z]\w*)?([.#][\w-]+)(?:\s+a)?$", re.IGNORECASE)
SHEET_CONCEALS = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px)?\s*(?:[;!]|$)"
    r"|(?:text-indent|left|top|margin-left)\s*:\s*-\d{4,}px|overflow\s*:\s*hidden",
    re.IGNORECASE,
)
SHEET_FAINT = re.compile(
    r"opacity\s*:\s*0(?:\.0\d*)?\s*(?=[;!}])|font-size\s*:\s*[0-2](?:\.\d+)?px|clip\s*:\s*rect\(|clip-path\s*:\s*inset\("
    r"|transform\s*:\s*(?:scale\(0|translate\w*\(\s*-\d{3,})|margin-\w+\s*:\s*-\d{4,}"
    r"|(?<![\w-])(?:text-indent|left|top|right|margin-left)\s*:\s*-\d{3,}"
    r"|(?<![-\w])color\s*:\s*(#\w{3,8}|white|black|transparent)",
    re.IGNORECASE,
)
PART = re.compile(r"([^{}]*+)([{}])")
TELLING = re.compile("none|hidden|opacity|font-size|indent|left|top|right|clip|scale|translate|color")
"""Words of which a rule that hides or fades holds one."""
MAX_STYLE = 1_000
"""Characters of an inline style looked at."""
MAX_SHEET = 30_000
"""Characters of one style sheet looked at: what is longer is a theme, and costs more than the page itself."""


@dataclass(frozen=True)
class Sheets:
    """What a page's style sheets say: the ``.class`` and ``#id`` names they hide or fade, and the background colour.

    `background` is empty where the page does not state it.
    """

    concealed: frozenset[str]
    faint: frozenset[str]
    background: str

    @classmethod
    def of(cls, sheets: Iterable[str], body: Mapping[str, str | None]) -> Sheets:
        """What the texts of style elements and the attributes of the body element say."""
        texts = list(sheets)
        stated = body.get("bgcolor") or first(BACKGROUND, body.get("style") or "")
        for sheet in texts:
            rule = None if stated or "background" not in sheet else BODY_RULE.search(sheet[:MAX_SHEET])
            stated = stated or (first(BACKGROUND, rule[1]) if rule else "")
        background = colour(stated)
        return cls(concealed_names(texts), faint_names(texts, background or NAMED["white"]), background)


def first(pattern: re.Pattern[str], text: str) -> str:
    """Group 1 of the first match of `pattern`, or nothing."""
    match = pattern.search(text)
    return match[1] if match else ""


def colour(written: str) -> str:
    """A colour as six hexadecimal digits, where it is written so that this can be told."""
    low = written.lower()
    if len(low) == 4 and low[0] == "#":
        return "#" + "".join(digit * 2 for digit in low[1:])
    return NAMED.get(low, low)


@lru_cache(maxsize=8192)
def conceals(style: str, background: str = "") -> bool:
    """Whether an inline style hides its element on a page whose background has the colour `background`."""
    style = style[:MAX_STYLE]
    if CONCEALS.search(style) or flattens(style):
        return not ANIMATES.search(style)
    if not background or "background" in style:
        return False
    written = COLOUR.search(style)
    return written is not None and colour(written[1]) == background


def flattens(declarations: str) -> bool:
    """Whether declarations make a box of no height or width that cuts off what is in it, for good."""
    return bool(FLAT.search(declarations) and CUTS.search(declarations) and not OPENS.search(declarations))


def concealed_names(sheets: Iterable[str]) -> frozenset[str]:
    """The ``.class`` and ``#id`` selectors that style sheets hide unconditionally (rules in @media are left out)."""
    return names_where(sheets, SHEET_CONCEALS, lambda match, rule: match[0][:1] not in "oO" or flattens(rule))


def faint_names(sheets: Iterable[str], background: str) -> frozenset[str]:
    """The selectors whose elements are there and can hardly be seen, on a page of the colour `background`.

    Their text is kept, because themes use the same means for what fades in; their links count as hidden.
    """

    def fades(match: re.Match[str], rule: str) -> bool:
        if ANIMATES.search(rule):
            return False
        return not match[1] or (colour(match[1]) == background and "background" not in rule)

    return names_where(sheets, SHEET_FAINT, fades)


def names_where(
    sheets: Iterable[str], declaration: re.Pattern[str], holds: Callable[[re.Match[str], str], bool]
) -> frozenset[str]:
    """The simple selectors of rules with a declaration for which `holds` is true of its match and the whole rule."""
    names: set[str] = set()
    for sheet in sheets:
        for simple, rule in unconditional(sheet):
            if not names.issuperset(simple) and any(holds(match, rule) for match in declaration.finditer(rule)):
                names |= simple
    return frozenset(names)


@lru_cache(maxsize=64)
def unconditional(sheet: str) -> list[tuple[frozenset[str], str]]:
    """(simple selectors, declarations) of the telling rules of a style sheet that stand in no block such as @media."""
    sheet = COMMENT.sub("", sheet[:MAX_SHEET]) if "/*" in sheet else sheet[:MAX_SHEET]
    rules = []
    depth, selectors = 0, ""
    for text, brace in PART.findall(sheet + "}"):
        if brace == "{":
            depth += 1
            selectors = text
        else:
            if depth == 1 and ("." in selectors or "#" in selectors) and telling(text):
                written = selectors[-MAX_STYLE:].rpartition(";")[2].split(",")
                simple = frozenset(match[1] for one in written if (match := SIMPLE.match(one.strip())))
                if simple:
                    rules.append((simple, text[:MAX_STYLE] + "}"))
            depth = max(depth - 1, 0)
    return rules


def telling(rule: str) -> bool:
    """Whether a rule could hide or fade anything."""
    low = rule.lower()
    return TELLING.search(low) is not None
