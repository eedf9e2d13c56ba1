"""What a guideline clause cites: documents, chapters, sections and pages.

The grammar finds the fixed words. Where one name ends and the next begins is decided by the names in the tables
of `imrlint.knowledge`, not by commas: names contain commas as often as they are separated by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imrlint.document.letter import Citation, Field
from imrlint.document.prose import Prose
from imrlint.knowledge.guidelines import contents
from imrlint.knowledge.guidelines import documents as guidelines
from imrlint.parser.automaton import Token, Tree
from imrlint.parser.citation_drafts import Draft, Piece, find_page_numbers, trim
from imrlint.parser.grammars import parse
from imrlint.parser.outside_mtus import read_free_citations
from imrlint.parser.section_list import resolve_sections

_OUTSIDE = ("Official Disability Guidelines", "ODG", "ODG-TWC", "ODG TWC")
_ACOEM = re.compile(r"ACOEM\b|American College\b")
# What may follow a page number without naming a section: "of 127", "Table 12-8", a bracket.
_NO_NAME = re.compile(
    r"\W*|(?:of|and) \d+\W*|chapter \d+|\W*(?:and )?tables? \d+-\d+\W*|Guidelines?|8 C\.?C\.?R\.?[\d.\s–-]*"
    r"|\W*(?:effective |revised )?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)[ \d,]*\W*",
    re.IGNORECASE,
)
_CHAPTER_NUMBER = re.compile(r"[ ,]*Chapter (\d+)[ ,:(]*", re.IGNORECASE)
_JOINED = re.compile(r"(?:(?:^|,| )\s*and|,)\s+$|^$")
_YEAR_NEXT = re.compile(r"\s*(?:19|20)\d\d")


class ClauseCitations(NamedTuple):
    """The citations of a guideline clause. `cites_nothing` is true where the clause states that it cites none."""

    citations: tuple[Citation, ...]
    cites_nothing: bool


class _ClauseDrafts(NamedTuple):
    drafts: tuple[Draft, ...]
    cites_nothing: bool


def read_citations(prose: Prose) -> ClauseCitations:
    """The citations of a clause, in order."""
    drafts, cites_nothing = _draft_citations(prose.text)
    return ClauseCitations(tuple(_build_citation(draft, prose) for draft in drafts), cites_nothing)


@lru_cache(maxsize=4096)  # letters repeat their clauses word for word: about half the calls, 500 µs each, are saved
def _draft_citations(text: str) -> _ClauseDrafts:
    reader = _ClauseReader(text)
    cites_nothing = False
    parts = [part for part in parse("citation", text).children if not isinstance(part, Token)]
    for part in parts:
        cites_nothing |= part.data == "nothing"
        reader.read_part(part)
    reader.end_free_text()
    return _ClauseDrafts(tuple(reader.drafts), cites_nothing)


class _ClauseReader:
    """Collects the citations of a clause from the parts that the grammar finds in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.drafts: list[Draft] = []
        self.mode = ""  # the fixed words last read
        self.begun = False  # whether a document has been named since the last "MTUS"
        self.free: Piece | None = None  # free text read so far

    def read_part(self, part: Tree) -> None:
        tokens = [token for token in part.children if isinstance(token, Token)]
        kind = part.data
        if self.mode == "free" and kind in ("words", "year", "pages", "sections"):
            start, end = _join_tokens(tokens)
            self.free = Piece(self.free.start if self.free else start, end)
            return
        match kind:
            case "words" if self.mode == "mtus":
                self.read_mtus(_join_tokens(tokens))
            case "words" if self.mode == "sections":
                self.read_sections(_join_tokens(tokens))
            case "year" if self.drafts and self.drafts[-1].mtus:
                start = tokens[0].start
                self.promote_section()
                self.add_year(Piece(start, start + 4))
            case "pages" if self.drafts:
                for token in tokens[1:]:
                    self.drafts[-1].pages += find_page_numbers(self.text, _join_tokens([token]))
        if kind not in ("words", "year", "pages"):
            self.end_free_text()
            self.mode = kind
            self.begun &= kind != "based"

    def end_free_text(self) -> None:
        """Reads the citations of the free text collected so far, as one piece."""
        if self.free is not None:
            self.drafts += read_free_citations(self.text, trim(self.text, self.free))
            self.free = None

    def read_mtus(self, within: Piece) -> None:
        """Reads names of documents, each with the section names typed after it."""
        named = _find_documents(self.text, within)
        outside = next((name for name in named if _find_document_name(self.text, name) in _OUTSIDE), None)
        if outside:  # a work outside the MTUS, not introduced as one
            self.free, self.mode = Piece(outside.start, within.end), "free"
            within = Piece(within.start, outside.start)
            named = [name for name in named if name.end <= outside.start]
        first = named[0].start if named else within.end
        before = trim(self.text, Piece(within.start, first), joined=bool(named))
        words = self.text[before.start : before.end]
        if not named and self.begun:
            self.add_sections(before)
        elif not named and words != "Guidelines" and any(map(str.isalpha, words)):
            self.begin_citation(before)
        for i, name in enumerate(named):
            end = named[i + 1].start if i + 1 < len(named) else within.end
            self.begin_citation(name)
            self.add_sections(trim(self.text, Piece(name.end, end), joined=end < within.end))

    def read_sections(self, within: Piece) -> None:
        """Reads section names of the last document; the last words may name the next document."""
        end = within.end
        last = trim(self.text, within)
        following = next((n for n in _find_documents(self.text, within) if n.end == last.end), None)
        if following and not _JOINED.search(self.text[max(within.start, following.start - 8) : following.start]):
            following = None
        document = self.drafts[-1].document if self.drafts else None
        dated = following and _YEAR_NEXT.match(self.text, following.end)
        if following and not dated and document and contents.find_section(document, self.text[slice(*following)]):
            following = None
        if following:
            end = following.start
        self.add_sections(trim(self.text, Piece(within.start, end), joined=following is not None))
        if following:
            self.begin_citation(following)

    def begin_citation(self, name: Piece) -> None:
        self.begun = True
        document = guidelines.identify(_find_document_name(self.text, name), None)
        numbered = _CHAPTER_NUMBER.search(self.text, *name)
        if document == "ACOEM" and numbered:
            document = guidelines.acoem_chapter(int(numbered[1])).key
        self.drafts.append(Draft(name, document, mtus=True))

    def promote_section(self) -> None:
        """Before a year, turns an unknown section into a document that it nearly names: only documents have years."""
        draft = self.drafts[-1]
        if draft.year and draft.sections and draft.sections[-1].name is None:
            piece = draft.sections[-1].piece
            if guidelines.nearest_name(self.text[piece.start : piece.end]):
                draft.sections.pop()
                self.begin_citation(piece)

    def add_year(self, year: Piece) -> None:
        draft = self.drafts[-1]
        draft.year = year
        name = _find_document_name(self.text, draft.name)
        draft.document = guidelines.identify(name, int(self.text[year.start : year.end]))

    def add_sections(self, within: Piece) -> None:
        if self.drafts and not _NO_NAME.fullmatch(self.text, *within):
            draft = self.drafts[-1]
            draft.sections += resolve_sections(self.text, within, draft.document)


