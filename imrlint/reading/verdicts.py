"""Verdicts of a rationale: words that say whether something is medically necessary, and the one that decides.

The polarity of a verdict is read from its verb phrase. Two kinds do not decide: a verdict on something else
that is given as a reason ("as the surgery is not medically necessary, …"), and what a guideline says in general.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from imrlint.document.letter import Dispute
from imrlint.document.prose import Place
from imrlint.knowledge.language import numbers
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sentences import Sentence


class Form(Enum):
    """The wording of a verdict."""

    STANDARD = "medically necessary"
    ESTABLISHED = "medical necessity is established"
    REVERSAL = "the earlier decision is upheld, or reversed"
    REFERENCE = "so is this request"
    OTHER = "another word: appropriate, warranted, certified"


class Verdict(NamedTuple):
    """The words of a verdict. `subject` is the text before them in their sentence, which names what they are about.

    `is_reason` is true where the verdict is given as the reason for another one.
    """

    place: Place
    subject: Place
    necessary: bool
    form: Form
    is_reason: bool = False


_BE = r"(?:is|was|are|were|be|been|being|isn['’]t|wasn['’]t|aren['’]t|weren['’]t)"
# Words that deny a verb; other denials ("lack of", "without") belong to a noun.
_NOT = "not|never|no longer|neither|nor"
# Words between the verb and the verdict.
_BETWEEN = (
    rf"(?:{_NOT}|also|therefore|thus|hence|likewise|currently|clearly|still|now|both|to|be|been"
    r"|being|as|at this time|at present|in this case|for this patient|deemed|considered|determined|found|felt|thought"
    r"|judged|seen|regarded|viewed|indicated|supported"
    rf"|by (?:the )?(?:provided )?{any_of('record', 'guideline')}|a|an|overall|presently|simply|in fact"
    r"|reasonable and|either|appropriate and|reasonable,"
    r"|in my (?:clinical )?opinion,?|it is)"
)
_NECESSARY = (
    r"medically[- ]+(?:necessary|neccessary|necesary|necssary)"
    r"|(?:a )?medical necessity\b(?! (?:of|for|has|is|was|decision))"
)
_STANDARD = re.compile(
    rf"\b(?P<verb>(?:(?:cannot|can not|could not|should not|would not|may not|does not|do not|did not|has not"
    rf"|have not|can|could"
    rf"|may|has|have|does) )?(?:{_BE}|appears?|seems?|remains?|deem(?:s|ed)?|find(?:s)?|consider(?:s|ed)?|meets?) "
    rf"(?:{_BETWEEN},? ){{0,9}}(?:non-|not-)?)(?P<word>{_NECESSARY})",
    re.IGNORECASE,
)
# "deem the request … to be medically necessary", "is supported as being medically necessary"
_LONG = re.compile(
    rf"\b(?P<verb>deems?|finds?|considers?|certif(?:y|ies)|{_BE}) [^.;]{{1,160}}? (?P<not>not )?(?:to (?P<not2>not )?be"
    rf"|as(?: being)?) "
    rf"(?P<not3>not )?(?P<word>{_NECESSARY})",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?P<verb>(?:and|or|but|,) (?:therefore |thus |hence )?(?:is "
    r"|are )?(?P<not>not )?)(?P<word>medically necessary)\b",
    re.I,
)
# A sentence that is nothing but a verdict.
_ALONE = re.compile(r"(?P<not>not )?medically necessary(?: and appropriate)?[.]?", re.IGNORECASE)
# A main clause that denies what follows it: "the records do not establish that …".
_DENYING_CLAUSE = re.compile(
    rf"(?:\b(?:{_NOT}|cannot|fails? to|failed to|unable to)|n['’]t)\b(?: \w+){{0,2}} (?:establish|show|demonstrat|prove"
    r"|suggest|indicat|find|believ|conclud|agree|document|support|convinc|persuad|mean)\w*(?: \w+){0,6}? that\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:but|however|yet|nevertheless|nonetheless)\b", re.IGNORECASE)
# A denial right before a verb: "does not", "cannot", "didn't".
_DENIAL = rf"(?:\b(?:{_NOT}|cannot)|n['’]t)"
_DENIED_VERB = re.compile(rf"{_DENIAL} $", re.IGNORECASE)
# Before "be medically necessary": "does not find the visits to", "finds the visits not to".
_DENIED_INFINITIVE = re.compile(
    rf"(?:{_DENIAL} (?:deem|find|consider|certif)\w* [^.;]{{1,160}}| not) to $", re.IGNORECASE
)
# An open question is no verdict.
_QUESTION = re.compile(r"\bwhether\b[^,;.]*$", re.IGNORECASE)
_NEGATED = re.compile(rf"\b(?:{_NOT}|cannot|non)\b|n['’]t\b|\bnot-|\bnon-", re.IGNORECASE)
# Participles of proof, and denials right before the noun.
_ESTABLISHED = re.compile(
    r"\bmedical(?:ly)? (?:necessity|need)\b(?: (?:of|for) (?P<of>[^.;]{1,160}?))?,? "
    r"(?P<verb>(?:is|was|has|have|had|are|were|cannot|can|could)(?: (?:therefore|thus|also|been|be|not|clearly"
    r"|adequately|sufficiently|then|hereby|to))*)"
    r" (?:established|supported|demonstrated|shown|met|evident|apparent|substantiated|proven|justified"
    r"|confirmed|verified)\b"
    r"|\b(?P<no>no|not|fails? to establish|failed to establish|does not establish|do not establish"
    r"|did not establish|(?:does|do|did) not support|lack of) (?:the )?medical necessity\b"
    r"|\bestablish(?:es|ed)? (?:the )?medical necessity\b",
    re.IGNORECASE,
)
_REVERSAL = re.compile(
    r"\b(?:i am |i |we |is |are |was |be )?(?P<word>revers(?:e|ed|ing)|overturn(?:ed|ing)?|uphold(?:ing)?"
    r"|upheld|affirm(?:ed|ing)?)\b"
    rf"(?= the (?:{any_of('earlier')}|original|utilization)|\.|$| in (?:full|its entirety))",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\bso (?:is|are|was) (?:this|the|that)\b|\b(?:this|the) (?:\w+ ){0,6}(?:is|are) (?:likewise|also"
    r"|similarly|therefore also) "
    rf"(?P<not>not )?(?:so|needed|required|approved|{any_of('necessary')})",
    re.IGNORECASE,
)
_WORDS = any_of("necessary", "granted", "refused", "non-certified", "upheld", "overturned")
_OTHER = re.compile(
    rf"\b(?:{_BE}|cannot be|can not be|should be|should not be|not)(?: (?:not|therefore|thus|also|being|deemed"
    rf"|considered|found|medically|clinically|currently|hereby))*"
    rf" (?:medically |clinically )?(?:{_WORDS}|certified|recommended)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(rf"\b{any_of('refused', 'non-certified')}\b", re.IGNORECASE)
# Nouns for what is decided on.
_REQUEST = re.compile(r"\b(?:request(?:ed|s)?|prescription|proposed|treatment in question|service)\b", re.IGNORECASE)
_REASON = re.compile(
    r"\W*(?!as (?:per|such|noted|stated|submitted|a result|requested|written|outlined)\b)"
    rf"(?:{any_of('condition', 'reason')}|where|although|while|even if|even though)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:] ")
# "Until" and "once" may say how long something is necessary for this worker: they make no verdict a general one.
_GENERAL = re.compile(
    r"\s*(?:unless|if|when|only|in (?:patients|cases|those)|for (?:patients|those|individuals) (?:who|with)"
    rf"|care that|services|by (?:the|a) {any_of('provider role')}|due to the illness)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    rf"\b{any_of('guideline', 'authority', 'utilization review', 'claims administrator', 'provider')}\b[^.;]{{0,60}}\b"
    rf"(?:{any_of('speech verb')}|stated|recommended|found|felt|consistent)\b[^.;]{{0,120}}$",
    re.IGNORECASE,
)


# A quantity in the subject of a verdict.
_COUNTED = re.compile(
    rf"(?:#\s?(?P<tablets>\d{{1,3}})|\b(?P<number>{numbers.WORDS}|\d{{1,3}})(?: ?\(\d+\))? (?:\w+ ){{0,3}}"
    r"(?P<unit>visits?|sessions?|treatments?|tablets?|capsules?|days?|weeks?))\b",
    re.IGNORECASE,
)
_VISITS = ("session", "treatment")
_WHOLE = re.compile(r"\brequest(?:ed)?\b|\bthe remaining\b", re.IGNORECASE)


def find_verdicts(sentences: Iterable[Sentence]) -> tuple[Verdict, ...]:
    """The verdicts of a rationale, in order. Those of the form `OTHER` count only where there is no other form."""
    found = [verdict for each in sentences if not each.is_opioid_notice for verdict in _find_in_sentence(each)]
    best = [verdict for verdict in found if verdict.form is not Form.OTHER]
    return tuple(best or found)


def find_conclusion(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict that decides: the last one that is not a reason for another. None where there is none."""
    deciding = [verdict for verdict in verdicts if not verdict.is_reason]
    return deciding[-1] if deciding else None


