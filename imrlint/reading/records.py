"""What a text records: clinical terms, each there or done, absent or not done, or open.

A finding is there where it is affirmed. A treatment or a study must be said to have been done: what was requested,
planned or advised is open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import Generic, Protocol, TypeVar

from imrlint.document.letter import Side
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine import anatomy, signs, terminology
from imrlint.knowledge.medicine.terminology import ClinicalTerm, TermKind
from imrlint.knowledge.terms import Term
from imrlint.once import cached_property
from imrlint.reading import absence_triggers, measures, shown_findings, work
from imrlint.reading.measures import Measure
from imrlint.reading.sentences import Sentence
from imrlint.reading.sites import Site, find_sides
from imrlint.reading.stance import Polarity

T = TypeVar("T")


class Surroundings(Protocol):
    """The sentence of a record."""

    def select_sites(self, place: Place) -> tuple[Site, ...]:
        """The parts of the body of a place."""
        ...

    def find_sides(self, place: Place) -> frozenset[Side]:
        """The sides of a place whose parts have none."""
        ...


class Record:
    """Words that name a clinical term, or say that it is normal.

    `says_normal` says that its very words say that it is absent. Most terms are only named: how a record is meant is
    judged, and its parts of the body are looked for, when somebody asks.
    """

    def __init__(
        self,
        place: Place,
        term: ClinicalTerm,
        judge: Callable[[], Polarity],
        around: Surroundings,
        *,
        says_normal: bool = False,
    ) -> None:
        """A record of a term at a place in its surroundings. `judge` returns its polarity."""
        self.place = place
        self.term = term
        self.says_normal = says_normal
        self._judge, self._around = judge, around

    @cached_property
    def polarity(self) -> Polarity:
        """Whether it is there or done, absent or not done, or open."""
        return self._judge()

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """The parts of the body of its clause, else those of its sentence."""
        return self._around.select_sites(self.place)

    def deny(self) -> Record:
        """The same record, denied."""
        return Record(self.place, self.term, lambda: Polarity.DENIED, self._around, says_normal=self.says_normal)

    @cached_property
    def regions(self) -> frozenset[str]:
        return frozenset(site.part.region for site in self.sites)

    @cached_property
    def sides(self) -> frozenset[Side]:
        """The sides of its parts, else those that its clause names, else the only one named before it in its sentence;
        both as left and right.
        """
        found = {site.side for site in self.sites if site.side}
        if not found:
            return self._around.find_sides(self.place)
        return frozenset({Side.LEFT, Side.RIGHT} if Side.BOTH in found else found)


class Sentences(Protocol):
    """A prose with its annotated sentences and parts of the body."""

    @property
    def prose(self) -> Prose: ...

    @property
    def sentences(self) -> Sequence[Sentence]: ...

    @property
    def sites(self) -> Sequence[Site]: ...


_PASSIVE = r"(?:was|were|is|are|has been|have been|had been|being)"
_CUE = Pattern(
    rf"\b(?:(?P<wanted>{any_of('wanted', 'refused', 'refusal', 'non-certified')}|advis\w+|should|would|will"
    r"|plan(?: of care| of treatment)? (?:(?:of|on|dated) (?:[\w/-]+ ){1,3})?(?:consist\w* of|includ\w+|was|is)"
    r"|future|candidate|option|discussed|consider\w*|ask\w* for|in dispute|disputed|may be"
    r"|to (?:begin|start|undergo|obtain|rule out|evaluate))"
    rf"|(?P<done>{any_of('had', 'performed')}|has (?:had|tried|been)|have been|consist\w+ of|managed with|after|despite"
    r"|following"
    r"|(?:treatments?|therapy|care|medications?|management|history)"
    r"(?: (?!plan|request|submitted|review)\w+){0,6} (?:includ\w+|consist)"
    r"|since|status post|s/p|post|fail(?:ed|ure of)|course of|using|uses|takes|took|taking|wears?|wore|worn|wearing"
    r"|does|doing|performs|continu\w+|prescribed"
    r"|given(?! to\b)|undergoing|attending|utiliz(?:ed|es|ing)|used(?! to\b)"
    r"|(?P<named>medications?(?: are)?|treatments?(?! plan)|sessions?|visits?)))\b",
    re.IGNORECASE,
)
# A clause on what was named before it: "the left forearm, which healed".
_REFERRING = Pattern(
    rf"\s*(?:(?:and|but|although|though|while|where|{any_of('reason')}) )?(?:which|it|they)\b", re.IGNORECASE
)
_DONE_BEHIND = Pattern(
    rf"[\w ,/()'-]{{0,90}}?\b(?:{_PASSIVE} (?!not\b|never\b)(?:{any_of('performed', 'had')}|given"
    r"|used|worn|normal|negative|positive|ineffective|helpful|unremarkable|administered|stopped|discontinued|tolerated)|show(?:s|ed)?|caused|reveal\w*"
    r"|demonstrat\w+|confirm\w*|found|read as|helped|failed|gave|provided|brought|relieved|reduced|produced"
    r"|consistent with|did not help"
    r"|(?:with|without) (?:\w+ )?(?:relief|benefit|improvement)|dated|(?:(?:of|on|from) |\(|, )\d{1,2}[/-]\d{1,2}[/-]"
    r"|(?:in|of|since) (?:\w+ )?\d{4}|x ?\d|times \d)",
    re.IGNORECASE,
)
_WANTED_BEHIND = Pattern(
    rf"[\w ,/()'-]{{0,40}}?\b{_PASSIVE}"
    rf" (?:\w+ly )?(?:{any_of('wanted', 'refused', 'non-certified')}|advised|planned|considered"
    rf"|found (?:to be )?(?:\w+ )?{any_of('necessary')})\b",
    re.IGNORECASE,
)
_CONDITION = Pattern(
    r"\b(?:if|whether|unless|until|before|prior to|rather than|instead of|for lack of)\b[^,;]*$", re.IGNORECASE
)
# "a physical medicine consultation": what is named is no treatment.
_NAMES_OTHER = re.compile(
    r" (?:consult(?:ation)?s?|physicians?|specialists?|doctors?|clinics?|departments?|guidelines?|chapters?)\b",
    re.IGNORECASE,
)
_DONE = (TermKind.TREATMENT, TermKind.STUDY)
# Names of a whole class of treatments or studies.
_CLASSES = frozenset(
    ("operation", "surgery", "procedure", "treatment", "therapy", "injection", "study", "medication", "drug")
)
_ON_SIDE = re.compile(r"(?:(?: \w+){0,2}? (?:on|at))? the (?:left|right)\b", re.IGNORECASE)
_PARTED = re.compile(r";|, (?:to|for|of|with|in) which ")
_FAR = 240  # characters from a cue to what was done
_CLAUSE = 300  # characters of a clause before and behind a term, at most


_RADIATES = Pattern(
    r"\b(?:radiat|spread|shoot|travel|extend)\w*(?: \w+){0,2}? (?:to|into|down|along|through|throughout)\b",
    re.IGNORECASE,
)
_TO_LIMB = 30  # characters from there to the limb
_CARE, _FAILED_CARE = "conservative care", "failed conservative treatment"
_NOT_WORKING = frozenset(("unable to work", "limited work capacity"))
_NO_RELIEF = Pattern(
    r"\b(?:failed to (?:relieve|help|improve)"
    r"|(?:without|with no|no|(?:with )?(?:little|minimal|lack of)) (?:\w+ ){0,2}?(?:relief|benefit|improvement|help"
    r"|change)"
    r"|(?:(?:has|have|had|is|was|were|are) not|did not|does not|do not) (?:\w+ )?(?:help\w*|improv\w+|reliev\w+"
    r"|respond\w*|effective|beneficial)|ineffective)\b"
)
_VALUE = re.compile(r"(?: \w+)? (?:of|was|is|at) \d")
_RESULT = re.compile(
    r"\b(?:positive|negative|normal|intact|equal|symmetric\w*|full|decreased|diminished|reduced|limited|restricted|absent"
    r"|\d+|unremarkable|elicited|revealed|showed|weak|painful|stable)\b"
)


def find_records(passage: Sentences) -> Iterator[Record]:
    """What a passage says of clinical terms, sentence by sentence."""
    text, lower = passage.prose.text, passage.prose.lower
    named, measured, examined = (
        _Queue(terminology.find(text)),
        _Queue(measures.find_measures(lower)),
        _Queue(signs.find(lower)),
    )
    spreads = _RADIATES.search(lower) is not None
    first = 0
    for sentence in passage.sentences:
        end = sentence.place.end
        last = first
        while last < len(passage.sites) and passage.sites[last].place.start < end:
            last += 1
        recorder = _Recorder(sentence, passage.sites[first:last])
        first = last
        own: list[Record] = []
        for start, stop, (term, is_normal) in named.take(end):
            if not text.startswith(":", stop) and not _NAMES_OTHER.match(text, stop):  # a label, a specialty
                own.append(recorder.record(Place(passage.prose, start, stop), term, is_normal=is_normal))
        yield from own
        stated = [each.place for each in own if each.term.kind is not TermKind.EXAMINATION]
        yield from recorder.find_measured(measured.take(end), stated)
        if spreads:
            yield from recorder.find_radiation()
        yield from recorder.find_signs(examined.take(end))
        yield from recorder.find_failure(own)
        yield from recorder.find_work([each.place for each in own if each.term.name in _NOT_WORKING])
        yield from recorder.find_results(own)


class _Queue(Generic[T]):
    """Terms of a text, which are taken sentence by sentence."""

    def __init__(self, terms: Iterable[Term[T]]) -> None:
        self._terms = list(terms)
        self._taken = 0

    def take(self, end: int) -> list[Term[T]]:
        """Those that begin before character `end` and were not taken before."""
        first = self._taken
        while self._taken < len(self._terms) and self._terms[self._taken].start < end:
            self._taken += 1
        return self._terms[first : self._taken]


class _Recorder:
    """Makes records of a sentence, whose parts of the body are given."""

    def __init__(self, sentence: Sentence, sites: Sequence[Site]) -> None:
        self._sentence, self._sites = sentence, sites
        regions = {site.part.region for site in sites}
        is_of_one_region = all(anatomy.are_near(one, other) for one, other in combinations(regions, 2))
        self._region = tuple(site._replace(side=None) for site in sites) if is_of_one_region else ()

    def record(self, place: Place, term: ClinicalTerm, *, is_normal: bool) -> Record:
        """A record of a term that is named at a place, or said to be normal there."""
        judge = partial(_judge, self._sentence, place, term, is_normal=is_normal)
        return Record(place, term, judge, self, says_normal=is_normal)

    def find_measured(self, named: Sequence[Term[Measure]], taken: Sequence[Place]) -> Iterator[Record]:
        """What is said of the measures named, where no phrase at a place taken says it already; and that they were
        examined.
        """
        if not named:
            return
        base = self._sentence.place.start
        inside = [Term(start - base, end - base, meaning) for start, end, meaning in named]
        said = {at for place in taken for at in range(place.start, place.end)}
        for start, stop, name, term, is_normal in measures.find_measured(self._sentence.lower, inside):
            place = self._sentence.place.part(start, stop)
            if is_normal is None:
                yield self._record_examination(place, term)
            elif base + name not in said:
                yield self.record(place, term, is_normal=is_normal)

    def find_radiation(self) -> Iterator[Record]:
        """Where it says that something, usually pain, spreads into a limb."""
        base = self._sentence.place.start
        for match in _RADIATES.finditer(self._sentence.lower):
            limb = next(iter(self._select_between(base + match.end(), base + match.end() + _TO_LIMB)), None)
            if limb is not None and anatomy.limb_of(limb.part.region) in ("arm", "leg"):
                place = self._sentence.place.part(match.start(), limb.place.end - base)
                yield self.record(place, terminology.term("radiating pain"), is_normal=False)

    def find_failure(self, named: Sequence[Record]) -> Iterator[Record]:
        """Where it says that conservative care, of whatever kind, brought no relief."""
        match = _NO_RELIEF.search(self._sentence.lower)
        if match and any(_CARE in each.term.within and each.polarity is not Polarity.DENIED for each in named):
            place = self._sentence.place.part(*match.span())
            yield Record(place, terminology.term(_FAILED_CARE), lambda: Polarity.AFFIRMED, self)

    def find_work(self, taken: Sequence[Place]) -> Iterator[Record]:
        """Where it says that the worker works, or does not, and no phrase at a place taken says it already."""
        for start, stop, works in work.find_work(self._sentence.lower):
            place = self._sentence.place.part(start, stop)
            if not any(each.overlaps(place) for each in taken):
                yield self.record(place, terminology.term("unable to work"), is_normal=works)

    def find_results(self, named: Sequence[Record]) -> Iterator[Record]:
        """What its studies and examinations showed: nothing, or something that is not normal."""
        for place, term, is_normal in shown_findings.find_results(self._sentence.place, named):
            yield self.record(place, term, is_normal=is_normal)

    def find_signs(self, named: Sequence[Term[frozenset[str]]]) -> Iterator[Record]:
        """The signs that were examined."""
        for start, stop, _ in named:
            place = Place(self._sentence.place.prose, start, stop)
            yield self._record_examination(place, terminology.examine(signs.name_of(place.text)))

    def _record_examination(self, place: Place, term: ClinicalTerm) -> Record:
        """A record that something was examined: where a result stands near it, whatever it was."""
        return Record(place, term, partial(_judge_examination, self._sentence.place, place), self)

    def select_sites(self, place: Place) -> tuple[Site, ...]:
        """The parts of the body in the clause of a place.

        Where the clause begins with a pronoun it is the last part before it, and where it names none those of the
        sentence, without their sides, if all lie near one another.
        """
        begin, end = self._find_clause(place)
        start = self._sentence.place.start
        if _REFERRING.match(place.prose.text, begin, place.start) and (earlier := self._select_between(start, begin)):
            return earlier[-1:]
        return self._select_between(begin, end) or self._region

    def find_sides(self, place: Place) -> frozenset[Side]:
        """The sides that the clause of a place names, else the only one that the sentence names before, or at all.

        One that stands right behind the place goes before the others: "positive on the right and negative on the left".
        """
        begin, end = self._find_clause(place)
        text = place.prose.text
        if behind := _ON_SIDE.match(text, place.end, end):
            return find_sides(text, place.end, behind.end())
        if own := find_sides(text, begin, end):
            return own
        sentence = self._sentence.place
        for last in (begin, sentence.end):
            named = find_sides(text, sentence.start, last)
            if len(named) == 1:
                return named
        return frozenset()

    def _find_clause(self, place: Place) -> tuple[int, int]:
        """The characters from and to which a clause reaches."""
        text, sentence = place.prose.text, self._sentence.place
        first, last = max(place.start - _CLAUSE, sentence.start), min(place.end + _CLAUSE, sentence.end)
        begin = max(first, *(text.rfind(mark, first, place.start) + 1 for mark in ",;"))
        return begin, min((at for mark in ",;" if (at := text.find(mark, place.end, last)) >= 0), default=last)

    def _select_between(self, begin: int, end: int) -> tuple[Site, ...]:
        first = bisect_left(self._sites, begin, key=lambda site: site.place.start)
        last = bisect_left(self._sites, end, key=lambda site: site.place.start)
        return tuple(self._sites[first:last])


def _judge(sentence: Sentence, place: Place, term: ClinicalTerm, *, is_normal: bool) -> Polarity:
    polarity = sentence.judge_polarity(place)
    if is_normal:
        return Polarity.DENIED if polarity is Polarity.AFFIRMED else Polarity.THOUGHT
    if polarity is Polarity.DENIED and term.kind in _DONE and _WANTED_BEHIND.match(place.after):
        return Polarity.THOUGHT  # "had been denied": it was asked for
    if polarity is Polarity.AFFIRMED and place.before.endswith(" from ") and place.after.startswith(" to "):
        return Polarity.THOUGHT  # "went from off work to light duty"
    if polarity is Polarity.DENIED or term.kind in (TermKind.FINDING, TermKind.EXAMINATION):
        return polarity
    if is_anaphoric(place):
        return Polarity.THOUGHT
    base = sentence.place.start
    if absence_triggers.deny_behind(sentence.lower, place.start - base, place.end - base, term.kind):
        return Polarity.DENIED  # "had not been used"
    if term.kind is TermKind.STUDY and _VALUE.match(place.after):
        return Polarity.AFFIRMED  # "with a creatinine of 0.9"
    return Polarity.AFFIRMED if _is_done(place, sentence.place) else Polarity.THOUGHT  # when does not matter


def _judge_examination(sentence: Place, place: Place) -> Polarity:
    begin, end = max(place.start - 40, sentence.start), min(place.end + 60, sentence.end)
    return Polarity.AFFIRMED if _RESULT.search(place.prose.lower, begin, end) else Polarity.THOUGHT


def is_anaphoric(place: Place) -> bool:
    """Whether words only refer to something that was named before, or is requested: "the operation"."""
    text, start = place.prose.lower, place.start
    return place.lower in _CLASSES and text[max(start - 5, 0) : start].endswith(("the ", "this ", "that "))


def _is_done(place: Place, sentence: Place) -> bool:
    """Whether a treatment or a study is said to have been done: by what stands behind it, else by the nearest cue."""
    text = place.prose.text
    before = _PARTED.split(text[max(place.start - _FAR, sentence.start) : place.start])[-1]
    after = text[place.end : min(place.end + _FAR, sentence.end)].partition(";")[0]
    if _CONDITION.search(before) or _WANTED_BEHIND.match(after):
        return False
    if _DONE_BEHIND.match(after):
        return True
    cues = list(_CUE.finditer(before))
    while len(cues) > 1 and cues[-1]["named"]:
        cues.pop()  # "requested 8 visits", "the plan includes medication and"
    return bool(cues) and cues[-1]["wanted"] is None
