"""Words that a hand, an ear or a half-edited sentence may put in the place of another.

A candidate is near by edit distance, by sound (double metaphone), by its ending (inflection and derivation), by rhyme,
or as a small word of the same use. Its weight is how often such a slip is to be expected: closeness, times a power of
the frequency of the candidate, since a mistaken word is a plausible word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

SMALL_WORD_SETS = tuple(
    frozenset(words.split())
    for words in (
        "of or on off for to from in at by with as into", "is was are were be been has had", "a an the",
        "has have had having", "is it as if in its", "that than then the what", "this these those the",
        "not no nor now note", "and an in on any", "there their they the", "his her he she", "their they them there",
        "with without within", "when where were", "for from form four or", "do does did done", "due do",
        "to too two the", "be been being is", "which that who whom", "or nor and", "who whose", "of for", "than then",
        "its it's", "also as so", "but by", "any an and", "can could", "will would", "may might", "should could would",
        "since as", "had has", "was were", "is are",
    )
)  # fmt: skip
"""Small words that are mistaken for each other: by their use, or by a finger."""

SMALL_WORDS = frozenset().union(*SMALL_WORD_SETS)

IRREGULAR = tuple(
    frozenset(forms.split())
    for forms in (
        "give gives gave given giving", "take takes took taken taking", "see sees saw seen seeing",
        "do does did done doing", "go goes went gone going", "undergo undergoes underwent undergone undergoing",
        "show shows showed shown showing", "write writes wrote written writing", "begin begins began begun beginning",
        "know knows knew known knowing", "get gets got gotten getting", "fall falls fell fallen falling",
        "feel feels felt feeling", "find finds found finding", "keep keeps kept keeping", "leave leaves left leaving",
        "lose loses lost losing loss", "make makes made making", "say says said saying", "send sends sent sending",
        "sleep sleeps slept sleeping", "stand stands stood standing", "tell tells told telling",
        "think thinks thought thinking", "wear wears wore worn wearing", "bring brings brought",
        "hold holds held holding", "rise rises rose risen rising", "drive drives drove driven driving",
        "lead leads led", "mean means meant meaning", "meet meets met meeting", "lie lies lay lying lain",
        "lay lays laid laying", "break breaks broke broken", "become becomes became", "grow grows grew grown",
        "choose chooses chose chosen", "speak speaks spoke spoken", "bear bears bore borne", "build builds built",
        "deal deals dealt", "read reads reading", "seek seeks sought", "spend spends spent", "teach teaches taught",
        "understand understands understood", "withdraw withdrew withdrawn", "man men", "woman women", "foot feet",
        "person people persons", "criterion criteria", "diagnosis diagnoses", "analysis analyses", "vertebra vertebrae",
        "basis bases", "phenomenon phenomena", "this these", "that those", "good well better best", "bad worse worst",
        "much many more most", "few little less fewer", "life lives",
    )
)  # fmt: skip
"""Forms of a word that no rule of endings gives."""

_ENDINGS = (
    "", "s", "es", "d", "ed", "ing", "ly", "al", "ally", "y", "ity", "er", "ers", "ion", "ions", "ation", "ations",
    "ment", "ments", "able", "ive", "ic", "ical", "ically", "ous", "ness", "ance", "ence", "ent", "ant", "e", "n", "t",
    "th", "ies", "ied", "or", "ors", "ate", "ates", "ated", "ating", "ize", "ized", "ism", "ful", "less", "ance", "ar",
    "ary",
)  # fmt: skip
_INFLECTIONS = ("", "s", "es", "d", "ed", "ing", "e")
_STEM = 4  # letters of a stem with any ending; one of three has inflections only
_LONG = 6  # letters of a word in which two slips are looked for
_MOST = 32  # candidates of a word
_POWER = 0.4  # of the frequency


class NearWords:
    """The words of a vocabulary near each of them.

    `counts` has how often each word occurs in clean text, in lower case; words that are not in it are never candidates.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        from metaphone import doublemetaphone

        self._counts = counts
        self._sound = doublemetaphone
        self._shortened: dict[str, list[str]] = defaultdict(list)
        self._sounds: dict[str, list[str]] = defaultdict(list)
        self._stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._rhymes: dict[str, list[str]] = defaultdict(list)
        self._irregular: dict[str, set[str]] = defaultdict(set)  # "lay" is a form of two words
        for forms in IRREGULAR:
            for form in forms:
                self._irregular[form] |= forms
        for word in counts:
            for shorter in _shorten(word, _reach(word)):
                self._shortened[shorter].append(word)
            if len(word) >= 3 and (sound := doublemetaphone(word)[0]):
                self._sounds[sound].append(word)
            if len(word) >= 8:
                self._rhymes[word[-6:]].append(word)
            for stem, ending in _stems(word):
                self._stems[stem].append((word, ending))

    def find(self, word: str) -> list[tuple[str, float]]:
        """The candidates for a word in lower case, each with its weight, the likeliest first."""
        near: dict[str, float] = {}
        for other, closeness in self._closeness(word):
            if other != word and other in self._counts:
                near[other] = max(near.get(other, 0.0), closeness)
        weighed = ((other, closeness * (self._counts[other] + 1) ** _POWER) for other, closeness in near.items())
        return sorted(weighed, key=lambda each: (-each[1], each[0]))[:_MOST]

    def _closeness(self, word: str) -> Iterator[tuple[str, float]]:
        from rapidfuzz.distance import OSA

        small = word in SMALL_WORDS
        reach = _reach(word)
        for other in {other for shorter in _shorten(word, reach) for other in self._shortened.get(shorter, ())}:
            distance = OSA.distance(word, other, score_cutoff=reach)
            if distance <= reach and (len(other) >= 3 or len(word) <= 4):
                closeness = 4.0 if distance == 1 else 1.0
                yield other, closeness * (0.5 if small or other[0] != word[0] else 1.0)
        if len(word) >= 3:
            for other in self._sounds.get(self._sound(word)[0], ()):
                if abs(len(other) - len(word)) <= 3:
                    yield other, 3.0 if not small else 1.0
        for stem, ending in _stems(word):
            for other, ending_of_other in self._stems.get(stem, ()):
                if len(stem) >= _STEM or (ending in _INFLECTIONS and ending_of_other in _INFLECTIONS):
                    yield other, 4.0
        yield from ((other, 4.0) for other in self._irregular.get(word, ()))
        if len(word) >= 8:
            yield from ((other, 0.8) for other in self._rhymes.get(word[-6:], ()) if abs(len(other) - len(word)) <= 3)
        for words in SMALL_WORD_SETS:
            if word in words:
                yield from ((other, 5.0) for other in words)


def _reach(word: str) -> int:
    """The most slips in a word."""
    return 1 if len(word) < _LONG else 2


def _shorten(word: str, times: int) -> set[str]:
    """A word with up to so many of its letters left out."""
    found = last = {word}
    for _ in range(times):
        last = {each[:i] + each[i + 1 :] for each in last for i in range(len(each))}
        found = found | last
    return found


def _stems(word: str) -> Iterable[tuple[str, str]]:
    for ending in _ENDINGS:
        stem = word[: len(word) - len(ending)]
        if word.endswith(ending) and (len(stem) >= _STEM or (len(stem) == 3 and ending in _INFLECTIONS)):
            yield stem, ending
