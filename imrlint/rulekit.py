"""Everything a rule may import, and nothing else.

A rule is given a Letter, which holds the typed parts of what is printed, and its Reading, which holds what
the words mean: the items with their profiles, the passages with their annotations. Three names hold the rest:
`model` the types of the parts of a letter (`model.ClauseKind.CLAIMS`), `annotation` those of what is read
(`annotation.Polarity.DENIED`), and `knowledge` the tables of the field (`knowledge.drugs`).
"""

from imrlint.document import letter as model
from imrlint.document.letter import Dispute, Letter
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Hit, Place
from imrlint.document.text import Span
from imrlint.engine.doubts import report_doubt
from imrlint.engine.findings import Category, Edit, Feature, Finding, Fix, Importance, Note, Safety
from imrlint.engine.fingerprints import hash_words
from imrlint.engine.messages import quote
from imrlint.engine.rule import BatchFinding, BatchRule, Clue, Rule, Trait
from imrlint.knowledge import index as knowledge
from imrlint.reading import Reading, annotation
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.right_words import RightWords
from imrlint.reading.sentences import Sentence
from imrlint.reading.spelling import match_case

__all__ = [
    "BatchFinding", "BatchRule", "Category", "Clue", "Dispute", "Edit", "Feature", "Finding", "Fix", "Hit",
    "Importance", "Item", "Letter", "Note", "Passage", "Pattern", "Place", "Reading", "RightWords", "Rule", "Safety",
    "Sentence", "Span", "Trait", "annotation", "hash_words", "knowledge", "match_case", "model", "quote",
    "report_doubt",
]  # fmt: skip
