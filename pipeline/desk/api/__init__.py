"""The desk for programs: ``/api/v1``, JSON, described by ``/api/v1/openapi.json``.

::

    records.py      what is asked and answered: msgspec records, from which the document's schemas are made
    operations.py   the table of all operations: method, address, permission, records
    calls.py        what each operation does: services called, records out
    door.py         who asks (tokens), how often (limits.py), and errors as problems; then the operation
    openapi.py      the table as an OpenAPI 3.1 document
    urls.py         the table as addresses

A request is known by its token alone: cookies are never looked at, so that no page can make a browser act here.
"""
