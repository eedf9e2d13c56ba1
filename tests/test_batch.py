"""Letters of one run are held against one another; what is found stands in the later one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import run

from imrlint import parser
from imrlint.document.text import Source, Span
from imrlint.engine import clues, ruleset
from imrlint.engine.batch import Batch, BatchLetter, LetterFindings, gather_clues
from imrlint.engine.clues import ClueStore
from imrlint.engine.findings import Finding
from imrlint.engine.rule import BatchFinding, Clue
from imrlint.output import Format
from imrlint.reading import Reading
from imrlint.session.options import RunOptions
from imrlint.session.run import check_letters
from imrlint.settings.config import Config

CLEAN = (Path(__file__).parent / "letters" / "clean.txt").read_text(encoding="utf-8")


def found_in(folder: Path) -> list[dict[str, object]]:
    done = run("check", "--select", "batch", "--output-format", "jsonl", folder)
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_letter_alone_has_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    assert found_in(tmp_path) == []


def test_a_letter_that_is_named_twice_is_checked_once(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = RunOptions(paths=(str(two / "b.txt"), str(two), f"{two}/*.txt"), select=("misspelling",))
    assert check_letters(options) == 0
    assert capsys.readouterr().err == "2 letters checked: nothing to report\n"


def test_a_copy_is_no_error(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(CLEAN, encoding="utf-8")
    assert found_in(tmp_path) == []


def test_a_case_number_that_stands_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(CLEAN.replace("naproxen", "ibuprofen"), encoding="utf-8")
    (found,) = found_in(tmp_path)
    assert found["name"] == "repeated-case-number"
    assert str(found["path"]).endswith("b.txt")
    assert str(found["message"]).endswith("a.txt")
    assert found["excerpt"] == "CM17-9900001"


def test_a_passage_copied_from_another_worker(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    other = CLEAN.replace("CM17-9900001", "CM17-9900002").replace("03/22/2017", "03/21/2017")
    (tmp_path / "b.txt").write_text(other, encoding="utf-8")
    assert [found["name"] for found in found_in(tmp_path)] == ["shared-rationale"]


def test_a_sentence_that_many_letters_have_is_no_copy(tmp_path: Path) -> None:
    for number in range(1, 7):
        text = CLEAN.replace("CM17-9900001", f"CM17-990000{number}").replace("03/22/2017", f"03/2{number}/2017")
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    assert found_in(tmp_path) == []


def test_a_letter_from_standard_input_is_compared_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN.replace("naproxen", "ibuprofen"), encoding="utf-8")
    done = run("check", "--select", "batch", "-q", tmp_path, "-", given=CLEAN)
    assert (done.returncode, done.stderr) == (1, "")
    assert "<stdin>" in done.stdout
    assert "repeated-case-number" in done.stdout


def checked(folder: Path, *select: str) -> int:
    return check_letters(RunOptions(paths=(str(folder),), select=select or ("batch",), output_format=Format.JSONL))


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two letters under one case number."""
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(CLEAN.replace("naproxen", "ibuprofen"), encoding="utf-8")
    return tmp_path


def test_a_letter_that_is_gone_meanwhile_is_named(
    two: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = Batch.compare

    def compare(batch: Batch) -> Iterator[LetterFindings]:
        (two / "b.txt").unlink()
        yield from plain(batch)

    monkeypatch.setattr(Batch, "compare", compare)
    assert checked(two) == 2
    assert capsys.readouterr() == ("", f"imrlint: {two / 'b.txt'}: no such file or folder\n")


@pytest.mark.parametrize(
    ("yielded", "error"),
    [
        ((1, 0, Finding(Span(0, 1), "a bare tuple")), "a batch rule yields BatchFindings, not tuple)"),
        (BatchFinding(1, 0, "no finding"), "a rule yields findings, not str)"),  # type: ignore[arg-type]
        (
            BatchFinding(1, 7, Finding(Span(0, 1), "of no letter")),
            "a BatchFinding has the numbers of two letters of the run)",
        ),
        (
            BatchFinding(7, 0, Finding(Span(0, 1), "in no letter")),
            "a BatchFinding has the numbers of two letters of the run)",
        ),
    ],
)
def test_a_rule_that_fails_when_it_compares_costs_no_other_finding(
    two: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    yielded: object,
    error: str,
) -> None:
    def compare(*_: object) -> Iterator[object]:
        yield yielded

    rule = next(rule for rule in ruleset.installed().rules if rule.name() == "shared-rationale")
    monkeypatch.setattr(rule, "compare", compare)
    assert checked(two) == 2
    printed = capsys.readouterr()
    assert [json.loads(line)["name"] for line in printed.out.splitlines()] == ["repeated-case-number"]
    assert printed.err.startswith(f"imrlint: the rule shared-rationale failed ({error}")


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_name_with_a_line_break_breaks_no_line(two: Path) -> None:
    (two / "a.txt").rename(two / "a\nb.txt")
    done = run("check", "-q", "--select", "batch", "--output-format", "concise", ".", cwd=two)
    assert done.stdout.count("\n") == 1
    assert ": a b.txt [repeated-case-number]" in done.stdout


@pytest.mark.parametrize("broken", ["_TABLE", "_SHARED"])
@pytest.mark.parametrize("buffer", [1, 4096])
def test_letters_are_checked_when_there_is_no_room_to_compare_them(
    two: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], broken: str, buffer: int
) -> None:
    monkeypatch.setattr(clues, broken, "CREATE TABLE clues (key)")
    monkeypatch.setattr(clues, "_BUFFER", buffer)
    (two / "a.txt").write_text(CLEAN.replace("treatment", "treatmnet"), encoding="utf-8")
    assert checked(two, "misspelling", "batch") == 2
    printed = capsys.readouterr()
    assert {json.loads(line)["name"] for line in printed.out.splitlines()} == {"misspelling"}
    (line,) = printed.err.splitlines()
    assert line.startswith("imrlint: the letters were not compared with one another: ")


