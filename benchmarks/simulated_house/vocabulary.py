"""Words that a slip puts in the place of another one: near in spelling or in sound, of another form, or as common."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from random import Random

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from .passages import read_passages

_FREQUENT = "d"  # the mark of a word that stands in sixteen documents or more
_KEPT = 8  # of the words that would do, so many of the most frequent are drawn from
_ENDINGS = ("", "s", "es", "ed", "d", "ing", "ly", "al", "er", "ion", "ions", "ment", "ive", "able", "ity", "ance")
_STEM = 4  # letters, at least
_SOUNDS = (("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("gh", ""), ("wh", "w"), ("kn", "n"))
_WORD = re.compile(r"[a-z]+")
_SLOT = re.compile(r"\{[^}]+\}")


@cache
def count_house_words() -> Counter[str]:
    """The words of the passages, with the number of passages that each is in."""
    counts: Counter[str] = Counter()
    for passage in read_passages():
        texts = " ".join(_SLOT.sub(" ", variant.text) for variant in passage.variants)
        counts.update(set(_WORD.findall(texts.lower())))
    return counts


@cache
def read_words() -> dict[str, str]:
    """Frequent words, and those of the passages, each with a mark: the higher, the more frequent."""
    words = dict.fromkeys(count_house_words(), _FREQUENT)
    text = (files("imrlint.knowledge.language") / "words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        word, _, mark = line.partition("\t")
        if mark and mark[-1] >= _FREQUENT and _WORD.fullmatch(word) and (len(word) > 1 or word == "a"):
            words[word] = mark[-1]
    return words


class Vocabulary:
    """The words that a slip draws from. `ways` are the ways to find words for the place of another one."""

    def __init__(self) -> None:
        self._words = read_words()
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        self._by_rest: defaultdict[str, list[str]] = defaultdict(list)
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._by_letter[word[0]].append(word)
            self._by_rest[word[1:]].append(word)
            self._by_sound[_simplify(word)].append(word)
        house = count_house_words()
        self._common = [word for word, count in house.most_common() if count >= 6]
        self._content = [word for word in house if len(word) > 4]
        self.ways = (self.find_near_words, self.find_like_sounds, self.find_forms, self.find_other_words)

    def find_near_words(self, word: str, _: Random) -> list[str]:
        """Words that one or two slips of the fingers make of a word."""
        most = 1 if len(word) < 7 else 2
        found = extract(word, self._by_letter[word[0]], scorer=OSA.distance, score_cutoff=most, limit=None)
        return self._sort({near for near, _, _ in found} | set(self._by_rest[word[1:]]), word)

    def find_like_sounds(self, word: str, _: Random) -> list[str]:
        """Words that sound like a word."""
        return self._sort({like for like in self._by_sound[_simplify(word)] if OSA.distance(word, like) <= 3}, word)

    def find_forms(self, word: str, _: Random) -> list[str]:
        """Other forms of a word, and words made from it."""
        stems = {word.removesuffix(ending) for ending in _ENDINGS}
        stems |= {stem + "e" for stem in stems} | {stem.removesuffix("e") for stem in stems}
        forms = {stem + ending for stem in stems if len(stem) >= _STEM for ending in _ENDINGS}
        return self._sort({form for form in forms if form in self._words}, word)

    def find_other_words(self, word: str, random: Random) -> list[str]:
        """Some words of the house that are as common as a word."""
        others = self._common if word in self._common else self._content
        return [other for other in random.sample(others, 3) if other != word]

    def is_common(self, word: str) -> bool:
        """Whether a word is in many passages, as function words are."""
        return word in self._common

    def _sort(self, words: set[str], word: str) -> list[str]:
        """The most frequent of some words."""
        return sorted(words - {word}, key=lambda other: (self._words[other], other), reverse=True)[:_KEPT]


def _simplify(word: str) -> str:
    """The sound of a word, roughly: its consonants, and its first letter."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    kept = word[:1] + re.sub("[aeiouyhw]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", kept)
