"""Groups of words in a prose that the tables list as wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language import phrases
from imrlint.reading.tokens import Tokens


class PhraseSlip(NamedTuple):
    """A wrong group of words. `kind` is "word", "missing" or "agree"; `right` is the correct or the missing wording."""

    place: Place
    kind: str
    right: str


def find_phrase_slips(prose: Prose, tokens: Tokens, is_quoted: Callable[[int], bool]) -> Iterator[PhraseSlip]:
    """The wrong groups of words outside quotations, in order."""
    table = phrases.phrases()
    found: dict[phrases.Phrase, None] = {}
    anchors: list[phrases.Anchor] = [*(phrases.single_anchors() & tokens.distinct)]
    anchors += phrases.double_anchors() & tokens.pairs
    for anchor in anchors:
        found.update(dict.fromkeys(table[anchor]))
    slips = [
        PhraseSlip(Place(prose, *match.span("wrong")), phrase.kind, phrase.right)
        for phrase in found
        for match in phrase.pattern.find_in(prose.text, prose.lower)
        if not is_quoted(match.start("wrong"))
    ]
    yield from sorted(slips, key=lambda slip: (slip.place.start, slip.place.end, slip.kind, slip.right))
