"""The words of a letter that are in no list of words, and what they were meant to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from imrlint.document.letter import Clause, Letter, SectionKind
from imrlint.document.prose import Prose
from imrlint.document.text import Span
from imrlint.knowledge.language import lexicon
from imrlint.knowledge.language.lexicon import Correction
from imrlint.knowledge.medicine import drugs
from imrlint.reading import titles, tokens
from imrlint.reading.tokens import Word

_SHORTEST = 4
_LONGEST_INITIALS = 5
_ADDRESS = re.compile(r"(?:https?:|www\.)\S+|\S{1,64}@\S{1,64}|\w{1,64}\.(?:com|org|gov|edu|net)\b\S*", re.IGNORECASE)
_MOST = 60  # unknown words; a text with more is no English letter, and is not judged word by word
_AUTHOR = re.compile(r"[A-Z][\w'’-]+(?: et al\.?)?,? (?:\(?(?:19|20)\d\d|et al)")
_TEMPLATE = (SectionKind.HOW, SectionKind.NOTICE_QUALIFICATIONS, SectionKind.DOCUMENTS)


class Misspelling(NamedTuple):
    """A word in no list, at characters of the folded text of its prose."""

    prose: Prose
    word: Word
    correction: Correction
    parts: tuple[str, str] | None  # the two words, when a space was left out

    @property
    def drug(self) -> str | None:
        """The name of the drug that is meant, in the case of the word; None where no drug is."""
        if self.parts or not drugs.get(self.correction.candidates[0]):
            return None
        return cased(self.correction.candidates[0], self.word.text)


@lru_cache(maxsize=8)
def misspellings(letter: Letter) -> tuple[Misspelling, ...]:
    """Each unknown word that is nearly a known one, or two known ones without their space.

    Unknown words that are near nothing stay unmentioned: names, products, terms of other fields.
    """
    return tuple(_misspellings(letter))


@lru_cache(maxsize=8)
def texts(letter: Letter) -> tuple[Prose, ...]:
    """All text that somebody wrote for this letter: prose and titles, without the template."""
    template = [section.span for section in letter.sections if section.kind in _TEMPLATE]
    written = [prose for prose in letter.prose if not any(span.covers(prose.span) for span in template)]
    return (*written, *titles.of(letter))


def _misspellings(letter: Letter) -> Iterator[Misspelling]:
    unknown = [(prose, word) for prose in texts(letter) for word in _unknown_words(prose)]
    if not unknown or len(unknown) > _MOST:
        return
    nearby = frozenset(lower for prose in texts(letter) for lower in tokens.of(prose).lower)
    names = Counter(w.text for prose, w in unknown if w.text[0].isupper() and not _starts_sentence(prose, w))
    named = [span for dispute in letter.disputes for clause in dispute.clauses for span in _guideline_names(clause)]
    for prose, word in unknown:
        if any(span.covers(prose.place(word.start, word.end)) for span in named):
            continue  # the name of a guideline is read as a whole
        if _excused(prose, word) or (names[word.text] > 1 and not word.text.isupper()):
            continue
        plain = _plain(word.text)
        parts = lexicon.split(plain)
        correction = lexicon.correct(plain, nearby)
        if parts and plain not in lexicon.misspellings():
            yield Misspelling(prose, word, correction, parts)
        elif correction.candidates and not _a_name(prose, word, correction):
            yield Misspelling(prose, word, correction, None)


def _guideline_names(clause: Clause) -> Iterator[Span]:
    """Where a clause names guidelines of the MTUS and sections that are known."""
    for citation in clause.citations:
        if citation.mtus and citation.document:
            yield citation.name.span
            yield from (section.span for section in citation.sections if section.value)


_FINE: set[str] = set()  # words found in the lists before; letters share most of theirs


def _unknown_words(prose: Prose) -> Iterator[Word]:
    """The words of a prose that are in no list, or in that of misspellings."""
    found = tokens.of(prose)
    odd = {lower for lower in found.lower if lower not in _FINE}
    for lower in tuple(odd):
        if len(lower) < _SHORTEST or not _unknown(lower):
            _FINE.add(lower)
            odd.discard(lower)
    if odd:
        yield from (word for word, lower in zip(found, found.lower, strict=True) if lower in odd)


def _unknown(lower: str) -> bool:
    plain = _plain(lower)
    if plain in lexicon.misspellings():
        return True
    return not lexicon.known(plain) and not lexicon.known(lower.replace("’", "'"))


def _plain(text: str) -> str:
    """A word in lower case without a possessive."""
    lower = text.replace("’", "'").casefold()
    return lower.removesuffix("'s").removesuffix("'")


def _excused(prose: Prose, word: Word) -> bool:
    """Initials, addresses, codes, and halves of a word that a line end parted."""
    text = prose.text
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    if before.isdigit() or after.isdigit() or (before in "_@\\" and before):
        return True
    if word.text.rstrip("s").isupper() and (len(word.text) <= _LONGEST_INITIALS or before + after == "()"):
        return True
    if _AUTHOR.match(text, word.start):
        return True
    if _in_address(text, word.start):
        return True
    return _half(prose, word, before, after)


def _in_address(text: str, at: int) -> bool:
    """Whether the run of characters without a space at a place is an address."""
    start = text.rfind(" ", 0, at) + 1
    end = text.find(" ", at)
    run = text[start : end if end >= 0 else len(text)]
    return len(run) < 400 and any(found.start() <= at - start < found.end() for found in _ADDRESS.finditer(run))


def _half(prose: Prose, word: Word, before: str, after: str) -> bool:
    """Whether a hyphen at a line end parts a known word here."""
    neighbours = list(tokens.of(prose))
    at = neighbours.index(word)
    if after == "-" and at + 1 < len(neighbours) and neighbours[at + 1].start == word.end + 1:
        return lexicon.known(_plain(word.text + neighbours[at + 1].text))
    if before == "-" and at and neighbours[at - 1].end == word.start - 1:
        return lexicon.known(_plain(neighbours[at - 1].text + word.text))
    return False


def _starts_sentence(prose: Prose, word: Word) -> bool:
    before = prose.text[: word.start].rstrip(' "“(')
    return not before or before[-1] in ".:;?!"


def _a_name(prose: Prose, word: Word, correction: Correction) -> bool:
    """Whether a word is rather a name: names resemble many words by chance, the words of this field less so."""
    if not word.text[0].isupper() or word.text.isupper():
        return False
    meant = correction.candidates[0].casefold()
    if meant in lexicon.clinical() or _plain(word.text) in lexicon.misspellings():
        return not correction.certain and not _starts_sentence(prose, word)
    return not _starts_sentence(prose, word) or not lexicon.common(meant)


def alike(one: str, other: str) -> bool:
    """Whether one word is a slip or two away from another."""
    from rapidfuzz.distance import OSA  # only what is doubtful needs it

    return OSA.distance(one, other, score_cutoff=2) <= 2


def cased(meant: str, like: str) -> str:
    """A word in the case of another: CAPITALS, Capitalised or plain. Names keep their own."""
    if like.isupper():
        return meant.upper()
    return meant[:1].upper() + meant[1:] if like[:1].isupper() else meant
