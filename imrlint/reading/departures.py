"""Where the sentences of a letter depart from what its house has in many letters.

That a sentence is near to a known one is no evidence by itself: much of what a house writes differs in one word from
something else that it writes. A difference counts where the house does not vary: where, in these surroundings, most
of its letters have one of a few words, and hardly any the one of this letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from imrlint.document.prose import Place
from imrlint.memory.differences import Difference, are_alike, list_differences
from imrlint.memory.hashing import Hasher
from imrlint.memory.lessons import END, START, hash_after, hash_before, hash_pair, hash_slot, hash_within
from imrlint.reading.morphology import Tag, find_lemma, guess_tag
from imrlint.reading.wording import NUMBER, Wording, is_mask

if TYPE_CHECKING:
    from imrlint.memory.recall import KnownSentence, Memory

_SLIP = 2  # letters
_CLOSED = {
    Tag.ARTICLE: Tag.DETERMINER,
    Tag.DETERMINER: Tag.DETERMINER,
    Tag.PRONOUN: Tag.PRONOUN,
    Tag.PREPOSITION: Tag.PREPOSITION,
    Tag.CONJUNCTION: Tag.CONJUNCTION,
    Tag.AUXILIARY: Tag.AUXILIARY,
}
"""Words of closed classes; those of one class often may stand for one another."""
_FEWEST_WORDS = 5  # of a sentence that is compared
_FEWEST = 5  # letters that have the known wording
_FIXED = 0.7  # share of the letters with the same surroundings that have one of the usual words
_MANY = 50  # letters that have a sentence, which is then right as it is
_MOST_USUAL = 3  # words that a house has in one place; where it has more, anything may stand
_RARE = 0.02  # share of them that may have what this letter has
_ACCEPTED = 0.005  # share of the letters with the known wording from which another one is a variant of the house
_ALIKE = 0.6  # share of the words that a sentence and a known one have in common
_FEWEST_FOR_CONTENT = 8  # letters that have the known wording, where it has another noun, verb or adjective
_NEGATIONS = frozenset(("no", "not", "nor", "never", "neither", "none", "without", "cannot"))
_FEWEST_FOR_DENIALS = 10  # letters that have the known wording, where one denies what the other affirms
_FEWEST_AROUND = 15  # letters with the surroundings, where it is neither a denial nor an order
_FEWEST_IF_FLUENT = 60  # letters with the surroundings, where the words also go together elsewhere
_FEWEST_FOR_NUMBERS = 8  # letters with the surroundings of a number
_FIXED_NUMBER = 0.9  # share of them that have one of the usual numbers
_USUAL = 0.1  # share of them that have a usual number
_MOST_NUMBERS = 2  # usual ones: an edition may have changed it
_AROUND = 3  # words that are shown on each side of a difference
_WHOLE = {*range(121), *range(130, 1001, 10), *range(1100, 5001, 100)}
_NUMBERS = (*map(str, sorted(_WHOLE)), *(f"{half / 2:g}" for half in range(1, 20, 2)))
"""Numbers that a house may always have in some place: those of weeks, visits, doses and percentages."""


class DepartureKind(Enum):
    """How a sentence departs from a known one."""

    LOST = "lost"  # words are missing
    ADDED = "added"
    CHANGED = "changed"
    NUMBER = "number"
    ORDER = "order"  # the same words in another order


class Departure(NamedTuple):
    """Words that depart from what this house writes there.

    `place` covers what is written, or the words around what is missing; `written` and `usual` are the differing words,
    "" where there are none. `letters` of the house have the usual ones in `known`, the words around them.
    """

    place: Place
    kind: DepartureKind
    written: str
    usual: str
    known: str
    letters: int

    @property
    def may_be_meant(self) -> bool:
        """Whether it may be another right wording: another word of the same kind, or an adjective or adverb more or
        less.
        """
        if self.kind not in (DepartureKind.CHANGED, DepartureKind.LOST, DepartureKind.ADDED) or self.turns_meaning:
            return False
        if self.written and self.usual:
            kinds = [_CLOSED.get(guess_tag(word), guess_tag(word)) for word in (self.written, self.usual)]
            is_open = kinds[0] not in _CLOSED.values()
            is_near = is_open and _are_near(self.written, self.usual)
            return is_mask(self.written) or (kinds[0] is kinds[1] and not is_near)
        return guess_tag(self.written or self.usual) in (Tag.ADJECTIVE, Tag.ADVERB)

    @property
    def turns_meaning(self) -> bool:
        """Whether the words that differ deny something, or are numbers."""
        return self.kind is DepartureKind.NUMBER or _denies(f"{self.written} {self.usual}".split())


def _denies(words: Iterable[str]) -> bool:
    """Whether one of the words is a negation."""
    return any(word in _NEGATIONS or word.endswith("n't") for word in words)


def _are_near(word: str, other: str) -> bool:
    """Whether two words are forms of one, or differ in a slip of the finger."""
    from rapidfuzz.distance import OSA

    return find_lemma(word) == find_lemma(other) or OSA.distance(word, other) <= _SLIP


def find_departures(wordings: Sequence[Wording], memory: Memory) -> Iterator[Departure]:
    """The departures in the sentences of a letter, in no order."""
    compared = [each for each in wordings if len(each.words) >= _FEWEST_WORDS and each.is_prose]
    hashes = [memory.hasher.hash_words(each.words) for each in compared]
    letters = memory.count_sentences(hashes)
    house = _House(memory)
    strange: list[tuple[Wording, int]] = []
    for wording, hashed in zip(compared, hashes, strict=True):
        own = letters.get(hashed, 0)
        if own >= _FEWEST:
            yield from _find_numbers(wording, hashed, house)
        if own < _MANY:
            strange.append((wording, own))
    found: list[Departure] = []
    for (wording, own), near in zip(strange, memory.find_near([each.words for each, _ in strange]), strict=True):
        if departure := _compare(wording, own, near, house):
            found.append(departure)
    habits = Counter((each.written, each.usual) for each in found)
    yield from (each for each in found if habits[each.written, each.usual] == 1)  # what is done twice is meant


class _House:
    """A memory as one letter asks it: what has been counted once is not looked up again."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.hasher = memory.hasher
        self._counts: dict[int, int] = {}

    def count(self, context: int, word: str = "") -> int:
        """The number of letters that have a context, with the word in it if one is given."""
        hashed = hash_within(self.hasher, context, word) if word else context
        if hashed not in self._counts:
            self._counts[hashed] = self.memory.count_phrases((hashed,)).get(hashed, 0)
        return self._counts[hashed]


