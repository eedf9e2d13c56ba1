"""Judgments: what is said of the request or of its denial, and what the reviewer does with them.

"The request is premature", "the denial cannot stand", "I would allow the study", "the carrier was wrong to refuse it".
"""

from __future__ import annotations

from collections.abc import Sequence

from imrlint.knowledge.language.arguments import Role
from imrlint.knowledge.language.predicates import Kind
from imrlint.reading import predication, stance
from imrlint.reading.stance import Polarity
from imrlint.reading.syntax import AUXILIARIES, BE, LINKING
from imrlint.reading.topics import ACTS, MODALS, REQUEST, SELF, SIGNS, USES, Argued, Point, Topic

_DONE = (Role.GRANT, Role.REFUSE, Role.PROCEED, *USES)
# Nouns of which a judging adjective is the attribute, where it judges the subject: "is a reasonable measure".
_MEASURES = frozenset(
    (
        "ground",
        "grounds",
        "footing",
        "measure",
        "step",
        "choice",
        "course",
        "means",
        "way",
        "response",
        "one",
        "decision",
        "treatment",
    )
)
_PAST = frozenset(("was", "were", "been", "had"))
_DUE = frozenset(("ought", "deserves", "deserve", "has", "have", "is", "are", "merits", "needs"))
_MOVED = frozenset(("come", "comes"))
_BACK = 6  # words from the reviewer to the act


def read_judgment(argued: Argued, at: int, last: int, role: Role) -> Point | None:
    """What is judged of the request or its denial, or should be done with it."""
    words = argued.words
    is_verb = role in (Role.PROCEED, Role.FAIL)
    if (noun := _find_measure(argued, last + 1)) is not None:
        last = noun
    rests = _find_rest(argued, at)
    is_attribute = words[last].text in _MEASURES and at > 0 and words[at - 1].text == "the"
    verb = at - 1 if at and (words[at - 1].text in _MOVED or is_attribute) else at
    verb = verb if rests is None else rests
    begin = _find_obligation(argued, verb)
    is_finite = is_verb or (verb < at and not is_attribute) or begin is not None
    said = predication.read_predication(words, verb, argued.lower, is_verb=is_finite)
    if said.polarity is Polarity.THOUGHT:
        return None
    begin = said.first if begin is None else begin
    phrase = [word.text for word in words[begin:at]]
    if not is_verb and (verb == at or is_attribute) and not any(text in LINKING for text in phrase):
        return None
    if role in (*ACTS, *USES) and _PAST.intersection(phrase):
        return None
    first = stance.find_clause(words, begin, argued.lower).first
    if words[begin].text in ("to", "as"):
        first = _find_judge(argued, first, begin)
    topic = argued.find_topic(first, begin)
    if topic is None or (is_verb and not _holds(argued, topic, at, last, phrase)):
        return None
    is_participle = words[at].text.endswith(("ed", "en", "un", "ied"))
    is_due = any(text in ("should", "must", "need", "ought") for text in phrase)
    if role in USES and not (is_participle and (is_due or any(w.text in REQUEST for w in words[first:begin]))):
        return None
    if (role is Role.KEEP and topic is Topic.REQUEST) or (role is Role.UNDO and topic is Topic.REQUEST):
        return None
    if role is Role.REFUSE and topic is Topic.DENIAL:
        return None
    sign = SIGNS[role] * topic.value * (1 if said.polarity is Polarity.AFFIRMED else -1)
    is_imagined = sign > 0 and topic is Topic.REQUEST and MODALS.intersection(phrase) - {"should"}
    return None if is_imagined else Point(min(begin, at), last, sign)


def read_own_act(argued: Argued, at: int, last: int, role: Role) -> Point | None:
    """What the reviewer does with the request or its denial."""
    words = argued.words
    begin = max(at - _BACK, 0)
    own = next((n for n in range(at - 1, begin - 1, -1) if words[n].text in SELF), None)
    if own is None or words[at].text.endswith("ed") or (own and words[own - 1].text in ("utilization", "peer")):
        return None
    between = words[own + 1 : at]
    known = all(
        each.text in AUXILIARIES or each.denies or each.text.endswith("ly") or each.text in ("to", "able", "also")
        for each in between
    )
    if not known or any(each.text in ("have", "has", "had", "did") for each in between):
        return None
    found = argued.find_object(last + 1, role)
    if found is None:
        return None
    topic, end = found
    said = predication.read_predication(words, at, argued.lower, is_verb=True)
    if said.polarity is Polarity.THOUGHT:
        return None
    sign = SIGNS[role] * topic.value * (1 if said.polarity is Polarity.AFFIRMED else -1)
    return Point(own, end, sign)


