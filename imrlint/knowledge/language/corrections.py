"""What an unknown word should be: the correction that is likeliest by its frequency and by the slips that it needs.

Each candidate has a score in bits: its frequency in medical texts, on a binary logarithmic scale, less the cost of the
slips that make the unknown word of it. The costs are lower for slips that typing and spelling make often.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from string import ascii_lowercase
from typing import NamedTuple

from imrlint.knowledge.language import lexicon
from imrlint.knowledge.medicine import drugs

_LONGEST = 32  # a longer run of letters is no word
_SHORTEST = 4  # shorter words are not judged: initials and abbreviations look like them
_TWO_SLIPS = 6  # letters of a word in which two slips are looked for
_ANY_TWO_SLIPS = 11  # letters of a word in which two slips are looked for, however rare the word that is meant
_SAME = 3  # letters; where a slip is behind them, all words with this beginning are compared
_FREQUENT = 6  # frequency of a word that is looked for with two slips
_MOST = 24  # candidates that are scored
_OFFERED = 3

_CLINICAL, _COMMON = 6, 4  # the least frequency of a word of this field, and of a common English word
_NEARBY, _OWN = 2, 9  # what the letter's own use of a word adds, and the least frequency that it gives
_BEGINNING = 4  # cost of a wrong first letter, besides
_DOUBT = 3  # bits below the threshold of a likely correction at which it is still offered
_DERIVED = 8  # what a word costs that is regularly derived from a known one
_LEAD = 3  # bits by which a word must be likelier than its opposite
_CLEAR = 2  # bits by which a common word with two letters exchanged must be likelier than any other correction
_SPACE = 6  # cost of a space left out
_UNMISTAKABLE = 5  # letters of a small word that no other word ends with by chance
_USUAL = 8  # least frequency of a word that is run together with another

_LETTERS = f"{ascii_lowercase}'"
_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(
    frozenset(pair)
    for pair in "ck sz fv mn bp dt cs gj bv kq as sd df fg gh hj jk kl qw we er rt ty op zx xc cv vb bn nm rf".split()  # noqa: SIM905
)
# Endings by which medicine and English make new words of known ones.
_ENDINGS = frozenset(
    "s es ed ing al ally ar ic ics ical y ies ae us um a i ly er ers or ors ist ists ity ous able ability".split()  # noqa: SIM905
)
_PREFIXES = (
    "anti", "auto", "bio", "cardio", "co", "counter", "de", "dis", "electro", "extra", "hemi", "hyper", "hypo", "il",
    "im", "in", "infra", "inter", "intra", "ir", "macro", "mal", "micro", "mid", "mis", "mono", "multi", "neuro", "non",
    "over", "para", "peri", "poly", "post", "pre", "pro", "pseudo", "re", "retro", "semi", "sub", "super", "supra",
    "trans", "tri", "ultra", "un", "under", "uni", "up",
)  # fmt: skip
_SUFFIXES = (
    "ness", "less", "like", "wise", "ful", "ly", "al", "able", "ability", "ization", "ism", "oid", "er", "ers", "s",
)  # fmt: skip
_LATIN = ("um", "us", "a", "is", "on")
_BRITISH = (("is", "iz"), ("ys", "yz"), ("our", "or"), ("ae", "e"), ("oe", "e"), ("ll", "l"), ("ogue", "og"))
_OPPOSITES = (
    ("hypo", "hyper"), ("ab", "ad"), ("inter", "intra"), ("ante", "anti"), ("pre", "post"), ("supra", "infra"),
    ("in", "ex"), ("in", ""), ("un", ""), ("im", ""), ("ir", ""), ("il", ""), ("non", ""), ("dis", ""), ("a", ""),
    ("mis", ""), ("de", ""), ("under", "over"), ("sub", "supra"), ("in", "un"), ("uni", "bi"), ("macro", "micro"),
)  # fmt: skip


class Correction(NamedTuple):
    """Corrections of an unknown word, the likeliest first; none where it may well be a word that the lists lack.

    `certain` holds where a table of known misspellings has the word; `likely` where it is more likely a misspelling
    than a word that the lists lack.
    """

    candidates: tuple[str, ...]
    certain: bool = False
    likely: bool = False
    score: float = -99.0

    @property
    def is_open(self) -> bool:
        """Whether the first two candidates are opposites of each other, so that neither may be preferred."""
        return len(self.candidates) > 1 and are_opposites(*self.candidates[:2])


def correct(word: str, nearby: Collection[str] = ()) -> Correction:
    """The correction of `word`, in lower case; words that the letter has `nearby` are likelier."""
    if word in lexicon.misspellings():
        return Correction((lexicon.misspellings()[word],), certain=True, likely=True, score=99.0)
    # A word so rare that it is in no list may be known to stand for another.
    if confusions := lexicon.confusions_of(word):
        return Correction((confusions[0].right,), certain=True, likely=True, score=99.0)
    if (plural := _spell_ending(word)) is not None:
        return Correction((plural,), likely=True, score=float(_prior(plural, frozenset())))
    if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or _is_british(word):
        return Correction(())
    near = frozenset(w for w in nearby if abs(len(w) - len(word)) <= 2 and w[:1] == word[:1])
    return _correct(word, near)


def _spell_ending(word: str) -> str | None:
    """The right form of a word that keeps its "y" before an "s", as "denys" does; None for another word."""
    stem, right = word[:-1], f"{word[:-2]}ies"
    if not word.endswith("ys") or len(word) < _SHORTEST or word[-3] in _VOWELS:
        return None
    return right if lexicon.is_known(stem) and lexicon.is_known(right) and lexicon.may_be_suggested(right) else None


def _correct(word: str, nearby: frozenset[str]) -> Correction:
    scored = sorted(
        (-_score(word, other, nearby), other) for other in _list_candidates(word, nearby) if not _may_stand(word, other)
    )
    if not scored:
        return Correction(())
    best = -scored[0][0]
    needed = _least_score(word)
    rival = -scored[1][0] if len(scored) > 1 else -99.0
    if _is_exchanged(word, scored[0][1]) and lexicon.is_common(scored[0][1]) and best - rival >= _CLEAR:
        needed = min(needed, 0.0)
    if best < needed - _DOUBT or (best < needed and _prior(scored[0][1], nearby) < _FREQUENT):
        return Correction(())
    # A word that is much less likely is not offered beside a likely one.
    offered = tuple(other for cost, other in scored[:_OFFERED] if -cost > best - 2 * _LEAD)
    if len(offered) > 1 and are_opposites(*offered[:2]) and best + scored[1][0] >= _LEAD:
        offered = offered[:1]
    return Correction(offered, likely=best >= needed, score=best)


def _least_score(word: str) -> float:
    """The score from which a correction is likely: words resemble a short one by chance."""
    return {4: 4.0, 5: 2.0, 6: 0.0, 7: -1.0}.get(
        len(word), -3.0 if len(word) < 11 else -5.0 if len(word) < 12 else -6.5
    )


def _is_exchanged(word: str, meant: str) -> bool:
    """Whether `word` is `meant` with two neighbouring letters behind the first exchanged: trcuk, truck."""
    unlike = [i for i, pair in enumerate(zip(word, meant, strict=False)) if pair[0] != pair[1]]
    return (
        len(word) == len(meant)
        and len(unlike) == 2
        and 0 < unlike[0] == unlike[1] - 1
        and word[unlike[0]] == meant[unlike[1]]
        and word[unlike[1]] == meant[unlike[0]]
    )


def _list_candidates(word: str, nearby: frozenset[str]) -> Iterable[str]:
    """Words one slip away; of a longer word, also frequent ones two slips away."""
    weighed = [
        (_prior(other, nearby) - 6 * distance, other)
        for other, distance in _find_near(word, nearby)
        if distance < 2 or len(word) >= _ANY_TWO_SLIPS or _prior(other, nearby) >= _FREQUENT
    ]
    if len(word) >= 5:  # the first letter itself may be wrong
        weighed += [
            (_prior(other, nearby) - 10, other)
            for other in _with_another_beginning(word)
            if lexicon.may_be_suggested(other)
        ]
    return {other for _, other in sorted(weighed, reverse=True)[:_MOST]}


def _find_near(word: str, nearby: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Words with the same first letter, and the slips by which `word` differs from each, as far as they may be few."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    reach = 2 if len(word) >= _TWO_SLIPS else 1
    pool = _list_long_pool(word) if len(word) >= _ANY_TWO_SLIPS else _list_pool(word, nearby)
    for other, distance, _ in process.extract(word, pool, scorer=OSA.distance, score_cutoff=reach, limit=None):
        yield other, distance


def _list_long_pool(word: str) -> list[str]:
    known = lexicon.list_long_words(word[0])
    return [other for length in range(len(word) - 2, len(word) + 3) for other in known.get(length, ())]


def _list_pool(word: str, nearby: frozenset[str]) -> set[str]:
    """All words one slip away, and the frequent ones two slips away, among others."""
    pool = {other for other in lexicon.list_words(word[:_SAME]) if abs(len(other) - len(word)) < 2}
    if len(word) >= _TWO_SLIPS:
        frequent = (*lexicon.list_frequent_words(word[0], _FREQUENT), *filter(lexicon.may_be_suggested, nearby))
        pool |= {other for other in frequent if abs(len(other) - len(word)) <= 2}
    for at in range(1, _SAME):
        pool |= {other for other in _change_at(word, at) if lexicon.may_be_suggested(other)}
    return pool


def _change_at(word: str, at: int) -> Iterator[str]:
    """Every string that differs from `word` by one slip, first at character `at`."""
    before, behind = word[:at], word[at:]
    for letter in _LETTERS:
        yield before + letter + behind
        yield before + letter + behind[1:]
    yield before + behind[1:]
    yield before + behind[1] + behind[0] + behind[2:]


def _with_another_beginning(word: str) -> Iterator[str]:
    """Every string that differs from `word` by one slip at its beginning, and begins with another letter."""
    return (other for other in _change_at(word, 0) if other[0] not in (word[0], "'"))


def _score(word: str, other: str, nearby: frozenset[str]) -> float:
    score = _prior(other, nearby) - _cost_of_slips(word, other)
    if word[0] != other[0]:
        score -= _BEGINNING
    return score - (_DERIVED if is_derived(word) else 0)


def _prior(word: str, nearby: frozenset[str]) -> int:
    """How frequent a word is, in bits."""
    known = lexicon.frequency(word)
    if word in lexicon.clinical_words():
        known = max(known, _CLINICAL)
    elif lexicon.is_common(word):
        known = max(known, _COMMON)
    return max(known + _NEARBY, _OWN) if word in nearby else known


def _cost_of_slips(word: str, meant: str) -> float:
    """The cost of the cheapest slips that make `word` of `meant`: the distance of Damerau, weighted."""
    before: list[float] = []
    last = [0.0, *(5.0 * j for j in range(1, len(meant) + 1))]
    for i, letter in enumerate(word, 1):
        row = [6.0 * i]
        for j, right in enumerate(meant, 1):
            doubled = right == meant[j - 2 : j - 1] or right == meant[j : j + 1]
            repeated = letter == word[i - 2 : i - 1] or letter == word[i : i + 1]
            cheapest = min(
                last[j - 1] + _cost_of_exchange(letter, right),
                row[j - 1] + (3.5 if doubled else 5.0),
                last[j] + (3.5 if repeated else 6.0),
            )
            if i > 1 and j > 1 and letter == meant[j - 2] and word[i - 2] == right and letter != right:
                cheapest = min(cheapest, before[j - 2] + 3.5)
            row.append(cheapest)
        before, last = last, row
    return last[-1]


def _cost_of_exchange(letter: str, right: str) -> float:
    if letter == right:
        return 0.0
    if letter in _VOWELS and right in _VOWELS:
        return 4.5
    return 5.5 if frozenset((letter, right)) in _ALIKE else 7.5


def _may_stand(word: str, other: str) -> bool:
    """Whether `word` may well be a word of its own beside `other`: another form, its opposite, or another drug."""
    start = next((i for i, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), len(other))
    if _undouble(word) == _undouble(other):
        return False
    if start >= 4 and word[start:] in _ENDINGS and other[start:] in _ENDINGS | {"", "e"}:
        return True  # otoscope, otoscopy: another ending makes another word
    if are_opposites(word, other):
        return True
    return word[-5:] == other[-5:] and _count_unlike(word, other) > 1 and drugs.look_up(other) is not None


def _undouble(word: str) -> str:
    return "".join(letter for i, letter in enumerate(word) if word[i - 1 : i] != letter)


def _count_unlike(word: str, other: str) -> int:
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other)


def are_opposites(one: str, other: str) -> bool:
    """Whether two words differ by a prefix that turns the meaning round: hypotonic, hypertonic; stable, unstable."""
    return any(
        (one.startswith(a) and other.startswith(b) and one[len(a) :] == other[len(b) :])
        or (one.startswith(b) and other.startswith(a) and one[len(b) :] == other[len(a) :])
        for a, b in _OPPOSITES
    )


def is_derived(word: str) -> bool:
    """Whether a word is a known one with a prefix or a suffix that makes new words."""
    parts = [word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix)]
    for suffix in _SUFFIXES:
        if word.endswith(suffix):
            parts += [word[: -len(suffix)], word[: -len(suffix)] + "e"]
    if word.endswith(("al", "ar", "ic")):
        parts += [word[:-2] + ending for ending in _LATIN]  # punctum, punctal
    return any(len(part) >= 5 and lexicon.is_known(part) and lexicon.may_be_suggested(part) for part in parts)


def _is_british(word: str) -> bool:
    """Whether a word is the British spelling of a known one: prioritise, haemophilia."""
    return any(
        british in word and lexicon.is_known(american) and lexicon.may_be_suggested(american)
        for british, american in ((british, word.replace(british, us)) for british, us in _BRITISH)
        if british != "ll" or word.endswith(("ed", "ing", "er", "ers"))
    )


class JoinedWords(NamedTuple):
    """Two words that were written without the space between them."""

    first: str
    second: str


def split_joined(word: str) -> JoinedWords | None:
    """The two words that `word` is when a space was left out; one of them is a small word, the other frequent."""
    found: list[tuple[int, JoinedWords]] = []
    for small in lexicon.SMALL_WORDS:
        least = _USUAL if len(small) < _UNMISTAKABLE else _FREQUENT
        if word.endswith(small) and _is_usual(first := word[: -len(small)], least):
            found.append((_prior(first, frozenset()), JoinedWords(first, small)))
        if small in _PREFIXES and is_derived(word):
            continue  # "inoperable" is no "in operable"
        if word.startswith(small) and _is_usual(second := word[len(small) :], least):
            found.append((_prior(second, frozenset()), JoinedWords(small, second)))
    if not found:
        return None
    prior, parts = max(found)
    single = correct(word)
    needed = single.score + (_LEAD if single.likely and _lacks_letter(word, single.candidates[0]) else 0)
    return parts if prior - _SPACE > needed else None


def _lacks_letter(word: str, meant: str) -> bool:
    """Whether `word` is `meant` without one of its letters: "tracton" is rather "traction" than "tract on"."""
    return len(meant) == len(word) + 1 and _count_unlike(word, meant) == 1


def _is_usual(word: str, least: int) -> bool:
    if len(word) < _SHORTEST or not lexicon.is_known(word):
        return False
    return _prior(word, frozenset()) >= least or (len(word) > _SHORTEST + 1 and word in lexicon.clinical_words())
