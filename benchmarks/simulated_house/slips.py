"""Slips of the kinds that happen when a letter is written: each changes one passage at one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random
from typing import NamedTuple

from .house import Style
from .letters import Piece
from .reviewers import NUMBERS
from .vocabulary import Vocabulary
from .words import Token, Words, list_words, split_words

_TRIES = 40
_LOST_NEGATIONS = {"not": "", "no": "", "without": "with", "cannot": "can"}  # and what is left of them
_AUXILIARIES = ("is", "are", "was", "were", "should", "may", "can", "must", "does", "did", "has", "have", "would")
_CLAUSE = range(2, 9)  # words of a clause that changes its place


class Slip(NamedTuple):
    """A slip in a passage: its kind, its place in the wrong text, and the words there, wrong and right.

    The place of a lost word are the words on both sides of it.
    """

    kind: str
    start: int
    end: int
    wrong: str
    right: str

    def move(self, by: int) -> Slip:
        """The slip so many code points further on."""
        return self._replace(start=self.start + by, end=self.end + by)


class Change(NamedTuple):
    """A change of the text from `start` to `end` into `new`, and the place of the slip in the text that it makes."""

    start: int
    end: int
    new: str
    place: tuple[int, int]


class Slips:
    """Makes slips of every kind, drawing words from a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, random: Random) -> None:
        self._vocabulary = vocabulary
        self._random = random
        self._kinds: dict[str, Callable[[Words], Change | None]] = {
            "lost": self._lose_word,
            "changed": self._change_word,
            "doubled": self._double_word,
            "number": self._change_number,
            "negation": self._turn_negation,
            "exchanged": self._exchange_clauses,
        }

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self._kinds)

    def make_slip(self, kind: str, piece: Piece, style: Style) -> tuple[Piece, Slip] | None:
        """A passage with a slip of a kind; None where the passage has no place for one.

        What results is no wording of the passage that is right: the words at the slip, with two on both sides, are
        not in any of them.
        """
        assert piece.wording
        words = split_words(piece)
        right = [wording.write(piece.facts) for wording in style.word_all(piece.wording.passage)]
        known = [list_words(text) for text in right]
        for _ in range(_TRIES):
            change = self._kinds[kind](words)
            if change is None:
                continue
            text = piece.text[: change.start] + change.new + piece.text[change.end :]
            start, end = change.place
            if not _is_known(text, start, end, known):
                slip = Slip(kind, start, end, text[start:end], piece.text[start : end - len(text) + len(piece.text)])
                return piece._replace(text=text), slip
        return None

    def _choose(self, tokens: Sequence[Token]) -> Token | None:
        return self._random.choice(tokens) if tokens else None

    def _lose_word(self, words: Words) -> Change | None:
        inner = [token for token in words.tokens[1:-1] if token.is_plain and not token.opens]
        common = self._random.random() < 0.5
        token = self._choose([token for token in inner if self._vocabulary.is_common(token.word) == common])
        return remove_token(words, token) if token else None

    def _change_word(self, words: Words) -> Change | None:
        token = self._choose([token for token in words.tokens if token.is_plain])
        if token is None:
            return None
        find = self._random.choice(self._vocabulary.ways)
        others = find(token.word, self._random)
        return put_word(token, self._random.choice(others)) if others else None

    def _double_word(self, words: Words) -> Change | None:
        token = self._choose([token for token in words.tokens if token.fixed and token.text.isalpha()])
        if token is None:
            return None
        new = f"{token.text} {token.word if token.opens else token.text}"
        return Change(token.start, token.end, new, (token.start, token.start + len(new)))

    def _change_number(self, words: Words) -> Change | None:
        token = self._choose([token for token in words.tokens if token.fixed and token.is_number])
        return put_word(token, self._miscount(token.word)) if token else None

    def _miscount(self, number: str) -> str:
        """Another number, written in the same way."""
        if number in NUMBERS:
            return self._random.choice([other for other in NUMBERS[2:] if other != number])
        digits = number.removesuffix("%")
        value = int(digits)
        if value >= 20 and value % 10 == 0:
            others = {value + 10, value - 10, value + 20, value // 10, value * 10 if value < 50 else value - 20}
        else:
            others = {value + 1, value - 1, value + 2, value * 10, value + 10, value - 10, int(digits[::-1])}
        new = self._random.choice(sorted(other for other in others if other > 1 and other != value))
        return f"{new}{number.removeprefix(digits)}"

    def _turn_negation(self, words: Words) -> Change | None:
        """A negation lost, or one added behind an auxiliary."""
        if self._random.random() < 0.5:
            inner = [token for token in words.tokens[1:-1] if token.fixed and not token.opens]
            token = self._choose([token for token in inner if token.word in _LOST_NEGATIONS])
            if token is None:
                return None
            left = _LOST_NEGATIONS[token.word]
            return put_word(token, left) if left else remove_token(words, token)
        followed = pairwise(words.tokens)
        auxiliaries = [
            token for token, after in followed if token.fixed and token.word in _AUXILIARIES and after.is_plain
        ]
        token = self._choose(auxiliaries)
        return put_word(token, f"{token.text} not") if token else None

    def _exchange_clauses(self, words: Words) -> Change | None:
        """Two clauses that follow each other in a sentence, or two phrases, in the wrong order."""
        text, tokens = words
        joints = words.find_joints()
        found = [
            (first, second, third)
            for first in joints
            for second in joints
            for third in joints + words.find_ends()
            if second - first in _CLAUSE
            and third - second in _CLAUSE
            and not any(token.opens for token in tokens[first:third])
            and not words.are_members(second, third)
        ]
        if not found:
            return None
        first, second, third = self._random.choice(found)
        start, middle, end = tokens[first].start, tokens[second - 1].end, tokens[third - 1].end
        between, later = text[middle : tokens[second].start], text[tokens[second].start : end]
        new = later + between + text[start:middle]
        return Change(start, end, new, (start, start + len(new)))


def remove_token(words: Words, token: Token) -> Change:
    """The change that leaves a word out, with the space before it."""
    at = words.tokens.index(token)
    before, after = words.tokens[at - 1], words.tokens[at + 1]
    start = token.start - (words.text[token.start - 1] == " ")
    return Change(start, token.end, "", (before.start, after.end - (token.end - start)))


def put_word(token: Token, new: str) -> Change:
    """The change that puts a word in the place of another one, with a capital where that has one."""
    if token.text[0].isupper():
        new = new[0].upper() + new[1:]
    return Change(token.start, token.end, new, (token.start, token.start + len(new)))


def _is_known(text: str, start: int, end: int, known: list[list[str]]) -> bool:
    """Whether the words of a place, with two words on both sides, are in one of some lists of words."""
    around = [*list_words(text[:start])[-2:], *list_words(text[start:end]), *list_words(text[end:])[:2]]
    return any(around == words[at : at + len(around)] for words in known for at in range(len(words) - len(around) + 1))
