"""Why a file is not read."""

from __future__ import annotations


class Refused(Exception):
    """Bytes that are no letter, or not one that can be read. The message says why, in a few words."""


class Unreadable(Exception):
    """A letter that cannot be read. The message names it and says why, in one line."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason
