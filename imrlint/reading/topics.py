"""Topics: what the words of an argument are on, the request or the denial of it.

A request is named by its own words, by words for requests, or by what of it is measured ("the number of visits").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from imrlint.knowledge.language import arguments as terms
from imrlint.knowledge.language import numbers
from imrlint.knowledge.language.arguments import Role
from imrlint.knowledge.language.function_words import members
from imrlint.knowledge.language.predicates import Kind
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading import stance
from imrlint.reading.sentences import Sentence
from imrlint.reading.stance import Polarity
from imrlint.reading.syntax import DETERMINERS, Word


class Topic(Enum):
    """What is judged or done to. The value is 1 where what is good for it is good for the request."""

    REQUEST = 1
    DENIAL = -1


class Point(NamedTuple):
    """The first and the last word of an argument; `sign` is 1 where it speaks for the request, else -1."""

    first: int
    last: int
    sign: int


SIGNS = {
    Role.GRANT: 1,
    Role.USE: 1,
    Role.SHUN: -1,
    Role.MERIT: 1,
    Role.PROCEED: 1,
    Role.KEEP: 1,
    Role.RIGHT: 1,
    Role.SPEAK_FOR: 1,
    Role.APPROVAL: 1,
    Role.REFUSE: -1,
    Role.FAULT: -1,
    Role.FAIL: -1,
    Role.UNDO: -1,
    Role.WRONG: -1,
    Role.SPEAK_AGAINST: -1,
    Role.REFUSAL: -1,
}
"""Whether a word is good or bad for what it is said of."""
ACTS = (Role.GRANT, Role.REFUSE, Role.KEEP, Role.UNDO)
USES = (Role.USE, Role.SHUN)
REQUEST = frozenset(("request", "requests", "requested", "disputed", "proposed"))
SELF = frozenset(("i", "we", "reviewer", "undersigned"))
MODALS = frozenset(("would", "could", "might", "may", "should"))
PREPOSITIONS = frozenset(("of", "for", "in", "on", "with", "to", "from", "by", "about", "that", "which", "who", "as"))
DEFINITE = frozenset(
    ("the", "this", "these", "that", "his", "her", "its", "their", "said", "further", "additional", "continued", "more")
)
NOMINAL = members("nominal denial")
SUPPORT = frozenset(("support", "supports", "favors", "favours", "backs"))
NEAR = 8  # words from an act to its object
BESIDE = 5  # words from a ground or an adjective to its act
FAR = 25  # words of a subject
_REQUESTERS = frozenset(("physician", "provider", "surgeon", "doctor", "chiropractor", "psychologist"))
_DECISION = frozenset(("decision", "determination"))
_OTHER = members("other request")
_EARLIER = re.compile(rf"\b{any_of('earlier', 'another')}\b")
_MEASURED = members("measured noun")
_EXTREMES = frozenset(
    ("lowest", "smallest", "shortest", "least", "fewest", "highest", "largest", "longest", "best", "minimum", "maximum")
)
"""What a guideline says of a measure, of whatever request: "the lowest possible dose should be prescribed"."""
_REASONING = members("reasoning noun")
_PROVIDER = re.compile(rf"\b{any_of('provider')}'s\b")
_CONTINUED = frozenset(("continuation", "continued", "further", "ongoing"))
_ASKED = (["asked", "for"], ["applied", "for"])
_GENERAL = members("general word")
# Words by which a sentence speaks of this case, now.
_ANCHORED = re.compile(r"\b(?:here|now|still|no longer|(?:at|in|for) this \w+|for h(?:im|er))\b")
_BEHIND_NOUN = frozenset(("itself", "themselves", "alone", "here", "now", "thus", "also", "too"))
_OPENING = members("preposition") | PREPOSITIONS
_SHORT = 3  # words of "its continued use"
_LONGEST = 3  # words of a form


class Argued:
    """A sentence as an argument has it: its words, and the role of each with the number of words of its form."""

    def __init__(self, sentence: Sentence, names: frozenset[str]) -> None:
        """`names` are words for what is requested, in lower case."""
        self.sentence, self._names = sentence, names
        self.lower = sentence.lower
        self.words = sentence.words
        texts = [word.text for word in self.words]
        self.roles = [terms.lookup(*texts[number : number + _LONGEST]) for number in range(len(texts))]

    def find_topic(self, first: int, end: int) -> Topic | None:
        """What the subject between two words is: the request, its denial, or another thing."""
        subject = self.words[max(first, end - FAR) : end]
        if not subject:
            return None
        begin = end - len(subject) + (subject[0].text == "to")
        role = self.roles[begin][0]
        if role in (Role.GRANT, Role.USE, Role.REFUSE, Role.SHUN) and (
            begin < end and (self.words[begin].text.endswith("ing") or subject[0].text == "to")
        ):
            is_on_request = any(self.is_object(n) for n in range(begin + 1, end)) and not self._is_other(subject)
            return (Topic.REQUEST if SIGNS[role] > 0 else Topic.DENIAL) if is_on_request else None
        texts = [word.text for word in subject]
        is_reasoning = texts[-1] in _REASONING and _PROVIDER.search(" ".join(texts)) is not None
        is_continued = len(texts) <= _SHORT and texts[-1] in ("use", "continuation") and _CONTINUED.intersection(texts)
        if is_reasoning or is_continued:
            return Topic.REQUEST
        if texts[0] in _OPENING:  # "For these reasons the request"
            opening = max((n for n, text in enumerate(texts) if text in DEFINITE), default=0)
            subject, texts = subject[opening:], texts[opening:]
        topic = self._find_head(subject, end)
        if topic is not None:
            return None if topic is Topic.REQUEST and self._is_other(subject) else topic
        is_measured = (texts[-1] in _MEASURED or texts[-2:] in _ASKED) and texts[0] == "the"
        is_measured = is_measured and _EXTREMES.isdisjoint(texts)
        is_disputed = texts[-2:] in (["in", "dispute"], ["in", "question"], ["at", "issue"]) and texts[0] in DETERMINERS
        return Topic.REQUEST if (is_measured or is_disputed) and not self._is_other(subject) else None

    def _find_head(self, subject: Sequence[Word], end: int) -> Topic | None:
        """What the head of a subject before word `end` is: the first noun that is no measure of another."""
        first = end - len(subject)
        for number, word in enumerate(subject):
            if word.text in PREPOSITIONS and not (
                word.text in ("of", "for") and number and subject[number - 1].text in _MEASURED
            ):
                return None
            role = self.roles[first + number][0]
            is_decision = word.text in _DECISION and any(self.roles[n][0] is Role.DENIER for n in range(first, end))
            if role is Role.REFUSAL or is_decision or (role is Role.DENIER and word.text.endswith("'s")):
                return Topic.DENIAL
            if role is Role.APPROVAL or word.text in REQUEST or self._is_named(subject, number):
                return Topic.REQUEST
        return None

    def _is_other(self, subject: Sequence[Word]) -> bool:
        """Whether a subject is another request than the disputed one, or a part of it."""
        texts = [word.text for word in subject]
        return bool(_OTHER.intersection(texts)) or _EARLIER.search(" ".join(texts)) is not None

    def _is_named(self, subject: Sequence[Word], number: int) -> bool:
        """Whether a word of a subject is its head and what is requested: "the stimulator", but not a number of them."""
        if not self.is_name(subject[number]) or _GENERAL.intersection(w.text for w in self.words):
            return False
        is_bare = number == 0 and _ANCHORED.search(self.lower) is not None
        if subject[0].text not in DEFINITE and not is_bare:
            return False
        following = subject[number + 1].text if number + 1 < len(subject) else ","
        if following == "of" and not any(self.is_name(word) for word in subject[number + 1 :]):
            return False
        is_counted = any(word.text[0].isdigit() or word.text in numbers.SINGLE_WORDS for word in subject)
        return (following in PREPOSITIONS | _BEHIND_NOUN or not following[0].isalpha()) and not is_counted

    def is_name(self, word: Word) -> bool:
        return word.text in self._names or word.text.removesuffix("s") in self._names

    def find_object(self, first: int, role: Role) -> tuple[Topic, int] | None:
        """What an act of the reviewer is on, and the last word that says so."""
        for number in range(first, min(first + NEAR, len(self.words))):
            word = self.words[number]
            if word.text in _DECISION or self.roles[number][0] in (Role.REFUSAL, Role.DENIER):
                return (Topic.DENIAL, number) if role is not Role.REFUSE else None
            if word.text in _REQUESTERS and role in (Role.KEEP, Role.UNDO):
                following = self.words[number + 1].text if number + 1 < len(self.words) else "."
                return None if following.isalpha() else (Topic.REQUEST, number)
            if word.text in REQUEST or self.is_name(word):
                return (Topic.REQUEST, number) if role in (Role.GRANT, Role.REFUSE) else None
            if word.text in (";", ",", "that", "which") or word.text[0].isdigit():
                break
            if word.row is not None and word.row.kind in (Kind.CONTENT, Kind.EVIDENCE):
                return None
        is_definite = first < len(self.words) and self.words[first].text in ("the", "this", "it", "these")
        return (Topic.REQUEST, first) if is_definite and role in (Role.GRANT, Role.REFUSE) else None

    def is_object(self, at: int) -> bool:
        word = self.words[at]
        is_denial = self.roles[at][0] in (Role.REFUSAL, Role.DENIER, Role.APPROVAL)
        return word.text in REQUEST or self.is_name(word) or is_denial

    def is_denied(self, at: int, *, of_speakers: bool = True) -> bool | None:
        """Whether the verb at word `at` is denied, None where that is open or, `of_speakers`, another person's view."""
        words = self.words
        clause = stance.find_clause(words, at, self.lower)
        before = words[clause.first : at]
        is_of_none = bool(before) and before[0].denies
        if clause.context is Polarity.THOUGHT:
            return None
        if of_speakers and not is_of_none and stance.names_speaker(" ".join(word.text for word in before)):
            return None
        is_denied = stance.is_denied(words, clause.first, at)
        texts = {word.text for word in before}
        if not is_denied and MODALS & texts:
            return None
        return is_denied is (clause.context is Polarity.AFFIRMED)
