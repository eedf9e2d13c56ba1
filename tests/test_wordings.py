"""Wordings of one idea stand once, in knowledge: patterns are composed of them and do not spell them out again."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from samples import samples

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.knowledge.language import wordings
from imrlint.reading import (
    appositions,
    name_words,
    names,
    persons,
    recorded,
    references,
    sentence_kinds,
    stance,
    study_results,
    timeline,
    treatment_events,
    verdicts,
)
from imrlint.reading.passage import Passage

ROOT = Path(__file__).parent.parent
FEWEST = 3  # wordings of one group in one alternation that are a list written again
HOLE = "\0"  # what stands in a formatted string for what is put in


class Repeated(NamedTuple):
    """A group of which a constant spells out wordings."""

    path: str
    name: str
    group: str
    words: frozenset[str]


def patterns(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each string of a module in which alternatives stand, with the name that is assigned."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr | ast.Return):
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        name = target.id if isinstance(target, ast.Name) else ""
        formatted = {id(part) for each in ast.walk(node) if isinstance(each, ast.JoinedStr) for part in each.values}
        for each in ast.walk(node):
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in formatted:
                text = each.value
            elif isinstance(each, ast.JoinedStr):
                parts = (part.value if isinstance(part, ast.Constant) else HOLE for part in each.values)
                text = "".join(map(str, parts))
            elif isinstance(each, ast.Call) and getattr(each.func, "id", "") == "_words":
                text = "|".join(str(part.value) for part in each.args if isinstance(part, ast.Constant))
            else:
                continue
            if "|" in text:
                yield name, text


def alternations(pattern: str) -> Iterator[list[str]]:
    """The alternatives of each level of a pattern."""
    stack: list[list[str]] = [[""]]
    characters = iter(re.findall(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:P<\w+>|<?[=!:])|.", pattern, re.DOTALL))
    for token in characters:
        if token.startswith("("):
            stack.append([""])
        elif token == ")" and len(stack) > 1:
            inner = stack.pop()
            yield inner
            stack[-1][-1] += f"(?:{'|'.join(inner)})"
        elif token == "|":
            stack[-1].append("")
        else:
            stack[-1][-1] += token
    yield from stack


@cache
def sample(wording: str) -> str:
    """A text that an alternative matches, without what may be missing in it."""
    wording = re.sub(r"\\b|\(\?:[^()]*\)\?|\(\?<?[=!][^()]*\)|[\w-]\?|\[[^\]]*\]\?", "", wording)
    return re.sub(r"\[(.)[^\]]*\]", r"\1", re.sub(r"\\w[*+]", "ed", wording)).strip().lower()


def spelled_out(tree: ast.Module) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each name, the group that its pattern spells out, and the words of it."""
    for name, pattern in patterns(tree):
        for alternatives in alternations(pattern):
            texts = {sample(each) for each in alternatives}
            for group in wordings.groups():
                words = frozenset(text for text in texts if text and re.fullmatch(wordings.any_of(group), text))
                if len(words) >= FEWEST:
                    yield name, group, words


def repeated(path: Path) -> Iterator[Repeated]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (Repeated(path.relative_to(ROOT).as_posix(), *each) for each in spelled_out(tree))


