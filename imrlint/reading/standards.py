"""Standards: where a rationale says that the request meets what a guideline requires, or that it does not.

The standard is named ("meets the criteria", "falls short of the requirements"), or it is the list of the sentence
before ("all of these are present here", "the patient satisfies none of them"), or a limit ("goes beyond what the
guideline allows"), or a guideline is said to support this very request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import numbers
from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sentences import Sentence
from imrlint.reading.stance import Polarity, deny, find_clause
from imrlint.reading.syntax import AUXILIARIES, LINKING, find_word


class Standing(NamedTuple):
    """Words that say whether the request meets a standard; or only would meet it (`is_certain` is false)."""

    place: Place
    is_met: bool
    is_certain: bool = True


_NOUN = (
    r"(?:guidelines?|criteria|criterion|requirements?|prerequisites?|indications|thresholds?|standards?"
    r"|(?:the|all|each|every|no|these|those|its) (?:conditions?|points?))"
)
# What only a guideline can have or ask for; words that say that it is there, or that it is not.
_DEMAND = (
    r"(?:criteria|criterion|requirements?|prerequisites?|demands|burden(?: of proof)?"
    r"|(?:what|all that|everything) the guideline (?:asks for|requires|demands|wants|calls for))"
)
_HELD = "met|satisfied|fulfilled|shown|supplied|documented|in place|present|at hand|on (?:file|record)"
_OPEN = "unmet|unsatisfied|unfulfilled|missing|lacking|wanting|absent|left open|left unmet|undocumented"
_CLAIM = Pattern(
    r"\b(?P<argument>(?P<verb>meets?|met|satisf(?:y|ies|ied)|fulfil+s?|fulfilled|(?:complie[sd]|comply|accord(?:s|ed)?"
    r"|comports?|conforms?) (?:with|to)|(?P<against>conflicts? with|contradicts?|contravenes?|violates?|departs? from"
    r"|falls? (?:\w+ )?short of|miss(?:es)?))"
    rf" (?:(?!for\b|by\b)[\w-]+ ){{0,6}}?{_NOUN}(?: {_NOUN})?"
    rf"|{_NOUN} (?:(?!{_NOUN})[\w-]+ ){{0,8}}?(?:is|are|were|was|been|be|not|all|fully|clearly|left|remains?) "
    r"(?P<participle>met|satisfied|fulfilled|(?P<unmet>un(?:met|satisfied|fulfilled)))"
    rf"|{_DEMAND} (?:(?!{_NOUN})[\w-]+ ){{0,8}}?(?:is|are|was|were|been|be|not|all|fully|clearly|remains?) "
    rf"(?P<held>{_HELD}|(?P<open>{_OPEN}))"
    r"|(?:that|this|these|those|both|each|neither|every|no) (?:of (?:these|those) )?(?:conditions?|tests?"
    r"|requirements?)(?: \w+){0,2}? (?:is|are|was|were|been) (?:not )?(?P<fulfilled>met|satisfied|fulfilled)"
    r"|(?P<supply>documents?|shows?|contains?|suppl(?:y|ies)|provides?|(?P<lack>lacks?|omits?))"
    r" (?:what|all that|everything(?: that)?) the guideline (?:asks for|requires|demands|wants|calls for)"
    r"|(?:case|worker|patient|request) (?:does not )?(?P<fall>falls?|lies?|comes?|is) (?:\w+ly )?"
    r"(?:within|under|inside|(?P<outside>outside|beyond)) (?:of )?the (?:\w+ )?(?:guidelines?|recommendations?"
    r"|indications?)"
    r"|(?:guideline|recommendation|exception|indication|chapter) (?:does not )?(?P<cover>covers?|applies to|apply to"
    r"|extends? to|fits?) (?:this (?:\w+ )?(?:case|worker|patient)|him|her)"
    r"|(?P<agreement>(?:supported by|(?P<un>in)?consistent with|within|in accordance with|in line with"
    r"|(?P<out>out of )?(?:in )?keeping with|(?P<step>out of step with|at odds with|at variance with|contrary to))"
    rf" (?:the )?(?:[\w-]+ ){{0,2}}(?:{_NOUN}|(?:good|accepted|medical|clinical) practice|standards? of care)))\b",
    re.IGNORECASE,
)
# The groups that hold the verb, or what is said in its place.
_VERBS = ("verb", "participle", "held", "fulfilled", "supply", "fall", "cover", "agreement")
_FLIPPING = ("un", "unmet", "open", "lack", "outside", "against", "out", "step")
_SAYS = Pattern(
    rf"\b{any_of('guideline')} (?:[a-z]+ly |does not |do not |also )?"
    r"(?P<argument>(?P<verb>supports?|recommends?|endorses?|favou?rs?|approves?)"
    r" (?:the request|(?:this|the (?:requested|proposed|disputed)) (?:\w+ )?(?:request|stud(?:y|ies)|tests?|imaging"
    r"|treatments?|therapy|medications?|drugs?|procedure|surgery|operation|injections?|device|service|equipment|item)))"
    r"(?: here| for him| for her|(?: in| for) (?:this (?:injured )?(?:case|worker|patient)|a case like this(?: one)?))?"
    r"(?=[.;])",
    re.IGNORECASE,
)
_PARTICIPLES = members("criterion participle")
_CRITERIA = members("criterion noun")
_LISTING = members("listing word")
_THEM = frozenset(("these", "them", "those", "of", "the"))
_SATISFYING = frozenset(("satisfies", "satisfy", "meets", "meet", "fulfills", "fulfill", "fulfils", "fulfil"))
_ALL = frozenset(("all", "each", "every", "both"))
_NONE = frozenset(("none", "neither"))
_QUANTIFIED = re.compile(rf"\b(?:{'|'.join(sorted(_ALL | _NONE | {'one'}))})\b")
_SOME = frozenset(("some", "most", "many", "several", "half", "few", *numbers.SINGLE_WORDS))
_SUBJECTS = frozenset(("he", "she", "the", "this"))
_BESIDE = 7  # words from the beginning of a sentence to its verb
_TURNING = frozenset(("but", "except", "save"))
_LONGEST = 30  # words of a sentence that refers to a list
# Words of a list of what speaks against: that they are there does not mean that the request is right.
_BAD = re.compile(
    r"\b(?:contraindicat|exclu|risk|adverse|side effect|complicat|caution|avoid|red flag|abuse|aberrant|against)"
)
# What is measured, the verb that measures it, and the limit it keeps or passes.
_MEASURE = (
    r"(?:request|requested|visits?|sessions?|doses?|tablets?|duration|quantity|number|amount|frequency|levels?|weeks?"
    r"|days?|course)"
)
_MORE, _LESS = r"(?:more|higher|longer|greater|larger|oftener)", r"(?:less|lower|shorter|smaller|fewer)"
_PASSES = r"exceeds?|surpass(?:es)?|overshoots?"
_OVER = (
    rf"beyond|above|over|past|outside|(?<!no )(?<!not ){_MORE} than|in excess of|(?<=exceed )|(?<=exceeds )"
    r"|(?<=surpasses )|(?<=surpass )"
)
_UNDER = rf"within|inside|below|under|(?:no|not) (?:any )?{_MORE} than|{_LESS} than|as many as"
_ALLOWED = (
    r"(?:allows?|permits?|recommends?|recommended|allowed|permitted|supports?|advised|advises|customary|usual"
    r"|provided for|given|treated|done)"
)
_BOUND = (
    r"(?:(?:(?:what|that which|the (?:number|amount|limit|maximum|ceiling|duration|frequency|course|bounds|limits)"
    rf"(?: that| which)?) )?(?:the )?(?:{any_of('guideline')} )?(?:(?:is|are|may|can|has|have|been|be) ){{0,3}}"
    rf"{_ALLOWED}"
    r"|the (?:guideline|recommended|allowed|permitted|usual|customary)"
    r" (?:\w+ )?(?:limits?|maximum|number|range|duration|amount|recommendations?|visits?|sessions?)"
    r"|(?:that|this|the) (?:limit|maximum|number|range|ceiling))"
)
_LIMIT = Pattern(
    rf"\b{_MEASURE} (?:[\w-]+ ){{0,4}}?(?P<verb>goes|go|going|is|are|runs?|lies|lie|stays?|remains?|keeps?|falls?"
    rf"|(?:takes?|brings?) the total|{_PASSES})(?: (?:well|far|clearly|still|squarely|much|to))?"
    rf" ?(?:(?P<over>{_OVER})|(?P<under>{_UNDER})) ?{_BOUND}\b",
    re.IGNORECASE,
)
_NONE_OF = Pattern(r" (?:none|no|neither|few|hardly any|not one) ", re.IGNORECASE)
_NEVER = Pattern(rf"\b{any_of('negation')}\b", re.IGNORECASE)
# Words that make such a claim a condition, or one of several.
_QUALIFIED = Pattern(
    rf"\b(?:{any_of('condition')}|unclear|before|only|would need|must|should|required"
    rf"|in order|to determine|part of|(?<!every )(?<!each )(?<!not )one of|the (?:first|initial|{any_of('earlier')})"
    r"|(?:have|has) been authorized)\b",
    re.IGNORECASE,
)
# A part of a standard that is met: the rest may not be.
_PARTLY = Pattern(
    r"\b(\w+) of (?:the|these|those) (?:[\w-]+ ){0,2}(?:criteria|requirements?|conditions?)\b", re.IGNORECASE
)
# The ones just told of; of the others nothing is said: "care was ample; these criteria are met".
_JUST_TOLD = Pattern(
    r"[;,] (?:\w+ )?(?:these|those|both) (?:\w+ )?(?:criteria|requirements|conditions) (?:are|were)\b",
    re.IGNORECASE,
)
_BEFORE = 2  # sentences before one that refers to a list


def find_standings(sentences: Sequence[Sentence]) -> Iterator[Standing]:
    """Where the sentences of a rationale say that the request meets a standard or not, in order."""
    for number, sentence in enumerate(sentences):
        if sentence.is_opioid_notice or sentence.is_quoted(sentence.place.start) or _QUALIFIED.search(sentence.text):
            continue
        quantity = _PARTLY.search(sentence.text)
        is_partial = _JUST_TOLD.search(sentence.text) or (quantity is not None and quantity[1].casefold() in _SOME)
        for standing in _read_sentence(sentence, sentences[max(number - _BEFORE, 0) : number]):
            if not (is_partial and standing.is_met):
                yield standing


def _read_sentence(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Standing]:
    yield from _read_said(sentence)
    yield from _read_claims(sentence)
    yield from _read_limits(sentence)
    yield from _read_listed(sentence, before)


def _read_said(sentence: Sentence) -> Iterator[Standing]:
    for match in _SAYS.finditer(sentence.text):
        claim = sentence.read_claim(sentence.place.part(*match.span("argument")))
        if claim.polarity is not Polarity.THOUGHT:
            yield Standing(claim.place, claim.polarity is Polarity.AFFIRMED)


def _read_claims(sentence: Sentence) -> Iterator[Standing]:
    for match in _CLAIM.finditer(sentence.text):
        verb = next(name for name in _VERBS if match[name])
        if sentence.speaks_for_guideline and verb != "supply":
            continue
        if verb == "fulfilled":
            clause = find_clause(sentence.words, find_word(sentence.words, match.start()), sentence.lower)
            if clause.context is Polarity.AFFIRMED:
                yield Standing(sentence.place.part(*match.span()), _NEVER.search(match.group()) is None)
            continue
        claim = sentence.read_claim(sentence.place.part(match.start(verb), match.end("argument")))
        is_none = verb == "verb" and _NONE_OF.search(match.group()) is not None
        flips = is_none or any(match[name] for name in _FLIPPING)
        polarity = deny(claim.polarity) if flips else claim.polarity
        is_imagined = polarity is Polarity.AFFIRMED and " would " in f" {claim.place.lower} "
        if polarity is Polarity.THOUGHT or (verb == "agreement" and claim.place.text == match["agreement"]):
            continue
        place = sentence.place.part(*match.span("argument"))
        joined = Place(place.prose, min(claim.place.start, place.start), max(claim.place.end, place.end))
        yield Standing(joined, polarity is Polarity.AFFIRMED, not is_imagined)


def _read_limits(sentence: Sentence) -> Iterator[Standing]:
    for match in _LIMIT.finditer(sentence.text):
        claim = sentence.read_claim(sentence.place.part(match.start("verb"), match.end()))
        if claim.polarity is not Polarity.THOUGHT:
            is_within = (claim.polarity is Polarity.AFFIRMED) is (match["over"] is None)
            yield Standing(claim.place, is_within)


def _read_listed(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Standing]:
    """What a sentence says of all, or of none, of what the sentences before it list."""
    if not _QUANTIFIED.search(sentence.lower):
        return
    words = [word.text for word in sentence.words if word.text.isalpha() or word.text == ","]
    if sentence.kind is SentenceKind.GUIDELINE or len(words) > _LONGEST or _TURNING.intersection(words):
        return
    is_met = _read_all(words)
    if is_met is None or not any(_is_list(each) for each in before) or _BAD.search(before[-1].lower):
        return
    yield Standing(sentence.place, is_met)


def _read_all(words: list[str]) -> bool | None:
    """Whether all of what was listed is said to be there, or met; None where a sentence says neither."""
    if "," in words[:_BESIDE]:  # "In this case, …"
        words = words[words.index(",") + 1 :]
    verb = next((n for n, word in enumerate(words) if word in _SATISFYING), None)
    if verb is not None and verb < _BESIDE and words[0] in _SUBJECTS:
        rest = words[verb + 1 :]
        is_denied = "not" in words[:verb]
        return _read_quantity(rest, "") if not is_denied or rest[:1] != ["none"] else None
    verb = next((n for n, word in enumerate(words) if word in LINKING | AUXILIARIES), None)
    if verb is None or verb > _BESIDE or not _PARTICIPLES.intersection(words[verb : verb + _BESIDE]):
        return None
    return _read_quantity(words[:verb], "not" if "not" in words[verb : verb + _BESIDE] else "")


def _read_quantity(words: list[str], denial: str) -> bool | None:
    """Whether words mean all of a list ("each of these"), or none of it."""
    is_none = bool(_NONE.intersection(words[:1])) or words[:1] == ["not"]
    quantity = words[1:] if words[:1] == ["not"] else words
    if not quantity or quantity[0] not in _ALL | _NONE | {"one"} or (quantity[0] == "one" and not is_none):
        return None
    rest = [word for word in quantity[1:] if word not in _THEM | _CRITERIA | {"one", "single"}]
    is_bare = not rest or rest[0] in ("here", "in", "on", "by", *numbers.SINGLE_WORDS)
    if not is_bare or (is_none and denial):
        return None
    return not is_none and not denial


def _is_list(sentence: Sentence) -> bool:
    """Whether a sentence may list what is required."""
    is_of_guideline = sentence.kind is SentenceKind.GUIDELINE or sentence.speaks_for_guideline
    names = _LISTING.intersection(word.text for word in sentence.words)
    return bool(names) or (is_of_guideline and "," in sentence.text)
