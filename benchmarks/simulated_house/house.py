"""The house: who writes at which time, and which wordings each reviewer prefers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from .grammar import Grammar
from .passages import Passage, Variant, Wording, read_passages
from .reviewers import Reviewer, read_reviewers

_SAMPLES = 200  # wordings of which one is drawn
_PREFERRED = 0.75  # share of what a reviewer writes in the preferred wording
_RARE = 0.05  # share of a rare variant in its passage
_HABIT = 0.6  # the greatest share of one in what a reviewer writes
_LIKINGS = (1, 2, 4)  # weights of passages that may stand in any letter
_TIMES = 200  # parts of the archive in which the same reviewers write


class Edition(NamedTuple):
    """The wordings of a passage up to a time, each as often as a reviewer writes it."""

    until: float
    wordings: list[Wording]


class Style:
    """How a reviewer writes: in sentences of the grammar, and in passages, of which some are liked more than others."""

    def __init__(self, reviewer: Reviewer, seed: int, rare: Mapping[str, Mapping[str, float]]) -> None:
        """`rare` has the share of the rare variant of each passage, by reviewer."""
        self.reviewer = reviewer
        self.grammar = Grammar(reviewer.habits, reviewer.write_number)
        self._editions: dict[str, list[Edition]] = {}
        self.likings: dict[str, int] = {}
        for passage in read_passages():
            random = Random(f"{seed} {reviewer.name} {passage.name}")
            self.likings[passage.name] = random.choice(_LIKINGS)
            self._editions[passage.name] = [
                Edition(until, self._weigh(passage, variants, rare[passage.name].get(reviewer.name, 0.0), random))
                for until, variants in passage.editions
            ]

    def _weigh(self, passage: Passage, variants: Sequence[Variant], rare: float, random: Random) -> list[Wording]:
        """The wordings of an edition, each as often as it is likely."""
        common = [variant for variant in variants if not variant.is_rare]
        shares = [variant.share for variant in common]
        (preferred,) = random.choices(common, shares)
        weights = {variant.name: rare for variant in variants if variant.is_rare}
        left = 1 - sum(weights.values())
        for variant in common:
            share = _PREFERRED * (variant is preferred) + (1 - _PREFERRED) * variant.share / sum(shares)
            weights[variant.name] = left * share
        return [
            wording
            for variant in variants
            for wording in [self.word(passage, variant)] * round(_SAMPLES * weights[variant.name])
        ]

    def word(self, passage: Passage, variant: Variant) -> Wording:
        """A variant as this reviewer writes it."""
        return Wording(passage, variant, self.reviewer.habits, self.reviewer.gap)

    def choose_wording(self, passage: Passage, time: float, chance: Callable[[], float]) -> Wording:
        """A wording that the house accepts at a time."""
        wordings = next(edition.wordings for edition in self._editions[passage.name] if time < edition.until)
        return wordings[int(chance() * len(wordings))]

    def word_all(self, passage: Passage) -> list[Wording]:
        """All right wordings of a passage: those of every edition, and the new one."""
        return [self.word(passage, variant) for variant in (*passage.variants, passage.novel)]


class House:
    """The house that a seed makes; another seed gives its reviewers other preferences."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._rare = {passage.name: self._share_rare_variant(passage) for passage in read_passages()}
        self._styles: dict[str, Style] = {}
        self._writing: dict[int, list[Reviewer]] = {}

    def _share_rare_variant(self, passage: Passage) -> dict[str, float]:
        """How much of what a reviewer writes is in the rare variant, by reviewer.

        Either all of them use it now and then, or it is the habit of two who write at the latest time.
        """
        random = Random(f"{self._seed} habit {passage.name}")
        if random.random() < 0.5:
            return {reviewer.name: _RARE for reviewer in read_reviewers()}
        latest = [reviewer for reviewer in read_reviewers() if reviewer.left >= 1]
        habitual = random.sample(latest, 2)
        written = sum(map(_measure_work, habitual)) / sum(map(_measure_work, read_reviewers()))
        return {reviewer.name: min(_HABIT, _RARE / written) for reviewer in habitual}

    def find_style(self, reviewer: Reviewer) -> Style:
        """The style of a reviewer, newcomers included."""
        if reviewer.name not in self._styles:
            self._styles[reviewer.name] = Style(reviewer, self._seed, self._rare)
        return self._styles[reviewer.name]

    def choose_style(self, time: float, chance: Callable[[], float]) -> Style:
        """The style of a reviewer who writes at a time."""
        part = int(time * _TIMES)
        if part not in self._writing:
            self._writing[part] = [
                reviewer
                for reviewer in read_reviewers()
                if reviewer.joined <= part / _TIMES < reviewer.left
                for _ in range(reviewer.share)
            ]
        writing = self._writing[part]
        return self.find_style(writing[int(chance() * len(writing))])


def _measure_work(reviewer: Reviewer) -> float:
    """A measure of how many letters of the archive a reviewer has written."""
    return reviewer.share * (reviewer.left - reviewer.joined)