MODULES = sorted([*(ROOT / "imrlint" / "reading").glob("*.py"), *(ROOT / "rules").rglob("*.py")])
# What a pattern spells out although a group has it, each with its reason. The list only shrinks.
EXCEPTIONS = {
    ("imrlint/reading/strays.py", "_MORE", "changed"): "comparatives behind a number",
    ("imrlint/reading/persons.py", "_PRACTISES", "wanted"): "what only a provider does, in the past",
    ("imrlint/reading/denials.py", "_SPARED", "changed"): "nouns for a change of something else",
    ("rules/dates/duration_impossible.py", "SINCE", "changed"): "past forms for a state that changed",
    ("imrlint/reading/polarity.py", "_DENIED_BEHIND", "negation"): "participles behind their verb",
    ("imrlint/reading/sentence_kinds.py", "_CASE", "negation"): "what there is not, as a complement of 'there is'",
    ("imrlint/reading/treatment_events.py", "_NO", "negation"): "a denial of the treatment itself",
    ("imrlint/reading/verdicts.py", "_NOT", "negation"): "denials of a verb",
    ("imrlint/reading/verdicts.py", "_REQUEST", "wanted"): "nouns for what is decided on",
    ("imrlint/reading/absence_triggers.py", "_PAPERS", "record"): "what something may not be in",
    ("imrlint/reading/measures.py", "_ANOTHER", "pronoun"): "words that begin a clause, articles among them",
    ("imrlint/reading/records.py", "_DONE_BEHIND", "result"): "what a treatment did, too",
    (
        "imrlint/reading/records.py",
        "_CONDITION",
        "condition",
    ): "'when' and 'once' do not keep a treatment from being done",
    ("imrlint/reading/verdicts.py", "_GENERAL", "condition"): "'until' and 'once' may limit the worker's own treatment",
    ("rules/dates/duration_impossible.py", "BEFORE", "negation"): "'unable to' may last itself",
    ("imrlint/reading/timeline.py", "_RECORD_BEHIND", "organization"): "adjectives of a note or a visit",
    ("rules/decision/argument_against_decision.py", "NOT_DOCUMENTED", "speech verb"): "infinitives after 'do not'",
    ("rules/decision/argument_against_decision.py", "NOT_DOCUMENTED", "record"): "infinitives after 'do not'",
    ("rules/decision/argument_against_decision.py", "NOT_DOCUMENTED", "result"): "infinitives after 'do not'",
    ("imrlint/reading/standards.py", "_SAYS", "speech verb"): "only verbs of approval",
    ("imrlint/reading/standards.py", "_ALLOWED", "speech verb"): "what sets a limit",
    ("imrlint/reading/comparability.py", "_FINITE", "result"): "finite forms only",
    ("rules/language/missing_article.py", "PAPER", "record"): "papers in the singular, which need an article",
    ("rules/language/missing_article.py", "ENDS", "result"): "finite forms only",
    ("rules/language/parting_comma.py", "DATED", "result"): "finite forms only",
    ("rules/language/parting_comma.py", "SAYS", "speech verb"): "the present of what a guideline says",
    ("rules/language/sentence_case.py", "CAPITAL", "pronoun"): "words with a capital, whatever they mean",
    ("rules/language/sentence_case.py", "CAPITAL", "reason"): "words with a capital, whatever they mean",
    ("imrlint/reading/denied_complaints.py", "_NO_COMPLAINT", "negation"): "the reviewer's denials, not the worker's",
    ("rules/rationale/wrong_drug.py", "ACCOMPANYING", "reason"): "'as' says where a drug is named, and no reason",
    (
        "rules/summary/requested_item_mismatch.py",
        "ASKED",
        "wanted",
    ): "what is asked of the administrator, no prescription",
    (
        "rules/rationale/wrong_quantity.py",
        "OTHER_NUMBER",
        "had",
    ): "'had' and 'used' stand before requested numbers, too",
}


@cache
def all_repeated() -> tuple[Repeated, ...]:
    return tuple(each for path in MODULES for each in repeated(path))


def test_no_pattern_spells_out_a_group() -> None:
    strays = [each for each in all_repeated() if each[:3] not in EXCEPTIONS]
    assert strays == [], "compose these of any_of(group), or say why not"


def test_every_exception_is_still_one() -> None:
    assert EXCEPTIONS.keys() <= {each[:3] for each in all_repeated()}


@pytest.mark.parametrize(
    ("source", "groups"),
    [
        (r'A = re.compile(r"\b(?:patient|claimant|applicants?|custodian)\b")', {"worker"}),
        (r'A = re.compile(r"(?:the|a) (?:patient|claimant) (?:had|underwent|receiv\w+|completed)")', {"had"}),
        (r'A = re.compile(rf"{B} (?:upheld|co-?workers?|af" r"firmed|sustained)")', {"upheld"}),
        (r'A = _words("prior", "previous", "earlier")', {"earlier"}),
        (r'A = re.compile(r"\b(?:patient|claimant|prior|previous)\b")', set()),
        (r'A = "the patient, the claimant, the applicant"', set()),
    ],
)
def test_a_group_written_again_is_seen(source: str, groups: set[str]) -> None:
    tree = ast.parse(source)
    assert {group for name, group, _ in spelled_out(tree) if name == "A"} == groups


def test_non_certified_is_spelled_in_knowledge_only() -> None:
    spelled = re.compile(r"non[^|)\w]*certif")
    for path in MODULES:
        for name, pattern in patterns(ast.parse(path.read_text(encoding="utf-8"))):
            assert not spelled.search(pattern), (path, name)


def test_no_table_of_number_words_is_written_again() -> None:
    words = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b")
    for path in MODULES:
        for name, pattern in patterns(ast.parse(path.read_text(encoding="utf-8"))):
            for alternatives in alternations(pattern):
                assert sum(bool(words.fullmatch(each)) for each in alternatives) < 2, (path, name)


def in_rule(rule: str, name: str) -> re.Pattern[str] | Pattern:
    """A pattern of a rule: type checkers know the rules by the folder in which they are, not by their package."""
    pattern = getattr(importlib.import_module(f"imrlint.rules.{rule}"), name)
    assert isinstance(pattern, re.Pattern | Pattern)
    return pattern


