"""How much there is: of a filtered queue by verdict."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from pipeline.desk.models import Item


def by_verdict(items: QuerySet[Item]) -> dict[str, int]:
    """Items of each verdict and, under "all", of all."""
    counted = items.order_by().values("verdict").annotate(number=Count("pk"))
    found: dict[str, int] = {row["verdict"]: row["number"] for row in counted}
    return {
        "all": sum(found.values()),
        **{verdict: found.get(verdict, 0) for verdict in ("hold", "review", "pass", "error")},
    }
