"""Stance: how the clauses around a word let it be meant, as affirmed, denied, or open.

A sentence is read clause by clause, from the outside to the word in question. Each governing clause has a word that
says how its complement is meant (`knowledge.language.predicates`): "establish that", "no evidence that", "doubtful
that", "does not explain why". What it passes on depends on whether it is itself affirmed or denied, so that "the notes
do not fail to show that …" affirms. What another person says is open, unless the reviewer denies that it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.predicates import Complement, Kind
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.main_clause import find_inversion, find_main_clause
from imrlint.reading.syntax import AUXILIARIES, BE, DETERMINERS, LINKING, SUBORDINATING, Word


class Polarity(Enum):
    """How words are meant. The value is its name in messages."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    THOUGHT = "thought of"


_WHY = frozenset(("why", "how", "what", "when", "where"))
_REQUIRED = members("obligation")
# Nominal denials: they deny a noun after them, and a verb only as the first words of its clause.
_NOMINAL = members("nominal denial")
_MODALS = frozenset(("would", "could", "might", "may"))
_HOLDING = (Kind.DENY, Kind.SAY, Kind.SHOW)
_BESIDE = 3  # words from a verb to the noun of content that is its object
_NEAR = 5  # words between a denial and what it denies
_REACH = 9  # words between a governing word and its "that"
_SPEAKER = re.compile(
    rf"(?<!this )(?<!expert )(?<!undersigned )\b(?:{any_of('provider', 'clinician', 'kin', 'utilization review')}"
    rf"|{any_of('claims administrator', 'refusal', 'guideline', 'authority', 'bystander', 'worker')}|he|she)"
    rf"(?!['’]s? (?:[\w-]+ ){{0,2}}(?:{any_of('record')}|exam\w*|findings?|chart)|[\w-])"
)
_SELF = re.compile(r"\b(?:i|we|this reviewer|the (?:expert )?reviewer(?! for| of| from| at)|the undersigned|my|our)\b")


class Clause(NamedTuple):
    """The innermost clause before a word: its first word, and how the clauses around it let it be meant.

    `is_certain` is false where words that are not known may turn what governs it: "a dearth of evidence that".
    """

    first: int
    context: Polarity
    is_certain: bool = True


def find_clause(words: Sequence[Word], end: int, sentence: str, *, of_speakers: bool = True) -> Clause:
    """The clause that leads up to word `end` of a sentence, with what the clauses around it make of it.

    `of_speakers`: what another person says is open, as it is for a verdict; of a finding it is a report.
    """
    first = find_main_clause(words, end)
    said = sentence if of_speakers else None
    context = Polarity.AFFIRMED
    is_certain = True
    at = first
    while at < end:
        word = words[at].text
        if word == "whether" or (word == "if" and at > first):
            context, first = Polarity.THOUGHT, at + 1
        elif word in _WHY and at > first and (governor := _find_governor(words, first, at, _REACH)) is not None:
            passed = pass_on(words, first, governor, context, said)
            is_told = passed is Polarity.AFFIRMED or (word in ("how", "why") and _is_seeing(words[governor]))
            is_certain = is_certain and is_plain(words, first, governor, at)
            context = passed if is_told else Polarity.THOUGHT
            first = at + 1
        elif word == "that" and at > first and (governor := _find_governor(words, first, at, _REACH)) is not None:
            is_certain = is_certain and is_plain(words, first, governor, at)
            context = pass_on(words, first, governor, context, said)
            first = at + 1
        elif word == "that" and at > first and words[at - 1].text in ("nothing", "none"):
            context, first = deny(context), at + 1
        elif _governs_bare(words, first, at, end):
            context = pass_on(words, first, at, context, said)
            first = at + 1
        at += 1
    return Clause(first, context, is_certain)


def is_plain(words: Sequence[Word], first: int, governor: int, end: int) -> bool:
    """Whether no unknown word can turn what the word `governor` says of its complement, which begins at word `end`.

    It is a finite verb beside its complement, what there is or somebody has, or it is denied by a known word; but not
    a definite noun, which is taken for granted ("nothing overcomes the showing that").
    """
    if governor > first + 1 and words[governor - 1].text in ("the", "this") and governor + 1 == end:
        return False
    if any(_applies(words, first, each, governor) for each in range(first, governor) if words[each].denies):
        return True
    between = words[governor + 1 : end]
    is_noun = len(between) > 1 and between[0].text in DETERMINERS and _is_of_kind(between[-1], Kind.CONTENT, Kind.SAY)
    if between and not is_noun and between[0].text not in SUBORDINATING and between[0].text != ",":
        return False
    row, before = words[governor].row, governor - 1
    while before > first and (words[before].text in DETERMINERS or _is_of_kind(words[before], Kind.CERTAIN)):
        before -= 1
    if row is not None and row.kind is Kind.EVIDENCE:
        return words[before].text in LINKING or _is_of_kind(words[before], Kind.HAVE, Kind.SHOW)
    return words[before].text not in ("to", "who", "which", "that") and not words[governor].text.endswith("ing")


