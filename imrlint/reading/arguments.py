"""Arguments: what a rationale says for or against the request, in whatever words, besides its verdicts.

Each argument joins a word that judges or acts (`knowledge.language.arguments`) with what it is on: the request, or the
denial of it, which turns its direction ("the denial cannot stand" speaks for the request). These are arguments:

- a judgment or an act whose subject is the request or the denial: "is premature", "should go forward", "stands";
- an act of the reviewer: "I would allow the study";
- a ground for an act, or none: "no reason to withhold it", "every cause to refuse the request";
- who was right or wrong to act so: "the carrier was wrong to refuse it", "it would be unwise to approve it";
- what speaks for the request or against it: "nothing justifies the requested surgery";
- a standard that is met or missed (`standards`).

What another person says, what is open or so under a condition, what was decided before, and what is said of another
request are no arguments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.arguments import Role
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading import advocacy, grounds, judgments
from imrlint.reading.main_clause import find_main_clause
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sentences import Sentence
from imrlint.reading.standards import find_standings
from imrlint.reading.topics import ACTS, NOMINAL, SUPPORT, USES, Argued, Point


class Direction(Enum):
    """What an argument speaks for: the request, or its denial. The value is its name in messages."""

    FOR = "for"
    AGAINST = "against"


class Argument(NamedTuple):
    """Words that argue, and their direction. `is_certain` is false where they only say what would be."""

    place: Place
    direction: Direction
    is_certain: bool = True


_JUDGING = (Role.MERIT, Role.FAULT, Role.RIGHT, Role.WRONG)
_JUDGED = (*ACTS, *USES, *_JUDGING, Role.PROCEED, Role.FAIL)
# A sentence with a condition leaves what it says open, and one that turns behind an argument concedes it.
_OPEN = Pattern(rf"\b(?:{any_of('condition')}|only|unclear|provided that|must first)\b")
_CONCEDES = re.compile(r"\b(?:but|however|although|though|yet|while|whereas|nevertheless|except|save)\b")


def find_arguments(sentences: Sequence[Sentence], names: frozenset[str] = frozenset()) -> Iterator[Argument]:
    """The arguments of a rationale, in order. `names` are words for what is requested, in lower case."""
    found = [
        Argument(standing.place, Direction.FOR if standing.is_met else Direction.AGAINST, standing.is_certain)
        for standing in find_standings(sentences)
        if not _CONCEDES.search(standing.place.after)
    ]
    for sentence in sentences:
        if sentence.is_opioid_notice or sentence.is_quoted(sentence.place.start):
            continue
        is_general = sentence.kind is SentenceKind.GUIDELINE and (sentence.speaks_for_guideline or sentence.is_general)
        if not is_general and not _OPEN.search(sentence.lower):
            own = _argue(Argued(sentence, names))
            found += [each for each in own if not any(each.place.overlaps(other.place) for other in found)]
    yield from sorted(found, key=lambda each: each.place.start)


def _argue(argued: Argued) -> Iterator[Argument]:
    """The arguments of a sentence."""
    for place, sign in advocacy.find_fixed(argued):
        yield Argument(place, _direct(sign))
    done = 0
    for at, (role, length) in enumerate(argued.roles):
        if role is None or at < done:
            continue
        point = _read(argued, at, role, at + length - 1)
        if point is not None:
            last = min(point.last, len(argued.words) - 1)
            place = argued.sentence.place.part(argued.words[point.first].start, argued.words[last].end)
            if not _is_conceded(argued, point.first, last) and not argued.sentence.is_quoted(place.start):
                yield Argument(place, _direct(point.sign))
            done = last + 1


def _direct(sign: int) -> Direction:
    return Direction.FOR if sign > 0 else Direction.AGAINST


def _is_conceded(argued: Argued, first: int, last: int) -> bool:
    """Whether the sentence turns behind an argument, or begins its clause with "although"."""
    clause = find_main_clause(argued.words, first)
    begins = argued.words[clause].text in ("although", "though", "while", "whereas", "even")
    return begins or _CONCEDES.search(argued.lower, argued.words[last].end) is not None


def _read(argued: Argued, at: int, role: Role, last: int) -> Point | None:
    """The argument that words `at` up to `last` make by their role; None where they make none."""
    text = argued.words[at].text
    is_noun = text in SUPPORT and at > 0 and argued.words[at - 1].text in NOMINAL
    if role is Role.GROUND or is_noun:
        return grounds.read_ground(argued, at) or grounds.read_worth(argued, at)
    if role in _JUDGING and (found := judgments.read_rightness(argued, at, last, role)) is not None:
        return found
    if role in ACTS and (found := judgments.read_own_act(argued, at, last, role)) is not None:
        return found
    if role in (Role.SPEAK_FOR, Role.SPEAK_AGAINST) or text in SUPPORT:
        return advocacy.read_speaking(argued, at, last, role)
    if role is Role.SPEAK:
        return advocacy.read_leaning(argued, at, last)
    if role is Role.DESERVE:
        return advocacy.read_desert(argued, at)
    if role in (Role.CANDIDATE, Role.QUALIFY, Role.DISQUALIFY):
        return advocacy.read_fitness(argued, at, last, role)
    if role is Role.CLAIM:
        return grounds.read_claim(argued, at) or grounds.read_ground(argued, at)
    return judgments.read_judgment(argued, at, last, role) if role in _JUDGED else None
