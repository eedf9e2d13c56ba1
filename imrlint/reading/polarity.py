"""Whether words of a sentence are affirmed, denied, or only considered.

The algorithm follows NegEx and ConText (Chapman et al. 2001; Harkema et al. 2009): a trigger ("no", "denies",
"lack of", "was ruled out") opens a scope before or after it, which ends at a word that begins another clause
("but", "however", a new verb) or after a number of characters. Triggers that deny a change rather than the
thing itself ("no change in", "not improved") open none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.stance import Polarity

_NO_DENIAL = re.compile(
    r"\b(?:no (?:longer|change|changes|increase|further|additional|new|significant change|improvement|relief"
    r"|better|worse|more than|less than)"
    r"|not (?:only|just|necessarily|improv\w+|chang\w+|resolv\w+|reliev\w+|respond\w+|certain|better"
    r"|controlled)|without (?:relief|improvement|change|benefit|resolution)"
    r"|no (?:reason|need|plans?)\b)",
)
_DENIAL = re.compile(
    rf"\b(?:{any_of('negation')}|fail(?:s|ed|ure)? to|didn['’]t|doesn['’]t|isn['’]t|wasn['’]t|rather than"
    r"|rule[sd] out)\b"
)
# What is denied by words behind it: participles after their verb.
_DENIED_BEHIND = re.compile(
    r"^(?:\W+\w+){0,4}?\W+(?:(?:is|was|were|are|has been|have been|had been) (?:not |never |un)|(?:is|was|were"
    r"|are) (?:absent|denied|negative|ruled out|resolved|lacking|gone)|ruled out|denied\b|resolved\b"
    r"|not (?:noted|documented|present|seen|reported))"
)
# "When", "until" and "once" tell of what happened, and "past" of what was done: none opens a scope.
_THOUGHT = re.compile(
    r"\b(?:rule out|r/o|to rule|possible|possibly|suspect\w*|suspicio\w+|if|unless|whether|would|could|may|might"
    r"|concern for|evaluate for|assess for|risk of|potential|prevent\w*"
    r"|history of|prior|previous(?:ly)?|family|precaution\w*|should|such as|versus|vs)\b"
)
_TURN = re.compile(
    rf"\b(?:but|however|except|although|though|yet|while|whereas|which|who|aside from|apart from|other than|despite"
    r"|because|since|as the|so that|and of|and (?=\w+ed\b)"
    rf"|and (?:has|have|had|is|was|were|reports?|complain\w+|there|he|she|the {any_of('worker')})"
    r"|with (?=\w+ (?:pain|tenderness)))\b|[;:]|, (?:there|he|she|the|and (?:he|she|there))\b"
)
_LONGEST = 150  # characters of a scope


class Scopes(NamedTuple):
    """The parts of a sentence that are denied, and those that are only considered, as start and end in the sentence."""

    denied: tuple[tuple[int, int], ...]
    thought: tuple[tuple[int, int], ...]


def judge_polarity(sentence: str, start: int, end: int, scopes: Scopes) -> Polarity:
    """How characters `start` up to `end` of a sentence in lower case are meant."""
    after = sentence[end : end + 60]
    if any(a <= start < b for a, b in scopes.denied) or _DENIED_BEHIND.match(after):
        return Polarity.DENIED
    if any(a <= start < b for a, b in scopes.thought):
        return Polarity.THOUGHT
    return Polarity.AFFIRMED


def find_scopes(sentence: str) -> Scopes:
    """The scopes that the triggers of a sentence in lower case open."""
    spared = [match.span() for match in _NO_DENIAL.finditer(sentence)]
    denied = []
    for match in _DENIAL.finditer(sentence):
        if not any(start <= match.start() < end for start, end in spared):
            denied.append((match.end(), _find_scope_end(sentence, match.end())))
    thought = [
        (match.end(), min(_find_scope_end(sentence, match.end()), match.end() + 60))
        for match in _THOUGHT.finditer(sentence)
    ]
    return Scopes(tuple(denied), tuple(thought))


def _find_scope_end(text: str, start: int) -> int:
    """The end of a scope that begins at `start`."""
    turn = _TURN.search(text, start)
    return min(turn.start() if turn else len(text), start + _LONGEST)
