"""Findings on words that a trained reader doubts."""

from __future__ import annotations

from imrlint.document.text import Span
from imrlint.engine.findings import Edit, Feature, Finding, Fix, Safety
from imrlint.reader.doubts import DoubtKind
from imrlint.reading.doubts import WordDoubt

_OFFERED = 3


def report_doubt(doubt: WordDoubt) -> Finding:
    """The finding on a doubted word, with what should stand there as fixes that a person must accept."""
    span, text = doubt.place.span, doubt.place.text
    evidence = () if doubt.is_likely else (Feature.UNSURE,)
    if not doubt.offers:
        after = doubt.place.prose.text[doubt.place.end : doubt.place.end + 1]
        end = doubt.place.prose.locate(doubt.place.start, doubt.place.end + 1).end if after == " " else span.end
        fix = Fix(f'delete "{text}"', (Edit(Span(span.start, end), ""),), Safety.SUGGESTED)
        return Finding(span, f'"{text}" is one word too many', fix=fix, evidence=evidence, yields=True)
    is_missing = doubt.kind is DoubtKind.INSERT
    meant = [f"{offer} {text}" if is_missing else offer for offer in doubt.offers[:_OFFERED]]
    fixes = [Fix(f"write {each}", (Edit(span, each),), Safety.SUGGESTED) for each in meant]
    message = f'a word is missing; did you mean "{meant[0]}"?' if is_missing else f'did you mean "{meant[0]}"?'
    return Finding(span, message, fix=fixes[0], others=tuple(fixes[1:]), evidence=evidence, yields=True)
