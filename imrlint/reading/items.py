"""What an item asks for, in the terms in which a rationale can be held against it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from imrlint.document.letter import Dispute, Letter, Portion, Request, RequestKind, Side
from imrlint.document.prose import Prose
from imrlint.knowledge.medicine import anatomy, vocabulary
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading import entities, sites

DRUGS = (RequestKind.DRUG, RequestKind.COMPOUND)

# Treatments for which one another's names are used.
_ALIKE = (
    {"MRI", "arthrogram"},
    {"electromyography", "nerve conduction study", "electrodiagnostic study", "evoked potentials"},
    {"physical therapy", "occupational therapy", "exercise", "manual therapy", "chiropractic care"},
    {"physical therapy", "aquatic therapy", "exercise"},
    {"TENS unit", "electrical stimulation", "other stimulator"},
    {"interferential unit", "electrical stimulation", "other stimulator"},
    {"H-wave", "electrical stimulation", "other stimulator"},
    {"urine drug test", "urinalysis"},
    {"facet injection", "nerve block"},
    {"steroid injection", "epidural steroid injection"},
    {"steroid injection", "sacroiliac joint injection"},
    {"steroid injection", "trigger point injection"},
    {"functional restoration program", "work conditioning"},
    {"ultrasound study", "ultrasound therapy"},
)
NERVE_TESTS = frozenset(("electromyography", "nerve conduction study", "electrodiagnostic study"))
_ENDS = {"C": "neck", "T": "thoracic", "L": "low back", "S": "low back"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the title of an item names, over all its portions; empty where it does not say.

    `numbers` are every count in the title, `visits` the fewest and the most visits that its
    disputed portion comes to.
    """

    kind: RequestKind
    drugs: tuple[Drug, ...]
    treatments: tuple[Treatment, ...]
    regions: frozenset[str]
    sides: dict[str, frozenset[Side]]
    numbers: frozenset[float]
    visits: tuple[float, float] | None

    def has_drug(self, drug: Drug) -> bool:
        """Whether a drug is one that was asked for, under whatever name, or argued like one."""
        return any(akin(drug, own) for own in self.drugs)

    def has_treatment(self, treatment: Treatment) -> bool:
        return any(
            treatment == own
            or alike(treatment, own)
            or (not own.name and treatment.kind is own.kind and not any(each.name for each in self.treatments))
            or (treatment.kind is own.kind is RequestKind.SURGERY)
            for own in self.treatments
        )

    def has_region(self, region: str) -> bool:
        return any(anatomy.overlap(region, own) for own in self.regions)


@lru_cache(maxsize=256)
def of(dispute: Dispute) -> Asked:
    request: Request = dispute.request
    named = [term for portion in request.portions for term in vocabulary.find(portion.text)]
    regions = {field.value for p in request.portions for field in p.body_parts if field.value}
    regions |= {_ENDS[level.value[0]] for p in request.portions for level in p.levels if level.value}
    if regions & {"neck", "thoracic", "low back"}:
        regions -= {"spine"}
    sides: dict[str, frozenset[Side]] = {}
    for portion in request.portions:
        for site in sites.of_portion(portion):
            if site.side is not None and site.part.paired:
                sides[site.part.region] = sides.get(site.part.region, frozenset()) | {site.side}
    return Asked(
        request.kind,
        tuple({term.meaning.name: term.meaning for term in vocabulary.only(Drug, named)}.values()),
        tuple({term.meaning: None for term in vocabulary.only(Treatment, named)}),
        frozenset(regions),
        sides,
        frozenset(q.value for p in request.portions for q in p.quantities if q.value),
        visits(request.disputed),
    )


def names_another(prose: Prose, words: tuple[int, int], dispute: Dispute, letter: Letter) -> Dispute | None:
    """The other item of the letter that the words of a rationale name instead of its own."""
    own, here = of(dispute), range(*words)
    named = [term.meaning for term in entities.of_drugs(prose) if term.start in here]
    treated = [term.meaning for term in entities.of_treatments(prose) if term.start in here]
    if any(own.has_drug(drug) for drug in named) or any(own.has_treatment(treatment) for treatment in treated):
        return None
    for other in letter.disputes:
        asked = of(other)
        drug = any(drug.same_as(each) for drug in named for each in asked.drugs)
        treatment = not named and any(treatment in asked.treatments[:1] for treatment in treated)
        if other is not dispute and (drug or treatment):
            return other
    return None


def alike(treatment: Treatment, other: Treatment) -> bool:
    """Whether the name of one treatment is used for the other."""
    return any({treatment.name, other.name} <= names for names in _ALIKE)


def akin(drug: Drug, other: Drug) -> bool:
    """Whether two drugs may be argued alike: an ingredient or the class in common."""
    return drug.same_as(other) or drug.drug_class.split(" (")[0] == other.drug_class.split(" (")[0]


def visits(portion: Portion) -> tuple[float, float] | None:
    """The fewest and the most visits that the words of a title come to."""
    counts = [quantity.value for quantity in portion.quantities if quantity.value]
    if counts:
        return min(counts), max(counts)
    for frequency in portion.frequencies:
        rate = frequency.value
        weeks = rate.weeks if rate else None
        if rate and weeks is None and portion.durations and portion.durations[0].value:
            weeks = portion.durations[0].value / 7
        if rate and weeks:
            return rate.least / rate.days * 7 * weeks, rate.most / rate.days * 7 * weeks
    return None
