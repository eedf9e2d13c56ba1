"""What running text says of one of the drugs or treatments that it names: "90 tablets of Norco, one a day"."""

from __future__ import annotations

import re

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import numbers
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.passage import Passage

_NEAR = 40  # characters before a name in which a number of it begins
# A number before what it counts: "90 tablets of ", "a 90-tablet supply of ", "twelve more visits of ", "120 ".
_COUNTED = Pattern(
    rf"(?<![\d.,/#-])\b(?:(?:{numbers.COUNT_WORDS})(?: ?\(\d+\))?|\d{{1,3}}(?: ?\(\w+\))?)"
    r"(?:[ -](?:(?:more|additional|further) )?(?:tablets?|tabs|capsules?|caps|pills?|patch(?:es)?|count|visits|sessions"
    r"|treatments|injections)(?: supply)? (?:of|for)(?: the)?)? $",
    re.IGNORECASE,
)
# What begins a clause that says something else: "physical therapy, since the guideline allows 10 visits".
_CLAUSE = Pattern(
    rf"[;.] |\band (?:the|they|{any_of('pronoun')})\b"
    rf"|\b(?:(?!once\b){any_of('condition')}"
    r"|is|are|was|were|be|been|has|have|had|will|would|can|may|which|who|that|since|because|although|while|after|where"
    r"|but|to|than|from|beyond|guidelines?|up|over|least|most|max|maximum)\b(?! \d+ weeks?| the )",
    re.IGNORECASE,
)


def find_description(name: Place, passage: Passage) -> Place:
    """The words on a drug or a treatment: from a number that stands before its name up to the next name, or its number.

    The place is within the sentence of the name.
    """
    end = name.sentence.end
    rest = passage.place(name.end, end)
    named = (*(each.place for each in passage.drugs_in(rest)), *(each.place for each in passage.treatments_in(rest)))
    behind = (_find_start(each, passage) for each in named)
    return passage.place(_find_start(name, passage), max(min(behind, default=end), name.end))


def begins_clause(between: str) -> bool:
    """Whether words between a name and what follows them begin a clause of its own, which may be on something else."""
    return _CLAUSE.search(between) is not None


def _find_start(name: Place, passage: Passage) -> int:
    """Where the words on a drug or a treatment begin: "90 tablets of ", or else its name."""
    first = max(name.start - _NEAR, name.sentence.start)
    counted = _COUNTED.search(passage.text[first : name.start])
    return first + counted.start() if counted else name.start
