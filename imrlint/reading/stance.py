"""Stance: how the clauses around a word let it be meant, as affirmed, denied, or open.

A sentence is read clause by clause, from the outside to the word in question. Each governing clause has a word that
says how its complement is meant (`knowledge.language.predicates`): "establish that", "no evidence that", "doubtful
that", "does not explain why". What it passes on depends on whether it is itself affirmed or denied, so that "the notes
do not fail to show that …" affirms. What another person says is open, unless the reviewer denies that it is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from imrlint.knowledge.language import predicates
from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.predicates import Complement, Kind, PredicateRow
from imrlint.knowledge.language.wordings import any_of


class Polarity(Enum):
    """How words are meant. The value is its name in messages."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    THOUGHT = "thought of"


class Word(NamedTuple):
    """A word or a punctuation mark of a sentence in lower case. `length` is the number of words of `row`'s form."""

    text: str
    start: int
    end: int
    row: PredicateRow | None = None
    length: int = 1

    @property
    def denies(self) -> bool:
        """Whether it is nothing but a denial."""
        return (self.row is not None and self.row.kind is Kind.NOT) or is_contracted(self.text)


BE = members("be")
LINKING = members("linking verb")
AUXILIARIES = members("auxiliary")
SUBORDINATING = members("subordinator")
_CONJUNCTIONS = members("conjunction")
_TURNS = frozenset(("but", "however", "nevertheless", "nonetheless"))
_SO = frozenset(("therefore", "thus", "hence", "accordingly", "consequently", "so"))
_DETERMINERS = members("determiner")
_WHY = frozenset(("why", "how", "what", "when", "where"))
_REQUIRED = members("obligation")
# Nominal denials: they deny a noun after them, and a verb only as the first words of its clause.
_NOMINAL = members("nominal denial")
FARTHEST = 120  # words before another that are read with it
_LONGEST_CLAUSE = 30  # words in which the verb of a clause is sought
_NEAR = 5  # words between a denial and what it denies
_REACH = 9  # words between a governing word and its "that"
_WORD = re.compile(r"[\w#$](?:[\w'’./%+]|-(?=\w))*(?<![.'’/])|[^\w\s]")
_SPEAKER = re.compile(
    rf"(?<!this )(?<!expert )(?<!undersigned )\b(?:{any_of('provider', 'clinician', 'kin', 'utilization review')}"
    rf"|{any_of('claims administrator', 'refusal', 'guideline', 'authority', 'bystander', 'worker')}|he|she)"
    rf"(?!['’]s? (?:[\w-]+ ){{0,2}}(?:{any_of('record')}|exam\w*|findings?|chart)|[\w-])"
)
_SELF = re.compile(r"\b(?:i|we|this reviewer|the (?:expert )?reviewer(?! for| of| from| at)|the undersigned|my|our)\b")


def is_contracted(word: str) -> bool:
    return word.endswith(("n't", "n’t"))


def read_words(sentence: str) -> tuple[Word, ...]:
    """The words and punctuation marks of a sentence in lower case, each with the row that knows it."""
    found = [Word(match.group().replace("’", "'"), *match.span()) for match in _WORD.finditer(sentence)]
    for number, word in enumerate(found):
        following = found[number + 1].text if number + 1 < len(found) else ""
        if known := predicates.lookup(word.text, following):
            found[number] = word._replace(row=known[0], length=known[1])
    return tuple(found)


def find_word(words: Sequence[Word], at: int) -> int:
    """The number of the word at character `at` of a sentence, or of the first one behind it."""
    return bisect_right(words, at, key=lambda word: word.end)


class Clause(NamedTuple):
    """The innermost clause before a word: its first word, and how the clauses around it let it be meant."""

    first: int
    context: Polarity


