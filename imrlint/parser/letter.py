"""The tree of a letter made into a Letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from lark import Token, Tree

from imrlint.document.letter import (
    Announcement,
    Clause,
    ClauseKind,
    Decision,
    Dispute,
    Field,
    Generation,
    Header,
    Letter,
    Reviewer,
    Section,
    SectionKind,
)
from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.knowledge.language.wordings import any_of
from imrlint.parser import grammars, older, reviewer
from imrlint.parser.citation import citations
from imrlint.parser.grammars import Node
from imrlint.parser.layout import lay_out
from imrlint.parser.request import request

_DECIDED = re.compile(r"\s*[:–-]?\s*(?<![/\w])(Upheld|Overturned)[ .]*$", re.IGNORECASE)
_LAST_WORDS = re.compile(r":\s*([A-Za-z][A-Za-z/()-]*(?: [A-Za-z/()-]+){0,2})[ .]*$")
_NOT_NECESSARY = re.compile(
    r",?\s+(?:is|are|was|were)\s+(?P<finding>(?:not\s+)?medically\s+necessary(?:\s+and\s+appropriate)?)"
)
_REQUESTED = re.compile(r"request(?:ed)?\s+for\s+")
_NUMBERED = re.compile(r"(\d{1,2})[.)]\s*")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*$")
_CITES = re.compile(r"Decision based|The \w+ (?:Reviewer|Administrator)")
_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")

# Words that stand where "Upheld" or "Overturned" should: other names of the same two outcomes.
_OUTCOME = any_of("refused", "non-certified", "granted", "modified", "upheld", "overturned")
_OTHER_DECISIONS = re.compile(
    rf"(?:partially |partly |not )?(?:{_OUTCOME}|uphold|overturn|affirm|approve|deny|(?:not )?medically necessary|x+"
    r"|tbd)"
    r"(?: in part| ?/ ?(?:upheld|overturned)| \(\w+\))?",
    re.IGNORECASE,
)

_COVER = {
    "CASE_NUMBER": "case_number",
    "PRIORITY": "priority",
    "ASSIGNED": "assigned",
    "DECIDED": "decided",
    "INJURY": "injury",
    "DENIED": "denied",
    "RECEIVED": "received",
}
_CLAUSES = {
    "CLAIMS": ClauseKind.CLAIMS,
    "CLAIMS_SAID": ClauseKind.CLAIMS,
    "REVIEWER": ClauseKind.REVIEWER,
    "REVIEWER_SAID": ClauseKind.REVIEWER,
    "BOTH_GUIDELINES": ClauseKind.REVIEWER,
    "RATIONALE": ClauseKind.RATIONALE,
    "RATIONALE_SAID": ClauseKind.RATIONALE,
}


# Which labelled pieces belong where; elsewhere the words of a label are words like others.
_AT_HOME: dict[str | SectionKind, frozenset[str]] = {
    "cover": frozenset({"pair", "credential", "announcement"}),
    "section": frozenset({"credential"}),
    SectionKind.NOTICE: frozenset({"pair", "announcement", "credential"}),
    SectionKind.NOTICE_DECISION: frozenset({"announcement", "credential"}),
    "TITLE": frozenset({"clause", "credential"}),
    "UNDECIDED": frozenset({"clause", "credential"}),
    "NUMBERED": frozenset({"clause", "said"}),
    "REGARDING": frozenset({"clause", "said"}),
}


def parse(source: Source) -> Letter:
    """Read a letter. Never fails: what is not recognised is left as prose."""
    return _Reader(source).letter()


class _Reader:
    """Collects the parts of one letter, in the order in which they stand."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.view = lay_out(source.text, flows=source.flows)
        self.header: dict[str, Field[str] | Field[date]] = {}
        self.sections: list[Section] = []
        self.disputes: list[Dispute] = []
        self.announcements: list[Announcement] = []
        self.loose: list[Prose] = []
        self.states: Prose | None = None
        self.specialties: Prose | None = None

    def letter(self) -> Letter:
        tree = grammars.parse("letter", self.view.text)
        sections = [node for node in _nodes(tree) if node.data == "section"]
        for node in _settled([n for n in _nodes(tree) if n.data != "section"], _AT_HOME["cover"]):
            self.read_part(node)
        for node in sections:
            self.read_section(node)
        generation = self.generation()
        disputes, announcements = self.disputes, self.announcements
        if generation is Generation.PROFESSIONAL and not disputes:
            disputes = list(older.professional_dispute(self.sections))
        if announcements:
            disputes, announcements = older.settled(self.source, disputes, announcements, self.sections)
        return Letter(
            source=self.source,
            generation=generation,
            header=Header(**self.header),  # type: ignore[arg-type]
            sections=tuple(self.sections),
            reviewer=self.reviewer(),
            disputes=tuple(disputes),
            announcements=tuple(announcements),
            loose=tuple(self.loose),
        )

    # ---- Places

    def field(self, token: Token) -> Field[str]:
        return self.words(token.start_pos or 0, token.end_pos or 0)

    def words(self, start: int, end: int) -> Field[str]:
        """Characters of the view, without the white space around them, as a field."""
        span = self.place(start, end)
        return Field(self.source[span], span, " ".join(self.view.text[start:end].split()))

    def place(self, start: int, end: int) -> Span:
        """Where characters of the view, without the white space around them, stand in the letter."""
        text = self.view.text[start:end]
        stripped = text.strip()
        start += text.find(stripped)
        return self.view.span(start, start + len(stripped))

    def prose(self, node: Node) -> Prose | None:
        """The prose among the children of a node, None when it holds only white space."""
        return self._prose_of(_prose_tokens(node))

    def first_paragraph(self, node: Node) -> tuple[Prose | None, Prose | None]:
        """The prose among the children of a node, its first paragraph apart from the others."""
        tokens = _prose_tokens(node)
        written = next((i for i, token in enumerate(tokens) if token.type != "BLANK"), 0)
        end = next((i for i, t in enumerate(tokens) if i > written and t.type == "BLANK"), len(tokens))
        return self._prose_of(tokens[:end]), self._prose_of(tokens[end:])

    def _prose_of(self, tokens: list[Token]) -> Prose | None:
        if not tokens:
            return None
        span = self.place(tokens[0].start_pos or 0, tokens[-1].end_pos or 0)
        return Prose(self.source, span) if span.start < span.end else None

    # ---- Parts

    def read_section(self, node: Node) -> None:
        heading, *rest = _nodes(node)
        token = _tokens(heading)[0]
        kind = SectionKind[token.type]
        rest = _settled(rest, _AT_HOME.get(kind, _AT_HOME["section"]))
        printed = self.field(token)
        prose = None
        if rest and rest[0].data == "prose":
            prose = self._prose_of(_tokens(rest.pop(0)))
        end = prose.span.end if prose else printed.span.end
        title = Field(printed.raw, printed.span, kind)
        self.sections.append(Section(Span(printed.span.start, end), title, prose))
        for part in rest:
            self.read_part(part)

    def read_part(self, node: Node) -> None:
        match node.data:
            case "prose":
                if prose := self._prose_of(_tokens(node)):
                    self.loose.append(prose)
            case "pair":
                self.read_pair(node)
            case "credential":
                self.read_credential(node)
            case "announcement":
                self.read_announcement(node)
            case "dispute":
                self.read_dispute(node)

    def read_pair(self, node: Node) -> None:
        label, *rest = _tokens(node)
        slot = _COVER[label.type]
        if slot not in self.header:
            value = self.field(rest[0]) if rest else self.words(label.end_pos or 0, label.end_pos or 0)
            if slot in ("case_number", "priority"):
                self.header[slot] = Field(value.raw, value.span, value.raw or None)
            else:
                self.header[slot] = Field(value.raw, value.span, _date(value.raw))
        if prose := self.prose(node):
            self.loose.append(prose)

    def read_credential(self, node: Node) -> None:
        label = _tokens(node)[0]
        prose, rest = self.first_paragraph(node)
        if rest:
            self.loose.append(rest)
        if label.type == "STATES":
            self.states = self.states or prose
        else:
            self.specialties = self.specialties or prose

    def read_announcement(self, node: Node) -> None:
        token = _tokens(node)[0]
        text, start = str(token), token.start_pos or 0
        number, request_for = _NUMBERED.match(text), _REQUESTED.search(text)
        finding = _NOT_NECESSARY.search(text)
        if number and finding:
            begin = request_for.end() if request_for else number.end()
            self.announcements.append(
                Announcement(
                    self.field(token).span,
                    int(number[1]),
                    self.words(start + begin, start + finding.start()),
                    self.finding(start, finding),
                )
            )
        if prose := self.prose(node):
            self.loose.append(prose)

    def finding(self, start: int, finding: re.Match[str]) -> Field[Decision]:
        """A decision said as a sentence: "is not medically necessary and appropriate"."""
        printed = self.words(start + finding.start("finding"), start + finding.end("finding"))
        said_no = finding["finding"].startswith("not")
        return Field(printed.raw, printed.span, Decision.UPHELD if said_no else Decision.OVERTURNED)

    # ---- Disputes

    def read_dispute(self, node: Node) -> None:
        token = _tokens(node)[0]
        title, decision = self.title(token)
        pieces = _settled(_nodes(node), _AT_HOME[token.type])
        stray = None
        if pieces and pieces[0].data == "prose":
            stray = self._prose_of(_tokens(pieces.pop(0)))
        clauses = tuple(self.clauses([piece for piece in pieces if piece.data != "credential"]))
        if token.type == "REGARDING":
            clauses = tuple(part for clause in clauses for part in older.parted(clause))
        for piece in pieces:
            if piece.data == "credential":
                self.read_credential(piece)
        end = max([title.span.end, *(part.span.end for part in (decision, stray, *clauses) if part)])
        span = Span(self.field(token).span.start, end)
        before = self.disputes[-1] if self.disputes else None
        if decision is None and before and before.decision and not before.clauses and not before.stray:
            # A paragraph between an item and its clauses looks like an item without a decision.
            stray = Prose(self.source, title.span)
            merged = replace(before, span=Span(before.span.start, end), stray=stray, clauses=clauses)
            self.disputes[-1] = merged
            return
        reading = request(Prose(self.source, title.span))
        self.disputes.append(Dispute(span, title, decision, clauses, reading, stray))

    def title(self, token: Token) -> tuple[Field[str], Field[Decision] | None]:
        """The title of an item, and the decision at its end."""
        text, start = token.rstrip(), token.start_pos or 0
        number, finding = _NUMBERED.match(text), _NOT_NECESSARY.search(text)
        if token.type == "NUMBERED" and number and finding:
            return self.words(start + number.end(), start + finding.start()), self.finding(start, finding)
        if token.type == "REGARDING":
            request_for = _REQUESTED.search(text)
            begin = request_for.end() if request_for else 0
            return self.words(start + begin, start + len(text.rstrip(" :\n"))), None
        if decided := _DECIDED.search(text):
            printed = self.words(start + decided.start(1), start + decided.end(1))
            decision = Field(printed.raw, printed.span, Decision(decided[1].capitalize()))
            return self.words(start, start + decided.start()), decision
        last = _LAST_WORDS.search(text)
        if last and _means_decision(last[1]):
            printed = self.words(start + last.start(1), start + last.end(1))
            return self.words(start, start + last.start()), Field(printed.raw, printed.span, None)
        return self.words(start, start + len(text)), None

    def clauses(self, nodes: list[Node]) -> Iterator[Clause]:
        for i, node in enumerate(nodes):
            label = _tokens(node)[0]
            shared = label.type == "BOTH_GUIDELINES" and i + 1 < len(nodes) and nodes[i + 1].data == "said"
            if shared:  # a sentence for each guideline follows, and is the clause
                continue
            prose, stray = self.prose(node), None
            if label.type in ("CLAIMS", "REVIEWER"):
                first, rest = self.first_paragraph(node)
                if first and rest and _SENTENCE_END.search(first.text) and not _CITES.match(rest.text):
                    prose, stray = first, rest
            yield self.clause(label, prose, stray)

    def clause(self, label: Token, prose: Prose | None, stray: Prose | None) -> Clause:
        kind = _CLAUSES[label.type]
        printed = self.field(label)
        if label.type in ("CLAIMS_SAID", "REVIEWER_SAID"):  # the label is part of the sentence
            prose = Prose(self.source, Span(printed.span.start, prose.span.end if prose else printed.span.end))
        end = max(part.span.end for part in (printed, prose, stray) if part)
        span = Span(printed.span.start, end)
        if prose is None or kind is ClauseKind.RATIONALE:
            return Clause(kind, span, printed, prose)
        cited, nothing = citations(prose)
        return Clause(kind, span, printed, prose, cited, nothing, stray)

    # ---- The letter as a whole

    def generation(self) -> Generation:
        kinds = {section.kind for section in self.sections}
        if kinds & {SectionKind.NOTICE, SectionKind.NOTICE_DECISION}:
            return Generation.NOTICE
        if kinds & {SectionKind.PROFESSIONAL, SectionKind.WHY_NOT, SectionKind.ISSUE}:
            return Generation.PROFESSIONAL
        if SectionKind.NUMBERED_ISSUES in kinds:
            return Generation.NUMBERED
        return Generation.COVER if self.header else Generation.PLAIN

    def reviewer(self) -> Reviewer:
        if self.states or self.specialties:
            return reviewer.from_block(self.states, self.specialties)
        kinds = (SectionKind.HOW, SectionKind.NOTICE_QUALIFICATIONS, SectionKind.QUALIFICATIONS)
        for section in self.sections:
            if section.kind in kinds and section.prose:
                found = reviewer.from_sentence(section.prose)
                if found.credentials:
                    return found
        return Reviewer()


