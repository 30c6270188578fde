"""The errors Unspun raises. Each names the file, record, key or limit concerned, and what to do.

::

    UnspunError
    ├── SettingsError        unspun.toml or policy.toml: unknown key, wrong type, bad value
    ├── InputError           one page or file that cannot be used; becomes an error record, the batch goes on
    │   ├── LimitExceeded    …because it is over a limit (`limit` is the key under [limits] in unspun.toml)
    │   └── Unreadable       …because it is damaged, of no known format, or not text
    ├── ModelError           a model that is missing, damaged or made for other versions
    ├── RuleError            a detector or lexicon that breaks the house rules
    └── GoldError            a gold file that does not parse
"""

from __future__ import annotations


class UnspunError(Exception):
    """Base of all errors that Unspun raises on purpose."""


class SettingsError(UnspunError):
    """A settings or policy file that cannot be used."""


class InputError(UnspunError):
    """One page or file that cannot be used. `code` is the short stable reason of the error record."""

    code = "input"


class LimitExceeded(InputError):
    """Input over a limit. The message gives what was found, what is allowed, and the key to raise it."""

    code = "limit"

    def __init__(self, limit: str, found: str, allowed: str) -> None:
        super().__init__(f"{found}, more than the limit of {allowed} ({limit} under [limits] in unspun.toml)")
        self.limit = limit


class Unreadable(InputError):
    """Input that is damaged, of no known format, or not text."""

    code = "unreadable"

    def __init__(self, message: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code


class ModelError(UnspunError):
    """A model that is missing, damaged or made for other versions."""


class RuleError(UnspunError):
    """A detector or lexicon that breaks the house rules."""


class GoldError(UnspunError):
    """A gold file that does not parse; the message names file and line."""
