"""Detectors of the quality axis, one a file."""
