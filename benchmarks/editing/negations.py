"""(h) A negation dropped or added: in a conclusion, where the decision confirms what is correct, and elsewhere.

Elsewhere the letter does not always confirm what is correct: the share found there is a lower bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from editing.edit import Spot, drop_word, match_case
from editing.letter import RightLetter, Span
from editing.lexicon import Lexicon

NEGATION = re.compile(r"\b(?:[Nn]ot|[Nn]o|[Ww]ithout|[Cc]annot)\b(?!\s+(?:only|more|less))")
VERB = re.compile(r"\b(?:is|was|are|were|has|have|does|did|should|may|will)(?=\s+[a-z])")
VERDICT = re.compile(r"\bmedically\s+necessary\b")
ODD = re.compile(r"(?i)\b(?:not?|without|never|neither|nor|cannot|denie[sd]|lack|lost)\b")
POSITIVE = {"without": "with", "cannot": "can"}


def find_negations(letter: RightLetter, in_verdict: bool) -> Iterator[Spot]:
    """The negations in the prose, and the verbs of sentences without one."""
    for sentence in letter.sentences:
        if bool(VERDICT.search(letter[sentence])) is not in_verdict:
            continue
        found = NEGATION if NEGATION.search(letter[sentence]) else VERB
        if found is VERB and ODD.search(letter[sentence]):
            continue
        matches = [Span(*match.span()) for match in letter.find(found, sentence)]
        if in_verdict:
            verdict = VERDICT.search(letter.text, *sentence)
            assert verdict is not None
            near = [m for m in matches if m.end <= verdict.start() <= m.end + 12]
            matches = near[-1:]
        yield from map(Spot, matches)


def find_in_verdicts(letter: RightLetter) -> Iterator[Spot]:
    return find_negations(letter, in_verdict=True)


def find_elsewhere(letter: RightLetter) -> Iterator[Spot]:
    return find_negations(letter, in_verdict=False)


def turn_negation(letter: RightLetter, spot: Spot, _: Random, __: Lexicon) -> tuple[Span, str]:
    """The change that drops the negation, or puts "not" after the verb."""
    word = letter[spot.place]
    if not NEGATION.fullmatch(word):
        return spot.place, f"{word} not"
    if word.lower() in POSITIVE:
        return spot.place, match_case(POSITIVE[word.lower()], word)
    gap, new = drop_word(letter, spot.place)
    if word[0].isupper():
        return Span(gap.start, gap.end + 1), letter.text[gap.end].upper()
    return gap, new
