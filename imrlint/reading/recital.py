"""Which sentences speak of the case, and which recite what a guideline says of any case."""

from __future__ import annotations

import re

from imrlint.model import Sentence

_CASE = re.compile(
    r"\b(?:the|this|said|that) (?:injured )?(?:worker|patient|claimant|applicant|employee|individual|member|beneficiary)(?:['’]s)?\b"
    r"|\bthe IW\b|\bin this case\b|\bhere\b|\b(?:he|she|his|her)\b"
    r"|\b(?:the|this) request(?:ed|s)?\b|\bthe (?:medical )?(?:records?|documentation|file|provider|physician|treating)\b"
    r"|\bdated\b|\d[/-]\d{1,2}[/-]\d{2}",
    re.IGNORECASE,
)
_GUIDELINE = re.compile(
    r"\b(?:guidelines?|MTUS|ODG|ACOEM|CPMTG|Official Disability|is recommended|are recommended|not recommended"
    r"|criteria|FDA|such as|e\.g\.|for example|including|is indicated (?:for|in)|is an?|are an?)\b",
    re.IGNORECASE,
)


def of_case(sentence: Sentence) -> bool:
    """Whether a sentence speaks of this worker or this request."""
    return bool(_CASE.search(sentence.text))


def of_guideline(sentence: Sentence) -> bool:
    """Whether a sentence gives what a guideline says, or lists examples."""
    return bool(_GUIDELINE.search(sentence.text))
