"""The output of `--show-fixes`: a line for each place where fixes changed words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from imrlint.document.text import Source
from imrlint.engine.changes import Change
from imrlint.engine.messages import replace_controls


def write_changes(letter: Source, changes: Iterable[Change], out: TextIO) -> None:
    """Write what fixes changed, at the places where it was in the letter before."""
    for change in changes:
        unit = letter.within(change.span.start)
        place = f", {unit}" if unit else f":{letter.position(change.span.start).line}"
        before, after = (replace_controls(words) for words in (change.before, change.after))
        outcome = f'"{after}"' if after.strip() else "nothing"
        out.write(f'{letter.name}{place}: fixed: "{before}" → {outcome} [{", ".join(change.rules)}]\n')
