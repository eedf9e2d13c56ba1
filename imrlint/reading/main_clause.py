"""The main clause before a word: where it begins, behind adjuncts and what another clause says.

"As no record shows a deficit, the request …" begins with "the request"; "…, and the request" begins a clause where
the one before it is complete; "but" always does.
"""

from __future__ import annotations

from collections.abc import Sequence

from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.predicates import Kind
from imrlint.reading.syntax import (
    AUXILIARIES,
    DETERMINERS,
    FARTHEST,
    LINKING,
    PRONOUNS,
    SUBORDINATING,
    Word,
    is_contracted,
)

_CONJUNCTIONS = members("conjunction")
_TURNS = frozenset(("but", "however", "nevertheless", "nonetheless"))
_SO = frozenset(("therefore", "thus", "hence", "accordingly", "consequently", "so"))
_CAUSAL = frozenset(("as", "since", "because"))
_LONGEST_CLAUSE = 30  # words in which the verb of a clause is sought
_SHORTEST_CLAUSE = 5  # words; shorter ones before ", and" may be the first of a list
_SHORT = 3  # words of an adjunct that needs no verb
_NEAR = 5  # words between a subject and its verb


def find_main_clause(words: Sequence[Word], end: int) -> int:
    """The first word of the main clause that leads up to word `end`."""
    first = begin = max(end - FARTHEST, 0)
    for number in range(begin, end):
        text = words[number].text
        before = words[number - 1].text if number else ","
        if (
            text in (";", ":", "—", "–")
            or text in _TURNS
            or (text in _SO and before in (",", ";", "and", "so"))
            or (text == "yet" and before in (",", "and"))
        ):
            first = number + 1
        elif text == "nor" and before == "," and number + 1 < end and words[number + 1].text in AUXILIARIES | LINKING:
            first = number
        elif (
            text in _CAUSAL
            and number > first
            and number + 1 < end
            and words[number + 1].text in PRONOUNS | {"there"}
            and _is_complete(words, first, number)
        ):
            first = number + 1  # "no factors warrant it, as it is not recommended"
        elif (
            text in ("and", "or", "nor")
            and before == ","
            and number + 1 < end
            and words[number + 1].text in DETERMINERS | _SO
            and words[number + 1].text != "that"
            and _is_complete(words, first, number - 1)
        ):
            first = number + (0 if text == "nor" else 1)
    while first < end and words[first].text == ",":
        first += 1
    while first < end and words[first].text in SUBORDINATING and find_inversion(words, first, end) is None:
        comma = _find_end_of_adjunct(words, first, end)
        if comma is None:
            break
        first = comma + 1
    return first


def find_inversion(words: Sequence[Word], first: int, end: int) -> int | None:
    """The verb before its subject behind a denial with which a clause begins: "At no point does the chart …"."""
    denial = next((number for number in range(first, min(first + 2, end)) if words[number].denies), None)
    if denial is None or words[first].text not in _FRONTED:
        return None
    for number in range(denial + 1, min(denial + _LONGEST_FRONT, end)):
        text = words[number].text
        if text in (",", ";") or words[number].denies:
            return None
        if text in AUXILIARIES or text in LINKING:
            return number
        if text in DETERMINERS and words[number - 1].text not in SUBORDINATING and words[number - 1].text != "of":
            return None  # "in no distress the worker has"
    return None


_FRONTED = frozenset(("at", "in", "on", "under", "by", "to", "from", "not", "never", "nowhere", "nor", "neither"))
_LONGEST_FRONT = 9  # words


def _find_end_of_adjunct(words: Sequence[Word], first: int, end: int) -> int | None:
    """The comma that ends the adjunct with which a clause begins; None where there is none before word `end`."""
    is_clause = words[first].text in _CONJUNCTIONS
    for number in range(first + 1, end):
        if not is_clause and _is_finite(words, first, number):
            return None  # "On the first day he reported pain, numbness": the main clause has begun
        is_short = number - first < _SHORT  # "As such, …"
        if words[number].text == "," and (is_short or not is_clause or _has_verb(words, first, number)):
            following = words[number + 1].text if number + 1 < end else ""
            if following not in ("and", "or", "nor"):
                return number
    return None


def _is_finite(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether word `at` is the verb of a main clause, with its subject before it and its object behind it."""
    if words[at - 1].text in PRONOUNS and at - 1 > first and words[at].text.isalpha():
        return words[at - 2].text not in _SUBORDINATE
    row = words[at].row
    if row is None or row.kind not in _TOLD or not words[at].text.endswith(("ed", "had", "has")):
        return False
    inside = any(word.text in ("that", "which", "who", "of") for word in words[max(first, at - _NEAR) : at])
    following = words[at + 1].text if at + 1 < len(words) else ","
    return not inside and following.isalpha() and following not in SUBORDINATING


_SUBORDINATE = frozenset(("that", "which", "who", "what", "than", "and")) | SUBORDINATING
_TOLD = (Kind.SHOW, Kind.SAY, Kind.HAVE)


def _is_complete(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether the clause that ends at word `end` has its verb: one after the last "that", if it has one."""
    first = max(first, end - _LONGEST_CLAUSE)
    for number in range(end - 1, first - 1, -1):
        if words[number].text in ("that", "why", "how", "whether"):
            return _has_verb(words, number + 1, end)
    if end - first >= _SHORTEST_CLAUSE and not any(word.text == "," for word in words[first:end]):
        return True
    return _has_verb(words, first, end)


def _has_verb(words: Sequence[Word], first: int, end: int) -> bool:
    for number in range(first, end):
        word = words[number]
        if word.text in AUXILIARIES or is_contracted(word.text) or word.text in LINKING:
            return True
        if number > first and words[number - 1].text in PRONOUNS and word.text.isalpha():
            return True
        if number > first and words[number - 1].text not in DETERMINERS:
            known = word.row is not None and word.row.kind in (Kind.SHOW, Kind.SAY, Kind.JUDGE, Kind.HAVE, Kind.EXPLAIN)
            if known or (word.text.endswith("ed") and len(word.text) > 4):
                return True
    return False
