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
from imrlint.knowledge.medicine.terminology import TermKind

DENIAL = re.compile(
    r"\b(?:no|(?<!whether or )not|none|nothing|nowhere|never|neither|nor|without|cannot|unable|hardly"
    r"|(?:is|are|was|were|do|does|did|has|have|had|ca|could|wo|would|should|need|must|might)n['’]t"
    r"|(?:lack|want|absence|dearth|paucity|scarcity|omission|silence|devoid|bereft|bare|barren|void|destitute)"
    r"|free(?= (?:of|from)\b)"
    r"|(?:mute|silent)"
    r"|(?:lack|omit|decline|den(?:y|ie)|eschew|shun|forgo|forego|skip|bypass|neglect|overlook)"
    r"(?:e?s|p?ed|t?ed|d|p?ing|t?ing)?"
    r"|absent|missing|insufficient\w*|inadequate\w*|scant|sparse|unclear|unaccompanied"
    r"|unremarkable for|dispens\w+ with"
    r"|fail(?:s|ed|ure|ing)? to|yet to|ruled out|exclud(?:es?|ed)|un(?:documented|reported|proven|confirmed|tried))\b"
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
_ANOTHER = re.compile(rf";|\b(?:and|but) {_SUBJECT}\b")  # begins another clause
_BE = r"(?:is|was|are|were|(?:has|have|had) been|be|been)"
_NEVER = r"(?:not|never|nowhere|at no (?:time|point)|in no \w+)"
_ALSO = rf"(?: (?:{function_words.alternatives('adverb of connection')}))?"
_PAPERS = r"(?:records?|files?|charts?|notes?|packet|submission|documents?|documentation|evidence|hand)"
_NO_GAP = r"(?:and|but|which|that|is|was|are|were|has|have|had|went|did|do|does|could|cannot)"
_BEHIND = re.compile(
    rf"(?P<gap>(?: (?!{_NO_GAP}\b)[\w/'-]+){{0,9}}),? "
    rf"(?:(?:(?:is|was|are|were|(?:could|can) be){_ALSO} {_NEVER}|(?:has|have|had){_ALSO} {_NEVER}(?: yet| ever)* been"
    rf"|(?:could|can) {_NEVER} be|cannot be|(?:is|was|are|were|has|have|had|could)n['’]t(?: be(?:en)?)?"
    r"|(?:has|have|had) yet to be|(?:is|was|are|were|remains?) (?:still |yet )?to be|none)"
    r"(?: (?:yet|ever|been|be|to|\w+ly))* ?(?P<verb>\w+)?"
    r"|(?:is|was|are|were|goes?|went|remain(?:s|ed)?|(?:has|have|had) (?:gone|been left)|(?:was|were) left)"
    r" un(?P<un>\w+)\b"
    rf"|(?:{_BE}|remain(?:s|ed)?|proved)(?: \w+ly)?"
    r" (?:absent|lacking|missing|wanting|non-?existent|unavailable|nil|undone|without mention)\b"
    rf"|{_BE}(?: \w+ly)? (?P<omitted>omitted|skipped|bypassed|forgone|foregone|neglected|overlooked|dispensed with"
    r"|passed over|left out|withheld|waived|eschewed|refused|declined)\b"
    rf"|{_BE} {_NEVER} (?:in|on|among|part of|of|at|to) (?:the |any )?(?:submitted )?{_PAPERS}\b"
    rf"|(?:appears?|figures?) nowhere|{_BE} (?:conspicuous|notable|noticeable) (?:by|for|in) (?:its|their) absence"
    r"|(?:did|do|does|has|have|had) (?:not|never) (?:exist|appear|occur|occurred|take place|taken place|happen|happened"
    r"|materialize|figure|accompany|emerge|begin|begun|start|started|commence|commenced)\b"
    r"|never (?:took place|materialized|happened|arrived|began)"
    r"|(?:lacks?|lacked|(?:finds?|found|receives?|received|gets?|gains?) no|(?:is|was|are|were|goes?|went) without)"
    r"(?: any)? (?:documentation|mention|support|corroboration|substantiation|documentary support|objective support"
    r"|confirmation)\b"
    r"|(?:drew|draws) a blank|(?:came|comes|turned|turns) (?:back|up) (?:empty|negative|nothing)"
    r"|(?:yielded|yields|revealed|showed) nothing"
    r"|(?:escapes?|escaped|eludes?|eluded) (?:mention|detection|notice|documentation)\b)"
)
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
    "into", "iw", "considered", "measures", "having",
    "case", "him", "them", "factor", "factors", "kind", "sort", "all",
))  # fmt: skip
EMPHATIC = frozenset((
    "significant", "significantly", "substantial", "unequivocal", "equivocal", "clear", "definite", "definitive",
    "obvious", "true", "convincing", "positive", "abnormal", "gross", "overt", "actual", "frank",
))  # fmt: skip
"""Words that make a denial emphatic, and narrow it little."""

_ADVISED = frozenset(("indicated", "suggested", "supported"))
"""Words of reporting by which a treatment is advised against, not said to be undone."""


class Behind(NamedTuple):
    """Where the words that deny a term behind it begin and end."""

    start: int
    end: int


def deny_behind(text: str, end: int, kind: TermKind) -> Behind | None:
    """The words that deny a term of a kind, which ends at character `end` of a sentence in lower case, behind it."""
    match = _BEHIND.match(text, end)
    if match is None or (match["omitted"] and kind is TermKind.FINDING):
        return None
    verb = match["verb"] or match["un"]
    if verb is not None and (verb not in _verbs(kind) or text.startswith(" to ", match.end())):
        return None  # "was not explained", "is not said to have failed"
    return Behind(match.end("gap"), match.end())


@cache
def _verbs(kind: TermKind) -> frozenset[str]:
    """The participles by which a term of a kind is denied: "documented", of a treatment also "tried"."""
    told = function_words.members("found") | function_words.members("report word")
    if kind is not TermKind.FINDING:
        told |= function_words.members("deed word")
    if kind in (TermKind.TREATMENT, TermKind.STUDY):
        told -= _ADVISED
    if kind in (TermKind.FINDING, TermKind.EXAMINATION):
        told |= function_words.members("examining word")
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
    return not begins_another(between) and all(word in framing_words() or word in EMPHATIC for word in words)


def begins_another(between: str) -> bool:
    """Whether another clause begins between a denial and a term."""
    return _ANOTHER.search(between) is not None


def is_object(words: Sequence[str], terms: Sequence[str]) -> bool:
    """Whether what stands behind the words after a denial is still its object; `terms` may be others of a list.

    A preposition behind a word that is not of reporting or doing begins something else: "no relief from".
    """
    if words and words[0] in _OPENING - {"of"}:
        return False
    for number, word in enumerate(words):
        before = words[number - 1].strip(",") if number else ""
        goes_on = before in _TAKING or (before in framing_words() and word not in ("for", "to"))
        if word in _OPENING and not goes_on:
            rest = " ".join(words[number:])
            if not any(f"{term} or" in rest or f"{term}," in rest for term in terms):
                return False
    return True
