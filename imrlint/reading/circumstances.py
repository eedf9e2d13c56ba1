"""Circumstances under which words of a sentence say nothing of the worker as he or she is.

They are thought of, part of a condition, of another time, or of another person (ConText: Harkema et al. 2009).
"""

from __future__ import annotations

import re

from imrlint.document.patterns import Pattern
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.denials import LONGEST, TURN

_SHORT = 60  # characters in which something is only thought of

_PAST = Pattern(
    r"^[^.;]{0,60}?\b(?:in (?:19|20)\d\d\b(?! (?:and|which) (?:now|still))|years ago"
    r"|(?:which|that|and) (?:has|had|have)"
    r" (?:since )?(?:passed|resolved|cleared|subsided|healed|gone|settled|eased)|(?:has|had|have) since|long since)\b"
)
# "When", "until" and "once" tell of what happened, and "past" of what was done: none opens a scope.
_THOUGHT = Pattern(
    r"\b(?:rule out|to exclude|no longer|r/o|to rule|possible|possibly|suspect\w*|suspicio\w+|whether"
    r"|would|could|(?<!in )(?<!of )(?<!since )(?<!and )(?<!last )(?<!until )(?<!by )may|might"
    r"|concern for|evaluate for|assess for|risk of|potential|prevent\w*"
    r"|history of|prior|previous(?:ly)?|family|precaution\w*|should|such as|versus|vs)\b"
)
_CONDITION = Pattern(r"\b(?:if|unless|(?:where|when) there (?:is|are)|in whom|had there|were there)\b")
# What was before what the letter is about.
_BEFORE = Pattern(
    r"\b(?:before|prior to|until) (?:the|this|his|her) (?:industrial |work )?(?:injury|accident|fall|incident|event)\b"
    r"[^;]*$"
)
# Another time, or with a treatment: "since the injection", "with the drug he".
_UNDER = Pattern(
    r"\b(?:since|after|following|with|on|while (?:on|taking)) (?:the|this|his|her) "
    r"(?!injury|accident|fall|incident|event|first|last|day|same)[\w-]+,?"
    r" (?:he|she|there|the (?:patient|worker))\b[^;]*$"
)
# What is hoped for or supposed; even a denial is.
_SUPPOSED = Pattern(r"\b(?:would|might|may|should|hop(?:e|es|ed|ing)|expect(?:s|ed)?|goal|aim|meant|intended)\b[^;,]*$")
_CONDITION_ENDS = re.compile(r"[;:]|, (?:then )?(?:i|it|he|she|the|there|a|an|this|that|no|one|they|we)\b")
_KIN = Pattern(
    rf"\b(?:{any_of('kin')})(?: (?:and|or) [\w ]{{3,20}})?(?: of (?:the|this|his|her) [\w ]{{3,25}}?)? (?:also )?"
    r"(?:has|have|had|suffers?|suffered|with|died of"
    r"|history)\b(?! (?:reported|noticed|said|stated))[^;.]*$"
)


def _is_conditional(sentence: str, start: int) -> bool:
    """Whether what begins at a character belongs to a condition."""
    for match in _CONDITION.finditer(sentence, max(start - 2 * LONGEST, 0), start):
        if _CONDITION_ENDS.search(sentence, match.end(), start) is None and start - match.end() < LONGEST:
            return True
    return False


def is_thought(sentence: str, start: int) -> bool:
    """Whether words before a character let what begins there be only thought of."""
    return any(
        start - match.end() < _SHORT and not TURN.search(sentence, match.end(), start)
        for match in _THOUGHT.finditer(sentence, max(start - LONGEST, 0), start)
    )


def is_elsewhere(sentence: str, start: int, end: int) -> bool:
    """Whether characters `start` up to `end` belong to a condition or to another time, even where they are denied."""
    return (
        _is_conditional(sentence, start)
        or bool(_PAST.match(sentence[end : end + LONGEST]))
        or any(each.search(sentence, max(start - LONGEST, 0), start) for each in (_UNDER, _SUPPOSED))
        or bool(_BEFORE.search(sentence, max(start - LONGEST, 0), start))
    )


def is_of_kin(sentence: str, start: int) -> bool:
    """Whether what begins at a character is said of a relative of the worker."""
    return bool(_KIN.search(sentence, max(start - LONGEST, 0), start))
