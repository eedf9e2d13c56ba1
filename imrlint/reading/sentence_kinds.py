"""Kinds of sentences: those on the case, and those that report a guideline."""

from __future__ import annotations

import re
from enum import Enum

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import function_words, predicates
from imrlint.knowledge.language.wordings import any_of, wordings

# Words that only sentences on the case have.
_CASE = Pattern(
    rf"\b(?:{any_of('worker')} (?:is|was|has|had|did|does|reports?|reported|denie[sd])\b"
    rf"|(?:this|the|said|injured) (?:injured |case|{any_of('worker')})|{any_of('worker')}['’]s|iw\b"
    rf"|{any_of('pronoun')} |in this case|{any_of('record')}\b"
    rf"|{any_of('provider role')} {any_of('provider')}|the (?:request|{any_of('provider')}\b)|requested"
    r"|there (?:is|was|are|were) (?:a lack|lack|no|insufficient|inadequate|evidence|documentation|indication|limited)"
    r"|(?:is|was|are|were) not (?:documented|noted|indicated|provided|described|established|clear)"
    r"|(?:it is|it was) (?:unclear|noted|not clear|not apparent)|physical exam|examination|this request"
    r"|on \d{1,2}[/-]\d|dated)",
    re.IGNORECASE,
)
# Words that attribute a sentence to a guideline.
_GUIDELINE = Pattern(
    rf"\b{any_of('guideline', 'authority', 'evidence')}\b"
    r"|\brecommended (?:as|for|in|only|when|if)\b|\b\((?:[A-Z][\w-]+(?: et al\.?)?,? \d{4}[a-z]?)\)",
    re.IGNORECASE,
)
# Words that state a fact of the case: its persons and records, or the past tense; guidelines use the present.
_TOLD = Pattern(
    rf"\b(?:(?:this|the|injured) (?:\d+ year old )?{any_of('worker')}|{any_of('worker')}['’]s|iw\b"
    rf"|{any_of('pronoun', 'record')}|documented|{any_of('provider')}(?:['’]s)?|was|were|had|did"
    r"|has (?:not )?(?:been|had|shown|no)|have been|here|in dispute|so far|this case"
    r"|there (?:is|are) no|exceeds|unclear|specified|brought|gave|took place|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}"
    r"|\d(?:/| out of )10)\b",
    re.IGNORECASE,
)
# A finite past form: "the shoulder showed", not "is indicated" or "studies showed". That there is one is seen first.
_PAST_FORM = rf"\b(?:{'|'.join(predicates.past_forms())})\b"
_SHOWED = Pattern(
    rf"(?={_PAST_FORM})"
    r"(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeen )(?<!\bbeing )(?<!\bas )(?<!\bnot )(?<!\bif )(?<!\bwhen )(?<!\bwell )"
    r"(?<!\bthe )(?<!\ba )(?<!studies )(?<!trials )(?<!, )(?<!ly )(?<!therapy )(?<!surgery )"
    rf"{_PAST_FORM}(?! (?:as|in patients|for patients|by the))",
    re.IGNORECASE,
)
# What has happened, in a main clause: "a brace has long been worn", "six weeks of rest have left her stiff".
_PARTICIPLE = "|".join(sorted(function_words.members("irregular participle")))
_HAPPENED = re.compile(
    r"(?<!that )(?<!which )(?<!who )(?<!\bto )(?<!\bmay )(?<!\bmust )(?<!should )(?<!\bcan )(?<!could )(?<!might )"
    r"\b(?:has|have) (?:(?:never|not|no longer|now|since|so far|long|only|also|already|yet|just|all|both|\w+ly) ){0,2}"
    rf"(?:been|\w{{2,}}ed|{_PARTICIPLE})\b",
    re.IGNORECASE,
)
# Before it in its clause: words that make a condition of it, or that tell of research and of patients in general.
_NOT_HERE = (
    frozenset(
        ("after", "before", "where", "trial", "data", "author", "authors", "expert", "experts", "review", "reviews")
    )
    .union(("people", "persons", "those", "many", "most", "some", "others", "who", "which", "that"))
    .union(("patients",), wordings("condition"), function_words.members("research word"))
)
# A time counted from now, and a history that the sentence starts from.
_FROM_NOW = Pattern(rf"\b(?:{function_words.alternatives('time up to now')})\b", re.IGNORECASE)
_BACKGROUND = re.compile(
    rf"^(?:(?:and|but) )?(?:{function_words.alternatives('preposition of circumstance')})"
    r" (?:(?:a|an|this|that|such|so|her|his|the) )?(?:[\w-]+,? ){0,3}?"
    rf"(?:{function_words.alternatives('word of what was before')})\b(?=[^.;]*, )",
    re.IGNORECASE,
)
_SPEAKS = Pattern(rf"\b{any_of('guideline')}\b[^.;]{{0,80}}\b{any_of('speech verb')}\b", re.IGNORECASE)
_RELATIVE = re.compile(r"[^,]{20}, (?:which|as) (?:(?:the|this|these) )?(?:\w+ )?$", re.IGNORECASE)
# Words by which a sentence speaks of patients in general.
_GENERAL = Pattern(
    r"\b(?:should|must) (?:also )?(?:be|not|include|have)\b|\bwhen the neurologic\w*|\bpatients (?:with|who"
    r"|presenting)\b|\bin patients\b|\bindications for\b|\bcriteria\b[^.;]{0,30}\binclude",
    re.IGNORECASE,
)
_CLAUSE_BREAK = re.compile(r";|, (?:and|but|so|yet) ")
_PARAGRAPH = Pattern(
    r"^(?:this (?:medical necessity )?decision (?:addresses|should)|the (?:medical necessity )?decision should"
    r"|the treating physician and )",
    re.IGNORECASE,
)


