"""What a run tells the user on standard error: progress, remarks, problems, and a summary."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from imrlint.output import Outcome
from imrlint.output.excerpts import WIDEST
from imrlint.session.hyperlinks import follows_links

_GUTTER = 9  # columns before an excerpt, for the number of its line
_MIN_LETTERS_FOR_BAR = 25  # a shorter run is over before a progress bar is read


class Console:
    """Writes to standard error, and knows whether standard output is a terminal."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self._out = out
        self._err = err
        self._problems: set[str] = set()

    @property
    def uses_colour(self) -> bool:
        """Whether standard output can show colours, and the user wants them."""
        return self._out.isatty() and "NO_COLOR" not in os.environ

    @property
    def width(self) -> int:
        """The columns that an excerpt of a letter may have: as many as the terminal leaves for it."""
        if not self._out.isatty():
            return WIDEST
        import shutil

        return shutil.get_terminal_size().columns - _GUTTER

    @property
    def follows_links(self) -> bool:
        """Whether standard output is a terminal that follows links, and the user wants them."""
        return self.uses_colour and follows_links(os.environ)

    @property
    def has_problems(self) -> bool:
        """Whether a problem was reported: the run then fails."""
        return bool(self._problems)

    def notify(self, message: str) -> None:
        """Write a remark that does not make the run fail, in one line."""
        self._err.write(f"imrlint: {' '.join(message.split())}\n")

    def report_problem(self, message: str) -> None:
        """Write a problem that makes the run fail, in one line; nothing where it was written before."""
        line = " ".join(message.split())
        if line not in self._problems:
            self._problems.add(line)
            self._err.write(f"imrlint: {line}\n")

    def write_summary(self, outcome: Outcome) -> None:
        """Write how many letters were checked, and what was found."""
        from imrlint.output import text

        self._err.write(text.summarize(outcome) + "\n")

    @contextmanager
    def show_progress(self, letters: int, *, quiet: bool, beside_output: bool = False) -> Iterator[Callable[[], None]]:
        """Gives a function to call after each letter. It moves a bar on a terminal, if the findings go elsewhere.

        `beside_output`: nothing is written to standard output while the bar moves.
        """
        shares = self._out.isatty() and not beside_output
        if letters < _MIN_LETTERS_FOR_BAR or quiet or not self._err.isatty() or shares:
            yield lambda: None
            return
        import typer

        start = time.monotonic()
        with typer.progressbar(length=letters, label="letters", file=self._err, show_pos=True) as bar:

            def advance() -> None:
                bar.update(1)
                bar.label = f"{bar.pos / max(time.monotonic() - start, 0.001):,.0f} letters/s"

            yield advance
