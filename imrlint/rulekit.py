"""Everything a rule may import, and nothing else."""

from imrlint.findings import Category, Edit, Finding, Fix, Note, Safety
from imrlint.knowledge import anatomy, credentials, drugs, guidelines, lexicon, treatments
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
from imrlint.reading import dates, mentions, roles, spelling, words
from imrlint.reading.dates import DateMention
from imrlint.reading.roles import Role
from imrlint.rule import Rule
from imrlint.text import Span

__all__ = [
    "Category", "Citation", "Clause", "ClauseKind", "DateMention", "Decision", "Dispute", "Edit", "Field",
    "Finding", "Fix", "Generation", "Header", "Hit", "Letter", "Note", "Portion", "Prose", "Request",
    "RequestKind", "Reviewer", "Role", "Rule", "Safety", "Section", "SectionKind", "Sentence", "Span", "anatomy",
    "credentials", "dates", "drugs", "guidelines", "lexicon", "mentions", "roles", "spelling", "treatments",
    "words",
]  # fmt: skip
