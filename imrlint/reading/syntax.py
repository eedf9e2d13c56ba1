"""Words of a sentence as grammar has them: what they are, and what they say of their complements."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from imrlint.knowledge.language import predicates
from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.predicates import Kind, PredicateRow


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
DETERMINERS = members("determiner")
PRONOUNS = frozenset(("it", "he", "she", "they", "i", "we"))
_DEGREE = 12  # words from "too" up to the "to" that belongs to it
_DOUBT = 4  # words from "beyond" to the doubt
FARTHEST = 120  # words before another that are read with it
_WORD = re.compile(r"[\w#$][\w'’./%+]*(?:-(?=\w)[\w'’./%+]*)*(?<![.'’/])|[^\w\s]")
_ASCII_WORD = re.compile(  # the same, found twice as fast in most sentences
    r"[A-Za-z0-9_#$][A-Za-z0-9_'./%+]*(?:-(?=[A-Za-z0-9_])[A-Za-z0-9_'./%+]*)*(?<![.'/])|[^A-Za-z0-9_\s]"
)


def is_contracted(word: str) -> bool:
    return word.endswith(("n't", "n’t"))


def read_words(sentence: str) -> tuple[Word, ...]:
    """The words and punctuation marks of a sentence in lower case, each with the row that knows it."""
    matches = list((_ASCII_WORD if sentence.isascii() else _WORD).finditer(sentence))
    texts = [match.group() for match in matches]
    if "’" in sentence:
        texts = [text.replace("’", "'") for text in texts]
    found = []
    for match, text, following in zip(matches, texts, [*texts[1:], ""], strict=True):
        row, length = predicates.lookup(text, following)
        found.append(Word(text, match.start(), match.end(), row, length))
    if "too" in texts or "beyond" in texts:
        _add_denials(found)
    return tuple(found)


def _add_denials(words: list[Word]) -> None:
    """Let the words deny that do so only together with another: "too thin to show", "beyond dispute"."""
    for number, word in enumerate(words):
        if word.text == "too" and (to := _find_infinitive(words, number + 1)) is not None:
            words[to] = words[to]._replace(row=_get_negation())
        elif word.text == "beyond" and any(
            each.row and each.row.kind is Kind.DENY for each in words[number + 1 : number + _DOUBT]
        ):
            words[number] = word._replace(row=_get_negation())


def _find_infinitive(words: Sequence[Word], first: int) -> int | None:
    """The "to" that belongs to a "too" before word `first`, also behind a group between two commas."""
    commas = 0
    for number in range(first, min(first + _DEGREE, len(words))):
        text = words[number].text
        if text == "to" and number > first and (not commas or (commas == 2 and words[number - 1].text == ",")):
            return number
        if text in (";", "that") or commas > 2:
            return None
        commas += text == ","
    return None


def _get_negation() -> PredicateRow:
    row, _ = predicates.lookup("not", "")
    assert row is not None
    return row


def find_word(words: Sequence[Word], at: int) -> int:
    """The number of the word at character `at` of a sentence, or of the first one behind it."""
    return bisect_right(words, at, key=lambda word: word.end)
