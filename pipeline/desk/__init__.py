"""The review desk: a web application in which editors triage the assessments that Unspun makes.

::

    home.py          the folder that one desk lives in: secret key, database
    config.py        Django's settings, made from the home folder and the environment
    models/          Item ◀── Version ◀── Finding; Lease; Event (append-only); FindingLabel; SavedView
    services/        what can happen on the desk, one function each, one transaction each: views and API call the same
    views/           one file a page
    shown/           stored assessments → what templates print
    api/             the same for programs: /api/v1
    urls.py · middleware.py · roles.py · server.py · courier.py · backup.py

Nothing imports this package but `pipeline.cli`, and only when one of its verbs runs: Django stays optional.
"""
