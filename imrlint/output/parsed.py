"""The output of `imrlint parse`: the parts of a letter as plain data."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from imrlint.document.letter import Field, Letter
from imrlint.document.prose import Prose
from imrlint.document.text import Span


def describe_letter(letter: Letter) -> dict[str, Any]:
    """The parts of a letter; every field is `{"text", "value", "start", "end"}`."""
    return {
        "path": letter.source.name,
        "generation": letter.generation.name.lower(),
        "header": _plain(letter.header),
        "reviewer": _plain(letter.reviewer),
        "sections": [
            {"kind": section.kind.name.lower(), "title": _plain(section.title), "prose": _plain(section.prose)}
            for section in letter.sections
        ],
        "summary": _plain(letter.summary),
        "disputes": _plain(letter.disputes),
        "announcements": _plain(letter.announcements),
        "loose": _plain(letter.loose),
    }


def _plain(thing: object) -> Any:
    match thing:
        case Prose():
            return {"text": thing.text, "start": thing.span.start, "end": thing.span.end}
        case Field():
            return {
                "text": thing.raw,
                "value": _plain(thing.value),
                "start": thing.span.start,
                "end": thing.span.end,
            }
        case Span():
            return {"start": thing.start, "end": thing.end}
        case frozenset():
            return sorted(_plain(each) for each in thing)
        case tuple():
            return [_plain(each) for each in thing]
        case date():
            return thing.isoformat()
        case Enum():
            return thing.value
        case _ if is_dataclass(thing):
            return {f.name: _plain(getattr(thing, f.name)) for f in fields(thing)}
    return thing
