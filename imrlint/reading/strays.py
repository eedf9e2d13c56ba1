"""What a rationale says of the case and nothing else in the letter does: a drug, a part of the body, a side, a number.

Few such words are right: examples of a class, what a guideline prefers, a diagnosis to be excluded. The others are
slips, or came with a sentence from another case. What speaks for a slip and against it is added up; the weights were
fitted to letters as they are and to the same letters with one of these exchanged (`training/fit_strays.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from imrlint.document.letter import RequestKind, Side
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine import anatomy
from imrlint.reading import stray_weights
from imrlint.reading.account import Account, Named, read_numbers
from imrlint.reading.coordination import is_among_classes, shares_last_word
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.retelling import Told
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sentences import Sentence
from imrlint.reading.sites import Site, find_side_words, is_compared, may_be_other_side
from imrlint.reading.stray_features import read_features


class StrayKind(Enum):
    """What is named. The value is the column of its weights."""

    DRUG = "drug"
    PART = "part"
    SIDE = "side"
    NUMBER = "number"


class Contrast(NamedTuple):
    """Where the letter has another value, that value, and the one of the stray."""

    place: Place
    there: str
    here: str


class Stray(NamedTuple):
    """Words of a rationale for what nothing else in the letter has.

    `score` is the logarithm of the odds that they are a slip, where a slip is as frequent as not. `contrast` is what
    the letter has instead: the other side, another number; None for drugs and parts.
    """

    kind: StrayKind
    place: Place
    score: float
    contrast: Contrast | None = None

    @property
    def is_likely(self) -> bool:
        """Whether it is as good as surely a slip."""
        return self.score >= stray_weights.LIKELY[self.kind.value]

    @property
    def is_possible(self) -> bool:
        """Whether it may well be a slip."""
        return self.score >= stray_weights.POSSIBLE[self.kind.value]


class Candidate(NamedTuple):
    """A stray before it is weighed, with what is known of it: each feature with its value."""

    kind: StrayKind
    place: Place
    features: Mapping[str, float]
    contrast: Contrast | None = None


_MEDICATION = "medication"  # the term under which all drugs are, with their classes
_UNSPECIFIC = frozenset(("spine", "trunk", "head"))
_EQUIVALENT = re.compile(r"\bequ(?:al|iv|at)\w* [^,;]{0,30}$")  # "equals 20 mg of morphine"
_IDIOM = Pattern(r"\b(?:by|at|on|off) $|\bother $", re.IGNORECASE)  # "by hand", "on foot", "on the other hand"
# Before a number that is a difference, and behind one.
_GAINED = Pattern(rf"\b(?:{any_of('changed', 'stands apart')}|lacks?)(?: (?:by|of|about))? $", re.IGNORECASE)
_MORE = Pattern(r" (?:less|more|fewer|lower|higher|greater|better)\b", re.IGNORECASE)
_NEAR = 90  # characters within which words say why the other side is named
_MEASURED = frozenset(("/5", "/10", "%", "degree", "mm", "cm", "pound", "point", "year"))
"""Units of what is measured; visits, hours or doses are also counted together, so that another number may be right."""
_RETOLD = 0.4  # share of the words of a sentence that another one has, where the two tell the same
_RETOLD_CLOSELY = 0.6  # likewise, where the letter has the same words elsewhere


def find_strays(item: Item, account: Account) -> Iterator[Stray]:
    """The strays in the rationale of an item, by kind and place."""
    for each in find_candidates(item, account):
        weights = stray_weights.WEIGHTS.get(each.kind.value, {})
        score = sum(weights.get(name, 0.0) * value for name, value in each.features.items())
        yield Stray(each.kind, each.place, round(score, 3), each.contrast)  # rounded: all machines agree


def find_candidates(item: Item, account: Account) -> Iterator[Candidate]:
    """The strays of `find_strays`, unweighed."""
    if item.rationale is not None:
        yield from _find_drugs(item, item.rationale, account)
        yield from _find_parts(item, item.rationale, account)
        yield from _find_sides(item, item.rationale, account)
        yield from _find_numbers(item, item.rationale, account)


def _find_drugs(item: Item, rationale: Passage, account: Account) -> Iterator[Candidate]:
    named = [
        Named(place, any(drug.same_as(own) for own in item.drugs), frozenset(drug.ingredients))
        for place, drug in rationale.drugs
        if not is_among_classes(place) and not _EQUIVALENT.search(place.before[-_NEAR:])
    ]

    def is_new(ingredients: frozenset[str]) -> bool:
        return not any(account.has_ingredient(name, rationale) for name in ingredients)

    if not named:
        return
    told, classes = account.told_drugs, tuple(_find_classes(rationale))
    for each, contrast, features in _find_names(named, account.drugs, told, is_new, item, rationale, classes):
        yield Candidate(StrayKind.DRUG, each.place, features, contrast)


def _find_classes(rationale: Passage) -> Iterator[Named]:
    """The classes of drugs that a rationale names: "NSAIDs", "muscle relaxants"."""
    drugs = {at for place, _ in rationale.drugs for at in range(place.start, place.end)}
    for each in rationale.records:
        if _MEDICATION in each.term.within and drugs.isdisjoint(range(each.place.start, each.place.end)):
            yield Named(each.place, False, frozenset((each.term.name,)))


def _find_parts(item: Item, rationale: Passage, account: Account) -> Iterator[Candidate]:
    named = [Named(place, item.has_region(part.region), part.regions) for place, part in rationale.parts]
    therapies = [each.place for each in rationale.treatments if each.meaning.kind is RequestKind.THERAPY]
    named = [
        each
        for each in named
        if not each.meanings & _UNSPECIFIC
        and not _IDIOM.search(each.place.before)
        and not any(therapy.holds(each.place.start) for therapy in therapies)  # "hand therapy": who gives it
    ]
    if not named:
        return
    cited = (each for clause in item.dispute.clauses for each in account.list_within(clause.span))
    regions = account.regions | item.regions
    regions |= {
        region for each in cited if each is not rationale for part in each.parts for region in part.meaning.regions
    }

    def is_new(meanings: frozenset[str]) -> bool:
        return not _is_near(meanings, regions)

    told = account.told_parts
    for each, contrast, features in _find_names(named, account.parts, told, is_new, item, rationale):
        yield Candidate(StrayKind.PART, each.place, features, contrast)


def _find_names(
    named: Sequence[Named],
    there: Sequence[Named],
    told: Told,
    is_new: Callable[[frozenset[str]], bool],
    item: Item,
    rationale: Passage,
    beside: Sequence[Named] = (),
) -> Iterator[tuple[Named, Contrast | None, Mapping[str, float]]]:
    """The names that nothing else has, and those in a sentence that is told elsewhere with other names.

    Names `beside` them are not judged, but may be the others of a list.
    """
    all_named = (*named, *beside)
    for each in named:
        sentence = rationale.sentence_of(each.place)
        if is_new(each.meanings):
            yield each, None, read_features(each, all_named, item, rationale, told)
        elif not each.is_own and (other := _find_exchanged(each, sentence, named, there, told)):
            features = {**read_features(each, all_named, item, rationale, told), "elsewhere": 1.0}
            yield each, Contrast(other.place, other.place.text, each.place.text), features


def _find_exchanged(
    name: Named, sentence: Sentence, named: Sequence[Named], there: Sequence[Named], told: Told
) -> Named | None:
    """The first name in the sentence that tells the same, where the two have no name in common."""
    retold = told.find(sentence.place, name.place)
    if retold.sentence is None or retold.share < _RETOLD or shares_last_word(name.place, retold.sentence):
        return None
    here = [each for each in named if sentence.place.holds(each.place.start)]
    others = [each for each in there if _stands_in(each.place, retold.sentence) and not each.meanings & _UNSPECIFIC]
    if not others or any(_is_near(one.meanings, two.meanings) for one in here for two in others):
        return None
    return others[0]


def _stands_in(place: Place, sentence: Place) -> bool:
    """Whether words stand in a sentence, which may be of another text."""
    return place.prose is sentence.prose and sentence.holds(place.start)


def _is_near(regions: Iterable[str], known: Iterable[str]) -> bool:
    """Whether names have something in common; for regions, also that one is part of the other."""
    return any(
        anatomy.overlap(one, two) or anatomy.limb_of(one) == two or anatomy.limb_of(two) == one
        for one in regions
        for two in known
    )


def _find_sides(item: Item, rationale: Passage, account: Account) -> Iterator[Candidate]:
    sites, told = account.sites, account.told_sites
    named = [Named(site.place, site.part.region in item.sides, site.part.regions) for site in rationale.sites]
    for each, site in zip(named, rationale.sites, strict=True):
        if site.side in (None, Side.BOTH) or not site.part.paired or is_compared(site):
            continue
        new = _find_other_side(site, sites)
        is_disputed = site.side in item.sides.get(site.part.region, ())
        other = new or (None if is_disputed else _find_exchanged_side(site, rationale, sites, told))
        if other is not None and site.side and other.side:
            here, there = (f"{one.side.value} {one.place.text}" for one in (site, other) if one.side)
            features = dict(read_features(each, named, item, rationale, told))
            features["explained"] = float(may_be_other_side(each.place, _NEAR))
            features["limb has it"] = float(any(_is_of_limb(one, site) and one.side is site.side for one in sites))
            features["elsewhere"] = float(new is None)
            yield Candidate(StrayKind.SIDE, each.place, features, Contrast(other.sided, there, here))


def _find_exchanged_side(site: Site, rationale: Passage, known: Sequence[Site], told: Told) -> Site | None:
    """The place in the sentence that tells the same with the other side alone."""
    sentence = rationale.sentence_of(site.place).place
    retold = told.find(sentence, site.place)
    if retold.sentence is None or retold.share < _RETOLD:
        return None
    there = [each for each in known if _stands_in(each.place, retold.sentence)]
    if any(len({side for _, _, side in find_side_words(each.text)}) > 1 for each in (sentence, retold.sentence)):
        return None  # it tells the sides apart
    if any(each.side in (site.side, Side.BOTH) for each in there):
        return None
    is_known = any(each.part.name == site.part.name and each.side is site.side for each in known)
    if is_known and retold.share < _RETOLD_CLOSELY:
        return None
    return next((each for each in there if anatomy.overlap(each.part.region, site.part.region)), None)


def _find_other_side(site: Site, known: Sequence[Site]) -> Site | None:
    """The place with the other side of a part, or of its limb, where no place has this one."""
    near = [each for each in known if anatomy.overlap(each.part.region, site.part.region)]
    near = near or [each for each in known if _is_of_limb(each, site)]
    if not near or any(each.side in (site.side, Side.BOTH) for each in near):
        return None
    return next((each for each in near if each.part.name == site.part.name), near[0])


def _is_of_limb(one: Site, two: Site) -> bool:
    limbs = {anatomy.limb_of(site.part.region) or site.part.region for site in (one, two)}
    return len(limbs) == 1


def _find_numbers(item: Item, rationale: Passage, account: Account) -> Iterator[Candidate]:
    """Numbers in a sentence that tells again what the summary or a title tells, with another number there."""
    given = list(read_numbers(rationale))
    strays = [each for each in given if each.unit in _MEASURED and not _is_difference(each.place)]
    strays = [each for each in strays if not account.has_figure(each.value, rationale)]
    if not strays:
        return
    told = account.told_numbers
    named = [Named(each.place, False, frozenset((f"{each.value:g} {each.unit}",))) for each in given]
    for each in strays:
        sentence = rationale.sentence_of(each.place)
        if sentence.kind is SentenceKind.GUIDELINE or sentence.speaks_for_guideline:
            continue
        retold = told.find(sentence.place, each.place)
        if retold.sentence is None or retold.share < _RETOLD:
            continue
        here = {other.value for other in given if sentence.place.holds(other.place.start)}
        missing = [
            other
            for other in account.numbers
            if other.unit == each.unit and other.value not in here and _stands_in(other.place, retold.sentence)
        ]
        if missing:
            own = next(one for one in named if one.place == each.place)
            features = read_features(own, named, item, rationale, told)
            contrast = Contrast(missing[0].place, missing[0].place.text, each.place.text)
            yield Candidate(StrayKind.NUMBER, each.place, features, contrast)


def _is_difference(place: Place) -> bool:
    """Whether a number says by how much something changed, or differs: "gained 25 degrees", "20 degrees less"."""
    return bool(_GAINED.search(place.before[-_NEAR:]) or _MORE.match(place.after))
