"""What one letter contributes to a memory: hashes, and the texts that are kept once enough letters share them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from imrlint.memory.hashing import Hasher, combine

START, END = "<start>", "<end>"
"""The words before the first and after the last word of a sentence."""

CONTEXT = 3  # words before or after a word, by which it is judged whether it is fixed there
_TRACES = 6  # of a sentence
_PIECE = 3  # words of a trace


class LearntSentence(NamedTuple):
    """The words of a sentence with its variables masked, and the same with its numbers as they are."""

    words: Sequence[str]
    values: Sequence[str]


class Lesson(NamedTuple):
    """What a letter contributes, each hash once.

    `content` is the SHA-256 of its file, `text` the same for the same letter in another format, `month` the month of
    its decision, such as "2017-04", or "". Sentences, spellings and citations map hashes to their texts; `forms` and
    `subjects` map the hashes of spellings and citations to those of what they are forms of, and what they are on.
    """

    content: bytes
    text: int
    month: str
    sentences: Mapping[int, str]
    phrases: frozenset[int]
    spellings: Mapping[int, str]
    forms: Mapping[int, int]
    citations: Mapping[int, str]
    subjects: Mapping[int, int]


def build_lesson(
    hasher: Hasher,
    content: bytes,
    month: str,
    sentences: Iterable[LearntSentence],
    spellings: Iterable[tuple[str, str]],
    citations: Iterable[tuple[str, str]],
) -> Lesson:
    """The lesson of a letter.

    `spellings` are pairs of a word and its form, `citations` pairs of what is cited and the kind of item that it is
    cited for.
    """
    told: dict[int, str] = {}
    phrases: set[int] = set()
    for sentence in sentences:
        hashed = hasher.hash_words(sentence.words)
        told[hashed] = " ".join(sentence.words)
        phrases.update(_hash_phrases(hasher, sentence))
        phrases.update(hash_pair(hasher, *pair) for pair in pairwise(sentence.words))
        for at, (word, value) in enumerate(zip(sentence.words, sentence.values, strict=True)):
            if word != value:  # a number
                slot = hash_slot(hasher, hashed, at)
                phrases.update((slot, hash_within(hasher, slot, value)))
    words = {hasher.hash_word(word): (word, hasher.hash_word(form)) for word, form in spellings}
    cited: dict[int, str] = {}
    subjects: dict[int, int] = {}
    for citation, subject in citations:
        of_subject = hash_subject(hasher, subject)
        subjects[of_subject] = of_subject
        cited[of_subject] = subject
        hashed = hash_citation(hasher, citation, subject)
        cited[hashed], subjects[hashed] = citation, of_subject
    return Lesson(
        content,
        combine((hasher.hash_word(month), *sorted(phrases))),
        month,
        told,
        frozenset(phrases),
        {hashed: word for hashed, (word, _) in words.items()},
        {hashed: form for hashed, (_, form) in words.items()},
        cited,
        subjects,
    )


def hash_subject(hasher: Hasher, subject: str) -> int:
    """The hash of a kind of item, under which the letters that have one are counted."""
    return hasher.hash_words(("subject", subject))


def hash_citation(hasher: Hasher, citation: str, subject: str) -> int:
    """The hash of something cited for a kind of item."""
    return hasher.hash_words(("citation", subject, citation))


def list_traces(hasher: Hasher, words: Sequence[str]) -> list[int]:
    """The traces by which a sentence is found again when it has been changed: the least hashes of three words in it.

    Source: winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003).
    """
    return sorted(set(hasher.hash_windows(words, _PIECE)))[:_TRACES]


def list_pieces(hasher: Hasher, words: Sequence[str]) -> list[int]:
    """All hashes of three words in a sentence, of which the traces of a known one may be some."""
    return hasher.hash_windows(words, _PIECE)


def hash_before(hasher: Hasher, words: Sequence[str], at: int) -> int:
    """The hash of the context before word `at` of masked words; `len(words)` stands for the end of the sentence."""
    return combine((hasher.hash_word("<before>"), *map(hasher.hash_word, _pad(words)[at : at + CONTEXT])))


def hash_after(hasher: Hasher, words: Sequence[str], at: int) -> int:
    """The hash of the context after word `at` of masked words; -1 stands for the start of the sentence."""
    context = _pad(words)[at + CONTEXT + 1 : at + 2 * CONTEXT + 1]
    return combine((hasher.hash_word("<after>"), *map(hasher.hash_word, context)))


def hash_slot(hasher: Hasher, sentence: int, at: int) -> int:
    """The hash of the place of a number, word `at` of the sentence with this hash, as a context of the number."""
    return combine((sentence, hasher.hash_word(f"{at}")))


def hash_pair(hasher: Hasher, word: str, following: str) -> int:
    """The hash of two masked words in a row."""
    return hasher.hash_words(("<pair>", word, following))


def hash_within(hasher: Hasher, context: int, word: str) -> int:
    """The hash of a word in a context."""
    return combine((context, hasher.hash_word(word)))


def _hash_phrases(hasher: Hasher, sentence: LearntSentence) -> Iterator[int]:
    """The contexts in a sentence, and each word and number in its contexts: what the functions above return."""
    padded = [hasher.hash_word(word) for word in _pad(sentence.words)]
    values = [hasher.hash_word(word) for word in (START, *sentence.values, END)]
    before, after = hasher.hash_word("<before>"), hasher.hash_word("<after>")
    for at, value in enumerate(values):  # word `at - 1` of the sentence, which is word `at + CONTEXT - 1` of the padded
        if at > 0:
            context = combine((before, *padded[at - 1 : at - 1 + CONTEXT]))
            yield context
            yield combine((context, value))
        if at < len(values) - 1:
            context = combine((after, *padded[at + CONTEXT : at + 2 * CONTEXT]))
            yield context
            yield combine((context, value))


def _pad(words: Sequence[str]) -> tuple[str, ...]:
    return (*(START,) * CONTEXT, *words, *(END,) * CONTEXT)
