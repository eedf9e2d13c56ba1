"""Advocacy: what facts and persons do for the request, or against it.

"Nothing justifies the requested surgery", "the scales tip against it", "he is a poor candidate for the operation".
"""

from __future__ import annotations

from collections.abc import Iterator

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.arguments import Role
from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading import predication, stance
from imrlint.reading.stance import Polarity
from imrlint.reading.syntax import DETERMINERS, LINKING, find_word
from imrlint.reading.topics import (
    BESIDE,
    DEFINITE,
    FAR,
    MODALS,
    NEAR,
    NOMINAL,
    REQUEST,
    SELF,
    SIGNS,
    SUPPORT,
    Argued,
    Point,
    Topic,
)

_OBLIGING = frozenset(("need", "needed", "needs", "require", "required", "requires", "order", "must"))
_WEIGHTY = frozenset(("sufficient", "ample", "enough", "there", "adequate", "strong"))
_BESIDE_SIDE = frozenset(("in", "the", "on", "down", "side", "of", "both", "much", "all"))
_GOOD, _BAD = members("benefit noun"), members("harm noun")
_NEEDED = Pattern(
    rf"\b(?:is|are) (?P<not>not )?(?:\w+ly )?(?:just )?what (?:he|she|(?:this|the)"
    rf" (?:{any_of('worker')}|guideline|case|record)) (?:needs|requires|calls for|asks for|demands)\b"
)


def read_speaking(argued: Argued, at: int, last: int, role: Role) -> Point | None:
    """What speaks for the request, or against it."""
    words = argued.words
    if words[at].text in SUPPORT and at and words[at - 1].text in ("of", "in", "the", *NOMINAL):
        return None
    end = next((n for n in range(last + 1, min(last + NEAR, len(words))) if argued.is_object(n)), None)
    if end is None or any(words[n].text in (",", ";", "that", "of") for n in range(last + 1, end)):
        return None
    clause = stance.find_clause(words, at, argued.lower)
    before = words[clause.first : at]
    texts = {word.text for word in before}
    is_of_none = bool(before) and before[0].denies
    lack = _find_lack(argued, clause.first)
    if lack is not None:
        return Point(lack, end, -SIGNS[role])
    if clause.context is Polarity.THOUGHT or words[at - 1].text in ("that", "which"):
        return None  # "the reasoning that supports an implant": what is said of it stands behind
    if not is_of_none and stance.names_speaker(" ".join(word.text for word in before)):
        return None
    is_denied = stance.is_denied(words, clause.first, at)
    is_infinitive = at > 0 and words[at - 1].text == "to"
    if not is_denied and is_infinitive and (_OBLIGING & texts or not _WEIGHTY & texts):
        return None
    is_open = clause.context is Polarity.AFFIRMED and not is_denied
    is_about_case = any(word.text in DEFINITE for word in (*before[:1], *words[last + 1 : end]))
    if is_open and not is_about_case and words[end].text not in REQUEST:
        return None
    if is_open and MODALS & texts:
        return None
    sign = SIGNS[role] * (-1 if is_denied else 1) * (-1 if clause.context is Polarity.DENIED else 1)
    if argued.roles[end][0] in (Role.REFUSAL, Role.DENIER):
        sign = -sign
    first = next((n for n in range(clause.first, at) if words[n].denies), at)
    return Point(first, end, sign)


def read_leaning(argued: Argued, at: int, last: int) -> Point | None:
    """What speaks "for" the request or "against" it, with the preposition apart from the verb."""
    words = argued.words
    for number in range(last + 1, min(last + BESIDE, len(words))):
        text = words[number].text
        if text in (",", ";", "that"):
            return None
        between = words[last + 1 : number]
        side = {"for": 1, "favor": 1, "favour": 1, "against": -1, "with": 1, "way": -1}.get(text)
        if side is None or (text == "with") is not words[at].text.startswith("side"):
            continue
        if not all(word.text in _BESIDE_SIDE or word.text.endswith("ly") for word in between):
            return None
        end = next((n for n in range(number + 1, min(number + NEAR, len(words))) if argued.is_object(n)), None)
        if end is None or any(words[n].text in (",", ";", "that") for n in range(number + 1, end)):
            return None
        is_own = bool(SELF.intersection(word.text for word in words[max(at - BESIDE, 0) : at]))
        denied = argued.is_denied(at, of_speakers=not is_own)
        is_said = words[at].text == "said" and words[at - 1].text != "be"
        if denied is None or is_said:
            return None
        is_denial = argued.roles[end][0] in (Role.REFUSAL, Role.DENIER)
        sign = side * (-1 if is_denial else 1) * (-1 if denied else 1)
        first = next((n for n in range(max(at - FAR, 0), at) if words[n].denies), at)
        return Point(first, end, sign)
    return None


