"""The example letters: clean ones are clean, slips are found where they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import imrlint
from imrlint.engine.findings import Severity

EXAMPLES = Path(__file__).parent.parent / "examples"

# The slips that today's rules are to find: the rule, and the words at its place.
FOUND = {
    "slips-2017-drugs": {
        ("misspelling", "radiculopthy"),
        ("misspelling", "parathesias"),
        ("misspelt-drug", "diclofanec"),
        ("real-word-error", "lumber"),
        ("ur-date-mismatch", "1-30-17"),
        ("wrong-drug", "Zolpidem"),
        ("missing-frequency", "Meloxicam 15mg tablets"),
        ("wrong-strength", "10/352mg"),
    },
    "slips-2017-facts": {
        ("header-date-order", "04/12/2017"),
        ("injury-date-mismatch", "12/21/2016"),
        ("missing-reviewer-guideline", "Physical therapy for the right knee, twice a week for four weeks (8 visits)"),
        ("age-mismatch", "46-year-old"),
        ("pronoun-mismatch", "He"),
        ("repeated-dispute", "Hinged brace for the right knee, purchase (1)"),
        ("truncated-letter", "state which structure"),
    },
    "slips-2015-therapy": {
        ("unknown-licence-state", "Califronia"),
        ("misspelt-heading", "CLINCAL CASE SUMMARY"),
        ("misspelt-heading", "MAXIMUS guidline"),
        ("visit-before-injury", "01/05/2015"),
        ("unreadable-date", "02/30/2015"),
        ("unknown-decision", "Uphled"),
    },
    "slips-2014-injections": {
        ("credential-wording", "Board Certified"),
        ("joined-words", "therapyand"),
        ("joined-words", "injectionis"),
        ("misspelling", "accupuncture"),
        ("missing-space", "An"),
        ("misspelt-citation", "Accupuncture"),
        ("off-topic-guideline", "Accupuncture Treatment Guidelines"),
        ("wrong-body-part", "cervical epidural"),
        ("malformed-quantity", "1:00"),
        ("malformed-quantity", "2:00"),
        ("malformed-quantity", "6:00"),
    },
    "slips-2013-notice": {
        ("misspelling", "prefered"),
        ("misspelling", "therapyst"),
        ("conclusion-against-decision", "is medically necessary"),
    },
}


def found(name: str) -> set[tuple[str, str]]:
    """What is reported as warning or error in an example."""
    text = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    report = imrlint.check(text)
    assert not report.crashes
    return {
        (diagnostic.name, " ".join(report.source[diagnostic.finding.span].split()))
        for diagnostic in report.at_least(Severity.WARNING)
    }


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("clean-*.txt")) + sorted(EXAMPLES.glob("older-*.txt")), ids=str)
def test_clean_examples_are_clean(path: Path) -> None:
    assert found(path.stem) == set()


@pytest.mark.parametrize("name", FOUND)
def test_slips_are_found_and_nothing_else(name: str) -> None:
    assert found(name) == FOUND[name]


def test_every_example_is_tested_and_described() -> None:
    names = {path.stem for path in EXAMPLES.glob("*.txt")}
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert names == {name for name in names if name.startswith(("clean-", "older-"))} | set(FOUND)
    assert all(f"[{name}.txt]({name}.txt)" in readme for name in names)


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    root = EXAMPLES.parent
    (code,) = re.findall(r"```python\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(root)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert "error wrong-drug" in capsys.readouterr().out
    assert imrlint.check(imrlint.read(EXAMPLES / "slips-2017-drugs.txt")).diagnostics
