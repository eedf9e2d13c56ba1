"""Every look-up of the tables under one roof, for rules: `knowledge.drugs`, `knowledge.lexicon`, …"""

from imrlint.knowledge.guidelines import contents, criteria, quotations, subjects
from imrlint.knowledge.guidelines import documents as guidelines
from imrlint.knowledge.language import compounds, function_words, lexicon, names, numbers, phrases, units, wordings
from imrlint.knowledge.law import credentials
from imrlint.knowledge.medicine import (
    anatomy,
    drugs,
    levels,
    metabolites,
    morphine,
    signs,
    strengths,
    terminology,
    treatments,
    vocabulary,
)

__all__ = [
    "anatomy", "compounds", "contents", "credentials", "criteria", "drugs", "function_words", "guidelines",
    "levels", "lexicon", "metabolites", "morphine", "names", "numbers", "phrases", "quotations", "signs", "strengths",
    "subjects", "terminology", "treatments", "units", "vocabulary", "wordings",
]  # fmt: skip
