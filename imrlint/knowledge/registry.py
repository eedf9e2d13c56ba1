"""Every table of the package: where it lies, which columns it has, and of what type they are.

The fields of a row are the columns of its file. Every row says in `source` where it comes from and in
`support` how well that is supported (`imrlint.knowledge.tables.Support`). Lists of single words have no room
for either: their sources stand in `NOTICE.md`.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from imrlint.document.letter import RequestKind
from imrlint.knowledge.tables import Support, Table

# ---- Language


class MisspellingRow(NamedTuple):
    """A known misspelling and the right word; `kind` says how it comes about: "drop", "double", "phonetic"…"""

    wrong: str
    right: str
    kind: str
    source: str
    support: Support


class ConfusionRow(NamedTuple):
    """A known word that stands for another, betrayed by the words around it.

    Of the context, `<word` stands before it, `>word` right behind it, `!word` and `!>word` must not stand there, and
    a bare word stands on either side; all within `window` words. `mode` is "context" or "always".
    """

    wrong: str
    right: str
    context: frozenset[str]
    window: int
    mode: str
    source: str
    support: Support


class CompoundRow(NamedTuple):
    """Two words that are joined with a hyphen before a noun."""

    first: str
    second: str
    source: str
    support: Support


class PhraseRow(NamedTuple):
    """A group of words that is wrong: a pattern with a group `wrong`, tried where one of its anchors stands.

    `kind` is "word", "missing" or "agree"; each `example` is a sentence in which the pattern finds a slip.
    """

    kind: str
    anchor: tuple[str, ...]
    pattern: str
    right: str
    example: tuple[str, ...]
    source: str
    support: Support


class NumberRow(NamedTuple):
    """A word for a number. `sort` is "count" ("two"), "times" ("twice") or "order" ("second")."""

    word: str
    value: int
    sort: str
    source: str
    support: Support


class WordingRow(NamedTuple):
    """A wording of a group, as a regular expression over text in any case."""

    group: str
    wording: str
    source: str
    support: Support


class UnitRow(NamedTuple):
    """A unit of measure or count: its words in lower case, what it measures, and its size in the least of its kind.

    A length of time is in days.
    """

    unit: str
    words: tuple[str, ...]
    dimension: str
    size: float
    source: str
    support: Support


class PredicateKind(Enum):
    """What a word says of its complement."""

    SHOW = "show"  # evidence for it: "establish"
    SAY = "say"  # that somebody holds it: "write", "believe"
    JUDGE = "judge"  # that somebody holds it of an object: "deem the visits necessary"
    EXPLAIN = "explain"  # why it is so: "explain"
    ASK = "ask"  # that it is open: "wonder"
    DENY = "deny"  # that it is not so: "refute", "doubtful"
    EVIDENCE = "evidence"  # that there is evidence for it: "indication"
    CONTENT = "content"  # that somebody holds it: "the view"
    CERTAIN = "certain"  # how certain it is: "clear"
    HAVE = "have"  # that somebody has it: "exhibit"
    NOT = "not"  # nothing but the denial: "not", "lack of"


class Complement(Enum):
    """How the complement of a word is meant."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    OPEN = "open"


class PredicateRow(NamedTuple):
    """A word that governs a clause or an object: how its complement is meant.

    `affirmed` says so where the word itself is affirmed, `denied` where it is denied; `forms` are in lower case.
    """

    predicate: str
    forms: tuple[str, ...]
    kind: PredicateKind
    affirmed: Complement
    denied: Complement
    source: str
    support: Support


class ArgumentRole(Enum):
    """What a word does in an argument on a request."""

    GRANT = "grant"  # lets a request be: "approve"
    REFUSE = "refuse"  # does not: "withhold"
    USE = "use"  # does what is requested: "introduce"
    SHUN = "shun"  # does not: "avoid"
    KEEP = "keep"  # lets a denial be: "uphold"
    UNDO = "undo"  # does not: "set aside"
    MERIT = "merit"  # praises what it is said of: "sound"
    FAULT = "fault"  # blames it: "premature"
    RIGHT = "right"  # praises who did it
    WRONG = "wrong"  # blames who did it
    REFUSAL = "refusal"  # the noun: "denial"
    APPROVAL = "approval"  # the noun: "authorization"
    GROUND = "ground"  # what an act rests on: "reason"
    PROCEED = "proceed"  # what goes on or holds good: "go ahead"
    FAIL = "fail"  # what does not: "fall"
    SPEAK_FOR = "speak for"  # what a fact does: "justify"
    SPEAK_AGAINST = "speak against"  # the opposite: "militate against"
    SPEAK = "speak"  # what a fact does, with "for" or "against": "argue"
    CANDIDATE = "candidate"  # the noun for who is fit for it
    QUALIFY = "qualify"  # is fit for it
    DISQUALIFY = "disqualify"  # is not
    DESERVE = "deserve"  # what a request does of its approval
    CLAIM = "claim"  # what can be said of it, and proven: "usefulness"
    DENIER = "denier"  # who denied: "the carrier"


