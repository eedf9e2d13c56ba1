"""Fixes: made once and for all, without touching a fact, an encoding or a line end."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
import typeset
from conftest import REAL
from running import EXAMPLES, SLIPS, run, some

from imrlint import parser, source
from imrlint.desk import fixing
from imrlint.document.letter import Letter
from imrlint.document.text import Source, Span
from imrlint.engine.facts import Facts, collect_facts
from imrlint.engine.findings import Category, Edit, Finding, Fix, Importance, Safety, Severity
from imrlint.engine.fixes import all_fixes, safe_fixes
from imrlint.engine.linter import ActiveRule
from imrlint.engine.rule import Rule
from imrlint.reading import Reading
from imrlint.settings.config import Config
from imrlint.source import word

CHARGES = Config().active_rules()


def facts_of(text: str) -> Facts:
    return collect_facts(parser.parse(Source(text)))


def check_settled(content: bytes, name: str, choice: fixing.FixChoice) -> None:
    """A second run changes nothing, and every fact stands."""
    once = fixing.fix_letter(content, name, CHARGES, choice)
    twice = fixing.fix_letter(once.content, name, CHARGES, choice)
    assert (twice.content, twice.made) == (once.content, ())
    before = collect_facts(parser.parse(source.decode(content, name)))
    assert before.preserved_in(collect_facts(once.letter))
    if choice is safe_fixes:  # a misspelt word on which a meaning turns becomes readable, and nothing else
        after = collect_facts(once.letter)
        assert {kind: before.values[kind] for kind in before.values if kind != "words"} == {
            kind: after.values[kind] for kind in after.values if kind != "words"
        }


@pytest.mark.parametrize("choice", [safe_fixes, all_fixes])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_second_run_changes_nothing(path: Path, choice: fixing.FixChoice) -> None:
    check_settled(path.read_bytes(), path.name, choice)


@pytest.mark.parametrize("choice", [safe_fixes, all_fixes])
@pytest.mark.parametrize("path", some(EXAMPLES), ids=lambda path: path.stem)
def test_a_second_run_over_a_word_file_changes_nothing(path: Path, choice: fixing.FixChoice) -> None:
    check_settled(typeset.word_by_hand(path.read_text(encoding="utf-8")), "letter.docx", choice)


@pytest.mark.slow
@pytest.mark.parametrize("choice", [safe_fixes, all_fixes])
def test_a_second_run_over_real_letters_changes_nothing(choice: fixing.FixChoice) -> None:
    paths = sorted(REAL.glob("*/*.txt"))
    if not paths:
        pytest.skip("no folder of real letters at hand")
    for path in paths:
        check_settled(path.read_bytes(), path.name, choice)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_and_line_ends_are_kept(encoding: str, end: str) -> None:
    mark = "\ufeff" if encoding.startswith(("utf-16", "utf-32")) else ""
    text = SLIPS.read_text(encoding="utf-8").replace("\n", end) + f"The worker’s knee: 90°.{end}"
    done = fixing.fix_letter((mark + text).encode(encoding), "letter.txt", CHARGES)
    assert done.content == (mark + text.replace("radiculopthy", "radiculopathy")).encode(encoding)


def test_markdown_keeps_its_marks() -> None:
    text = SLIPS.read_text(encoding="utf-8").replace("left L5 radiculopthy", "**left L5 radiculopthy**")
    done = fixing.fix_letter(text.encode(), "letter.md", CHARGES)
    assert done.content.decode() == text.replace("radiculopthy", "radiculopathy")


def test_marks_of_markdown_within_a_word_stay() -> None:
    text = SLIPS.read_text(encoding="utf-8").replace("left L5 radiculopthy", "left L5 **radicul**opthy")
    done = fixing.fix_letter(text.encode(), "letter.md", CHARGES)
    assert "left L5 **radicul**opathy" in done.content.decode()
    torn = text.replace("**radicul**opthy", "radiculop**t**hy")
    assert fixing.fix_letter(torn.encode(), "letter.md", CHARGES).content.decode().count("**") == 2


def test_a_word_file_is_fixed_in_place() -> None:
    content = typeset.word_by_hand(SLIPS.read_text(encoding="utf-8"))
    done = fixing.fix_letter(content, "letter.docx", CHARGES, all_fixes)
    before, after = (docx.Document(io.BytesIO(each)) for each in (content, done.content))
    assert word.open_word(done.content).text == done.letter.source.text
    assert "lumbar spine on 8-2-16" in " ".join(done.letter.source.text.split())
    assert len(before.paragraphs) == len(after.paragraphs)
    changed = sum(
        [(run.text, run.bold, run.italic) for run in one.runs] != [(run.text, run.bold, run.italic) for run in two.runs]
        for one, two in zip(before.paragraphs, after.paragraphs, strict=True)
    )
    assert changed == 2  # the summary and one rationale


class Sabotage(Rule):
    """Wants a fact changed."""

    code = "TST001"
    category = Category.SUSPECT
    importance = Importance.MEDIUM
    safety = Safety.SAFE

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for old, new in (("Upheld", "Overturned"), ("pain", "ache")):
            start = letter.source.text.find(old)
            if start >= 0:
                span = Span(start, start + len(old))
                yield Finding(span, "to be changed", fix=Fix("write", (Edit(span, new),), self.safety))


class Restless(Sabotage):
    """Undoes its own fix."""

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        text = letter.source.text
        old, new = ("knee", "KNEE") if "knee" in text else ("KNEE", "knee")
        span = Span(text.index(old), text.index(old) + 4)
        yield Finding(span, "to be changed", fix=Fix("write", (Edit(span, new),), self.safety))


def test_a_fix_that_would_change_a_fact_is_left_out() -> None:
    text = SLIPS.read_text(encoding="utf-8").replace("pain", "PAIN").replace("PAIN", "pain", 1)
    done = fixing.fix_letter(text.encode(), "letter.txt", [ActiveRule(Sabotage(), Severity.WARNING)])
    assert done.content.decode() == text.replace("pain", "ache")
    assert [skipped.reason for skipped in done.skipped] == ["it would change what the letter says"]
    assert len(done.made) == 1


def test_fixes_that_undo_each_other_end() -> None:
    text = SLIPS.read_text(encoding="utf-8")
    done = fixing.fix_letter(text.encode(), "letter.txt", [ActiveRule(Restless(), Severity.WARNING)])
    assert len(done.made) <= fixing.MAX_ROUNDS
    assert done.content.decode().lower() == text.lower()


def test_a_fact_that_could_not_be_read_may_become_readable_and_no_other_may_change() -> None:
    text = SLIPS.read_text(encoding="utf-8")
    unread = text.replace("Meloxicam 15mg tablets: Upheld", "Meloxicam 15mg tablets: Uphled")
    assert facts_of(unread).preserved_in(facts_of(text))
    assert not facts_of(text).preserved_in(facts_of(unread))
    for old, new in (("06/14/2016", "06/15/2016"), ("#90, 1 tablet", "#91, 1 tablet"), ("15mg", "25mg")):
        assert old in text
        assert not facts_of(text).preserved_in(facts_of(text.replace(old, new)))


# ---- As users meet it


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The slips as text, Word, PDF and RTF."""
    text = SLIPS.read_text(encoding="utf-8")
    shutil.copy(SLIPS, tmp_path / "letter.txt")
    (tmp_path / "letter.docx").write_bytes(typeset.word_by_hand(text))
    (tmp_path / "letter.pdf").write_bytes(typeset.pdf(typeset.paged(text)))
    (tmp_path / "letter.rtf").write_bytes(typeset.rtf(text))
    return tmp_path


