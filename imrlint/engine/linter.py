"""Running rules on a letter, and building its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from imrlint.document.letter import Letter
from imrlint.document.text import Source, Span
from imrlint.engine import evidence
from imrlint.engine.findings import Diagnostic, Finding, Severity
from imrlint.engine.fingerprints import Fingerprints
from imrlint.engine.report import BadYield, Crash, LetterDetails, LetterItem, Report
from imrlint.engine.rule import Rule, Trait
from imrlint.reading import Reading


class ActiveRule(NamedTuple):
    """A rule to run, with its options, and the highest severity of its findings."""

    rule: Rule
    severity: Severity


_LANGUAGE = "language"  # the family of rules that judge words


class RuleFinding(NamedTuple):
    """A finding, and the rule that made it."""

    finding: Finding
    active: ActiveRule


def lint(reading: Reading, active_rules: Iterable[ActiveRule]) -> Report:
    """The report of a letter. A rule that raises is reported as a crash, and costs no other rule its findings."""
    found: list[RuleFinding] = []
    crashes = []
    for active in select_applicable(reading, active_rules):
        try:
            found += [
                RuleFinding(check_finding(finding), active) for finding in active.rule.check(reading.letter, reading)
            ]
        except (Exception, SystemExit) as error:
            crashes.append(Crash(active.rule.name(), error))
    return build_report(reading, leave_blanks_alone(reading, drop_doubled(found)), tuple(crashes))


def select_applicable(reading: Reading, active_rules: Iterable[ActiveRule]) -> Iterator[ActiveRule]:
    """The rules that can judge this text: for one that is no determination letter, only those that say so."""
    is_letter = reading.letter.is_determination
    return (active for active in active_rules if is_letter or Trait.ANY_TEXT in active.rule.traits)


def drop_doubled(found: Iterable[RuleFinding]) -> list[RuleFinding]:
    """The findings without those that yield to another on the same words."""
    all_found = list(found)
    sure = [
        each.finding.span for each in all_found if each.active.rule.family() == _LANGUAGE and not each.finding.yields
    ]
    return [
        each
        for each in all_found
        if not (each.finding.yields and any(each.finding.span.overlaps(span) for span in sure))
    ]


def leave_blanks_alone(reading: Reading, found: Iterable[RuleFinding]) -> list[RuleFinding]:
    """The findings without those on the words of a blank, but by rules that judge blanks.

    A finding on a longer text that contains a blank stays: an item with a blank for its decision has none.
    """

    def comments_on_blank(span: Span) -> bool:
        return any(span.overlaps(blank) and not (span != blank and span.covers(blank)) for blank in reading.blanks)

    return [
        each for each in found if Trait.BLANKS in each.active.rule.traits or not comments_on_blank(each.finding.span)
    ]


def check_finding(thing: object) -> Finding:
    """What a rule yielded, if it is a finding. Raises BadYield where it is something else."""
    if not isinstance(thing, Finding) or not isinstance(thing.span, Span):
        raise BadYield(f"a rule yields findings, not {type(thing).__name__}")
    return thing


def build_report(reading: Reading, found: Iterable[RuleFinding], crashes: tuple[Crash, ...] = ()) -> Report:
    """The report of a letter with these findings, which become diagnostics in the order of the text.

    It knows the words that identify a person whichever rules were run, so that none of them is ever printed; and what
    a letter without findings is about, so that rates by specialty, month and kind of item count it too.
    """
    letter = reading.letter
    ordered = sorted(found, key=lambda each: (each.finding.span, each.active.rule.code, each.finding.message))
    fingerprints = Fingerprints(letter)
    diagnostics = tuple(_build_diagnostic(each, fingerprints) for each in ordered)
    report = Report(letter.source, diagnostics, crashes, reading.secrets)
    return replace(report, details=_collect_details(letter, report.printable))


def _build_diagnostic(found: RuleFinding, fingerprints: Fingerprints) -> Diagnostic:
    """The finding with what its rule says of it. Evidence of its own can lower the severity, and never raises it."""
    finding, (rule, severity) = found
    confidence = evidence.weigh(rule.category, (*rule.features(), *finding.evidence))
    graded = evidence.grade(rule.category, confidence) if finding.evidence else severity
    return Diagnostic(
        code=rule.code,
        name=rule.name(),
        family=rule.family(),
        category=rule.category,
        importance=rule.importance,
        severity=min(severity, graded),
        confidence=confidence,
        finding=finding,
        fingerprint=fingerprints.fingerprint(rule.name(), finding),
    )


def _collect_details(letter: Letter, printable: Source) -> LetterDetails:
    specialties = letter.reviewer.specialties if letter.reviewer else ()
    decided = letter.header.decided
    return LetterDetails(
        specialty=" ".join(printable[specialties[0].span].split()) if specialties else "",
        month=f"{decided.value:%Y-%m}" if decided and decided.value else "",
        items=tuple(
            LetterItem(
                dispute.span,
                " ".join(printable[dispute.title.span].split()),
                dispute.decision.value.value if dispute.decision and dispute.decision.value else "",
                dispute.request.kind.value,
            )
            for dispute in letter.disputes
        ),
        case_number=letter.header.case_number.raw if letter.header.case_number else "",
    )
