"""Detectors of the claims axis, one a file."""