def test_fix_writes_the_files_that_can_be_changed(folder: Path) -> None:
    untouched = {name: (folder / name).read_bytes() for name in ("letter.pdf", "letter.rtf")}
    done = run("check", "--fix", ".", cwd=folder)
    assert done.returncode == 1
    assert done.stderr.splitlines()[:2] == [
        "imrlint: letter.pdf: not fixed: a PDF file cannot be changed; correct the draft it was made from",
        "imrlint: letter.rtf: not fixed: an RTF file cannot be changed; correct the draft it was made from",
    ]
    assert done.stderr.splitlines()[2].startswith("4 letters checked: 2 fixed, left: ")
    assert "radiculopathy" in (folder / "letter.txt").read_text(encoding="utf-8")
    assert "radiculopathy" in word.open_word((folder / "letter.docx").read_bytes()).text
    assert {name: (folder / name).read_bytes() for name in untouched} == untouched
    assert "fixed, left" not in run("check", "--fix", ".", cwd=folder).stderr


def test_suggested_fixes_are_made_when_asked_for(folder: Path) -> None:
    run("check", "--fix", "--suggested", "letter.txt", cwd=folder)
    text = (folder / "letter.txt").read_text(encoding="utf-8")
    assert "lumbar spine on 8-2-16" in text
    assert "With diclofenac gel" in text


def test_tracked_changes_are_written_to_word_alone(folder: Path) -> None:
    done = run("check", "--fix", "--track", "letter.docx", "letter.txt", cwd=folder)
    assert "letter.txt: not fixed: only Word files can have tracked changes" in done.stderr
    assert (folder / "letter.txt").read_bytes() == SLIPS.read_bytes()
    content = (folder / "letter.docx").read_bytes()
    body = docx.Document(io.BytesIO(content)).element.body
    assert [mark.getparent().tag.rpartition("}")[2] for mark in body.xpath(".//w:ins[@w:author='imrlint']")] == ["p"]
    assert "radiculopathy" in word.open_word(content).text
    run("check", "--fix", "--track", "letter.docx", cwd=folder)
    assert (folder / "letter.docx").read_bytes() == content


