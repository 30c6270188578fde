"""Detectors of the links axis, one a file."""
