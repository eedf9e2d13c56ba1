"""A guideline clause, read: on which documents, chapters, sections and pages it rests.

The grammar finds the fixed words; where one name ends and the next begins is told by the names
that the knowledge tables hold, not by commas, which stand inside of names as often as between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lark import Token

from imrlint.knowledge import contents, guidelines
from imrlint.knowledge.contents import Chapter
from imrlint.model import Citation, Field, Prose
from imrlint.parser.grammars import Node, parse

_EDGE = " ,.;:<>-–/"
_LONGEST = 12  # the most pieces that a name is made of
_OUTSIDE = ("Official Disability Guidelines", "ODG", "ODG-TWC", "ODG TWC")
_FREE = ("ODG", "ACOEM")  # the works with chapters that a Non-MTUS citation may name
_NUMBER = re.compile(r"\d+")
# What may stand behind a page and names no section: "of 127", "Table 12-8", a bracket.
_ACOEM = re.compile(r"ACOEM\b|American College\b")
_NO_NAME = re.compile(
    r"\W*|(?:of|and) \d+\W*|chapter \d+|\W*(?:and )?tables? \d+-\d+\W*|Guidelines?|8 C\.?C\.?R\.?[\d.\s–-]*"
    r"|\W*(?:effective |revised )?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)[ \d,]*\W*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;] +(?:and +)?| +and +| +& +")
_CHAPTER_NUMBER = re.compile(r"[ ,]*Chapter (\d+)[ ,:(]*", re.IGNORECASE)
_JOINED = re.compile(r"(?:(?:^|,| )\s*and|,)\s+$|^$")
_TRAILING_AND = re.compile(r"(?:(?:^|,? )and|,)\s*$")
_EMPTY_GAP = re.compile(r"[ (),]*")
# Where the next source may begin within free text: at its start, or behind what ends a name.
_BOUNDARY = re.compile(r"(?:^|[.;,:–-] ?| and | & )\(?$")
_FREE_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_FREE_PAGES = re.compile(r"\b(?:pages?|pgs?|pp?)[. ]+(\d{1,4}(?: ?[-–,] ?\d{1,4})*)(?![\d/])", re.IGNORECASE)
_EDITION = re.compile(
    r"\b(?:(?P<one>1st|first)|(?P<two>2nd|second)|(?P<three>3rd|third)|v\.? ?(?P<said>[23])) ?(?:ed(?:ition)?\b\.?)?",
    re.IGNORECASE,
)
_EDITIONS = {"one": 1, "two": 2, "three": 3}
# What stands around the names in free text and is no name.
_FILLER = re.compile(
    r"\((?:updated[^)]*|online version|acute (?:and|&) chronic|chronic|acute|[^()]*edition)\)|\bchapters?\b|\bsection\b"
    r"|\bonline version\b|\btreatment in workers['’]? comp(?:ensation)?\b|\(?TWC\)?|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_CHAPTER_END = re.compile(r"\.?$|[,:;/]? \(|,? (?:chapter|section)\b|, (?-i:[A-Z])", re.IGNORECASE)
_SAID_CHAPTER = re.compile(r" \((?:acute|chronic|updated)|,? (?:chapter|section)\b", re.IGNORECASE)
_YEAR_NEXT = re.compile(r"\s*(?:19|20)\d\d")
_BRACKETED = re.compile(r" \([^()]*(?:[Aa]cute|[Cc]hronic|[Uu]pdated|[Tt]rauma)[^()]*\)")
_HEAD = re.compile(r"(?:^|[,;:/–-] ?| and |& )\(?$")


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
    edition: tuple[_Piece, int] | None = None
    chapters: list[tuple[_Piece, str]] = field(default_factory=list)
    sections: list[tuple[_Piece, str | None]] = field(default_factory=list)
    pages: list[_Piece] = field(default_factory=list)

    @property
    def whole(self) -> _Piece:
        pieces = [self.name, *(p for p, _ in self.sections), *self.pages, *([self.year] if self.year else [])]
        return _Piece(min(p.start for p in pieces), max(p.end for p in pieces))


def citations(prose: Prose) -> tuple[tuple[Citation, ...], bool]:
    """What a clause cites, and whether it says that it cites nothing."""
    drafts, nothing = _read(prose.text)
    return tuple(_citation(draft, prose) for draft in drafts), nothing


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[tuple[_Draft, ...], bool]:
    reader = _Reader(text)
    nothing = False
    parts = [part for part in parse("citation", text).children if not isinstance(part, Token)]
    for part in parts:
        nothing |= part.data == "nothing"
        reader.read(part)
    reader.close()
    return tuple(reader.drafts), nothing


class _Reader:
    """Collects the citations of a clause, mark by mark."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.drafts: list[_Draft] = []
        self.mode = ""  # the fixed words last read
        self.begun = False  # whether a document has been named since the last MTUS
        self.free: _Piece | None = None  # free text read so far

    def read(self, part: Node) -> None:
        tokens = [token for token in part.children if isinstance(token, Token)]
        kind = str(part.data)
        if self.mode == "free" and kind in ("words", "year", "pages", "sections"):
            start, end = _piece(tokens)
            self.free = _Piece(self.free.start if self.free else start, end)
            return
        match kind:
            case "words" if self.mode == "mtus":
                self.mtus(_piece(tokens))
            case "words" if self.mode == "sections":
                self.sections(_piece(tokens))
            case "year" if self.drafts and self.drafts[-1].mtus:
                start = tokens[0].start_pos or 0
                self.reopen()
                self.date(self.drafts[-1], _Piece(start, start + 4))
            case "pages" if self.drafts:
                for token in tokens[1:]:
                    start, end = _piece([token])
                    self.drafts[-1].pages += _numbers(self.text, start, end)
        if kind not in ("words", "year", "pages"):
            self.close()
            self.mode = kind
            self.begun &= kind != "based"

    def close(self) -> None:
        """The end of free text: what it cites is read as a whole."""
        if self.free is not None:
            self.drafts += _free_citations(self.text, _trimmed(self.text, self.free))
            self.free = None

    def mtus(self, within: _Piece) -> None:
        """Names of documents, each with the section names that were typed behind it."""
        named = list(_documents(self.text, within))
        outside = next((name for name in named if _name(self.text, name) in _OUTSIDE), None)
        if outside:  # a work outside the MTUS, without the words that say so
            self.free, self.mode = _Piece(outside.start, within.end), "free"
            within = _Piece(within.start, outside.start)
            named = [name for name in named if name.end <= outside.start]
        first = named[0].start if named else within.end
        before = _trimmed(self.text, _Piece(within.start, first), joined=bool(named))
        said = self.text[before.start : before.end]
        if not named and self.begun:
            self.add_sections(before)
        elif not named and said != "Guidelines" and any(map(str.isalpha, said)):
            self.open(before)
        for i, name in enumerate(named):
            end = named[i + 1].start if i + 1 < len(named) else within.end
            self.open(name)
            self.add_sections(_trimmed(self.text, _Piece(name.end, end), joined=end < within.end))

    def sections(self, within: _Piece) -> None:
        """Section names of the last document, and the name of the next one, which stands last."""
        end = within.end
        last = _trimmed(self.text, within)
        following = next((n for n in _documents(self.text, within) if n.end == last.end), None)
        if following and not _JOINED.search(self.text[within.start : following.start]):
            following = None
        document = self.drafts[-1].document if self.drafts else None
        dated = following and _YEAR_NEXT.match(self.text, following.end)
        if following and not dated and document and contents.named(document, self.text[slice(*following)]):
            following = None
        if following:
            end = following.start
        self.add_sections(_trimmed(self.text, _Piece(within.start, end), joined=following is not None))
        if following:
            self.open(following)

    def open(self, name: _Piece) -> None:
        self.begun = True
        document = guidelines.identify(_name(self.text, name), None)
        numbered = _CHAPTER_NUMBER.search(self.text, *name)
        if document == "ACOEM" and numbered:
            document = guidelines.chapter(int(numbered[1])).key
        self.drafts.append(_Draft(name, document, mtus=True))

    def reopen(self) -> None:
        """A year stands behind the name of a document only: what was taken for a section may be a misspelt one."""
        draft = self.drafts[-1]
        if draft.year and draft.sections and draft.sections[-1][1] is None:
            piece = draft.sections[-1][0]
            if guidelines.nearest(self.text[piece.start : piece.end]):
                draft.sections.pop()
                self.open(piece)

    def date(self, draft: _Draft, year: _Piece) -> None:
        draft.year = year
        draft.document = guidelines.identify(_name(self.text, draft.name), int(self.text[year.start : year.end]))

    def add_sections(self, within: _Piece) -> None:
        if self.drafts and not _NO_NAME.fullmatch(self.text, *within):
            draft = self.drafts[-1]
            draft.sections += _resolved(self.text, within, draft.document)


