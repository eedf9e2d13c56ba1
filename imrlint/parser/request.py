"""The title of a disputed item, read: what is asked for, how strong, how much, how often, where."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lark import Token

from imrlint.knowledge import anatomy, drugs, subjects, treatments
from imrlint.model import Field, Portion, Prose, Request, RequestKind
from imrlint.parser.grammars import Node, parse

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_COMPOUND = re.compile(r"\bcompound|\bcream base\b|\bin (?:a )?base\b", re.IGNORECASE)
_IS = re.compile(r"\s+is\s*$")
# What comes before or after a procedure is not the procedure.
_AROUND = re.compile(
    r"\b(?:post|pre)[- ]?(?:op(?:erative(?:ly)?)?|surgical|surgery|injections?|procedur(?:e|al))\b", re.IGNORECASE
)
_THING = re.compile(r"\b(?:unit|device|machine|chair|system|membership)s?\b", re.IGNORECASE)
_TOPICAL = re.compile(
    r"\b(?:topical(?:ly)?|creams?|gels?|ointments?|patch(?:es)?|lotions?|sprays?|pads?|rubs?|roll-on|balm|liniment"
    r"|solution|foam|compound(?:ed)?)\b|%",
    re.IGNORECASE,
)
_MILLIGRAMS = re.compile(r"\d ?(?:mg|mcg)\b", re.IGNORECASE)
_RETROSPECTIVE = re.compile(r"\bretro(?:spective)?\b", re.IGNORECASE)

# Kinds that hold very different things: what is named tells more than the kind.
_BROAD = (RequestKind.THERAPY, RequestKind.DEVICE, RequestKind.LABORATORY, RequestKind.ELECTRODIAGNOSTIC)

_FIELDS = {
    "strength": "strengths",
    "quantity": "quantities",
    "frequency": "frequencies",
    "duration": "durations",
    "service_date": "service_dates",
    "side": "sides",
}


class _Draft(NamedTuple):
    """A portion of the title: characters `start` up to `end`, and what the grammar found there."""

    start: int
    end: int
    found: tuple[tuple[str, int, int], ...]


class _Reading(NamedTuple):
    kind: RequestKind
    subjects: frozenset[str]
    disputed: _Draft
    original: _Draft | None
    authorized: _Draft | None


def request(title: Prose) -> Request:
    """What a title asks for."""
    reading = _read(title.text)
    return Request(
        kind=reading.kind,
        subjects=reading.subjects,
        disputed=_portion(reading.disputed, title),
        original=_portion(reading.original, title) if reading.original else None,
        authorized=_portion(reading.authorized, title) if reading.authorized else None,
        retrospective=bool(_RETROSPECTIVE.search(title.text)),
    )


@lru_cache(maxsize=4096)
def _read(text: str) -> _Reading:
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
        last = _draft(child)
        if marker == "REMAINING":
            disputed = last
        elif marker == "CLAIMS_AUTHORIZED":
            authorized = last
    whole = _Draft(0, len(text), ())
    disputed = disputed or original or last or whole
    wording = _AROUND.sub(lambda around: " " * len(around.group()), text[disputed.start : disputed.end])
    kind = _kind(wording)
    return _Reading(kind, _subjects(kind, wording), disputed, original, authorized)


def _draft(phrase: Node) -> _Draft:
    found = []
    places = []
    for item in phrase.children:
        assert not isinstance(item, Token)
        tokens = [token for token in item.children if isinstance(token, Token)]
        start, end = tokens[0].start_pos or 0, tokens[-1].end_pos or 0
        places += [start, end]
        if item.data in _FIELDS:
            found.append((_FIELDS[str(item.data)], start, end))
    return _Draft(places[0], places[-1], tuple(found))


def _kind(wording: str) -> RequestKind:
    """What is asked for first decides; a drug named inside a treatment does not make it a drug."""
    found = list(treatments.find(wording))
    treatment, after = (*found, None, None)[:2]
    if treatment and after and after.meaning is RequestKind.CONSULTATION and after.start <= treatment.end + 1:
        treatment = after  # "surgery consultation": what is asked for stands last
    if treatment and treatment.meaning is RequestKind.THERAPY and _THING.search(wording, treatment.end):
        return RequestKind.DEVICE
    named = list(drugs.find(wording))
    if named and treatment and treatment.meaning is RequestKind.INJECTION:
        return RequestKind.INJECTION
    if named and (treatment is None or named[0].start < treatment.start):
        compound = len({term.meaning.name for term in named}) > 1 and "%" in wording
        return RequestKind.COMPOUND if compound or _COMPOUND.search(wording) else RequestKind.DRUG
    return treatment.meaning if treatment else RequestKind.OTHER


def _subjects(kind: RequestKind, wording: str) -> frozenset[str]:
    """What a guideline must be about to decide on this."""
    if kind in (RequestKind.DRUG, RequestKind.COMPOUND):
        of_drugs = frozenset[str]().union(*(subjects.of_drug(term.meaning) for term in drugs.find(wording)))
        topical = kind is RequestKind.COMPOUND or _TOPICAL.search(wording) or not _MILLIGRAMS.search(wording)
        return of_drugs | {"topical drug"} if topical and of_drugs else of_drugs
    named = subjects.of_words(wording)
    if kind is RequestKind.INJECTION:
        return named.union(*(subjects.of_drug(term.meaning) for term in drugs.find(wording)))
    return named if kind in _BROAD and named else named | {kind.value}


def _portion(draft: _Draft, title: Prose) -> Portion:
    wording = title.text[draft.start : draft.end]
    if trailing := _IS.search(wording):
        wording = wording[: trailing.start()]
    end = draft.start + len(wording)

    def words(start: int, stop: int) -> Field[str]:
        place = title.place(start, stop)
        return Field(title.source[place], place, title.text[start:stop])

    found: dict[str, list[Field[str]]] = {name: [] for name in _FIELDS.values()}
    for name, start, stop in draft.found:
        found[name].append(words(start, stop))
    return Portion(
        span=title.place(draft.start, end),
        drugs=tuple(
            Field(field.raw, field.span, term.meaning.name)
            for term in drugs.find(wording)
            if (field := words(draft.start + term.start, draft.start + term.end))
        ),
        strengths=tuple(found["strengths"]),
        quantities=tuple(Field(q.raw, q.span, _number(q.raw)) for q in found["quantities"]),
        frequencies=tuple(found["frequencies"]),
        durations=tuple(found["durations"]),
        service_dates=tuple(found["service_dates"]),
        body_parts=tuple(
            Field(field.raw, field.span, term.meaning)
            for term in anatomy.find(wording)
            if (field := words(draft.start + term.start, draft.start + term.end))
        ),
        sides=tuple(found["sides"]),
    )


def _number(printed: str) -> float | None:
    number = _NUMBER.search(printed)
    return float(number.group().replace(",", "")) if number else None
