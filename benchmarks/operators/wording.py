"""Defects of language: spelling, spacing, punctuation, grammar, and what the template left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

from imrlint.document.letter import Letter
from imrlint.reading import entities
from operators.kit import Change, like, operator, put, running, slip, summary, swap

# Words


@operator("language", "misspelling")
def word_misspelt(letter: Letter) -> Iterator[Change]:
    for prose in running(letter):
        for match in re.finditer(r"(?<=[a-z] )[a-z]{8,}\b", prose.text):
            if not any(term.start <= match.start() < term.end for term in entities.of_drugs(prose)):
                yield put(prose, match, slip(match.group()))
                break


@operator("language", "misspelling")
def letter_lost(letter: Letter) -> Iterator[Change]:
    for prose in running(letter):
        drugs = [term.start for term in entities.of_drugs(prose)]
        found = [m for m in re.finditer(r"(?<=[a-z] )[a-z]{9,}\b", prose.text) if m.start() not in drugs]
        for match in found[1:2]:
            word = match.group()
            yield put(prose, match, word[: len(word) // 3] + word[len(word) // 3 + 1 :])


@operator("language", "misspelt-drug", "misspelling")
def drug_misspelt(letter: Letter) -> Iterator[Change]:
    for prose in running(letter):
        for term in entities.of_drugs(prose):
            word = prose.text[term.start : term.end]
            if word.isalpha() and len(word) > 5:
                yield Change(prose.place(term.start, term.end), slip(word))
                break


CONFUSED = {
    "from": "form", "than": "then", "palpation": "palpitation", "loss": "lose", "trial": "trail", "facet": "faucet",
    "course": "coarse", "whether": "weather", "their": "there", "effect": "affect", "breath": "breathe",
    "prescribed": "proscribed", "diffuse": "defuse", "dose": "does", "perineal": "peroneal",
}  # fmt: skip


@operator("language", "real-word-error")
def word_confused(letter: Letter) -> Iterator[Change]:
    for prose in running(letter):
        if match := re.search(rf"\b(?:{'|'.join(CONFUSED)})\b", prose.text):
            yield put(prose, match, CONFUSED[match.group()])


swap("lumber-spine", "language", r"\b([Ll])umbar\b", r"\1umber", "real-word-error", where=running)
swap(
    "words-joined", "language", r"\b([a-z]{5,}) (?=(?:and|of|in|for|with|is|was)\b)", r"\1",
    "joined-words", "misspelling", where=running,
)  # fmt: skip
swap(
    "word-doubled", "language", r"\b(the|of|and|to|with|was|is|in) (?=[a-z])", r"\1 \1 ", "doubled-word", where=running
)
swap(
    "words-doubled", "language", r"\b(of the|in the|on the|to the|for the|with a|was not) ", r"\1 \1 ",
    "doubled-phrase", "missing-word", where=running,
)  # fmt: skip


# Spacing and marks

swap("space-lost-after-stop", "language", r"(?<=[a-z]{2})\. (?=[A-Z])", ".", "missing-space", where=running)
swap("space-lost-after-comma", "language", r"(?<=[a-z]), (?=[a-z])", ",", "missing-space", where=running)
swap("space-before-comma", "language", r"(?<=[a-z]), (?=[a-z])", " , ", "space-before-punctuation", where=running)
swap("stop-doubled", "language", r"(?<=[a-z])\. ", ".. ", "doubled-punctuation", where=running)
swap(
    "stop-lost", "language", r"(?<=[a-z])\. (?=(?:He|She|The|There|His|Her|No|In)\b)", " ", "sentence-case",
    where=running,
)  # fmt: skip
swap("bracket-not-closed", "language", r"(?<= )(\([a-zA-Z ]{2,40})\)", r"\1", "unbalanced-delimiter", where=running)
swap("hyphen-broken", "language", r"\b([a-z]{3,})-(?=[a-z]{3,}\b)", r"\1- ", "broken-hyphen", where=running)
swap("apostrophe-garbled", "language", r"(?<=[a-z])'(?=s\b)", "â€™", "foreign-character", where=running)
swap("dash-garbled", "language", r"(?<=\d)-(?=\d)", "â€“", "foreign-character", where=running)
swap("hyphen-hidden", "language", r"\b([a-z]{4})(?=[a-z]{4})", "\\1\u00ad", "foreign-character", where=running)


@operator("language", "unbalanced-delimiter")
def bracket_not_closed_again(letter: Letter) -> Iterator[Change]:
    """A remark in brackets, of which the second is missing."""
    for prose in running(letter):
        if match := re.search(r"(?<=[a-z]{3}) (?=(?:and|with|which|who|that)\b)", prose.text):
            yield put(prose, match, " (as was noted ")


# Grammar

swap("a-for-an", "language", r"\b([Aa])n (?=[aeiouEMLX])", r"\1 ", "article", where=running)
swap("an-for-a", "language", r"\ba (?=[bcdfgjklpqrstvwz][a-z]{2})", "an ", "article", where=running)
swap(
    "of-left-out", "language", r"\b(MRI|[Xx]-rays?|history|range|evidence|tenderness|loss) of (?=[a-z])", r"\1 ",
    "missing-word", where=running,
)  # fmt: skip
swap("for-left-out", "language", r"\brequest for (?=[a-z])", "request ", "missing-word", where=running)

SINGULAR = {
    "are": "is", "were": "was", "have": "has", "state": "states", "recommend": "recommends", "support": "supports",
    "show": "shows", "describe": "describes", "ask": "asks", "include": "includes", "reserve": "reserves",
}  # fmt: skip
PLURALS = (
    r"(?:guidelines|records|findings|notes|criteria|visits|sessions|tests|diagnoses|[Xx]-rays|symptoms|injections"
    r"|studies)"
)


@operator("language", "agreement")
def verb_in_singular(letter: Letter) -> Iterator[Change]:
    for prose in running(letter):
        if match := re.search(rf"\b(?:{PLURALS}) (?P<verb>{'|'.join(SINGULAR)})\b", prose.text):
            yield put(prose, match, SINGULAR[match["verb"]], "verb")


@operator("language", "agreement")
def there_was_with_plural(letter: Letter) -> Iterator[Change]:
    for prose in running(letter):
        if match := re.search(r"\b[Tt]here (?P<verb>was|is)(?= (?:no |a )?[a-z]+)", prose.text):
            yield put(prose, match, {"was": "were", "is": "are"}[match["verb"]], "verb")


# The template

BLANKS = ("[INSERT DATE]", "____", "XXXX")


@operator("structure", "unfilled-placeholder")
def placeholder_left(letter: Letter) -> Iterator[Change]:
    blanks = cycle(BLANKS)
    for prose in running(letter):
        if match := re.search(r"(?<=[a-z]{4} )[A-Za-z]{6,}(?= )", prose.text):
            yield put(prose, match, next(blanks))


@operator("structure", "unfilled-placeholder", "article")
def article_not_chosen(letter: Letter) -> Iterator[Change]:
    for prose in summary(letter):
        if match := re.search(r"\ban? (?=[a-z])", prose.text):
            yield put(prose, match, like("a(n) ", match.group()))
