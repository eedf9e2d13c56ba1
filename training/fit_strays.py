"""Fit the weights of `imrlint.reading.strays` and `lone_sides`: when is a name that nothing else has a slip?

    python training/fit_strays.py FOLDER… [--list N] [--write]

The folders have letters (text). Names that only a rationale has, as they stand, are taken for right; the cases of
`training/strays`, which are right, are added. Slips are made: a drug or a part that the letter is about is exchanged
for another, a side for the other one, one at a time. The weights are those of a logistic regression in which both
classes weigh the same; the table shows how many slips are found at how many false alarms a letter, where no letter is
judged by weights to which it contributed. With `--list`, the right names that look most like slips are printed, with
`--write` the weights are written to `imrlint/reading/stray_weights.py`, below the thresholds, which are set by hand.
Numbers are not fitted: too few are right.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

import imrlint
from imrlint.document.letter import Side
from imrlint.knowledge.medicine import drugs
from imrlint.reading import Reading, lone_sides
from imrlint.reading.strays import StrayKind, find_candidates

FITTED = (StrayKind.DRUG.value, StrayKind.PART.value, StrayKind.SIDE.value, "lone side")
START = "WEIGHTS: Mapping[str, Mapping[str, float]] ="
WEIGHTS = Path(imrlint.__file__).parent / "reading" / "stray_weights.py"
CASES = Path(__file__).parent / "strays"
REACH = 20  # characters between a side and the part
OWN = 0.5  # share of the names put in that the letter has elsewhere
SLIPS = 6  # of a kind in a letter, at most
PARTS = {
    True: ("cervical", "thoracic", "lumbar", "patellar", "rotator cuff", "carpal tunnel"),
    False: ("shoulder", "elbow", "wrist", "hand", "thumb", "hip", "knee", "ankle", "foot", "neck", "low back", "jaw",
            "groin", "calf", "forearm", "heel", "thigh", "toe"),
}  # fmt: skip
ADJECTIVE = re.compile(
    r"(?:cervical|thoracic|lumbar|lumbosacral|spinal|patellar|rotator cuff|carpal tunnel)", re.IGNORECASE
)
SIDES = {"left": "right", "right": "left"}
SIDE = re.compile(r"\b(?:left|right)\b", re.IGNORECASE)
LETTER = """Case Number: CM17-9900001
Date Assigned: 04/03/2017    Date of Injury: 07/14/2016
Decision Date: 05/02/2017    UR Denial Date: 03/09/2017
Priority: Standard    Application Received: 03/26/2017

CLINICAL CASE SUMMARY
The expert reviewer developed the following clinical case summary based on a review of the case file, including all
medical records:

{summary}

IMR ISSUES, DECISIONS AND RATIONALES
The Final Determination was based on decisions for the disputed items/services set forth below:

{item}: {decision}

Claims Administrator guideline: Decision was based on MTUS Chronic Pain Medical Treatment 2009.

MAXIMUS guideline: Decision was based on MTUS Chronic Pain Medical Treatment 2009.

