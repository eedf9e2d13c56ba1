"""Words that a trained reader doubts, without those that it cannot judge and without offers that would change a
fact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from imrlint.document.prose import Place
from imrlint.document.text import Span
from imrlint.knowledge.language import corrections, function_words, numbers
from imrlint.knowledge.medicine import drugs
from imrlint.reader.doubts import Doubt, DoubtKind, Reader
from imrlint.reading.passage import Passage
from imrlint.reading.right_words import RightWords
from imrlint.reading.sentences import Sentence

_ARTICLES = frozenset(("a", "an", "the"))
_SIDES = frozenset(
    (
        "left", "right", "bilateral", "unilateral", "both", "upper", "lower", "medial", "lateral", "anterior",
        "posterior", "proximal", "distal", "superior", "inferior", "dorsal", "volar",
    )
)  # fmt: skip
_DENIALS = frozenset(
    ("no", "not", "nor", "none", "never", "neither", "without", "with", "cannot", "nothing", "but", "except")
)
_FEWEST = 4  # words of a sentence
_BESIDE = 3  # characters between two doubts of the same slip
_SEMICOLONS = 3  # of a sentence that is no list
_SHORTEST_STEM = 2  # letters that two forms of a word begin with, at least
_EITHER_NUMBER = re.compile(r"\b[A-Z]{3,}(?: also)? $")  # "the ODG recommend", "the MTUS does": one work or many
# "as basic as dressing": of a comparison with "as … as", the second is needed as it is.
_COMPARING = re.compile(r"\b(?:as|so|such) (?:[\w'’-]+,? ){1,4}$", re.IGNORECASE)
_PREFIXES = frozenset(("non", "pre", "post", "anti", "intra", "inter", "semi", "sub"))  # without their hyphen
_ENDINGS = frozenset(("", "s", "es", "y", "ies"))


class Slip(Enum):
    """What kind of slip a doubted word is."""

    WORD = "word"  # another word was meant
    AGREEMENT = "agreement"  # the other number was meant, or another form of an auxiliary
    ARTICLE = "article"  # an article is missing, wrong, or one too many
    SPLIT = "split"  # one word is written as two, or two as one
    MISSING = "missing"  # a word is missing before it
    EXTRA = "extra"  # it is one word too many


class Doubter(NamedTuple):
    """A reader as a house wants it.

    `likely` and `least` say how sure it must be for a warning and for a note; `words` are right.
    """

    reader: Reader
    likely: float
    least: float
    words: RightWords = RightWords()


class WordDoubt(NamedTuple):
    """A word that is doubted. `offers` are what should stand there, or before it where a word is missing, the
    likeliest first.

    `confidence` is the probability that a proofreader would mark the place; `is_likely` says that it is high.
    """

    place: Place
    kind: DoubtKind
    slip: Slip
    offers: tuple[str, ...]
    confidence: float
    is_likely: bool


def find_doubts(passages: Sequence[Passage], doubter: Doubter, left_out: Collection[Span]) -> Iterator[WordDoubt]:
    """The doubted words of running texts, in order; none in the spans left out."""
    readable = [sentence for passage in passages for sentence in passage.sentences if is_readable(sentence)]
    doubts = doubter.reader.read([sentence.text for sentence in readable])
    for sentence, found in zip(readable, doubts, strict=True):
        chosen: list[WordDoubt] = []
        for doubt in sorted(found, key=lambda each: (-each.confidence, each.start)):
            place = sentence.place.part(doubt.start, doubt.end)
            offers = list_offers(place.text, doubt)
            if doubt.confidence < doubter.least or offers is None or not may_judge(sentence, place, doubt):
                continue
            if place.text in doubter.words and doubt.kind is not DoubtKind.INSERT:
                continue
            around = _around(sentence, doubt)
            beside = sentence.place.part(max(doubt.start - _BESIDE, 0), min(doubt.end + _BESIDE, len(sentence.text)))
            if any(each.place.overlaps(beside) for each in chosen) or any(_overlap(s, around.span) for s in left_out):
                continue  # one finding for a slip
            slip = classify(place.text, doubt.kind, offers)
            if slip is Slip.SPLIT and _completes_comparison(place):
                continue
            is_likely = doubt.confidence >= doubter.likely
            chosen.append(WordDoubt(place, doubt.kind, slip, offers, doubt.confidence, is_likely))
        yield from sorted(chosen, key=lambda each: each.place.start)


def _completes_comparison(words: Place) -> bool:
    """Whether two words that a reader would join begin or end with the second "as" of a comparison."""
    parts = words.lower.split(" ")
    if "as" not in parts[:-1]:
        return False
    before = words.before + "".join(f"{part} " for part in parts[: parts.index("as")])
    return _COMPARING.search(before) is not None


def _around(sentence: Sentence, doubt: Doubt) -> Place:
    """The doubted word; where a word is missing before it, with the word there."""
    start = doubt.start
    if doubt.kind is DoubtKind.INSERT:
        start = sentence.text.rfind(" ", 0, max(start - 1, 0)) + 1
    return sentence.place.part(start, doubt.end)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def is_readable(sentence: Sentence) -> bool:
    """Whether a sentence is prose, rather than a heading, a list of numbers, or one of cases parted by semicolons."""
    words = sentence.text.split()
    is_list = sentence.text.count(";") > _SEMICOLONS
    return len(words) >= _FEWEST and not is_list and sum(word[:1].isalpha() for word in words) * 2 > len(words)


def may_judge(sentence: Sentence, place: Place, doubt: Doubt) -> bool:
    """Whether a doubted word is one that a reader can judge: no abbreviation, no name of a drug, and not in a
    quotation.
    """
    word = place.text
    if sentence.is_quoted(place.start):
        return False
    if doubt.kind is DoubtKind.INSERT:
        return word[:1].isalpha()
    if (
        _EITHER_NUMBER.search(place.before)
        and doubt.offers
        and _differ_in_number(word.lower(), doubt.offers[0].lower())
    ):
        return False
    if not re.sub(r"['’ ]", "", word).isalpha() or drugs.look_up(word) is not None or word.lower() in _PREFIXES:
        return False
    is_abbreviated = any(part.isupper() and len(part) > 1 for part in word.split())
    return not is_abbreviated or sentence.text.isupper()


def list_offers(word: str, doubt: Doubt) -> tuple[str, ...] | None:
    """The offers that change no fact; None where the doubt itself is about a fact, or none is left."""
    lower = word.lower()
    if doubt.kind is DoubtKind.DELETE:
        return None if lower in _DENIALS or lower in _SIDES or _is_number(lower) else ()
    offers = tuple(offer for offer in doubt.offers if not _changes_fact(lower, offer.lower(), doubt.kind))
    return offers or None


def _changes_fact(word: str, offer: str, kind: DoubtKind) -> bool:
    """Whether an offer is another drug, side or number, or turns the meaning round."""
    if kind is DoubtKind.INSERT:
        return offer in _DENIALS
    if word.replace(" ", "") == offer.replace(" ", ""):
        return False
    return (
        (word in _SIDES and offer in _SIDES)
        or (word in _DENIALS) != (offer in _DENIALS)
        or (_is_number(word) and _is_number(offer))
        or corrections.are_opposites(word, offer)
        or drugs.look_up(offer) is not None
    )


def classify(word: str, kind: DoubtKind, offers: Sequence[str]) -> Slip:
    """The kind of slip, by the word and the first offer."""
    lower, offer = word.lower(), offers[0].lower() if offers else ""
    if kind is DoubtKind.DELETE:
        return Slip.ARTICLE if lower in _ARTICLES else Slip.EXTRA
    if kind is DoubtKind.INSERT:
        return Slip.ARTICLE if offer in _ARTICLES else Slip.MISSING
    if (" " in lower) != (" " in offer):
        return Slip.SPLIT
    if lower in _ARTICLES and offer in _ARTICLES:
        return Slip.ARTICLE
    return Slip.AGREEMENT if _differ_in_number(lower, offer) else Slip.WORD


def _differ_in_number(word: str, other: str) -> bool:
    """Whether two words are singular and plural of one, or two auxiliaries."""
    from rapidfuzz.distance import Prefix

    auxiliaries = function_words.members("auxiliary")
    if word in auxiliaries and other in auxiliaries:
        return True
    same = Prefix.similarity(word, other)
    return same > _SHORTEST_STEM and word[same:] in _ENDINGS and other[same:] in _ENDINGS


def _is_number(word: str) -> bool:
    return word in numbers.SINGLE_WORDS or word in numbers.ORDINALS