def _find_documents(text: str, within: Piece) -> list[Piece]:
    """The documents named in a piece of the clause; a work and its chapter count as one name."""
    found: list[Piece] = []
    for match in guidelines.name_pattern().finditer(text, within.start, within.end):
        between = text[found[-1].end : match.start()] if found else ""
        at_large = bool(found) and _ACOEM.match(text, *found[-1]) is not None
        if at_large and (not between.strip(" ,:(") or _CHAPTER_NUMBER.fullmatch(between)):
            found[-1] = Piece(found[-1].start, match.end())
        else:
            found.append(Piece(*match.span()))
        if match.group().upper() == "ACOEM" and (numbered := _CHAPTER_NUMBER.match(text, match.end(), within.end)):
            found[-1] = Piece(found[-1].start, numbered.end(1))
    return found


def _find_document_name(text: str, piece: Piece) -> str:
    """The name of the document in a piece: of a work and its chapter the last, of a misspelt name the right one."""
    if matches := list(guidelines.name_pattern().finditer(text, piece.start, piece.end)):
        return matches[-1].group()
    words = text[piece.start : piece.end]
    return guidelines.nearest_name(words) or words


def _number_pages(text: str, pages: list[Piece]) -> Iterator[tuple[Piece, int]]:
    """Each page with its number. The end of a range may omit the digits that it shares with the start ("343-44")."""
    before = ""
    for page in pages:
        digits = text[page.start : page.end]
        if text[page.start - 1] in "-–" and len(digits) < len(before):
            digits = before[: len(before) - len(digits)] + digits
        yield page, int(digits)
        before = digits


def _join_tokens(tokens: list[Token]) -> Piece:
    return Piece(tokens[0].start, tokens[-1].end)


def _build_citation(draft: Draft, prose: Prose) -> Citation:
    def words(piece: Piece, value: str | None) -> Field[str]:
        span = prose.locate(*piece)
        return Field(prose.source[span], span, value)

    def number(piece: Piece, value: int | None = None) -> Field[int]:
        printed = words(piece, None)
        return Field(printed.raw, printed.span, int(prose.text[piece.start : piece.end]) if value is None else value)

    numbered = _CHAPTER_NUMBER.search(prose.text, *draft.name)
    return Citation(
        span=prose.locate(*draft.extent),
        name=words(draft.name, prose.text[draft.name.start : draft.name.end]),
        document=draft.document,
        year=number(draft.year) if draft.year else None,
        edition=number(*draft.edition) if draft.edition else None,
        number=number(Piece(*numbered.span(1))) if numbered else None,
        chapters=tuple(words(piece, chapter) for piece, chapter in draft.chapters),
        sections=tuple(words(piece, section) for piece, section in draft.sections),
        pages=tuple(number(page, value) for page, value in _number_pages(prose.text, draft.pages)),
        mtus=draft.mtus,
    )