def _documents(text: str, within: _Piece) -> Iterator[_Piece]:
    """Each document named in a piece of the clause; a work and its chapter are one name."""
    found: list[_Piece] = []
    for match in guidelines.names().finditer(text, within.start, within.end):
        between = text[found[-1].end : match.start()] if found else ""
        at_large = bool(found) and _ACOEM.match(text, *found[-1]) is not None
        if at_large and (not between.strip(" ,:(") or _CHAPTER_NUMBER.fullmatch(between)):
            found[-1] = _Piece(found[-1].start, match.end())
        else:
            found.append(_Piece(*match.span()))
        if match.group().upper() == "ACOEM" and (numbered := _CHAPTER_NUMBER.match(text, match.end(), within.end)):
            found[-1] = _Piece(found[-1].start, numbered.end(1))
    return iter(found)


def _name(text: str, piece: _Piece) -> str:
    """The name of the document itself, where a work and its chapter are named in one."""
    if matches := list(guidelines.names().finditer(text, piece.start, piece.end)):
        return matches[-1].group()
    words = text[piece.start : piece.end]
    return guidelines.nearest(words) or words


def _resolved(text: str, within: _Piece, document: str | None) -> list[tuple[_Piece, str | None]]:
    """A list of sections, parted where the known names of the document part it.

    Names hold commas and "and" themselves, so every way to join neighbours is tried: the fewest
    words left without a name win, then the fewest names.
    """
    atoms = _atoms(text, within)
    best: list[tuple[int, int, list[tuple[_Piece, str | None]]]] = [(0, 0, [])]
    for end in range(1, len(atoms) + 1):
        choices = []
        for start in range(max(0, end - _LONGEST), end):
            piece = _Piece(atoms[start].start, atoms[end - 1].end)
            section = contents.named(document, text[piece.start : piece.end]) if document else None
            if section is None and start < end - 1:
                continue
            lost, count, before = best[start]
            lost += 0 if section else 1
            choices.append((lost, count + 1, [*before, (piece, section.name if section else None)]))
        best.append(min(choices, key=lambda choice: choice[:2]))
    return _mended(text, best[-1][2], document)


