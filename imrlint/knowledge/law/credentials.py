"""States that license physicians and specialties that reviewers are certified in."""

from __future__ import annotations

from functools import cache

from imrlint.knowledge import registry


@cache
def states() -> dict[str, str]:
    """State names, by their lower-case form."""
    return {row.state.casefold(): row.state for row in registry.STATES.rows}


@cache
def specialties() -> dict[str, str]:
    """Specialty names, by their folded form."""
    return {fold_specialty(row.specialty): row.specialty for row in registry.SPECIALTIES.rows}


def fold_specialty(name: str) -> str:
    """A specialty in lower case, with "and" for "&", single spaces, and the American spelling of "orthopedic"."""
    return " ".join(name.casefold().replace("&", " and ").replace("orthopaedic", "orthopedic").split())


def nearest_name(name: str, known: dict[str, str], *, at_least: float = 80) -> str | None:
    """The known name that `name` resembles most, None where none is similar by `at_least` of 100 (rapidfuzz ratio)."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(name.casefold(), known.keys(), scorer=fuzz.ratio, score_cutoff=at_least)
    return known[best[0]] if best else None
