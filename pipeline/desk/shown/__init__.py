"""Stored assessments → what the templates print. Text only: the templates escape every string of a page."""
