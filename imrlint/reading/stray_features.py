"""What speaks for and against a slip where a rationale names what nothing else in the letter does (`strays`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from imrlint.document.patterns import Pattern
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.account import Named
from imrlint.reading.coordination import are_bracketed, is_listed
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.retelling import Told
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.stance import Polarity

_EXAMPLE = Pattern(r"\b(?:such as|like|including|other|another|for example)\b[^.;]*$", re.IGNORECASE)
_COMPARED = Pattern(
    r"\b(?:instead|rather|alternatives?|than|first[- ]line|fail(?:s|ed|ure)?|before|whereas|while)\b", re.IGNORECASE
)
_ONLY = Pattern(r"\bonly\b", re.IGNORECASE)
_CONDITION = Pattern(rf"\b(?:{any_of('condition')}|should|would|could|may|might|can|where)\b", re.IGNORECASE)
_NOT_DONE = Pattern(r"[^.;,]{0,40}?\b(?:has|have|had|was|were|is|are) (?:not|never|yet)\b", re.IGNORECASE)


def read_features(
    named: Named, all_named: Sequence[Named], item: Item, rationale: Passage, told: Told
) -> Mapping[str, float]:
    """What speaks for and against a slip, by name: 1 where it is so; of what is told again, the share of its words.

    `all_named` are the names of the rationale, of which `named` is one; `told` the sentences that tell of such names.
    The names of the features are the rows of `stray_weights`; one that does not hold is left out.
    """
    place, sentence = named.place, rationale.sentence_of(named.place)
    others = [
        each
        for each in all_named
        if sentence.place.holds(each.place.start) and not each.meanings & named.meanings and each is not named
    ]
    polarity = sentence.judge_polarity(place)
    reference = next((each for each in rationale.references if each.place.holds(place.start)), None)
    features = {
        "always": True,
        "listed": is_listed(place, [each.place for each in others]),
        "others here": any(not each.is_own for each in others),
        "own here": any(each.is_own for each in others),
        "own nowhere": not any(each.is_own for each in all_named),
        "in brackets": any(are_bracketed(place, each.place) for each in others),
        "example": _EXAMPLE.search(place.before),
        "compared": _COMPARED.search(sentence.text),
        "only": _ONLY.search(sentence.text),
        "conditional": _CONDITION.search(sentence.text),
        "denied": polarity is Polarity.DENIED or _NOT_DONE.match(place.after),
        "considered": polarity is Polarity.THOUGHT,
        "of guideline": sentence.kind is SentenceKind.GUIDELINE,
        "of case": sentence.is_of_case,
        "general": sentence.is_general,
        "again": sum(bool(each.meanings & named.meanings) for each in all_named) > 1,
        "drug item": item.is_drug,
        "request": reference is not None,
        "conclusion": reference is not None and reference.is_subject,
        "in a treatment": any(each.place.holds(place.start) for each in rationale.treatments),
        "treatment here": any(item.has_treatment(each.meaning) for each in rationale.treatments_in(sentence.place)),
        "quoted": rationale.is_quoted(place.start),
    }
    weighed = {name: 1.0 for name, holds in features.items() if holds}
    return weighed | {"told": told.find(sentence.place, place).share}
