"""How much there is: of a filtered queue by verdict."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from pipeline.desk.models import Item

VERDICTS = ("hold", "review", "pass", "error")


def by_verdict(items: QuerySet[Item]) -> dict[str, int]:
    """Items of each verdict and, under "all", of all.

    One pass over an index: a GROUP BY would be answered from whatever is sorted by verdict, row by row.
    """
    counted = items.order_by().aggregate(all=Count("pk"), **{v: Count("pk", filter=Q(verdict=v)) for v in VERDICTS})
    return {name: counted[name] for name in ("all", *VERDICTS)}
