"""Letters of one run are held against one another; what is found stands in the later one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from imrlint import parser
from imrlint.batch import Batch, gathered
from imrlint.config import Config
from imrlint.text import Source

CLEAN = (Path(__file__).parent / "letters" / "clean.txt").read_text(encoding="utf-8")


def run(folder: Path) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "imrlint", "check", "--select", "batch", "--output-format", "jsonl", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_letter_alone_has_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    assert run(tmp_path) == []


def test_a_copy_is_no_error(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(CLEAN, encoding="utf-8")
    assert run(tmp_path) == []


def test_a_case_number_that_stands_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(CLEAN.replace("naproxen", "ibuprofen"), encoding="utf-8")
    (found,) = run(tmp_path)
    assert found["name"] == "repeated-case-number"
    assert str(found["path"]).endswith("b.txt")
    assert str(found["message"]).endswith("a.txt")
    assert found["excerpt"] == "CM17-9900001"


def test_a_passage_copied_from_another_worker(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    other = CLEAN.replace("CM17-9900001", "CM17-9900002").replace("03/22/2017", "03/21/2017")
    (tmp_path / "b.txt").write_text(other, encoding="utf-8")
    assert [found["name"] for found in run(tmp_path)] == ["shared-rationale"]


def test_a_sentence_that_many_letters_have_is_no_copy(tmp_path: Path) -> None:
    for number in range(1, 7):
        text = CLEAN.replace("CM17-9900001", f"CM17-990000{number}").replace("03/22/2017", f"03/2{number}/2017")
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    assert run(tmp_path) == []


def test_a_letter_from_standard_input_is_compared_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN.replace("naproxen", "ibuprofen"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "imrlint", "check", "--select", "batch", "-q", str(tmp_path), "-"],
        input=CLEAN,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "<stdin>" in done.stdout
    assert "repeated-case-number" in done.stdout


def test_a_letter_that_is_gone_meanwhile_is_named() -> None:
    letters = [parser.parse(Source(text, name)) for name, text in (("a", CLEAN), ("b", CLEAN + "\nMore."))]
    batch = Batch()
    for letter in letters:
        batch.add(letter.source.name, gathered(letter, Config().charges())[0], Config().charges())
    gone: list[str] = []
    assert list(batch.reports(lambda name: gone.append(name))) == []
    assert gone == ["b"]


def test_a_draft_its_pdf_and_its_reviewed_copy_are_one_letter() -> None:
    """They may differ: the draft was corrected since."""
    changed = CLEAN.replace("naproxen", "ibuprofen")
    for names, times in (
        (("a/draft.docx", "a/draft.pdf"), 0),
        (("a/draft.docx", "a/draft-reviewed.docx"), 0),
        (("a/draft.docx", "b/draft.docx"), 1),
        (("a/draft.docx", "a/other.docx"), 1),
    ):
        batch = Batch()
        letters = {name: parser.parse(Source(text, name)) for name, text in zip(names, (CLEAN, changed), strict=True)}
        for letter in letters.values():
            charges = Config().with_choice(["repeated-case-number"], [], None).charges()
            batch.add(letter.source.name, gathered(letter, charges)[0], charges)
        assert sum(len(report.diagnostics) for report in batch.reports(letters.get)) == times
