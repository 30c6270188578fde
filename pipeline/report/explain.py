"""One page in full for a terminal: its cleaned text with the evidence in place, and all that led to the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from pipeline.records import Assessment, Block
from pipeline.report import look
from pipeline.report.safe_text import one_line, printable, shorten, well_formed
from pipeline.report.segments import Segment, blocks_of, on_title, segments, strongest_first, title_segments

_LONGEST_REMOVED = 160


def explain(assessment: Assessment, console: Console) -> None:
    """Print everything that Unspun knows about one page.

    Evidence is underlined in the style and colour of its axis, with its rules behind it: ‹SP101›. Where the
    console has no styles, ⟦brackets⟧ mark it.
    """
    assessment = well_formed(assessment)
    for heading, lines in _sections(assessment, console):
        if heading:
            console.print()
            look.show(console, Text(heading, "bold"))
        for line in lines:
            look.show(console, line, indent=2 if heading else 0)


def _sections(assessment: Assessment, console: Console) -> Iterator[tuple[str, list[Text]]]:
    yield "", list(_head(assessment, console))
    if assessment.reasons:
        yield "Reasons", [Text(f"• {one_line(reason)}") for reason in assessment.reasons]
    if assessment.text:
        yield "Text", list(_body(assessment, console))
    if assessment.evidence:
        yield "Evidence, strongest first", list(_evidence(assessment))
    if assessment.claims:
        yield "Health claims", list(_claims(assessment))
    if assessment.links:
        yield "Links", list(_links(assessment))
    if assessment.removed:
        yield "Removed from the page", list(_removed(assessment))
    if assessment.notes:
        yield "Notes", [Text(one_line(note)) for note in assessment.notes]


def _head(assessment: Assessment, console: Console) -> Iterator[Text]:
    first = look.verdict(assessment)
    if assessment.verdict:
        first.append(f" risk {assessment.risk:.2f}")
    yield first.append("  ").append(one_line(assessment.source), "dim")
    if assessment.title:
        title = Text(style="bold")
        for segment in title_segments(assessment):
            title.append_text(_marked(segment, console, fold=True))
        yield title
    if assessment.verdict:
        yield look.scores(assessment.scores, console)
    if assessment.error:
        what = "Not assessed" if assessment.verdict is None else "One rule failed"
        yield Text(f"{what}: {one_line(assessment.error.message)} [{assessment.error.code}]", "red")


def _body(assessment: Assessment, console: Console) -> Iterator[Text]:
    for number, block in enumerate(blocks_of(assessment)):
        if number:
            yield Text()
        line = Text(_bullet(block), style="bold" if block.kind == "heading" else "")
        for segment in segments(assessment.text, assessment.evidence, block.start, block.end):
            line.append_text(_marked(segment, console))
        yield line


def _bullet(block: Block) -> str:
    return {"list_item": "• ", "quote": "> "}.get(block.kind, "")


def _marked(segment: Segment, console: Console, fold: bool = False) -> Text:
    shown = one_line(segment.text) if fold and not segment.evidence else printable(segment.text)
    if fold and not segment.evidence:  # keep the spaces at the seams
        shown = (" " if segment.text[:1].isspace() else "") + shown + (" " if segment.text[-1:].isspace() else "")
    if not segment.evidence:
        return Text(shown)
    style = look.AXIS_STYLES[strongest_first(segment.evidence)[0].axis]
    text = Text(shown if console.is_terminal else f"⟦{shown}⟧", style)
    if segment.ending:
        text = Text.assemble(text, ("‹" + " ".join(dict.fromkeys(e.rule for e in segment.ending)) + "›", "dim"))
    return text


def _evidence(assessment: Assessment) -> Iterator[Text]:
    titled = on_title(assessment)
    for item in strongest_first(assessment.evidence):
        line = Text(f"{item.strength:.2f} ")
        line.append(f"{item.rule} {item.name} ", look.AXIS_STYLES[item.axis].split()[0])
        line.append(f"“{shorten(item.quote, 200)}”", "bold")
        if item.start is None:
            line.append(" (in the title)" if any(item is t for t in titled) else " (not in the text)", "dim")
        yield line
        yield Text(f"     {one_line(item.message)}")
        if item.suggestions:
            yield Text(f"     suggested: {one_line(', '.join(item.suggestions))}")


def _claims(assessment: Assessment) -> Iterator[Text]:
    for claim in assessment.claims:
        line = Text(f"{look.SUPPORT_WORDS[claim.support]:<13} ", "bold" if claim.support == "none" else "")
        line.append(f"{claim.type}: “{shorten(claim.quote, 300)}”")
        if claim.source:
            line.append(f" ({one_line(claim.source)})", "dim")
        yield line


def _links(assessment: Assessment) -> Iterator[Text]:
    for link in assessment.links:
        words = [link.zone, *(["hidden"] if link.hidden else []), *link.rel]
        yield Text(f"“{shorten(link.text, 60)}” {one_line(link.href)}").append(f"  {one_line(' '.join(words))}", "dim")


def _removed(assessment: Assessment) -> Iterator[Text]:
    by_reason = sorted(assessment.removed, key=lambda removed: removed.reason)
    for reason, group in groupby(by_reason, key=lambda removed: removed.reason):
        yield from _removed_group(reason, [removed.text for removed in group])


def _removed_group(reason: str, texts: Iterable[str]) -> Iterator[Text]:
    yield Text(f"{one_line(reason)}:")
    for text in texts:
        yield Text(f"  {shorten(text, _LONGEST_REMOVED)}", "dim")
