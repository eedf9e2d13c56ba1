"""The format in which a letter cites guidelines; it decides what a citation must have."""

from __future__ import annotations

from datetime import date
from enum import Enum

from imrlint.document.letter import Generation, Letter


class CitationFormat(Enum):
    """How the reviewer entered guidelines."""

    FREE = "free text (2013)"
    TYPED = "a box for the document, the rest typed, with pages (late 2013 to spring 2015)"
    LISTED = "documents with their year and sections from a list, without pages (2015 on)"


_LISTED_SINCE = date(2015, 4, 20)


def recognise_format(letter: Letter) -> CitationFormat:
    """The format of a letter's citations, recognised by its generation, their years and pages, and its date."""
    if letter.generation in (Generation.NOTICE, Generation.PROFESSIONAL, Generation.NUMBERED):
        return CitationFormat.FREE
    cited = [c for dispute in letter.disputes for clause in dispute.clauses for c in clause.citations if c.mtus]
    if any(citation.year and not citation.pages for citation in cited):
        return CitationFormat.LISTED
    decided = letter.header.decided
    if decided and decided.value and decided.value >= _LISTED_SINCE:
        return CitationFormat.LISTED
    return CitationFormat.TYPED
