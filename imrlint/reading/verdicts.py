"""Verdicts of a rationale: words that say whether something is medically necessary, and the one that decides.

The polarity of a verdict is read from its verb phrase (`predication`) and the clauses around it (`stance`). These do
not decide: a verdict on something else that is given as a reason ("as the surgery is not medically necessary, …"), what
a guideline says in general, and what is open: asked, not explained, said by another person, or so under a condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from imrlint.document.letter import Dispute
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import numbers
from imrlint.knowledge.language.predicates import Kind
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading import main_verb, predication, stance, syntax
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sentences import Sentence
from imrlint.reading.stance import Polarity


class Form(Enum):
    """The wording of a verdict."""

    STANDARD = "medically necessary"
    ESTABLISHED = "medical necessity is established"
    REVERSAL = "the earlier decision is upheld, or reversed"
    REFERENCE = "so is this request"
    OTHER = "another word: appropriate, warranted, certified"


class Verdict(NamedTuple):
    """The words of a verdict. `subject` is the text before them in their sentence, which names what they are about.

    `is_reason` is true where the verdict is given as the reason for another one, and `is_certain` where its words
    can be read in one way only.
    """

    place: Place
    subject: Place
    necessary: bool
    form: Form
    is_reason: bool = False
    is_certain: bool = True


# Words that deny a verb; other denials ("lack of", "without") belong to a noun.
_NOT = "not|never|no longer|neither|nor"
_NECESSARY = re.compile(
    rf"\b(?:medically|clinically)(?:[- ]+(?:{any_of('necessary')}|and|or),?)*?[- ]+"
    r"(?P<un>un)?(?:necessary|neccessary|necesary|necssary)\b"
    r"|\b(?:a|of|(?P<meets>meets?|met|satisf(?:y|ies|ied)|fulfil+s?|reach(?:es)?|rises? to|pass(?:es)?"
    r"|(?P<fails>fails))(?: [\w-]+){0,4}?) (?P<noun>medical necessity)\b"
    r"(?! (?:of|for|has|is|was|decision))",
    re.IGNORECASE,
)
_NECESSITY = re.compile(r"\bmedical(?:ly)? (?:necessity|need)\b", re.IGNORECASE)
# Words before the noun that make it no object of proof: "a determination of medical necessity".
_TOPIC = frozenset(("of", "for", "regarding", "on", "about", "to", "concerning"))
_BETWEEN = syntax.DETERMINERS | syntax.AUXILIARIES | syntax.LINKING | _TOPIC  # from a denial to its object
_LONGEST_SUBJECT = 40  # words of "the medical necessity of …" before its verb
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
_OTHER = re.compile(
    rf"\b(?P<word>(?P<un>un|in(?=app)|un(?=med))?(?:medically |clinically )?"
    rf"(?:{any_of('necessary', 'granted', 'refused', 'non-certified', 'upheld', 'overturned')}|certified|recommended"
    r"|required|needed|correct|proper))\b(?! (?:by the (?:treating|requesting)|to (?!be\b)))",
    re.IGNORECASE,
)
# What the reviewer does with a request, or with its denial; what should be done with the item.
_ACTS = re.compile(
    r"\b(?:i|we|reviewer) (?:[\w'’]+ ){0,5}?(?P<verb>approve|certify|recommend|support|authorize|endorse|grant|overturn"
    r"|reverse|(?P<refuses>deny|uphold|affirm|reject|disapprove))s?\b"
    rf"|\b(?:should|cannot|can|will)(?: not)?(?: [a-z]+ly)? be (?P<done>{any_of('performed')}"
    r"|provided|allowed|continued|repeated)\b",
    re.IGNORECASE,
)
_NEED = re.compile(r"\b(?:necessity|need)\b(?= (?:for|of|to|has|is|was|remains)\b)", re.IGNORECASE)
_CONCLUDING = 2  # sentences at the end of a rationale that conclude
_REFUSED = Pattern(rf"\b{any_of('refused', 'non-certified')}\b", re.IGNORECASE)
# Nouns for what is decided on.
_REQUEST = Pattern(r"\b(?:request(?:ed|s)?|prescription|proposed|treatment in question|service)\b", re.IGNORECASE)
_NEGATED = Pattern(rf"\b(?:{_NOT}|cannot|non)\b|n['’]t\b|\bnot-|\bnon-", re.IGNORECASE)
# A subject that is itself a refusal: "the denial is not supported" grants the request.
_DENIAL = Pattern(rf"\b{any_of('refusal')}\b(?! reason)", re.IGNORECASE)
_REASON = Pattern(
    r"\W*(?!as (?:per|such|noted|stated|submitted|a result|requested|written|outlined)\b)"
    rf"(?:{any_of('condition', 'reason')}|where|although|while|even if|even though)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:] ")
# "Until" and "once" may say how long something is necessary for this worker: they make no verdict a general one.
_GENERAL = Pattern(
    r"\s*(?:unless|if|when|only|in (?:patients|cases|those)|for (?:patients|those|individuals) (?:who|with)"
    rf"|care that|services|by (?:the|a) {any_of('provider role')}|due to the illness)",
    re.IGNORECASE,
)
# A quantity in the subject of a verdict.
_COUNTED = Pattern(
    rf"(?:#\s?(?P<tablets>\d{{1,3}})|\b(?P<number>{numbers.WORDS}|\d{{1,3}})(?: ?\(\d+\))? (?:\w+ ){{0,3}}"
    r"(?P<unit>visits?|sessions?|treatments?|tablets?|capsules?|days?|weeks?))\b",
    re.IGNORECASE,
)
_VISITS = ("session", "treatment")
_WHOLE = Pattern(r"\brequest(?:ed)?\b|\bthe remaining\b", re.IGNORECASE)


def find_verdicts(sentences: Iterable[Sentence]) -> tuple[Verdict, ...]:
    """The verdicts of a rationale, in order. Those of the form `OTHER` count only where there is no other form."""
    own = [each for each in sentences if not each.is_opioid_notice]
    last = len(own) - _CONCLUDING
    if found := [verdict for each in own for verdict in _find_in_sentence(each)]:
        return tuple(found)
    return tuple(
        verdict
        for number, each in enumerate(own)
        for verdict in _find_in_sentence(each, in_other_words=True, is_last=number >= last)
    )


def find_conclusion(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict that decides: the last one that is not a reason for another. None where there is none."""
    deciding = [verdict for verdict in verdicts if not verdict.is_reason]
    return deciding[-1] if deciding else None