def read_rightness(argued: Argued, at: int, last: int, role: Role) -> Point | None:
    """Whether somebody was right or wrong to act so."""
    words = argued.words
    if last + 2 >= len(words) or words[last + 1].text not in ("to", "in", "when", "not"):
        return None
    act = next((n for n in range(last + 2, min(last + 5, len(words))) if argued.roles[n][0] in _DONE), None)
    if act is None:
        return None
    if argued.roles[act][0] in (Role.PROCEED, *USES) and argued.find_object(act + 1, Role.GRANT) is None:
        return None
    said = predication.read_predication(words, at, argued.lower, is_verb=words[at].text.startswith("err"))
    clause = stance.find_clause(words, said.first, argued.lower)
    subject = range(clause.first, max(said.first, clause.first))
    is_impersonal = any(words[n].text == "it" for n in range(clause.first, at))
    if said.polarity is Polarity.THOUGHT or not (
        is_impersonal or any(argued.roles[n][0] is Role.DENIER for n in subject)
    ):
        return None
    acted = argued.roles[act][0]
    assert acted is not None
    flips = -1 if any(words[n].text == "not" for n in range(last + 1, act)) else 1
    sign = flips * SIGNS[role] * SIGNS[acted] * (1 if said.polarity is Polarity.AFFIRMED else -1)
    return Point(min(said.first, at), act + argued.roles[act][1] - 1, sign)


def _find_rest(argued: Argued, at: int) -> int | None:
    """The verb by which something rests on what word `at` judges: "rests on a mistake"."""
    number = at - 1
    while number > 0 and argued.words[number].text in ("on", "upon", "a", "an"):
        number -= 1
    is_resting = (
        number > 0 and number < at - 1 and argued.words[number].text in ("rests", "rest", "stands", "based", "founded")
    )
    return number if is_resting else None


def _find_measure(argued: Argued, first: int) -> int | None:
    """The noun of which the adjective before word `first` is the attribute, where it stands for the subject."""
    words = argued.words
    nouns = (n for n in range(first, min(first + 2, len(words))) if words[n].text in _MEASURES)
    return next(nouns, None)


def _find_judge(argued: Argued, first: int, end: int) -> int:
    """The first word behind the verb of judging that governs an object and an infinitive: "I find the brace to be"."""
    kinds = (Kind.JUDGE, Kind.SHOW, Kind.SAY)
    at = next((n for n in range(end - 1, first - 1, -1) if (row := argued.words[n].row) and row.kind in kinds), None)
    return first if at is None else at + 1


def _find_obligation(argued: Argued, at: int) -> int | None:
    """The verb by which something is to be done, before the infinitive of word `at`: "ought to be granted"."""
    words = argued.words
    number = at - 1
    while number > 0 and (words[number].text in ("be", "been", "not") or words[number].text.endswith("ly")):
        number -= 1
    if number >= 0 and words[number].text == "need":
        return number
    is_due = number > 0 and words[number].text == "to" and words[number - 1].text in _DUE
    return number - 1 if is_due else None


def _holds(argued: Argued, topic: Topic, at: int, last: int, phrase: Sequence[str]) -> bool:
    """Whether a verb of going on or failing is said of a request as a whole."""
    following = argued.words[last + 1].text if last + 1 < len(argued.words) else "."
    if following in ("to", "of", "that", "for", "in"):
        return False
    has_modal = any(text in AUXILIARIES - BE for text in phrase) or "to" in phrase
    is_finite = argued.words[at].text.endswith("s")
    return has_modal or (is_finite and (topic is Topic.DENIAL or argued.roles[at][0] is Role.FAIL))
