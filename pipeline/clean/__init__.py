"""Cleaning: HTML or flattened text → body blocks, links, title, and what was removed and why.

``html_lines`` / ``flat_lines`` cut a page into lines → ``features`` describes each → ``body_lines`` says which are
body → ``furniture`` names the reason of what goes → ``cleaner`` puts the article together.
"""

from pipeline.clean.cleaner import Cleaner

__all__ = ["Cleaner"]