class ArgumentRow(NamedTuple):
    """A word of an argument, in forms of one to three words in lower case."""

    word: str
    forms: tuple[str, ...]
    role: ArgumentRole
    source: str
    support: Support


class FunctionWordRow(NamedTuple):
    """The words of a kind that a reader of sentences goes by, in lower case."""

    kind: str
    words: frozenset[str]
    source: str
    support: Support


# ---- Medicine


class PartRow(NamedTuple):
    """Terms for parts of the body in a region. `paired`: there is one on each side; `side`: the name says which.

    `borders` are other regions to which the parts belong as well.
    """

    region: str
    terms: tuple[str, ...]
    source: str
    support: Support
    paired: bool = False
    side: str = ""
    borders: frozenset[str] = frozenset()


class TreatmentRow(NamedTuple):
    """Terms for a treatment; without a name, terms that only tell the kind of a request in its title.

    `needs` are what a request must say: "part", "frequency", "quantity".
    """

    kind: RequestKind
    terms: tuple[str, ...]
    source: str
    support: Support
    name: str = ""
    needs: frozenset[str] = frozenset()


class DrugRow(NamedTuple):
    """A product with its ingredients, class, forms and marketed strengths. `confidence` is that of the whole row."""

    name: str
    ingredients: tuple[str, ...]
    drug_class: str
    confidence: str
    source: str
    support: Support
    forms: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()


class StrengthRow(NamedTuple):
    """The strengths in which a drug with some ingredients was ever sold, one amount for each ingredient, in order."""

    ingredients: tuple[str, ...]
    strengths: tuple[str, ...]
    source: str
    support: Support


class MorphineRow(NamedTuple):
    """How many milligrams of morphine by mouth a milligram of an opioid by mouth is equal to."""

    ingredient: str
    factor: float
    source: str
    support: Support


class MetaboliteRow(NamedTuple):
    """What the body makes of an ingredient, by generic names in lower case."""

    ingredient: str
    metabolites: tuple[str, ...]
    source: str
    support: Support


class TermKind(Enum):
    """What a clinical term is."""

    FINDING = "finding"  # a symptom, a sign, a diagnosis, what a study shows
    TREATMENT = "treatment"
    STUDY = "study"
    EXAMINATION = "examination"


class TermRow(NamedTuple):
    """A clinical term: `words` that name it, `normal` ones that say that it is absent, and the terms it is `under`."""

    name: str
    kind: TermKind
    words: tuple[str, ...]
    source: str
    support: Support
    under: tuple[str, ...] = ()
    normal: tuple[str, ...] = ()


class MeasureRow(NamedTuple):
    """What is measured, by the `words` for it, and the clinical term for too little of it, or for what is abnormal."""

    measure: str
    words: tuple[str, ...]
    term: str
    source: str
    support: Support


class ScaleRow(NamedTuple):
    """A scale with its least and its highest value, and the terms for what is rated on it.

    `by_name`: a number behind the name is a value; else only one that names its scale is ("4/5"). The highest value
    means what one of `marks`, as word beginnings, says.
    """

    scale: str
    terms: tuple[str, ...]
    least: float
    most: float
    source: str
    support: Support
    marks: tuple[str, ...] = ()
    by_name: bool = False


class SignRow(NamedTuple):
    """Signs of the physical examination, and the regions that they examine."""

    regions: frozenset[str]
    terms: tuple[str, ...]
    source: str
    support: Support


