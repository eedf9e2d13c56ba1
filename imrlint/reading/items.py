"""Profiles of disputed items: what each title requests, in terms that a rationale can be compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from imrlint.document.letter import Dispute, Portion, RequestKind, Side
from imrlint.document.prose import Place
from imrlint.knowledge.medicine import anatomy, vocabulary
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading.passage import Passage
from imrlint.reading.sites import Site

DRUGS = (RequestKind.DRUG, RequestKind.COMPOUND)

# Treatments whose names letters use for one another.
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
_LIKE = {name: frozenset().union(*(each for each in _ALIKE if name in each)) for names in _ALIKE for name in names}
NERVE_TESTS = frozenset(("electromyography", "nerve conduction study", "electrodiagnostic study"))
_LEVEL_REGIONS = {"C": "neck", "T": "thoracic", "L": "low back", "S": "low back"}


_NAME = re.compile(r"[a-z][a-z-]*[a-z]")
# The words of a title before what it is for, with or of; a trial, a course or a rental is of what is requested.
_HEAD = re.compile(
    r"(?:(?!\b(?:for|with|under|after|following|due|without|of|per|to|at)\b).)*"
    r"(?:(?<=trial )of|(?<=course )of|(?<=rental )of|(?<=purchase )of|(?<=use )of|(?<=continuation )of)?"
    r"(?:(?!\b(?:for|with|under|after|following|due|without|of|per|to|at)\b).)*"
)
_NO_NAMES = frozenset(
    (
        "left", "right", "bilateral", "both", "one", "two", "three", "four", "six", "eight", "ten", "twelve", "times",
        "per", "week", "weeks", "day", "days", "month", "months", "daily", "hour", "hours", "with", "without", "and",
        "for", "the", "of", "to", "in", "on", "at", "by", "is", "was", "are", "mg", "qty", "total", "request",
        "original", "remaining", "eligible", "portion", "associated", "additional", "retrospective", "repeat", "as",
        "an", "or", "needed", "authorized", "claims", "administrator", "from", "every", "each", "including",
        "low", "back",
    )
)  # fmt: skip
"""Words of titles that are no names of what is requested."""


class Visits(NamedTuple):
    """The smallest and the largest number of visits that a title may mean."""

    fewest: float
    most: float


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A disputed item: what its title requests over all its portions, and its rationale.

    What the title does not say is empty. `portions` are the passages of the title's portions, the disputed
    one last. `numbers` are the quantities of all portions, `visits` the visits of the disputed one, and
    `sides` the sides given for each paired region.
    """

    dispute: Dispute
    title: Passage
    portions: tuple[Passage, ...]
    rationale: Passage | None
    kind: RequestKind
    drugs: tuple[Drug, ...]
    treatments: tuple[Treatment, ...]
    regions: frozenset[str]
    sides: dict[str, frozenset[Side]]
    numbers: frozenset[float]
    visits: Visits | None

    @property
    def disputed(self) -> Passage:
        return self.portions[-1]

    @property
    def sites(self) -> tuple[Site, ...]:
        """The parts of the body that the title names, in all its portions."""
        return tuple(site for portion in self.portions for site in portion.sites)

    @property
    def names(self) -> frozenset[str]:
        """The words, in lower case, by which the disputed portion may be called: not its parts, sides and measures."""
        portion = self.disputed
        head = _HEAD.match(portion.lower)
        end = head.end() if head else len(portion.lower)
        parts = {at for each in portion.parts for at in range(each.place.start, each.place.end)}
        words = {
            match.group()
            for match in _NAME.finditer(portion.lower, 0, end)
            if match.start() not in parts and match.group() not in _NO_NAMES
        }
        return frozenset(words | {name.casefold() for drug in self.drugs for name in (drug.name, *drug.ingredients)})

    @property
    def is_drug(self) -> bool:
        """Whether a drug or a compound is requested."""
        return self.kind in DRUGS

    def has_drug(self, drug: Drug) -> bool:
        """Whether a drug was requested, under whatever name, or is of the same class as one that was."""
        return any(is_akin(drug, own) for own in self.drugs)

    def has_treatment(self, treatment: Treatment) -> bool:
        return any(
            treatment == own
            or is_alike(treatment, own)
            or (not own.name and treatment.kind is own.kind and not any(each.name for each in self.treatments))
            or (treatment.kind is own.kind is RequestKind.SURGERY)
            for own in self.treatments
        )

    def has_region(self, region: str) -> bool:
        return any(anatomy.overlap(region, own) for own in self.regions)


def build_item(dispute: Dispute, title: Passage, portions: tuple[Passage, ...], rationale: Passage | None) -> Item:
    """The profile of an item. `portions` are the passages of `dispute.request.portions`, in the same order."""
    request = dispute.request
    named = [term for portion in request.portions for term in vocabulary.find(portion.text)]
    regions = {field.value for p in request.portions for field in p.body_parts if field.value}
    regions |= {_LEVEL_REGIONS[level.value[0]] for p in request.portions for level in p.levels if level.value}
    if regions & {"neck", "thoracic", "low back"}:
        regions -= {"spine"}
    sides: dict[str, frozenset[Side]] = {}
    for portion in portions:
        for site in portion.sites:
            if site.side is not None and site.part.paired:
                sides[site.part.region] = sides.get(site.part.region, frozenset()) | {site.side}
    return Item(
        dispute,
        title,
        portions,
        rationale,
        request.kind,
        tuple({term.meaning.name: term.meaning for term in vocabulary.select(Drug, named)}.values()),
        tuple({term.meaning: None for term in vocabulary.select(Treatment, named)}),
        frozenset(regions),
        sides,
        frozenset(q.value for p in request.portions for q in p.quantities if q.value),
        count_visits(request.disputed),
    )


def find_other_item(place: Place, own: Item, items: Sequence[Item]) -> Item | None:
    """The item that words of the rationale of `own` name instead of `own`, None where they name no other item."""
    if own.rationale is None:
        return None
    drugs = [each.meaning for each in own.rationale.drugs if place.holds(each.place.start)]
    treatments = [each.meaning for each in own.rationale.treatments if place.holds(each.place.start)]
    if any(own.has_drug(drug) for drug in drugs) or any(own.has_treatment(treatment) for treatment in treatments):
        return None
    for other in items:
        drug = any(drug.same_as(each) for drug in drugs for each in other.drugs)
        treatment = not drugs and any(treatment in other.treatments[:1] for treatment in treatments)
        if other is not own and (drug or treatment):
            return other
    return None


def is_alike(treatment: Treatment, other: Treatment) -> bool:
    """Whether letters use the name of one treatment for the other."""
    return other.name in _LIKE.get(treatment.name, ())


def is_akin(drug: Drug, other: Drug) -> bool:
    """Whether two drugs have an ingredient or their class in common, or the class of one is not known."""
    one, two = drug.drug_class.split(" (")[0], other.drug_class.split(" (")[0]
    return drug.same_as(other) or one == two or not one or not two


def count_visits(portion: Portion) -> Visits | None:
    """The visits that a portion requests: its quantities, or else frequency times duration; None without a number."""
    counts = [quantity.value for quantity in portion.quantities if quantity.value]
    if counts:
        return Visits(min(counts), max(counts))
    for frequency in portion.frequencies:
        rate = frequency.value
        weeks = rate.weeks if rate else None
        if rate and weeks is None and portion.durations and portion.durations[0].value:
            weeks = portion.durations[0].value / 7
        if rate and weeks:
            return Visits(rate.least / rate.days * 7 * weeks, rate.most / rate.days * 7 * weeks)
    return None