def _nodes(node: Node) -> list[Node]:
    return [child for child in node.children if not isinstance(child, Token)]


def _tokens(node: Node) -> list[Token]:
    return [child for child in node.children if isinstance(child, Token)]


def _prose_tokens(node: Node) -> list[Token]:
    return next((_tokens(child) for child in _nodes(node) if child.data == "prose"), [])


def _settled(nodes: list[Node], at_home: frozenset[str]) -> list[Node]:
    """The nodes, those that do not belong here made part of the prose before them."""
    settled: list[Node] = []
    for node in nodes:
        if node.data in at_home or node.data in ("prose", "dispute"):
            settled.append(node)
        else:
            tokens = [token for part in (node, *_nodes(node)) for token in _tokens(part)]
            _continue_prose(settled, tokens)
    return settled


def _continue_prose(settled: list[Node], tokens: list[Token]) -> None:
    if not settled:
        settled.append(Tree("prose", list(tokens)))
        return
    last = settled[-1]
    prose = last if last.data == "prose" else next((n for n in _nodes(last) if n.data == "prose"), None)
    if prose is None:
        last.children.append(Tree("prose", list(tokens)))
    else:
        prose.children.extend(tokens)


def _means_decision(words: str) -> bool:
    """Whether the last words of a title stand in the place of its decision."""
    if _OTHER_DECISIONS.fullmatch(words):
        return True
    from rapidfuzz import fuzz

    return any(fuzz.ratio(words.casefold(), known) >= 75 for known in ("upheld", "overturned"))


def _date(printed: str) -> date | None:
    found = _DATE.fullmatch(printed)
    if found is None:
        return None
    month, day, year = map(int, found.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
