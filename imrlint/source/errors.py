"""Errors of reading a letter."""

from __future__ import annotations


class Refused(Exception):
    """Content that is not a letter, or not one that can be read or changed. The message says why, in a few words."""


class Unreadable(Exception):
    """A letter that cannot be read or written. The message is one line: its name, and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason
