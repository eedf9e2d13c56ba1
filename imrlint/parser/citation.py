"""What a guideline clause cites: documents, chapters, sections and pages.

The grammar finds the fixed words. Where one name ends and the next begins is decided by the names in the tables
of `imrlint.knowledge`, not by commas: names contain commas as often as they are separated by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lark import Token

from imrlint.document.letter import Citation, Field
from imrlint.document.prose import Prose
from imrlint.knowledge.guidelines import contents
from imrlint.knowledge.guidelines import documents as guidelines
from imrlint.parser.drafts import Draft, Piece, page_numbers, trim
from imrlint.parser.grammars import Node, parse
from imrlint.parser.outside import read_free_citations
from imrlint.parser.section_list import resolve_sections

_OUTSIDE = ("Official Disability Guidelines", "ODG", "ODG-TWC", "ODG TWC")
_ACOEM = re.compile(r"ACOEM\b|American College\b")
# What may stand behind a page and names no section: "of 127", "Table 12-8", a bracket.
_NO_NAME = re.compile(
    r"\W*|(?:of|and) \d+\W*|chapter \d+|\W*(?:and )?tables? \d+-\d+\W*|Guidelines?|8 C\.?C\.?R\.?[\d.\s–-]*"
    r"|\W*(?:effective |revised )?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)[ \d,]*\W*",
    re.IGNORECASE,
)
_CHAPTER_NUMBER = re.compile(r"[ ,]*Chapter (\d+)[ ,:(]*", re.IGNORECASE)
_JOINED = re.compile(r"(?:(?:^|,| )\s*and|,)\s+$|^$")
_YEAR_NEXT = re.compile(r"\s*(?:19|20)\d\d")


def read_citations(prose: Prose) -> tuple[tuple[Citation, ...], bool]:
    """What a clause cites, and whether it says that it cites nothing."""
    drafts, nothing = _read(prose.text)
    return tuple(_citation(draft, prose) for draft in drafts), nothing


@lru_cache(maxsize=4096)  # letters cite in the same words: half of all clauses, each some 500 µs, are saved
def _read(text: str) -> tuple[tuple[Draft, ...], bool]:
    reader = _Reader(text)
    nothing = False
    parts = [part for part in parse("citation", text).children if not isinstance(part, Token)]
    for part in parts:
        nothing |= part.data == "nothing"
        reader.read(part)
    reader.close()
    return tuple(reader.drafts), nothing


class _Reader:
    """Collects the citations of a clause from the parts that the grammar finds in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.drafts: list[Draft] = []
        self.mode = ""  # the fixed words last read
        self.begun = False  # whether a document has been named since the last MTUS
        self.free: Piece | None = None  # free text read so far

    def read(self, part: Node) -> None:
        tokens = [token for token in part.children if isinstance(token, Token)]
        kind = str(part.data)
        if self.mode == "free" and kind in ("words", "year", "pages", "sections"):
            start, end = _piece(tokens)
            self.free = Piece(self.free.start if self.free else start, end)
            return
        match kind:
            case "words" if self.mode == "mtus":
                self.mtus(_piece(tokens))
            case "words" if self.mode == "sections":
                self.sections(_piece(tokens))
            case "year" if self.drafts and self.drafts[-1].mtus:
                start = tokens[0].start_pos or 0
                self.reopen()
                self.date(self.drafts[-1], Piece(start, start + 4))
            case "pages" if self.drafts:
                for token in tokens[1:]:
                    start, end = _piece([token])
                    self.drafts[-1].pages += page_numbers(self.text, start, end)
        if kind not in ("words", "year", "pages"):
            self.close()
            self.mode = kind
            self.begun &= kind != "based"

    def close(self) -> None:
        """The end of free text: what it cites is read as a whole."""
        if self.free is not None:
            self.drafts += read_free_citations(self.text, trim(self.text, self.free))
            self.free = None

    def mtus(self, within: Piece) -> None:
        """Names of documents, each with the section names that were typed behind it."""
        named = list(_documents(self.text, within))
        outside = next((name for name in named if _name(self.text, name) in _OUTSIDE), None)
        if outside:  # a work outside the MTUS, without the words that say so
            self.free, self.mode = Piece(outside.start, within.end), "free"
            within = Piece(within.start, outside.start)
            named = [name for name in named if name.end <= outside.start]
        first = named[0].start if named else within.end
        before = trim(self.text, Piece(within.start, first), joined=bool(named))
        said = self.text[before.start : before.end]
        if not named and self.begun:
            self.add_sections(before)
        elif not named and said != "Guidelines" and any(map(str.isalpha, said)):
            self.open(before)
        for i, name in enumerate(named):
            end = named[i + 1].start if i + 1 < len(named) else within.end
            self.open(name)
            self.add_sections(trim(self.text, Piece(name.end, end), joined=end < within.end))

    def sections(self, within: Piece) -> None:
        """Section names of the last document, and the name of the next one, which stands last."""
        end = within.end
        last = trim(self.text, within)
        following = next((n for n in _documents(self.text, within) if n.end == last.end), None)
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
            self.open(following)

    def open(self, name: Piece) -> None:
        self.begun = True
        document = guidelines.identify(_name(self.text, name), None)
        numbered = _CHAPTER_NUMBER.search(self.text, *name)
        if document == "ACOEM" and numbered:
            document = guidelines.acoem_chapter(int(numbered[1])).key
        self.drafts.append(Draft(name, document, mtus=True))

    def reopen(self) -> None:
        """A year stands behind the name of a document only: what was taken for a section may be a misspelt one."""
        draft = self.drafts[-1]
        if draft.year and draft.sections and draft.sections[-1][1] is None:
            piece = draft.sections[-1][0]
            if guidelines.nearest_name(self.text[piece.start : piece.end]):
                draft.sections.pop()
                self.open(piece)

    def date(self, draft: Draft, year: Piece) -> None:
        draft.year = year
        draft.document = guidelines.identify(_name(self.text, draft.name), int(self.text[year.start : year.end]))

    def add_sections(self, within: Piece) -> None:
        if self.drafts and not _NO_NAME.fullmatch(self.text, *within):
            draft = self.drafts[-1]
            draft.sections += resolve_sections(self.text, within, draft.document)


