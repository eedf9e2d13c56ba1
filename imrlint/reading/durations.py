"""How long something has lasted or lies back, and since when: "on Soma for two years", "since 2014"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from imrlint.document.letter import RequestKind
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import units
from imrlint.knowledge.language.function_words import alternatives
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading.entities import Mention
from imrlint.reading.mechanism import Words, list_lemmas
from imrlint.reading.periods import Period
from imrlint.reading.quantities import Bound, Quantity
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sentences import Sentence


class Timed(Words, Protocol):
    """A prose with the drugs, treatments, times and quantities that it names."""

    @property
    def text(self) -> str: ...

    @property
    def drugs(self) -> Sequence[Mention[Drug]]: ...

    @property
    def periods(self) -> Sequence[Period]: ...

    def place(self, start: int, end: int) -> Place: ...

    def sentence_of(self, place: Place) -> Sentence: ...

    def treatments_in(self, place: Place) -> Sequence[Mention[Treatment]]: ...

    def quantities_in(self, place: Place) -> Sequence[Quantity]: ...


class State(Enum):
    """What has a beginning besides drugs and treatments."""

    INJURY = "the injury"
    OFF_WORK = "the absence from work"


class Told(NamedTuple):
    """What is only told in words, as their lemmas: "since the hose was pulled"."""

    lemmas: frozenset[str]


Subject = Drug | Treatment | RequestKind | State | Told
"""What lasts or was done: a kind of treatment where only that is named."""


class Beginning(NamedTuple):
    """When something began or was done. `is_latest`: it may have been earlier ("since at least 2014")."""

    place: Place
    subject: Subject
    period: Period
    is_latest: bool


class Relation(Enum):
    """How a length of time is measured from a beginning."""

    LASTED = "lasted"  # until now, or until a time that the sentence gives
    LIES_BACK = "lies back"  # likewise
    AFTER = "after"  # so long after it something happened


class Duration(NamedTuple):
    """A length of time since one of some subjects began or was done.

    `since` are the times that its sentence gives for the beginning, `until` those for the end; `until_visit` are the
    words for a visit at its end.
    """

    quantity: Quantity
    relation: Relation
    subjects: tuple[Subject, ...]
    since: tuple[Period, ...]
    until: tuple[Period, ...]
    until_visit: Place | None


_INJURY = Pattern(
    rf"\b(?:injur(?:y|ies)|injured(?! (?:{any_of('worker')}|person))|accident|incident|claim|hurt|onset"
    rf"|(?<=the )(?:{alternatives('noun of an accident')})(?! of (?:last|\d)))\b",
    re.IGNORECASE,
)
_OTHER_INJURY = Pattern(rf"\b(?:{any_of('earlier', 'another')}|first|old|second|new|re-?)\b", re.IGNORECASE)
_OFF_WORK = Pattern(
    rf"\b(?:off|out of|away from|without) work\b|\b(?:{any_of('negation')}|stopped) (?:\w+ )?(?:work(?:ed|ing)?"
    r"|return(?:ed)? to work)\b",
    re.IGNORECASE,
)

_KINDS = (
    (re.compile(r"\binject(?:ed|ions?)\b", re.IGNORECASE), RequestKind.INJECTION),
    (re.compile(r"\b(?:surger(?:y|ies)|operat(?:ed|ions?)|surgical)\b", re.IGNORECASE), RequestKind.SURGERY),
)
_SINCE = Pattern(
    r"\b(?:since|(?:began|begun|started|initiated|commenced|instituted|put on"
    r"|placed on)(?:(?: [\w/]+){0,4}? (?:on|in|about|around))?)"
    r"(?P<latest> at (?:the )?least)?(?: (?:about|around|early|late|mid-?|the end of))* $",
    re.IGNORECASE,
)
_DONE_ON = Pattern(r"\b(?:on|in|dated|of|from)(?: (?:about|around|early|late))* $", re.IGNORECASE)
_PERFECT = Pattern(
    rf"\b(?:has|have|had|having)\b(?:\W+\w+){{0,4}}?\W+(?:{any_of('had')}|been|lasted|persisted|continued|gone|remained"
    r"|suffered|not|helped|failed)\b|\bin its (?=\w+ (?:month|week|year))",
    re.IGNORECASE,
)
_BOUND = any_of("about", "at least", "at most")
_FOR = Pattern(
    rf"\bfor (?:(?:the|a|an|over|past|last|well|now|period of|{_BOUND}) )*$|\bnow in (?:its|his|her|the) $",
    re.IGNORECASE,
)
_AFTER = Pattern(r",? (?:\w+ )?(?:after|following|since|from|post|past) ", re.IGNORECASE)
_BACK = Pattern(
    r" (?:ago|back|in the past|behind (?:him|her|them))\b|[ -]old(?=[.,;:)]| (?:at|in|on|and|when|by|as)\b|$)",
    re.IGNORECASE,
)
_ADULT = 16  # years
_STOPPED = Pattern(r"\b(?:stop\w*|discontinu\w+|ceas\w+|wean\w*|quit|off|without)\b", re.IGNORECASE)
_OWN_SUBJECT = re.compile(rf"[,;] (?:and|but|while|whereas) (?:{alternatives('determiner')}|the) ", re.IGNORECASE)
_OTHER_CLAUSE = Pattern(r";|\b(?:which|that|who|relie\w+|gave|with)\b", re.IGNORECASE)
_ENDED = Pattern(r" (?:before|until|and then)\b", re.IGNORECASE)  # "for seven weeks before they came back"
_BEFORE = Pattern(r" (?:before|prior to|ahead of) ", re.IGNORECASE)
_BEFORE_THAT = re.compile(r" before (?:that|this|then)\b", re.IGNORECASE)  # something else that was told
_SEPARATES = Pattern(rf" (?:{alternatives('verb of lying between')}) (?:between )?", re.IGNORECASE)
_GONE = Pattern(
    r"\b(?:have|has|had) (?:now |already |by then )?(?:gone by|passed|elapsed)\b|\bwent by\b|\bpassed\b", re.IGNORECASE
)
_ON = Pattern(
    r"\b(?:on|in|by|at|as of|of|through|until)(?: (?:the|about|around|early|late|visit|exam\w*|note|report|of"
    r"|month|end|evaluation))* $",
    re.IGNORECASE,
)
_VISIT = Pattern(
    rf"\b(?:{alternatives('noun at the end of a time')}|{alternatives('word of dispute')})\b", re.IGNORECASE
)
# Words of a plan, a request, a guideline or a condition: nothing has lasted yet.
_PLANNED = Pattern(
    rf"\b(?:{any_of('kin')}|should|must|may|might|will|would|can|could|to be|next|plan\w*|(?<!been )prescri\w+"
    r"|suppl(?:y|ies)|rental|refills?|recommend\w*"
    r"|trials?|course|return in|if|unless|every|each|per|another|additional|further)\b",
    re.IGNORECASE,
)
_BREAK = Pattern(
    r"[,;]|\b(?:and|before|after|until|visit|evaluation|exam\w*|report|note|review\w*|request\w*|denied|prescri\w+)\b",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[,;]")
_ADJOINS = re.compile(rf"(?:[ ,(]|\b(?:is|was|are|were|now|already|and|{_BOUND})\b)*", re.IGNORECASE)
_POST_OP = Pattern(
    r" (?:post-?op\w*|post-?surg\w*|(?:status )?post[- ]surgery|after surgery|out from surgery)\b", re.IGNORECASE
)
_BETWEEN = Pattern(
    r"\bbetween [^,;]{3,80}$|\bbetween [^,;]{3,80}?(?= (?:lay|lie|lies|were|was|are|is)\b)", re.IGNORECASE
)
_STILL = Pattern(r"\b(?:remains?|is still|continues?|has remained)\b", re.IGNORECASE)
_WITHIN = Pattern(r"\bwithin (?:the )?(?:first )?$", re.IGNORECASE)
_OF = Pattern(r" of ", re.IGNORECASE)
_INTO = Pattern(r" into ", re.IGNORECASE)
_IT_IS = Pattern(rf"\bit (?:is|was|has been|had been)(?: now)?(?: {_BOUND})? $", re.IGNORECASE)
_OF_USE = Pattern(r" of (?:continuous |daily |regular )?use\b", re.IGNORECASE)
_SINCE_CLAUSE = Pattern(r"\bsince\b[^,;]*", re.IGNORECASE)
_RELATIVE = re.compile(r"^[^,;]{0,12},? (?:which|that)\b", re.IGNORECASE)
_PERSON = Pattern(rf"\b(?:{any_of('worker', 'pronoun', 'kin')}|male|female)\b", re.IGNORECASE)
_REACH = 45  # characters from a length of time to what it is measured from


def find_beginnings(passage: Timed) -> Iterator[Beginning]:
    """When drugs, treatments and states began or were done, as a passage says."""
    for period in passage.periods:
        sentence = passage.sentence_of(period.place)
        start = sentence.place.start
        before = passage.text[start : period.place.start]
        if since := _SINCE.search(before):
            clause = passage.place(start, period.place.start)
            named = [each.meaning for each in passage.drugs if clause.holds(each.place.start)][-1:]
            subjects: list[Subject] = [*named]
            if _OFF_WORK.search(before):
                subjects.append(State.OFF_WORK)
            for subject in subjects:
                yield Beginning(period.place, subject, period, bool(since["latest"]))
        elif _DONE_ON.search(before):
            near = passage.place(max(start, period.place.start - 60), period.place.start)
            for at, subject in _name_done(passage, near)[-1:]:
                if not _BREAK.search(passage.text[at : period.place.start]):
                    yield Beginning(period.place, subject, period, is_latest=False)


def _name_done(passage: Timed, place: Place) -> list[tuple[int, Subject]]:
    """The treatments and kinds of treatments that a place names, each with the end of its name, in order."""
    found: list[tuple[int, Subject]] = [(each.place.end, each.meaning) for each in passage.treatments_in(place)]
    for pattern, kind in _KINDS:
        found += [(place.start + match.end(), kind) for match in pattern.finditer(place.text)]
    return sorted(found, key=lambda each: (each[0], isinstance(each[1], Treatment)))


def find_durations(passage: Timed) -> Iterator[Duration]:
    """The lengths of time since a beginning of which a passage speaks; none of plans and guidelines."""
    for sentence in passage.sentences:
        if sentence.kind is SentenceKind.GUIDELINE or sentence.is_general or sentence.speaks_for_guideline:
            continue
        for quantity in passage.quantities_in(sentence.place):
            if quantity.dimension in (units.TIME, "age") and not quantity.per:
                found = _find_duration(passage, sentence, quantity)
                if found is not None and not sentence.is_quoted(quantity.place.start):
                    yield found


def _find_duration(passage: Timed, sentence: Sentence, quantity: Quantity) -> Duration | None:
    start, end = sentence.place.start, sentence.place.end
    before, after = passage.text[start : quantity.place.start], passage.text[quantity.place.end : end]
    if (
        _PLANNED.search(before)
        or _PLANNED.search(_COMMA.split(after)[0][:60])
        or (quantity.dimension == "age" and not _BACK.match(after))
    ):
        return None
    dated = [each for each in passage.periods if sentence.place.holds(each.place.start)]
    until = tuple(
        each
        for each in dated
        if _ON.search(passage.text[start : each.place.start]) and not _is_of_another_clause(quantity.place, each.place)
    )
    clause = passage.place(start, quantity.place.start)
    reach = passage.place(quantity.place.end, min(end, quantity.place.end + _REACH))

    def build(
        relation: Relation, subjects: tuple[Subject, ...], since: tuple[Period, ...] = (), visit: Place | None = None
    ) -> Duration | None:
        ends = tuple(each for each in until if each not in since)
        return Duration(quantity, relation, subjects, since, ends, visit) if subjects or since else None

    if within := _WITHIN.search(before):
        quantity = quantity._replace(bound=Bound.MOST) if _OF.match(after) else quantity
        return build(Relation.AFTER, _name_subjects(passage, reach)) if _OF.match(after) and within else None
    if _AFTER.match(after) and not _POST_OP.match(after) and not _BEFORE.match(after):
        if _FOR.search(before) and not after.startswith(" since"):
            return None  # "relief for 10 weeks following the injection": how long it lasted then
        is_past = _GONE.search(sentence.text) or _IT_IS.search(before)
        return build(Relation.LASTED if is_past else Relation.AFTER, _name_subjects(passage, reach))
    if _SEPARATES.match(after):
        return build(Relation.LASTED, _name_subjects(passage, reach)[:1])
    if _POST_OP.match(after):
        return build(Relation.LASTED, (RequestKind.SURGERY,))
    if into := _INTO.match(after):
        return build(
            Relation.LASTED, _name_subjects(passage, passage.place(quantity.place.end, reach.start + into.end() + 25))
        )
    if _BEFORE_THAT.match(after):
        return None
    if _BEFORE.match(after) or _BACK.match(after):
        near = [each for each in dated if 0 <= quantity.place.start - each.place.end <= _REACH]
        since = tuple(
            each for each in near[-1:] if _ADJOINS.fullmatch(passage.text[each.place.end : quantity.place.start])
        )
        visit = _VISIT.search(after[:_REACH]) if _BEFORE.match(after) else None
        if _BEFORE.match(after) and not visit and not any(each.place.start > quantity.place.end for each in until):
            return None
        persons = [start + match.end() for match in _PERSON.finditer(clause.text)] if _BACK.match(after) else []
        semicolon = passage.text.rfind(";", start, clause.end) + 1
        first = max([start, clause.end - 2 * _REACH, semicolon, *persons])
        comma = passage.text.rfind(", ", first, clause.end)
        is_age = after.lstrip(" -").startswith("old") and quantity.unit.startswith("year") and quantity.least >= _ADULT
        if is_age and persons:
            return None  # "has driven trains for years and is 46 years old"
        named = _name_subjects(passage, passage.place(first, clause.end))[-1:]
        named += _name_subjects(passage, passage.place(comma + 2, clause.end))[-1:] if comma >= 0 else ()
        return build(Relation.LIES_BACK, () if since else named, since, reach.part(0, visit.end()) if visit else None)
    if between := _BETWEEN.search(sentence.text):
        place = sentence.place.part(*between.span())
        if not place.overlaps(quantity.place):
            return build(Relation.LASTED, _name_subjects(passage, place)[:1]) if until else None
    if _GONE.search(after):
        since_clause = _SINCE_CLAUSE.search(sentence.text)
        if since_clause is None:
            return None
        return build(Relation.LASTED, _name_subjects(passage, sentence.place.part(*since_clause.span()))[:1])
    if (
        (_FOR.search(before) or _OF_USE.match(after))
        and not _ENDED.match(after)
        and (_PERFECT.search(sentence.text) or _STILL.search(before))
    ):
        drugs = tuple(each.meaning for each in passage.drugs if _is_in_clause(each.place, quantity.place))
        return build(Relation.LASTED, drugs or ((State.OFF_WORK,) if _OFF_WORK.search(before) else ()))
    if of := re.match(r" of ", after):
        drugs = tuple(each.meaning for each in passage.drugs if each.place.start == quantity.place.end + of.end())
        return build(Relation.LASTED, drugs) if _PERFECT.search(sentence.text) else None
    return None


def _is_of_another_clause(length: Place, period: Place) -> bool:
    """Whether a time behind a length of time is of a clause with a subject of its own: ", and the repeat study of"."""
    return _OWN_SUBJECT.search(length.prose.text, length.end, max(period.start, length.end)) is not None


def _is_in_clause(drug: Place, length: Place) -> bool:
    """Whether a drug is what has been taken for a length of time: nothing between them begins another clause."""
    if drug.sentence != length.sentence:
        return False
    first, last = sorted((drug, length), key=lambda place: place.start)
    between = _RELATIVE.sub("", drug.prose.text[first.end : last.start])
    return len(between) < 2 * _REACH and not _OTHER_CLAUSE.search(between)


def _name_subjects(passage: Timed, place: Place) -> tuple[Subject, ...]:
    """What a place names that has a beginning, in order."""
    found: list[tuple[int, Subject]] = []
    if not _STOPPED.search(place.sentence.text):  # what was stopped is measured from its end
        found = [(each.place.start, each.meaning) for each in passage.drugs if place.holds(each.place.start)]
    found += [(each.place.start, each.meaning) for each in passage.treatments_in(place)]
    for match in _INJURY.finditer(place.text):
        other = _OTHER_INJURY.search(place.text[max(match.start() - 20, 0) : match.start()])
        if not other:
            found.append((place.start + match.start(), State.INJURY))
    taken = {at for at, _ in found}
    for pattern, kind in _KINDS:
        for match in pattern.finditer(place.text):
            if place.start + match.start() not in taken:
                found.append((place.start + match.start(), kind))
    if not found:
        told = frozenset(list_lemmas(passage, place))
        return (Told(told),) if told else ()
    return tuple(subject for _, subject in sorted(found, key=lambda each: each[0]))


def is_same_subject(one: Subject, other: Subject) -> bool:
    """Whether two subjects may be the same thing: a drug under another name, an injection of whatever kind."""
    if isinstance(one, Drug) or isinstance(other, Drug):
        return isinstance(one, Drug) and isinstance(other, Drug) and one.same_as(other)
    if isinstance(one, State) or isinstance(other, State):
        return one is other
    if isinstance(one, Told) or isinstance(other, Told):
        return False
    if isinstance(one, Treatment) and isinstance(other, Treatment):
        return one == other or one.kind is other.kind is RequestKind.INJECTION
    return _kind_of(one) is _kind_of(other)


def _kind_of(subject: Treatment | RequestKind) -> RequestKind:
    return subject.kind if isinstance(subject, Treatment) else subject
