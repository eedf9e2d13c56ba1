"""Facts of the field, as tables with their sources, and typed look-ups over them."""

from imrlint.knowledge import (
    anatomy,
    concepts,
    contents,
    credentials,
    criteria,
    drugs,
    guidelines,
    levels,
    lexicon,
    numbers,
    phrases,
    quotations,
    signs,
    strengths,
    subjects,
    treatments,
    vocabulary,
)

__all__ = [
    "anatomy", "concepts", "contents", "credentials", "criteria", "drugs", "guidelines", "levels", "lexicon", "numbers",
    "phrases", "quotations", "signs", "strengths", "subjects", "treatments", "vocabulary",
]  # fmt: skip