class PositionRow(NamedTuple):
    """What tells one of several like parts apart: its words in lower case, and what else the part may be, as an axis.

    The words mean it before one of the `nouns`, or before any where there are none.
    """

    name: str
    words: tuple[str, ...]
    axis: str
    source: str
    support: Support
    nouns: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether its axis says what it is of: a finger, a toe, the equipment in dispute."""
        return self.axis in ("finger", "toe", "rental or purchase")

    @property
    def is_of_request(self) -> bool:
        """Whether it tells only requests apart: what is rented might as well be bought."""
        return self.axis == "rental or purchase"


# ---- Guidelines


class DocumentRow(NamedTuple):
    """A guideline: names, years by which it is cited, first and last page, the days in which the MTUS held it.

    `dated` are names that count only with a year behind them. Pages of low confidence are not used.
    """

    document: str
    name: str
    confidence: str
    source: str
    support: Support
    aliases: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    pages: str = ""
    regions: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None


class SectionRow(NamedTuple):
    """A section of a guideline: other names, first and last page, what it is about."""

    document: str
    section: str
    confidence: str
    source: str
    support: Support
    aliases: tuple[str, ...] = ()
    pages: str = ""
    subjects: frozenset[str] = frozenset()


class ChapterRow(NamedTuple):
    """A chapter of a large work: other names, regions of the body, kinds of request filed there whatever the region."""

    document: str
    chapter: str
    source: str
    support: Support
    aliases: tuple[str, ...] = ()
    regions: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


class SubjectRow(NamedTuple):
    """What treatments (`terms`) and classes of drugs are called in guidelines; `also`: what else they are judged as."""

    subject: str
    source: str
    support: Support
    terms: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()


class QuotationRow(NamedTuple):
    """A wording that letters quote; `imrlint.knowledge.guidelines.quotations` says how it is written."""

    wording: str
    source: str
    support: Support
    numbers: tuple[str, ...] = ()
    lost: str = ""
    right: str = ""
    documents: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()


class CriterionRow(NamedTuple):
    """A wording, as a pattern over text in lower case, by which a guideline decides on some regions or kinds only."""

    wording: str
    source: str
    support: Support
    regions: frozenset[str] = frozenset()
    kinds: frozenset[RequestKind] = frozenset()


# ---- Law


class StateRow(NamedTuple):
    """A jurisdiction that licenses physicians."""

    state: str
    source: str
    support: Support


class SpecialtyRow(NamedTuple):
    """A specialty that reviewers are certified in or licensed for."""

    specialty: str
    source: str
    support: Support


MISSPELLINGS = Table("language/misspellings.tsv", MisspellingRow)
CONFUSIONS = Table("language/confusions.tsv", ConfusionRow)
PHRASES = Table("language/phrases.tsv", PhraseRow)
NUMBERS = Table("language/numbers.tsv", NumberRow)
UNITS = Table("language/units.tsv", UnitRow)
WORDINGS = Table("language/wordings.tsv", WordingRow)
PREDICATES = Table("language/predicates.tsv", PredicateRow)
ARGUMENTS = Table("language/arguments.tsv", ArgumentRow)
FUNCTION_WORDS = Table("language/function_words.tsv", FunctionWordRow)
COMPOUNDS = Table("language/compounds.tsv", CompoundRow)
ANATOMY = Table("medicine/anatomy.tsv", PartRow)
TREATMENTS = Table("medicine/treatments.tsv", TreatmentRow)
DRUGS = Table("medicine/drugs.tsv", DrugRow)
STRENGTHS = Table("medicine/strengths.tsv", StrengthRow)
MORPHINE = Table("medicine/morphine.tsv", MorphineRow)
METABOLITES = Table("medicine/metabolites.tsv", MetaboliteRow)
TERMINOLOGY = Table("medicine/terminology.tsv", TermRow)
MEASURES = Table("medicine/measures.tsv", MeasureRow)
SCALES = Table("medicine/scales.tsv", ScaleRow)
SIGNS = Table("medicine/signs.tsv", SignRow)
POSITIONS = Table("medicine/positions.tsv", PositionRow)
DOCUMENTS = Table("guidelines/documents.tsv", DocumentRow)
SECTIONS = Table("guidelines/sections.tsv", SectionRow)
CHAPTERS = Table("guidelines/chapters.tsv", ChapterRow)
SUBJECTS = Table("guidelines/subjects.tsv", SubjectRow)
QUOTATIONS = Table("guidelines/quotations.tsv", QuotationRow)
CRITERIA = Table("guidelines/criteria.tsv", CriterionRow)
STATES = Table("law/states.tsv", StateRow)
SPECIALTIES = Table("law/specialties.tsv", SpecialtyRow)

TABLES: tuple[Table[Any], ...] = (
    MISSPELLINGS, CONFUSIONS, PHRASES, NUMBERS, UNITS, WORDINGS, PREDICATES, ARGUMENTS, FUNCTION_WORDS, COMPOUNDS,
    ANATOMY, TREATMENTS, DRUGS, STRENGTHS, MORPHINE, METABOLITES, TERMINOLOGY, MEASURES, SCALES, SIGNS, POSITIONS,
    DOCUMENTS, SECTIONS, CHAPTERS, SUBJECTS, QUOTATIONS, CRITERIA, STATES, SPECIALTIES,
)  # fmt: skip
"""Every table."""

WORDS = "language/words.txt"  # English and clinical words, sorted by bytes, each with its marks
CLINICAL_WORDS = "language/clinical.txt"  # the words of this field
BRANDS = "medicine/brands.txt"  # trade names of drugs that are no words, in lower case, sorted
NAMES = "language/names.txt"  # names of persons, each marked "g" for a given name, "s" for a surname
