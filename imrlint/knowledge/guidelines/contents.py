"""Sections of guidelines with their pages and subjects, and chapters of large works.

Sources: the tables `sections.tsv` and `chapters.tsv`. A section of low confidence has no pages here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from imrlint.knowledge import registry
from imrlint.knowledge.guidelines import documents
from imrlint.knowledge.guidelines.documents import Pages

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)*")
_SHORT = 3  # letters of a name that is too short to be looked for among other words
_ANOTHER = re.compile(r"\d\.\d")  # the number of another section in a list
_NEAR = 86  # how alike two names must be, of 100, to be one name misspelt


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document. `pages` are the first and last, None where no source gives them.

    `subjects` are what it is about, in the words of `subjects.tsv`, or "any" for what serves all.
    """

    document: str
    name: str
    pages: Pages | None
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a large work. `regions` is empty for one that serves the whole body.

    `kinds` are the kinds of request that are filed there whatever the region.
    """

    document: str
    name: str
    regions: frozenset[str]
    kinds: frozenset[str]


class Likeness(Enum):
    """How well words name a section."""

    EXACT = "its name, punctuation and brackets aside"
    MISSPELT = "nearly its name"
    PART = "its name and other words"


class Match(NamedTuple):
    """A section found by a name: `spelling` is the right name that was meant."""

    section: Section
    spelling: str
    likeness: Likeness


@cache
def sections(document: str) -> tuple[Section, ...]:
    """Every section of a document, in the order of the table."""
    return tuple(section for section, _ in _sections(document))


def find_section(document: str, words: str) -> Section | None:
    """The section that has this name, punctuation and brackets aside."""
    found = _exact(document, words)
    return found[0] if found else None


def match_section(document: str, words: str) -> Match | None:
    """The section that words mean, be they misspelt, longer than its name, or a part of it that no other has.

    None where they are near no name.
    """
    index = _index(document)
    if found := _exact(document, words):
        return Match(*found, Likeness.EXACT)
    from rapidfuzz import fuzz, process  # only what is misspelt needs it

    for key in _keys(words):
        best = process.extractOne(key, list(index), scorer=fuzz.ratio, score_cutoff=_NEAR) if key else None
        if best and _number(best[0]) == _number(key):
            return Match(*index[best[0]], Likeness.MISSPELT if _slips(key, best[0]) else Likeness.PART)
    whole = f" {_key(words)} "
    inside = [key for key in index if len(key) > _SHORT and f" {key} " in whole]
    if inside:
        return Match(*index[max(inside, key=len)], Likeness.PART)
    around = {found[0]: found for key, found in index.items() if len(whole) > _SHORT and whole in f" {key} "}
    return Match(*next(iter(around.values())), Likeness.PART) if len(around) == 1 else None


def list_documents_with(words: str) -> tuple[str, ...]:
    """The keys of the documents that have a section of this name, or have this name themselves."""
    if document := documents.identify(words, None):
        return (document,)
    having_sections = dict.fromkeys(row.document for row in registry.SECTIONS.rows)
    return tuple(key for key in having_sections if find_section(key, words))


@cache
def chapters(document: str) -> dict[str, Chapter]:
    """The chapters of a work, by each of their names in lower case."""
    found = {}
    for row in registry.CHAPTERS.rows:
        if row.document == document:
            made = Chapter(document, row.chapter, row.regions, row.kinds)
            found.update({alias.casefold(): made for alias in (row.chapter, *row.aliases)})
    return found


@cache
def chapter_pattern(document: str) -> re.Pattern[str]:
    """A pattern for the names of the chapters of a work, the longest first."""
    names = sorted(chapters(document), key=len, reverse=True)
    spaced = (re.escape(name).replace(r"\ ", r"\s+").replace(",", ",?") for name in names)
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(spaced)})(?![A-Za-z])", re.IGNORECASE)


def find_chapter(document: str, name: str) -> Chapter | None:
    """The chapter of a work that has this name."""
    folded = " ".join(name.casefold().split())
    plain = folded.replace(",", "")
    by_name = chapters(document)
    return by_name.get(folded) or next((c for known, c in by_name.items() if known.replace(",", "") == plain), None)


def _key(words: str) -> str:
    """A name without its punctuation; "&" is "and"."""
    return " ".join(_WORD.findall(words.casefold().replace("&", " and ")))


def _exact(document: str, words: str) -> tuple[Section, str] | None:
    """The section of a name and the name itself; of a numbered one the number and how its last heading begins."""
    index = _index(document)
    keys = _keys(words)
    found = next((index[key] for key in keys if key in index), None)
    if found is None and (number := _number(keys[0])):
        last = f"{number} {_key(words.rpartition(':')[2])}"
        for section in sections(document):
            key = _key(section.name)
            begins = last.startswith(key) or keys[0].startswith(key)
            if _number(key) == number and begins and not _ANOTHER.search(keys[0], len(number)):
                return section, section.name
    return found


def _keys(words: str) -> tuple[str, ...]:
    """A name in full and without its brackets."""
    return tuple(dict.fromkeys((_key(words), _key(_bare(words)))))


def _slips(key: str, right: str) -> bool:
    """Whether a name differs from the right one by misspelt words, not by a plural or by other words."""
    from rapidfuzz.distance import OSA

    if key.replace(" ", "") == right.replace(" ", "") or len(key.split()) != len(right.split()):
        return False
    pairs = [(a.removesuffix("s"), b.removesuffix("s")) for a, b in zip(key.split(), right.split(), strict=True)]
    return any(a != b for a, b in pairs) and all(OSA.distance(a, b) <= 1 + len(b) // 8 for a, b in pairs)


def _bare(words: str) -> str:
    return _BRACKETS.sub(" ", words)


def _number(key: str) -> str:
    """The number that a section name begins with: a different number is never a misspelling."""
    first = key.partition(" ")[0]
    return first if first[:1].isdigit() else ""


@cache
def _sections(document: str) -> list[tuple[Section, tuple[str, ...]]]:
    """The sections of a document, each with its names."""
    found = []
    for row in registry.SECTIONS.rows:
        if row.document == document:
            pages = documents.read_pages(row.pages) if row.confidence != "low" else None
            section = Section(row.document, row.section, pages, row.subjects)
            found.append((section, (row.section, *row.aliases)))
    return found


@cache
def _index(document: str) -> dict[str, tuple[Section, str]]:
    """The sections of a document by key; a name in full comes before one without its brackets."""
    index: dict[str, tuple[Section, str]] = {}
    for shorten in (lambda name: name, _bare):
        for section, names in _sections(document):
            for name in names:
                index.setdefault(_key(shorten(name)), (section, name))
    return index
