"""What identifies a person is found, and no output prints it."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from running import run

import imrlint
from imrlint.authoring.trial import describe_findings
from imrlint.engine import ruleset
from imrlint.engine.findings import Edit, Finding, Fix, Note
from imrlint.engine.messages import mask_quotations, quote
from imrlint.engine.report import MASK, Report
from imrlint.output import Format, Outcome, WriterOptions, make_writer
from imrlint.output.remarks import build_remarks
from imrlint.session.outputs import describe_rules

CLEAN = (Path(__file__).parent / "letters" / "clean.txt").read_text(encoding="utf-8")
SECRETS = {
    "person-name": ("Quillon", "Dr. Quillon saw her."),
    "social-security-number": ("900-12-3456", "Her social security number is 900-12-3456."),
    "phone-number": ("(555) 555-0123", "Call (555) 555-0123."),
    "email-address": ("someone@example.org", "Write to someone@example.org."),
    "postal-address": ("100 North Elm Street", "She lives at 100 North Elm Street."),
    "birth-date": ("02/03/1970", "Her date of birth is 02/03/1970."),
    "record-number": ("WC-4471208", "Her claim number is WC-4471208."),
}


def print_in(form: Format, report: Report, *, excerpts: bool = True) -> str:
    """What a format prints of a report, without the documentation of rules, whose examples have names of their own."""
    rules = {name: about._replace(help="") for name, about in describe_rules(ruleset.installed().rules).items()}
    out = io.StringIO()
    writer = make_writer(
        form, out, WriterOptions("0", datetime(2026, 1, 5, tzinfo=UTC), excerpts=excerpts, rules=lambda: rules)
    )
    writer.write_report(report)
    writer.close(Outcome(letters=1))
    return out.getvalue()


def printed(letter: str, *, excerpts: bool = True) -> tuple[str, list[dict[str, object]]]:
    """What every format prints of a letter, and the lines of one."""
    report = imrlint.check(letter)
    shown = {form: print_in(form, report, excerpts=excerpts) for form in Format}
    return "".join(shown.values()), [json.loads(line) for line in shown[Format.JSONL].splitlines()]


def test_each_secret_is_found_and_blotted_out() -> None:
    for name, (secret, sentence) in SECRETS.items():
        out, rows = printed(CLEAN.replace("She takes naproxen.", sentence))
        assert [row["name"] for row in rows if row["family"] == "privacy"] == [name]
        assert secret not in out, name
        assert MASK in out


def test_no_other_finding_shows_a_secret() -> None:
    """A misspelt word on the same line, and the name itself taken for one."""
    letter = CLEAN.replace("She takes naproxen.", "Dr. Naproxin Quillonn saw hre, and accupuncture was tried.")
    out, rows = printed(letter)
    assert {"person-name", "misspelling"} <= {str(row["name"]) for row in rows}
    assert "Naproxin" not in out
    assert "Quillonn" not in out
    assert "accupuncture" in out


def test_no_message_quotes_a_secret_of_another_place() -> None:
    """Both values stand in a message: here the date of birth is the other one."""
    letter = CLEAN.replace(
        "The injured worker is a 47 year old", "Born 02/03/1970, the injured worker is a 47 year old"
    )
    out, rows = printed(letter)
    assert [row["message"] for row in rows if row["name"] == "mixed-date-format"] == [
        'dates are written in two ways: "…" here, "…" above'
    ]
    assert "02/03/1970" not in out


WRITTEN_BY_NAME = CLEAN.replace(
    "rationale: A few visits", "rationale: Dr. Millbrook writes: The Hawkins sign was negative. A few visits"
)
WORDS_AROUND = '"…" here, "…" in the summary'


@pytest.mark.parametrize("form", Format)
def test_no_format_quotes_a_name_near_a_finding(form: Format) -> None:
    out = print_in(form, imrlint.check(WRITTEN_BY_NAME))
    assert "Millbrook" not in out
    assert "negative here, positive in the summary: " in out.lower()


def test_no_remark_quotes_a_name_near_a_finding() -> None:
    (remark,) = (each for each in build_remarks(imrlint.check(WRITTEN_BY_NAME)) if "Hawkins" in each.text)
    assert WORDS_AROUND in remark.text
    assert "Millbrook" not in remark.text


def test_no_trial_of_a_rule_quotes_a_name_near_a_finding() -> None:
    lines = "\n".join(describe_findings("contradicts-summary", [imrlint.check(WRITTEN_BY_NAME)], {}))
    assert WORDS_AROUND in lines
    assert "Millbrook" not in lines


@pytest.mark.parametrize("words", ["MILLIGAN", "it is 4471208"])
def test_notes_and_fixes_show_no_secret(words: str) -> None:
    """A name in another case, and a number; what else is quoted is shown."""
    secret = "Dr. Milligan had her try accupuncture. Her claim number is WC-4471208."
    report = imrlint.check(CLEAN.replace("She takes naproxen.", secret))
    (found,) = (each for each in report.diagnostics if each.name == "misspelling")
    span = found.finding.span
    bad, good = (Fix(f"write {right}", (Edit(span, right),)) for right in (words, "needles"))
    notes = (Note(span, f'as in "{words}"'), Note(span, 'as in "needles"'))
    finding = Finding(span, "wrong", fix=good, notes=notes, others=(bad, good))
    diagnostic = replace(found, finding=finding)
    assert [report.printable_message(note.message, diagnostic) for note in notes] == ['as in "…"', 'as in "needles"']
    assert report.printable_fixes(diagnostic) == (good, good)
    spoilt = replace(found, finding=replace(finding, fix=bad))
    assert report.printable_fixes(spoilt) == ()
    for form in Format:
        assert words not in print_in(form, replace(report, diagnostics=(spoilt,)))


def test_quoted_words_can_be_masked_whatever_they_are() -> None:
    words = quote('a "positive"\n  Hawkins sign')
    assert words == "\"a 'positive' Hawkins sign\""
    assert mask_quotations(f"{words} here, not there") == '"…" here, not there'


def test_long_words_are_shortened_at_a_space() -> None:
    assert quote("one two three four", 12) == '"one two …"'
    assert quote("one two", 7) == '"one two"'
    assert quote("x" * 100, 12) == f'"{"x" * 10} …"'


def test_a_name_is_blotted_out_wherever_it_occurs() -> None:
    letter = CLEAN.replace("She takes naproxen.", "Dr. Quillon saw hre. John Quillon, he said, had accupuncture.")
    out, _ = printed(letter)
    assert "accupuncture" in out
    assert "Quillon" not in out


def test_secrets_are_blotted_out_when_their_rules_are_off(tmp_path: Path) -> None:
    letter = CLEAN.replace("She takes naproxen.", "Dr. Quillonn had her try accupuncture.")
    for name, text_ in (("a.txt", letter), ("b.txt", letter.replace("CM17-9900001", "CM17-9900002"))):
        (tmp_path / name).write_text(text_, encoding="utf-8")
    for chosen in (["--select", "misspelling"], ["--ignore", "privacy"]):
        done = run("check", *chosen, tmp_path)
        assert "accupuncture" in done.stdout
        assert "Quillonn" not in done.stdout


def test_a_finding_between_letters_shows_no_secret(tmp_path: Path) -> None:
    letter = CLEAN.replace("A supply of sixty tablets goes", "What Dr. Quillon asked for, sixty tablets, goes")
    other = letter.replace("CM17-9900001", "CM17-9900002").replace("03/22/2017", "03/21/2017")
    for name, text_ in (("a.txt", letter), ("b.txt", other)):
        (tmp_path / name).write_text(text_, encoding="utf-8")
    done = run("check", "--select", "batch", tmp_path)
    assert "shared-rationale" in done.stdout
    assert MASK in done.stdout
    assert "Quillon" not in done.stdout


PLANTED = (
    "Quillon", "QUILLON", "McQuillon", "O’Quillon", "D'Quillo", "Quillón", "Quillo\u0301n", "Quillon-Vesper",
    "de la Quilla", "van der Quillen", "St. Quillon", "Quillon III", "Ho", "Young",
)  # fmt: skip
CONTEXTS = (
    "Dr. {name} saw hre, and accupuncture was tried.",
    "Jordan {name}, M.D., saw hre and and left.",
    "Patient Name: Jordan {name}. She saw hre.",
    "Drs. {name} and Vespor saw hre.",
    "Mr. {name}'s brother saw hre. {name} said so so.",
    "{name}, Jordan MD saw hre.",
    "DR. {capitals}, M.D., saw hre.",
    "Dr. {name} writes: The Hawkins sign was negative. {name}’s notes saw hre.",
    "RE: Jordan {name} and the the MRI on 13/13/2017.",
)
NO_PARTS = {"de", "la", "van", "der", "St"}


@pytest.mark.parametrize("name", PLANTED)
def test_no_output_prints_a_part_of_a_planted_name(name: str) -> None:
    parts = set(re.findall(r"[^\W\d_]{2,}", name)) - NO_PARTS
    for context in CONTEXTS:
        words = context.format(name=name, capitals=name.upper())
        for before, after in (("She takes naproxen.", words), ("rationale: A few", f"rationale: {words} A few")):
            report = imrlint.check(CLEAN.replace(before, after))
            assert "person-name" in {d.name for d in report.diagnostics}, words
            out = "".join(print_in(form, report) for form in Format)
            out += "".join(remark.text for remark in build_remarks(report))
            shown = set(re.findall(r"[^\W\d_]{2,}", out))
            assert shown.isdisjoint(parts | {part.upper() for part in parts}), words
            assert not any(piece in out for piece in (name[:4], name[-4:]) if len(piece) == 4), words


def test_blots_keep_every_place() -> None:
    letter = CLEAN.replace("She takes naproxen.", "Dr. Quillon saw her.")
    report = imrlint.check(letter)
    assert len(report.printable.text) == len(letter)
    assert [len(line) for line in report.printable.text.splitlines()] == [len(line) for line in letter.splitlines()]


def test_without_excerpts_nothing_of_the_letter_is_printed_either() -> None:
    out, _ = printed(CLEAN.replace("She takes naproxen.", "Dr. Quillon saw her."), excerpts=False)
    assert "Quillon" not in out


SPECIALTY = CLEAN.replace("Rehabilitation, Pain Management", "Rehabilitation of Dr. Quillon").replace(
    "She takes naproxen.", "Dr. Quillon saw her."
)


def test_the_page_shows_no_name_in_the_specialty_of_the_reviewer() -> None:
    out = print_in(Format.HTML, imrlint.check(SPECIALTY))
    assert 'data-specialty="Physical Medicine' in out
    assert "Quillon" not in out


def test_without_excerpts_the_page_has_no_specialty() -> None:
    out = print_in(Format.HTML, imrlint.check(SPECIALTY), excerpts=False)
    assert 'data-specialty=""' in out
    assert "Physical Medicine" not in out
    assert "specialty of the reviewer" not in out
    assert '<select name="specialty">' not in out


def test_a_letter_without_secrets_is_shown_as_it_is() -> None:
    report = imrlint.check(CLEAN)
    assert report.printable is report.source


def test_the_real_letters_hold_one_identifier(real_letters: dict[str, str]) -> None:
    """They were redacted before they were posted; a date of birth was left in one."""
    names = [
        d.name for letter in real_letters.values() for d in imrlint.check(letter).diagnostics if d.family == "privacy"
    ]
    assert names == ["birth-date"]
