"""Words of a letter that identify a person: names, numbers, dates of birth and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from imrlint.document.letter import ClauseKind, Letter
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Prose
from imrlint.document.text import Span
from imrlint.reading import correspondence, names


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
    """Words that identify a person; not `certain` where they may be something else.

    `in_mailing` holds where they stand before the determination, in its signature or in the list of copies.
    """

    kind: Kind
    span: Span
    certain: bool = True
    in_mailing: bool = False


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
_SSN_NAMED = re.compile(
    r"\b(?:SSN|SS ?#|social security (?:number|no\.?))(?:,? ?\(?last (?:four|4)\b(?: digits\b)?\)?)?"
    r"(?: (?:is|was|of|has|end(?:s|ing)(?: in| with)?|last|four|4|digits|are|the)\b)*"
    r"[ :#(-]*(?:(?:\d[- ]?){8}\d|(?:[xX*#]{3}-?[xX*#]{2}-?)?\d{4})(?![\w-])",
    re.IGNORECASE,
)
_SSN_MASKED = re.compile(r"(?<![\w*#-])(?:[xX]{3}|\*{3}|#{3})[- ](?:[xX]{2}|\*\*|##)[- ]\d{4}(?![\w-])")
# An area code, with or without brackets, and the number.
_PHONE = re.compile(r"[(\d](?:(?<=\()\d{3}\) ?|(?:(?<![\d.-].)|(?<=\b1[ .-].))\d\d[-. ])\d{3}[-. ]\d{4}(?![\d-])")
_LAST_SEVEN = re.compile(r"\d\d[-. ]\d{4}(?!\d)")
_EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b")
_TOLL_FREE = re.compile(r"\(?8(?:00|33|44|55|66|77|88)\b")
_STREET = re.compile(
    r"\d(?<!\w.)\d{0,4} (?:[NSEW]\.? )?(?:[A-Z][a-z]+ ){1,3}(?:Street|St\b|Avenue|Ave\b|Boulevard|Blvd\b|Road|Rd\b"
    r"|Drive|Lane|Ln\b|Court|Highway|Hwy\b|Way|Place)\.?"
    r"|P(?<!\w.)\.? ?O\.? Box \d+"
)
_STREET_OR_TOWN = re.compile(rf"{_STREET.pattern}|\b[A-Z][a-z]+(?: [A-Z][a-z]+)?, (?:CA|California) 9\d{{4}}\b")
_BIRTH = re.compile(
    r"\b(?:DOB|D\.O\.B\.|dates? of birth|birth ?dates?|was born|born)\b(?: (?:is|was|as|on|of|listed|:))*[ :]*"
    r"(?P<date>\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})",
    re.IGNORECASE,
)
_RECORD = Pattern(
    r"\b(?:MRN|medical record (?:number|no\.?|#)|claims? (?:number|no\.?|#)|patient (?:id|number|no\.?)"
    r"|account (?:number|no\.?)|policy (?:number|no\.?)|EAMS|WCAB(?: no\.?)?)"
    r"(?: (?:is|was))?[ :#]*(?P<number>[A-Z]{0,4}-?\d[\dA-Z-]{4,})",
    re.IGNORECASE,
)
_LONG = re.compile(r"\d[\dA-Za-z-]{4,}")
_LONGEST_LABEL = 40  # characters before the first digit of a record's number


# Words without which a pattern cannot match. They are looked for first, since that is much faster.
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
)


def _contains_any(prose: Prose, words: tuple[str, ...]) -> bool:
    return any(word in prose.text for word in words)


def _find_spans(
    pattern: re.Pattern[str], prose: Prose, hints: tuple[str, ...], group: str | int = 0
) -> Iterator[tuple[int, int]]:
    return (match.span(group) for match in pattern.finditer(prose.text)) if _contains_any(prose, hints) else iter(())


def _find_social_security_numbers(prose: Prose) -> Iterator[tuple[int, int]]:
    yield from _find_spans(_SSN, prose, ("-",))
    masked = list(_find_spans(_SSN_MASKED, prose, ("xx", "XX", "xX", "Xx", "**", "##")))
    yield from masked
    for start, end in _find_spans(_SSN_NAMED, prose, ("SSN", "ssn", "SS#", "SS #", "ecurity", "ECURITY")):
        if not _SSN.search(prose.text, start, end) and not any(a < end and start < b for a, b in masked):
            yield start, end


def _find_phone_numbers(prose: Prose) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _PHONE.finditer(prose.text)) if _LAST_SEVEN.search(prose.text) else iter(())


def _find_email_addresses(prose: Prose) -> Iterator[tuple[int, int]]:
    return _find_spans(_EMAIL, prose, ("@",))


def _find_postal_addresses(prose: Prose) -> Iterator[tuple[int, int]]:
    """Street addresses, post-office boxes, and towns with their ZIP code."""
    if _contains_any(prose, ("CA 9", "California 9")):
        return _find_spans(_STREET_OR_TOWN, prose, ("9",))
    return _find_spans(_STREET, prose, _STREETS)


def _find_birth_dates(prose: Prose) -> Iterator[tuple[int, int]]:
    return _find_spans(_BIRTH, prose, ("birth", "Birth", "BIRTH", "DOB", "D.O.B", "born", "Born", "BORN"), "date")


def _find_record_numbers(prose: Prose) -> Iterator[tuple[int, int]]:
    found: dict[tuple[int, int], None] = {}
    for number in _LONG.finditer(prose.text):  # there are few, and what stands before each is soon searched
        start = max(number.start() - _LONGEST_LABEL, 0)
        found |= {match.span("number"): None for match in _RECORD.finditer(prose.text, start, number.end())}
    return iter(found)


def _find_reviewers(prose: Prose) -> Iterator[tuple[int, int]]:
    """Names after "Expert Reviewer" and the like."""
    for match in _REVIEWER.finditer(prose.text):
        if not match["name"].startswith(_NO_REVIEWERS):
            yield match.span("name")


_FINDERS = {
    Kind.SOCIAL_SECURITY: _find_social_security_numbers,
    Kind.PHONE: _find_phone_numbers,
    Kind.EMAIL: _find_email_addresses,
    Kind.ADDRESS: _find_postal_addresses,
    Kind.BIRTH: _find_birth_dates,
    Kind.RECORD: _find_record_numbers,
}
_OF_HOUSES = frozenset({Kind.PHONE, Kind.EMAIL, Kind.ADDRESS})


def find_identifiers(letter: Letter) -> Iterator[Identifier]:
    """The identifiers of a letter, whichever part they are in, but not those of the house itself.

    Names in the paragraph on the reviewer are of the kind `REVIEWER`.
    """
    text = letter.source.text
    whole = Prose(letter.source, Span(0, len(text)))
    mailing = tuple(correspondence.find_mailing_parts(letter))
    letterheads = tuple(correspondence.find_letterheads(text))

    def build(kind: Kind, span: Span, *, certain: bool = True) -> Identifier:
        return Identifier(kind, span, certain, any(part.covers(span) for part in mailing))

    found = [(kind, whole.locate(*place)) for kind, finder in _FINDERS.items() for place in finder(whole)]
    own = {
        _letters_and_digits(text[span.start : span.end])
        for kind, span in found
        if kind in _OF_HOUSES
        and (any(head.covers(span) for head in letterheads) or correspondence.is_given_for_house(text, span))
    }
    for kind, span in found:
        if kind not in _OF_HOUSES or _letters_and_digits(text[span.start : span.end]) not in own:
            yield build(kind, span, certain=not (kind is Kind.PHONE and _TOLL_FREE.match(text, span.start)))
    addresses = [span for kind, span in found if kind is Kind.ADDRESS]
    yield from (
        build(Kind.REVIEWER if of_reviewer else Kind.NAME, span, certain=certain)
        for span, certain, of_reviewer in _find_names(letter, whole, addresses)
    )


def _find_names(letter: Letter, whole: Prose, addresses: list[Span]) -> Iterator[tuple[Span, bool, bool]]:
    """The spans of names in order, each once: whether it is certain, and whether it is that of the reviewer."""
    text = letter.source.text
    found = {whole.locate(name.start, name.end): name.certain for name in names.find_names(whole.text)}
    in_lines = [*names.find_labelled_names(text)]
    for line in (
        *correspondence.find_signature_lines(text),
        *correspondence.find_addressee_lines(text, addresses),
    ):
        in_lines += names.find_name_alone(text, line.start, line.end)
    for name in in_lines:
        span = Span(name.start, name.end)
        found[span] = found.get(span, False) or name.certain
    about = letter.qualifications
    if about and about.prose:
        found |= {about.prose.locate(*place): True for place in _find_reviewers(about.prose)}
    end = 0
    citing = [c.span for d in letter.disputes for c in d.clauses if c.kind is not ClauseKind.RATIONALE]
    for span in sorted(found, key=lambda each: (each.start, -each.end)):
        if span.start < end or correspondence.is_officer(text, span):
            continue
        if any(clause.covers(span) for clause in citing):  # authors of what is cited
            continue
        end = span.end
        yield span, found[span], bool(about and about.span.covers(span))


_NAME_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f]+")
_WORD_PART = re.compile(r"[\w\u0300-\u036f\xad]")


def find_secrets(letter: Letter, identifiers: Iterable[Identifier]) -> Iterator[Span]:
    """The spans to be masked in output: the identifiers, and every further occurrence of the words of a name.

    A word is masked as a whole, whatever of it was recognised.
    """
    text = letter.source.text
    words: set[str] = set()
    full: set[str] = set()
    for each in identifiers:
        span = _widen(text, each.span)
        yield span
        if each.kind in (Kind.NAME, Kind.REVIEWER):
            words |= set(_NAME_WORD.findall(text[span.start : span.end]))
            full.add(r"\s+".join(map(re.escape, text[span.start : span.end].split())))
    forms = {form for word in words for form in (word, word.upper(), word.title()) if not form.islower()}
    if forms:
        pattern = "|".join(sorted({*map(re.escape, forms), *full}, key=len, reverse=True))
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?![^\W_]*[^\W\d_])", text):
            yield _widen(text, Span(*match.span()))


def _widen(text: str, span: Span) -> Span:
    """The span with the rest of the words in which it begins and ends."""
    start, end = span
    while start and _WORD_PART.match(text, start - 1) and _WORD_PART.match(text, start):
        start -= 1
    while end < len(text) and _WORD_PART.match(text, end - 1) and _WORD_PART.match(text, end):
        end += 1
    return Span(start, end)


def find_disclosed(
    letter: Letter, identifiers: Iterable[Identifier], kind: Kind, stage: str, own: Iterable[str]
) -> Iterator[Identifier]:
    """The identifiers of a kind that a letter must not disclose at this stage.

    A letter that is "mailed" has those of its parties where they belong: before the determination, in its signature
    and among the copies. One that is "posted" has none. Those of the house itself, its `own`, may always be there.
    """
    owned = {_letters_and_digits(each) for each in own}
    for each in identifiers:
        is_expected = stage == "mailed" and each.in_mailing
        if each.kind is kind and not is_expected and _letters_and_digits(letter.source[each.span]) not in owned:
            yield each


def _letters_and_digits(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())
