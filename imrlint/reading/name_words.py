"""The words of a name: which words may be part of one, and where it begins and ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from imrlint.knowledge.language import lexicon, names
from imrlint.knowledge.language.wordings import any_of


class Name(NamedTuple):
    """The name at characters `start` up to `end` of a text; not `certain` where it may be something else."""

    start: int
    end: int
    certain: bool


class NameWord(NamedTuple):
    """A word that may be part of a name, without a possessive, and its place in the text."""

    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        return self.text.casefold().replace("’", "'")

    @property
    def is_shaped(self) -> bool:
        """Whether it is written as a name: with a capital letter, all in capitals, or as "McAdams" is."""
        return self.text[0].isupper() and (self.text.isupper() or not self.text[1:2].isupper())

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.text.isupper()

    @property
    def is_main(self) -> bool:
        """Whether it is no initial, no particle and no "Jr."."""
        return not (self.is_initial or self.text.islower() or self.key == "st" or _SUFFIX.fullmatch(self.text))

    @property
    def is_ordinary(self) -> bool:
        """Whether it is a common English word or a term of medicine."""
        return all(_is_ordinary(part) for part in self.key.split("-"))

    @property
    def is_surname(self) -> bool:
        return names.is_surname(self.key)

    @property
    def is_given(self) -> bool:
        return names.is_given_name(self.key)

    @property
    def may_be_name(self) -> bool:
        """Whether it is a frequent name, or a word that no list has."""
        return self.is_surname or self.is_given or not lexicon.is_known(self.key)


# Endings of nouns for professions, procedures and diseases, and of verbs.
_ORDINARY_ENDING = re.compile(
    r".{3,}(?:ologic(?:al)?|ology|ists?|ians?|ing|ed|ly|ments?|ness|tions?|ics|oscopy|tomy|itis|osis|emia|algia|athy"
    r"|graphy|gram|ate)"
)
_BLANK = re.compile(r"(.)\1+|redact\w*|withh\w+|n/?a|abc|xyz", re.IGNORECASE)


def _is_ordinary(word: str) -> bool:
    if lexicon.is_common(word) or word in lexicon.clinical_words() or _BLANK.fullmatch(word):
        return True
    return bool(_ORDINARY_ENDING.fullmatch(word)) and lexicon.is_known(word) and not names.is_surname(word)


_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:['’‘ʼ\u2010\u2011-]{_LETTERS})*")
_POSSESSIVE = re.compile(r"['’‘ʼ][sS]$")
PARTICLES = frozenset(
    "al bin da das de dei del della den der di do dos du el ibn la le san st ten ter van von y".split()  # noqa: SIM905
)
"""Small words within names, in lower case."""

_MOST = 4  # words of a name, without particles
_DEGREE_WORD = re.compile(r"MD|DO|DC|PA|NP|RN|PT|JD|DPM|DDS|DPT|PhD|PsyD|LAc|LCSW|LMFT|Esq|FNP|RPT")
_SUFFIX = re.compile(r"[JS][rR]|I{2,3}|IV")
_OF_PLACES = frozenset({"los", "las", "san", "santa", "el", "la"})  # Spanish, as towns of California begin
_ORGANIZATION = re.compile(any_of("organization"), re.IGNORECASE)
_FIRM = re.compile(r",?[ \t](?:& )?([A-Za-z-]+)")


def read_words(text: str, at: int, gap: str = " ") -> list[NameWord]:
    """The words with a capital letter from `at` on, with initials and particles between them.

    `gap` is a pattern for what may stand between two of them.
    """
    found: list[NameWord] = []
    while len(found) < 2 * _MOST and (match := _WORD.match(text, at)):
        word = _clip(match)
        particle = word.text.islower() and word.key in PARTICLES
        if not particle and not word.is_shaped:
            break
        found.append(word)
        at = match.end()
        if word.end < at:  # a possessive ends a name
            break
        if text.startswith(".", at) and (word.is_initial or word.key == "st"):
            at += 1
        step = re.compile(gap).match(text, at)
        if step is None:
            break
        at = step.end()
    while found and found[-1].text.islower():
        found.pop()
    return found


def _clip(match: re.Match[str]) -> NameWord:
    text = match.group()
    possessive = _POSSESSIVE.search(text)
    end = possessive.start() if possessive else len(text)
    return NameWord(text[:end], match.start(), match.start() + end)


def keep_name(words: list[NameWord]) -> list[NameWord]:
    """The words up to the first that belongs to no name: an ordinary word that is not the surname of a given name."""
    kept: list[NameWord] = []
    full = 0  # words that are no initials, particles or suffixes
    for word in words:
        if _DEGREE_WORD.fullmatch(word.text):
            break
        if word.is_main:
            is_family = full == 1 and kept[0].is_given and word.is_surname
            if full == _MOST or (full and word.is_ordinary and not is_family):
                break
            full += 1
        kept.append(word)
    while kept and kept[-1].text.islower():
        kept.pop()
    return kept


def find_main_words(words: list[NameWord]) -> list[NameWord]:
    """The words but for initials, particles and suffixes."""
    return [word for word in words if word.is_main]


def is_of_place(words: list[NameWord]) -> bool:
    """Whether words are the name of a town rather than of a person: no given name begins as "Los Angeles" does."""
    return len(words) > 1 and words[0].key in _OF_PLACES


def is_organization(words: list[NameWord]) -> bool:
    """Whether one of the words is a noun for an organization: "Group", "Hospital"."""
    return any(_ORGANIZATION.fullmatch(word.key) for word in words)


def is_followed_by_firm(text: str, words: list[NameWord]) -> bool:
    """Whether words and the word behind them name an organization."""
    after = _FIRM.match(text, words[-1].end) if words else None
    return is_organization(words) or (after is not None and bool(_ORGANIZATION.fullmatch(after[1])))


def read_words_back(text: str, end: int) -> list[NameWord]:
    """The words with a capital letter that end at `end`, in order."""
    start = max(end - 80, 0)
    found: list[NameWord] = []
    at = end
    for match in reversed(list(_WORD.finditer(text, start, end))):
        word = NameWord(match.group(), *match.span())
        between = text[word.end : at]
        suffix = _SUFFIX.fullmatch(word.text)
        if between not in ((" ", ". ") if found else ("", ".")) and not (
            between == ", " and len(found) == 1 and _SUFFIX.fullmatch(found[0].text)
        ):
            break
        if "." in between and not (word.is_initial or word.key == "st" or suffix):
            break
        particle = word.text.islower() and word.key in PARTICLES and found
        if not particle and not word.is_shaped:
            break
        found.insert(0, word)
        at = word.start
        if len(find_main_words(found)) == _MOST:
            break
    return found
