"""Counts the letters in which each alternative of each pattern over prose, and each row of the word tables, is used."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType

from imrlint import parser, reading
from imrlint.document.patterns import Pattern
from imrlint.document.text import Source
from imrlint.engine import linter
from imrlint.output.readings import describe_reading
from imrlint.reading import Reading
from imrlint.settings.config import Config
from supporting.alternatives import Alternative, split_alternatives
from supporting.recorder import Recorder
from supporting.rows import list_composed, list_letter_rows


@dataclass
class Support:
    """The number of letters in which each alternative or row is used, by name of pattern or table, and text."""

    letters: int
    patterns: int
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def unsupported(self) -> Iterator[tuple[str, str, int]]:
        """What is used in no letter or in one, in order: pattern or table, text, and number of letters."""
        for (where, what), count in sorted(self.counts.items()):
            if count < 2:
                yield where, what, count


def count_support(letters: list[Source]) -> Support:
    """All alternatives and rows, each with the number of letters in which it is used."""
    recorders = dict(_record_patterns())
    composed = list_composed()
    alternatives = {where: _distinct(recorder, composed) for where, recorder in recorders.items()}
    support = Support(len(letters), len(recorders))
    support.counts = {(where, text): 0 for where, each in alternatives.items() for text in each}
    try:
        active_rules = Config().active_rules()
        for letter in letters:
            read = Reading(parser.parse(letter))
            linter.lint(read, active_rules)
            describe_reading(read)
            for where, recorder in recorders.items():
                for text in _fired(recorder, alternatives[where]):
                    support.counts[where, text] += 1
                recorder.hits.clear()
    finally:
        _restore()
    support.counts.update({(row.table, row.text): row.letters for row in list_letter_rows()})
    return support


def _fired(recorder: Recorder, alternatives: dict[str, Alternative]) -> set[str]:
    """The alternatives that took part in a match since the hits were last cleared."""
    hits = list(dict.fromkeys(recorder.hits))
    return {
        text
        for text, alternative in alternatives.items()
        if (alone := alternative.alone) is not None and any(hit.matches(alone) for hit in hits)
    }


def _distinct(recorder: Recorder, composed: frozenset[str]) -> dict[str, Alternative]:
    """The alternatives of a pattern by their text, but for rows of tables; of a pattern without any, the pattern."""
    own = recorder.wrapped
    found = {each.text: each for each in split_alternatives(own)}
    if found:
        return {text: each for text, each in found.items() if text not in composed}
    return {own.pattern: Alternative(own.pattern, own.pattern, own.flags & ~re.UNICODE)}


def _record_patterns() -> Iterator[tuple[str, Recorder]]:
    """Replaces each pattern of the reading and of the rules by a recorder; these, with the names of the patterns."""
    for module in _modules():
        short = module.__name__.removeprefix("imrlint.")
        for name, thing in list(vars(module).items()):
            if isinstance(thing, re.Pattern | Pattern):
                recorder = Recorder(thing)
                setattr(module, name, recorder)
                yield f"{short}.{name}", recorder
            elif isinstance(thing, tuple) and thing and all(isinstance(each, re.Pattern | Pattern) for each in thing):
                recorders = tuple(Recorder(each) for each in thing)
                setattr(module, name, recorders)
                yield from ((f"{short}.{name}[{number}]", each) for number, each in enumerate(recorders))


def _restore() -> None:
    """Puts the original patterns back."""
    for module in _modules():
        for name, thing in list(vars(module).items()):
            if isinstance(thing, Recorder):
                setattr(module, name, thing.wrapped)
            elif isinstance(thing, tuple) and thing and all(isinstance(each, Recorder) for each in thing):
                setattr(module, name, tuple(each.wrapped for each in thing))


def _modules() -> Iterator[ModuleType]:
    for package in (reading, importlib.import_module("imrlint.rules")):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not info.ispkg:
                yield importlib.import_module(info.name)