def read_desert(argued: Argued, at: int) -> Point | None:
    """What the request deserves: "does not deserve approval"."""
    words = argued.words
    end = next(
        (n for n in range(at + 1, min(at + 4, len(words))) if argued.roles[n][0] in (Role.APPROVAL, Role.REFUSAL)), None
    )
    if end is None:
        return None
    said = predication.read_predication(words, at, argued.lower, is_verb=True)
    first = stance.find_clause(words, said.first, argued.lower).first
    if said.polarity is Polarity.THOUGHT or argued.find_topic(first, min(said.first, at)) is not Topic.REQUEST:
        return None
    role = argued.roles[end][0]
    assert role is not None
    return Point(min(said.first, at), end, SIGNS[role] * (1 if said.polarity is Polarity.AFFIRMED else -1))


def read_fitness(argued: Argued, at: int, last: int, role: Role) -> Point | None:
    """Whether the worker is fit for what is requested: "is a poor candidate for the operation"."""
    words = argued.words
    if role is Role.CANDIDATE and (last + 1 >= len(words) or words[last + 1].text != "for"):
        return None
    if words[at].text == "should" and words[last + 1 : last + 2] and words[last + 1].text not in DETERMINERS:
        return None
    end = next((n for n in range(last + 1, min(last + NEAR, len(words))) if argued.is_object(n)), None)
    denied = argued.is_denied(at, of_speakers=False)
    if end is None or denied is None or any(words[n].text in (",", ";", "that") for n in range(last + 1, end)):
        return None
    is_poor = words[at - 1].text in ("poor", "bad", "unsuitable", "weak", "marginal")
    is_single = words[at].text != "candidate" or any(words[n].text in LINKING for n in range(max(at - 5, 0), at))
    is_against = (denied != is_poor) != (role is Role.DISQUALIFY)
    return Point(max(at - 2, 0), end, -1 if is_against else 1) if is_single else None


def _find_lack(argued: Argued, first: int) -> int | None:
    """The denial of the noun that the relative clause from word `first` is on: "nothing that would justify"."""
    words = argued.words
    if not first or words[first - 1].text not in ("that", "which"):
        return None
    for number in range(first - 2, max(first - 2 - BESIDE, -1), -1):
        if words[number].denies:
            return number
        if words[number].text in (",", ";") or words[number].row is not None:
            return None
    return None


def find_fixed(argued: Argued) -> Iterator[tuple[Place, int]]:
    """The places of arguments of a fixed form, each with its sign: one thing outweighs another, or the request is what
    is needed.
    """
    place = argued.sentence.place
    for at, word in enumerate(argued.words):
        if word.text in ("outweigh", "outweighs") and (found := _weigh(argued, at)) is not None:
            first, last, sign = found
            yield place.part(argued.words[first].start, argued.words[last].end), sign
    for match in _NEEDED.finditer(argued.lower):
        end = find_word(argued.words, match.start())
        if argued.find_topic(stance.find_clause(argued.words, end, argued.lower).first, end) is Topic.REQUEST:
            yield place.part(*match.span()), -1 if match["not"] else 1


def _weigh(argued: Argued, at: int) -> Point | None:
    """Which of benefit and harm outweighs the other, by the verb at word `at`."""
    words = argued.words
    weighed = [n for n in range(max(at - FAR, 0), min(at + NEAR, len(words))) if words[n].text in _GOOD | _BAD]
    before, behind = [n for n in weighed if n < at], [n for n in weighed if n > at]
    if not before or not behind or stance.find_clause(words, at, argued.lower).context is not Polarity.AFFIRMED:
        return None
    is_denied = any(word.denies for word in words[before[-1] : at])
    sign = 1 if words[before[-1]].text in _GOOD else -1
    return Point(before[-1], behind[0], -sign if is_denied else sign)
