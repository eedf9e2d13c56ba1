"""Guideline documents by the names they go by, and when each was in force. Source: the table `documents.tsv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from imrlint.knowledge import registry

_NEAR = 88  # how alike two names must be, of 100, to be one name misspelt


class Pages(NamedTuple):
    """The first and the last page of a text."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Document:
    """A guideline.

    `key` is its identity, `name` what people call it; `years` those it is cited by, and `pages`
    its first and last page, None where no source gives them. `regions` are the regions of the body
    that it is about, none for a document on every region; `subjects` likewise what it
    is about. `since` and `until` bound the days on
    which the MTUS held it.
    """

    key: str
    name: str
    years: frozenset[int]
    pages: Pages | None
    regions: frozenset[str]
    subjects: frozenset[str]
    since: date | None
    until: date | None

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@cache
def documents() -> dict[str, Document]:
    """Every document, by its key."""
    found = {}
    for row in registry.DOCUMENTS.rows:
        known = read_pages(row.pages) if row.confidence != "low" else None
        found[row.document] = Document(
            row.document, row.name, row.years, known, row.regions, row.subjects, row.since, row.until
        )
    return found


def read_pages(written: str) -> Pages | None:
    """The pages of "41-42"; None of ""."""
    first, _, last = written.partition("-")
    return Pages(int(first), int(last)) if last else None


def name_of(key: str) -> str:
    """What people call the document with a key. Raises `KeyError`."""
    return documents()[key].name


def acoem_chapter(number: int) -> Document:
    """The chapter of ACOEM's second edition that has a number; the first seven are one document here."""
    return documents().get(f"ACOEM-{number}", documents()["ACOEM-GENERAL"])


@cache
def name_pattern() -> re.Pattern[str]:
    """A pattern for every name of a document, the longest first; its groups are not numbered.

    A name that is also the name of something else ("Opioids") counts only with a year after it.
    """
    names = sorted({(alias, dated) for alias, _, dated in _names()}, key=lambda name: (-len(name[0]), name))
    plain = [alias for alias, dated in names if not dated]
    dated = [alias for alias, dated in names if dated]
    known = rf"{'|'.join(map(_spaced, plain))}|(?:{'|'.join(map(_spaced, dated))})(?=\s+20\d\d\b)"
    return re.compile(rf"(?<![A-Za-z])(?:{known})(?![A-Za-z])", re.IGNORECASE)


def nearest_name(words: str) -> str | None:
    """The name of a document of the MTUS that is meant by words that may be misspelt."""
    from rapidfuzz import fuzz, process, utils  # only what is misspelt needs it

    adopted = [alias for alias, key, _ in _names() if documents()[key].since]
    best = process.extractOne(words, adopted, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_NEAR)
    return best[0] if best else None


def correct_name(words: str) -> str | None:
    """The name that is meant by words that are nearly one; None for a right name."""
    is_right = _folded(words) in _keys() or name_pattern().search(words)
    return None if is_right else nearest_name(words)


def identify(name: str, year: int | None) -> str | None:
    """The key of the document that `name` means; a year tells editions apart."""
    keys = _keys().get(_folded(name), ())
    dated = [key for key in keys if year in documents()[key].years]
    return next(iter([*dated, *keys]), None)


def _spaced(alias: str) -> str:
    return re.escape(alias).replace(r"\ ", r"\s+").replace(",", ",?")


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace(",", " ").split())


@cache
def _names() -> tuple[tuple[str, str, bool], ...]:
    """Each name with the key of its document, and whether it counts only with a year."""
    return tuple(
        (alias, row.document, dated)
        for row in registry.DOCUMENTS.rows
        for aliases, dated in ((row.aliases, False), (row.dated, True))
        for alias in aliases
    )


@cache
def _keys() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for alias, key, _ in _names():
        found[_folded(alias)] = (*found.get(_folded(alias), ()), key)
    return found