def test_diff_shows_and_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    done = run("check", "--diff", "letter.txt", "letter.docx", cwd=folder)
    assert done.returncode == 1
    assert "letter.txt:27\n- low back pain, left L5 radiculopthy," in done.stdout
    assert done.stdout.count("\n- low back pain, left L5 radiculopthy,") == 2
    assert done.stdout.count("\n+ low back pain, left L5 radiculopathy,") == 2
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    clean = run("check", "--diff", EXAMPLES[0])
    assert (clean.returncode, clean.stdout) == (0, "")
    assert "radiculopathy" in run("check", "--diff", "-", given=SLIPS.read_text(encoding="utf-8")).stdout


def test_a_diff_of_a_long_paragraph_shows_the_words_around_those_that_change(tmp_path: Path) -> None:
    parts = SLIPS.read_text(encoding="utf-8").split("\n\n")
    parts = [part.replace("\n", " ") if "radiculopthy" in part else part for part in parts]
    (tmp_path / "letter.docx").write_bytes(typeset.word("\n\n".join(parts)))
    done = run("check", "--diff", "letter.docx", cwd=tmp_path)
    heading, old, marks, new, new_marks, empty = done.stdout.splitlines()
    assert heading.startswith("letter.docx, paragraph ")
    assert (old[:3], new[:3], empty) == ("- …", "+ …", "")
    assert max(map(len, done.stdout.splitlines())) < 120
    assert [old[marks.index("^") : marks.rindex("^") + 1]] == ["radiculopthy"]
    assert [new[new_marks.index("^") : new_marks.rindex("^") + 1]] == ["radiculopathy"]


def test_a_diff_blots_out_what_identifies_a_person() -> None:
    text = SLIPS.read_text(encoding="utf-8").replace("left L5 radiculopthy", "SSN 219-09-9999, radiculopthy")
    for options in ([], ["--select", "misspelling", "--suggested"]):  # the second leaves nothing to find
        done = run("check", "--diff", "-", *options, given=text)
        assert "radiculopathy" in done.stdout
        assert "219-09" not in done.stdout


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--suggested"], "--suggested needs --fix or --diff"),
        (["--track"], "--track needs --fix or --interactive"),
        (["--backup"], "--backup needs --fix or --interactive"),
        (["--show-fixes", "--diff"], "--show-fixes needs --fix or --interactive"),
        (["--show-fixes", "--fix", "--output-format", "json"], "--show-fixes needs the format text or concise"),
        (
            ["--show-fixes", "--fix", "--no-excerpts"],
            "--show-fixes shows words of the letters, which --no-excerpts forbids",
        ),
        (
            ["--level", "error", "--fix"],
            "--level and --importance select findings, and cannot be used with --fix or --diff",
        ),
        (["--diff", "--no-excerpts"], "--diff shows words of the letters, which --no-excerpts forbids"),
        (["--encoding", "latin-99"], 'no encoding is called "latin-99"'),
        (["--encoding", "base64"], 'no encoding is called "base64"'),
    ],
)
def test_options_that_do_not_go_together(options: list[str], why: str) -> None:
    done = run("check", SLIPS, *options)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"imrlint: {why}\n")


def test_what_was_fixed_is_listed(folder: Path) -> None:
    done = run("check", "--fix", "--suggested", "--show-fixes", "letter.txt", cwd=folder)
    listed = [line for line in done.stdout.splitlines() if ": fixed: " in line]
    assert 'letter.txt:27: fixed: "radiculopthy" → "radiculopathy" [misspelling]' in listed
    assert len(listed) == 4
    assert f"{len(listed)} fixed" in done.stderr
    in_word = run("check", "--fix", "--show-fixes", "letter.docx", cwd=folder)
    assert '"radiculopthy" → "radiculopathy" [misspelling]' in in_word.stdout.splitlines()[0]
    assert in_word.stdout.startswith("letter.docx, paragraph ")


def test_a_list_of_fixes_blots_out_what_identifies_a_person(folder: Path) -> None:
    path = folder / "letter.txt"
    text = SLIPS.read_text(encoding="utf-8").replace("left L5 radiculopthy", "left L5 219-09-9999/radiculopthy")
    path.write_text(text, encoding="utf-8")
    done = run("check", "--fix", "--show-fixes", "letter.txt", cwd=folder)
    assert "radiculopathy" in path.read_text(encoding="utf-8")
    assert "219-09" not in done.stdout
    assert '"radiculopthy" → "radiculopathy"' in done.stdout


