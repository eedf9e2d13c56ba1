"""Predications: the verb phrase before a predicate such as "medically necessary", and whether it denies it.

The verb phrase is walked from the predicate to the left: over linking verbs, auxiliaries, adverbs, participles of
judging ("is felt to be"), other predicates beside it ("appropriate and") and groups such as "at this time".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.predicates import Kind
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.main_clause import find_inversion, find_main_clause
from imrlint.reading.main_verb import find_verb_behind, read_main_verb
from imrlint.reading.stance import Polarity, deny, find_clause, find_judge
from imrlint.reading.syntax import AUXILIARIES, BE, DETERMINERS, FARTHEST, LINKING, SUBORDINATING, Word, is_contracted


class VerbPhrase(NamedTuple):
    """Words `first` up to the predicate. `is_finite`: it has a linking verb of its own."""

    first: int
    denied: bool
    is_finite: bool
    modal: str


class Predication(NamedTuple):
    """How a predicate is meant, and the first word of its verb phrase. `is_certain`: in one way only."""

    polarity: Polarity
    first: int
    is_certain: bool


_ADVERBS = members("verb phrase")
_PREDICATES = members("predicate")
_GROUPS = members("group")
_GENERIC = frozenset(
    ("often", "usually", "generally", "sometimes", "typically", "rarely", "seldom", "always", "normally")
)
_PERSON = rf"(?:{any_of('provider', 'clinician', 'utilization review', 'claims administrator', 'worker')})"
# Whose view it is: not the reviewer's. A guideline's is.
_SOURCE = re.compile(
    rf"\b(?:according to|per|in the (?:opinion|view|judgment) of|as (?:stated|argued|claimed|asserted) by)"
    rf" (?:(?!this\b)\w+ )"
    rf"{{0,2}}?(?<!this )(?<!expert ){_PERSON}(?!['’]s? {any_of('record')})\b"
    rf"|\bin (?:(?!this\b)\w+ ){{0,2}}?{_PERSON}['’]s?['’]? (?:opinion|view|judgment)\b"
)
_SOURCES = ("according", "per ", "opinion", "view", "judgment", " as ")  # without one of them no source is named
_BEHIND = 10  # words between a predicate and the verb of its claim
_NEAR = 4  # words between a predicate and the verb of which its clause is the subject
_LONGEST = 40  # words of a verb phrase
_LONGEST_GROUP = 7  # words
_LONGEST_PARENTHESIS = 16  # words between two commas within a verb phrase
_MODALS = frozenset(["would", "could", "may", "might", "wouldn't", "couldn't"])
_CONDITIONS = frozenset(("if", "unless", "provided", "had", "were", "should", "otherwise", "until", "once", "when"))
_BEFORE_BARE = frozenset((",", ";", ":", "—", "–", "and", "or", "but", "therefore", "thus", "hence", "so"))
_NEGATIVE_SUBJECTS = frozenset(["not", "no", "none", "nothing", "neither", "nobody", "nor"])


def read_predication(words: Sequence[Word], at: int, sentence: str, *, is_verb: bool = False) -> Predication:
    """How the predicate at word `at` of a sentence in lower case is meant. `is_verb`: it can be finite itself."""
    phrase = _find_verb_phrase(words, at)
    if is_verb:
        phrase = phrase._replace(is_finite=True)
    clause = find_clause(words, phrase.first, sentence)
    open_ = Predication(Polarity.THOUGHT, phrase.first, False)
    if not phrase.is_finite and find_inversion(words, clause.first, phrase.first) is not None:
        return Predication(deny(clause.context), phrase.first, clause.is_certain and not phrase.modal)
    begin, end = words[max(phrase.first - FARTHEST, 0)].start, words[min(at + FARTHEST, len(words) - 1)].end
    if any(each in sentence for each in _SOURCES) and _SOURCE.search(sentence, begin, end):
        return open_
    claimed = _read_claimed(words, phrase, at)
    if claimed is not None:
        return claimed
    if not phrase.is_finite:
        judged = find_judge(words, clause, phrase.first, sentence, bare=words[phrase.first].text not in ("to", "as"))
        if _is_attribute(words, at) or (judged is clause and not _can_be_bare(words, phrase)):
            return open_
        clause = judged
    if _is_open(words, phrase, at):
        return open_
    polarity = clause.context
    subject = words[clause.first : phrase.first]
    is_denied = phrase.denied or (phrase.is_finite and _is_denying(subject))
    if subject and clause.first == 0 and subject[0].text == "that" and len(subject) > 1:
        claim = read_main_verb(words, at + 1, _NEAR)  # "That it is necessary has not been shown."
        polarity = claim.polarity if claim is not None else Polarity.THOUGHT
    is_certain = clause.is_certain and not phrase.modal and not _has_unknown_governor(subject)
    return Predication(deny(polarity) if is_denied else polarity, phrase.first, is_certain)


def _has_unknown_governor(subject: Sequence[Word]) -> bool:
    """Whether a "that" begins a clause and no known word before it says how it is meant."""
    return any(
        word.text == "that" and (subject[number + 1].text in DETERMINERS or _is_content(subject, number))
        for number, word in enumerate(subject[:-1])
    )


def _is_content(subject: Sequence[Word], that: int) -> bool:
    """Whether a "that" begins what is said ("argued that therapy"), and does not tell which ("the visits that he")."""
    following = subject[that + 1].text
    is_relative = following in AUXILIARIES or following in LINKING or following.endswith("ed")
    return not is_relative and that > 1 and subject[that - 2].text not in DETERMINERS


def _is_denying(subject: Sequence[Word]) -> bool:
    """Whether a subject denies: "no brace"; but not "not only"."""
    is_only = len(subject) > 1 and subject[0].text == "not" and subject[1].text in _ONLY
    return bool(subject) and subject[0].text in _NEGATIVE_SUBJECTS and not is_only


def _find_claim(words: Sequence[Word], first: int, end: int) -> int | None:
    """The noun with which a clause begins and of which the words before `end` are the content: "the claim that …".

    Where a "that" begins a clause, the noun need not be known.
    """
    for number in range(first + 1, min(first + _NEAR, end - 1)):
        word = words[number]
        kind = word.row.kind if word.row else None
        is_noun = kind in (Kind.CONTENT, Kind.EVIDENCE, Kind.SAY) or word.text in _CLAIMED
        is_content = words[number + 1].text == "that" and words[number + 2].text in DETERMINERS and word.row is None
        if is_content or (is_noun and words[number + 1].text in ("that", "for", "of")):
            return number if words[first].text in DETERMINERS else None
    word = words[first]
    is_bare = word.row is not None and word.row.kind is Kind.EVIDENCE
    return first if is_bare and first + 1 < end and words[first + 1].text == "that" else None


def _read_claimed(words: Sequence[Word], phrase: VerbPhrase, at: int) -> Predication | None:
    """How a predicate is meant by the verb behind it, whose subject names it: "the claim that … finds no support"."""
    noun = _find_claim(words, find_main_clause(words, phrase.first), phrase.first)
    if noun is None or find_verb_behind(words, at + 1, _BEHIND) is None:
        return None
    claim = read_main_verb(words, at + 1, _BEHIND)
    if claim is None:
        return Predication(Polarity.THOUGHT, phrase.first, False)
    is_denied = phrase.denied != bool(noun and words[noun - 1].denies)
    is_known = words[noun].row is not None or words[noun].text in _CLAIMED
    polarity = deny(claim.polarity) if is_denied else claim.polarity
    return Predication(polarity, phrase.first, is_known and not phrase.modal)


_CLAIMED = frozenset(("case", "burden"))


def _is_open(words: Sequence[Word], phrase: VerbPhrase, at: int) -> bool:
    """Whether a verb phrase leaves its predicate open: it may be so, would be so, is often so; or it is asked."""
    texts = [word.text for word in words[phrase.first : at]]
    if words[-1].text == "?" or _GENERIC.intersection(texts):
        return True
    if phrase.modal in ("may", "might") and not phrase.denied:
        return True
    return bool(phrase.modal) and ("have" in texts or _is_conditional(words, phrase.first))


def _can_be_bare(words: Sequence[Word], phrase: VerbPhrase) -> bool:
    """Whether a predicate can be said without a verb: at the beginning of a clause, or where it is denied."""
    if words[phrase.first].text == "to":
        return False
    return phrase.denied or not phrase.first or words[phrase.first - 1].text in _BEFORE_BARE


def _is_attribute(words: Sequence[Word], at: int) -> bool:
    """Whether a predicate of two words at word `at` belongs to a noun behind it: "medically necessary visits"."""
    following = words[at + 2].text if at + 2 < len(words) else "."
    return following[0].isalpha() and following not in SUBORDINATING | _COORDINATING


_COORDINATING = frozenset(("and", "or", "but", "nor", "as", "then", "here"))


def has_verb_phrase(words: Sequence[Word], at: int) -> bool:
    """Whether the predicate at word `at` has a verb phrase before it."""
    phrase = _find_verb_phrase(words, at)
    return phrase.is_finite or phrase.denied


def _is_conditional(words: Sequence[Word], first: int) -> bool:
    """Whether a sentence has a condition, before the verb phrase or behind it."""
    if words[0].text in _CONDITIONS | {"without"}:
        return True
    before, behind = words[max(first - FARTHEST, 0) : first], words[first : first + FARTHEST]
    return any(word.text in ("if", "unless", "had", "provided", "otherwise") for word in before) or any(
        word.text in ("if", "unless", "once", "were") for word in behind
    )


def _find_verb_phrase(words: Sequence[Word], at: int) -> VerbPhrase:
    """The verb phrase of the predicate at word `at`."""
    number = at
    first = at
    skipped: list[range] = []
    while number > max(at - _LONGEST, 0):
        word = words[number - 1]
        if number > 1 and words[number - 2].denies and words[number - 2].length == 2:  # "far from", "anything but"
            number -= 2
            first = number
        elif word.text in ("and", "or") and words[number].text in LINKING:
            break  # "is not supported and is necessary": two verb phrases
        elif _belongs(word):
            number -= 1
            first = number if _is_core(word) else first
        elif (begin := _skip_group(words, number)) is not None:
            number = begin
        elif (begin := _skip_parenthesis(words, number)) is not None:
            skipped.append(range(begin, number))
            number = begin
        else:
            break
    phrase = [words[place] for place in range(first, at) if not any(place in each for each in skipped)]
    denials = [
        each
        for place, each in enumerate(phrase)
        if each.denies and not (each.text == "not" and place + 1 < len(phrase) and phrase[place + 1].text in _ONLY)
    ]
    linking = [each for each in phrase if each.text in LINKING - {"be", "been", "being"} or is_contracted(each.text)]
    modal = next((each.text for each in phrase if each.text in _MODALS), "")
    is_finite = bool(linking) or any(each.text in AUXILIARIES - BE for each in phrase)
    return VerbPhrase(first, bool(denials), is_finite, modal)


_ONLY = frozenset(("only", "just", "merely"))


def _belongs(word: Word) -> bool:
    text = word.text
    return (
        text in _ADVERBS
        or text in AUXILIARIES
        or text in LINKING
        or text in _PREDICATES
        or is_contracted(text)
        or text in (",", "meet", "meets", "fails", "non", "-", "(", ")")
        or text.endswith("ly")
        or (
            word.row is not None
            and word.row.kind is Kind.NOT
            and text not in ("no", "none", "nothing", "without", "nobody")
        )
    )


def _is_core(word: Word) -> bool:
    """Whether a verb phrase can begin with a word."""
    return word.text in AUXILIARIES or word.text in LINKING or word.denies or word.text in ("to", "as", "meets", "meet")


def _skip_group(words: Sequence[Word], end: int) -> int | None:
    """The first word of a prepositional group before word `end` of a verb phrase; None where there is none."""
    for number in range(end - 2, max(end - _LONGEST_GROUP, 0), -1):
        word = words[number]
        if word.text in _GROUPS:
            before = words[number - 1]
            if before.text in _GROUPS:
                continue
            inside = before.text == "," or before.text in LINKING or before.denies or before.text in _JUDGED
            return number if inside else None
        if word.text in LINKING or word.text in SUBORDINATING or word.text in (",", ";", "and", "that"):
            return None
    return None


def _skip_parenthesis(words: Sequence[Word], end: int) -> int | None:
    """The first word of what stands between two commas, brackets or dashes in a verb phrase, before word
    `end` or with it as its closing mark: "is not, upon review, necessary"; None where there is none.
    """
    last = end if words[end].text in _OPENING else end - 1
    closing = words[last].text
    opening = _OPENING.get(closing)
    if opening is None:
        return None
    for number in range(last - 1, max(end - _LONGEST_PARENTHESIS, 0), -1):
        if words[number].text == opening:
            before = words[number - 1]
            is_within = before.text in LINKING or before.text in AUXILIARIES or before.denies
            return number if is_within and words[number + 1].text not in _COORDINATING else None
        if words[number].text in (";", ":", closing):
            return None
    return None


_OPENING = {",": ",", ")": "(", "—": "—", "–": "–", "-": "-"}
_JUDGED = frozenset(
    ["deemed", "considered", "found", "felt", "judged", "thought", "seen", "supported", "indicated", "not"]
)
