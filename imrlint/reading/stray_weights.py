"""The weights by which names that only a rationale has are judged (`strays`).

Fitted by `training/fit_strays.py` to the published letters of development and to invented ones. A weight is what a
feature adds to the logarithm of the odds that the name is a slip.
"""

from __future__ import annotations

from collections.abc import Mapping

LIKELY = {"drug": 1.2, "part": 0.7, "side": -1.2, "lone side": 0.4, "number": 0.0}
POSSIBLE = {"drug": 0.2, "part": -0.3, "side": -1.2, "lone side": 0.0, "number": 0.0}
"""The scores from which a stray is reported, surely or as a possibility.

The first is the lower, the rarer right strays are in letters: the 167 letters to which the weights were fitted have 33
drugs, 39 parts and 2 sides that are strays as they stand, of which 2, 3 and 2 reach it, judged without their letter. A
number that retells another has no weights: as it stands it is a slip.
"""

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "drug": {
        "again": -1.57,
        "always": -0.43,
        "compared": 0.59,
        "conclusion": 1.47,
        "conditional": -1.1,
        "considered": 0.22,
        "denied": 0.05,
        "drug item": 0.14,
        "elsewhere": 0.75,
        "example": -2.04,
        "general": 1.5,
        "in a treatment": 0.79,
        "in brackets": 0.82,
        "listed": -1.1,
        "of case": 1.15,
        "of guideline": 0.67,
        "only": -1.04,
        "others here": -0.72,
        "own here": 0.02,
        "own nowhere": 0.16,
        "quoted": 0.38,
        "request": 0.78,
        "told": 3.67,
        "treatment here": 0.6,
    },
    "part": {
        "again": -1.68,
        "always": -0.66,
        "compared": 0.26,
        "conclusion": 0.85,
        "conditional": 0.62,
        "considered": -0.33,
        "denied": -0.19,
        "drug item": -0.8,
        "elsewhere": 1.06,
        "example": -2.58,
        "general": -0.88,
        "in a treatment": -0.16,
        "listed": -0.59,
        "of case": 0.68,
        "of guideline": 0.76,
        "only": 0.2,
        "others here": -1.0,
        "own here": 0.51,
        "own nowhere": 0.34,
        "quoted": 0.72,
        "request": 1.52,
        "told": 4.03,
        "treatment here": 0.13,
    },
    "side": {
        "again": -0.68,
        "always": -0.39,
        "compared": 0.29,
        "conclusion": 0.77,
        "conditional": -0.08,
        "considered": -0.39,
        "denied": 0.23,
        "drug item": 0.5,
        "elsewhere": 0.52,
        "explained": -0.59,
        "in a treatment": 0.07,
        "limb has it": 0.9,
        "listed": 0.2,
        "of case": -0.21,
        "of guideline": -0.07,
        "only": -0.37,
        "others here": 0.28,
        "own here": 0.12,
        "own nowhere": 0.32,
        "quoted": 0.04,
        "request": 1.0,
        "told": 1.69,
        "treatment here": 0.96,
    },
    "lone side": {
        "always": 0.84,
        "explained": -1.66,
        "in a title": 0.96,
        "others": -0.11,
        "same part": 0.83,
        "topic": -2.04,
    },
}
