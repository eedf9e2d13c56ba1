"""Letters of the house: passages among sentences that are written for the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from random import Random
from typing import NamedTuple

from .cases import Case, Item, invent_case
from .house import House, Style
from .passages import Passage, Wording, read_passages

LATEST = 0.999  # the time of drafts, as a share of the archive

_BEGINNING = 9  # characters by which two sentences beside each other differ
_MOST_PASSAGES = 10
_LEAST_PASSAGES = 5
_MIDDLE = (  # rules of a summary, with the least and the greatest number of their sentences
    ("diagnoses", 1, 1),
    ("treatments", 1, 2),
    ("study", 0, 2),
    ("complaint", 1, 2),
    ("function", 0, 2),
    ("exam", 1, 3),
    ("drugs", 0, 1),
    ("work", 0, 1),
    ("history", 0, 1),
    ("plan", 0, 1),
    ("commonplace_finding", 0, 2),
)


class Piece(NamedTuple):
    """A sentence, or a passage, whose wording and facts are kept."""

    text: str
    wording: Wording | None = None
    facts: Mapping[str, str] = {}

    def shows(self, passage: Passage) -> bool:
        """Whether it is a certain passage."""
        return self.wording is not None and self.wording.passage is passage


class Dispute(NamedTuple):
    """A disputed item as the letter has it: title, decision, citations of both sides, pieces of its rationale."""

    title: str
    decision: str
    claims_citation: str
    reviewer_citation: str
    pieces: list[Piece]


class Sketch(NamedTuple):
    """A letter before it is laid out."""

    case: Case
    style: Style
    time: float
    summary: list[Piece]
    disputes: list[Dispute]

    def find_passages(self) -> list[tuple[list[Piece], int]]:
        """The places of the passages: the list that a passage is in, and its number there."""
        return [
            (pieces, number)
            for pieces in (self.summary, *(dispute.pieces for dispute in self.disputes))
            for number, piece in enumerate(pieces)
            if piece.wording
        ]


class Composer:
    """Writes a letter at a time, drawing on chance."""

    def __init__(self, style: Style, time: float, chance: Callable[[], float]) -> None:
        self._style = style
        self._time = time
        self._chance = chance
        self._passages = 0

    def compose(self, number: str) -> Sketch:
        """A letter with a case number."""
        case = invent_case(number, self._time, self._style, self._chance)
        summary = self._write_summary(case)
        disputes = [self._write_dispute(item, first=item is case.items[0]) for item in case.items]
        self._write_notices(case.items[-1], disputes[-1].pieces)
        return Sketch(case, self._style, self._time, summary, disputes)

    def _draw(self, least: int, most: int) -> int:
        return least + int(self._chance() * (most - least + 1))

    def _write(self, rule: str, facts: Mapping[str, str]) -> Piece:
        return Piece(self._style.grammar.write_sentence(rule, facts, self._chance))

    def _write_some(self, rule: str, number: int, facts: Mapping[str, str]) -> list[Piece]:
        """Some sentences of a rule that do not begin alike."""
        pieces: dict[str, Piece] = {}
        while len(pieces) < number:
            piece = self._write(rule, facts)
            pieces.setdefault(piece.text[:_BEGINNING], piece)
        return list(pieces.values())

    def _quote(self, passage: Passage, facts: Mapping[str, str]) -> Piece:
        self._passages += 1
        wording = self._style.choose_wording(passage, self._time, self._chance)
        return Piece(wording.write(facts), wording, facts)

    def _choose(self, passages: list[Passage]) -> Passage:
        """One of some passages, by the liking of the reviewer."""
        likings = self._style.likings
        at = self._chance() * sum(likings[passage.name] for passage in passages)
        for passage in passages:
            at -= likings[passage.name]
            if at < 0:
                break
        return passage

    def _write_summary(self, case: Case) -> list[Piece]:
        facts = case.facts | {"request_list": self._list_requests(case.items), "class": case.items[0].kind.group}
        groups = []
        for rule, least, most in _MIDDLE:
            number = self._draw(least, most)
            if number:
                groups.append(self._write_some(rule, number, facts))
        opening, middle = groups[0], groups[1:]
        for at in range(len(middle) - 1, 0, -1):
            other = self._draw(0, at)
            middle[at], middle[other] = middle[other], middle[at]
        pieces = [self._write("injury", facts), *opening, *(piece for group in middle for piece in group)]
        pieces.append(self._write("request", facts))
        pieces.append(self._write("denial", facts))
        review = self._quote(self._choose(_find_passages("review", "any", "any")), facts)
        pieces.insert(0 if review.wording and review.wording.passage.name in _FIRST else len(pieces), review)
        return pieces

    def _list_requests(self, items: list[Item]) -> str:
        names = [item.facts["item"] for item in items]
        if len(names) < 3:
            return " and ".join(names)
        return ", ".join(names[:-1]) + self._style.reviewer.habits["comma_and"] + " " + names[-1]

    def _write_dispute(self, item: Item, first: bool) -> Dispute:
        kind, grammar = item.kind, self._style.grammar
        titles = [f"title.{name}" for name in (kind.name, kind.wording) if grammar.has_rule(f"title.{name}")]
        title, claims, cited = (
            grammar.write(rule, item.facts, self._chance)
            for rule in (titles[0], "claims_citation", "reviewer_citation")
        )
        return Dispute(title, item.decision.capitalize(), claims, cited, self._write_rationale(item, first))

    def _write_rationale(self, item: Item, first: bool) -> list[Piece]:
        facts, kind, decision = item.facts, item.kind.name, item.decision
        argument = "against" if decision == "upheld" else "for"
        recitals = _find_passages("recital", kind, decision)[:]
        quoted = []
        for _ in range(min(len(recitals), 1 + (self._chance() < 0.6))):
            if self._passages < _MOST_PASSAGES - 2:
                recital = self._choose(recitals)
                recitals.remove(recital)
                quoted.append(self._quote(recital, facts))
        if first and self._chance() < 0.6:
            quoted.insert(0, self._quote(self._choose(_find_passages("standard", kind, decision)), facts))
        own = [self._write("fact", facts) for _ in range(self._draw(1, 2))]
        own += [self._write("decoy", facts) for _ in range(self._draw(0, 1))]
        own += [self._write(argument, facts) for _ in range(self._draw(1, 2))]
        own += [self._write(f"commonplace_{argument}", facts) for _ in range(self._draw(0, 1))]
        lead = [self._write("lead", facts)] if self._chance() < 0.5 else []
        if self._chance() < 0.3:
            at = self._draw(1, len(own) - 1)
            pieces = lead + own[:at] + quoted + own[at:]
        else:
            pieces = lead + quoted + own
        if self._passages < _MOST_PASSAGES and (self._passages < _LEAST_PASSAGES - 2 or self._chance() < 0.9):
            pieces.append(self._quote(self._choose(_find_passages("closing", kind, decision)), facts))
        else:
            pieces.append(self._write("own_conclusion", facts))
        notices = [notice for notice in _find_passages("notice", kind, decision) if notice.kinds]
        if notices and self._passages < _MOST_PASSAGES and self._chance() < 0.6:
            pieces.append(self._quote(self._choose(notices), facts))
        return pieces

    def _write_notices(self, item: Item, pieces: list[Piece]) -> None:
        """Adds notices that concern no drug to the last rationale."""
        notices = [notice for notice in _find_passages("notice", item.kind.name, item.decision) if not notice.kinds]
        wanted = self._draw(0, 2)
        while notices and self._passages < _MOST_PASSAGES and (wanted > 0 or self._passages < _LEAST_PASSAGES):
            notice = self._choose(notices)
            notices.remove(notice)
            pieces.append(self._quote(notice, item.facts))
            wanted -= 1


_FIRST = frozenset(("records-order",))  # passages that begin a summary


@cache
def _find_passages(role: str, kind: str, decision: str) -> list[Passage]:
    """The passages of a role that suit a request and its decision."""
    return [passage for passage in read_passages() if passage.role == role and passage.suits(kind, decision)]


def compose_letters(house: House, count: int, seed: int) -> Iterator[Sketch]:
    """The letters of an archive, in the order of their time, before they are laid out."""
    chance = Random(seed).random
    for number in range(count):
        time = number / count
        style = house.choose_style(time, chance)
        yield Composer(style, time, chance).compose(f"CM{14 + int(time * 3.7)}-{number_case(number)}")


def number_case(number: int) -> int:
    """Seven digits that are no other letter's: from 9,900,000 up, then from 9,800,000, and so on."""
    hundreds, rest = divmod(number, 100_000)
    return 9_900_000 - hundreds * 100_000 + rest