def _mended(text: str, found: list[tuple[_Piece, str | None]], document: str | None) -> list[tuple[_Piece, str | None]]:
    """Runs of names that are not known, joined or taken for the known names that they nearly are."""
    mended: list[tuple[_Piece, str | None]] = []
    at = 0
    while at < len(found):
        if found[at][1] is not None or document is None:
            mended.append(found[at])
            at += 1
            continue
        end = at
        while end < len(found) and found[end][1] is None:
            end += 1
        run = [piece for piece, _ in found[at:end]]
        while run:
            for size in range(len(run), 0, -1):
                piece = _Piece(run[0].start, run[size - 1].end)
                near = contents.match(document, text[piece.start : piece.end])
                if near:
                    mended.append((piece, near.section.name))
                    run = run[size:]
                    break
            else:
                unknown = run.pop(0)
                if mended and mended[-1][1] is None:
                    unknown = _Piece(mended.pop()[0].start, unknown.end)
                mended.append((unknown, None))
        at = end
    return mended


def _atoms(text: str, within: _Piece) -> list[_Piece]:
    """The smallest pieces of a list: parted at commas, semicolons and "and" outside brackets."""
    atoms = []
    start = within.start
    for separator in _SEPARATOR.finditer(text, within.start, within.end):
        inside = text[start : separator.start()]
        if inside.count("(") > inside.count(")"):
            continue
        atoms.append(_trimmed(text, _Piece(start, separator.start())))
        start = separator.end()
    atoms.append(_trimmed(text, _Piece(start, within.end)))
    return [atom for atom in atoms if atom.start < atom.end]


