"""Grounds: reasons for an act on the request or the lack of them, and what the request or its denial is worth.

"There is no reason to withhold it", "the case for surgery is weak", "the denial is without merit".
"""

from __future__ import annotations

import re

from imrlint.knowledge.language.arguments import Role
from imrlint.knowledge.language.function_words import alternatives
from imrlint.knowledge.language.predicates import Kind
from imrlint.reading import main_verb, stance
from imrlint.reading.stance import Polarity
from imrlint.reading.syntax import AUXILIARIES, LINKING
from imrlint.reading.topics import (
    ACTS,
    BESIDE,
    DEFINITE,
    NEAR,
    PREPOSITIONS,
    REQUEST,
    SIGNS,
    USES,
    Argued,
    Point,
    Topic,
)

_TELLING = (Kind.SHOW, Kind.SAY, Kind.JUDGE, Kind.HAVE)
_WORTHS = frozenset(
    ("merit", "basis", "justification", "foundation", "support", "place", "substance", "grounds", "purpose", "need")
)
# What others say is a ground: "is at times brought up as a reason for".
_BROUGHT_FORWARD = re.compile(rf"\b(?:{alternatives('participle of bringing forward')}) as (?:\w+ ){{0,2}}$")


def read_ground(argued: Argued, at: int) -> Point | None:
    """A ground for an act on the request, or the lack of one."""
    words = argued.words
    found = _find_act(argued, at + 1)
    if found is None and words[at].text == "need" and _is_bare_need(argued, at):
        found = at, 1
    if found is None or words[at - 1].text in ("for", "of", "by") or at == 0:
        return None
    end, sign = found
    clause = stance.find_clause(words, at, argued.lower)
    before = argued.lower[words[clause.first].start : words[at].start]
    if clause.context is Polarity.THOUGHT or stance.names_speaker(before) or _BROUGHT_FORWARD.search(before):
        return None
    if {"would", "could", "may", "might", "had"}.intersection(before.split()):
        return None
    if sum(words[n].denies for n in range(clause.first, at)) > 1:
        return None
    is_denied = stance.is_denied(words, clause.first, at)
    is_definite = any(words[n].text in DEFINITE for n in range(max(at - 3, clause.first), at))
    is_judged = (is_definite or _is_subject(argued, clause.first, at)) and not is_denied
    if is_judged:
        judged = _judge_behind(argued, end + 1)
        if judged is None:
            return None
        end, is_denied = judged
    if clause.context is Polarity.DENIED:
        is_denied = not is_denied
    first = next((n for n in range(clause.first, at) if words[n].denies), max(at - 1, clause.first))
    if not is_judged and any(words[n].denies for n in range(at + 1, end)):
        is_denied = not is_denied  # "no case has been made", "a case has not been made"
    return Point(first, end, -sign if is_denied else sign)


def read_worth(argued: Argued, at: int) -> Point | None:
    """Whether the request, or the denial, has a ground: "is without merit", "finds no support"."""
    words = argued.words
    if words[at].text not in _WORTHS:
        return None
    following = words[at + 1].text if at + 1 < len(words) else "."
    verb = next((n for n in range(max(at - BESIDE, 0), at) if _is_having(argued, n)), None)
    if verb is None or following in ("of", "to", "for"):
        return None
    clause = stance.find_clause(words, verb, argued.lower)
    topic = argued.find_topic(clause.first, verb)
    if topic is None or clause.context is Polarity.THOUGHT:
        return None
    denials = sum(words[n].denies for n in range(verb, at))
    sign = topic.value * (-1 if denials % 2 else 1) * (-1 if clause.context is Polarity.DENIED else 1)
    return Point(verb, at, sign)


def read_claim(argued: Argued, at: int) -> Point | None:
    """Whether what makes a request necessary is proven: "its usefulness is doubtful"."""
    words = argued.words
    if not at or words[at - 1].text not in ("the", "its", "their") or argued.lower.startswith("medical"):
        return None
    link = next((n for n in range(at + 1, min(at + 3, len(words))) if words[n].text in ("of", "for")), None)
    end = at
    if words[at - 1].text == "the":
        if link is None:
            return None
        end = next((n for n in range(link + 1, min(link + NEAR, len(words))) if argued.is_object(n)), at)
        if end == at:
            return None
    found = main_verb.read_main_verb(words, end + 1, NEAR)
    clause = stance.find_clause(words, at, argued.lower)
    if stance.names_speaker(argued.lower[: words[at].start]):
        return None
    if found is None or found.polarity is Polarity.THOUGHT or clause.context is not Polarity.AFFIRMED:
        return None
    return Point(at, found.last, 1 if found.polarity is Polarity.AFFIRMED else -1)


def _find_act(argued: Argued, first: int) -> tuple[int, int] | None:
    """The last word of the act that a ground is for, and 1 where the act lets the request be, else -1."""
    words = argued.words
    link = next(
        (n for n in range(first, min(first + BESIDE, len(words))) if words[n].text in ("to", "for", "on", "why", "in")),
        None,
    )
    if link is None or any(words[n].text in (",", ";", "of", "that") for n in range(first, link)):
        return None
    flips = 1
    for number in range(link + 1, min(link + NEAR, len(words))):
        word, (role, length) = words[number], argued.roles[number]
        if word.text in (",", ";", ".", "that"):
            return None
        if word.text == "not":
            flips = -flips
        if role in (*ACTS, *USES, Role.REFUSAL, Role.APPROVAL):
            last = number + length - 1
            topic = argued.find_object(last + 1, Role.GRANT)
            is_noun = role in (Role.REFUSAL, Role.APPROVAL)
            if topic is None and not is_noun:
                return None
            on_denial = topic is not None and topic[0] is Topic.DENIAL
            if role in (Role.KEEP, Role.UNDO) and not on_denial:
                return None
            sign = SIGNS[role] * (-1 if on_denial and not is_noun else 1)
            return (topic[1] if topic else last), sign * flips
        if word.text in REQUEST or argued.is_name(word):
            return number, flips
    return None


def _judge_behind(argued: Argued, first: int) -> tuple[int, bool] | None:
    """Whether the verb behind a definite ground denies that it holds, and the last word of that."""
    words = argued.words
    at = main_verb.find_verb_behind(words, first, NEAR)
    finite = (
        n for n in range(first, min(first + BESIDE, len(words))) if argued.roles[n][0] in (Role.PROCEED, Role.FAIL)
    )
    at = next(finite, None) if at is None else at
    if at is None:
        return None
    denied = False
    for number in range(at, min(at + BESIDE, len(words))):
        role, length = argued.roles[number]
        row = words[number].row
        if words[number].denies:
            denied = not denied
        elif role in (Role.PROCEED, Role.MERIT, Role.RIGHT) or words[number].text == "made":
            return number + length - 1, denied
        elif role in (Role.FAIL, Role.FAULT, Role.WRONG):
            return number + length - 1, not denied
        elif row is not None and row.kind in (Kind.CERTAIN, Kind.DENY):
            return number, denied != (row.kind is Kind.DENY)
    return None


def _is_subject(argued: Argued, first: int, at: int) -> bool:
    """Whether the noun at word `at` is the subject of its clause, and its verb stands behind what it is for."""
    words = argued.words
    has_verb = any(
        word.text in LINKING | AUXILIARIES or (word.row is not None and word.row.kind in _TELLING)
        for word in words[first:at]
    )
    link = next((n for n in range(at + 1, min(at + BESIDE, len(words))) if words[n].text in PREPOSITIONS), at)
    return not has_verb and not any(word.text in LINKING | AUXILIARIES for word in words[at + 1 : link])


def _is_bare_need(argued: Argued, at: int) -> bool:
    """Whether "the need" is a subject without a complement."""
    words = argued.words
    is_first = at > 0 and words[at - 1].text in ("the", "its") and at + 1 < len(words)
    return is_first and words[at + 1].text in LINKING | AUXILIARIES


def _is_having(argued: Argued, at: int) -> bool:
    word = argued.words[at]
    is_verb = word.text in LINKING or word.text in (
        "has",
        "finds",
        "find",
        "have",
        "lacks",
        "does",
        "cannot",
        "serves",
        "serve",
        "answers",
        "answer",
        "fills",
    )
    return is_verb or (word.row is not None and word.row.kind is Kind.HAVE)