class _Surroundings(NamedTuple):
    """The hash of the words before a difference, or of those after it. `usual` stands there in the known sentence, and
    `written` in this one.
    """

    context: int
    usual: str
    written: str
    hash_context: Callable[[Hasher, Sequence[str], int], int]


def _compare(wording: Wording, own: int, near: Sequence[KnownSentence], house: _House) -> Departure | None:
    """How a sentence that `own` letters have departs from those of the house that it is near to.

    It departs where it differs from one of them in one place that the house does not vary, and else only as the house
    varies. Where it is no more than a mixture of what the house varies, or differs in several places, it does not.
    """
    found: Departure | None = None
    for known in near:
        if known.words == wording.words:
            continue
        differences = _list_differences(wording.words, known.words)
        odd = [each for each in differences if not _is_variant(wording, known, each, house)]
        if differences and not odd:
            return None
        is_accepted = own > 1 and own >= known.letters * _ACCEPTED and not _is_order(wording, known, *odd)
        if found is None and len(odd) == 1 and not is_accepted and _is_slip(wording, known, odd[0], near, house):
            found = _describe(wording, known, odd[0])
    return found


def _list_differences(words: Sequence[str], known: Sequence[str]) -> list[Difference]:
    """The places where a sentence differs from a known one; one where it has the same words in another order, and none
    where they have too little in common.
    """
    differences = list_differences(words, known)
    if not differences:
        return []
    first, last = differences[0], differences[-1]
    hull = Difference(first.start, last.end, first.first, last.last)
    if sorted(words[hull.start : hull.end]) == sorted(known[hull.first : hull.last]):
        return [hull]
    return differences if are_alike(words, known, _ALIKE) else []


