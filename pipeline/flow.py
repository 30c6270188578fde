"""The whole pipeline on one screen: a page in, an explained verdict out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256

import msgspec

from pipeline import __version__
from pipeline.clean import Cleaner
from pipeline.clean.locate import SourceLines
from pipeline.detect import Detectors
from pipeline.errors import InputError, LimitExceeded
from pipeline.ingest import decode
from pipeline.records import Article, Assessment, Evidence, Failure, Page, RawPage, Stage, Versions
from pipeline.settings import Settings
from pipeline.triage import Policy


class Engine:
    """Assesses pages under one set of settings. Models and lexicons are loaded once, here.

    Raises SettingsError, ModelError or RuleError when it cannot be set up; once it stands, `assess` raises
    nothing but MemoryError for any input: what cannot be assessed comes back as an assessment with `error`.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.cleaner = Cleaner(self.settings.limits, self.settings.keep)
        self.detectors = Detectors(disable=self.settings.disable, depth=self.settings.depth)
        self.policy = Policy(self.settings.policy, rules=self.detectors.rules)
        self.versions = Versions(
            unspun=__version__,
            models=self.cleaner.models | self.detectors.models,
            policy=self.policy.version,
        )

    def assess(self, page: Page | RawPage) -> Assessment:
        """The verdict on one page. Never raises for what a page contains."""
        stage: Stage = "ingest"
        try:
            if isinstance(page, RawPage):
                if page.failure:
                    return self.refused(page, page.failure)
                page = decode(page, self.settings.limits)
            stage = "clean"
            article = self.cleaner.clean(page)
            stage = "detect"
            detection = self.detectors.detect(article)
            stage = "triage"
            judgement = self.policy.judge(detection)
            evidence = detection.evidence
            if self.settings.locate and judgement.verdict != "pass":
                evidence = located(page, article, evidence)
        except InputError as error:
            limit = error.limit if isinstance(error, LimitExceeded) else None
            return self.refused(page, Failure(stage=stage, code=error.code, message=str(error), limit=limit))
        except MemoryError:  # the supervisor tries the page again, alone, and then records it
            raise
        except Exception as error:  # a defect of ours must cost one page, not the batch
            message = f"{type(error).__name__}: {error}"
            return self.refused(page, Failure(stage=stage, code="defect", message=message))
        return Assessment(
            id=article.id,
            source=article.source,
            versions=self.versions,
            title=article.title,
            author=article.metadata.author,
            language=article.language,
            text=article.text,
            blocks=article.blocks,
            links=article.links,
            removed=article.removed,
            verdict=judgement.verdict,
            risk=judgement.risk,
            scores=judgement.scores,
            reasons=judgement.reasons,
            evidence=evidence,
            claims=detection.claims,
            signals=detection.signals,
            notes=article.notes,
            error=detection.failures[0] if detection.failures else None,
        )

    def assess_many(self, pages: Iterable[Page | RawPage]) -> Iterator[Assessment]:
        """One assessment a page, in order, in this process. `pipeline.batch` does it in supervised workers."""
        return map(self.assess, pages)

    def refused(self, page: Page | RawPage, failure: Failure) -> Assessment:
        """The error record of a page that could not be assessed: named, counted, and without a verdict."""
        identity = page.id if isinstance(page, Page) else sha256(page.data).hexdigest()
        return Assessment(
            id=identity,
            source=page.source,
            versions=self.versions,
            title=page.title,
            notes=page.notes,
            error=failure,
        )


def located(page: Page, article: Article, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """`evidence` with the place of each span in the source in ``related``: line and column, where it is found."""
    starts = [found.start for found in evidence if found.start is not None]
    places = SourceLines(page).of_spans(article, starts)
    return tuple(
        msgspec.structs.replace(
            found, related=found.related | {"line": places[found.start].line, "column": places[found.start].column}
        )
        if found.start in places
        else found
        for found in evidence
    )


@cache
def default_engine() -> Engine:
    """The engine with the shipped settings, made on first use."""
    return Engine()


def assess_html(html: str | bytes, source: str = "<html>", url: str | None = None) -> Assessment:
    """Assess one HTML page given as a string or as bytes (whose encoding is then detected)."""
    data = html.encode() if isinstance(html, str) else html
    encoding = "utf-8" if isinstance(html, str) else None
    return default_engine().assess(RawPage(source=source, data=data, kind="html", url=url, encoding=encoding))


def assess_text(text: str, source: str = "<text>", title: str | None = None) -> Assessment:
    """Assess one page whose tags are gone: a block or a text node a line."""
    return default_engine().assess(
        RawPage(source=source, data=text.encode(), kind="text", title=title, encoding="utf-8")
    )
