"""Identifiers in what the file of a letter says beside its text: in properties, comments and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.letter import Generation, Header, Letter, Reviewer
from imrlint.document.prose import Prose
from imrlint.document.text import Aside, Source, Span
from imrlint.reading.identifiers import Kind, find_identifiers

_LONGEST_NAME = 80  # characters of a title, a subject or a keyword; what is longer is text
# What stands between the parts of a title: marks, small words, the number of a case, the ending of a file.
_PARTS = re.compile(r"\s+[-–—]+\s+|[|;:()\[\]]+|\s+(?:for|of|by|to|on)\s+|\b(?:CM)?\d\d-\d{6,7}\b|\.\w{3,4}$")


class HiddenIdentifier(NamedTuple):
    """A kind of words that identify a person, and the aside that has them."""

    kind: Kind
    aside: Aside


def find_hidden_identifiers(asides: tuple[Aside, ...]) -> Iterator[HiddenIdentifier]:
    """Each kind of identifiers in each aside, once."""
    for aside in asides:
        kinds = list(dict.fromkeys(_find_kinds(aside.text)))
        if not kinds and len(aside.text) <= _LONGEST_NAME:
            kinds = list(dict.fromkeys(_find_kinds(_put_labels(aside.text))))
        yield from (HiddenIdentifier(kind, aside) for kind in kinds)


def _put_labels(title: str) -> str:
    """The parts of a title, which are what it is about, each behind a label, as a letter would write them.

    Two words are tried as a surname before a given name too.
    """
    parts = [part.split() for part in _PARTS.split(title.replace("_", " "))]
    parts += [[f"{part[0]},", part[1]] for part in parts if len(part) == 2]
    return "\n\n".join(f"Regarding: {' '.join(part)}" for part in parts if part)


def _find_kinds(text: str) -> Iterator[Kind]:
    source = Source(text)
    paragraphs = (Span(*match.span()) for match in re.finditer(r"\S[^\n]*", text))
    loose = tuple(Prose(source, span) for span in paragraphs)
    letter = Letter(source, Generation.PLAIN, Header(), (), Reviewer(), (), (), loose)
    return (identifier.kind for identifier in find_identifiers(letter))
