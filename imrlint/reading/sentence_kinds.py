"""Which sentences of a rationale recite a guideline, and which speak of the case."""

from __future__ import annotations

import re
from functools import lru_cache

from imrlint.document.prose import Prose, Sentence
from imrlint.reading import quotes

# Words that only a sentence on the case has.
_CASE = re.compile(
    r"\b(?:(?:patient|claimant|applicant|employee|iw) (?:is|was|has|had|did|does|reports?|reported|denie[sd])\b"
    r"|(?:this|the|said|injured) (?:injured |employee|case|patient|worker|claimant|applicant|individual"
    r"|member|iw\b)"
    r"|patient['’]s|worker['’]s|claimant['’]s|applicant['’]s|employee['’]s|iw\b|(?:he|she|his|her) "
    r"|in this case|(?:medical |clinical |submitted |provided |available )?(?:records?|documentation|notes|file)\b"
    r"|(?:treating|attending|requesting) (?:physician|provider|doctor)|the (?:request|provider|physician)|requested"
    r"|there (?:is|was|are|were) (?:a lack|lack|no|insufficient|inadequate|evidence|documentation|indication|limited)"
    r"|(?:is|was|are|were) not (?:documented|noted|indicated|provided|described|established|clear)"
    r"|(?:it is|it was) (?:unclear|noted|not clear|not apparent)|progress note|physical exam|examination|this request"
    r"|on \d{1,2}[/-]\d|dated)",
    re.IGNORECASE,
)
# Who speaks in a guideline sentence.
_GUIDELINE = re.compile(
    r"\b(?:guidelines?|mtus|acoem|odg|fda|criteria|chapter|evidence-based|literature|studies)\b"
    r"|\brecommended (?:as|for|in|only|when|if)\b|\b\((?:[A-Z][\w-]+(?: et al\.?)?,? \d{4}[a-z]?)\)",
    re.IGNORECASE,
)
# A fact of the case: its persons and records, or the past; guidelines speak in the present.
_TOLD = re.compile(
    r"\b(?:(?:this|the|injured) (?:\d+ year old )?(?:worker|patient|claimant|applicant|employee|individual)"
    r"|patient['’]s|iw\b|he|she|his|her|records?"
    r"|documentation|documented|notes?|provider|physician['’]?s?|was|were|had|did|has (?:not )?(?:been|had"
    r"|shown|no)|have been|here|in dispute|so far|this case"
    r"|there (?:is|are) no|exceeds|unclear|specified|brought|gave|took place|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}"
    r"|\d(?:/| out of )10)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:guidelines?|mtus|acoem|odg|chapter)\b[^.;]{0,80}\b(?:states?|indicates?|notes?|recommends?"
    r"|supports?|require\w*|allow\w*"
    r"|specif\w+|discuss\w*|acknowledge\w*|cite\w*)\b",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(
    r"^(?:this (?:medical necessity )?decision (?:addresses|should)|the (?:medical necessity )?decision should"
    r"|the treating physician and )",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def recited(sentence: Sentence) -> bool:
    """Whether a sentence gives the words of a guideline or a record, or says what holds for everybody."""
    if quotes.quoted(sentence.prose, (sentence.start + sentence.end) // 2):
        return True
    return not _CASE.search(sentence.text)


@lru_cache(maxsize=4096)
def guideline(sentence: Sentence) -> bool:
    """Whether a sentence names a guideline, or what it asks for, and nothing of the case."""
    return recited(sentence) and bool(_GUIDELINE.search(sentence.text))


def quotes_guideline(sentence: Sentence) -> bool:
    """Whether a sentence holds words in quotation marks, which a guideline's are."""
    return any(start < sentence.end and sentence.start < end for start, end in quotes.of(sentence.prose))


def tells(sentence: Sentence) -> bool:
    """Whether a sentence tells a fact of the case: of the worker, of the records, or of what was."""
    return not quotes.quoted(sentence.prose, sentence.start) and bool(_TOLD.search(sentence.text))


def names_guideline(sentence: Sentence) -> bool:
    """Whether a sentence speaks in the name of a guideline, be it about the case or not."""
    return bool(_SPEAKS.search(sentence.text))


def mandatory(sentence: Sentence) -> bool:
    """Whether a sentence belongs to the paragraph that is due after a decision on opioids."""
    return bool(_PARAGRAPH.match(sentence.text))


@lru_cache(maxsize=128)
def own(prose: Prose) -> tuple[Sentence, ...]:
    """The sentences on the case itself."""
    return tuple(s for s in prose.sentences if not recited(s) and not mandatory(s))
