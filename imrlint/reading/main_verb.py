"""The verb that says how its subject is meant: "the need for it has not been shown", "the claim finds no support"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from imrlint.knowledge.language.predicates import Kind
from imrlint.reading.stance import MEANT, UNDISPUTED, Polarity
from imrlint.reading.syntax import AUXILIARIES, LINKING, Word, is_contracted

_OTHER_CLAUSE = frozenset(
    (";", "that", "which", "who", "and", "but", "or", "as", "since", "when", "where", "if", "because")
)
_VERBAL = frozenset(("not", "never", "beyond", "cannot", "no", "neither", "nor"))


class MainVerb(NamedTuple):
    """How the subject of a verb is meant, and the last word of the verb phrase."""

    polarity: Polarity
    last: int


def read_main_verb(words: Sequence[Word], first: int, reach: int) -> MainVerb | None:
    """How the verb after word `first` says that its subject is meant: "… is not established", "… remains doubtful"."""
    at = find_verb_behind(words, first, reach)
    if at is None:
        return None
    denied = False
    for number in range(at, min(at + 8, len(words))):
        word = words[number]
        if word.denies and (word.row is None or word.text in _VERBAL or is_contracted(word.text)):
            denied = not denied
        elif denied and word.row is not None and word.row.predicate in UNDISPUTED:
            return MainVerb(Polarity.AFFIRMED, number)
        elif word.row is not None and word.row.kind is Kind.JUDGE and number == at:
            continue  # "finds no support"
        elif word.row is not None and word.row.kind not in (Kind.HAVE, Kind.SAY):
            meant = word.row.denied if denied else word.row.affirmed
            return MainVerb(MEANT[meant], number)
        elif denied and word.text.endswith("ed"):
            return MainVerb(Polarity.DENIED, number)
        elif word.text in ("met", "present", "carried", "discharged"):
            return MainVerb(Polarity.DENIED if denied else Polarity.AFFIRMED, number)
        elif word.text in (",", ";", "."):
            return None
    return None


def find_verb_behind(words: Sequence[Word], first: int, reach: int) -> int | None:
    """The first verb behind word `first` that no other clause holds; None where there is none."""
    for number in range(first, min(first + reach, len(words))):
        if words[number].text in _OTHER_CLAUSE:
            return None
        if _is_verb(words[number]):
            return number
    return None


def _is_verb(word: Word) -> bool:
    """Whether a word is a finite verb behind its subject."""
    known = word.row is not None and word.row.kind in (Kind.JUDGE, Kind.NOT)
    return word.text in AUXILIARIES or word.text in LINKING or (known and word.text.endswith("s"))
