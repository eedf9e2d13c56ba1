"""Misspelt words of a letter, with their corrections."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple, Protocol

from imrlint.document.letter import Clause, Letter
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Prose
from imrlint.document.text import Span
from imrlint.knowledge.language import corrections, lexicon
from imrlint.knowledge.language.corrections import Correction, JoinedWords
from imrlint.knowledge.medicine import drugs, strengths
from imrlint.reading.right_words import strip_possessive
from imrlint.reading.tokens import Token, Tokens

_SHORTEST = 4
_LONGEST_INITIALS = 5
_ADDRESS = Pattern(r"(?:https?:|www\.)\S+|\S{1,64}@\S{1,64}|\w{1,64}\.(?:com|org|gov|edu|net)\b\S*", re.IGNORECASE)
_MOST = 60  # unknown words; a letter with more is not in English, and its spelling is not checked
_AUTHOR = re.compile(r"[A-Z][\w'’-]+(?: et al\.?)?,? (?:\(?(?:19|20)\d\d|et al)")


class Misspelling(NamedTuple):
    """An unknown word and its correction. `parts` are the two words that it is made of, where a space is missing."""

    token: Token
    correction: Correction
    parts: JoinedWords | None

    @property
    def drug(self) -> str | None:
        """The drug that is meant, in the case of the word; None where the correction is not a drug."""
        if self.parts or not drugs.look_up(self.correction.candidates[0]):
            return None
        return match_case(self.correction.candidates[0], self.token.text)


class Text(Protocol):
    """A prose with its tokens."""

    @property
    def prose(self) -> Prose: ...

    @property
    def tokens(self) -> Tokens: ...


def find_misspellings(letter: Letter, texts: Sequence[Text]) -> Iterator[Misspelling]:
    """The unknown words of texts of a letter that are nearly a known word, or two known words without a space.

    Unknown words that resemble no known word are left out: they are names, products, or terms of other fields.
    """
    odd = {word for text in texts for word in text.tokens.distinct if len(word) >= _SHORTEST}
    odd = {word for word in odd if _is_unknown(word)}
    unknown = [
        (text, token)
        for text in texts
        if not odd.isdisjoint(text.tokens.distinct)
        for token in _select_tokens(text, odd)
    ]
    if not unknown or len(unknown) > _MOST:
        return
    nearby = frozenset(word for text in texts for word in text.tokens.distinct)
    names = Counter(t.text for _, t in unknown if t.text[0].isupper() and not _starts_sentence(t))
    counts = Counter(strip_possessive(token.text) for _, token in unknown)
    named = [span for dispute in letter.disputes for clause in dispute.clauses for span in _guideline_names(clause)]
    for text, token in unknown:
        if any(span.covers(token.place.span) for span in named):
            continue  # the name of a guideline is matched as a whole
        if _may_be_misread(letter, token):
            continue
        if _is_excused(text, token) or (names[token.text] > 1 and not token.text.isupper()):
            continue
        plain = strip_possessive(token.text)
        parts = corrections.split_joined(plain)
        correction = corrections.correct(plain, nearby)
        if not correction.certain and (counts[plain] > 1 or _is_named(text, token)):
            correction = correction._replace(likely=False)
        if parts and plain not in lexicon.misspellings():
            yield Misspelling(token, correction, parts)
        elif correction.candidates and not _is_name(token, correction):
            yield Misspelling(token, correction, None)


def _select_tokens(text: Text, words: Set[str]) -> Iterator[Token]:
    """The tokens of a text that are one of the lower-case words."""
    return (token for token, lower in zip(text.tokens, text.tokens.lower, strict=True) if lower in words)


def _guideline_names(clause: Clause) -> Iterator[Span]:
    """The spans in which a clause names guidelines of the MTUS and their sections, as far as the tables have them."""
    for citation in clause.citations:
        if citation.mtus and citation.document:
            yield citation.name.span
            yield from (section.span for section in citation.sections if section.value)


@lru_cache(maxsize=1 << 16)  # the words of letters recur
def _is_unknown(lower: str) -> bool:
    """Whether the lexicon does not have a lower-case word, or lists it as a misspelling."""
    plain = strip_possessive(lower)
    if plain in lexicon.misspellings():
        return True
    return not lexicon.is_known(plain) and not lexicon.is_known(lower.replace("’", "'"))


def _may_be_misread(letter: Letter, token: Token) -> bool:
    """Whether OCR was not sure of a word."""
    start, end = token.place.span
    return any(span.start < end and start < span.end for span in letter.source.unsure)


def _is_excused(text: Text, token: Token) -> bool:
    """Whether a token is initials, an author, a trade name, part of an address or a code, or half of a broken word."""
    prose, start, end = token.place
    before, after = prose.text[start - 1 : start], prose.text[end : end + 1]
    if before.isdigit() or after.isdigit() or (before in "_@\\" and before):
        return True
    if after == "€" or unicodedata.combining(before or " "):
        return True  # what is beside a character in the wrong encoding, or behind an accent, is no whole word
    if token.text.rstrip("s").isupper() and (len(token.text) <= _LONGEST_INITIALS or before + after == "()"):
        return True
    if _AUTHOR.match(prose.text, start) or _is_brand(token):
        return True
    if _is_in_address(prose.text, start):
        return True
    return _is_half(text.tokens, token, before, after)


def _is_brand(token: Token) -> bool:
    """Whether a token is a trade name, by a capital within a sentence or a strength behind it."""
    plain = strip_possessive(token.text)
    if not drugs.is_brand(plain) or plain in lexicon.misspellings():
        return False
    is_capital = token.text.istitle() and not _starts_sentence(token)
    return is_capital or strengths.read_behind(token.place.prose.text, token.place.end) is not None


def _is_in_address(text: str, at: int) -> bool:
    """Whether character `at` is part of a web or e-mail address."""
    start = text.rfind(" ", 0, at) + 1
    end = text.find(" ", at)
    run = text[start : end if end >= 0 else len(text)]
    return len(run) < 400 and any(found.start() <= at - start < found.end() for found in _ADDRESS.finditer(run))


def _is_half(tokens: Tokens, token: Token, before: str, after: str) -> bool:
    """Whether a token and its neighbour across a hyphen together are a known word."""
    if after != "-" and before != "-":
        return False
    at = tokens.index_at(token.place.start)
    if after == "-" and at + 1 < len(tokens) and tokens[at + 1].place.start == token.place.end + 1:
        return lexicon.is_known(strip_possessive(token.text + tokens[at + 1].text))
    if before == "-" and at and tokens[at - 1].place.end == token.place.start - 1:
        return lexicon.is_known(strip_possessive(tokens[at - 1].text + token.text))
    return False


def _is_named(text: Text, token: Token) -> bool:
    """Whether a word is likely a name by its case and the words beside it.

    That holds for a capitalised word beside another (a person, a place, a journal), for capitals among small letters
    (an acronym), and for capitals within a word (a product).
    """
    if not token.text[0].isupper():
        return not token.text.islower()
    at = text.tokens.index_at(token.place.start)
    beside = [text.tokens[i].text for i in (at - 1, at + 1) if 0 <= i < len(text.tokens)]
    if token.text.isupper():
        return not any(word.isupper() for word in beside)
    return not token.text.istitle() or any(word[0].isupper() and not word.isupper() for word in beside)


def _starts_sentence(token: Token) -> bool:
    before = token.place.prose.text[: token.place.start].rstrip(' "“(')
    return not before or before[-1] in ".:;?!"


def _is_name(token: Token, correction: Correction) -> bool:
    """Whether a token is more likely a name: names resemble common words by chance, clinical terms less often."""
    if not token.text[0].isupper() or token.text.isupper():
        return False
    meant = correction.candidates[0].casefold()
    if meant in lexicon.clinical_words() or strip_possessive(token.text) in lexicon.misspellings():
        return not correction.certain and not _starts_sentence(token)
    return not _starts_sentence(token) or not lexicon.is_common(meant)


def is_near(one: str, other: str) -> bool:
    """Whether two words differ by at most two typing errors."""
    from rapidfuzz.distance import OSA  # imported only where a word is in doubt

    return OSA.distance(one, other, score_cutoff=2) <= 2


def match_case(meant: str, like: str) -> str:
    """The word `meant` in the case of `like`: CAPITALS, Capitalised, or unchanged."""
    if like.isupper():
        return meant.upper()
    return meant[:1].upper() + meant[1:] if like[:1].isupper() else meant
