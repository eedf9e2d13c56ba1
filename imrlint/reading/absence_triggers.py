"""Words that say that something is absent, before it and behind it, and words that stand between without narrowing it.

Source: NegEx and ConText (Chapman 2001, Harkema 2009); verbs of omission, reporting, doing and examining from WordNet
3.0, as `function_words.tsv` lists them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from imrlint.knowledge.language import function_words
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.terminology import TermKind
from imrlint.reading.syntax import is_contracted

DENIAL = re.compile(
    rf"\b(?:{function_words.alternatives('denial', 'absence noun', 'omission verb')}|(?<!whether or )not|\w+n['’]t"
    r"|free(?= (?:of|from)\b))\b"
)
"""What denies the term behind it."""
_SUBJECT = r"(?:an?|the|there|he|she|it|they|this|no|is|was|has|had|with|without|in|on|for|as|if|when|since)"
BOUNDARY = re.compile(
    rf"[;:]|, (?!or\b|nor\b|and (?!{_SUBJECT}\b)|(?:[\w/-]+ ){{0,3}}(?:[\w/-]+,|or\b|and\b|nor\b))"
    r"|\b(?:but|which|who|whose|because|although|though|therefore|thus|so|while|whereas|however|despite|except|unless"
    r"|until|before|to(?! date\b)|that|warranting|supporting|justifying|including|such as|prior to|as well as"
    rf"|at this time|and (?:{_SUBJECT}|therefore)) "
)
"""Where a claim begins or ends. A comma of a list is none."""
_AUXILIARY = function_words.alternatives("auxiliary", "linking verb")
_DETERMINER = function_words.alternatives("determiner")
NEXT_CLAUSE = re.compile(
    rf",? (?:and|but|so|yet) (?:(?!(?:and|or|nor|but)\b)[\w/'’%-]+ ){{1,12}}?(?:{_AUXILIARY})\b"
    rf"|, (?:{any_of('condition', 'reason')}|{function_words.alternatives('participle of result')}|where|hence|even)\b"
    rf"| (?:{function_words.alternatives('link to a purpose')}|from (?:{_DETERMINER}|the))\b"
)
"""Where another clause begins behind a claim, or what is no part of it."""
_SUBJECT_VERB = re.compile(
    rf" (?:(?:{_AUXILIARY})\b|[a-z]{{3,}}[^s\W]s (?=(?:{_DETERMINER}|the|little|requested|proposed|me|to|\w+ly"
    r"|against|for|in favor|into|doubt)\b))"
)
"""The verb whose subject is a denial with its object: "the lack of weakness argues against"."""
_ANOTHER = re.compile(rf";|\b(?:and|but) {_SUBJECT}\b")  # begins another clause
_BE = r"(?:is|was|are|were|(?:has|have|had) been|be|been)"
_NEVER = r"(?:not|never|nowhere|at no (?:time|point)|in no \w+)"
_ALSO = rf"(?: (?:{function_words.alternatives('adverb of connection')}))?"
_PAPERS = r"(?:records?|files?|charts?|notes?|packet|submission|documents?|documentation|evidence|hand)"
_NO_GAP = r"(?:and|but|which|that|is|was|are|were|has|have|had|went|did|do|does|could|cannot)"
_BEHIND = re.compile(
    rf"(?P<gap>(?: (?!{_NO_GAP}\b)[\w/'-]+){{0,9}}),? "
    r"(?:(?:(?:is|was|are|were|has been|have been) not(?: been)?|fails to be|cannot be)"
    r" (?P<met>met|fulfilled|satisfied)\b"
    rf"|(?:(?:is|was|are|were|(?:could|can) be){_ALSO} {_NEVER}|(?:has|have|had){_ALSO} {_NEVER}(?: yet| ever)* been"
    rf"|(?:could|can) {_NEVER} be|cannot be|(?:is|was|are|were|has|have|had|could)n['’]t(?: be(?:en)?)?"
    r"|(?:has|have|had) yet to be|(?:is|was|are|were|remains?) (?:still |yet )?to be|none)"
    r"(?: (?:yet|ever|been|be|to|\w+ly))* ?(?P<verb>\w+)?"
    r"|(?:is|was|are|were|goes?|went|remain(?:s|ed)?|(?:has|have|had) (?:gone|been left)|(?:was|were) left)"
    r" un(?P<un>\w+)\b"
    rf"|(?:{_BE}|remain(?:s|ed)?|proved)(?: \w+ly)?"
    rf" (?:{function_words.alternatives('absent adjective')})\b"
    rf"|{_BE}(?: \w+ly)? (?P<denied>denied)\b"
    rf"|{_BE}(?: \w+ly)? (?P<omitted>{function_words.alternatives('omitted participle')})\b"
    rf"|{_BE} {_NEVER} (?:in|on|among|part of|of|at|to) (?:the |any )?(?:submitted )?{_PAPERS}\b"
    rf"|(?:has|have|had|is|are) still to be (?P<still>\w+)"
    rf"|{_BE} {_NEVER} (?:among|part of|counted among|listed among)\b|forms? no part of\b|plays? no part in\b"
    rf"|(?:appears?|figures?) nowhere|{_BE} (?:conspicuous|notable|noticeable) (?:by|for|in) (?:its|their) absence"
    rf"|(?:did|do|does|has|have|had) (?:not|never) (?:{function_words.alternatives('verb of taking place')})\b"
    r"|never (?:took place|materialized|happened|arrived|began)"
    r"|(?:lacks?|lacked|(?:finds?|found|receives?|received|gets?|gains?) no|(?:is|was|are|were|goes?|went) without)"
    r"(?: any)? (?:documentation|mention|support|corroboration|substantiation|documentary support|objective support"
    r"|confirmation)\b"
    r"|(?:drew|draws) a blank|(?:came|comes|turned|turns) (?:back|up) (?:empty|negative|nothing)"
    r"|(?:yielded|yields|revealed|showed) nothing"
    r"|(?:escapes?|escaped|eludes?|eluded) (?:mention|detection|notice|documentation)\b)"
)
# The predicate that a denial without its own takes up from the clause before: "was filed, the other was not".
_PREDICATE = re.compile(rf"\b(?:{_AUXILIARY})(?: \w+ly)? (?!(?:{_AUXILIARY})\b)(\w+)")
_BACK = 120  # characters before a term in which that clause stands
_NAIVE = re.compile(r"[- ]na[iï]ve\b")
_OPAQUE = re.compile(
    rf"\b(?:{function_words.alternatives('opaque noun', 'noun of what is told')}) of (?:[\w-]+ ){{0,2}}$"
)
_CRITERION = re.compile(rf"\b(?:{function_words.alternatives('criterion noun')}) (?:of|for|that) (?:[\w-]+ ){{0,3}}$")
_BESIDE = 60  # characters before a term in which it is called a criterion
_TO_DO = re.compile(rf" to (?!(?:{function_words.alternatives('determiner')}|him)\b)")
_OPENING = frozenset(
    ("of", "that", "for", "to", "in", "with", "on", "as", "by", "at", "from", "regarding", "concerning", "about")
)
_TAKING = frozenset(
    ("evidence", "failed", "fails", "failure", "fail", "yet", "unable", "nothing", "referred", "silent", "")
)
"""Words before "for" and "to" that go on with what is denied."""
_KINDS = (
    "be", "linking verb", "auxiliary", "determiner", "report word", "deed word", "examining word", "found",
)  # fmt: skip
_SMALL = frozenset((
    "a", "an", "the", "of", "or", "and", "nor", "in", "on", "at", "to", "for", "from", "with", "as", "by", "that",
    "any", "not", "no", "this", "these", "his", "her", "its", "their", "left", "right", "bilateral", "bilaterally",
    "both", "either", "side", "sides", "there", "also", "here", "within", "regarding", "concerning", "about",
    "into", "iw", "considered", "measures", "having", "since", "because", "although", "though", "unless", "while",
    "when", "if", "so", "whether", "once", "first", "usual", "even", "ever", "such", "yet", "still", "too", "injured",
    "throughout", "levels", "groups", "planes", "muscle", "anywhere", "whatsoever", "whatever", "diagnosis", "afforded",
    "furnished", "directed", "rendered", "altogether", "apparently", "evidently", "described", "told", "suffers",
    "particular", "matter", "corresponding", "examiner", "examiners", "criterion", "requirement", "satisfy", "fulfill",
    "meet", "encounters", "instance", "chance", "opportunity", "case", "him", "them", "factor", "factors", "kind",
    "sort", "all", "previously",
))  # fmt: skip
EMPHATIC = frozenset((
    "significant", "significantly", "substantial", "unequivocal", "equivocal", "clear", "definite", "definitive",
    "obvious", "true", "convincing", "positive", "abnormal", "gross", "overt", "actual", "frank",
))  # fmt: skip
"""Words that make a denial emphatic, and narrow it little."""

_ADVISED = frozenset(("indicated", "suggested", "supported"))
"""Words of reporting by which a treatment is advised against, not said to be undone."""
MAY_DENY = re.compile(
    rf"\b(?:{function_words.alternatives('absent adjective', 'omitted participle', 'denial in a verb phrase')}"
    r"|un\w+|would|could|might)\b"
)
"""One of these words is in a sentence that claims an absence without any word of `DENIAL`."""


class Behind(NamedTuple):
    """Where the words that deny a term behind it begin and end."""

    start: int
    end: int


def deny_behind(text: str, start: int, end: int, kind: TermKind) -> Behind | None:
    """The words behind a term of a kind that deny it.

    `start` and `end` are the characters of the term in a sentence in lower case.
    """
    if naive := _NAIVE.match(text, end):
        return Behind(*naive.span())
    match = _BEHIND.match(text, end)
    if match is None or (match["omitted"] and kind is TermKind.FINDING):
        return None
    if match["denied"] and kind is not TermKind.FINDING:
        return None  # "the therapy was denied": by the claims administrator
    if _OPAQUE.search(text, max(start - _BESIDE, 0), start):
        return None  # "the results of the study were not included"
    if match["met"] and not _CRITERION.search(text, max(start - _BESIDE, 0), start):
        return None
    last = match.group().split()[-1]
    if (last in ("not", "never") or is_contracted(last)) and not _takes_up(text, start, kind):
        return None
    verb = match["verb"] or match["un"] or match["still"]
    if verb is not None and (verb not in _verbs(kind) or _TO_DO.match(text, match.end())):
        return None  # "was not explained", "is not said to have failed"
    return Behind(match.end("gap"), match.end())


def _takes_up(text: str, start: int, kind: TermKind) -> bool:
    """Whether a denial without its participle takes up a participle before character `start` that denies the term.

    "The scan was done, the test was not" says so; "the pain is mild, the stiffness is not" denies only the degree.
    """
    found = _PREDICATE.findall(text, max(start - _BACK, 0), start)
    return bool(found) and found[-1] in _verbs(kind)


@cache
def _verbs(kind: TermKind) -> frozenset[str]:
    """The participles by which a term of a kind is denied: "documented", of a treatment also "tried"."""
    told = function_words.members("found") | function_words.members("report word")
    if kind is not TermKind.FINDING:
        told |= function_words.members("deed word") | {"worn", "pursued", "consulted", "filled", "introduced"}
    if kind in (TermKind.TREATMENT, TermKind.STUDY):
        told -= _ADVISED
    if kind in (TermKind.FINDING, TermKind.EXAMINATION):
        told |= function_words.members("examining word")
    if kind is TermKind.EXAMINATION:
        told |= frozenset(("done", "performed", "undertaken", "carried", "obtained", "made"))
    return told


@cache
def empty_words() -> frozenset[str]:
    """The words that narrow nothing: of grammar, reporting, doing and examining."""
    return _SMALL.union(*(function_words.members(kind) for kind in _KINDS))


@cache
def framing_words() -> frozenset[str]:
    """The same with those that only stand between a denial and what it denies."""
    return empty_words() | function_words.members("denial frame")


def is_complement(between: str) -> bool:
    """Whether a clause of reporting stands between a denial and a term: "no evidence that the patient has tried"."""
    words = between.replace(",", "").split()
    return not begins_another(between) and all(
        word in framing_words() or word in EMPHATIC or is_pointing(word) for word in words
    )


def find_predicate(text: str, denial: str, end: int, last: int) -> int | None:
    """Where the verb begins whose subject is a denial with what it denies, which ends at character `end`."""
    match = _SUBJECT_VERB.search(text, end, last) if denial in function_words.members("absence noun") else None
    return match.start() if match else None


def is_pointing(word: str) -> bool:
    """Whether a word goes on with "to" to what is told: "refers", "points"."""
    return word in function_words.members("verb of pointing")


def begins_another(between: str) -> bool:
    """Whether another clause begins between a denial and a term."""
    return _ANOTHER.search(between) is not None


def is_object(denial: str, words: Sequence[str], terms: Sequence[str]) -> bool:
    """Whether what stands behind the words after a denial is still its object; `terms` may be others of a list.

    A preposition behind a word that is not of reporting or doing begins something else: "no relief from".
    """
    takes = denial in function_words.members("denial with a preposition")
    if words and words[0] in _OPENING - {"of"} and not takes:
        return False
    if takes:
        words = words[1:]
    for number, word in enumerate(words):
        before = words[number - 1].strip(",") if number else ""
        goes_on = (
            before in _TAKING
            or (before in framing_words() and word not in ("for", "to"))
            or (word == "to" and is_pointing(before))
        )
        if word in _OPENING and not goes_on:
            rest = " ".join(words[number:])
            if not any(f"{term} or" in rest or f"{term}," in rest for term in terms):
                return False
    return True