def _documents(text: str, within: Piece) -> Iterator[Piece]:
    """Each document named in a piece of the clause; a work and its chapter are one name."""
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
    return iter(found)


def _name(text: str, piece: Piece) -> str:
    """The name of the document itself, where a work and its chapter are named in one."""
    if matches := list(guidelines.name_pattern().finditer(text, piece.start, piece.end)):
        return matches[-1].group()
    words = text[piece.start : piece.end]
    return guidelines.nearest_name(words) or words


def _counted(text: str, pages: list[Piece]) -> Iterator[tuple[Piece, int]]:
    """Each page with its number; the end of a range may leave out the digits that stay ("343-44")."""
    before = ""
    for page in pages:
        said = text[page.start : page.end]
        if text[page.start - 1] in "-–" and len(said) < len(before):
            said = before[: len(before) - len(said)] + said
        yield page, int(said)
        before = said


def _piece(tokens: list[Token]) -> Piece:
    return Piece(tokens[0].start_pos or 0, tokens[-1].end_pos or 0)


def _citation(draft: Draft, prose: Prose) -> Citation:
    def words(piece: Piece, value: str | None) -> Field[str]:
        place = prose.locate(*piece)
        return Field(prose.source[place], place, value)

    def number(piece: Piece, value: int | None = None) -> Field[int]:
        said = words(piece, None)
        return Field(said.raw, said.span, int(prose.text[piece.start : piece.end]) if value is None else value)

    numbered = _CHAPTER_NUMBER.search(prose.text, *draft.name)
    return Citation(
        span=prose.locate(*draft.whole),
        name=words(draft.name, prose.text[draft.name.start : draft.name.end]),
        document=draft.document,
        year=number(draft.year) if draft.year else None,
        edition=number(*draft.edition) if draft.edition else None,
        number=number(Piece(*numbered.span(1))) if numbered else None,
        chapters=tuple(words(piece, chapter) for piece, chapter in draft.chapters),
        sections=tuple(words(piece, section) for piece, section in draft.sections),
        pages=tuple(number(page, value) for page, value in _counted(prose.text, draft.pages)),
        mtus=draft.mtus,
    )
