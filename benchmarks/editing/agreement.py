"""(j) Broken agreement: a verb in the wrong number, or a singular noun after a word that requires the plural."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from editing.edit import Spot
from editing.letter import RightLetter, Span
from editing.lexicon import Lexicon

OTHER_NUMBER = {
    "is": "are", "are": "is", "was": "were", "were": "was", "has": "have", "have": "has", "does": "do", "do": "does",
}  # fmt: skip
VERB = re.compile(
    r"(?<![a-z]ould )(?<![a-z]ould not )(?<!may )(?<!must )(?<!might )(?<!to )"
    r"\b(?:is|are|was|were|has|have|does)\b(?=\s+[a-z])"
)
PLURAL = re.compile(
    r"(?<!type )"
    r"\b(?:two|three|four|five|six|seven|eight|ten|twelve|[2-9]|1\d|many|several|multiple|these|those|both)\s+"
    r"(?P<noun>[a-z]{3,}[^siu\W]s)\b(?!\s+(?:of\s+)?\d)"
)


def find_agreements(letter: RightLetter) -> Iterator[Spot]:
    for match in letter.find(VERB, *letter.prose):
        yield Spot(Span(*match.span()))
    for match in letter.find(PLURAL, *letter.prose):
        yield Spot(Span(*match.span("noun")))


def lose_agreement(letter: RightLetter, spot: Spot, _: Random, __: Lexicon) -> tuple[Span, str]:
    word = letter[spot.place]
    return spot.place, OTHER_NUMBER.get(word, word[:-1])
