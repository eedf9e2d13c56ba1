"""Whether words of a sentence are affirmed, denied, or only considered.

They are read with the clauses that govern them (`stance`), then with the denials of their own clause (`denials`) and
those behind them, then with their circumstances (`circumstances`). What is denied only perhaps is thought of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from imrlint.document.patterns import Pattern
from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.predicates import Kind
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading import circumstances, stance, syntax
from imrlint.reading.denials import (
    DEFINITE,
    EXISTENTIAL,
    LISTED,
    PREPOSITIONS,
    SUBJECTS,
    find_denial,
    is_definite,
    is_list,
)
from imrlint.reading.stance import Polarity
from imrlint.reading.syntax import AUXILIARIES, LINKING, Word

_SAME = r"^(?: and other(?: \w+){1,3})?(?:\W+(?!(?:that|which|who|but|and|with|in|for)\b)\w+){0,4}?\W+"
_IS = r"(?:is|was|were|are|has been|have been|had been)"
_NOTED = rf"(?:{'|'.join(sorted(members('found')))})"
# What is denied by words behind it in its clause: that it is there, or was found. What "was not treated" is there.
_DENIED_BEHIND = Pattern(
    rf"{_SAME}(?:(?:{_IS}|isn['’]t|wasn['’]t) (?:absent|denied|negative\b(?! for)|ruled out|resolved|lacking|gone)\b"
    rf"|(?:(?:is|was|were|are|has|have|had) (?:not|never)(?: yet)? (?:been )?|(?:isn|wasn|weren|hasn)['’]t (?:been )?"
    rf"|not )(?:\w+ly )?{_NOTED}\b"
    rf"|(?:(?!{_IS}\b|which|that|but|has|had)[\w/, -])+? {_IS} denied\b"
    r"|(?:does|do|did) not (?:exist|occur|appear|develop)\b|(?<!not )(?:ruled out|excluded)\b|denied\b|resolved\b)"
)
# The first of a list that is the subject of a denial: "bruising, warmth and swelling were not noted".
_DENIED_LIST = Pattern(
    rf"(?:,(?: [\w'-]+){{1,3}})*,? and(?: [\w'-]+){{1,3}} (?:were|are|have) (?:not|never)(?: yet)? (?:been )?{_NOTED}\b"
)
# A label, and that there is nothing under it: "Red flags: none".
_DENIED_LABEL = re.compile(rf"^ ?: (?:{any_of('negation')}|none|nil|negative)\b")
_THOUGHT_BEHIND = Pattern(
    rf"{_SAME}{_IS} (?:possible|suspected|likely|unlikely|questionable|feared|considered|unclear"
    r"|not (?:ruled out|excluded))\b"
)
# A subject with an apposition, and its verb: "seizures, the chief worry with this drug, are not in his history".
_DENIED_APART = re.compile(r", [^,;.:()]{3,50}, (?:is|are|was|were|has|have|had) not\b")
_EXISTING = re.compile(rf"^(?:not|never|un)? ?(?:\w+ly )?{_NOTED}\b")
_SHORT = 60  # characters in which something is only thought of
_FARTHEST = 8  # words between a verb and its object


def judge_polarity(sentence: str, start: int, end: int, words: Sequence[Word]) -> Polarity:
    """How characters `start` up to `end` of a sentence in lower case are meant."""
    if circumstances.is_elsewhere(sentence, start, end) or circumstances.is_of_kin(sentence, start):
        return Polarity.THOUGHT
    at = syntax.find_word(words, start)
    clause = stance.find_clause(words, at, sentence, of_speakers=False)
    own = _judge_in_clause(sentence, end, words, at, clause)
    if own is Polarity.AFFIRMED and circumstances.is_thought(sentence, start):
        return Polarity.THOUGHT
    return own


def _judge_in_clause(sentence: str, end: int, words: Sequence[Word], at: int, clause: stance.Clause) -> Polarity:
    if clause.context is Polarity.THOUGHT:
        return Polarity.THOUGHT
    denied = find_denial(sentence, words, clause.first, at)
    if clause.context is Polarity.DENIED:
        if denied is not None:
            return Polarity.THOUGHT
        return _judge_denied_complement(words, clause.first, at, end)
    if _THOUGHT_BEHIND.match(sentence[end : end + _SHORT]):
        return Polarity.THOUGHT
    if _DENIED_APART.match(sentence, end):
        return Polarity.THOUGHT
    behind = sentence[end : end + _SHORT]
    if _DENIED_BEHIND.match(behind) or _DENIED_LABEL.match(behind) or _DENIED_LIST.match(sentence, end):
        return Polarity.DENIED if denied is None and _is_head(words, clause.first, at) else Polarity.THOUGHT
    return Polarity.AFFIRMED if denied is None else denied


def is_asserted(start: int, words: Sequence[Word]) -> bool:
    """Whether the words from character `start`, which are not denied, are themselves what a sentence asserts.

    They are where something has, shows or is them; not where they are what a drug is for, or what one is asked about.
    """
    at = syntax.find_word(words, start)
    number = at - 1
    while number >= 0:
        word = words[number]
        if word.text in DEFINITE:
            return False
        if word.text == "of" or word.text == "with" or word.text in PREPOSITIONS:
            before = words[number - 1] if number else None
            is_told = before is not None and before.row is not None and before.row.kind in (*EXISTENTIAL, Kind.EVIDENCE)
            return is_told or word.text == "with"
        if word.text in LINKING or (word.row is not None and word.row.kind in (*EXISTENTIAL, Kind.EVIDENCE)):
            return True
        if word.text in (";", ":") or at - number > _FARTHEST:
            return True
        if word.text.endswith(("ed", "es")) and number and words[number - 1].text in SUBJECTS and word.row is None:
            return False
        number -= 1
    return at < LISTED and words[0].text not in SUBJECTS


def _is_head(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether word `at` is no group behind another noun: "the number of headaches", but "complaints of headaches"."""
    for number in range(at - 1, max(first, at - LISTED) - 1, -1):
        word = words[number]
        if word.text in PREPOSITIONS or word.text == "of":
            before = words[number - 1] if number > first else None
            return before is not None and before.row is not None and before.row.kind in (*EXISTENTIAL, Kind.EVIDENCE)
        if is_list(word):
            return True
    return True


def _judge_denied_complement(words: Sequence[Word], first: int, at: int, end: int) -> Polarity:
    """How a word is meant in a clause that is denied: "no evidence that …"."""
    if is_definite(words, first, at):
        return Polarity.THOUGHT
    if any(word.text in LINKING or word.text in AUXILIARIES or word.row for word in words[first:at]):
        return Polarity.DENIED  # its object, or its predicate
    behind = [word for word in words[at : at + syntax.FARTHEST] if word.start >= end]
    for number, word in enumerate(behind):
        if word.text in AUXILIARIES | LINKING:
            rest = " ".join(each.text for each in behind[number + 1 : number + 4])
            rest = rest.removeprefix("been ").removeprefix("be ")
            is_there = word.text in ("exist", "exists") or _EXISTING.match(rest)
            return Polarity.DENIED if is_there else Polarity.THOUGHT
    return Polarity.THOUGHT