def test_a_backup_keeps_what_was_there_and_is_never_replaced(folder: Path) -> None:
    before = {name: (folder / name).read_bytes() for name in ("letter.txt", "letter.docx")}
    (folder / "letter.txt").chmod(0o640)
    (folder / "letter.docx.bak").write_bytes(b"mine")
    done = run("check", "--fix", "--backup", ".", cwd=folder)
    assert "imrlint: letter.txt: what it was before is in letter.txt.bak" in done.stderr
    assert (folder / "letter.txt.bak").read_bytes() == before["letter.txt"]
    assert (folder / "letter.txt.bak").stat().st_mode & 0o777 == 0o640
    assert (folder / "letter.docx.bak").read_bytes() == b"mine"
    assert (folder / "letter.docx.2.bak").read_bytes() == before["letter.docx"]
    assert len(list(folder.glob("*.bak"))) == 3  # of what cannot be changed there is none
    run("check", "--fix", "--backup", ".", cwd=folder)
    assert len(list(folder.glob("*.bak"))) == 3


def test_there_is_no_backup_of_a_letter_that_could_not_be_written(folder: Path) -> None:
    (folder / ".~lock.letter.txt#").touch()
    done = run("check", "--fix", "--backup", "letter.txt", cwd=folder)
    assert done.returncode == 2
    assert list(folder.glob("*.bak")) == []


def test_what_is_waived_is_not_fixed(folder: Path) -> None:
    found = run("check", "--select", "misspelling", "--output-format", "jsonl", "letter.txt", cwd=folder).stdout
    mark = next(d["fingerprint"] for d in map(json.loads, found.splitlines()) if d["excerpt"] == "radiculopthy")
    assert run("waive", mark, "--reason", "sic", "--by", "J. Doe", cwd=folder).returncode == 0
    run("check", "--fix", "letter.txt", cwd=folder)
    assert "radiculopthy" in (folder / "letter.txt").read_text(encoding="utf-8")
    run("check", "--fix", "--no-waivers", "letter.txt", cwd=folder)
    assert "radiculopthy" not in (folder / "letter.txt").read_text(encoding="utf-8")


def test_standard_input_is_not_changed() -> None:
    done = run("check", "--fix", "-", given=SLIPS.read_text(encoding="utf-8"))
    assert done.returncode == 2
    assert "standard input cannot be changed; --diff shows the fixes" in done.stderr


def test_a_letter_that_is_open_in_word_or_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    from imrlint import revision

    path = tmp_path / "letter.docx"
    path.write_bytes(b"as it was")
    with pytest.raises(source.Unreadable, match="has been changed since it was read"):
        revision.write_file(path, b"new", b"something else")
    for lock in ("~$tter.docx", "~$etter.docx", "~$letter.docx", ".~lock.letter.docx#"):
        (tmp_path / lock).touch()
        with pytest.raises(source.Unreadable, match="open in Word or LibreOffice"):
            revision.write_file(path, b"new", b"as it was")
        (tmp_path / lock).unlink()
    assert path.read_bytes() == b"as it was"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".imrlint")] == []


def test_a_letter_that_is_read_only_is_checked_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    shutil.copy(SLIPS, path)
    path.chmod(0o444)
    done = run("check", "--fix", path)
    assert done.returncode == 2
    assert f"imrlint: {path}: not changed: the file is read-only\n" in done.stderr
    assert "[misspelling]" in done.stdout
    assert path.read_bytes() == SLIPS.read_bytes()


def test_a_link_is_followed_and_permissions_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    shutil.copy(SLIPS, real)
    real.chmod(0o640)
    link.symlink_to(real)
    run("check", "--fix", link)
    assert link.is_symlink()
    assert "radiculopathy" in real.read_text(encoding="utf-8")
    assert real.stat().st_mode & 0o777 == 0o640


def test_nothing_is_written_where_nothing_is_fixed(tmp_path: Path) -> None:
    path = tmp_path / "clean.docx"
    path.write_bytes(typeset.word(EXAMPLES[0].read_text(encoding="utf-8")))
    before = path.stat()
    run("check", "--fix", "--suggested", path)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("The knee is now stable.", "The knee is not stable."),
        ("The knee is unstable.", "The knee is stable."),
        ("She has hypertension.", "She has hypotension."),
        ("She takes naproxen daily.", "She takes tramadol daily."),
    ],
)
def test_a_change_of_status_of_an_opposite_or_of_a_drug_changes_a_fact(said: str, written: str, clean: str) -> None:
    before, after = (facts_of(clean.replace("She takes naproxen.", text)) for text in (said, written))
    assert not before.preserved_in(after)


def test_deleting_a_repetition_changes_no_fact(clean: str) -> None:
    twice = clean.replace("She takes naproxen.", "The right knee right knee is is not not stable.")
    once = clean.replace("She takes naproxen.", "The right knee is not stable.")
    assert facts_of(twice).preserved_in(facts_of(once))
