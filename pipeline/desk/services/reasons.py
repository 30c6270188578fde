"""The reasons an editor can give with a key: one to nine."""

from __future__ import annotations

REASONS = {
    "spun": "Spun text",
    "link-spam": "Link spam",
    "unsupported": "Claims without support",
    "dangerous": "Dangerous advice",
    "copied": "Copied from elsewhere",
    "advertising": "Advertising",
    "off-topic": "Off topic",
    "poor-quality": "Poor quality",
    "false-alarm": "False alarm",
}
"""Stable names as they stand in the log, with the words for people; keys 1 to 9 in this order."""
