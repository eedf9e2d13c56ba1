"""The exit codes of imrlint."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    CLEAN = 0  # no finding at or above the severity that fails the check
    FINDINGS = 1
    FAILURE = 2  # something could not be read, written or run
    INTERRUPTED = 130  # by Ctrl-C
