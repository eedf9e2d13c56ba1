"""Regular expressions over prose that are found fast.

Most patterns of words match in few sentences, and trying one at each character of a sentence takes much longer than to
see that the sentence has none of its words: which words those are is read from the pattern itself. And a pattern that
ignores case is found two to five times faster in lower case, where it need not ignore it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from re import _constants as op
from re import _parser
from typing import Any, NamedTuple

from imrlint import kept_patterns
from imrlint.document.text import fold_case
from imrlint.once import cached_property

_END = sys.maxsize
_CAPITALS = re.compile(r"\\.|\(\?P[<=]\w+|[A-Z]+", re.DOTALL)  # of a pattern, where they stand for themselves
_MOST = 60  # words that are looked for; with more of them the pattern itself is as fast
_IGNORE_CASE = int(re.IGNORECASE)  # numbers are compared much faster than flags
_SHORTEST = 2  # characters of a word; single ones are everywhere


class Pattern:
    """A regular expression, compiled when a text has one of its words for the first time."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = int(flags)
        self._ignores_case = bool(self.flags & _IGNORE_CASE)
        self._kept = kept_patterns.prepare(pattern, self.flags, _describe)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression itself, for other methods than those below."""
        kept = self._kept
        return kept.restore(kept.searched[0]) if kept else re.compile(self.pattern, self.flags)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words of which each match has one, in lower case where case is ignored; none where they are not known."""
        return self._kept.words if self._kept else find_words(self.pattern, self.flags)

    @cached_property
    def _folded(self) -> re.Pattern[str]:
        """The same for a text in lower case: it need not ignore case, and is found several times faster."""
        kept = self._kept
        return kept.restore(kept.searched[1]) if kept else re.compile(*_lower(self.pattern, self.flags))

    def search(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """The first match in characters `start` up to `end` of a text."""
        if start or end is not _END or not self._ignores_case:
            return self.compiled.search(text, start, end) if self._may_be_in(text[start:end]) else None
        lower = fold_case(text)
        found = self._folded.search(lower) if self._has_word(lower) else None
        return found if found is None or lower == text else self.compiled.match(text, found.start())

    def match(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """The match that begins at character `start` of a text."""
        return self.compiled.match(text, start, end) if self._may_be_in(text[start:end]) else None

    def finditer(self, text: str, start: int = 0, end: int = _END) -> Iterator[re.Match[str]]:
        """Each match in characters `start` up to `end` of a text."""
        if start or end is not _END or not self._ignores_case:
            return self.compiled.finditer(text, start, end) if self._may_be_in(text[start:end]) else iter(())
        return self.find_in(text, fold_case(text))

    def find_in(self, text: str, lower: str) -> Iterator[re.Match[str]]:
        """Each match in a text, which is there in lower case, too."""
        if not self._ignores_case:
            return self.compiled.finditer(text) if self._has_word(text) else iter(())
        return self._find_each(text, lower) if self._has_word(lower) else iter(())

    def _find_each(self, text: str, lower: str) -> Iterator[re.Match[str]]:
        if lower == text:
            return self._folded.finditer(text)
        found = (self.compiled.match(text, each.start()) for each in self._folded.finditer(lower))
        return (each for each in found if each is not None)

    def _may_be_in(self, text: str) -> bool:
        return self._has_word(fold_case(text) if self._ignores_case else text)

    def _has_word(self, text: str) -> bool:
        words = self.words
        for word in words:  # no generator: this is asked a thousand times a letter
            if word in text:
                return True
        return not words


def _lower(pattern: str, flags: int) -> tuple[str, int]:
    """A pattern that finds in a text in lower case what this one finds without regard to case."""
    lower = _CAPITALS.sub(lambda found: found[0].lower() if found[0].isalpha() else found[0], pattern)
    return lower, flags & ~_IGNORE_CASE


def _describe(pattern: str, flags: int) -> kept_patterns.Description:
    """The words that a pattern needs; the pattern itself, and that for a text in lower case."""
    return find_words(pattern, flags), ((pattern, flags), _lower(pattern, flags))


class _Needs(NamedTuple):
    """What a part of a pattern needs: the only strings that it matches, where they are known, or strings of which each
    match has one.
    """

    exact: frozenset[str] | None
    some: frozenset[str]


_NOTHING = _Needs(None, frozenset())
_EMPTY = _Needs(frozenset(("",)), frozenset())


def find_words(pattern: str, flags: int = 0) -> tuple[str, ...]:
    """Words of which each match of a pattern has one, in lower case where case is ignored; none where there are too
    many, or too short ones.
    """
    parsed = _parser.parse(pattern, flags)
    if parsed.state.flags & re.VERBOSE or parsed.state.flags & re.IGNORECASE != flags & re.IGNORECASE:
        return ()
    found = _choose((_read_sequence(parsed).some,))
    if flags & re.IGNORECASE:
        found = frozenset(word.lower() for word in found)
    if len(found) > _MOST or any(not char.isascii() and char.isalpha() for word in found for char in word):
        return ()  # a letter beyond ASCII may match another one
    kept = [word for word in found if not any(other in word for other in found if other != word)]
    return tuple(sorted(kept, key=lambda word: (len(word), word)))


def _choose(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """The set that is best looked for: its shortest word is long, and it has few."""
    best = max(sets, key=_rate, default=frozenset())
    return best if _rate(best) > (0, 0) else frozenset()


def _rate(words: frozenset[str]) -> tuple[int, int]:
    shortest = min(map(len, words), default=0)
    return (min(shortest, 8), -len(words)) if shortest >= _SHORTEST and len(words) <= _MOST else (0, 0)


def _read_sequence(parts: Iterable[tuple[Any, Any]]) -> _Needs:
    """What parts need that follow one another."""
    is_exact = True
    run: frozenset[str] = frozenset(("",))
    found: list[frozenset[str]] = []
    for kind, value in parts:
        needs = _read_part(kind, value)
        found.append(needs.some)
        joined = needs.exact and frozenset(one + two for one in run for two in needs.exact)
        if joined and len(joined) <= _MOST:
            run = joined
        else:
            is_exact = False
            found.append(run)
            run = needs.exact or frozenset(("",))
    found.append(run)
    return _Needs(run if is_exact else None, _choose(found))


def _read_part(kind: Any, value: Any) -> _Needs:
    if kind is op.LITERAL:
        return _Needs(frozenset((chr(value),)), frozenset())
    if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return _EMPTY
    if kind is op.IN and all(each[0] is op.LITERAL for each in value):
        return _Needs(frozenset(chr(code) for _, code in value), frozenset())
    if kind is op.SUBPATTERN:
        _, added, removed, inner = value
        return _NOTHING if (added | removed) & re.IGNORECASE else _read_sequence(inner)
    if kind is op.ATOMIC_GROUP:
        return _read_sequence(value)
    if kind is op.BRANCH:
        return _read_branches([_read_sequence(each) for each in value[1]])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        fewest, most, inner = value
        needs = _read_sequence(inner)
        if fewest == 0 and most == 1 and needs.exact:
            return _Needs(needs.exact | {""}, frozenset())
        if fewest == most == 1:
            return needs
        return _Needs(None, needs.some if fewest else frozenset())
    return _NOTHING


def _read_branches(branches: list[_Needs]) -> _Needs:
    exact = [each.exact for each in branches]
    some = [each.some for each in branches]
    known = frozenset().union(*(each for each in exact if each)) if all(exact) else None
    return _Needs(known, frozenset().union(*some) if all(some) else frozenset())
