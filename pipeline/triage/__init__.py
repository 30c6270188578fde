"""Triage: evidence in; axis scores, risk, verdict and reasons out."""

from pipeline.triage.judge import Policy

__all__ = ["Policy"]