def is_partial(verdict: Verdict, dispute: Dispute) -> bool:
    """Whether a verdict grants or refuses a quantity that differs from those of the title."""
    text = verdict.subject.text
    if _WHOLE.search(text):
        return False
    printed = {quantity for portion in dispute.request.portions for quantity in _find_quantities(portion.text)}
    counts = {quantity.value for portion in dispute.request.portions for quantity in portion.quantities}
    return any((number, unit) not in printed and number not in counts for number, unit in _find_quantities(text))


def _find_quantities(text: str) -> Iterator[tuple[float, str]]:
    """The quantities in a text, each with its unit: visits, tablets, days or weeks."""
    for match in _COUNTED.finditer(text):
        unit = (match["unit"] or "tablet").casefold().removesuffix("s")
        yield numbers.value(match["tablets"] or match["number"]), "visit" if unit in _VISITS else unit


def _find_in_sentence(read: Sentence) -> list[Verdict]:
    sentence = read.place
    prose, text = sentence.prose, sentence.prose.text
    found: list[Verdict] = []

    def add(match: re.Match[str], necessary: bool, form: Form, group: str | int = 0) -> None:
        start, end = match.start(group), match.end()
        if read.is_quoted(start) or any(start < v.place.end and v.place.start < end for v in found):
            return
        before = text[sentence.start : start]
        if (_GENERAL.match(text, end) and not _REQUEST.search(before)) or _SPEAKER.search(before):
            return
        if _QUESTION.search(before):
            return
        necessary = necessary and not _is_denied_by_main_clause(before)
        found.append(Verdict(Place(prose, start, end), Place(prose, sentence.start, start), necessary, form))

    def matches(pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return pattern.finditer(text, sentence.start, sentence.end)

    lowered = read.lower
    if alone := _ALONE.fullmatch(text, sentence.start, sentence.end):
        add(alone, not alone["not"], Form.STANDARD)
    if "medical" in lowered:
        for m in matches(_STANDARD):
            infinitive = m["verb"].casefold().startswith("be ")
            denied = infinitive and _DENIED_INFINITIVE.search(text, sentence.start, m.start())
            add(m, not (denied or _NEGATED.search(m["verb"])), Form.STANDARD)
        for m in matches(_LONG):
            negated = m["not"] or m["not2"] or m["not3"] or _NEGATED.search(m.group()[:40])
            negated = negated or _DENIED_VERB.search(text, sentence.start, m.start())
            add(m, not negated, Form.STANDARD, "word")
        for m in matches(_BARE):
            add(m, not m["not"], Form.STANDARD)
        for m in matches(_ESTABLISHED):
            add(m, not (m["no"] or _NEGATED.search(m["verb"] or "")), Form.ESTABLISHED)
    if any(word in lowered for word in ("revers", "overturn", "upheld", "uphold", "affirm")):
        for m in matches(_REVERSAL):
            add(m, m["word"].casefold().startswith(("rev", "ov")), Form.REVERSAL)
    if any(word in lowered for word in ("so is", "so are", "so was", "likewise", "also", "similarly")):
        for m in matches(_REFERENCE):
            add(m, not (m["not"] or _NEGATED.search(text[sentence.start : m.end()])), Form.REFERENCE)
    if not found and read.kind is not SentenceKind.GUIDELINE and _REQUEST.search(text, sentence.start, sentence.end):
        for m in matches(_OTHER):
            words, refusals = _REFUSED.subn("", m.group())  # what "non-certified" denies is in the word itself
            negated = bool(_NEGATED.search(words)) != bool(refusals)
            add(m, not negated, Form.OTHER)
    found.sort(key=lambda verdict: verdict.place.start)
    return [verdict._replace(is_reason=_is_reason(verdict, verdict is found[-1])) for verdict in found]


def _is_denied_by_main_clause(before: str) -> bool:
    """Whether the words before a verdict deny all that follows them: "the records do not establish that …"."""
    denying = _DENYING_CLAUSE.search(before)
    return denying is not None and not _TURN.search(before, denying.end())


def _is_reason(verdict: Verdict, last: bool) -> bool:
    """Whether a verdict is given as the reason for another. `last` says that it is the last of its sentence."""
    if verdict.form is Form.REFERENCE:
        return False
    before = verdict.place.before
    return bool(_REASON.match(_CLAUSE.split(before)[-1])) or (not last and bool(_REASON.match(before)))
