"""Letters that nobody wrote: shuffled, chopped, spliced, noised."""

from __future__ import annotations

import random


def mangled(texts: list[str], seed: int) -> str:
    """One of `texts`, mangled in one of five ways; the same for the same seed."""
    chance = random.Random(seed)
    text = chance.choice(texts)
    match seed % 5:
        case 0:
            lines = text.split("\n")
            chance.shuffle(lines)
            return "\n".join(lines)
        case 1:
            start = chance.randrange(len(text))
            return text[start : start + chance.randrange(len(text))]
        case 2:
            other = chance.choice(texts)
            return text[: chance.randrange(len(text))] + other[chance.randrange(len(other)) :]
        case 3:
            characters = list(text)
            for _ in range(200):
                characters[chance.randrange(len(characters))] = chance.choice("\n\n :.\f\r\t\x00é1)(A#-\u2028\ufeff")
            return "".join(characters)
    paragraphs = text.split("\n\n")
    chance.shuffle(paragraphs)
    return "\r\n\r\n".join(paragraphs)
