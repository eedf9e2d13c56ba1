"""Claims of absence: "no documentation of neurological deficits", "physical therapy has not been tried".

A claim has its denial before the term ("lack of", "does not document", "has yet to undergo") or behind it ("was not
provided", "is nowhere described"). What narrows it, every word that is neither the term, a part of the body nor a word
of reporting, is its residue: "no *formal* therapy within the *past year*" is contradicted only by what has these words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

from imrlint.document.letter import Side
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import function_words
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.terminology import ClinicalTerm, TermKind
from imrlint.reading import absence_triggers, unreal_conditions
from imrlint.reading.absence_triggers import BOUNDARY, DENIAL, NEXT_CLAUSE
from imrlint.reading.records import Record, is_anaphoric
from imrlint.reading.sentences import Sentence
from imrlint.reading.sites import Site
from imrlint.reading.stance import Polarity

_WINDOW = 200  # characters around a term in which a denial, and what narrows it, is sought
_FARTHEST = 12  # words between a denial and its term
_OF = " of "
_ON = frozenset(("on", "upon", "in", "at", "by", "during"))
_COMPLEMENT = re.compile(r"\bthat\b[^,;:]*$")
_CONTRAST = re.compile(r"(?:, |\band )$")
_PASSIVE = re.compile(rf"not (?:{function_words.alternatives('found')})\b")
_BE_BEFORE = re.compile(rf"(?<!there )\b(?:{function_words.alternatives('be')}) $")
_BY = re.compile(r" (?:by|upon|on) (?:\w+ )?$")
_ADJUNCT = re.compile(
    rf"\b(?:{any_of('performed')}|given|used|provided|applied|administered) (?:on|to|upon|with|in) (?:\w+ ){{0,2}}$"
)
_WHETHER = re.compile(r"\bwhether (?:[\w-]+ ){0,3}?(?:the|his|her|this|these) ")
_NEXT_DENIAL = re.compile(r",? (?:nor|and no|and without)\b")
_CONJUNCT = re.compile(r"[,;:] |\b(?:and|or|but|that|which|while|so|because|although|where) ")
# What is known: "for this chronic condition", "in the notes of the surgeon"; what is of time narrows a claim.
_DEFINITE = re.compile(
    r"(?<!since )(?<!after )(?<!during )(?<!within )\b(?:this|these|those|the|his|her)"
    rf"(?: (?!(?:{any_of('earlier', 'another')}|last|preceding|most|recent|latest|same|other|opposite|new|second|current"
    rf"|present|{function_words.alternatives('preposition')})\b)[\w-]+){{1,3}}"
)
_AFTER = re.compile(rf"\b(?:after|following) (?:(?:{function_words.alternatives('determiner')}) )?")
_EVER = re.compile(r"\bsince (?:the |his |her )?(?:\w+ )?(?:injury|accident)\b")
_NEXT = 20  # characters from there to the injury
_SHOWING = re.compile(rf"(?: \w+)? (?:{any_of('result')}|\w+ing)(?: \w+){{0,3}} ")  # "imaging showing a tear"
_RESULTS = re.compile(r" (?:findings?|results?|signs?|evidence|changes?|deficits?|loss)\b")
_RESULT = 12  # characters behind an examination in which its result stands
_EXAMPLES = Pattern(r"(?: \w+){0,2},? (?:such as|including) ")
_LISTING = re.compile(r"\b(?:and|or|nor)\b")
_PAPERS = re.compile(rf"(?: \w+)? {any_of('record')}\b")
_NEEDED = re.compile(r"\b(?:needs?|needed|requires?|required|warrants?|justif\w+|wants?) $")
_ARGUED = re.compile(rf",? (?:{any_of('speech verb')}|makes?)\b")
_EXAMINED = re.compile(
    r"(?: n?or [\w ]{1,30}?)? (?:(?:test|exam|measure|assess|find)\w*|(?:is|are|was|were|has|have) )|$"
)
_DETECTED = re.compile(rf"\b(?:{any_of('result')}|detected|contained|negative for) $")
_ANAPHORIC = re.compile(
    r"\b(?:that|this|such|those|these|either|every) (?:region|area|joint|part|limb|side|site)s?\b"
    r"|\b(?:to|into|on|in|there) it\b"
)
_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}")
_WORD = re.compile(r"[a-z][a-z'-]*[a-z](?!\d)|[a-z]?\d(?:[\w/.-]*\w)?")


class Absence(NamedTuple):
    """Words that claim that a clinical term is absent, or that a treatment or a study was not done.

    `residue` are the words that narrow it, in lower case, dates apart; `says_normal`, that it claims a normal finding.
    """

    place: Place
    term: ClinicalTerm
    residue: frozenset[str]
    sites: tuple[Site, ...]
    sides: frozenset[Side]
    says_normal: bool


class Records(Protocol):
    """A prose with its sentences, and what it records."""

    @property
    def records(self) -> Sequence[Record]: ...

    def sentence_of(self, place: Place) -> Sentence: ...


class _Named(NamedTuple):
    """A record of a sentence, with its characters in the text of the sentence."""

    start: int
    end: int
    record: Record


def find_absences(passage: Records) -> Iterator[Absence]:
    """The claims of absence of a passage, sentence by sentence."""
    for _, records in groupby(passage.records, key=lambda each: each.place.sentence.start):
        own = list(records)
        sentence = passage.sentence_of(own[0].place)
        text, base = sentence.lower, sentence.place.start
        if not (DENIAL.search(text) or absence_triggers.MAY_DENY.search(text) or any(each.says_normal for each in own)):
            continue
        named = sorted(
            (_Named(each.place.start - base, each.place.end - base, each) for each in own), key=lambda each: each[:2]
        )
        for each in named:
            beside = _select_near(named, each)
            if not _is_left_out(text, each, beside) and (found := _read_absence(sentence, each, beside)) is not None:
                yield found


def _select_near(named: Sequence[_Named], each: _Named) -> Sequence[_Named]:
    """The records of a sentence near one of them; it is among them."""
    first = bisect_left(named, each.start - _WINDOW, key=lambda other: other.start)
    last = bisect_left(named, each.end + _WINDOW, key=lambda other: other.start)
    return named[first:last]


def _is_left_out(text: str, named: _Named, beside: Sequence[_Named]) -> bool:
    """Whether words only seem to be what is claimed to be absent."""
    if text.startswith(_OF, named.end) and any(each.start == named.end + len(_OF) for each in beside):
        return True  # "complaints of pain": the pain is denied
    if _EXAMPLES.match(text, named.end) and any(each.start > named.end for each in beside):
        return True  # "conservative care such as therapy": the therapy is denied
    if named.record.term.kind is TermKind.TREATMENT and _PAPERS.match(text, named.end):
        return True  # "no physical therapy notes"
    if is_anaphoric(named.record.place):
        return True  # "the operation has not been done": the one that is requested
    if named.record.term.kind is not TermKind.EXAMINATION:
        return False
    is_part = any(  # "sensory" of "a sensory deficit"
        each.start < named.end and named.start < each.end
        for each in beside
        if each.record.term.kind is not TermKind.EXAMINATION
    )
    return is_part or _RESULTS.search(text, named.end - 1, named.end + _RESULT) is not None  # "no examination findings"


def _read_absence(sentence: Sentence, named: _Named, beside: Sequence[_Named]) -> Absence | None:
    text, record = sentence.lower, named.record
    place, narrowing, denying = (named.start, named.end), (0, 0), (0, 0)
    denial = behind = None
    if not record.says_normal:
        denial = _find_denial_before(text, named, beside)
        behind = absence_triggers.deny_behind(text, named.start, named.end, record.term.kind)
    if denial is not None and behind is not None:
        if not _LISTING.search(text, denial.end(), named.start):
            return None  # "hardly any measure has been left untried"
        denial = None
    if (denial or behind) and _is_denied_twice(sentence, named, behind is not None):
        return None
    unreal = (
        None
        if denial or behind or record.says_normal
        else unreal_conditions.find_unreal_condition(text, named.start, named.end)
    )
    if unreal is not None:
        place = narrowing = unreal
    elif denial is not None:
        place = (denial.start(), named.end)
        end = _find_end(text, named.end)
        predicate = absence_triggers.find_predicate(text, denial.group(), named.end, end)
        narrowing = (denial.start(), end if predicate is None else predicate)
    elif behind is not None:
        place, denying = (named.start, behind.end), behind
        comma = text.find(",", behind.end)
        narrowing = (
            _find_last(_CONJUNCT, text, named.start),
            min(_find_end(text, behind.end), comma if comma >= 0 else len(text)),
        )
    elif (record.says_normal or _is_denied_near(text, named)) and record.polarity is Polarity.DENIED:
        end = _find_end(text, named.end)
        conjunct = _CONJUNCT.search(text, named.end, end) if record.says_normal else None
        narrowing = (_find_last(BOUNDARY, text, named.start), conjunct.start() if conjunct else end)
    else:
        return None
    if _ANAPHORIC.search(text, _find_clause_start(text, narrowing[0]), narrowing[1] + len("into it")):
        return None
    residue = _find_residue(text, narrowing, denying, named, beside, sentence.place.start)
    claimed = sentence.place.part(*place)
    return Absence(claimed, record.term, residue, record.sites, record.sides, record.says_normal)


def _find_denials(text: str, end: int) -> list[re.Match[str]]:
    return list(DENIAL.finditer(text, max(end - _WINDOW, 0), end))


def _find_denial_before(text: str, named: _Named, beside: Sequence[_Named]) -> re.Match[str] | None:
    """The denial whose object the term is: between them stand no words but those that narrow it."""
    denials = _find_denials(text, named.start)
    if not denials:
        return None
    match = denials[-1]
    if _NEEDED.search(text, max(match.start() - _WINDOW, 0), match.start()):
        return None  # "needs no brace"
    if match.group() == "not" and match.end() + 1 == named.start and _CONTRAST.search(text, 0, match.start()):
        return None  # "tramadol, not naproxen, caused it"
    if len(denials) > 1 and text[denials[-2].end() : match.start()].isspace():
        return None  # "not without"
    between = text[match.end() : named.start]
    if _WHETHER.search(between):
        return None  # "does not say whether the pain radiates"
    boundary = BOUNDARY.search(text, match.end())
    if boundary and boundary.start() < named.start and not absence_triggers.is_complement(between):
        return None
    words = between.split()
    first = text[named.start : named.end].split(" ")[0]
    kind = named.record.term.kind
    if kind is TermKind.EXAMINATION and not _ON.isdisjoint((*words, first)):
        return None  # "no findings on examination"
    if _PASSIVE.match(text, match.start()) and " that " not in between and _BE_BEFORE.search(text, 0, match.start()):
        return None  # "the ulcer is not reported here, and tramadol"
    if (kind is TermKind.STUDY and _BY.search(between)) or _ADJUNCT.search(between):
        return None  # "not seen upon imaging", "no relief obtained with injections"
    terms = [text[each.start : each.end] for each in beside]
    is_told = (
        not absence_triggers.framing_words().isdisjoint(words)
        or _EXAMINED.match(text, named.end)
        or match.group() in function_words.members("omission verb")
    )
    if named.record.term.is_measured and not is_told:
        return None  # "no internal rotation": what was found
    if match.group() == "neither" and len(denials) > 1:
        return None  # "nothing in the history, neither the operation nor"
    if match.group() in ("neither", "nor") and _ARGUED.match(text, named.end):
        return None  # "nor the hypertension makes a longer stay necessary"
    if "medication" in named.record.term.within and _DETECTED.search(text, 0, match.start()):
        return None  # "the second test found no morphine"
    is_object = len(words) <= _FARTHEST and absence_triggers.is_object(match.group(), words, terms)
    return match if is_object else None


def _is_denied_twice(sentence: Sentence, named: _Named, is_behind: bool) -> bool:
    """Whether a second denial takes the first one back: "it cannot be said that there was no therapy"."""
    denials = len(_find_denials(sentence.lower, named.start)) + is_behind
    return denials > 1 and sentence.judge_polarity(named.record.place) is not Polarity.DENIED


def _is_denied_near(text: str, named: _Named) -> bool:
    """Whether the denial before a finding stands in its own part of the sentence, or in that of its list."""
    denials = _find_denials(text, named.start)
    between = text[denials[-1].end() : named.start] if denials else ","
    if _COMPLEMENT.search(between):
        return not absence_triggers.begins_another(between)
    is_list = "," not in between or " or " in between
    is_another = absence_triggers.begins_another(between)
    return named.record.term.kind is TermKind.FINDING and is_list and not is_another


def _find_last(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where the last match before `start` ends, else the beginning of the text that is looked at."""
    begin = max(start - _WINDOW, 0)
    return max((match.end() for match in pattern.finditer(text, begin, start)), default=begin)


