"""A stand-in for a compiled pattern that records its matches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from imrlint.document.patterns import Pattern


class Hit(NamedTuple):
    """A match, with the method and the arguments of the call that found it."""

    method: str
    text: str
    start: int
    end: int
    span: tuple[int, int]

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether the same call of another pattern finds the same match."""
        if self.method == "search":
            found = pattern.match(self.text, self.span[0], self.end)
        elif self.method == "fullmatch":
            found = pattern.fullmatch(self.text, self.start, self.end)
        else:
            found = pattern.match(self.text, self.start, self.end)
        return found is not None and found.span() == self.span


class Recorder:
    """A pattern that records its hits and otherwise behaves like the one it wraps."""

    def __init__(self, pattern: re.Pattern[str] | Pattern) -> None:
        self.wrapped = pattern
        self._compiled = pattern.compiled if isinstance(pattern, Pattern) else pattern
        self.hits: list[Hit] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.wrapped, name)

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        return self._keep("search", self._compiled.search(text, pos, _end(text, endpos)), text, pos, endpos)

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        return self._keep("match", self._compiled.match(text, pos, _end(text, endpos)), text, pos, endpos)

    def fullmatch(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        return self._keep("fullmatch", self._compiled.fullmatch(text, pos, _end(text, endpos)), text, pos, endpos)

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[re.Match[str]]:
        for match in self._compiled.finditer(text, pos, _end(text, endpos)):
            self._keep("search", match, text, pos, endpos)
            yield match

    def findall(self, text: str) -> list[Any]:
        for _ in self.finditer(text):
            pass
        return self._compiled.findall(text)

    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        for _ in self.finditer(text):
            pass
        return self._compiled.split(text, maxsplit)

    def sub(self, repl: Any, text: str, count: int = 0) -> str:
        for _ in self.finditer(text):
            pass
        return self._compiled.sub(repl, text, count)

    def _keep(
        self, method: str, match: re.Match[str] | None, text: str, pos: int, endpos: int | None
    ) -> re.Match[str] | None:
        if match is not None:
            self.hits.append(Hit(method, text, pos, _end(text, endpos), match.span()))
        return match


def _end(text: str, endpos: int | None) -> int:
    return len(text) if endpos is None else endpos