def _surround(wording: Wording, known: KnownSentence, at: Difference, house: _House) -> list[_Surroundings]:
    """What stands before and after a difference, without the side on which the sentence begins or ends there."""
    values = (START, *wording.values, END)  # value `i` of the sentence is `values[i + 1]`
    changes = at.first < at.last
    sides = []
    if at.start > 0:
        context = hash_before(house.hasher, wording.words, at.start)
        usual = known.words[at.first] if changes else values[at.end + 1]
        sides.append(_Surroundings(context, usual, values[at.start + 1], hash_before))
    if at.end < len(wording.words):
        context = hash_after(house.hasher, wording.words, at.end - 1)
        usual = known.words[at.last - 1] if changes else values[at.start]
        sides.append(_Surroundings(context, usual, values[at.end], hash_after))
    return sides


def _is_variant(wording: Wording, known: KnownSentence, at: Difference, house: _House) -> bool:
    """Whether letters of the house also have what this sentence has, in the same surroundings."""
    return not any(_is_rare(side, house) for side in _surround(wording, known, at, house))


def _is_slip(
    wording: Wording, known: KnownSentence, at: Difference, near: Sequence[KnownSentence], house: _House
) -> bool:
    """Whether letters of the house hardly ever have what this sentence has, and mostly the same few things there."""
    written, usual = wording.words[at.start : at.end], known.words[at.first : at.last]
    is_order = _is_order(wording, known, at)
    if not is_order and (max(len(written), len(usual)) > 1 or any(map(is_mask, usual))):
        return False
    if _is_exchanged(written, usual, house):
        return False
    sides = _surround(wording, known, at, house)
    closed = [side for side in sides if _is_closed(side, near, house)]
    beside = (*wording.words[max(at.start - 1, 0) : at.start], *wording.words[at.end : at.end + 1])
    if not usual and not _denies(written) and any(map(is_mask, beside)):
        return False  # a word that belongs to what varies
    if any(map(is_mask, written)) and not is_order and len(closed) < len(sides):
        return False  # what varies varies there, too
    is_content = not is_order and all(guess_tag(word) not in _CLOSED for word in (*written, *usual))
    if is_content and known.letters < _FEWEST_FOR_CONTENT:
        return False
    if not closed or not all(_is_rare(side, house) for side in closed):
        return False
    if _denies((*written, *usual)):
        return known.letters >= _FEWEST_FOR_DENIALS
    if is_order:
        return True
    if max(house.count(side.context) for side in closed) < _FEWEST_AROUND:
        return False
    if not _is_fluent(wording, at, house):
        return True
    return max(house.count(side.context) for side in closed) >= _FEWEST_IF_FLUENT


def _is_fluent(wording: Wording, at: Difference, house: _House) -> bool:
    """Whether several letters have each word of the difference beside the words next to it."""
    words = wording.words[max(at.start - 1, 0) : at.end + 1]
    hashes = {hash_pair(house.hasher, *pair) for pair in pairwise(words)}
    counts = house.memory.count_phrases(hashes)
    return all(counts.get(each, 0) >= _FEWEST for each in hashes)


def _is_order(wording: Wording, known: KnownSentence, *differences: Difference) -> bool:
    """Whether two sentences differ in one place, where they have the same words in another order."""
    if len(differences) != 1:
        return False
    (at,) = differences
    return sorted(wording.words[at.start : at.end]) == sorted(known.words[at.first : at.last])


