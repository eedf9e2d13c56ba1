"""Which treatments and studies a prose tells as done, and which as not done."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from imrlint.document.prose import Prose, Sentence
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading import entities, polarity
from imrlint.reading.polarity import Polarity


class Course(NamedTuple):
    """A treatment named at characters `start` up to `end` of the folded text, done or not."""

    prose: Prose
    sentence: Sentence
    start: int
    end: int
    treatment: Treatment
    done: bool


_DONE_BEFORE = re.compile(
    r"\b(?:completed|attended|underwent|undergone|received|has had|have had|had|treated with"
    r"|treatments? (?:to date )?(?:has |have )?includ\w+|tried|after|following"
    r"|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:of \d+ )?(?:\w+ )?(?:sessions?|visits?"
    r"|treatments?)(?: of)?|course of|began|started|participat\w+ in)\b[^.;]{0,70}$",
    re.IGNORECASE,
)
_DONE_BEHIND = re.compile(
    r"^(?: \w+){0,3},? (?:(?:was|were|has been|have been|had been) (?:completed|done|performed|started|begun"
    r"|given|tried|attempted|obtained)|(?:had |has )?(?:helped|gave|relieved|provided|brought|showed|revealed))\b"
    r"|^ (?:from|since|through) \w+ \d|^ (?:sessions?|visits?) (?:were|was|have been|has been)? ?(?:completed"
    r"|attended)",
    re.IGNORECASE,
)
_UNDONE_BEFORE = re.compile(
    r"\b(?:(?:has|have|had|was|were) not (?:yet )?(?:had|undergone|tried|completed|attended|received|begun"
    r"|started|been (?:treated with|given|tried on|referred (?:to|for)))|never (?:had|tried|undergone|received"
    r"|attended|been treated with)"
    r"|no (?:prior|previous|history of|trial of|record of|course of|documentation of (?:any |prior "
    r"|a trial of |previous ))|without (?:a trial of|any|prior|first trying)|has yet to (?:try|undergo|have"
    r"|begin|start)|not yet (?:had|tried))\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_UNDONE_BEHIND = re.compile(
    r"^(?: \w+){0,3},? (?:(?:has|have|had|was|were|is) (?:not|never) (?:yet )?(?:been )?(?:started|begun|tried"
    r"|done|completed|attempted|undertaken|performed|obtained|given|provided)|(?:has|have) yet to be)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:no|neither|nor)(?: \w+){0,2} $", re.IGNORECASE)
_WANTED = re.compile(
    r"\b(?:request\w*|authoriz\w+|recommend\w*|order(?:ed|ing)?|denied|non-?certif\w+|pending|plan(?:s|ned)?"
    r"|asked for|seeking|scheduled|await\w*|referred|if|prior to|more|additional|further)\b[^.;]{0,60}$",
    re.IGNORECASE,
)


def _had(sentence: Sentence, before: str, start: int, end: int) -> bool:
    """Whether the words before a treatment say that it was had, and none that it is wanted or denied."""
    told = _DONE_BEFORE.search(before) and not _WANTED.search(before)
    return bool(told) and polarity.of(sentence, start, end) is Polarity.AFFIRMED


@lru_cache(maxsize=64)
def of(prose: Prose) -> tuple[Course, ...]:
    """Every treatment or study that is told as done or not done, in order."""
    found = []
    for term in entities.of_treatments(prose):
        sentence = prose.sentence_at(term.start)
        before, behind = prose.text[sentence.start : term.start], prose.text[term.end : sentence.end]
        if _UNDONE_BEFORE.search(before) or _UNDONE_BEHIND.match(behind):
            found.append(Course(prose, sentence, term.start, term.end, term.meaning, done=False))
        elif _DONE_BEHIND.match(behind):
            found.append(Course(prose, sentence, term.start, term.end, term.meaning, not _NO.search(before)))
        elif _had(sentence, before, term.start, term.end):
            found.append(Course(prose, sentence, term.start, term.end, term.meaning, done=True))
    return tuple(found)