def test_each_letter_has_the_severity_of_its_own_settings(two: Path) -> None:
    (two / "imrlint.toml").write_text(
        '[[letters]]\nmatch = ["b*"]\n[letters.rules.repeated-case-number]\nseverity = "note"\n', encoding="utf-8"
    )
    (two / "c.txt").write_text(CLEAN.replace("naproxen", "diclofenac"), encoding="utf-8")
    assert [(Path(str(found["path"])).name, found["severity"]) for found in found_in(two)] == [
        ("b.txt", "note"),
        ("c.txt", "error"),
    ]


def test_what_two_letters_share_comes_back_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clues, "_BUFFER", 3)
    store = ClueStore()
    largest = 2**63 - 1
    given = [(0, 7, 1), (0, 7, 2), (0, largest, 3), (1, -largest - 1, 4), (1, 9, 5), (2, 9, 6), (3, largest, 7)]
    for letter, key, weight in given:
        store.add("one", Clue(key, Span(weight, weight + 1), weight, -weight), letter)
    store.add("two", Clue(9, Span(0, 1)), 0)
    store.add("two", Clue(7, Span(0, 1)), 1)
    assert list(store.shared_clues("one")) == [
        [Clue(largest, Span(3, 4), 3, -3, 0), Clue(largest, Span(7, 8), 7, -7, 3)],
        [Clue(9, Span(5, 6), 5, -5, 1), Clue(9, Span(6, 7), 6, -6, 2)],
    ]
    assert list(store.shared_clues("two")) == list(store.shared_clues("none")) == []


def test_a_letter_that_has_changed_meanwhile_is_named(
    two: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = Batch.compare

    def compare(batch: Batch) -> Iterator[LetterFindings]:
        (two / "b.txt").write_text("x", encoding="utf-8")
        yield from plain(batch)

    monkeypatch.setattr(Batch, "compare", compare)
    assert checked(two) == 2
    assert capsys.readouterr().err == f"imrlint: {two / 'b.txt'}: it has changed since it was checked; check it again\n"


def test_a_letter_may_be_called_as_standard_input_is(two: Path) -> None:
    options = ["-q", "--select", "batch", "--output-format", "concise", "--stdin-filename", "b.txt"]
    done = run("check", *options, "a.txt", "b.txt", "-", given="A short letter.", cwd=two)
    assert done.stdout.startswith("b.txt:1:")
    assert "[repeated-case-number]" in done.stdout


@pytest.mark.parametrize(
    "clue",
    [
        "a word",
        Clue._make(["CM17", Span(0, 1), 1, 0, 0]),
        Clue._make([1.5, Span(0, 1), 1, 0, 0]),
        Clue._make([1, None, 1, 0, 0]),
        Clue._make([1, (0, 1, 2), 1, 0, 0]),
        Clue(2**63, Span(0, 1)),
        Clue(0, Span(0, 1), mark=-(2**63) - 1),
    ],
)
def test_a_clue_is_small(clue: object, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = next(rule for rule in ruleset.installed().rules if rule.name() == "shared-rationale")
    monkeypatch.setattr(rule, "gather", lambda *_: iter([clue]))
    found, (crash,) = gather_clues(
        Reading(parser.parse(Source(CLEAN))), Config().with_choice(["batch"], [], None).active_rules()
    )
    assert "shared-rationale" not in found
    assert crash.rule == "shared-rationale"


def test_a_draft_its_pdf_and_its_reviewed_copy_are_one_letter() -> None:
    """They may differ: the draft was corrected since."""
    for names, times in (
        (("a/draft.docx", "a/draft.pdf"), 0),
        (("a/draft.docx", "a/draft-reviewed.docx"), 0),
        (("a/draft.docx", "b/draft.docx"), 1),
        (("a/draft.docx", "a/other.docx"), 1),
    ):
        batch = Batch()
        active_rules = Config().with_choice(["repeated-case-number"], [], None).active_rules()
        for name, text in zip(names, (CLEAN, CLEAN.replace("naproxen", "ibuprofen")), strict=True):
            clues = gather_clues(Reading(parser.parse(Source(text, name))), active_rules).clues
            batch.add(BatchLetter(name, b""), clues, active_rules)
        assert sum(len(each.findings) for each in batch.compare()) == times
