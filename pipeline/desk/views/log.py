"""The log, to take away."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pipeline.desk import roles
from pipeline.desk.services.export import export as export_log
from pipeline.desk.views.asking import demands, person

TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}


@require_POST
@demands(roles.EXPORT)
def export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The whole log as a file. By POST, because the log says that it was exported."""
    lines = export_log(form, person(request), timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="unspun-log-{timezone.now():%Y-%m-%d}.{form}"'}
    return StreamingHttpResponse((line.encode() for line in lines), content_type=TYPES[form], headers=headers)
