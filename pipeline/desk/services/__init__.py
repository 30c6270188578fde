"""What can happen on the desk. One file an action; each function is one transaction, checks the role of who asks, and
writes the event that says so. Pages, API and command call these and nothing else; nothing here knows of requests.

Every function takes `now`, so that expiry can be tested with a clock, and raises errors of `pipeline.desk.errors`.
"""
