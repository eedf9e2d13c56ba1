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
from imrlint.reading.residue import Extent, Named, find_residue
from imrlint.reading.sentences import Sentence
from imrlint.reading.sites import Site
from imrlint.reading.stance import Polarity

_WINDOW = 200  # characters around a term in which a denial, and what narrows it, is sought
_SHORT = 20  # characters before a denial in which its verb stands
_FARTHEST = 12  # words between a denial and its term
_OF = " of "
_ON = frozenset(("on", "upon", "in", "at", "by", "during"))
_COMPLEMENT = re.compile(r"\bthat\b[^,;:]*$")
_ARTICLE = re.compile(r" (?:(?:the|an?|his|her) )?")
_CONTRAST = re.compile(r"(?:, |\band )$")
_PASSIVE = re.compile(rf"not (?:{function_words.alternatives('found')})\b")
_BE_BEFORE = re.compile(rf"(?<!there )\b(?:{function_words.alternatives('be')}) $")
_BY = re.compile(r" (?:by|upon|on) (?:\w+ )?$")
_ADJUNCT = re.compile(
    rf"\b(?:{any_of('performed')}|given|used|provided|applied|administered) (?:on|to|upon|with|in) (?:\w+ ){{0,2}}$"
)
_ASKED = re.compile(
    r"\b(?:whether (?:[\w-]+ ){0,3}?(?:the|his|her|this|these)|when|where"
    rf"|{function_words.alternatives('question word')}) "
)
_MEASURED = re.compile(r" (?:\w+ )?\d")
_ELLIPSIS = re.compile(rf", (?:{function_words.alternatives('determiner')})\b")
_NEXT_DENIAL = re.compile(r",? (?:nor|and no|and without)\b")
_CONJUNCT = re.compile(r"[,;:] |\b(?:and|or|but|that|which|while|so|because|although|where) ")
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
_A = re.compile(r" an? ")
_THERE_BEFORE = re.compile(r"\bthere (?:is|was|are|were) $")
_ANAPHORIC = re.compile(
    r"\b(?:that|this|such|those|these|either|every) (?:region|area|joint|part|limb|side|site)s?\b"
    r"|\bthe (?:region|area|site)\b|\b(?:to|into|on|in|there) it\b"
)


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


class _Claim(NamedTuple):
    """The characters of a claim in its sentence, and those of what may narrow it."""

    place: tuple[int, int]
    extent: Extent


def find_absences(passage: Records) -> Iterator[Absence]:
    """The claims of absence of a passage, sentence by sentence."""
    for _, records in groupby(passage.records, key=lambda each: each.place.sentence.start):
        own = list(records)
        sentence = passage.sentence_of(own[0].place)
        text, base = sentence.lower, sentence.place.start
        if not (DENIAL.search(text) or absence_triggers.MAY_DENY.search(text) or any(each.says_normal for each in own)):
            continue
        named = sorted(
            (Named(each.place.start - base, each.place.end - base, each) for each in own), key=lambda each: each[:2]
        )
        for each in named:
            beside = _select_near(named, each)
            if not _is_left_out(text, each, beside) and (found := _read_absence(sentence, each, beside)) is not None:
                yield found


def _select_near(named: Sequence[Named], each: Named) -> Sequence[Named]:
    """The records of a sentence near one of them; it is among them."""
    first = bisect_left(named, each.start - _WINDOW, key=lambda other: other.start)
    last = bisect_left(named, each.end + _WINDOW, key=lambda other: other.start)
    return named[first:last]


def _is_left_out(text: str, named: Named, beside: Sequence[Named]) -> bool:
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


def _read_absence(sentence: Sentence, named: Named, beside: Sequence[Named]) -> Absence | None:
    text, record = sentence.lower, named.record
    claim = _find_normal(sentence, named) if record.says_normal else _find_claim(sentence, named, beside)
    if claim is None:
        return None
    place, extent = claim
    if _ANAPHORIC.search(text, _find_clause_start(text, extent.start), extent.end + len("into it")):
        return None
    residue = find_residue(text, extent, named, beside, sentence.place.start)
    claimed = sentence.place.part(*place)
    return Absence(claimed, record.term, residue, record.sites, record.sides, record.says_normal)


def _find_claim(sentence: Sentence, named: Named, beside: Sequence[Named]) -> _Claim | None:
    """The claim that a term is absent: by a denial before or behind it, as an unreal condition, or by its clause."""
    text = sentence.lower
    denial = _find_denial_before(text, named, beside)
    behind = absence_triggers.deny_behind(text, named.start, named.end, named.record.term.kind)
    if denial is not None and behind is not None:
        if not _LISTING.search(text, denial.end(), named.start):
            return None  # "hardly any measure has been left untried"
        denial = None
    if (denial or behind) and _is_denied_twice(sentence, named, is_behind=behind is not None):
        return None
    if denial is not None:
        end = _find_end(text, named.end)
        predicate = absence_triggers.find_predicate(text, denial.group(), named.end, end)
        return _Claim((denial.start(), named.end), Extent(denial.start(), end if predicate is None else predicate))
    if behind is not None:
        comma = text.find(",", behind.end, behind.end + _WINDOW)
        end = min(_find_end(text, behind.end), comma if comma >= 0 else len(text))
        start = _find_last(_CONJUNCT, text, named.start)
        return _Claim((named.start, behind.end), Extent(start, end, (behind.start, behind.end)))
    unreal = unreal_conditions.find_unreal_condition(text, named.start, named.end)
    if unreal is not None:
        return _Claim(unreal, Extent(*unreal))
    if _is_denied_near(text, named) and named.record.polarity is Polarity.DENIED:
        start = _find_last(BOUNDARY, text, named.start)
        return _Claim((named.start, named.end), Extent(start, _find_end(text, named.end)))
    return None