# Patterns that a wording alone, with these words around it, must match.
COMPOSED: list[tuple[re.Pattern[str] | Pattern, tuple[str, ...], str]] = [
    (recorded._REVIEW, ("utilization review", "claims administrator", "non-certified", "refusal"), "{}"),
    (appositions._ROLES, ("worker", "provider", "clinician", "kin", "bystander", "agent"), "{}"),
    (name_words._ORGANIZATION, ("organization",), "{}"),
    (names._TOWN, ("town of Maryland",), "{}"),
    (persons._OTHERS, ("provider", "clinician", "kin", "bystander"), "{}"),
    (persons._KIN, ("kin",), " {} said"),
    (persons._SEX, ("sex",), "{}"),
    (persons._STATED, ("worker",), "the {} is a "),
    (references._OTHER, ("earlier", "another"), "the {} "),
    (references._SETTLED, ("refused", "non-certified", "granted", "modified", "upheld", "overturned"), " was {} on"),
    (references._REASON, ("condition", "reason"), "{} it"),
    (references._GROUNDS, ("condition", "reason"), "{} it"),
    (sentence_kinds._CASE, ("record",), "{}"),
    (sentence_kinds._CASE, ("pronoun",), "{} had"),
    (sentence_kinds._CASE, ("worker",), "this {}"),
    (sentence_kinds._CASE, ("provider",), "the {} wrote"),
    (sentence_kinds._GUIDELINE, ("guideline", "authority", "evidence"), "{}"),
    (sentence_kinds._TOLD, ("pronoun", "record", "provider"), "{}"),
    (sentence_kinds._SPEAKS, ("guideline",), "the {} clearly states"),
    (sentence_kinds._SPEAKS, ("speech verb",), "the guideline {} this"),
    (timeline._PAST, ("earlier", "history"), "{}"),
    (timeline._OTHER_INJURY, ("earlier", "another"), "{}"),
    (timeline._REVIEW_BEFORE, ("utilization review",), "{} on "),
    (timeline._REVIEW_BEFORE, ("refused", "non-certified"), "previously {} on "),
    (timeline._REVIEW_BEFORE, ("refusal",), "prior {} dated "),
    (timeline._OTHER_REVIEW, ("granted",), " {}"),
    (timeline._STUDY_BEFORE, ("performed",), "MRI {} on "),
    (treatment_events._DONE_BEFORE, ("had",), "{} a course of"),
    (treatment_events._DONE_BEHIND, ("performed",), " was {}"),
    (treatment_events._UNDONE_BEFORE, ("had", "performed"), "has not {} "),
    (treatment_events._UNDONE_BEFORE, ("not yet",), "{} "),
    (treatment_events._UNDONE_BEHIND, ("performed",), " has not been {}"),
    (treatment_events._WANTED, ("wanted", "refused", "non-certified", "refusal"), "{} "),
    (verdicts._OTHER, ("necessary", "granted", "refused", "non-certified", "upheld", "overturned"), "is {} now"),
    (verdicts._REFUSED, ("refused", "non-certified"), "{}"),
    (verdicts._REASON, ("condition", "reason"), "{} it"),
    (stance._SPEAKER, ("guideline", "authority", "utilization review", "claims administrator"), "{} states that"),
    (in_rule("summary.requested_item_mismatch", "REQUEST"), ("wanted", "refused", "non-certified", "refusal"), "{}"),
    (in_rule("summary.requested_item_mismatch", "EARLIER"), ("earlier", "had", "granted", "already"), "{}"),
    (in_rule("decision.reviewer_modifies", "GRANTING"), ("granted", "approval"), "{}"),
    (in_rule("decision.reviewer_modifies", "MODIFIED"), ("granted",), "#12 are {}"),
    (in_rule("rationale.unsupported_fact", "ABOUT_WORKER"), ("worker", "pronoun"), "{}"),
    (study_results._DONE, ("result", "performed"), "{}"),
]


@pytest.mark.parametrize(
    ("pattern", "groups", "around"), COMPOSED, ids=lambda each: each if isinstance(each, str) else None
)
def test_every_wording_matches_where_its_group_is_used(
    pattern: re.Pattern[str] | Pattern, groups: tuple[str, ...], around: str
) -> None:
    for group in groups:
        for wording in wordings.wordings(group):
            for text in samples(wording):
                if re.fullmatch(wording, text):
                    assert pattern.search(around.format(text)), (group, text)


@pytest.mark.parametrize(
    ("said", "necessary"),
    [
        ("is non-certified", False),
        ("is noncertified", False),
        ("is not certified", False),
        ("is denied", False),
        ("is not denied", True),
        ("is not approved", False),
        ("is certified", True),
    ],
)
def test_what_refuses_is_no_denial_of_itself(said: str, necessary: bool) -> None:
    text = f"The request for physical therapy {said}."
    passage = Passage(Prose(Source(text), Span(0, len(text))))
    (verdict,) = passage.verdicts
    assert verdict.necessary is necessary
