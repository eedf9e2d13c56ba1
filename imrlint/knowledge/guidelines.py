"""Guideline documents by the names they go by. Source: the table `guidelines.tsv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from imrlint.knowledge import tables


@dataclass(frozen=True, slots=True)
class Document:
    """A guideline. `key` is its identity, `name` what people call it."""

    key: str
    name: str
    pages: tuple[int, int] | None


@cache
def documents() -> dict[str, Document]:
    found = {}
    for row in tables.rows("guidelines.tsv"):
        first, _, last = row["pages"].partition("-")
        pages = (int(first), int(last)) if last else None
        found[row["document"]] = Document(row["document"], row["name"], pages)
    return found


def name(key: str) -> str:
    return documents()[key].name


@cache
def names() -> re.Pattern[str]:
    """A pattern for every name of a document, the longest first; its groups are not numbered."""
    aliases = sorted(_keys(), key=len, reverse=True)
    spaced = (re.escape(alias).replace(r"\ ", r"\s+").replace(",", ",?") for alias in aliases)
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(spaced)})(?![A-Za-z])", re.IGNORECASE)


def identify(name: str, year: int | None) -> str | None:
    """The key of the document that `name` and `year` mean."""
    key = _keys().get(" ".join(name.casefold().split())) or _keys_without_commas().get(
        " ".join(name.casefold().replace(",", " ").split())
    )
    if key == "CPMTG2009" and year is not None and year >= 2016:
        return "CPMTG2016"
    return key


@cache
def _keys() -> dict[str, str]:
    return {
        alias.casefold(): row["document"]
        for row in tables.rows("guidelines.tsv")
        for alias in row["aliases"].split("|")
        if alias
    }


@cache
def _keys_without_commas() -> dict[str, str]:
    return {" ".join(alias.replace(",", " ").split()): key for alias, key in _keys().items()}
