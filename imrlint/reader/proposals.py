"""Changes to a sentence that a network's doubts suggest: which word, what should be done, and what should stand
there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from imrlint.knowledge.language import corrections, lexicon
from imrlint.reader import near_words
from imrlint.reader.doubts import DoubtKind
from imrlint.reader.network import Reading
from imrlint.reader.rows import Change
from imrlint.reader.tokenization import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LABELS = {DoubtKind.REPLACE: 1, DoubtKind.DELETE: 2, DoubtKind.INSERT: 3}
_LEAST = math.log(0.1)  # the logarithm of the probability of a label, at least
_BEHIND = math.log(0.2)  # and of its share in that of the likeliest
_OFFERS = 4
_JOINED = frozenset(
    (*near_words.MISSING, "any", "every", "some", "all", "one", "may", "can", "day", "time", "times", "way")
)
"""Words that are written together with another by mistake."""
_USUAL = 4  # the frequency of a word that two may be when they are joined
_LONG = 4  # letters of such a word
_CORRECTED, _SHORT = 9, 2  # letters of two words, and of each, that may be a word with a slip besides
_CORE = re.compile(r"^([\"'(\[]*)([A-Za-z]+(?:'[a-z]+)?)([\"')\],.;:?!]*)$")


class Word(NamedTuple):
    """What stands between two spaces of a sentence, from character `start` on: its letters, and what is before and
    after.
    """

    start: int
    text: str
    before: str = ""
    core: str = ""
    after: str = ""

    @property
    def core_start(self) -> int:
        return self.start + len(self.before)

    @property
    def core_end(self) -> int:
        return self.core_start + len(self.core)


class Offer(NamedTuple):
    """A word that should stand somewhere, with the logarithm of its probability there."""

    word: str
    score: float


class Proposal(NamedTuple):
    """A change: of word number `at` of a sentence, with the offers for it, the best first; none to delete it.

    With `words` two, the word behind it is replaced, too. An offer may be two words.
    """

    at: int
    kind: DoubtKind
    offers: tuple[Offer, ...]
    own: float  # the logarithm of the probability of the doubted word
    words: int = 1
    second: bool = False  # whether, of two words, it is the second that is doubted

    @property
    def doubted(self) -> int:
        """The number of the word that is doubted."""
        return self.at + self.second


def split(sentence: str) -> list[Word]:
    """The words of a sentence. A word that is more than letters and punctuation around them has no core."""
    words = []
    for found in re.finditer(r"\S+", sentence.replace("’", "'")):
        match = _CORE.match(found.group())
        words.append(Word(found.start(), found.group(), *(match.groups() if match else ())))
    return words


def propose(words: Sequence[Word], reading: Reading, encoder: Encoder) -> Iterator[Proposal]:
    """The changes that the network's labels suggest: for each word at most one of each kind, and one with each word
    beside it that makes one word with it.
    """
    joined: set[int] = set()
    for at, pieces in sorted(reading.pieces.items()):
        labels = reading.labels[at]
        word = words[at]
        own = float(pieces[encoder.first_piece(word.core)]) if word.core else 0.0
        least = max(_LEAST, max(labels[1:]) + _BEHIND)
        if labels[LABELS[DoubtKind.REPLACE]] > least and word.core:
            lower = word.core.lower()
            near = [other for other in near_words.find(lower) if other != lower]
            if offers := _rank([*near, *_cut(lower)], word.core, pieces, encoder):
                yield Proposal(at, DoubtKind.REPLACE, offers, own)
        if max(labels[LABELS[DoubtKind.REPLACE]], labels[LABELS[DoubtKind.DELETE]]) > least:
            for first in (at - 1, at):
                if first not in joined and (word_of_two := _join(words, first)):
                    joined.add(first)
                    offers = _rank([word_of_two], words[first].core, reading.pieces.get(first, pieces), encoder)
                    yield Proposal(first, DoubtKind.REPLACE, offers, own, 2, first < at)
        if labels[LABELS[DoubtKind.DELETE]] > least and word.core:
            yield Proposal(at, DoubtKind.DELETE, (), own)
        if labels[LABELS[DoubtKind.INSERT]] > least:
            yield Proposal(at, DoubtKind.INSERT, _rank(near_words.MISSING, "of", pieces, encoder), own)


def _cut(word: str) -> Iterator[str]:
    """The two common words that a word may be when a space was left out."""
    for i in range(1, len(word)):
        parts = (word[:i], word[i:])
        if any(part in _JOINED for part in parts) and all(len(p) > 1 and lexicon.is_common(p) for p in parts):
            yield " ".join(parts)


def _join(words: Sequence[Word], first: int) -> str | None:
    """The word that two are without the space between them, perhaps with one letter put right."""
    from rapidfuzz.distance import OSA

    if not 0 <= first < len(words) - 1 or words[first].after or words[first + 1].before:
        return None
    cores = words[first].core.lower(), words[first + 1].core.lower()
    joined = "".join(cores)
    if not all(cores) or len(joined) < _LONG:
        return None
    if lexicon.frequency(joined) >= _USUAL or lexicon.is_common(joined):
        return joined
    if len(joined) < _CORRECTED or lexicon.is_known(joined) or min(map(len, cores)) < _SHORT:
        return None
    meant = next(iter(corrections.correct(joined).candidates), "")
    return meant if lexicon.frequency(meant) >= _USUAL and OSA.distance(joined, meant) == 1 else None


def _rank(words: Sequence[str], like: str, pieces: NDArray[np.float32], encoder: Encoder) -> tuple[Offer, ...]:
    """The words that fit best, in the case of another."""
    scored = [
        Offer(_match_case(word, like), float(pieces[encoder.first_piece(_match_case(word, like))])) for word in words
    ]
    return tuple(sorted(scored, key=lambda offer: (-offer.score, offer.word))[:_OFFERS])


def change(words: Sequence[Word], proposal: Proposal, offer: int = 0) -> Change:
    """What one of the offers changes in the sentence. Punctuation behind a deleted word goes to the word before it."""
    texts = tuple(word.text for word in words)
    at, word = proposal.at, words[proposal.at]
    if proposal.kind is DoubtKind.INSERT:
        return Change(texts, at, at, (proposal.offers[offer].word,))
    if proposal.kind is DoubtKind.DELETE:
        if at and word.after:
            return Change(texts, at - 1, at + 1, (texts[at - 1] + word.after,))
        return Change(texts, at, at + 1, ())
    after = words[at + proposal.words - 1].after
    changed = word.before + proposal.offers[offer].word + after
    return Change(texts, at, at + proposal.words, tuple(changed.split(" ")))


def apply(words: Sequence[Word], proposal: Proposal, offer: int = 0) -> list[str]:
    """The words of the sentence with one of the offers in its place."""
    made = change(words, proposal, offer)
    return [*made.words[: made.start], *made.replacement, *made.words[made.end :]]


def _match_case(word: str, like: str) -> str:
    """A word with the capitals of another."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
