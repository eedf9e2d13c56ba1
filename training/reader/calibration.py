"""What the evidence of a reader is worth: a logistic regression on the marks of proofreaders, judged over letters
that it has not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observation:
    """A change that a reader may propose, in one letter: the evidence by name, and whether a proofreader marked the
    place.

    `weight` is what it counts in the regression. Of several changes at the same `place`, one is reported.
    """

    letter: str
    evidence: Mapping[str, float]
    marked: bool
    weight: float = 1.0
    place: int = 0


def names_of(observations: Iterable[Observation]) -> list[str]:
    """The names of all evidence, in alphabetical order."""
    return sorted({name for each in observations for name in each.evidence})


def _matrix(observations: Sequence[Observation], names: Sequence[str]) -> Floats:
    return np.array([[each.evidence.get(name, 0.0) for name in names] for each in observations])


def fit(observations: Sequence[Observation], names: Sequence[str], strength: float) -> dict[str, float]:
    """The weight of each kind of evidence, by Newton's method, with a penalty on their squares once they have the
    same scale.
    """
    x = _matrix(observations, names)
    deviation = np.sqrt((x**2).mean(0))
    deviation[deviation == 0] = 1.0
    x = x / deviation
    y = np.array([each.marked for each in observations], float)
    counts = np.array([each.weight for each in observations])
    weights = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (counts * (p - y)) + strength * weights
        hessian = (x.T * (counts * p * (1 - p))) @ x + strength * np.eye(len(names))
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, (weights / deviation).tolist(), strict=True))


def score(observation: Observation, weights: Mapping[str, float]) -> float:
    """The probability that a proofreader would mark the place."""
    total = sum(weights.get(name, 0.0) * value for name, value in observation.evidence.items())
    return float(1 / (1 + np.exp(-np.clip(total, -30, 30))))


def cross_validate(observations: Sequence[Observation], strength: float, folds: int = 10) -> list[float]:
    """The score of each observation by weights that were fitted on other letters."""
    letters = sorted({each.letter for each in observations})
    fold_of = {letter: i % folds for i, letter in enumerate(letters)}
    names = names_of(observations)
    scores = [0.0] * len(observations)
    for fold in range(folds):
        weights = fit([each for each in observations if fold_of[each.letter] != fold], names, strength)
        for i, each in enumerate(observations):
            if fold_of[each.letter] == fold:
                scores[i] = score(each, weights)
    return scores


class Point(NamedTuple):
    """What is reported at a threshold: findings a letter, and the share of them that is marked."""

    threshold: float
    per_letter: float
    precision: float
    found: int


def curve(observations: Sequence[Observation], scores: Sequence[float], letters: int) -> Iterator[Point]:
    """What is reported at several numbers of findings a letter: of each place the change with the highest score."""
    best: dict[tuple[str, int], tuple[float, bool]] = {}
    for value, each in zip(scores, observations, strict=True):
        key = (each.letter, each.place)
        best[key] = max(best.get(key, (-1.0, False)), (value, each.marked))
    ranked = sorted(best.values(), key=lambda each: (-each[0], each[1]))
    for per_letter in (0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0):
        count = min(round(per_letter * letters), len(ranked))
        if count:
            found = sum(marked for _, marked in ranked[:count])
            yield Point(round(ranked[count - 1][0], 3), per_letter, round(found / count, 3), found)