def _is_exchanged(written: Sequence[str], usual: Sequence[str], house: _House) -> bool:
    """Whether the house exchanges these words for one another in other passages."""
    words = (" ".join(written), " ".join(usual))
    is_bound = any(guess_tag(word) in _CLOSED for word in (*written, *usual)) or _denies((*written, *usual))
    return not is_bound and house.memory.count_exchanges(*words) >= (1 if all(words) else 2)


def _is_rare(side: _Surroundings, house: _House) -> bool:
    """Whether hardly any letter with these surroundings has what is written in them."""
    return house.count(side.context, side.written) <= max(house.count(side.context) * _RARE, 1)


def _is_closed(side: _Surroundings, near: Sequence[KnownSentence], house: _House) -> bool:
    """Whether most letters with these surroundings have one of the few words that the near sentences have there."""
    letters = house.count(side.context)
    if letters < _FEWEST:
        return False
    usual = {side.usual} | {
        word
        for known in near
        for at, word in enumerate(known.words)
        if side.hash_context(house.hasher, known.words, at) == side.context
    }
    found = sorted((house.count(side.context, word) for word in usual), reverse=True)
    return sum(found[:_MOST_USUAL]) >= letters * _FIXED


def _describe(wording: Wording, known: KnownSentence, at: Difference) -> Departure:
    written, usual = wording.words[at.start : at.end], known.words[at.first : at.last]
    if _is_order(wording, known, at):
        kind = DepartureKind.ORDER
    elif not written:
        kind = DepartureKind.LOST
    else:
        kind = DepartureKind.CHANGED if usual else DepartureKind.ADDED
    start, end = (at.start, at.end) if written else (max(at.start - 1, 0), min(at.start + 1, len(wording.words)))
    first, last = wording.places[start], wording.places[end - 1]
    place = Place(first.prose, first.start, last.end)
    around = (*_show(wording, at.start - _AROUND, at.start), *usual, *_show(wording, at.end, at.end + _AROUND))
    return Departure(place, kind, " ".join(written), " ".join(usual), " ".join(around), known.letters)


def _show(wording: Wording, start: int, end: int) -> Iterator[str]:
    """Words `start` up to `end` as the letter has them, as far as there are such words."""
    return (place.text for place in wording.places[max(start, 0) : max(end, 0)])


def _find_numbers(wording: Wording, sentence: int, house: _House) -> Iterator[Departure]:
    """The numbers in a known sentence, of this hash, that are not those that the house nearly always has there."""
    for at, word in enumerate(wording.words):
        if word == NUMBER:
            yield from _compare_number(wording, at, hash_slot(house.hasher, sentence, at), house)


def _compare_number(wording: Wording, at: int, context: int, house: _House) -> Iterator[Departure]:
    written = wording.values[at]
    letters = house.count(context)
    if letters < _FEWEST_FOR_NUMBERS or house.count(context, written) > max(letters * _RARE, 1):
        return
    usual = _find_usual_number(context, letters, house)
    if usual and usual != written:
        around = (*_show(wording, at - _AROUND, at), usual, *_show(wording, at + 1, at + 1 + _AROUND))
        place = wording.places[at]
        yield Departure(place, DepartureKind.NUMBER, place.text, usual, " ".join(around), letters)


def _find_usual_number(context: int, letters: int, house: _House) -> str:
    """The number that most of the letters with a context have in it, where they have a few numbers only; else ""."""
    hashes = {hash_within(house.hasher, context, value): value for value in _NUMBERS}
    counts = house.memory.count_phrases(hashes)
    usual = sorted(((count, hashes[each]) for each, count in counts.items() if count >= letters * _USUAL), reverse=True)
    is_closed = len(usual) <= _MOST_NUMBERS and sum(count for count, _ in usual) >= letters * _FIXED_NUMBER
    return usual[0][1] if usual and is_closed else ""
