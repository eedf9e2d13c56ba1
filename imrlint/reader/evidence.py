"""The evidence for a change, as numbers, and what they amount to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from imrlint.knowledge.language import lexicon
from imrlint.reader import near_words
from imrlint.reader.doubts import DoubtKind
from imrlint.reader.language_model import Gain
from imrlint.reader.network import Reading
from imrlint.reader.proposals import LABELS, Proposal, Word

MODEL = "model"
"""What the names of evidence by the language model have in them."""
_KINDS = frozenset(kind.value for kind in DoubtKind)
_MOST = 12.0  # a logarithm of odds is cut off there


class Verified(NamedTuple):
    """A proposal with the offer that fits best, and what the network says of the sentence with it.

    `after` is the highest log odds of a doubt at the changed place and at the words beside it; `doubts` of the words
    in the sentence, before and after.
    """

    proposal: Proposal
    offer: int
    after: float
    doubts: tuple[float, float]


def log_odds(labels: Sequence[float]) -> float:
    """The log odds of a doubt, from the logarithms of the probabilities of the labels."""
    right = min(float(labels[0]), -1e-6)
    return max(min(math.log(-math.expm1(right)) - right, _MOST), -_MOST)


def describe(words: Sequence[Word], reading: Reading, verified: Verified) -> dict[str, float]:
    """The evidence for a change, by name. Scores are rounded, so that two machines agree."""
    proposal = verified.proposal
    labels, word = reading.labels[proposal.doubted], words[proposal.doubted]
    lower = word.core.lower()
    offered = proposal.offers[verified.offer] if proposal.offers else None
    rival = max((o.score for i, o in enumerate(proposal.offers) if i != verified.offer), default=-12.0)
    small = lower in near_words.MISSING or len(lower) <= 3
    odds = log_odds(labels)
    evidence = {
        "doubt": odds,
        "label": max(float(labels[LABELS[proposal.kind]]) if proposal.words == 1 else float(max(labels[1:])), -_MOST),
        "after": verified.after,
        "gain": odds - verified.after,
        "settled": verified.doubts[0] - verified.doubts[1],
        "own": max(proposal.own, -_MOST),
        "length": float(len(words)),
        "others": verified.doubts[0],
        "capital": float(word.core[:1].isupper() and proposal.at > 0),
        "first": float(proposal.at == 0),
    }
    if offered:
        evidence |= {
            "offer": max(offered.score, -_MOST),
            "lead": max(min(offered.score - rival, _MOST), -_MOST),
            "better": max(min(offered.score - proposal.own, _MOST), -_MOST),
        }
    kind = proposal.kind
    if kind is DoubtKind.REPLACE and offered:
        other = offered.word.lower()
        known, meant = lexicon.frequency(lower), lexicon.frequency(other)
        evidence |= {
            "frequency": float(known),
            "rarer": float(meant - known),
            "common": float(lexicon.is_common(lower)),
            "small": float(small),
            "inflected": float(_same_stem(lower, other)),
        }
    prefix = "small " if kind is DoubtKind.REPLACE and small else ""
    if kind is DoubtKind.REPLACE and offered and (proposal.words > 1 or " " in offered.word):
        prefix = "split "
    return {f"{prefix}{kind.value} {name}": round(value, 2) for name, value in evidence.items()} | {
        f"{prefix}{kind.value}": 1.0
    }


def add_gain(evidence: dict[str, float], gain: Gain) -> dict[str, float]:
    """The evidence for a change, with what the language model says of it."""
    prefix = next(name for name, value in evidence.items() if value == 1.0 and name.split()[-1] in _KINDS)
    said = {
        "left": gain.left,
        "right": gain.right,
        "surprise": gain.surprise,
        "sum": gain.left + gain.right,
    }
    return (
        evidence
        | {f"{prefix} {MODEL} {name}": round(max(min(value, _MOST), -_MOST), 1) for name, value in said.items()}
        | {f"{prefix} {MODEL}": 1.0}
    )


def weigh(evidence: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability, from 0 to 1 and rounded to two decimals, that a proofreader would mark the place."""
    total = sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return round(1 / (1 + math.exp(-max(min(total, 30.0), -30.0))), 2)


def _same_stem(word: str, other: str) -> bool:
    """Whether two words begin alike and differ in their endings."""
    from rapidfuzz.distance import Prefix

    same = Prefix.similarity(word, other)
    return same >= 3 and max(len(word), len(other)) - same <= 4
