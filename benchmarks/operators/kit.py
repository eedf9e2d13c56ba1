"""What an operator is, and what operators are made with.

An operator puts one defect into a letter that is otherwise right. It yields changes, each for one
place; which of them are tried, and how, is for the benchmark to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from imrlint.document.letter import Decision, Dispute, Field, Letter, RequestKind
from imrlint.document.prose import Prose, Sentence
from imrlint.document.text import Span

PLACES = 3  # how many of its places are tried in one letter


class Change(NamedTuple):
    """Put `text` in the place of `span`; the defect then stands there, or at `place`, which covers the span."""

    span: Span
    text: str
    place: Span | None = None


class Injected(NamedTuple):
    """A letter with a defect, where the defect is, and how far what follows it has moved."""

    text: str
    place: Span
    change: Change

    @property
    def moved(self) -> int:
        return len(self.change.text) - (self.change.span.end - self.change.span.start)

    def now(self, span: Span) -> Span:
        """Where in the changed letter a span of the right one stands."""
        start, end = (at if at <= self.change.span.start else at + self.moved for at in span)
        return Span(start, max(start, end))


Places = Callable[[Letter], Iterable[Change]]


class Operator(NamedTuple):
    """`rules` are those that may rightly report the defect."""

    name: str
    family: str
    rules: tuple[str, ...]
    places: Places

    def __call__(self, letter: Letter) -> Iterator[Injected]:
        """The letter with the defect, once for each of the first places that it has."""
        for change in islice(self.places(letter), PLACES):
            yield injected(letter, change)


OPERATORS: list[Operator] = []


def operator(family: str, *rules: str) -> Callable[[Places], Places]:
    """Make a function an operator; its name is the operator's."""

    def register(places: Places) -> Places:
        name = getattr(places, "__name__", "").replace("_", "-")
        OPERATORS.append(Operator(name, family, rules, places))
        return places

    return register


def swap(
    name: str, family: str, pattern: str, new: str, *rules: str, where: Callable[[Letter], Iterable[Prose]]
) -> None:
    """An operator that writes `new` for the first match of a pattern in each part of a letter."""
    wrong = re.compile(pattern)

    def places(letter: Letter) -> Iterator[Change]:
        for prose in where(letter):
            for hit in prose.find(wrong):
                yield Change(hit.span, hit.match.expand(new))
                break

    OPERATORS.append(Operator(name, family, rules, places))


def injected(letter: Letter, change: Change) -> Injected:
    text, (start, end) = letter.source.text, change.span
    new = text[:start] + change.text + text[end:]
    place = change.place or change.span
    grown = len(change.text) - (end - start)
    return Injected(new, Span(min(place.start, start), max(place.end, end) + grown), change)


# The parts of a letter


def rationales(letter: Letter) -> Iterator[tuple[Dispute, Prose]]:
    """Each item that has a rationale, with it."""
    for dispute in letter.disputes:
        if dispute.rationale:
            yield dispute, dispute.rationale


def summary(letter: Letter) -> list[Prose]:
    return [letter.summary] if letter.summary else []


def reasons(letter: Letter) -> list[Prose]:
    return [prose for _, prose in rationales(letter)]


def running(letter: Letter) -> list[Prose]:
    """The summary and the rationales."""
    return summary(letter) + reasons(letter)


def reviewer_part(letter: Letter) -> list[Prose]:
    section = letter.qualifications
    return [section.prose] if section and section.prose else []


def title(letter: Letter, dispute: Dispute) -> Prose:
    """The title of an item, to be searched as one line."""
    return Prose(letter.source, dispute.title.span)


def titles(letter: Letter) -> list[Prose]:
    return [title(letter, dispute) for dispute in letter.disputes]


def decided(letter: Letter) -> Iterator[tuple[Dispute, Field[Decision]]]:
    """Each item whose decision is printed behind its title in one word."""
    for dispute in letter.disputes:
        if dispute.decision and dispute.decision.value and dispute.decision.raw == dispute.decision.value.value:
            yield dispute, dispute.decision


def depends(dispute: Dispute) -> bool:
    """Whether an item goes with another one, so that its rationale may speak of that one."""
    return dispute.request.kind is RequestKind.ASSOCIATED or bool(re.search(r"(?i)\bpost\b|\bpost-", dispute.title.raw))


# Conclusions

VERDICT = re.compile(r"\b(?P<verb>is|was|are|were) (?P<no>not )?medically necessary")


def concluding(rationale: Prose) -> list[Sentence]:
    """The sentences that say whether the item is medically necessary."""
    return [sentence for sentence in rationale.sentences if VERDICT.search(sentence.text)]


def conclusions(letter: Letter) -> Iterator[tuple[Dispute, Prose, Sentence]]:
    """Each item with its rationale and the sentence that decides, the last where there are several."""
    for dispute, rationale in rationales(letter):
        if found := concluding(rationale):
            yield dispute, rationale, found[-1]


def verdicts(letter: Letter) -> Iterator[tuple[Dispute, Prose, re.Match[str]]]:
    """Each item with its rationale and the words that decide, as they stand in its text."""
    for dispute, rationale, sentence in conclusions(letter):
        *_, match = VERDICT.finditer(rationale.text, sentence.start, sentence.end)
        yield dispute, rationale, match


def in_conclusions(pattern: str) -> Callable[[Letter], Iterator[tuple[Dispute, Prose, re.Match[str]]]]:
    """The first match of a pattern in each deciding sentence, before its verdict."""
    wanted = re.compile(pattern)

    def find(letter: Letter) -> Iterator[tuple[Dispute, Prose, re.Match[str]]]:
        for dispute, rationale, verdict in verdicts(letter):
            start = max(s.start for s in concluding(rationale))
            if match := wanted.search(rationale.text, start, verdict.start()):
                yield dispute, rationale, match

    return find


# Making changes


def put(prose: Prose, match: re.Match[str], new: str, group: str | int = 0) -> Change:
    """Other words in the place of a match in a prose."""
    return Change(prose.place(*match.span(group)), new)


def added(prose: Prose, sentence: str) -> Change:
    """A sentence more: before the last one of a prose, or behind its only one."""
    found = prose.sentences
    if len(found) > 1:
        at = found[-1].span.start
        return Change(Span(at, at), f"{sentence} ")
    at = found[-1].span.end
    return Change(Span(at, at), f" {sentence}")


def cut(letter: Letter, span: Span) -> Change:
    """Take a piece out, with the comma or the small words before it; the defect is the line that is left."""
    text = letter.source.text
    before = re.search(r"[\s,;(]*(?:\b(?:for|of|to|in|at|the|and)\s+)*$", text[: span.start])
    start = before.start() if before else span.start
    end = span.end + (text[span.end : span.end + 1] == ")" and "(" in text[start : span.start])
    return Change(Span(start, end), "")


def slip(word: str) -> str:
    """A word with two letters in its middle exchanged; of two that are the same, one is lost."""
    at = len(word) // 2
    if word[at] == word[at - 1]:
        return word[:at] + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def slipped(words: str) -> str:
    """A name with a slip in its longest word."""
    longest = max(re.findall(r"[A-Za-z]+", words), key=len)
    return words.replace(longest, slip(longest), 1)


def like(new: str, old: str) -> str:
    """Words in the case of those whose place they take."""
    if old.isupper():
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