class SentenceKind(Enum):
    """What a sentence is about."""

    CASE = "case"
    GUIDELINE = "guideline"
    UNKNOWN = "unknown"


def classify_sentence(sentence: Place, *, quoted: bool) -> SentenceKind:
    """The kind of a sentence. A `quoted` one has the words of a guideline or a record, and is never of the case."""
    if not quoted and _CASE.search(sentence.text):
        return SentenceKind.CASE
    return SentenceKind.GUIDELINE if _GUIDELINE.search(sentence.text) else SentenceKind.UNKNOWN


def score_sentence(sentence: Place, *, quoted: bool) -> float:
    """The balance of words on the case (1: only these) and of guidelines (-1: only these); 0 where it has neither."""
    case = 0 if quoted else sum(1 for _ in _CASE.finditer(sentence.text))
    guideline = sum(1 for _ in _GUIDELINE.finditer(sentence.text)) + quoted
    return round((case - guideline) / (case + guideline), 2) if case + guideline else 0.0


def states_fact(sentence: Place) -> bool:
    """Whether a sentence states a fact of the case: on the worker, on the records, or on what was or has happened."""
    text = sentence.text
    if _TOLD.search(text) or _FROM_NOW.search(text):
        return True
    if _GUIDELINE.search(text):
        return False
    if _SHOWED.search(text) or any(_NOT_HERE.isdisjoint(_words_before(match)) for match in _HAPPENED.finditer(text)):
        return True
    return bool(_BACKGROUND.search(text)) and not is_general(sentence)


def _words_before(match: re.Match[str]) -> list[str]:
    """The words before a match in its clause, in lower case."""
    return re.findall(r"[\w-]+", re.split(r"[,;:]", match.string[: match.start()])[-1].lower())


_PUBLISHED = Pattern(rf"\b(?:{function_words.alternatives('word of publication', 'research word')})\b", re.IGNORECASE)


def names_publication(words: str) -> bool:
    """Whether words speak of what was published, or of research: a year among them is not of the case."""
    return _PUBLISHED.search(words) is not None


def speaks_for_guideline(sentence: Place) -> bool:
    """Whether a sentence reports what a guideline says, even where it is on the case.

    It does not where only a relative clause behind it does: "no trial is documented, which the guideline requires".
    """
    text = sentence.text
    return any(not _RELATIVE.search(text, 0, match.start()) for match in _SPEAKS.finditer(text))


def names_guideline(sentence: Place) -> bool:
    """Whether a sentence names a guideline, or has words of one, whatever else it says."""
    return bool(_GUIDELINE.search(sentence.text))


def is_general(sentence: Place, at: int | None = None) -> bool:
    """Whether a sentence, or its main clause with character `at`, speaks of patients in general, or of what should be
    done for them.
    """
    text = sentence.text
    return any(
        at is None or not _CLAUSE_BREAK.search(text, min(match.end(), at), max(match.start(), at))
        for match in _GENERAL.finditer(text)
    )


def is_opioid_notice(sentence: Place) -> bool:
    """Whether a sentence belongs to the notice that every decision on opioids must contain."""
    return bool(_PARAGRAPH.match(sentence.text))
