"""The reader: a network doubts words, and reads the sentence again with what should stand there."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from imrlint.reader import evidence, package, proposals, store
from imrlint.reader.doubts import Doubt, DoubtKind
from imrlint.reader.evidence import Verified
from imrlint.reader.language_model import Gain, LanguageModel, LanguageModelError
from imrlint.reader.network import Network, Reading
from imrlint.reader.proposals import Proposal, Word
from imrlint.reader.tokenization import wordpiece_encoder

_DOUBTED = math.log(0.5)  # the logarithm of the probability to be right below which a word is looked at
_WORTH = 0.12  # confidence from which the language model is asked
_OWN, _GAINED = 0.7, 1.5  # weight of the probability of an offer, and of the gain of the sentence
_REMEMBERED = 20_000  # sentences


class Evidence(NamedTuple):
    """A doubt in the making: where it is, what should be done, what may stand there, and the evidence by name."""

    start: int
    end: int
    kind: DoubtKind
    offers: tuple[str, ...]
    by_name: dict[str, float]


class Detector:
    """Reads sentences with a network, and weighs its doubts."""

    def __init__(
        self,
        network: Network,
        weights: Mapping[str, float],
        name: str,
        model: LanguageModel | None = None,
        weights_with_model: Mapping[str, float] | None = None,
    ) -> None:
        """A reader with a network and the weights of its evidence; with a `model`, also those of both together."""
        self._network, self._weights, self._name = network, weights, name
        self._model, self._weights_with_model = model, weights_with_model or {}
        self._known: dict[str, tuple[Doubt, ...]] = {}

    @property
    def name(self) -> str:
        """The network with its version."""
        return self._name

    def read(self, sentences: Sequence[str]) -> list[tuple[Doubt, ...]]:
        """The doubts in each sentence. A sentence that was read before is not read again."""
        new = list(dict.fromkeys(sentence for sentence in sentences if sentence not in self._known))
        if len(self._known) + len(new) > _REMEMBERED:
            self._known = {sentence: self._known[sentence] for sentence in sentences if sentence in self._known}
        for sentence, found in zip(new, self.gather(new), strict=True):
            self._known[sentence] = tuple(
                Doubt(each.start, each.end, each.kind, each.offers, self.weigh(each)) for each in found
            )
        return [self._known[sentence] for sentence in sentences]

    def weigh(self, found: Evidence) -> float:
        """The confidence in a doubt."""
        has_gain = any(evidence.MODEL in name.split() for name in found.by_name)
        return evidence.weigh(found.by_name, self._weights_with_model if has_gain else self._weights)

    def gather(self, sentences: Sequence[str]) -> list[list[Evidence]]:
        """The evidence for each change that may be needed in the sentences."""
        split = [proposals.split(sentence) for sentence in sentences]
        readings = self._network.read([[word.text for word in words] for words in split], _DOUBTED)
        proposed = [
            (number, proposal)
            for number, words in enumerate(split)
            for proposal in proposals.propose(words, readings[number], self._network.encoder)
        ]
        changed = [
            (number, proposal, offer) for number, proposal in proposed for offer in range(max(len(proposal.offers), 1))
        ]
        texts = [proposals.apply(split[number], proposal, offer) for number, proposal, offer in changed]
        again = self._network.read(texts, -math.inf)
        tried: dict[tuple[int, Proposal], list[Verified]] = {}
        for (number, proposal, offer), reading in zip(changed, again, strict=True):
            verified = _verify(proposal, offer, readings[number], reading)
            tried.setdefault((number, proposal), []).append(verified)
        gains = self._ask_model(split, readings, tried)
        found: list[list[Evidence]] = [[] for _ in sentences]
        for (number, proposal), attempts in tried.items():
            words = split[number]
            own = {each.offer: gain for each in attempts if (gain := gains.get((number, proposal, each.offer)))}
            attempts.sort(key=lambda each: _mark(each, own.get(each.offer)))
            by_name = evidence.describe(words, readings[number], attempts[0])
            if gain := own.get(attempts[0].offer):
                by_name = evidence.add_gain(by_name, gain)
            word = words[proposal.at]
            start, end = (word.core_start, word.core_end) if word.core else (word.start, word.start + len(word.text))
            if proposal.words > 1:
                end = words[proposal.at + proposal.words - 1].core_end
            offers = tuple(proposal.offers[each.offer].word for each in attempts if proposal.offers)
            found[number].append(Evidence(start, end, proposal.kind, offers, by_name))
        return found

    def _ask_model(
        self,
        split: Sequence[Sequence[Word]],
        readings: Sequence[Reading],
        tried: Mapping[tuple[int, Proposal], list[Verified]],
    ) -> dict[tuple[int, Proposal, int], Gain]:
        """What the language model says of each offer of the proposals that are worth it, by its number."""
        if self._model is None:
            return {}
        asked: list[tuple[int, Proposal, int]] = []
        for (number, proposal), attempts in tried.items():
            by_name = evidence.describe(split[number], readings[number], min(attempts, key=_mark))
            if evidence.weigh(by_name, self._weights) >= _WORTH:
                asked += [(number, proposal, each.offer) for each in attempts]
        changes = [proposals.change(split[number], proposal, offer) for number, proposal, offer in asked]
        return dict(zip(asked, self._model.weigh(changes), strict=True)) if changes else {}


def _mark(verified: Verified, gain: Gain | None = None) -> float:
    """How badly an offer fits: by the doubts that are left, by its own probability, and by what the sentence gains."""
    score = verified.proposal.offers[verified.offer].score if verified.proposal.offers else 0.0
    gained = gain.left + gain.right if gain else 0.0
    return round(verified.after - _OWN * max(score, -12.0) - _GAINED * gained, 2)


def _verify(proposal: Proposal, offer: int, before: Reading, after: Reading) -> Verified:
    first = max(proposal.at - 1, 0)
    words = 0 if proposal.kind is DoubtKind.DELETE else 1
    if proposal.offers:
        words = proposal.offers[offer].word.count(" ") + (2 if proposal.kind is DoubtKind.INSERT else 1)
    left = max(evidence.log_odds(labels) for labels in after.labels[first : proposal.at + words + 1])
    return Verified(proposal, offer, round(left, 2), (_sum(before), _sum(after)))


def _sum(reading: Reading) -> float:
    """How many words of a sentence are doubted, as the sum of the probabilities."""
    return round(float(sum(-math.expm1(min(float(labels[0]), 0.0)) for labels in reading.labels)), 2)


@cache
def load(threads: int = 1) -> Detector:
    """The detector of the package. Raises ImportError where the extra `reader` is not installed."""
    folder = Path(str(files("imrlint.reader")))
    weights = json.loads((folder / "detector.json").read_text(encoding="utf-8"))
    network = Network(folder / "detector.onnx", wordpiece_encoder(folder / "detector.txt"), threads)
    model = _load_model(threads)
    name = f"{weights['name']} with {package.NAME} {package.VERSION}" if model else weights["name"]
    return Detector(network, weights["weights"], name, model, weights["weights with model"])


def _load_model(threads: int) -> LanguageModel | None:
    """The language model, where it is installed and whole."""
    path = store.find_language_model()
    if path is None:
        return None
    try:
        return LanguageModel(path, threads)
    except LanguageModelError:
        return None  # `imrlint reader show` says what is wrong
