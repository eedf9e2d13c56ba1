"""The words of a letter that are in no list of words, and what they were meant to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple, Protocol

from imrlint.document.letter import Clause, Letter
from imrlint.document.prose import Prose
from imrlint.document.text import Span
from imrlint.knowledge.language import lexicon
from imrlint.knowledge.language.lexicon import Correction
from imrlint.knowledge.medicine import drugs
from imrlint.reading.tokens import Token, Tokens

_SHORTEST = 4
_LONGEST_INITIALS = 5
_ADDRESS = re.compile(r"(?:https?:|www\.)\S+|\S{1,64}@\S{1,64}|\w{1,64}\.(?:com|org|gov|edu|net)\b\S*", re.IGNORECASE)
_MOST = 60  # unknown words; a text with more is no English letter, and is not judged word by word
_AUTHOR = re.compile(r"[A-Z][\w'’-]+(?: et al\.?)?,? (?:\(?(?:19|20)\d\d|et al)")


class Misspelling(NamedTuple):
    """A word in no list, and what it was meant to be: `parts` are the two words where a space was left out."""

    token: Token
    correction: Correction
    parts: tuple[str, str] | None

    @property
    def drug(self) -> str | None:
        """The name of the drug that is meant, in the case of the word; None where no drug is."""
        if self.parts or not drugs.look_up(self.correction.candidates[0]):
            return None
        return match_case(self.correction.candidates[0], self.token.text)


class Text(Protocol):
    """A prose with its words."""

    @property
    def prose(self) -> Prose: ...

    @property
    def tokens(self) -> Tokens: ...


def find_misspellings(letter: Letter, texts: Sequence[Text]) -> Iterator[Misspelling]:
    """Each unknown word of some texts of a letter that is nearly a known one, or two known ones without their space.

    Unknown words that are near nothing stay unmentioned: names, products, terms of other fields.
    """
    odd = {word for text in texts for word in text.tokens.distinct if len(word) >= _SHORTEST}
    odd = {word for word in odd if _is_unknown(word)}
    unknown = [
        (text, token) for text in texts if not odd.isdisjoint(text.tokens.distinct) for token in _with(text, odd)
    ]
    if not unknown or len(unknown) > _MOST:
        return
    nearby = frozenset(word for text in texts for word in text.tokens.distinct)
    names = Counter(t.text for _, t in unknown if t.text[0].isupper() and not _starts_sentence(t))
    named = [span for dispute in letter.disputes for clause in dispute.clauses for span in _guideline_names(clause)]
    for text, token in unknown:
        if any(span.covers(token.place.span) for span in named):
            continue  # the name of a guideline is read as a whole
        if _is_excused(text, token) or (names[token.text] > 1 and not token.text.isupper()):
            continue
        plain = _plain(token.text)
        parts = lexicon.split_joined(plain)
        correction = lexicon.correct(plain, nearby)
        if parts and plain not in lexicon.misspellings():
            yield Misspelling(token, correction, parts)
        elif correction.candidates and not _is_name(token, correction):
            yield Misspelling(token, correction, None)


def _with(text: Text, odd: Set[str]) -> Iterator[Token]:
    """The words of a text that are among some."""
    return (token for token, lower in zip(text.tokens, text.tokens.lower, strict=True) if lower in odd)


def _guideline_names(clause: Clause) -> Iterator[Span]:
    """Where a clause names guidelines of the MTUS and sections that are known."""
    for citation in clause.citations:
        if citation.mtus and citation.document:
            yield citation.name.span
            yield from (section.span for section in citation.sections if section.value)


def _is_unknown(lower: str) -> bool:
    """Whether a word is in no list, or in that of misspellings."""
    plain = _plain(lower)
    if plain in lexicon.misspellings():
        return True
    return not lexicon.is_known(plain) and not lexicon.is_known(lower.replace("’", "'"))


def _plain(text: str) -> str:
    """A word in lower case without a possessive."""
    lower = text.replace("’", "'").casefold()
    return lower.removesuffix("'s").removesuffix("'")


def _is_excused(text: Text, token: Token) -> bool:
    """Whether a word is initials, part of an address or a code, or the half of a word that a line end parted."""
    prose, start, end = token.place
    before, after = prose.text[start - 1 : start], prose.text[end : end + 1]
    if before.isdigit() or after.isdigit() or (before in "_@\\" and before):
        return True
    if token.text.rstrip("s").isupper() and (len(token.text) <= _LONGEST_INITIALS or before + after == "()"):
        return True
    if _AUTHOR.match(prose.text, start):
        return True
    if _in_address(prose.text, start):
        return True
    return _is_half(text.tokens, token, before, after)


def _in_address(text: str, at: int) -> bool:
    """Whether the run of characters without a space at a place is an address."""
    start = text.rfind(" ", 0, at) + 1
    end = text.find(" ", at)
    run = text[start : end if end >= 0 else len(text)]
    return len(run) < 400 and any(found.start() <= at - start < found.end() for found in _ADDRESS.finditer(run))


def _is_half(tokens: Tokens, token: Token, before: str, after: str) -> bool:
    """Whether a hyphen at a line end parts a known word here."""
    if after != "-" and before != "-":
        return False
    at = tokens.index_at(token.place.start)
    if after == "-" and at + 1 < len(tokens) and tokens[at + 1].place.start == token.place.end + 1:
        return lexicon.is_known(_plain(token.text + tokens[at + 1].text))
    if before == "-" and at and tokens[at - 1].place.end == token.place.start - 1:
        return lexicon.is_known(_plain(tokens[at - 1].text + token.text))
    return False


def _starts_sentence(token: Token) -> bool:
    before = token.place.prose.text[: token.place.start].rstrip(' "“(')
    return not before or before[-1] in ".:;?!"


def _is_name(token: Token, correction: Correction) -> bool:
    """Whether a word is rather a name: names resemble many words by chance, the words of this field less so."""
    if not token.text[0].isupper() or token.text.isupper():
        return False
    meant = correction.candidates[0].casefold()
    if meant in lexicon.clinical_words() or _plain(token.text) in lexicon.misspellings():
        return not correction.certain and not _starts_sentence(token)
    return not _starts_sentence(token) or not lexicon.is_common(meant)


def is_near(one: str, other: str) -> bool:
    """Whether one word is a slip or two away from another."""
    from rapidfuzz.distance import OSA  # only what is doubtful needs it

    return OSA.distance(one, other, score_cutoff=2) <= 2


def match_case(meant: str, like: str) -> str:
    """A word in the case of another: CAPITALS, Capitalised or plain. Names keep their own."""
    if like.isupper():
        return meant.upper()
    return meant[:1].upper() + meant[1:] if like[:1].isupper() else meant