def _free_citations(text: str, within: _Piece) -> Iterator[_Draft]:
    """What free text cites: each work that is known, and what stands before or instead of one."""
    starts: list[tuple[_Piece, str | None]] = []
    for match in guidelines.names().finditer(text, within.start, within.end):
        document = guidelines.identify(match.group(), None)
        if document not in _FREE:
            continue
        end = match.end() + (text[match.end() : match.end() + 1] == ")")
        if starts and starts[-1][1] == document and _EMPTY_GAP.fullmatch(text, starts[-1][0].end, match.start()):
            starts[-1] = _Piece(starts[-1][0].start, end), document
        elif _BOUNDARY.search(text[within.start : match.start()]):
            starts.append((_Piece(match.start(), end), document))
    first = starts[0][0].start if starts else within.end
    unnamed = _trimmed(text, _Piece(within.start, first), joined=True)
    if unnamed.start < unnamed.end and (not starts or len(text[unnamed.start : unnamed.end]) > 3):
        yield _unnamed(text, unnamed)
    for i, (name, document) in enumerate(starts):
        end = starts[i + 1][0].start if i + 1 < len(starts) else within.end
        rest = _trimmed(text, _Piece(name.end, end), joined=end < within.end)
        yield _free_citation(text, name, rest, str(document))


def _unnamed(text: str, piece: _Piece) -> _Draft:
    """Free text that does not begin with a work that is known: it may name one further on, or only a chapter of one."""
    works = (guidelines.identify(name.group(), None) for name in guidelines.names().finditer(text, *piece))
    document = next((work for work in works if work in _FREE), None)
    draft = _Draft(piece, document, mtus=False)
    if document:
        draft.chapters = [(place, chapter.name) for place, chapter in _chapters(text, piece, document)]
    elif (first := contents.chapter_names("ODG").match(text, *piece)) and (
        chapter := contents.chapter("ODG", first.group())
    ):
        said = _SAID_CHAPTER.match(text, first.end(), piece.end)
        if said or (" " in first.group() and _CHAPTER_END.match(text, first.end(), piece.end)):
            draft.chapters = [(_Piece(*first.span()), chapter.name)]
    return draft


def _chapters(text: str, within: _Piece, document: str) -> list[tuple[_Piece, Chapter]]:
    """Every chapter of a work that is named in a piece of the clause."""
    return [
        (_Piece(*match.span()), chapter)
        for match in contents.chapter_names(document).finditer(text, *within)
        if (chapter := contents.chapter(document, match.group()))
    ]


def _free_citation(text: str, name: _Piece, rest: _Piece, document: str) -> _Draft:
    draft = _Draft(_Piece(name.start, max(name.end, rest.end)), document, mtus=False)
    if year := _FREE_YEAR.search(text, rest.start, rest.end):
        draft.year = _Piece(*year.span())
    for pages in _FREE_PAGES.finditer(text, rest.start, rest.end):
        draft.pages += _numbers(text, *pages.span(1))
    if edition := _EDITION.search(text, rest.start, rest.end):
        said = edition["said"]
        draft.edition = _Piece(*edition.span()), int(said) if said else _EDITIONS[str(edition.lastgroup)]
    found = _chapters(text, rest, document)
    heads = [each for each in found if _HEAD.search(text[rest.start : each[0].start])]
    regional = [each for each in found if each[1].regions]
    draft.chapters = [(piece, chapter.name) for piece, chapter in heads or regional[:1]]
    draft.sections = [(piece, None) for piece in _entries(text, rest, draft)]
    return draft


