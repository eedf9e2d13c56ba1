"""The weights by which names that only a rationale has are judged (`strays`).

Fitted by `training/fit_strays.py` to the published letters of development and to invented ones. A weight is what a
feature adds to the logarithm of the odds that the name is a slip.
"""

from __future__ import annotations

from collections.abc import Mapping

LIKELY = {"drug": 1.65, "part": 1.0, "side": -1.2, "lone side": 0.5, "number": 0.0}
POSSIBLE = {"drug": 0.6, "part": 0.2, "side": -1.2, "lone side": 0.0, "number": 0.0}
"""The scores from which a stray is reported, surely or as a possibility.

The first is the lower, the rarer right strays are in letters: the 167 letters to which the weights were fitted have 33
drugs, 41 parts and 2 sides that are strays as they stand, of which 4, 4 and 1 reach it, judged without their letter. A
number that retells another has no weights: as it stands it is a slip.
"""

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "drug": {
        "again": -1.42,
        "always": -0.9,
        "compared": 0.72,
        "conclusion": 2.1,
        "conditional": -1.24,
        "considered": 0.35,
        "denied": -0.07,
        "drug item": 0.37,
        "elsewhere": 0.77,
        "example": -2.36,
        "general": 1.58,
        "in a treatment": 1.12,
        "in brackets": 0.83,
        "listed": -1.01,
        "of case": 1.29,
        "of guideline": 1.29,
        "only": -0.74,
        "others here": -0.84,
        "own here": 0.12,
        "own nowhere": 0.59,
        "quoted": 0.47,
        "request": 0.27,
        "told": 4.99,
        "treatment here": 0.89,
    },
    "part": {
        "again": -1.59,
        "always": -0.95,
        "compared": 0.37,
        "conclusion": 1.17,
        "conditional": 0.56,
        "considered": 0.02,
        "denied": -0.14,
        "drug item": -1.12,
        "elsewhere": 1.31,
        "example": -3.31,
        "general": -0.58,
        "in a treatment": -0.97,
        "listed": -0.63,
        "of case": 0.74,
        "of guideline": 1.29,
        "only": 0.12,
        "others here": -0.99,
        "own here": 0.7,
        "own nowhere": 0.25,
        "quoted": 0.99,
        "request": 1.86,
        "told": 4.65,
        "treatment here": 0.07,
    },
    "side": {
        "again": -0.66,
        "always": -0.79,
        "compared": 0.91,
        "conclusion": 1.21,
        "conditional": -0.42,
        "considered": -0.31,
        "denied": 0.26,
        "drug item": 0.76,
        "elsewhere": 0.61,
        "explained": -0.59,
        "in a treatment": 0.11,
        "limb has it": 1.15,
        "listed": 0.23,
        "of case": -0.34,
        "of guideline": -0.03,
        "only": -0.64,
        "others here": 0.65,
        "own here": 0.06,
        "own nowhere": 0.34,
        "quoted": 0.05,
        "request": 1.5,
        "told": 2.44,
        "treatment here": 1.27,
    },
    "lone side": {
        "always": 0.88,
        "beside": -0.04,
        "explained": -1.7,
        "in a title": 1.32,
        "others": -0.03,
        "same part": 0.85,
        "topic": -2.4,
    },
}
