"""Strings that a regular expression matches: with every alternative of every branch at least once.

They are made from the parse tree of `re`, without its assertions: a caller searches them with the pattern itself, and
counts what is found.
"""

from __future__ import annotations

import re._parser as sre  # type: ignore[import-not-found]
from typing import Any

_CLASSES = {"CATEGORY_DIGIT": "5", "CATEGORY_WORD": "a", "CATEGORY_SPACE": " ", "CATEGORY_NOT_SPACE": "a"}


def samples(pattern: str, most: int = 5000) -> list[str]:
    """Strings that a pattern matches, assertions aside: each alternative once, beside the first of the others."""
    return _sequence(list(sre.parse(pattern)))[:most]


def products(pattern: str, most: int = 200_000) -> list[str]:
    """The same, with every alternative beside every other."""
    return _sequence(list(sre.parse(pattern)), all_pairs=True)[:most]


def _sequence(items: list[Any], *, all_pairs: bool = False) -> list[str]:
    made = [""]
    for operation, argument in items:
        parts = _part(str(operation), argument, all_pairs)
        if all_pairs:
            made = [before + part for before in made for part in parts]
        else:
            made = [made[0] + part for part in parts] + [before + parts[0] for before in made[1:]]
    return made


def _part(operation: str, argument: Any, all_pairs: bool) -> list[str]:
    match operation:
        case "LITERAL":
            return [chr(argument)]
        case "NOT_LITERAL" | "ANY":
            return ["a" if argument != ord("a") else "b"]
        case "IN":
            return _members(argument)
        case "BRANCH":
            return [made for branch in argument[1] for made in _sequence(list(branch), all_pairs=all_pairs)]
        case "SUBPATTERN":
            return _sequence(list(argument[3]), all_pairs=all_pairs)
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, _, item = argument
            once = _sequence(list(item), all_pairs=all_pairs)
            times = max(least, 1)
            repeated = [one * times for one in once]
            return ["", *repeated] if least == 0 else repeated
        case "ASSERT":  # what must follow; where it is followed by the same, the caller's search says so
            return ["", *_sequence(list(argument[1]))] if argument[0] > 0 else [""]
        case _:
            return [""]


def _members(choices: list[Any]) -> list[str]:
    """Each character of a short set, one of a range or class; of a set that excludes, a letter that it leaves."""
    members: list[str] = []
    for operation, argument in choices:
        match str(operation):
            case "LITERAL":
                members.append(chr(argument))
            case "RANGE":
                members.append(chr(argument[0]))
            case "CATEGORY":
                members.append(_CLASSES[str(argument)])
    if str(choices[0][0]) == "NEGATE":
        return [next(letter for letter in "aeo" if letter not in members)]
    return sorted(members, key=lambda member: not member.isalnum())