def _find_end(text: str, end: int) -> int:
    """Where what is said behind a term ends: at the next clause, or where something else is denied."""
    last = min(len(text), end + _WINDOW)
    found = (pattern.search(text, end, last) for pattern in (BOUNDARY, NEXT_CLAUSE, _NEXT_DENIAL))
    return min((match.start() for match in found if match), default=last)


def _find_clause_start(text: str, at: int) -> int:
    begin = max(at - _WINDOW, 0)
    return max(text.rfind(mark, begin, at) for mark in ",;:") + 1 or begin


def _narrows(text: str, other: _Named, named: _Named) -> bool:
    """Whether a term before another one narrows it, not stands in a list with it: "failed care with therapy"."""
    between = text[other.end : named.start]
    return other.end <= named.start and not _LISTING.search(between) and not any(mark in between for mark in ",;/")


def _find_residue(
    text: str,
    between: tuple[int, int],
    denying: tuple[int, int],
    named: _Named,
    beside: Sequence[_Named],
    base: int,
) -> frozenset[str]:
    """The words of a claim, from and to a character, that narrow it; `denying` are the characters that deny it."""
    denial = [denying, *(match.span() for match in DENIAL.finditer(text, *between))]
    taken = [
        (each.start, each.end)
        for each in beside
        if each is named
        or not (
            _narrows(text, each, named)
            or _SHOWING.fullmatch(text, named.end, max(each.start, named.end))
            or (not each.record.says_normal and any(a < each.end and each.start < b for a, b in denial))
        )
    ]
    taken += [(site.place.start - base, site.place.end - base) for site in named.record.sites]
    taken += [match.span() for match in _EVER.finditer(text, *between)]
    taken += [match.span() for match in _DEFINITE.finditer(text, max(named.end, denying[1]), between[1])]
    taken += [
        match.span()
        for match in _AFTER.finditer(text, *between)
        if any(0 <= each.start - match.end() < _NEXT and each.record.term.kind is TermKind.FINDING for each in beside)
    ]
    framing, empty = absence_triggers.framing_words(), absence_triggers.empty_words()
    return frozenset(
        match.group()
        for match in _WORD.finditer(text, *between)
        if not _DATE.fullmatch(match.group())
        and not match.group().endswith("'s")  # whose record it is
        and not absence_triggers.is_pointing(match.group())
        and match.group() not in (framing if match.start() < named.end else empty)
        and not any(a < match.end() and match.start() < b for a, b in (*taken, *denial))
    )
