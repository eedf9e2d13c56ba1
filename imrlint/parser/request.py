"""Titles of disputed items: what is requested, its strength and quantity, how often, how long, where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple, TypeVar

from imrlint.document.letter import Field, Portion, Request, RequestKind, Side
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Prose
from imrlint.knowledge.guidelines import subjects
from imrlint.knowledge.language import numbers
from imrlint.knowledge.medicine import drugs, levels, strengths, vocabulary
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.knowledge.terms import Term
from imrlint.parser import measures
from imrlint.parser.automaton import Token, Tree
from imrlint.parser.grammars import parse

T = TypeVar("T")
_SHARE = re.compile(r"%|percent")
_COMPOUND = Pattern(r"\bcompound|\bcream base\b|\bin (?:a )?base\b", re.IGNORECASE)
_IS = re.compile(r"\s+is\s*$")
# "ultrasound-guided", "post-operative": words that refer to a procedure that is not the one requested.
_AROUND = re.compile(
    r"\b(?:ultrasound|fluoroscop\w+|ct|x-ray|mri)[- ]guid\w+"
    r"|\b(?:post|pre)[- ]?(?:op(?:erative(?:ly)?)?|surgical|surgery|injections?|procedur(?:e|al))\b",
    re.IGNORECASE,
)
_THING = Pattern(r"\b(?:unit|device|machine|chair|system|membership)s?\b", re.IGNORECASE)
_TOPICAL = Pattern(
    r"\b(?:topical(?:ly)?|creams?|gels?|ointments?|patch(?:es)?|lotions?|sprays?|pads?|rubs?|roll-on|balm|liniment"
    r"|solution|foam|compound(?:ed)?)\b|%",
    re.IGNORECASE,
)
_MILLIGRAMS = Pattern(r"\d ?(?:mg|mcg|iu)\b", re.IGNORECASE)
_RETROSPECTIVE = Pattern(r"\bretro(?:spective)?\b", re.IGNORECASE)

# "surgery consultation", "TENS electrodes": of adjacent names, one of these kinds is what is requested.
_THERAPY = Pattern(r"[ -]*therapy\b", re.IGNORECASE)
_LAST = (RequestKind.CONSULTATION, RequestKind.SUPPLY)
# Kinds that cover very different things: the subjects of what is named are more exact than the kind.
_BROAD = (
    RequestKind.THERAPY,
    RequestKind.DEVICE,
    RequestKind.LABORATORY,
    RequestKind.ELECTRODIAGNOSTIC,
    RequestKind.OTHER,
)

_SIDES = {"l": Side.LEFT, "lt": Side.LEFT, "left": Side.LEFT, "r": Side.RIGHT, "rt": Side.RIGHT, "right": Side.RIGHT}
# "120 NORCO", "4 TRIGGER POINT INJECTIONS", "One (1) x-ray": a title may begin with the quantity.
_LEADING = Pattern(rf"(?:(?:{numbers.WORDS})(?: ?\(\d+\))?|\d+) (?=[a-z])", re.IGNORECASE)


class _Measure(NamedTuple):
    """A strength, quantity, frequency … (the `kind` of the grammar) at characters `start` up to `end` of the title."""

    kind: str
    start: int
    end: int


class _PortionDraft(NamedTuple):
    """A portion of the title: characters `start` up to `end`, and the measures in it."""

    start: int
    end: int
    measures: tuple[_Measure, ...]


class _RequestDraft(NamedTuple):
    disputed: _PortionDraft
    original: _PortionDraft | None
    authorized: _PortionDraft | None


def read_request(title: Prose) -> Request:
    """The request that a title states."""
    draft = _draft_request(title.text)
    wording = _AROUND.sub(_blank, title.text[draft.disputed.start : draft.disputed.end])
    kind = _find_kind(wording)
    return Request(
        kind=kind,
        subjects=_find_subjects(kind, wording),
        disputed=_build_portion(draft.disputed, title),
        original=_build_portion(draft.original, title) if draft.original else None,
        authorized=_build_portion(draft.authorized, title) if draft.authorized else None,
        retrospective=bool(_RETROSPECTIVE.search(title.text)),
    )


def read_portions(words: Prose) -> tuple[Portion, ...]:
    """The portions of words of the running text, which are read as a title is, but request nothing."""
    draft = _draft_request(words.text)
    portions = (draft.original, draft.authorized, draft.disputed)
    return tuple(_build_portion(portion, words) for portion in portions if portion)


def _draft_request(text: str) -> _RequestDraft:
    original = authorized = disputed = last = None
    marker = ""
    for child in parse("request", text).children:
        if isinstance(child, Token):
            marker = child.type
            if marker == "ORIGINAL":
                original = last
            elif marker == "AUTHORIZED":
                authorized = last
            continue
        last = _draft_portion(child)
        if marker == "REMAINING":
            disputed = last
        elif marker == "CLAIMS_AUTHORIZED":
            authorized = last
    whole = _PortionDraft(0, len(text), ())
    return _RequestDraft(disputed or original or last or whole, original, authorized)


def _blank(words: re.Match[str]) -> str:
    return " " * len(words.group())


def _draft_portion(phrase: Tree) -> _PortionDraft:
    found = []
    places = []
    for item in phrase.children:
        assert not isinstance(item, Token)
        tokens = [token for token in item.children if isinstance(token, Token)]
        start, end = tokens[0].start, tokens[-1].end
        places += [start, end]
        if item.data != "word":
            found.append(_Measure(item.data, start, end))
    return _PortionDraft(places[0], places[-1], tuple(found))


def _find_kind(wording: str) -> RequestKind:
    """The kind of what is named first; a drug named inside a treatment does not make it a drug."""
    named = list(vocabulary.find(wording))
    found = vocabulary.select(Treatment, named)
    treatment = found[0] if found else None
    kind = treatment.meaning.kind if treatment else RequestKind.OTHER
    for before, after in pairwise(found):
        if after.start > before.end + 1:
            break
        if after.meaning.kind in _LAST and not _THERAPY.match(wording, after.end):
            kind = after.meaning.kind
    if treatment and kind is RequestKind.THERAPY and _THING.search(wording, treatment.end):
        return RequestKind.DEVICE
    first = vocabulary.select(Drug, named)
    if first and kind is RequestKind.INJECTION:
        return RequestKind.INJECTION
    if first and (treatment is None or first[0].start < treatment.start):
        compound = len({drug.meaning.name for drug in first}) > 1 and _SHARE.search(wording)
        return RequestKind.COMPOUND if compound or _COMPOUND.search(wording) else RequestKind.DRUG
    if treatment is None and (_MILLIGRAMS.search(wording) or _TOPICAL.search(wording)):
        return RequestKind.COMPOUND if _COMPOUND.search(wording) else RequestKind.DRUG  # one that is in no table
    return kind


def _find_subjects(kind: RequestKind, wording: str) -> frozenset[str]:
    """The subjects that a guideline on the request may have."""
    if kind in (RequestKind.DRUG, RequestKind.COMPOUND):
        of_drugs = frozenset[str]().union(*(subjects.list_for_drug(term.meaning) for term in drugs.find(wording)))
        topical = kind is RequestKind.COMPOUND or _TOPICAL.search(wording) or not _MILLIGRAMS.search(wording)
        return of_drugs | {"topical drug"} if topical and of_drugs else of_drugs
    named = subjects.find(wording)
    if kind is RequestKind.INJECTION:
        return named.union(*(subjects.list_for_drug(term.meaning) for term in drugs.find(wording)))
    return named if kind in _BROAD and named else named | {kind.value}


def _build_portion(draft: _PortionDraft, title: Prose) -> Portion:
    wording = title.text[draft.start : draft.end]
    if trailing := _IS.search(wording):
        wording = wording[: trailing.start()]
    named = list(vocabulary.find(wording))
    parts = vocabulary.select(Part, named)

    def field(start: int, stop: int, value: T | None) -> Field[T]:
        span = title.locate(start, stop)
        return Field(title.source[span], span, value)

    def read(kind: str, value: Callable[[str], T | None]) -> tuple[Field[T], ...]:
        return tuple(field(a, b, value(title.text[a:b])) for name, a, b in draft.measures if name == kind)

    def field_of(term: Term[Part] | Term[Drug] | Term[vocabulary.Named], value: T) -> Field[T]:
        return field(draft.start + term.start, draft.start + term.end, value)

    sides = [
        *read("side", _read_side),
        *(field_of(term, Side(term.meaning.side)) for term in parts if term.meaning.side),
    ]
    is_counted = any(each.kind == "quantity" and each.start == draft.start for each in draft.measures)
    leading = () if is_counted else _find_leading_quantity(wording, named)
    leading_quantities = [field(draft.start, draft.start + end, number) for end, number in leading]
    return Portion(
        span=title.locate(draft.start, draft.start + len(wording)),
        text=wording,
        drugs=tuple(field_of(term, term.meaning.name) for term in vocabulary.select(Drug, named)),
        strengths=read("strength", strengths.read),
        forms=read("form", str.casefold),
        quantities=(*leading_quantities, *read("quantity", measures.read_quantity)),
        refills=read("refill", _read_refills),
        frequencies=read("frequency", measures.read_rate),
        durations=read("duration", measures.read_days),
        service_dates=read("service_date", str),
        body_parts=tuple(field_of(term, term.meaning.region) for term in parts),
        levels=read("level", levels.spell_out),
        sides=tuple(sorted(sides, key=lambda side: side.span)),
    )


def _find_leading_quantity(wording: str, named: list[Term[vocabulary.Named]]) -> Iterator[tuple[int, float]]:
    """The end and the value of a number at the beginning, where the name of a drug or a treatment follows it."""
    number = _LEADING.match(wording)
    if number and any(term.start == number.end() and not isinstance(term.meaning, Part) for term in named):
        yield number.end() - 1, numbers.read(number.group())[0]


def _read_side(printed: str) -> Side:
    return _SIDES.get(printed.casefold(), Side.BOTH)


def _read_refills(printed: str) -> float:
    counts = numbers.read(printed)
    return counts[0] if counts else 0.0
