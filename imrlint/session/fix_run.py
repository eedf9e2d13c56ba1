"""The letters of a run fixed: in their files, or only shown."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from imrlint import parser, revision
from imrlint.desk import fixing
from imrlint.desk.interview import Interview
from imrlint.document.letter import Letter
from imrlint.engine import fixes
from imrlint.engine.linter import ActiveRule
from imrlint.engine.report import Report
from imrlint.output import diff
from imrlint.session.order import Order
from imrlint.source import Unreadable
from imrlint.source.paths import STDIN


@dataclass(frozen=True)
class Mended:
    """A letter as it stands now, and what became of its fixes."""

    letter: Letter
    report: Report
    said: tuple[str, ...] = ()  # what the user should know
    trouble: str = ""  # why the file was not written
    written: int = 0  # fixes
    shown: bool = False  # a difference


class FixRun:
    """Makes the fixes that an order asks for."""

    def __init__(self, order: Order, out: TextIO, *, colour: bool) -> None:
        self._order = order
        self._out = out
        self._choice: fixing.Choice = fixes.every if order.suggested else fixes.safe
        if order.interactive:
            self._choice = Interview(out, sys.stdin, colour=colour).choice
        self._track = datetime.now(UTC) if order.track else None

    def mend(self, place: str, content: bytes, name: str, active_rules: Sequence[ActiveRule]) -> Mended:
        """One letter. Raises Unreadable."""
        order = self._order
        if place == STDIN and not order.diff:
            raise Unreadable(name, "standard input cannot be changed; --diff shows the fixes")
        result = fixing.fixed(content, name, active_rules, self._choice, encoding=order.encoding, track=self._track)
        said = [f"{name}: not fixed: {result.refused}"] if result.refused else []
        for why, times in Counter(why for _, why in result.undone).items():
            said.append(f"{name}: {times} {'fix' if times == 1 else 'fixes'} left out: {why}")
        if order.diff:
            diff.render(result.before, result.after, self._out)
            return Mended(result.letter, result.after, tuple(said), shown=bool(result.done))
        if result.done:
            try:
                revision.write(Path(place), result.content, content)
            except Unreadable as error:
                return Mended(parser.parse(result.before.source), result.before, tuple(said), str(error))
        return Mended(result.letter, result.after, tuple(said), written=len(result.done))
