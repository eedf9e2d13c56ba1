"""A guideline clause, read: on which documents, sections and pages it rests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lark import Token

from imrlint.knowledge import guidelines
from imrlint.model import Citation, Field, Prose
from imrlint.parser.grammars import Node, parse

_EDGE = " ,.;:<>-–"
_OUTSIDE_BRACKETS = re.compile(r",\s+(?![^()]*\))")
_NUMBER = re.compile(r"\d+")
_JOINED = re.compile(r"(?:,? and|,)\s+$")


class _Piece(NamedTuple):
    """Characters `start` up to `end` of the clause."""

    start: int
    end: int


@dataclass
class _Draft:
    name: _Piece
    document: str | None
    mtus: bool
    year: _Piece | None = None
    sections: list[_Piece] = field(default_factory=list)
    pages: list[_Piece] = field(default_factory=list)

    @property
    def whole(self) -> _Piece:
        pieces = [self.name, *self.sections, *self.pages, *([self.year] if self.year else [])]
        return _Piece(min(p.start for p in pieces), max(p.end for p in pieces))


def citations(prose: Prose) -> tuple[tuple[Citation, ...], bool]:
    """What a clause cites, and whether it says that it cites nothing."""
    drafts, nothing = _read(prose.text)
    return tuple(_citation(draft, prose) for draft in drafts), nothing


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[tuple[_Draft, ...], bool]:
    reader = _Reader(text)
    nothing = False
    for part in parse("citation", text).children:
        assert not isinstance(part, Token)
        nothing |= part.data == "nothing"
        reader.read(part)
    return tuple(reader.drafts), nothing


class _Reader:
    """Collects the citations of a clause. Where one document ends and the next begins is known by their names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.drafts: list[_Draft] = []
        self.mode = ""  # the fixed words last read
        self.fresh = False  # whether they open a new source

    def read(self, part: Node) -> None:
        tokens = [token for token in part.children if isinstance(token, Token)]
        kind = str(part.data)
        match kind:
            case "words" if self.mode == "free":
                self.free(_piece(tokens))
            case "words" if self.mode:
                self.words(_piece(tokens), in_sections=self.mode == "sections")
            case "year" | "pages" if self.mode == "free" and self.drafts:
                self.free(_piece(tokens))
            case "year" if self.drafts and self.drafts[-1].mtus:
                start = tokens[0].start_pos or 0
                self.drafts[-1].year = _Piece(start, start + 4)
                self.identify(self.drafts[-1])
            case "pages" if self.drafts:
                for token in tokens[1:]:
                    start, end = _piece([token])
                    self.drafts[-1].pages += [_Piece(*m.span()) for m in _NUMBER.finditer(self.text, start, end)]
        if kind not in ("words", "year", "pages") and not (self.mode == "free" and kind == "sections"):
            self.mode = kind
            self.fresh = kind != "sections"

    def words(self, within: _Piece, *, in_sections: bool) -> None:
        for name, rest in _names(self.text, within, in_sections=in_sections):
            if name is not None:
                self.drafts.append(_Draft(name, None, mtus=True))
                self.identify(self.drafts[-1])
                self.fresh = False
            if rest.start < rest.end and self.drafts and not self.fresh:
                self.drafts[-1].sections += _sections(self.text, rest)

    def free(self, within: _Piece) -> None:
        name = _trimmed(self.text, within)
        if self.fresh:
            known = guidelines.names().search(self.text, name.start, name.end)
            document = guidelines.identify(known.group(), None) if known else None
            self.drafts.append(_Draft(name, document, mtus=False))
            self.fresh = False
        elif self.drafts:  # a year or a page parted its words
            self.drafts[-1].name = _Piece(self.drafts[-1].name.start, name.end)

    def identify(self, draft: _Draft) -> None:
        year = int(self.text[draft.year.start : draft.year.end]) if draft.year else None
        draft.document = guidelines.identify(self.text[draft.name.start : draft.name.end], year)


def _names(text: str, within: _Piece, *, in_sections: bool) -> Iterator[tuple[_Piece | None, _Piece]]:
    """Each document named in a piece of the clause, with what follows its name."""
    starts: list[_Piece] = []
    for match in guidelines.names().finditer(text, within.start, within.end):
        if in_sections and not _JOINED.search(text, max(within.start, match.start() - 8), match.start()):
            continue
        chapter = starts and text[starts[-1].end : match.start()].strip(" ,")
        if starts and re.fullmatch(r"(?:Chapter \d+)?", str(chapter), re.IGNORECASE):
            starts[-1] = _Piece(match.start(), match.end())
        else:
            starts.append(_Piece(match.start(), match.end()))
    first = starts[0].start if starts else within.end
    if first > within.start:
        before = _trimmed(text, _Piece(within.start, first), joined=bool(starts))
        if in_sections:
            yield None, before
        elif not starts and before.start < before.end:
            yield (None if text[before.start : before.end] == "Guidelines" else before), _Piece(0, 0)
    for i, name in enumerate(starts):
        end = starts[i + 1].start if i + 1 < len(starts) else within.end
        yield name, _trimmed(text, _Piece(name.end, end), joined=end < within.end)


def _sections(text: str, within: _Piece) -> Iterator[_Piece]:
    """The names in a list of sections: commas inside brackets part nothing."""
    start = within.start
    for comma in _OUTSIDE_BRACKETS.finditer(text, within.start, within.end):
        yield _trimmed(text, _Piece(start, comma.start()))
        start = comma.end()
    last = _trimmed(text, _Piece(start, within.end))
    if last.start < last.end:
        yield last


def _piece(tokens: list[Token]) -> _Piece:
    return _Piece(tokens[0].start_pos or 0, tokens[-1].end_pos or 0)


def _trimmed(text: str, piece: _Piece, *, joined: bool = False) -> _Piece:
    words = text[piece.start : piece.end]
    if joined:
        words = re.sub(r"(?:,? and|,)\s*$", "", words)
    start = piece.start + len(words) - len(words.lstrip(_EDGE))
    return _Piece(start, max(start, piece.start + len(words.rstrip(_EDGE))))


def _citation(draft: _Draft, prose: Prose) -> Citation:
    def words(piece: _Piece) -> Field[str]:
        said = prose.text[piece.start : piece.end]
        place = prose.place(*piece)
        return Field(prose.source[place], place, said)

    def number(piece: _Piece) -> Field[int]:
        said = words(piece)
        return Field(said.raw, said.span, int(said.value or 0))

    return Citation(
        span=prose.place(*draft.whole),
        name=words(draft.name),
        document=draft.document,
        year=number(draft.year) if draft.year else None,
        sections=tuple(words(section) for section in draft.sections),
        pages=tuple(number(page) for page in draft.pages),
        mtus=draft.mtus,
    )
