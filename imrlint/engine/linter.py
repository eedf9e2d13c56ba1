"""Run rules over a letter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from imrlint.document.letter import Letter
from imrlint.document.text import Span
from imrlint.engine import evidence
from imrlint.engine.findings import Diagnostic, Finding, Severity
from imrlint.engine.fingerprints import Fingerprints
from imrlint.engine.report import About, Crash, Report
from imrlint.engine.rule import Rule
from imrlint.reading import Reading


class ActiveRule(NamedTuple):
    """A rule to run, with its options set, and the severity its findings are given."""

    rule: Rule
    severity: Severity


def lint(reading: Reading, active_rules: Iterable[ActiveRule]) -> Report:
    """Every finding of every rule, in the order they stand. A rule that raises is reported, too."""
    found: list[tuple[Finding, ActiveRule]] = []
    crashes = []
    for active in active_rules:
        try:
            found += [(sound(finding), active) for finding in active.rule.check(reading.letter, reading)]
        except (Exception, SystemExit) as error:  # a rule's fault must not cost the findings of the others
            crashes.append(Crash(active.rule.name(), error))
    return reported(reading, found, tuple(crashes))


def sound(finding: object) -> Finding:
    """What a rule yielded. Raises TypeError where it is no finding."""
    if not isinstance(finding, Finding) or not isinstance(finding.span, Span):
        raise TypeError(f"a rule yields findings, not {type(finding).__name__}")
    return finding


def reported(reading: Reading, found: list[tuple[Finding, ActiveRule]], crashes: tuple[Crash, ...] = ()) -> Report:
    """Findings signed by their rules, in the order in which they stand.

    Secrets are looked for whichever rules run: no choice of rules lets them be printed.
    """
    letter = reading.letter
    found.sort(key=lambda each: (each[0].span, each[1].rule.code, each[0].message))
    fingerprints = Fingerprints(letter)
    diagnostics = tuple(_sign(finding, active, fingerprints) for finding, active in found)
    secrets = reading.secrets if found else ()  # of a letter without findings no word is printed
    return Report(letter.source, diagnostics, crashes, secrets, about=_about(letter))


def _sign(finding: Finding, active: ActiveRule, fingerprints: Fingerprints) -> Diagnostic:
    """A finding with the name of its rule. Its own evidence can lower the severity of the rule, and not raise it."""
    rule = active.rule
    confidence = evidence.weigh(rule.category, (*rule.features(), *finding.evidence))
    graded = evidence.grade(rule.category, confidence) if finding.evidence else active.severity
    return Diagnostic(
        code=rule.code,
        name=rule.name(),
        family=rule.family(),
        category=rule.category,
        importance=rule.importance,
        severity=min(active.severity, graded),
        confidence=confidence,
        finding=finding,
        fingerprint=fingerprints.fingerprint(rule.name(), finding),
    )


def _about(letter: Letter) -> About:
    specialties = letter.reviewer.specialties if letter.reviewer else ()
    decided = letter.header.decided
    return About(
        specialty=" ".join(specialties[0].raw.split()) if specialties else "",
        month=f"{decided.value:%Y-%m}" if decided and decided.value else "",
    )
