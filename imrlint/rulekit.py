"""Everything a rule may import, and nothing else."""

from imrlint.findings import Category, Edit, Finding, Fix, Note, Safety
from imrlint.knowledge import anatomy, contents, credentials, drugs, guidelines, lexicon, quotations, treatments
from imrlint.knowledge.contents import Likeness
from imrlint.knowledge.quotations import Quotation
from imrlint.model import (
    Citation,
    Clause,
    ClauseKind,
    Decision,
    Dispute,
    Field,
    Generation,
    Header,
    Hit,
    Letter,
    Portion,
    Prose,
    Request,
    RequestKind,
    Reviewer,
    Section,
    SectionKind,
    Sentence,
)
from imrlint.reading import dates, eras, grammar, mentions, quotes, relevance, repeats, roles, spelling, words
from imrlint.reading.dates import DateMention
from imrlint.reading.eras import Era
from imrlint.reading.roles import Role
from imrlint.rule import Rule
from imrlint.text import Span

__all__ = [
    "Category", "Citation", "Clause", "ClauseKind", "DateMention", "Decision", "Dispute", "Edit", "Era", "Field",
    "Finding", "Fix", "Generation", "Header", "Hit", "Letter", "Likeness", "Note", "Portion", "Prose",
    "Quotation", "Request", "RequestKind", "Reviewer", "Role", "Rule", "Safety", "Section", "SectionKind",
    "Sentence", "Span", "anatomy", "contents", "credentials", "dates", "drugs", "eras", "grammar", "guidelines",
    "lexicon", "mentions", "quotations", "quotes", "relevance", "repeats", "roles", "spelling", "treatments",
    "words",
]  # fmt: skip