def names_necessity(sentences: Iterable[Sentence]) -> bool:
    """Whether the last sentences of a rationale speak of medical necessity, however that is meant."""
    own = [each for each in sentences if not each.is_opioid_notice]
    return any(pattern.search(each.text) for each in own[-_CONCLUDING:] for pattern in (_NECESSARY, _NECESSITY))


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


def _find_in_sentence(read: Sentence, *, in_other_words: bool = False, is_last: bool = False) -> list[Verdict]:
    """The verdicts of a sentence, or those `in_other_words`, of which the last sentences need not name the request."""
    sentence = read.place
    prose, text = sentence.prose, sentence.prose.text
    found: list[Verdict] = []

    def add(start: int, end: int, polarity: Polarity, form: Form, *, is_certain: bool = True) -> None:
        if polarity is Polarity.THOUGHT or read.is_quoted(start):
            return
        if any(start < v.place.end and v.place.start < end for v in found):
            return
        before = text[sentence.start : start]
        if _GENERAL.match(text, end) and not _REQUEST.search(before):
            return
        place, subject = Place(prose, start, end), Place(prose, sentence.start, start)
        found.append(Verdict(place, subject, polarity is Polarity.AFFIRMED, form, is_certain=is_certain))

    def predicate(match: re.Match[str], form: Form, *, flipped: bool = False) -> None:
        groups = match.groupdict()
        group = (
            "meets"
            if groups.get("meets")
            else "noun"
            if groups.get("noun")
            else "verb"
            if groups.get("verb")
            else "done"
            if groups.get("done")
            else 0
        )
        at = _find_word(read, match.start(group))
        is_verb = group in ("meets", "verb")
        read_as = predication.read_predication(read.words, at, read.lower, is_verb=is_verb)
        polarity = stance.deny(read_as.polarity) if flipped else read_as.polarity
        start = min(sentence.start + read.words[read_as.first].start, match.start(group))
        add(start, match.end(), polarity, form, is_certain=read_as.is_certain)

    def matches(pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return pattern.finditer(text, sentence.start, sentence.end)

    lowered = "" if in_other_words else read.lower
    if "medical" in lowered or "clinical" in lowered:
        for m in matches(_NECESSARY):
            flips = m["un"] or m["fails"] or read.words[_find_word(read, m.start())].text.startswith("non-")
            predicate(m, Form.STANDARD, flipped=bool(flips))
        for m in matches(_NECESSITY):
            start, end, polarity, is_certain = _read_necessity(read, m)
            add(start, end, polarity, Form.ESTABLISHED, is_certain=is_certain)
    if any(word in lowered for word in ("revers", "overturn", "upheld", "uphold", "affirm")):
        for m in matches(_REVERSAL):
            reverses = m["word"].casefold().startswith(("rev", "ov"))
            at = _find_word(read, m.start("word"))
            said = predication.read_predication(read.words, at, read.lower, is_verb=True).polarity
            add(m.start(), m.end(), said if reverses else stance.deny(said), Form.REVERSAL)
    if any(word in lowered for word in ("so is", "so are", "so was", "likewise", "also", "similarly")):
        for m in matches(_REFERENCE):
            negated = m["not"] or _NEGATED.search(text[sentence.start : m.end()])
            add(m.start(), m.end(), Polarity.DENIED if negated else Polarity.AFFIRMED, Form.REFERENCE)
    about_request = in_other_words and (is_last or _REQUEST.search(text, sentence.start, sentence.end))
    if about_request and read.kind is not SentenceKind.GUIDELINE:
        for m in matches(_OTHER):
            if predication.has_verb_phrase(read.words, _find_word(read, m.start())):
                clause = stance.find_clause(read.words, _find_word(read, m.start()), read.lower)
                about_denial = _DENIAL.search(text, sentence.start + read.words[clause.first].start, m.start())
                predicate(m, Form.OTHER, flipped=bool(_REFUSED.search(m.group()) or m["un"]) != bool(about_denial))
    if not found and is_last:
        for m in matches(_ACTS):
            predicate(m, Form.OTHER, flipped=bool(m["refuses"]))
        for m in matches(_NEED):
            start, end, polarity, is_certain = _read_necessity(read, m)
            add(start, end, polarity, Form.OTHER, is_certain=is_certain)
    found.sort(key=lambda verdict: verdict.place.start)
    return [verdict._replace(is_reason=_is_reason(verdict, verdict is found[-1])) for verdict in found]


def _find_word(read: Sentence, at: int) -> int:
    """The number of the word of a sentence at character `at` of the prose."""
    return syntax.find_word(read.words, at - read.place.start)


def _read_necessity(read: Sentence, match: re.Match[str]) -> tuple[int, int, Polarity, bool]:
    """What a sentence says of "medical necessity": start and end in the prose, polarity, and whether it is certain."""
    words, origin = read.words, read.place.start
    first, last = _find_word(read, match.start()), _find_word(read, match.end() - 1)
    clause = stance.find_clause(words, first, read.lower)
    subject = words[clause.first : first]
    begins = not any((word.row and word.row.kind is not Kind.HAVE) or word.denies for word in subject)
    if begins and (found := main_verb.read_main_verb(words, last + 1, _LONGEST_SUBJECT)):
        start = origin + words[first].start
        polarity = found.polarity
        if clause.context is not Polarity.AFFIRMED:
            polarity = stance.deny(polarity) if clause.context is Polarity.DENIED else Polarity.THOUGHT
        return start, origin + words[found.last].end, polarity, clause.is_certain
    before = words[first - 1] if first else None
    if before is not None and before.text in ("the", "its", "any", "a", "such", "clear") and first > 1:
        before = words[first - 2]
    if before is None or (before.text in _TOPIC and not before.denies):
        previous = words[first - 2] if first > 1 else None
        is_evidence = (
            previous is not None and previous.row is not None and previous.row.kind in (Kind.EVIDENCE, Kind.NOT)
        )
        if not is_evidence:
            return match.start(), match.end(), Polarity.THOUGHT, False
    return (*_bound_object(read, clause, first, match), *_read_object(read, clause, first))


def _bound_object(read: Sentence, clause: stance.Clause, at: int, match: re.Match[str]) -> tuple[int, int]:
    """The words from the verb or denial that governs the noun up to its end."""
    for number in range(at - 1, max(clause.first, at - 6) - 1, -1):
        word = read.words[number]
        if word.denies or (word.row is not None and word.row.kind is not Kind.HAVE):
            return read.place.start + word.start, match.end()
    return match.start(), match.end()


def _read_object(read: Sentence, clause: stance.Clause, at: int) -> tuple[Polarity, bool]:
    """How "medical necessity" at word `at` is meant, as what the clause shows, has or lacks, and how certainly."""
    words = read.words
    for number in range(at - 1, max(clause.first, at - 6) - 1, -1):
        word = words[number]
        if word.row is not None and word.row.kind in (Kind.SHOW, Kind.EVIDENCE, Kind.JUDGE, Kind.DENY):
            is_plain = clause.is_certain and stance.is_plain(words, clause.first, number, number + 1)
            return stance.pass_on(words, clause.first, number, clause.context, read.lower), is_plain
        if word.denies:
            odd = stance.is_denied(words, clause.first, number)
            is_known = all(each.row or each.text in _BETWEEN for each in words[number + word.length : at])
            return clause.context if odd else stance.deny(clause.context), clause.is_certain and is_known
    return Polarity.THOUGHT, False


def _is_reason(verdict: Verdict, last: bool) -> bool:
    """Whether a verdict is given as the reason for another. `last` says that it is the last of its sentence."""
    if verdict.form is Form.REFERENCE:
        return False
    before = verdict.place.before
    return bool(_REASON.match(_CLAUSE.split(before)[-1])) or (not last and bool(_REASON.match(before)))
