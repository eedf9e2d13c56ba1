"""Builds a `Letter` from the tree that the grammar makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

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
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.knowledge.language.wordings import any_of
from imrlint.parser import formats_2013, grammars, reviewer
from imrlint.parser.automaton import Token, Tree
from imrlint.parser.citation import read_citations
from imrlint.parser.forms import recognise_generation
from imrlint.parser.layout import lay_out
from imrlint.parser.nodes import absorb_misplaced, child_nodes, child_tokens, prose_tokens
from imrlint.parser.request import read_request

_DECIDED = Pattern(r"\s*[:–-]?\s*(?<![/\w])(Upheld|Overturned)[ .]*$", re.IGNORECASE)
_LAST_WORDS = re.compile(r":\s*([A-Za-z][A-Za-z/()-]*(?: [A-Za-z/()-]+){0,2})[ .]*$")
_NOT_NECESSARY = re.compile(
    r",?\s+(?:is|are|was|were)\s+(?P<finding>(?:not\s+)?medically\s+necessary(?:\s+and\s+appropriate)?)"
)
_REQUESTED = re.compile(r"request(?:ed)?\s+for\s+")
_NUMBERED = re.compile(r"(\d{1,2})[.)]\s*")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*$")
_CITES = re.compile(
    r"(?:The )?[Dd]ecision (?:\w+ )?based|The \w+ (?:Reviewer|Administrator)"
    r"|[^.]{0,40}\b(?:MTUS|ODG|ACOEM|Guidelines?)\b"
)
_SOFT_HYPHEN = "\xad"
_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")

# Words printed in place of "Upheld" or "Overturned": other names for the outcome.
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
    "CLAIMS_SENTENCE": ClauseKind.CLAIMS,
    "REVIEWER": ClauseKind.REVIEWER,
    "REVIEWER_SENTENCE": ClauseKind.REVIEWER,
    "BOTH_GUIDELINES": ClauseKind.REVIEWER,
    "RATIONALE": ClauseKind.RATIONALE,
    "RATIONALE_SENTENCE": ClauseKind.RATIONALE,
}

# The labelled pieces that each part of a letter may have; elsewhere the words of a label are ordinary words.
_ALLOWED: dict[str | SectionKind, frozenset[str]] = {
    "cover": frozenset({"pair", "credential", "announcement"}),
    "section": frozenset({"credential"}),
    SectionKind.NOTICE: frozenset({"pair", "announcement", "credential"}),
    SectionKind.NOTICE_DECISION: frozenset({"announcement", "credential"}),
    "TITLE": frozenset({"clause", "credential"}),
    "UNDECIDED": frozenset({"clause", "credential"}),
    "NUMBERED": frozenset({"clause", "sentence"}),
    "REGARDING": frozenset({"clause", "sentence"}),
}


def parse(source: Source) -> Letter:
    """The letter in a source. Any text can be parsed: what is not recognised is kept as prose."""
    return _LetterReader(source).build_letter()


class _LetterReader:
    """Collects the parts of one letter, in order."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.view = lay_out(source.text, flows=source.flows)
        self.header: dict[str, Field[str] | Field[date]] = {}
        self.dated: Field[str] | Field[date] | None = None  # the date of a notice, where no decision date is known
        self.sections: list[Section] = []
        self.disputes: list[Dispute] = []
        self.announcements: list[Announcement] = []
        self.loose: list[Prose] = []
        self.states: Prose | None = None
        self.specialties: Prose | None = None

    def build_letter(self) -> Letter:
        tree = grammars.parse("letter", self.view.text)
        sections = [node for node in child_nodes(tree) if node.data == "section"]
        for node in absorb_misplaced([n for n in child_nodes(tree) if n.data != "section"], _ALLOWED["cover"]):
            self.read_part(node)
        for node in sections:
            self.read_section(node)
        kinds = frozenset(section.kind for section in self.sections)
        generation = recognise_generation(kinds, labels=len(self.header), is_announced=bool(self.announcements))
        disputes, announcements = tuple(self.disputes), tuple(self.announcements)
        if generation is Generation.PROFESSIONAL and not disputes:
            disputes = tuple(formats_2013.read_professional_dispute(self.sections))
        if announcements:
            disputes, announcements = formats_2013.assign_decisions(self.source, disputes, announcements, self.sections)
        return Letter(
            source=self.source,
            generation=generation,
            header=Header(**self.header),  # type: ignore[arg-type]
            sections=tuple(self.sections),
            reviewer=self.read_reviewer(),
            disputes=disputes,
            announcements=announcements,
            loose=tuple(self.loose),
        )

    # ---- From the view to the letter

    def field(self, token: Token) -> Field[str]:
        return self.words(token.start, token.end)

    def words(self, start: int, end: int) -> Field[str]:
        """Characters `start` up to `end` of the view as a field, without the white space around them."""
        span = self.locate(start, end)
        return Field(self.source[span], span, " ".join(self.view.text[start:end].split()))

    def locate(self, start: int, end: int) -> Span:
        """The span in the letter of characters `start` up to `end` of the view, without white space around them."""
        text = self.view.text[start:end]
        stripped = text.strip()
        while stripped.strip(_SOFT_HYPHEN) != stripped:  # it is no character of a word either
            stripped = stripped.strip(_SOFT_HYPHEN).strip()
        start += text.find(stripped)
        return self.view.span(start, start + len(stripped))

    def prose(self, node: Tree) -> Prose | None:
        """The prose of a node, None where it has none or only white space."""
        return self._prose_of(prose_tokens(node))

    def split_first_paragraph(self, node: Tree) -> tuple[Prose | None, Prose | None]:
        """The prose of a node as two: its first paragraph, and the others."""
        tokens = prose_tokens(node)
        first = next((i for i, token in enumerate(tokens) if token.type != "BLANK"), 0)
        end = next((i for i, t in enumerate(tokens) if i > first and t.type == "BLANK"), len(tokens))
        return self._prose_of(tokens[:end]), self._prose_of(tokens[end:])

    def _prose_of(self, tokens: list[Token]) -> Prose | None:
        if not tokens:
            return None
        span = self.locate(tokens[0].start, tokens[-1].end)
        return Prose(self.source, span) if span.start < span.end else None

    # ---- Parts

    def read_section(self, node: Tree) -> None:
        heading, *rest = child_nodes(node)
        token = child_tokens(heading)[0]
        kind = SectionKind[token.type]
        rest = absorb_misplaced(rest, _ALLOWED.get(kind, _ALLOWED["section"]))
        printed = self.field(token)
        prose = None
        if rest and rest[0].data == "prose":
            prose = self._prose_of(child_tokens(rest.pop(0)))
        end = prose.span.end if prose else printed.span.end
        title = Field(printed.raw, printed.span, kind)
        self.sections.append(Section(Span(printed.span.start, end), title, prose))
        for part in rest:
            self.read_part(part)

    def read_part(self, node: Tree) -> None:
        match node.data:
            case "prose":
                if prose := self._prose_of(child_tokens(node)):
                    self.loose.append(prose)
            case "pair":
                self.read_pair(node)
            case "credential":
                self.read_credential(node)
            case "announcement":
                self.read_announcement(node)
            case "dispute":
                self.read_dispute(node)

    def read_pair(self, node: Tree) -> None:
        label, *rest = child_tokens(node)
        slot = _COVER[label.type]
        is_notice = label.type == "DECIDED" and label.lstrip().startswith("Dated")
        before = self.header.get(slot)
        if before is None or self._is_margin(before.span.start) or (before is self.dated and not is_notice):
            value = self.field(rest[0]) if rest else self.words(label.end, label.end)
            if slot in ("case_number", "priority"):
                self.header[slot] = Field(value.raw, value.span, value.raw or None)
            else:
                self.header[slot] = Field(value.raw, value.span, _parse_date(value.raw))
            if is_notice:
                self.dated = self.header[slot]
        if prose := self.prose(node):
            self.loose.append(prose)

    def read_credential(self, node: Tree) -> None:
        label = child_tokens(node)[0]
        prose, rest = self.split_first_paragraph(node)
        if rest:
            self.loose.append(rest)
        if label.type == "STATES":
            self.states = self.states or prose
        else:
            self.specialties = self.specialties or prose

    def read_announcement(self, node: Tree) -> None:
        token = child_tokens(node)[0]
        text, start = str(token), token.start
        number, request_for = _NUMBERED.match(text), _REQUESTED.search(text)
        finding = _NOT_NECESSARY.search(text)
        if number and finding:
            begin = request_for.end() if request_for else number.end()
            self.announcements.append(
                Announcement(
                    self.field(token).span,
                    int(number[1]),
                    self.words(start + begin, start + finding.start()),
                    self.read_sentence_decision(start, finding),
                )
            )
        if prose := self.prose(node):
            self.loose.append(prose)

    def _is_margin(self, at: int) -> bool:
        """Whether a character is in a header or the like, whose labels give way to those of the letter itself."""
        return at < self.source.margin

    def read_sentence_decision(self, start: int, finding: re.Match[str]) -> Field[Decision]:
        """A decision given as a sentence: "is not medically necessary and appropriate"."""
        printed = self.words(start + finding.start("finding"), start + finding.end("finding"))
        refused = finding["finding"].startswith("not")
        return Field(printed.raw, printed.span, Decision.UPHELD if refused else Decision.OVERTURNED)

    # ---- Disputes

    def read_dispute(self, node: Tree) -> None:
        token = child_tokens(node)[0]
        title, decision = self.read_title(token)
        pieces = absorb_misplaced(child_nodes(node), _ALLOWED[token.type])
        stray = None
        if pieces and pieces[0].data == "prose":
            stray = self._prose_of(child_tokens(pieces.pop(0)))
        clauses = tuple(self.read_clauses([piece for piece in pieces if piece.data != "credential"]))
        if token.type == "REGARDING":
            clauses = tuple(part for clause in clauses for part in formats_2013.split_clause(clause))
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
        request = read_request(Prose(self.source, title.span))
        self.disputes.append(Dispute(span, title, decision, clauses, request, stray))

    def read_title(self, token: Token) -> tuple[Field[str], Field[Decision] | None]:
        """The title of an item, and the decision at its end, None where it has none."""
        text, start = token.rstrip(), token.start
        number, finding = _NUMBERED.match(text), _NOT_NECESSARY.search(text)
        if token.type == "NUMBERED" and number and finding:
            return self.words(start + number.end(), start + finding.start()), self.read_sentence_decision(
                start, finding
            )
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

    def read_clauses(self, nodes: list[Tree]) -> Iterator[Clause]:
        for i, node in enumerate(nodes):
            label = child_tokens(node)[0]
            shared = label.type == "BOTH_GUIDELINES" and i + 1 < len(nodes) and nodes[i + 1].data == "sentence"
            if shared:  # the sentences that follow, one for each guideline, are the clauses
                continue
            prose, stray = self.prose(node), None
            if label.type in ("CLAIMS", "REVIEWER"):
                first, rest = self.split_first_paragraph(node)
                if first and rest and _SENTENCE_END.search(first.text) and not _CITES.match(rest.text):
                    prose, stray = first, rest
            yield self.build_clause(label, prose, stray)

    def build_clause(self, label: Token, prose: Prose | None, stray: Prose | None) -> Clause:
        kind = _CLAUSES[label.type]
        printed = self.field(label)
        if label.type in ("CLAIMS_SENTENCE", "REVIEWER_SENTENCE"):  # the label is part of the sentence
            own = printed.span.start + max(printed.raw.rfind(f"The {who} Reviewer") for who in ("Expert", "Physician"))
            start = max(own, printed.span.start)  # behind "The MTUS does not address this item."
            prose = Prose(self.source, Span(start, prose.span.end if prose else printed.span.end))
        end = max(part.span.end for part in (printed, prose, stray) if part)
        span = Span(printed.span.start, end)
        if prose is None or kind is ClauseKind.RATIONALE:
            return Clause(kind, span, printed, prose)
        return Clause(kind, span, printed, prose, *read_citations(prose), stray)

    # ---- The letter as a whole

    def read_reviewer(self) -> Reviewer:
        if self.states or self.specialties:
            return reviewer.read_credential_block(self.states, self.specialties)
        kinds = (SectionKind.HOW, SectionKind.NOTICE_QUALIFICATIONS, SectionKind.QUALIFICATIONS)
        for section in self.sections:
            if section.kind in kinds and section.prose:
                found = reviewer.read_credential_sentence(section.prose)
                if found.credentials:
                    return found
        return Reviewer()


def _means_decision(words: str) -> bool:
    """Whether the last words of a title are printed in place of its decision, or are a misspelt one."""
    if _OTHER_DECISIONS.fullmatch(words):
        return True
    from rapidfuzz import fuzz

    return any(fuzz.ratio(words.casefold(), known) >= 75 for known in ("upheld", "overturned"))


def _parse_date(printed: str) -> date | None:
    found = _DATE.fullmatch(printed)
    if found is None:
        return None
    month, day, year = map(int, found.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