def _entries(text: str, rest: _Piece, draft: _Draft) -> Iterator[_Piece]:
    """What free text names besides the work, its chapters, year and pages: the entries looked up."""
    taken = [_Piece(piece.start, _past_brackets(text, piece.end)) for piece, _ in draft.chapters]
    taken += [draft.edition[0]] if draft.edition else []
    taken += [_Piece(*m.span()) for m in _FILLER.finditer(text, rest.start, rest.end)]
    taken += [_Piece(*m.span()) for m in _FREE_PAGES.finditer(text, rest.start, rest.end)]
    at = rest.start
    for piece in (*sorted(taken), _Piece(rest.end, rest.end)):
        if piece.start > at:
            for atom in _atoms(text, _Piece(at, piece.start)):
                if text[atom.start] == "(" and text.find(")", *atom) == atom.end - 1:
                    atom = _Piece(atom.start + 1, atom.end - 1)
                if any(character.isalpha() for character in text[atom.start : atom.end]):
                    yield atom
        at = max(at, piece.end)


def _numbers(text: str, start: int, end: int) -> list[_Piece]:
    """Each page number, without the count of all pages ("122 of 127")."""
    of = text.find(" of ", start, end)
    return [_Piece(*m.span()) for m in _NUMBER.finditer(text, start, of if of >= 0 else end)]


def _counted(text: str, pages: list[_Piece]) -> Iterator[tuple[_Piece, int]]:
    """Each page with its number; the end of a range may leave out the digits that stay ("343-44")."""
    before = ""
    for page in pages:
        said = text[page.start : page.end]
        if text[page.start - 1] in "-–" and len(said) < len(before):
            said = before[: len(before) - len(said)] + said
        yield page, int(said)
        before = said


def _past_brackets(text: str, at: int) -> int:
    """The end of what stands in brackets right behind a name."""
    behind = _BRACKETED.match(text, at)
    return behind.end() if behind else at


def _piece(tokens: list[Token]) -> _Piece:
    return _Piece(tokens[0].start_pos or 0, tokens[-1].end_pos or 0)


def _trimmed(text: str, piece: _Piece, *, joined: bool = False) -> _Piece:
    words = text[piece.start : piece.end]
    if joined:
        words = _TRAILING_AND.sub("", words)
    start = piece.start + len(words) - len(words.lstrip(_EDGE))
    return _Piece(start, max(start, piece.start + len(words.rstrip(_EDGE))))


def _citation(draft: _Draft, prose: Prose) -> Citation:
    def words(piece: _Piece, value: str | None) -> Field[str]:
        place = prose.place(*piece)
        return Field(prose.source[place], place, value)

    def number(piece: _Piece, value: int | None = None) -> Field[int]:
        said = words(piece, None)
        return Field(said.raw, said.span, int(prose.text[piece.start : piece.end]) if value is None else value)

    numbered = _CHAPTER_NUMBER.search(prose.text, *draft.name)
    return Citation(
        span=prose.place(*draft.whole),
        name=words(draft.name, prose.text[draft.name.start : draft.name.end]),
        document=draft.document,
        year=number(draft.year) if draft.year else None,
        edition=number(*draft.edition) if draft.edition else None,
        number=number(_Piece(*numbered.span(1))) if numbered else None,
        chapters=tuple(words(piece, chapter) for piece, chapter in draft.chapters),
        sections=tuple(words(piece, section) for piece, section in draft.sections),
        pages=tuple(number(page, value) for page, value in _counted(prose.text, draft.pages)),
        mtus=draft.mtus,
    )
