"""A page in, an article out: its body, links, title, and everything removed with the reason."""

from __future__ import annotations

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean import (
    byline,
    flat_lines,
    furniture,
    guards,
    head,
    html_lines,
    kept,
    language,
    markup,
    panels,
    sections,
    title,
)
from pipeline.clean.body_lines import MODEL, BodyLines, body_of
from pipeline.clean.lines import Anchor, Lines
from pipeline.clean.text_features import Matrix
from pipeline.errors import LimitExceeded
from pipeline.records import Article, Block, BlockKind, Link, Metadata, Page, Removed
from pipeline.settings import Keep, Limits, Settings

KEPT_AS: dict[BlockKind, Keep] = {"heading": "headings", "caption": "captions"}
NO_BODY = "no line of this page looks like the body of an article"
FEW_LINES = 12
"""Lines of a page so short that it was most likely handed in as text: with next to no page around it, the classifier
has little to tell by, and prose is kept."""
SENTENCES = re.compile(r"(?:\S+\s+){11,}\S*[.!?][\"”’')\]]*$")
"""A dozen words or more that end as a sentence does."""


class Cleaner:
    """Cleans pages under one set of limits, keeping headings and the like as `keep` says (`Settings.keep`).

    Raises ModelError when its model cannot be read.
    """

    def __init__(self, limits: Limits, keep: tuple[Keep, ...] = Settings().keep) -> None:
        self.limits = limits
        self.keep = frozenset(keep)
        self.classifier = BodyLines()
        self.models = {MODEL: self.classifier.version}

    def clean(self, page: Page) -> Article:
        """The article of `page`. Raises LimitExceeded; an article with no body is an article with a note."""
        if page.kind == "text":
            return self.clean_text(page)
        return self.clean_html(page)

    def clean_text(self, page: Page) -> Article:
        """The article of a flattened page: a line of the page is a line of the body or is removed, whole."""
        guards.check_bytes(page.content, self.limits)
        cut = flat_lines.cut(page.content, self.limits)
        likely = self.likely(cut)
        place = title.line_of(page.title, cut.lines) if page.title else title.find(cut.lines, likely)
        name = page.title or (cut.lines[place].text.lstrip("# ") if place is not None else None)
        article = self.assemble(page, cut, likely, name, place, Metadata(), "")
        bylines = (line.text for line in cut.lines if furniture.reason_of(line) == "byline")
        notes = (piece.text for piece in article.removed if piece.reason == "author-bio")
        return msgspec.structs.replace(article, metadata=byline.read(bylines, notes))

    def clean_html(self, page: Page) -> Article:
        """The article of an HTML page."""
        guards.check_html(page.content, self.limits)
        tree = LexborHTMLParser(page.content)
        facts = head.gather(tree)
        says = markup.of(tree, facts)
        cut = html_lines.cut(tree, self.limits)
        cut.kind = head.kind_of(facts)
        name, source = head.title_of(facts)
        name, source = (name, source) if name else (page.title, "given")
        place = title.line_of(name, cut.lines) if name else None
        metadata = head.metadata_of(facts, page.url)
        if name:
            metadata.sources["title"] = source
        article = self.assemble(page, cut, self.likely(cut), name, place, metadata, facts.lang)
        return msgspec.structs.replace(article, markup=says)

    def likely(self, cut: Lines) -> Matrix:
        """P(body) of each line. Raises LimitExceeded for text_chars."""
        chars = sum(len(line.text) for line in cut.lines)
        if chars > self.limits.text_chars:
            raise LimitExceeded("text_chars", f"{chars:,} characters of text", f"{self.limits.text_chars:,}")
        return self.classifier.probabilities(cut)

    def assemble(
        self,
        page: Page,
        cut: Lines,
        likely: Matrix,
        name: str | None,
        title_line: int | None,
        metadata: Metadata,
        lang: str,
    ) -> Article:
        """The article that the kept lines make."""
        reasons = self.reasons_against(cut, likely, title_line)
        removed = [Removed(text=text, reason="hidden") for text in cut.hidden]
        blocks: list[Block] = []
        parts: list[str] = []
        starts: dict[int, int] = {}
        at = 0
        for number, line in enumerate(cut.lines):
            if reasons[number]:
                if number != title_line or line.text != name:
                    removed.append(Removed(text=line.text, reason=reasons[number]))
                continue
            starts[number] = at
            blocks.append(Block(start=at, end=at + len(line.text), kind=line.kind))
            parts.append(line.text)
            at += len(line.text) + 2
        text = "\n\n".join(parts)
        return Article(
            id=page.id,
            source=page.source,
            kind=page.kind,
            text=text,
            title=name,
            language=language.declared(lang) or language.guess(text or " ".join(line.text for line in cut.lines)),
            url=page.url,
            blocks=tuple(blocks),
            links=tuple(link_of(anchor, starts) for anchor in cut.anchors),
            removed=tuple(removed),
            image_alts=tuple(cut.image_alts),
            metadata=metadata,
            notes=page.notes if text else (*page.notes, NO_BODY),
        )

    def reasons_against(self, cut: Lines, likely: Matrix, title_line: int | None) -> list[str]:
        """Why each line is removed; empty where it is kept."""
        lines = cut.lines
        body = self.body_of(cut, likely, title_line)
        reasons = ["" if keep else furniture.reason_of(line) for keep, line in zip(body, lines, strict=True)]
        for at in panels.lines_within(cut):
            if reasons[at]:
                reasons[at] = "hidden"
        for at, line in enumerate(lines):
            kind = KEPT_AS.get(line.kind)
            if not reasons[at] and kind and kind not in self.keep:
                reasons[at] = line.kind
            elif reasons[at] == "byline" and "byline" in self.keep and line.zone == "body":
                reasons[at] = ""
        for at, reason in sections.reasons(cut, body, likely).items():
            reasons[at] = reason
        for at in furniture.repeated(lines, body):
            reasons[at] = "repeated"
        for at in furniture.author_bio(lines):
            reasons[at] = "author-bio"
        if title_line is not None:
            reasons[title_line] = "" if "title" in self.keep else "title"
        return reasons

    def body_of(self, cut: Lines, likely: Matrix, title_line: int | None) -> list[bool]:
        """Whether each line is body: the classifier's word, but for the few lines that rules are surer of."""
        lines = cut.lines
        said = body_of(likely, lines).tolist()
        if len(lines) <= FEW_LINES:
            said = [keep or bool(SENTENCES.match(line.text)) for keep, line in zip(said, lines, strict=True)]
        body = [
            keep and at != title_line and not furniture.forced(line.text)
            for at, (keep, line) in enumerate(zip(said, lines, strict=True))
        ]
        for at in furniture.comments_below(cut, body) | furniture.bylines(lines, body):
            body[at] = False
        for at in furniture.lonely_links(lines, body):
            body[at] = False
        for at in kept.rescued(lines, body, likely) | kept.standfirst(cut, title_line):
            body[at] = at != title_line and not furniture.forced(lines[at].text)
        return body


def link_of(anchor: Anchor, starts: dict[int, int]) -> Link:
    """The link as a record: with a span where it stands in one body block."""
    start = starts.get(anchor.line)
    inside = start is not None and not anchor.hidden
    return Link(
        href=anchor.href,
        text=anchor.text,
        start=start + anchor.start if start is not None and inside else None,
        end=start + anchor.end if start is not None and inside else None,
        rel=anchor.rel,
        zone="body" if inside else ("other" if anchor.zone == "body" else anchor.zone),
        hidden=anchor.hidden,
        holder="" if inside else anchor.holder,
        swap=anchor.swap,
    )
