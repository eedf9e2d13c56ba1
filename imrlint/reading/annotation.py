"""The kinds of annotations that a Reading holds, by name, for whoever names them in a signature or compares them."""

from imrlint.reading.amounts import Amount
from imrlint.reading.assertions import Assertion
from imrlint.reading.citation_formats import CitationFormat
from imrlint.reading.citations import Cited
from imrlint.reading.dates import DateMention, Notation
from imrlint.reading.entities import Mention
from imrlint.reading.identifiers import Identifier, Kind
from imrlint.reading.items import Visits
from imrlint.reading.persons import Sex, SexMention
from imrlint.reading.phrases import PhraseSlip
from imrlint.reading.polarity import Polarity
from imrlint.reading.references import Reference
from imrlint.reading.repeats import Repeat
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sites import Site
from imrlint.reading.spelling import Misspelling
from imrlint.reading.timeline import Event, Role
from imrlint.reading.tokens import Token, Tokens
from imrlint.reading.treatment_events import TreatmentEvent
from imrlint.reading.verdicts import Form, Verdict

__all__ = [
    "Amount", "Assertion", "CitationFormat", "Cited", "DateMention", "Event", "Form", "Identifier", "Kind", "Mention",
    "Misspelling", "Notation", "PhraseSlip", "Polarity", "Reference", "Repeat", "Role", "SentenceKind", "Sex",
    "SexMention", "Site", "Token", "Tokens", "TreatmentEvent", "Verdict", "Visits",
]  # fmt: skip