Decision rationale: {rationale}
"""
CASE_NAME = "case "
CASE = re.compile(
    r"ITEM:\s*(?P<item>.*?)\s*DECISION:\s*(?P<decision>\w+)\s*SUMMARY:\s*(?P<summary>.*?)\s*RATIONALE:\s*(?P<rationale>.*)",
    re.DOTALL,
)
RIDGE = 0.3
CASE_SHARE = 0.3
Matrix = npt.NDArray[np.float64]


class Example(NamedTuple):
    """A name that nothing else in its letter has, and whether it was put there."""

    letter: str
    kind: str
    is_slip: bool
    features: Mapping[str, float]
    sentence: str


def read_letters(folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """The name and the text of each letter, and of each right case."""
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            yield path.stem, imrlint.read(path).text
    for path in sorted(CASES.glob("*.txt")):
        for number, block in enumerate(re.split(r"\n-{4,}\n", path.read_text(encoding="utf-8"))):
            if case := CASE.search(block):
                yield f"{CASE_NAME}{path.stem}-{number}", LETTER.format(**case.groupdict())


def find_examples(name: str, text: str, rng: random.Random) -> Iterator[Example]:
    """The right names of a letter, and slips made in it."""
    reading = Reading(imrlint.parse(text))
    for kind, _, features, sentence in _find(text):
        yield Example(name, kind, False, features, sentence)
    for kind in FITTED:
        spots = list(_find_spots(reading, kind))
        rng.shuffle(spots)
        for start, end in spots[:SLIPS]:
            new = _exchange(text[start:end], kind, reading, rng)
            slipped = text[:start] + new + text[end:]
            for found, at, features, sentence in _find(slipped):
                if "example" in features and "side" not in kind:
                    continue  # an example exchanged for another may be right
                if found == kind and at[0] <= start + len(new) + REACH and start <= at[1]:
                    yield Example(name, kind, True, features, sentence)
                    break


def _find(text: str) -> Iterator[tuple[str, tuple[int, int], Mapping[str, float], str]]:
    reading = Reading(imrlint.parse(text))
    for item in reading.items:
        for kind, place, features, _ in find_candidates(item, reading.account):
            yield kind.value, (place.span.start, place.span.end), features, " ".join(place.sentence.text.split())
    rationales = [each.rationale for each in reading.items if each.rationale]
    for site, _, features in lone_sides.find_candidates(reading.told, rationales):
        start, end = site.place.span.start, site.place.span.end
        yield "lone side", (start, end), features, " ".join(site.place.sentence.text.split())


def _find_spots(reading: Reading, kind: str) -> Iterator[tuple[int, int]]:
    """Where a name, or a side, may be exchanged: in the rationales what the summary or the title names, too."""
    rationales = [each for each in reading.items if each.rationale and reading.summary]
    if "side" in kind:
        texts = reading.told if kind == "lone side" else [each.rationale for each in rationales if each.rationale]
        sites = (site for each in texts for site in each.sites if site.part.paired)
        for site in sites:
            start = site.place.span.start
            sides = list(SIDE.finditer(reading.letter.source.text, max(start - REACH, 0), start))
            if sides and site.side in (Side.LEFT, Side.RIGHT):
                yield sides[-1].span()
        return
    for item in rationales:
        assert item.rationale is not None
        assert reading.summary is not None
        if kind == StrayKind.DRUG.value:
            named = [*item.drugs, *(each.meaning for each in reading.summary.drugs)]
            places = [place for place, drug in item.rationale.drugs if any(drug.same_as(each) for each in named)]
        else:
            regions = item.regions | {each.meaning.region for each in reading.summary.parts}
            places = [place for place, part in item.rationale.parts if part.region in regions]
        for place in places:
            yield place.span.start, place.span.end


def _exchange(old: str, kind: str, reading: Reading, rng: random.Random) -> str:
    """Another name, or the other side; every second name is one that the letter has elsewhere, where it can be."""
    passages = [each for each in (reading.summary, *reading.titles) if each]
    own = [
        part.place.text for each in passages for part in (each.parts if kind == StrayKind.PART.value else each.drugs)
    ]
    own = [each for each in own if bool(ADJECTIVE.fullmatch(each)) == bool(ADJECTIVE.fullmatch(old)) and each != old]
    if "side" in kind:
        new = SIDES[old.lower()]
    elif kind == StrayKind.PART.value:
        new = rng.choice(own if own and rng.random() < OWN else PARTS[bool(ADJECTIVE.fullmatch(old))])
    else:
        new = rng.choice(own if own and rng.random() < OWN else DRUGS)
    return new.upper() if old.isupper() else new[:1].upper() + new[1:] if old[:1].isupper() else new


DRUGS = sorted(name for name in drugs.names() if (drug := drugs.look_up(name)) and drug.drug_class and name.isalpha())


def fit(values: Matrix, slips: npt.NDArray[np.bool_], counts: Matrix) -> Matrix:
    """The weights of a logistic regression (ridge, both classes of equal weight), one for each column.

    `counts` says how much each example counts in its class.
    """
    weights, target = np.zeros(values.shape[1]), slips.astype(float)
    shares = np.where(slips, counts * counts[~slips].sum() / max(counts[slips].sum(), 1.0), counts)
    penalty = np.full(values.shape[1], RIDGE)
    for _ in range(100):
        odds = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (shares * (target - odds)) - penalty * weights
        curve = (values * (shares * odds * (1 - odds))[:, None]).T @ values + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def count(examples: Sequence[Example]) -> Matrix:
    """How much each example counts: a right case less than a letter, since it was written to have such names."""
    return np.array([CASE_SHARE if each.letter.startswith(CASE_NAME) else 1.0 for each in examples])


def judge(examples: Sequence[Example], values: Matrix, slips: npt.NDArray[np.bool_]) -> Matrix:
    """The score of each example by weights to which its letter did not contribute."""
    scores, counts = np.zeros(len(examples)), count(examples)
    letters = np.array([each.letter for each in examples])
    for letter in set(letters):
        own = letters == letter
        scores[own] = values[own] @ fit(values[~own], slips[~own], counts[~own])
    return scores


def report(kind: str, examples: Sequence[Example], letters: int, most: int) -> Mapping[str, float]:
    """Print what the weights find, and give them."""
    names = sorted({name for each in examples for name in each.features})
    values = np.array([[each.features.get(name, 0.0) for name in names] for each in examples])
    slips = np.array([each.is_slip for each in examples])
    scores = judge(examples, values, slips)
    print(f"{kind}: {slips.sum()} slips, {(~slips).sum()} right names in {letters} letters")
    for alarms in (0, 1, 2, 3, 5, 8, 12, 16):
        right = sorted(scores[~slips], reverse=True)
        least = right[alarms] if alarms < len(right) else -np.inf
        print(f"  {alarms} false alarms: {np.mean(scores[slips] > least):.2f} found above {least:.2f}")
    for at in sorted(np.flatnonzero(~slips).tolist(), key=lambda at: -scores[at])[:most]:
        print(f"    {scores[at]:.2f} {examples[at].letter}: {examples[at].sentence[:200]}")
    return dict(zip(names, np.round(fit(values, slips, count(examples)), 2).tolist(), strict=True))


def print_weights(fitted: Mapping[str, Mapping[str, float]]) -> str:
    """The weights as they stand in the module."""
    kinds = []
    for kind, weights in fitted.items():
        rows = "".join(f'        "{name}": {weight},\n' for name, weight in weights.items())
        kinds.append(f'    "{kind}": {{\n{rows}    }},\n')
    return " {\n" + "".join(kinds) + "}\n"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", type=Path, nargs="+")
    options.add_argument("--write", action="store_true")
    options.add_argument("--list", type=int, default=0, metavar="N")
    chosen = options.parse_args()
    rng = random.Random(1)
    letters = list(read_letters(chosen.folders))
    examples = [example for name, text in letters for example in find_examples(name, text, rng)]
    fitted: dict[str, Mapping[str, float]] = {}
    for kind in FITTED:
        own = [each for each in examples if each.kind is kind]
        weights = report(kind, own, len(letters), chosen.list)
        fitted[kind] = weights
    if chosen.write:
        text = WEIGHTS.read_text(encoding="utf-8")
        WEIGHTS.write_text(text[: text.index(START)] + START + print_weights(fitted), encoding="utf-8")


if __name__ == "__main__":
    main()