def _is_of_kind(word: Word, *kinds: Kind) -> bool:
    return word.row is not None and word.row.kind in kinds


def find_judge(words: Sequence[Word], clause: Clause, end: int, sentence: str, *, bare: bool) -> Clause:
    """The same for an object and its adjective ("deem the visits necessary"), whose verb is in the clause itself.

    Where no "to be" or "as" stands between them (`bare`), only a verb of judging can govern both.
    """
    kinds = (Kind.JUDGE,) if bare else (Kind.JUDGE, Kind.SHOW, Kind.SAY)
    for at in range(end - 1, clause.first - 1, -1):
        row = words[at].row
        if row is None or row.kind not in kinds:
            continue
        before = words[at - 1].text if at > clause.first else ""
        if before in ("that", "which", "who", "as"):
            continue
        passed = pass_on(words, clause.first, at, clause.context, sentence)
        return Clause(at + 1, passed, clause.is_certain and is_plain(words, clause.first, at, at + 1))
    return clause


def names_speaker(words: str) -> bool:
    """Whether words in lower case name a person or a document whose view may follow, and not the reviewer."""
    return _SPEAKER.search(words) is not None and _SELF.search(words) is None


def is_denied(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether an odd number of denials in the clause from word `first` apply to word `at`."""
    return sum(_applies(words, first, each, at) for each in range(first, at) if words[each].denies) % 2 == 1


def deny(context: Polarity) -> Polarity:
    """The opposite of affirmed and denied."""
    return {Polarity.AFFIRMED: Polarity.DENIED, Polarity.DENIED: Polarity.AFFIRMED}.get(context, context)


def pass_on(words: Sequence[Word], first: int, at: int, context: Polarity, sentence: str | None) -> Polarity:
    """How the complement of word `at` is meant, of which the clause begins at `first` and is meant as `context`.

    What another person says is open where the text of the sentence is given.
    """
    row = words[at].row
    assert row is not None
    truth = deny(context) if is_denied(words, first, at) else context
    if row.kind is Kind.EVIDENCE and _is_lacking(words, at):
        truth = deny(truth)
    near = [word.text for word in words[max(first, at - _NEAR) : at]]
    is_borne = "burden" in near and not _BEARING.intersection(near)
    if truth is Polarity.THOUGHT or is_borne or _REQUIRED.intersection(near) or _is_due(near):
        return Polarity.THOUGHT
    passed = row.affirmed if truth is Polarity.AFFIRMED else row.denied
    said = sentence[words[first].start : words[at].start] if sentence is not None else ""
    if truth is Polarity.AFFIRMED and _MODALS.intersection(near) and not _SELF.search(said):
        return Polarity.THOUGHT
    if passed is Complement.OPEN and row.kind in (Kind.SAY, Kind.CONTENT) and _SELF.search(said):
        return truth
    if truth is Polarity.DENIED and row.predicate in UNDISPUTED and words[first].text in _IMPERSONAL:
        return Polarity.AFFIRMED  # "it cannot be disputed that", "no one could deny that"
    is_speaker = row.kind is not Kind.EVIDENCE and _SPEAKER.search(said) and not _SELF.search(said)
    if (
        is_speaker
        and "burden" not in near
        and not _is_of_nobody(words, first, at)
        and (truth is Polarity.AFFIRMED or row.kind is not Kind.SHOW)
    ):
        return Polarity.THOUGHT
    return MEANT[passed]


MEANT = {
    Complement.AFFIRMED: Polarity.AFFIRMED,
    Complement.DENIED: Polarity.DENIED,
    Complement.OPEN: Polarity.THOUGHT,
}


def _is_seeing(word: Word) -> bool:
    """Whether a word says that something is seen: who does not see how it can be so denies it."""
    return word.row is not None and word.row.predicate in ("see", "imagine")


def _is_of_nobody(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether no person says what the verb at word `at` says: "no physician would say", "gives no reason to say"."""
    grounds = at - first > 1 and words[at - 1].text == "to" and words[at - 2].text in _GROUNDS
    modal = any(word.text in _MODALS or word.text in ("can", "should") for word in words[first:at])
    return grounds or (words[first].text in _NOBODY and modal)


_GROUNDS = members("ground")
_BEARING = members("verb of bearing")
UNDISPUTED = frozenset(("dispute", "deny", "refute", "contradict"))
_NOBODY = frozenset(("no", "nobody", "none", "few"))
_IMPERSONAL = _NOBODY | {"it", "there"}


def _is_lacking(words: Sequence[Word], at: int) -> bool:
    """Whether the noun at word `at` is denied behind it: "evidence is lacking that"."""
    for number in range(at + 1, min(at + _NEAR, len(words))):
        if words[number].text in ("that", ","):
            return False
        if words[number].denies and words[number - 1].text in AUXILIARIES | LINKING:
            return True
    return False


def _is_due(words: Sequence[str]) -> bool:
    """Whether something has to be done: "it would have to be shown"."""
    return any(one in ("have", "has", "had") and two == "to" for one, two in pairwise(words))


def _applies(words: Sequence[Word], first: int, denial: int, at: int) -> bool:
    """Whether a denial applies to word `at` of its clause."""
    word = words[denial]
    between = words[denial + word.length : at]
    if any(each.text in (";", ":", "but") for each in between):
        return False
    if between and between[0].text in ("only", "just", "merely", "simply") and word.text == "not":
        return False
    if denial == first or (denial == first + 1 and words[first].text in (",", "and", "or", "nor")):
        return True
    if denial <= first + 1 and find_inversion(words, first, at) is not None:
        return True
    row = words[at].row
    is_noun = row is not None and row.kind is Kind.EVIDENCE
    if word.text.split(" ")[0] not in _NOMINAL or is_noun:
        return len(between) <= _NEAR and not any(each.text == "," for each in between[:-1])
    gerund = words[at].text.endswith("ing") and words[at - 1].text in ("for", "of", "in") and len(between) <= _NEAR
    follows_to = gerund or (at > 0 and words[at - 1].text == "to")
    existential = "there" in [each.text for each in words[first:denial]]
    return follows_to or existential or len(between) == 0 or (row is not None and row.kind is Kind.NOT)


def _find_governor(words: Sequence[Word], first: int, at: int, reach: int) -> int | None:
    """The word nearest before `at` that can govern a clause.

    A noun of content ("the view that …") leaves it to a verb before it ("I disagree with the view that …").
    """
    content: int | None = None
    number = at - 1
    if number >= first and words[number].text == ",":  # an inserted group: "asserts, without more, that"
        number = next((n for n in range(number - 1, first - 1, -1) if words[n].text == ","), number) - 1
    for place in range(number, max(first, number - reach + 1) - 1, -1):
        word = words[place]
        if word.text in (",", ";"):
            break
        row = word.row
        if row is None or row.kind in (Kind.NOT, Kind.HAVE):
            continue
        is_noun = row.kind is Kind.CONTENT or (row.kind is Kind.SAY and words[place - 1].text in _BEFORE_NOUN)
        if not is_noun:
            is_near = content is None or content - place <= _BESIDE
            return place if is_near and (content is None or row.kind in _HOLDING) else content
        content = place if content is None else content
    return content


def _governs_bare(words: Sequence[Word], first: int, at: int, end: int) -> bool:
    """Whether word `at` governs a clause without "that": "I do not believe the visits are necessary"."""
    word = words[at]
    if word.row is None or word.row.kind not in (Kind.SAY, Kind.SHOW, Kind.JUDGE, Kind.DENY) or at + 1 >= end:
        return False
    following = words[at + 1].text
    if any(each.text == "that" for each in words[at + 1 : at + 5]):
        return False
    if following not in DETERMINERS - {"that", "no"} or at == first:
        return False
    if not any(each.text in LINKING for each in words[at + 1 : end + 1]):
        return False
    before = words[at - 1]
    if before.text in ("that", "which", "who", "to", "as") and not (at - 2 >= first and words[at - 2].denies):
        return before.text == "to" and is_denied(words, first, at)
    return before.denies or before.text in AUXILIARIES - BE or before.text in _SUBJECTS or word.text.endswith("s")


_BEFORE_NOUN = frozenset(("the", "a", "an", "any", "his", "her", "their", "this"))
_SUBJECTS = frozenset(("i", "we", "he", "she", "they", "reviewer", "physician", "provider", "also", "it"))
