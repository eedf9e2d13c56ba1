"""What other programs read: each format against its schema, with nothing printed that must not be."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typeset
from lxml import etree
from running import EXAMPLES, SLIPS, run

import imrlint
from imrlint.document.text import Source
from imrlint.engine import ruleset
from imrlint.engine.findings import Severity
from imrlint.engine.report import Accepted, Report
from imrlint.output import Format, Outcome, RuleText, UncheckedFile, WriterOptions, make_writer, sarif
from imrlint.session.outputs import CannotWrite, Outputs, Target, describe_rules

DATA = Path(__file__).parent / "data"
SCHEMA = Path(str(imrlint.__file__)).parent / "output" / "report.schema.json"
CLEAN = next(path for path in EXAMPLES if path.stem == "clean-2017-shoulder")
WHEN = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


@cache
def reports() -> list[Report]:
    """A clean letter, one with slips, the same from Word and PDF, one of which a finding was accepted."""
    text = SLIPS.read_text(encoding="utf-8")
    slips = imrlint.check(Source(text, "letters/slips, part 1.txt"))
    pages, paragraphs = tuple(m.start() for m in re.finditer(r"\A|\f", text)), (0, 500, 1500)
    first = slips.diagnostics[0]
    return [
        imrlint.check(Source(CLEAN.read_text(encoding="utf-8"), "letters/clean.txt")),
        slips,
        imrlint.check(Source(text, "letters/draft.docx", paragraphs=paragraphs)),
        imrlint.check(Source(text, "letters/ä%20.pdf", pages=pages)),
        replace(slips, diagnostics=slips.diagnostics[1:], accepted=(Accepted(first, "as dictated (A. Writer)"),)),
    ]


def about_rules() -> Mapping[str, RuleText]:
    return describe_rules(ruleset.installed().rules)


def written(form: Format, given: list[Report], **setting: Any) -> str:
    out = io.StringIO()
    made = make_writer(form, out, WriterOptions("1.2.3", WHEN, rules=about_rules, **setting))
    outcome = Outcome(letters=len(given), unchecked=[UncheckedFile("bad.docx", "damaged & locked")])
    for report in given:
        made.write_report(report)
        outcome.counts.update(diagnostic.severity for diagnostic in report.diagnostics)
    made.close(outcome)
    return out.getvalue()


def test_json_follows_its_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(written(Format.JSON, reports()))
    jsonschema.validate(document, schema)
    assert sum(document["counts"].values()) == len(document["findings"])
    assert [entry["accepted"] for entry in document["accepted"]] == ["as dictated (A. Writer)"]
    jsonschema.validate(json.loads(written(Format.JSON, [])), schema)
    document["findings"][0]["severity"] = "bad"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


def test_lines_of_json_are_the_findings_of_the_document() -> None:
    rows = [json.loads(line) for line in written(Format.JSONL, reports()).splitlines()]
    assert rows == json.loads(written(Format.JSON, reports()))["findings"]


@pytest.mark.parametrize("mark", "\v\f\x1c\x1d\x1e\x85\u2028\u2029")
def test_a_finding_is_one_line_of_json_for_every_reader(mark: str) -> None:
    letter = Path(__file__).parent / "letters" / "clean.txt"
    text = letter.read_text(encoding="utf-8").replace("She takes naproxen.", f"She takes the{mark}the naproxen.")
    report = imrlint.check(Source(text, f"letters/a{mark}b.txt"))
    (row,) = [json.loads(line) for line in written(Format.JSONL, [report]).splitlines() if "doubled-word" in line]
    assert mark in row["path"]
    assert mark in text[row["start"] : row["end"]]


def test_sarif_follows_its_schema() -> None:
    schema = json.loads((DATA / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    log = json.loads(written(Format.SARIF, reports()))
    jsonschema.validate(log, schema)
    (ran,) = log["runs"]
    rules = ran["tool"]["driver"]["rules"]
    by_name = {rule.name(): rule for rule in ruleset.installed().rules}
    for result in ran["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert by_name[rule["id"]].summary() == rule["shortDescription"]["text"]
        assert "```toml" in rule["help"]["markdown"]
    slips = [
        r for r in ran["results"] if r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("1.txt")
    ]
    assert {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in slips} == {
        "letters/slips%2C%20part%201.txt"
    }
    misspelt = next(r for r in slips if r["ruleId"] == "misspelling")
    ((change,),) = [fix["artifactChanges"] for fix in misspelt["fixes"]]
    assert change["replacements"][0]["insertedContent"] == {"text": "radiculopathy"}
    assert [r["suppressions"][0]["justification"] for r in ran["results"] if "suppressions" in r] == [
        "as dictated (A. Writer)"
    ]
    assert any("relatedLocations" in r for r in ran["results"])
    assert {r["properties"]["importance"] for r in ran["results"]} == {"high", "medium"}
    by_rank = sorted(ran["results"], key=lambda r: -r["rank"])
    levels = [r["properties"]["importance"] for r in by_rank]
    assert levels == sorted(levels, key=("high", "medium", "low").index)
    assert all(0 < r["properties"]["confidence"] < 1 for r in ran["results"])
    for result in ran["results"]:
        if "page" in result["properties"] or "paragraph" in result["properties"]:
            assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
            assert "fixes" not in result
    (invocation,) = ran["invocations"]
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "bad.docx: damaged & locked"


def test_sarif_keeps_to_what_github_shows_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sarif.MOST == 5_000
    monkeypatch.setattr(sarif, "MOST", 500)
    slips = reports()[1]
    out = io.StringIO()
    made = make_writer(Format.SARIF, out, WriterOptions("1.2.3", WHEN, rules=about_rules))
    times = 3 * sarif.MOST // len(slips.diagnostics)
    for _ in range(times):
        made.write_report(slips)
    every = times * len(slips.diagnostics)
    said = made.close(Outcome(letters=times))
    (ran,) = json.loads(out.getvalue())["runs"]
    assert len(ran["results"]) == sarif.MOST
    assert said == f"{every - sarif.MOST:,} of the least severe findings were left out: GitHub shows only 500"
    assert ran["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == said
    levels = {result["level"] for result in ran["results"]}
    errors = sum(d.severity is Severity.ERROR for d in slips.diagnostics) * times
    assert sum(result["level"] == "error" for result in ran["results"]) == min(errors, sarif.MOST)
    assert "note" not in levels


def test_junit_follows_its_schema() -> None:
    schema = etree.XMLSchema(etree.parse(DATA / "junit-10.xsd"))
    document = etree.fromstring(written(Format.JUNIT, reports()).encode())
    schema.assertValid(document)
    for suite in document:
        counted = [len(suite), len(suite.findall("testcase/failure")), len(suite.findall("testcase/error"))]
        assert [suite.get("tests"), suite.get("failures"), suite.get("errors")] == list(map(str, counted))
    assert document[0][0].get("name") == "letter"
    assert document[-1].get("name") == "bad.docx"
    notes = [case for case in document.iter("testcase") if case.find("system-out") is not None]
    assert all("note: " in case.findtext("system-out") for case in notes)
    assert notes
    strict = etree.fromstring(written(Format.JUNIT, reports(), fail_on=lambda _: Severity.NOTE).encode())
    assert not strict.findall(".//system-out")


def test_gitlab_has_a_fingerprint_for_each_finding() -> None:
    entries = json.loads(written(Format.GITLAB, reports()))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) > 30
    for entry in entries:
        assert set(entry) == {
            "description", "check_name", "fingerprint", "severity", "location", "other_locations", "importance",
            "confidence",
        }  # fmt: skip
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1
    assert json.loads(written(Format.GITLAB, [])) == []


def test_github_escapes_what_would_end_a_command() -> None:
    lines = written(Format.GITHUB, reports()).splitlines()
    pattern = re.compile(
        r"::(error|warning|notice) file=([^:,]+),(?:line=\d+,col=\d+,endLine=\d+,endColumn=\d+,)?"
        r"title=[\w-]+ \((?:high|medium|low) importance%2C confidence [01]\.\d\d\)::.+"
    )
    assert all(pattern.fullmatch(line) for line in lines)
    files = {match[2] for line in lines if (match := pattern.fullmatch(line))}
    assert files == {"letters/slips%2C part 1.txt", "letters/draft.docx", "letters/ä%2520.pdf"}
    assert any("::paragraph 3: " in line for line in lines)


def test_a_spreadsheet_takes_no_cell_for_a_formula() -> None:
    report = imrlint.check(Source(SLIPS.read_text(encoding="utf-8"), "=cmd.txt"))
    out = written(Format.CSV, [report, *reports()])
    assert out.startswith("\ufeffpath,")  # by which Excel recognises UTF-8
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert all(not (value or "").startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    assert {row["page"] for row in rows if row["path"].endswith(".pdf")} <= {"1", "2", "3"}
    assert rows[0]["path"] == "'=cmd.txt"
    assert "'1-30-17" in {row["excerpt"] for row in rows}  # a spreadsheet would write this date in another form
    bell = SLIPS.read_text(encoding="utf-8").replace("radiculopthy", "radi\x07culopthy")
    assert "\x07" not in written(Format.CSV, [imrlint.check(bell)])


MACHINES = [form for form in Format if form not in (Format.TEXT, Format.CONCISE)]


@pytest.mark.parametrize("form", MACHINES)
def test_every_format_of_machines_has_importance_confidence_and_both_values(form: Format) -> None:
    """A date on the cover and another in the text: each format has both dates, how sure and how bad."""
    text = CLEAN.read_text(encoding="utf-8")
    (cover,) = re.findall(r"Date of Injury:\s+(\S+)", text)
    day = f"{cover[:-1]}{'1' if cover[-1] != '1' else '2'}"
    report = imrlint.check(
        text.replace("The injured worker is", f"The date of injury is {day}. The injured worker is", 1)
    )
    (found,) = (each for each in report.diagnostics if each.name == "injury-date-mismatch")
    only = replace(report, diagnostics=(replace(found, finding=replace(found.finding, message="the two differ")),))
    assert only.source[found.finding.span] == day
    out = written(form, [only], excerpts=True)
    if form is Format.HTML:
        out = out[: out.index("<pre class")]
    for said in ("high", "0.95", cover):
        assert said in out, said
    if form not in (Format.JUNIT, Format.GITHUB, Format.GITLAB, Format.SARIF):  # their messages have the words
        assert day in out


@pytest.mark.parametrize("form", Format)
def test_without_excerpts_no_format_holds_words_of_the_letter(form: Format) -> None:
    out = written(form, reports(), excerpts=False)
    if form is Format.SARIF:  # the help of its rules has words of its own
        log = json.loads(out)
        log["runs"][0]["tool"] = {}
        out = json.dumps(log)
    if form is Format.HTML:
        out = out.partition('<section aria-labelledby="rules"')[0]
    for words in ("radiculopthy", "parathesias", "lumber", "radiculopathy", "02/09/2017"):
        assert words not in out, words


# ---- As users meet it


def test_several_files_are_written_at_once(tmp_path: Path) -> None:
    targets = [f"--output={form.value}={tmp_path / form.value}" for form in Format]
    done = run("check", SLIPS, CLEAN, *targets, "--output-format", "concise")
    assert done.returncode == 1
    assert {path.name for path in tmp_path.iterdir()} == {form.value for form in Format}
    assert done.stdout == (tmp_path / "concise").read_text(encoding="utf-8")
    assert len((tmp_path / "jsonl").read_text(encoding="utf-8").splitlines()) == len(done.stdout.splitlines())


def test_a_file_that_cannot_be_written_is_named_before_any_letter_is_read(tmp_path: Path) -> None:
    done = run(
        "check", SLIPS, "--output", f"json={tmp_path / 'none' / 'a.json'}", "--output", f"csv={tmp_path / 'b.csv'}"
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"imrlint: {tmp_path / 'none' / 'a.json'}: cannot be written: No such file or directory\n"
    assert list(tmp_path.iterdir()) == []


def test_a_report_never_takes_the_place_of_what_is_read(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(SLIPS.read_bytes())
    (tmp_path / "imrlint.toml").write_text("", encoding="utf-8")
    for name in ("letter.txt", "./letter.txt", "imrlint.toml", "imrlint-waivers.toml"):
        done = run("check", ".", "--output", f"csv={name}", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "not written: it is one of the input files" in done.stderr
    assert letter.read_bytes() == SLIPS.read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux")
def test_a_file_name_that_is_no_text_stops_nothing(tmp_path: Path) -> None:
    import os

    (tmp_path / os.fsdecode(b"bad\xff.txt")).write_bytes(SLIPS.read_bytes())
    targets = [f"--output={form.value}={form.value}.out" for form in Format]
    done = run("check", ".", *targets, cwd=tmp_path)
    assert done.returncode == 1
    assert len(list(tmp_path.glob("*.out"))) == len(Format)


def test_a_run_that_breaks_off_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("as it was", encoding="utf-8")
    made = Outputs(io.StringIO(), None, [Target(Format.JSON, path)], WriterOptions("1", WHEN))
    made.write_report(reports()[1])
    made.discard_unfinished()
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]
    assert path.read_text(encoding="utf-8") == "as it was"
    with pytest.raises(CannotWrite):
        Outputs(io.StringIO(), None, [Target(Format.JSON, tmp_path / "no" / "a.json")], WriterOptions("1", WHEN))


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("sarif", '--output is "sarif"; it must be FORMAT=FILE'),
        ("pdf=x", '--output is "pdf=x"; it must be FORMAT=FILE'),
        ("json=", '--output is "json="; it must be FORMAT=FILE'),
    ],
)
def test_an_output_that_is_none(entry: str, why: str) -> None:
    done = run("check", SLIPS, "--output", entry)
    assert done.returncode == 2
    assert why in done.stderr


def test_statistics_count_by_rule_and_level() -> None:
    done = run("check", *EXAMPLES, "--statistics")
    rows = [line.split() for line in done.stdout.splitlines()]
    every = run("check", *EXAMPLES, "--output-format", "concise").stdout.splitlines()
    assert sum(int(times) for times, _, _ in rows) == len(every)
    assert [int(times) for times, _, _ in rows] == sorted((int(times) for times, _, _ in rows), reverse=True)
    assert ["3", "note", "guideline-mismatch"] in rows


def test_word_and_pdf_are_told_by_paragraph_and_page(tmp_path: Path) -> None:
    draft = tmp_path / "draft.docx"
    draft.write_bytes(typeset.word(SLIPS.read_text(encoding="utf-8")))
    assert f"{draft}, paragraph 5: warning: " in run("check", draft, "--output-format", "concise").stdout
    numbers = re.findall(r"^ *(\d+) \|", run("check", draft).stdout, re.MULTILINE)
    assert not numbers  # those of lines, which a Word file does not have
    assert re.search(r"^ *45 \| ", run("check", SLIPS).stdout, re.MULTILINE)


def test_only_what_is_important_is_written_and_counts(tmp_path: Path) -> None:
    counted = {}
    for level in ("low", "medium", "high"):
        done = run("check", *EXAMPLES, "--importance", level, "--output-format", "jsonl")
        found = [json.loads(line)["importance"] for line in done.stdout.splitlines()]
        counted[level] = len(found)
        assert level in found
        assert all(("low", "medium", "high").index(each) >= ("low", "medium", "high").index(level) for each in found)
    assert counted["low"] > counted["medium"] > counted["high"]
    letter = tmp_path / "letter.txt"
    letter.write_text(
        CLEAN.read_text(encoding="utf-8").replace("The injured worker", "The injured wroker", 1), encoding="utf-8"
    )
    assert run("check", letter).returncode == 1
    done = run("check", letter, "--importance", "high")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "1 letter checked: nothing to report\n")
    assert run("check", letter, "--importance", "high", "--fix").returncode == 2


def test_the_page_shows_what_is_important_first() -> None:
    out = written(Format.HTML, reports())
    levels = re.findall(r'<tr class="\w+" data-severity="\w+" data-importance="(\w+)"', out)
    assert len(set(levels)) > 1
    assert levels == sorted(levels, key=("high", "medium", "low").index)
    assert out.count('<select name="importance">') == 1


def test_what_identifies_a_person_is_in_no_other_place() -> None:
    text = CLEAN.read_text(encoding="utf-8")
    (cover,) = re.findall(r"Date of Injury:\s+(\S+)", text)
    report = imrlint.check(text.replace("The injured worker is", "Injured on 07/19/2016, the worker is", 1))
    (found,) = (each for each in report.diagnostics if each.name == "injury-date-mismatch")
    (place,) = (note.span for note in found.finding.notes)
    assert report.source[place] == cover
    hidden = replace(report, diagnostics=(found,), secrets=(place,))
    for form in Format:
        assert cover in written(form, [replace(hidden, secrets=())]) or form is Format.CONCISE
        assert cover not in written(form, [hidden]), form
