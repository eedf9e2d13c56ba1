"""The types of the annotations of a Reading, and functions on them, in one namespace."""

from imrlint.knowledge.registry import TermKind
from imrlint.reading.absence_triggers import empty_words
from imrlint.reading.absences import Absence
from imrlint.reading.accidents import find_accidents, names_accident
from imrlint.reading.ages import AgeMention
from imrlint.reading.amounts import Amount
from imrlint.reading.arguments import Argument, Direction
from imrlint.reading.asides import HiddenIdentifier
from imrlint.reading.background import Background
from imrlint.reading.calculations import Calculation, Change, Operation, are_alike
from imrlint.reading.citation_formats import CitationFormat
from imrlint.reading.citations import (
    Cited,
    can_be_about,
    chapters_of,
    regions_cited,
    regions_of,
    sections_of,
    sections_on,
    serves,
    subjects_of,
)
from imrlint.reading.comparability import is_of_case, may_be_of_one_day, names_condition
from imrlint.reading.comparisons import Comparison
from imrlint.reading.coordination import is_among_classes
from imrlint.reading.dates import DateMention, Notation
from imrlint.reading.denied_complaints import find_denied_complaints
from imrlint.reading.departures import Departure, DepartureKind
from imrlint.reading.descriptions import begins_clause, find_description
from imrlint.reading.differences import OtherExcess
from imrlint.reading.doubts import Slip, WordDoubt
from imrlint.reading.durations import Beginning, Duration, Relation, State, Subject, Told, is_same_subject
from imrlint.reading.entities import Mention
from imrlint.reading.enumerations import Enumeration
from imrlint.reading.false_absences import find_false_absences
from imrlint.reading.false_presences import find_false_presences
from imrlint.reading.false_responses import find_false_responses
from imrlint.reading.figures import MissingFigure, OtherResult
from imrlint.reading.house_citations import UnusualCitation
from imrlint.reading.house_spelling import OtherSpelling
from imrlint.reading.identifiers import Identifier, Kind, find_disclosed
from imrlint.reading.items import NERVE_TESTS, Visits, is_alike
from imrlint.reading.miscalculations import Miscalculation
from imrlint.reading.opioid_doses import MorphineClaim, OpioidDose
from imrlint.reading.own_history import bears_out, find_own_history
from imrlint.reading.past_visits import PastVisits, are_to_come, find_unknown_counts
from imrlint.reading.periods import Period, find_month
from imrlint.reading.persons import Sex, SexMention, can_only_be_worker
from imrlint.reading.phrases import PhraseSlip
from imrlint.reading.preparations import Preparation
from imrlint.reading.quantities import Bound, Quantity
from imrlint.reading.quotes import QuoteSource
from imrlint.reading.ratings import Rating
from imrlint.reading.records import Record
from imrlint.reading.references import Reference, list_decided
from imrlint.reading.repeats import Repeat
from imrlint.reading.retold_changes import find_reversed_changes, find_unlike_changes
from imrlint.reading.scopes import Scope, ScopeKind
from imrlint.reading.sentence_kinds import SentenceKind, names_publication
from imrlint.reading.sign_results import SignResult
from imrlint.reading.similarity import Likeness, find_difference
from imrlint.reading.sites import Site, find_side_words, may_be_other_side
from imrlint.reading.spelling import Misspelling, is_near
from imrlint.reading.stance import Polarity, deny
from imrlint.reading.stated_changes import OppositeChange
from imrlint.reading.strays import Stray, StrayKind
from imrlint.reading.study_results import find_recorded_studies, find_study_results, has_study
from imrlint.reading.timeline import Event, InjuryDate, Role, is_slip
from imrlint.reading.tokens import Token, Tokens
from imrlint.reading.treatment_events import TreatmentEvent
from imrlint.reading.unlike_doses import find_unlike_doses
from imrlint.reading.unlike_numbers import find_unlike_numbers
from imrlint.reading.unlike_particulars import find_unlike
from imrlint.reading.verdicts import Form, Verdict, is_partial

__all__ = [
    "NERVE_TESTS",
    "Absence",
    "AgeMention",
    "Amount",
    "Argument",
    "Background",
    "Beginning",
    "Bound",
    "Calculation",
    "Change",
    "CitationFormat",
    "Cited",
    "Comparison",
    "DateMention",
    "Departure",
    "DepartureKind",
    "Direction",
    "Duration",
    "Enumeration",
    "Event",
    "Form",
    "HiddenIdentifier",
    "Identifier",
    "InjuryDate",
    "Kind",
    "Likeness",
    "Mention",
    "Miscalculation",
    "MissingFigure",
    "Misspelling",
    "MorphineClaim",
    "Notation",
    "Operation",
    "OpioidDose",
    "OppositeChange",
    "OtherExcess",
    "OtherResult",
    "OtherSpelling",
    "PastVisits",
    "Period",
    "PhraseSlip",
    "Polarity",
    "Preparation",
    "Quantity",
    "QuoteSource",
    "Rating",
    "Record",
    "Reference",
    "Relation",
    "Repeat",
    "Role",
    "Scope",
    "ScopeKind",
    "SentenceKind",
    "Sex",
    "SexMention",
    "SignResult",
    "Site",
    "Slip",
    "State",
    "Stray",
    "StrayKind",
    "Subject",
    "TermKind",
    "Token",
    "Tokens",
    "Told",
    "TreatmentEvent",
    "UnusualCitation",
    "Verdict",
    "Visits",
    "WordDoubt",
    "are_alike",
    "are_to_come",
    "bears_out",
    "begins_clause",
    "can_be_about",
    "can_only_be_worker",
    "chapters_of",
    "deny",
    "empty_words",
    "find_accidents",
    "find_denied_complaints",
    "find_description",
    "find_difference",
    "find_disclosed",
    "find_false_absences",
    "find_false_presences",
    "find_false_responses",
    "find_month",
    "find_own_history",
    "find_recorded_studies",
    "find_reversed_changes",
    "find_side_words",
    "find_study_results",
    "find_unknown_counts",
    "find_unlike",
    "find_unlike_changes",
    "find_unlike_doses",
    "find_unlike_numbers",
    "has_study",
    "is_alike",
    "is_among_classes",
    "is_near",
    "is_of_case",
    "is_partial",
    "is_same_subject",
    "is_slip",
    "list_decided",
    "may_be_of_one_day",
    "may_be_other_side",
    "names_accident",
    "names_condition",
    "names_publication",
    "regions_cited",
    "regions_of",
    "sections_of",
    "sections_on",
    "serves",
    "subjects_of",
]  # fmt: skip