def find_clause(words: Sequence[Word], end: int, sentence: str, *, of_speakers: bool = True) -> Clause:
    """The clause that leads up to word `end` of a sentence, with what the clauses around it make of it.

    `of_speakers`: what another person says is open, as it is for a verdict; of a finding it is a report.
    """
    first = _find_main_clause(words, end)
    said = sentence if of_speakers else None
    context = Polarity.AFFIRMED
    at = first
    while at < end:
        word = words[at].text
        if word == "whether" or (word == "if" and at > first):
            context, first = Polarity.THOUGHT, at + 1
        elif word in _WHY and at > first and (governor := _find_governor(words, first, at, _REACH)) is not None:
            passed = pass_on(words, first, governor, context, said)
            context = Polarity.AFFIRMED if passed is Polarity.AFFIRMED else Polarity.THOUGHT
            first = at + 1
        elif word == "that" and at > first and (governor := _find_governor(words, first, at, _REACH)) is not None:
            context = pass_on(words, first, governor, context, said)
            first = at + 1
        elif _governs_bare(words, first, at, end):
            context = pass_on(words, first, at, context, said)
            first = at + 1
        at += 1
    return Clause(first, context)


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
        return Clause(at + 1, pass_on(words, clause.first, at, clause.context, sentence))
    return clause


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
    if truth is Polarity.THOUGHT or any(word.text in _REQUIRED for word in words[max(first, at - _NEAR) : at]):
        return Polarity.THOUGHT
    passed = row.affirmed if truth is Polarity.AFFIRMED else row.denied
    said = sentence[words[first].start : words[at].start] if sentence is not None else ""
    if passed is Complement.OPEN and row.kind in (Kind.SAY, Kind.CONTENT) and _SELF.search(said):
        return truth
    is_speaker = row.kind is not Kind.EVIDENCE and _SPEAKER.search(said) and not _SELF.search(said)
    if is_speaker and (truth is Polarity.AFFIRMED or row.kind is not Kind.SHOW):
        return Polarity.THOUGHT
    return MEANT[passed]


MEANT = {
    Complement.AFFIRMED: Polarity.AFFIRMED,
    Complement.DENIED: Polarity.DENIED,
    Complement.OPEN: Polarity.THOUGHT,
}


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
    row = words[at].row
    is_noun = row is not None and row.kind is Kind.EVIDENCE
    if word.text.split(" ")[0] not in _NOMINAL or is_noun:
        return len(between) <= _NEAR and not any(each.text == "," for each in between[:-1])
    follows_to = at > 0 and words[at - 1].text == "to"
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
        if row.kind is not Kind.CONTENT:
            return place if content is None or row.kind in (Kind.DENY, Kind.SAY, Kind.SHOW) else content
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
    if following not in _DETERMINERS - {"that", "no"} or at == first:
        return False
    if not any(each.text in LINKING for each in words[at + 1 : end + 1]):
        return False
    before = words[at - 1]
    if before.text in ("that", "which", "who", "to", "as") and not (at - 2 >= first and words[at - 2].denies):
        return before.text == "to" and is_denied(words, first, at)
    return before.denies or before.text in AUXILIARIES - BE or before.text in _SUBJECTS or word.text.endswith("s")


_PRONOUNS = frozenset(("it", "he", "she", "they", "i", "we"))
_SUBJECTS = frozenset(("i", "we", "he", "she", "they", "reviewer", "physician", "provider", "also", "it"))


def _find_main_clause(words: Sequence[Word], end: int) -> int:
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
        elif (
            text in ("and", "or", "nor")
            and before == ","
            and number + 1 < end
            and words[number + 1].text in _DETERMINERS | _SO
            and words[number + 1].text != "that"
            and _is_complete(words, first, number - 1)
        ):
            first = number + (0 if text == "nor" else 1)
    while first < end and words[first].text == ",":
        first += 1
    while first < end and words[first].text in SUBORDINATING:
        comma = _find_end_of_adjunct(words, first, end)
        if comma is None:
            break
        first = comma + 1
    return first


def _find_end_of_adjunct(words: Sequence[Word], first: int, end: int) -> int | None:
    """The comma that ends the adjunct with which a clause begins; None where there is none before word `end`."""
    is_clause = words[first].text in _CONJUNCTIONS
    for number in range(first + 1, end):
        if not is_clause and _is_finite(words, first, number):
            return None  # "On the first day he reported pain, numbness": the main clause has begun
        if words[number].text == "," and (not is_clause or _has_verb(words, first, number)):
            following = words[number + 1].text if number + 1 < end else ""
            if following not in ("and", "or", "nor"):
                return number
    return None


def _is_finite(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether word `at` is the verb of a main clause, with its subject before it and its object behind it."""
    if words[at - 1].text in _PRONOUNS and at - 1 > first and words[at].text.isalpha():
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
    return _has_verb(words, first, end)


def _has_verb(words: Sequence[Word], first: int, end: int) -> bool:
    for number in range(first, end):
        word = words[number]
        if word.text in AUXILIARIES or is_contracted(word.text) or word.text in LINKING:
            return True
        if number > first and words[number - 1].text in _PRONOUNS and word.text.isalpha():
            return True
        if number > first and words[number - 1].text not in _DETERMINERS:
            known = word.row is not None and word.row.kind in (Kind.SHOW, Kind.SAY, Kind.JUDGE, Kind.HAVE, Kind.EXPLAIN)
            if known or (word.text.endswith("ed") and len(word.text) > 4):
                return True
    return False