def _find_normal(sentence: Sentence, named: Named) -> _Claim | None:
    """The claim of words that say that a finding is normal."""
    if named.record.polarity is not Polarity.DENIED:
        return None
    text = sentence.lower
    end = _find_end(text, named.end)
    conjunct = _CONJUNCT.search(text, named.end, end)
    start = _find_last(BOUNDARY, text, named.start)
    return _Claim((named.start, named.end), Extent(start, conjunct.start() if conjunct else end))


def _find_denials(text: str, end: int) -> list[re.Match[str]]:
    return list(DENIAL.finditer(text, max(end - _WINDOW, 0), end))


def _find_denial_before(text: str, named: Named, beside: Sequence[Named]) -> re.Match[str] | None:
    """The denial whose object the term is: between them stand no words but those that narrow it."""
    denials = _find_denials(text, named.start)
    if not denials:
        return None
    match, kind = denials[-1], named.record.term.kind
    if len(denials) > 1 and text[denials[-2].end() : match.start()].isspace():
        return None  # "not without"
    if match.group() == "neither" and len(denials) > 1:
        return None  # "nothing in the history, neither the operation nor"
    between = text[match.end() : named.start]
    words = between.split()
    boundary = BOUNDARY.search(text, match.end(), named.start + _WINDOW)
    if boundary and boundary.start() < named.start and not absence_triggers.is_complement(between):
        return None
    if "," in between and named.record.polarity is not Polarity.DENIED:
        return None  # "no effusion, trace crepitus and"
    if _denies_another(text, match, named) or _is_adjunct(between, kind):
        return None
    if kind is TermKind.EXAMINATION and not _is_examined(text, match, named, words):
        return None
    terms = [text[each.start : each.end] for each in beside]
    is_object = len(words) <= _FARTHEST and absence_triggers.is_object(match.group(), words, terms)
    return match if is_object else None


def _denies_another(text: str, denial: re.Match[str], named: Named) -> bool:
    """Whether words before a term deny something else than it."""
    start, end = denial.span()
    before, between = text[max(start - _SHORT, 0) : start], text[end : named.start]
    is_contrast = denial.group() == "not" and _ARTICLE.fullmatch(between) and _CONTRAST.search(before)
    is_of_subject = _PASSIVE.match(text, start) and " that " not in between and _BE_BEFORE.search(before)
    is_class = (
        named.record.term.kind in (TermKind.TREATMENT, TermKind.STUDY)
        and _A.fullmatch(between)
        and _BE_BEFORE.search(before)
        and not _THERE_BEFORE.search(before)
    )
    is_elliptic = denial.group() == "not" and _ELLIPSIS.match(between) and not before.endswith(("do ", "does ", "did "))
    is_argued = denial.group() in ("neither", "nor") and _ARGUED.match(text, named.end)
    return bool(
        _NEEDED.search(before)  # "needs no brace"
        or is_contrast  # "tramadol, not naproxen, caused it"
        or is_class  # "which is not an NSAID"
        or is_of_subject  # "the ulcer is not reported here, and tramadol"
        or is_elliptic  # "though the other has not, the tendon has healed"
        or is_argued  # "nor the hypertension makes a longer stay necessary"
        or _ASKED.search(between)  # "does not say when therapy began", "whether the pain radiates"
        or _MEASURED.match(between)  # "lacks 5 degrees of extension"
        or ("medication" in named.record.term.within and _DETECTED.search(before))  # "found no morphine"
    )


def _is_adjunct(between: str, kind: TermKind) -> bool:
    """Whether a preposition before a term begins what is only said besides: "not seen upon imaging"."""
    return bool((kind is TermKind.STUDY and _BY.search(between)) or _ADJUNCT.search(between))


def _is_examined(text: str, denial: re.Match[str], named: Named, words: Sequence[str]) -> bool:
    """Whether it is an examination that is denied, not what was found on it: "no findings on examination"."""
    first = text[named.start : named.end].split(" ")[0]
    if not _ON.isdisjoint((*words, first)):
        return False
    is_told = (
        not absence_triggers.framing_words().isdisjoint(words)
        or _EXAMINED.match(text, named.end)
        or denial.group() in function_words.members("omission verb")
    )
    return bool(is_told or not named.record.term.is_measured)  # "no internal rotation": what was found


def _is_denied_twice(sentence: Sentence, named: Named, *, is_behind: bool) -> bool:
    """Whether a second denial takes the first one back: "it cannot be said that there was no therapy"."""
    denials = len(_find_denials(sentence.lower, named.start)) + is_behind
    return denials > 1 and sentence.judge_polarity(named.record.place) is not Polarity.DENIED


def _is_denied_near(text: str, named: Named) -> bool:
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
