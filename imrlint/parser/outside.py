"""Free text behind "Non-MTUS Citation": the works that it names, their chapters, entries, years and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrlint.knowledge.guidelines import contents
from imrlint.knowledge.guidelines import documents as guidelines
from imrlint.knowledge.guidelines.contents import Chapter
from imrlint.knowledge.language import numbers
from imrlint.parser.drafts import Draft, Piece, page_numbers, trim
from imrlint.parser.section_list import split_list

_FREE = ("ODG", "ACOEM")  # the works with chapters that a Non-MTUS citation may name
_EMPTY_GAP = re.compile(r"[ (),]*")
_NEAR = 8  # characters before a name that tell whether it begins something
# Where the next source may begin within free text: at its start, or behind what ends a name.
_BOUNDARY = re.compile(r"(?:^|[.;,:–-] ?| and | & )\(?$")
_FREE_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_FREE_PAGES = re.compile(r"\b(?:pages?|pgs?|pp?)[. ]+(\d{1,4}(?: ?[-–,] ?\d{1,4})*)(?![\d/])", re.IGNORECASE)
_EDITION = re.compile(
    rf"\b(?:(?P<word>{'|'.join(numbers.ORDINALS)})|(?P<figure>1st|2nd|3rd)|v\.? ?(?P<version>[23]))"
    r" ?(?:ed(?:ition)?\b\.?)?",
    re.IGNORECASE,
)
# What stands around the names in free text and is no name.
_FILLER = re.compile(
    r"\((?:updated[^)]*|online version|acute (?:and|&) chronic|chronic|acute|[^()]*edition)\)|\bchapters?\b|\bsection\b"
    r"|\bonline version\b|\btreatment in workers['’]? comp(?:ensation)?\b|\(?TWC\)?|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_CHAPTER_END = re.compile(r"\.?$|[,:;/]? \(|,? (?:chapter|section)\b|, (?-i:[A-Z])", re.IGNORECASE)
_SAID_CHAPTER = re.compile(r" \((?:acute|chronic|updated)|,? (?:chapter|section)\b", re.IGNORECASE)
_BRACKETED = re.compile(r" \([^()]*(?:[Aa]cute|[Cc]hronic|[Uu]pdated|[Tt]rauma)[^()]*\)")
_HEAD = re.compile(r"(?:^|[,;:/–-] ?| and |& )\(?$")


def read_free_citations(text: str, within: Piece) -> Iterator[Draft]:
    """What free text cites: each work that is known, and what stands before or instead of one."""
    starts: list[tuple[Piece, str | None]] = []
    for match in guidelines.name_pattern().finditer(text, within.start, within.end):
        document = guidelines.identify(match.group(), None)
        if document not in _FREE:
            continue
        end = match.end() + (text[match.end() : match.end() + 1] == ")")
        if starts and starts[-1][1] == document and _EMPTY_GAP.fullmatch(text, starts[-1][0].end, match.start()):
            starts[-1] = Piece(starts[-1][0].start, end), document
        elif _BOUNDARY.search(_before(text, within, match.start())):
            starts.append((Piece(match.start(), end), document))
    first = starts[0][0].start if starts else within.end
    unnamed = trim(text, Piece(within.start, first), joined=True)
    if unnamed.start < unnamed.end and (not starts or len(text[unnamed.start : unnamed.end]) > 3):
        yield _unnamed(text, unnamed)
    for i, (name, document) in enumerate(starts):
        end = starts[i + 1][0].start if i + 1 < len(starts) else within.end
        rest = trim(text, Piece(name.end, end), joined=end < within.end)
        yield _free_citation(text, name, rest, str(document))


def _unnamed(text: str, piece: Piece) -> Draft:
    """Free text that does not begin with a work that is known: it may name one further on, or only a chapter of one."""
    works = (guidelines.identify(name.group(), None) for name in guidelines.name_pattern().finditer(text, *piece))
    document = next((work for work in works if work in _FREE), None)
    draft = Draft(piece, document, mtus=False)
    if document:
        draft.chapters = [(place, chapter.name) for place, chapter in _chapters(text, piece, document)]
    elif (first := contents.chapter_pattern("ODG").match(text, *piece)) and (
        chapter := contents.find_chapter("ODG", first.group())
    ):
        said = _SAID_CHAPTER.match(text, first.end(), piece.end)
        if said or (" " in first.group() and _CHAPTER_END.match(text, first.end(), piece.end)):
            draft.chapters = [(Piece(*first.span()), chapter.name)]
    return draft


def _chapters(text: str, within: Piece, document: str) -> list[tuple[Piece, Chapter]]:
    """Every chapter of a work that is named in a piece of the clause."""
    return [
        (Piece(*match.span()), chapter)
        for match in contents.chapter_pattern(document).finditer(text, *within)
        if (chapter := contents.find_chapter(document, match.group()))
    ]


def _free_citation(text: str, name: Piece, rest: Piece, document: str) -> Draft:
    draft = Draft(Piece(name.start, max(name.end, rest.end)), document, mtus=False)
    if year := _FREE_YEAR.search(text, rest.start, rest.end):
        draft.year = Piece(*year.span())
    for pages in _FREE_PAGES.finditer(text, rest.start, rest.end):
        draft.pages += page_numbers(text, *pages.span(1))
    if edition := _EDITION.search(text, rest.start, rest.end):
        figure = edition["figure"] or edition["version"]
        number = int(figure[0]) if figure else numbers.ORDINALS[edition["word"].casefold()]
        draft.edition = Piece(*edition.span()), number
    found = _chapters(text, rest, document)
    heads = [each for each in found if _HEAD.search(_before(text, rest, each[0].start))]
    regional = [each for each in found if each[1].regions]
    draft.chapters = [(piece, chapter.name) for piece, chapter in heads or regional[:1]]
    draft.sections = [(piece, None) for piece in _entries(text, rest, draft)]
    return draft


def _entries(text: str, rest: Piece, draft: Draft) -> Iterator[Piece]:
    """What free text names besides the work, its chapters, year and pages: the entries looked up."""
    taken = [Piece(piece.start, _past_brackets(text, piece.end)) for piece, _ in draft.chapters]
    taken += [draft.edition[0]] if draft.edition else []
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


def _past_brackets(text: str, at: int) -> int:
    """The end of what stands in brackets right behind a name."""
    behind = _BRACKETED.match(text, at)
    return behind.end() if behind else at


def _before(text: str, within: Piece, at: int) -> str:
    """The few characters before a place; what is farther off is a word."""
    start = max(within.start, at - _NEAR)
    return ("" if start == within.start else "x") + text[start:at]
