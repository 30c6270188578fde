"""Detectors of the spin axis, one a file."""
