"""Everything a rule may import, and nothing else."""

from imrlint import fingerprint
from imrlint.findings import Category, Edit, Finding, Fix, Note, Safety
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
from imrlint.model import (
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
from imrlint.prose import Hit, Prose, Sentence
from imrlint.reading import (
    amounts,
    asked,
    conclusions,
    courses,
    dates,
    eras,
    grammar,
    identifiers,
    mentions,
    persons,
    polarity,
    quotes,
    recitals,
    references,
    relevance,
    repeats,
    roles,
    similarity,
    sites,
    spelling,
    statements,
    titles,
    words,
)
from imrlint.reading.amounts import Amount
from imrlint.reading.asked import Asked
from imrlint.reading.conclusions import Form, Verdict
from imrlint.reading.dates import DateMention
from imrlint.reading.eras import Era
from imrlint.reading.polarity import Polarity
from imrlint.reading.references import Reference
from imrlint.reading.roles import Role
from imrlint.reading.sites import Site
from imrlint.reading.statements import Statement
from imrlint.rule import BatchRule, Clue, Rule
from imrlint.text import Span

__all__ = [
    "Amount", "Asked", "BatchRule", "Category", "Citation", "Clause", "ClauseKind", "Clue", "DateMention",
    "Decision", "Dispute", "Drug", "Edit", "Era", "Field", "Finding", "Fix", "Form", "Generation", "Header", "Hit",
    "Letter", "Likeness", "Note", "Part", "Polarity", "Portion", "Prose", "Quotation", "Rate", "Reference",
    "Request", "RequestKind", "Reviewer", "Role", "Rule", "Safety", "Section", "SectionKind", "Sentence", "Side",
    "Site", "Span", "Statement", "Strength", "Treatment", "Verdict", "amounts", "anatomy", "asked", "conclusions",
    "contents", "courses", "credentials", "criteria", "dates", "drugs", "eras", "fingerprint", "grammar",
    "guidelines", "identifiers", "levels", "lexicon", "mentions", "numbers", "persons", "polarity", "quotations",
    "quotes", "recitals", "references", "relevance", "repeats", "roles", "signs", "similarity", "sites", "spelling",
    "statements", "strengths", "titles", "treatments", "vocabulary", "words",
]  # fmt: skip
