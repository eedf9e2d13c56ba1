"""The conclusion of every rationale is found, and which way it goes; flip it, or the decision, and it is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from imrlint.document.letter import Decision, Dispute
from imrlint.document.text import Source
from imrlint.engine import ruleset
from imrlint.engine.findings import Finding
from imrlint.parser import parse
from imrlint.reading import Reading
from imrlint.reading.verdicts import Verdict

HERE = Path(__file__).parent
INVENTED = [*sorted((HERE.parent / "examples").glob("clean-*.txt")), HERE / "letters" / "clean.txt"]
FLIPPED = {"Upheld": "Overturned", "Overturned": "Upheld"}


def contradictions(text: str) -> list[Finding]:
    (rule,) = [rule for rule in ruleset.installed().rules if rule.name() == "conclusion-against-decision"]
    reading = Reading(parse(Source(text)))
    return list(rule().check(reading.letter, reading))


def decided(text: str) -> Iterator[tuple[Dispute, Verdict]]:
    """Each item whose rationale has a conclusion, with it."""
    for item in Reading(parse(Source(text))).items:
        conclusion = item.rationale.conclusion if item.rationale else None
        if item.dispute.decision and conclusion:
            yield item.dispute, conclusion


def missed(text: str) -> list[str]:
    """The conclusions whose flip, or the flip of their decision, is not reported."""
    found = []
    for dispute, verdict in decided(text):
        assert dispute.decision
        start, end = dispute.decision.span
        if not contradictions(text[:start] + FLIPPED[text[start:end]] + text[end:]):
            found.append(f"decision {text[start:end]}")
        start, end = verdict.place.span
        flipped = _flip(text[start:end], necessary=verdict.necessary)
        if flipped and not contradictions(text[:start] + flipped + text[end:]):
            found.append(text[start:end])
    return found


def test_invented_letters_agree_and_every_flip_is_found() -> None:
    for path in INVENTED:
        text = path.read_text(encoding="utf-8")
        assert contradictions(text) == []
        assert len(list(decided(text))) == len(parse(Source(text)).disputes)
        assert missed(text) == [], path


def test_real_letters_agree_and_every_flip_is_found(real_letters: dict[str, str]) -> None:
    for name, text in real_letters.items():
        assert contradictions(text) == [], name
        assert missed(text) == [], name


def _flip(words: str, *, necessary: bool) -> str | None:
    """The words of a conclusion, saying the opposite; None where the "not" stands outside them."""
    if necessary:
        return re.sub(r"\b(is|was|are|be)\b", r"\1 not", words, count=1)
    flipped = re.sub(
        r"\bnot[ -]\s*|\bcannot\b", lambda found: "can " if found.group() == "cannot" else "", words, count=1
    )
    return flipped if flipped != words else None


def test_what_decides_is_told_from_reasons_guidelines_and_the_paragraph_on_opioids() -> None:
    clean = (HERE / "letters" / "clean.txt").read_text(encoding="utf-8")
    for added in (
        "Although the operation is medically necessary, the same does not hold here.",
        "The ODG state that such testing is medically necessary unless a biopsy was done.",
        "This medical necessity decision should not be interpreted as a recommendation to stop opioids abruptly.",
        'The guideline holds that "home care is medically necessary after major surgery."',
    ):
        letter = clean.replace("Decision rationale: A few visits", f"Decision rationale: {added} A few visits")
        assert letter != clean
        assert contradictions(letter) == [], added


def test_decisions_of_both_kinds_are_among_the_letters() -> None:
    texts = [path.read_text(encoding="utf-8") for path in INVENTED]
    found = {dispute.decision.value for text in texts for dispute, _ in decided(text) if dispute.decision}
    assert found == set(Decision)
