"""Words of a letter that identify a person: names, numbers, dates of birth and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from imrlint.document.letter import Letter
from imrlint.document.prose import Prose
from imrlint.document.text import Span
from imrlint.knowledge.language import lexicon
from imrlint.knowledge.language.wordings import any_of


class Kind(Enum):
    """The kinds of identifiers."""

    NAME = "name"
    REVIEWER = "reviewer"
    SOCIAL_SECURITY = "social security"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    BIRTH = "birth"
    RECORD = "record"


class Identifier(NamedTuple):
    """Words that identify a person."""

    kind: Kind
    span: Span


_NAME = r"[A-Z][a-z]+(?:[-'’][A-Z][a-z]+)?"
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Doctor)\b\.? (?P<name>(?:{_NAME}|[A-Z]\.)(?: (?:[A-Z]\. )?{_NAME})?)")
_DEGREES = r"(?:M\.?D|D\.?O|D\.?C|D\.?P\.?M|Ph\.?D|Psy\.?D|P\.?A-?C?|N\.?P|R\.?N|D\.?P\.?T|L\.?Ac|FNP|DDS)"
_DEGREED = re.compile(rf"\b(?P<name>{_NAME} (?:[A-Z]\.? )?{_NAME}),? {_DEGREES}\b")
_NAMED = re.compile(
    rf"\b{any_of('worker')}(?:['’]s name(?: is|:)?|,? named|:"
    rf"|,) (?P<name>{_NAME} (?:[A-Z]\. )?{_NAME})(?=[,.;)]| (?:is|was|has|reports|stated)\b)"
)
# Words that may follow a title or a label in place of a name.
_NO_NAMES = frozenset(
    [
        "acupuncture",
        "administrator",
        "an",
        "and",
        "april",
        "as",
        "assistant",
        "august",
        "board",
        "care",
        "center",
        "certified",
        "chiropractic",
        "claims",
        "clinic",
        "december",
        "doctor",
        "family",
        "february",
        "for",
        "friday",
        "general",
        "has",
        "he",
        "health",
        "in",
        "indicated",
        "internal",
        "is",
        "january",
        "july",
        "june",
        "management",
        "march",
        "may",
        "medical",
        "medicine",
        "monday",
        "no",
        "note",
        "noted",
        "notes",
        "november",
        "nurse",
        "occupational",
        "october",
        "of",
        "on",
        "orthopedic",
        "pain",
        "physical",
        "physician",
        "practice",
        "practitioner",
        "recommended",
        "report",
        "reports",
        "requested",
        "review",
        "saturday",
        "september",
        "she",
        "spine",
        "state",
        "stated",
        "states",
        "status",
        "sunday",
        "surgery",
        "that",
        "the",
        "therapy",
        "this",
        "thursday",
        "tuesday",
        "utilization",
        "was",
        "wednesday",
        "who",
        "work",
    ]
)
_REVIEWER = re.compile(
    r"\b(?:[Ee]xpert|[Pp]hysician|[Mm]edical) [Rr]eviewer(?:,|:| is"
    r"| was) (?:[Dd]r\.? )?(?P<name>[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+)(?=[,.]| (?:is|has|was)\b)"
)
_NO_REVIEWERS = (
    "Board",
    "Certified",
    "Licensed",
    "Internal",
    "Family",
    "Physical",
    "Medicine",
    "Orthopedic",
    "Occupational",
)
_SSN = re.compile(r"\d(?<![\d-].)\d\d-\d{2}-\d{4}(?![\d-])")
_SSN_NAMED = re.compile(r"\b(?:SSN|social security (?:number|no\.?))[ :#]*(?:\d[- ]?){9}\b", re.IGNORECASE)
# An area code, with or without brackets, and the number.
_PHONE = re.compile(r"[(\d](?:(?<=\()\d{3}\) ?|(?:(?<![\d.-].)|(?<=\b1[ .-].))\d\d[-. ])\d{3}[-. ]\d{4}(?![\d-])")
_EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b")
_REVIEW_ORGANIZATION = "Box 138009"
_ADDRESS = re.compile(
    r"\b\d{1,5} (?:[NSEW]\.? )?(?:[A-Z][a-z]+ ){1,3}(?:Street|St\b|Avenue|Ave\b|Boulevard|Blvd\b|Road|Rd\b"
    r"|Drive|Lane|Ln\b|Court|Highway|Hwy\b|Way|Place)\.?"
    r"|\bP\.? ?O\.? Box \d+|\b[A-Z][a-z]+(?: [A-Z][a-z]+)?, (?:CA|California) 9\d{4}\b"
)
_BIRTH = re.compile(
    r"\b(?:DOB|D\.O\.B\.|dates? of birth|birth ?dates?|was born|born)\b(?: (?:is|was|as|on|of|listed|:))*[ :]*"
    r"(?P<date>\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"\b(?:MRN|medical record (?:number|no\.?|#)|claim (?:number|no\.?|#)|patient (?:id|number|no\.?)"
    r"|account (?:number|no\.?)|policy (?:number|no\.?)|EAMS|WCAB(?: no\.?)?)"
    r"(?: (?:is|was))?[ :#]*(?P<number>[A-Z]{0,4}-?\d[\dA-Z-]{4,})",
    re.IGNORECASE,
)
_LONG = re.compile(r"\d[\dA-Za-z-]{4}")


# Words without which a pattern cannot match. They are looked for first, since that is much faster.
_TITLES = ("Mr", "Ms", "Miss", "Dr", "Doctor")
_DEGREE_HINTS = (
    "MD",
    "M.D",
    "DO",
    "D.O",
    "DC",
    "D.C",
    "DPM",
    "PhD",
    "Ph.D",
    "Psy",
    "PA",
    "P.A",
    "NP",
    "N.P",
    "RN",
    "R.N",
    "PT",
    "L.Ac",
    "LAc",
    "DDS",
)
_NAMING = ("named", "name", ", ", ": ")
_STREETS = (
    "Street",
    " St",
    "Ave",
    "Boulevard",
    "Blvd",
    "Road",
    " Rd",
    "Drive",
    "Lane",
    " Ln",
    "Court",
    "Highway",
    "Hwy",
    "Way",
    "Place",
    "Box",
    " CA ",
    "California 9",
)


def _contains_any(prose: Prose, words: tuple[str, ...]) -> bool:
    return any(word in prose.text for word in words)


def _find_spans(
    pattern: re.Pattern[str], prose: Prose, hints: tuple[str, ...], group: str | int = 0
) -> Iterator[tuple[int, int]]:
    return (match.span(group) for match in pattern.finditer(prose.text)) if _contains_any(prose, hints) else iter(())


def _find_names(prose: Prose) -> Iterator[tuple[int, int]]:
    """The names of persons, as characters of the folded text. Names of clinical words (eponyms, tests) are left out."""
    seen = -1
    for pattern, hints in ((_TITLED, _TITLES), (_DEGREED, _DEGREE_HINTS), (_NAMED, _NAMING)):
        for match in pattern.finditer(prose.text) if _contains_any(prose, hints) else ():
            start, end = match.span("name")
            words = [word.strip(".").casefold() for word in match["name"].split()]
            if start <= seen or any(word in _NO_NAMES for word in words) or _are_clinical(words):
                continue
            seen = start
            yield start, end


def _are_clinical(words: list[str]) -> bool:
    """Whether every word is a clinical term."""
    clinical = lexicon.clinical_words()
    return all(word in clinical for word in words)


def _find_social_security_numbers(prose: Prose) -> Iterator[tuple[int, int]]:
    yield from _find_spans(_SSN, prose, ("-",))
    for start, end in _find_spans(_SSN_NAMED, prose, ("SSN", "ecurity", "ECURITY")):
        if not _SSN.search(prose.text, start, end):
            yield start, end


def _find_phone_numbers(prose: Prose) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _PHONE.finditer(prose.text))


def _find_email_addresses(prose: Prose) -> Iterator[tuple[int, int]]:
    return _find_spans(_EMAIL, prose, ("@",))


def _find_postal_addresses(prose: Prose) -> Iterator[tuple[int, int]]:
    """Street addresses, post-office boxes, and towns with their ZIP code.

    The address of the review organization is left out; it is recognised by the name before it or by its box.
    """
    for match in _ADDRESS.finditer(prose.text) if _contains_any(prose, _STREETS) else ():
        before = prose.text[max(match.start() - 160, 0) : match.start()]
        around = prose.text[max(match.start() - 40, 0) : match.end() + 40]
        if "MAXIMUS" not in before and _REVIEW_ORGANIZATION not in around:
            yield match.span()


def _find_birth_dates(prose: Prose) -> Iterator[tuple[int, int]]:
    return _find_spans(_BIRTH, prose, ("birth", "Birth", "BIRTH", "DOB", "D.O.B", "born", "Born", "BORN"), "date")


def _find_record_numbers(prose: Prose) -> Iterator[tuple[int, int]]:
    hints = ("MRN", "mrn", "umber", "UMBER", " no", " No", "#", " id", " ID", "EAMS", "WCAB")
    return _find_spans(_RECORD, prose, hints, "number") if _LONG.search(prose.text) else iter(())


def _find_reviewers(prose: Prose) -> Iterator[tuple[int, int]]:
    """The names in the paragraph on the reviewer."""
    found = {
        match.span("name") for match in _REVIEWER.finditer(prose.text) if not match["name"].startswith(_NO_REVIEWERS)
    }
    yield from sorted(found | set(_find_names(prose)))


_FINDERS = {
    Kind.SOCIAL_SECURITY: _find_social_security_numbers,
    Kind.PHONE: _find_phone_numbers,
    Kind.EMAIL: _find_email_addresses,
    Kind.ADDRESS: _find_postal_addresses,
    Kind.BIRTH: _find_birth_dates,
    Kind.RECORD: _find_record_numbers,
}


def find_identifiers(letter: Letter) -> Iterator[Identifier]:
    """The identifiers of a letter. Names in the paragraph on the reviewer are of the kind `REVIEWER`."""
    for prose in letter.prose:
        for kind, finder in _FINDERS.items():
            yield from (Identifier(kind, prose.locate(*place)) for place in finder(prose))
    about = letter.qualifications
    for prose in letter.prose:
        if about is None or not about.span.covers(prose.span):
            yield from (Identifier(Kind.NAME, prose.locate(*place)) for place in _find_names(prose))
    if about is not None and about.prose is not None:
        yield from (Identifier(Kind.REVIEWER, about.prose.locate(*place)) for place in _find_reviewers(about.prose))


_NAME_WORD = re.compile(r"[A-Z][\w'’-]{2,}")


def find_secrets(letter: Letter, identifiers: Iterable[Identifier]) -> Iterator[Span]:
    """The spans to be masked in output: the identifiers, and every further occurrence of the words of a name."""
    text = letter.source.text
    names: set[str] = set()
    for each in identifiers:
        yield each.span
        if each.kind is Kind.NAME:
            names |= set(_NAME_WORD.findall(text[each.span.start : each.span.end]))
    for name in names:
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            yield Span(*match.span())
