"""What a text records: clinical terms, each there or done, absent or not done, or open.

A finding is there where it is affirmed. A treatment or a study must be said to have been done: what was requested,
planned or advised is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from imrlint.document.letter import Side
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine import anatomy, signs, terminology
from imrlint.knowledge.medicine.terminology import ClinicalTerm, TermKind
from imrlint.reading import measures
from imrlint.reading.sentences import Sentence
from imrlint.reading.sites import Site
from imrlint.reading.stance import Polarity


class Record(NamedTuple):
    """Words that name a clinical term, or say that it is normal.

    `polarity` says whether it is there or done, absent or not done, or open; `says_normal`, that its very words say
    that it is absent. `sites` are the parts of the body of its clause, else those of its sentence.
    """

    place: Place
    term: ClinicalTerm
    polarity: Polarity
    sites: tuple[Site, ...]
    says_normal: bool = False

    @property
    def regions(self) -> frozenset[str]:
        return frozenset(site.part.region for site in self.sites)

    @property
    def sides(self) -> frozenset[Side]:
        """The sides of its parts, both as left and right."""
        found = {site.side for site in self.sites if site.side}
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
_CUE = re.compile(
    rf"\b(?:(?P<wanted>{any_of('wanted', 'refused', 'refusal', 'non-certified')}|advis\w+|should|would|will"
    r"|future|candidate|option|discussed|in dispute|disputed|may be"
    r"|to (?:begin|start|undergo|obtain|rule out|evaluate))"
    rf"|(?P<done>{any_of('had', 'performed')}|has (?:had|tried|been)|have been|consist\w+ of|managed with|after"
    r"|following"
    r"|(?:treatments?|therapy|care|medications?|management)(?: (?!plan)\w+){0,4} (?:includ\w+|consist)"
    r"|since|status post|s/p|post|fail(?:ed|ure of)|course of|using|uses|takes|taking|continu\w+|prescribed"
    r"|medications?(?: are)?|treatments?|given|undergoing|attending|sessions?|visits?))\b",
    re.IGNORECASE,
)
_DONE_BEHIND = re.compile(
    rf"[\w ,/()'-]{{0,90}}?\b(?:{_PASSIVE} (?!not\b|never\b)(?:{any_of('performed')}|given|normal|negative|positive"
    r"|ineffective|helpful|unremarkable|administered|stopped|discontinued|tolerated)|show(?:s|ed)?|caused|reveal\w*"
    r"|demonstrat\w+|confirm\w*|found|read as|helped|failed|gave|provided|brought|relieved|did not help"
    r"|(?:with|without) (?:\w+ )?(?:relief|benefit|improvement)|dated|(?:of|on|from) \d{1,2}/|\(\d{1,2}/|, \d{1,2}/"
    r"|(?:in|of|since) (?:\w+ )?\d{4}|x ?\d|times \d)",
    re.IGNORECASE,
)
_WANTED_BEHIND = re.compile(
    rf"[\w ,/()'-]{{0,40}}?\b{_PASSIVE}"
    rf" (?:{any_of('wanted', 'refused', 'non-certified')}|advised|planned|considered)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|whether|unless|until|before|prior to|rather than|instead of|for lack of)\b[^,;]*$", re.IGNORECASE
)
_SHORTEST = 4  # letters of a name before an s that is none of its own
_FAR = 140  # characters from a cue to what was done


def find_records(passage: Sentences) -> Iterator[Record]:
    """What a passage says of clinical terms, sentence by sentence."""
    named = list(terminology.find(passage.prose.text))
    number = 0
    first = 0
    for sentence in passage.sentences:
        end = sentence.place.end
        last = first
        while last < len(passage.sites) and passage.sites[last].place.start < end:
            last += 1
        sites = passage.sites[first:last]
        first = last
        taken: list[Place] = []
        while number < len(named) and named[number].start < end:
            place = Place(passage.prose, named[number].start, named[number].end)
            term, is_normal = named[number].meaning
            number += 1
            if not place.after.startswith(":"):  # a label
                yield _build(sentence, place, term, sites, is_normal=is_normal)
                taken.append(place)
        yield from _find_measured(sentence, sites, taken)
        for start, stop in _find_radiation(sentence, sites):
            place = sentence.place.part(start, stop)
            yield _build(sentence, place, terminology.terms()["radiating pain"], sites, is_normal=False)
        for start, stop, _ in signs.find(sentence.lower):
            place = sentence.place.part(start, stop)
            yield _build_examination(sentence, place, terminology.examine(_name_sign(place.lower)), sites)


def _find_measured(sentence: Sentence, sites: Sequence[Site], taken: Sequence[Place]) -> Iterator[Record]:
    """What a sentence says of measures, where no phrase says it already; and that they were examined."""
    for start, stop, term, is_normal in measures.find_measured(sentence.lower):
        place = sentence.place.part(start, stop)
        if is_normal is None:
            yield _build_examination(sentence, place, term, sites)
        elif not any(place.overlaps(each) for each in taken):
            yield _build(sentence, place, term, sites, is_normal=is_normal)


def _build(sentence: Sentence, place: Place, term: ClinicalTerm, sites: Sequence[Site], *, is_normal: bool) -> Record:
    polarity = _judge(sentence, place, term, is_normal=is_normal)
    return Record(place, term, polarity, _select(sites, place), is_normal)


def _build_examination(sentence: Sentence, place: Place, term: ClinicalTerm, sites: Sequence[Site]) -> Record:
    """A record that something was examined: where a result stands near it, whatever it was."""
    text = place.prose.lower
    near = text[max(place.start - 40, sentence.place.start) : min(place.end + 60, sentence.place.end)]
    polarity = Polarity.AFFIRMED if _RESULT.search(near) else Polarity.THOUGHT
    return Record(place, term, polarity, _select(sites, place))


_RADIATES = re.compile(
    r"\b(?:radiat|spread|shoot|travel|extend)\w*(?: \w+){0,2}? (?:to|into|down|along|through|throughout)\b",
    re.IGNORECASE,
)
_TO_LIMB = 30  # characters from there to the limb


def _find_radiation(sentence: Sentence, sites: Sequence[Site]) -> Iterator[tuple[int, int]]:
    """Where a sentence says that something, usually pain, spreads into a limb."""
    for match in _RADIATES.finditer(sentence.lower):
        end = sentence.place.start + match.end()
        limb = next((s for s in sites if end <= s.place.start < end + _TO_LIMB), None)
        if limb is not None and anatomy.limb_of(limb.part.region) in ("arm", "leg"):
            yield match.start(), limb.place.end - sentence.place.start


_RESULT = re.compile(
    r"\b(?:positive|negative|normal|intact|equal|symmetric\w*|full|decreased|diminished|reduced|limited|restricted|absent"
    r"|\d|unremarkable|elicited|revealed|showed|weak|painful|stable)\b"
)


def _name_sign(written: str) -> str:
    """The name of a sign, however it is written."""
    first = re.split(r"[ '’-]", written)[0]
    return first.removesuffix("s") if len(first) > _SHORTEST else first


def _judge(sentence: Sentence, place: Place, term: ClinicalTerm, *, is_normal: bool) -> Polarity:
    polarity = sentence.judge_polarity(place)
    if is_normal:
        return Polarity.DENIED if polarity is Polarity.AFFIRMED else Polarity.THOUGHT
    if polarity is Polarity.DENIED or term.kind in (TermKind.FINDING, TermKind.EXAMINATION):
        return polarity
    is_done = _is_done(place) and not _CONDITION.search(place.before)  # when it was done does not matter
    return Polarity.AFFIRMED if is_done else Polarity.THOUGHT


def _is_done(place: Place) -> bool:
    """Whether a treatment or a study is said to have been done: by what stands behind it, else by the nearest cue."""
    after = place.after.split(";")[0]
    if _WANTED_BEHIND.match(after):
        return False
    if _DONE_BEHIND.match(after):
        return True
    cues = list(_CUE.finditer(place.before.split(";")[-1][-_FAR:]))
    return bool(cues) and cues[-1]["wanted"] is None


def _select(sites: Sequence[Site], place: Place) -> tuple[Site, ...]:
    """The parts of the body in the clause of a place, else those of the sentence, without
    their sides, where all lie in one region.
    """
    text, sentence = place.prose.text, place.sentence
    begin = max((text.rfind(mark, sentence.start, place.start) for mark in ",;"), default=-1) + 1
    begin = max(begin, sentence.start)
    ends = [at for mark in ",;" if (at := text.find(mark, place.end, sentence.end)) >= 0]
    end = min(ends, default=sentence.end)
    near = tuple(site for site in sites if begin <= site.place.start < end)
    if near:
        return near
    if len({site.part.region for site in sites}) != 1:
        return ()
    return tuple(site._replace(side=None) for site in sites)
