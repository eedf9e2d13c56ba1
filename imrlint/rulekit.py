"""Everything a rule may import, and nothing else."""

from imrlint.document.letter import (
    Citation,
    Clause,
    ClauseKind,
    Decision,
    Dispute,
    Field,
    Generation,
    Header,
    Letter,
    Portion,
    Rate,
    Request,
    RequestKind,
    Reviewer,
    Section,
    SectionKind,
    Side,
    Strength,
)
from imrlint.document.prose import Hit, Prose, Sentence
from imrlint.document.text import Span
from imrlint.engine import fingerprints as fingerprint
from imrlint.engine.findings import Category, Edit, Finding, Fix, Importance, Note, Safety
from imrlint.engine.rule import BatchRule, Clue, Rule
from imrlint.knowledge import (
    anatomy,
    contents,
    credentials,
    criteria,
    drugs,
    guidelines,
    levels,
    lexicon,
    numbers,
    quotations,
    signs,
    strengths,
    treatments,
    vocabulary,
)
from imrlint.knowledge.anatomy import Part
from imrlint.knowledge.contents import Likeness
from imrlint.knowledge.drugs import Drug
from imrlint.knowledge.quotations import Quotation
from imrlint.knowledge.treatments import Treatment
from imrlint.reading import (
    amounts,
    dates,
    identifiers,
    persons,
    polarity,
    quotes,
    references,
    relevance,
    repeats,
    similarity,
    sites,
    spelling,
    titles,
)
from imrlint.reading import assertions as statements
from imrlint.reading import citation_formats as eras
from imrlint.reading import entities as mentions
from imrlint.reading import items as asked
from imrlint.reading import phrases as grammar
from imrlint.reading import sentence_kinds as recitals
from imrlint.reading import timeline as roles
from imrlint.reading import tokens as words
from imrlint.reading import treatment_events as courses
from imrlint.reading import verdicts as conclusions
from imrlint.reading.amounts import Amount
from imrlint.reading.assertions import Statement
from imrlint.reading.citation_formats import Era
from imrlint.reading.dates import DateMention
from imrlint.reading.items import Asked
from imrlint.reading.polarity import Polarity
from imrlint.reading.references import Reference
from imrlint.reading.sites import Site
from imrlint.reading.timeline import Role
from imrlint.reading.verdicts import Form, Verdict

__all__ = [
    "Amount", "Asked", "BatchRule", "Category", "Citation", "Clause", "ClauseKind", "Clue", "DateMention", "Decision",
    "Dispute", "Drug", "Edit", "Era", "Field", "Finding", "Fix", "Form", "Generation", "Header", "Hit", "Importance",
    "Letter", "Likeness", "Note", "Part", "Polarity", "Portion", "Prose", "Quotation", "Rate", "Reference", "Request",
    "RequestKind", "Reviewer", "Role", "Rule", "Safety", "Section", "SectionKind", "Sentence", "Side", "Site", "Span",
    "Statement", "Strength", "Treatment", "Verdict", "amounts", "anatomy", "asked", "conclusions", "contents",
    "courses", "credentials", "criteria", "dates", "drugs", "eras", "fingerprint", "grammar", "guidelines",
    "identifiers", "levels", "lexicon", "mentions", "numbers", "persons", "polarity", "quotations", "quotes",
    "recitals", "references", "relevance", "repeats", "roles", "signs", "similarity", "sites", "spelling",
    "statements", "strengths", "titles", "treatments", "vocabulary", "words",
]  # fmt: skip
