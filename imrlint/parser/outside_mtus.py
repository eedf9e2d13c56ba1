"""Free text after "Non-MTUS Citation": the works that it cites, with their chapters, entries, years and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrlint.document.patterns import Pattern
from imrlint.knowledge.guidelines import contents
from imrlint.knowledge.guidelines import documents as guidelines
from imrlint.knowledge.guidelines.contents import Chapter
from imrlint.knowledge.language import numbers
from imrlint.parser.citation_drafts import Draft, EditionPiece, NamedPiece, Piece, find_page_numbers, trim
from imrlint.parser.section_list import split_list

_WORKS = ("ODG", "ACOEM")  # the works that a Non-MTUS citation may name by chapter
_EMPTY_GAP = re.compile(r"[ (),]*")
_NEAR = 8  # characters before a name that show whether it begins a source
# Where a source may begin within free text: at its start, or after what ends a name.
_BOUNDARY = re.compile(r"(?:^|[.;,:–-] ?| and | & )\(?$")
_FREE_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_FREE_PAGES = Pattern(r"\b(?:pages?|pgs?|pp?)[. ]+(\d{1,4}(?: ?[-–,] ?\d{1,4})*)(?![\d/])", re.IGNORECASE)
_EDITION = Pattern(
    rf"\b(?:(?P<word>{'|'.join(numbers.ORDINALS)})|(?P<figure>1st|2nd|3rd)|v\.? ?(?P<version>[23]))"
    r" ?(?:ed(?:ition)?\b\.?)?",
    re.IGNORECASE,
)
# Words around the names in free text that are no part of a name.
_FILLER = Pattern(
    r"\((?:updated[^)]*|online version|acute (?:and|&) chronic|chronic|acute|[^()]*edition)\)|\bchapters?\b|\bsection\b"
    r"|\bonline version\b|\btreatment in workers['’]? comp(?:ensation)?\b|\(?TWC\)?|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_CHAPTER_END = Pattern(r"\.?$|[,:;/]? \(|,? (?:chapter|section)\b|, (?-i:[A-Z])", re.IGNORECASE)
_SAID_CHAPTER = Pattern(r" \((?:acute|chronic|updated)|,? (?:chapter|section)\b", re.IGNORECASE)
_BRACKETED = re.compile(r" \([^()]*(?:[Aa]cute|[Cc]hronic|[Uu]pdated|[Tt]rauma)[^()]*\)")
_HEAD = re.compile(r"(?:^|[,;:/–-] ?| and |& )\(?$")


def read_free_citations(text: str, within: Piece) -> Iterator[Draft]:
    """The citations in free text: each work of `_WORKS`, and as one citation the words before the first of them."""
    works: list[NamedPiece] = []
    for match in guidelines.name_pattern().finditer(text, within.start, within.end):
        document = guidelines.identify(match.group(), None)
        if document not in _WORKS:
            continue
        end = match.end() + (text[match.end() : match.end() + 1] == ")")
        if works and works[-1].name == document and _EMPTY_GAP.fullmatch(text, works[-1].piece.end, match.start()):
            works[-1] = NamedPiece(Piece(works[-1].piece.start, end), document)
        elif _BOUNDARY.search(_text_before(text, within, match.start())):
            works.append(NamedPiece(Piece(match.start(), end), document))
    first = works[0].piece.start if works else within.end
    leading = trim(text, Piece(within.start, first), joined=True)
    if leading.start < leading.end and (not works or leading.end - leading.start > 3):
        yield _draft_other_source(text, leading)
    for i, (name, document) in enumerate(works):
        end = works[i + 1].piece.start if i + 1 < len(works) else within.end
        rest = trim(text, Piece(name.end, end), joined=end < within.end)
        yield _draft_work(text, name, rest, str(document))


def _draft_other_source(text: str, piece: Piece) -> Draft:
    """A citation that does not begin with a known work; it may name one further on, or only a chapter of one."""
    works = (guidelines.identify(name.group(), None) for name in guidelines.name_pattern().finditer(text, *piece))
    document = next((work for work in works if work in _WORKS), None)
    draft = Draft(piece, document, mtus=False)
    if document:
        draft.chapters = [NamedPiece(at, chapter.name) for at, chapter in _find_chapters(text, piece, document)]
    elif (first := contents.chapter_pattern("ODG").match(text, *piece)) and (
        chapter := contents.find_chapter("ODG", first.group())
    ):
        is_called_chapter = _SAID_CHAPTER.match(text, first.end(), piece.end)
        if is_called_chapter or (" " in first.group() and _CHAPTER_END.match(text, first.end(), piece.end)):
            draft.chapters = [NamedPiece(Piece(*first.span()), chapter.name)]
    return draft


def _find_chapters(text: str, within: Piece, document: str) -> list[tuple[Piece, Chapter]]:
    """The chapters of a work that a piece of the clause names, in order."""
    return [
        (Piece(*match.span()), chapter)
        for match in contents.chapter_pattern(document).finditer(text, *within)
        if (chapter := contents.find_chapter(document, match.group()))
    ]


def _draft_work(text: str, name: Piece, rest: Piece, document: str) -> Draft:
    draft = Draft(Piece(name.start, max(name.end, rest.end)), document, mtus=False)
    if year := _FREE_YEAR.search(text, rest.start, rest.end):
        draft.year = Piece(*year.span())
    for pages in _FREE_PAGES.finditer(text, rest.start, rest.end):
        draft.pages += find_page_numbers(text, Piece(*pages.span(1)))
    if edition := _EDITION.search(text, rest.start, rest.end):
        figure = edition["figure"] or edition["version"]
        number = int(figure[0]) if figure else numbers.ORDINALS[edition["word"].casefold()]
        draft.edition = EditionPiece(Piece(*edition.span()), number)
    found = _find_chapters(text, rest, document)
    headings = [each for each in found if _HEAD.search(_text_before(text, rest, each[0].start))]
    regional = [each for each in found if each[1].regions]
    draft.chapters = [NamedPiece(piece, chapter.name) for piece, chapter in headings or regional[:1]]
    draft.sections = [NamedPiece(piece, None) for piece in _find_entries(text, rest, draft)]
    return draft


def _find_entries(text: str, rest: Piece, draft: Draft) -> Iterator[Piece]:
    """The entries cited in a work: what is named besides the work, its chapters, edition, year and pages."""
    taken = [Piece(piece.start, _skip_brackets(text, piece.end)) for piece, _ in draft.chapters]
    taken += [draft.edition.piece] if draft.edition else []
    taken += [Piece(*m.span()) for m in _FILLER.finditer(text, rest.start, rest.end)]
    taken += [Piece(*m.span()) for m in _FREE_PAGES.finditer(text, rest.start, rest.end)]
    at = rest.start
    for piece in (*sorted(taken), Piece(rest.end, rest.end)):
        if piece.start > at:
            for atom in split_list(text, Piece(at, piece.start)):
                if text[atom.start] == "(" and text.find(")", *atom) == atom.end - 1:
                    atom = Piece(atom.start + 1, atom.end - 1)
                if any(character.isalpha() for character in text[atom.start : atom.end]):
                    yield atom
        at = max(at, piece.end)


def _skip_brackets(text: str, at: int) -> int:
    """The end of the brackets that follow a chapter's name at `at`; `at` itself where none do."""
    brackets = _BRACKETED.match(text, at)
    return brackets.end() if brackets else at


def _text_before(text: str, within: Piece, at: int) -> str:
    """The `_NEAR` characters before `at`; text of the piece before these is represented by an "x"."""
    start = max(within.start, at - _NEAR)
    return ("" if start == within.start else "x") + text[start:at]
