"""The files of the simulated house: letters, drafts, and tables of what is true of the drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from .drafts import Draft
from .layout import Letter

TRUTH = "truth.tsv"
PASSAGES = "passages.tsv"
TRUTH_COLUMNS = ("draft", "kind", "start", "end", "wrong", "right", "passage", "variant")
PASSAGE_COLUMNS = ("draft", "reviewer", "passage", "variant", "share", "start", "end")

_EACH = 1_000  # letters in a folder, of which there may be many


def write_archive(folder: Path, letters: Iterable[Letter]) -> None:
    """Writes each letter to a file when it comes, a thousand to a folder in a new one: 0001/0001000.txt.

    Raises `FileExistsError` where there is one.
    """
    folder.mkdir(parents=True)
    for number, letter in enumerate(letters, 1):
        place = folder / f"{number // _EACH:04}"
        place.mkdir(exist_ok=True)
        (place / f"{number:07}.txt").write_text(letter.text, encoding="utf-8")


def write_drafts(folder: Path, drafts: Iterable[Draft]) -> None:
    """Writes each draft to a file in a new folder, and beside it the tables.

    `truth.tsv` has the slip of each wrong draft, and the place of each new wording; `passages.tsv` the places of all
    passages. Raises `FileExistsError` where the folder exists.
    """
    folder.mkdir(parents=True)
    truth: list[Sequence[object]] = [TRUTH_COLUMNS]
    passages: list[Sequence[object]] = [PASSAGE_COLUMNS]
    for number, draft in enumerate(drafts, 1):
        name = f"{number:04}"
        (folder / f"{name}.txt").write_text(draft.letter.text, encoding="utf-8")
        if draft.passage:
            truth.append((name, *describe_truth(draft)))
        for placed in draft.letter.passages:
            assert placed.piece.wording
            passage, variant = placed.piece.wording.passage, placed.piece.wording.variant
            reviewer = draft.letter.reviewer.name
            passages.append((name, reviewer, passage.name, variant.name, variant.share, placed.start, placed.end))
    _write_table(folder.parent / TRUTH, truth)
    _write_table(folder.parent / PASSAGES, passages)


def describe_truth(draft: Draft) -> tuple[object, ...]:
    """The row of a draft with a slip or a new wording, without its name."""
    assert draft.passage
    assert draft.passage.piece.wording
    wording = draft.passage.piece.wording
    if draft.slip:
        place = (draft.slip.start, draft.slip.end, draft.slip.wrong, draft.slip.right)
    else:
        place = (draft.passage.start, draft.passage.end, draft.passage.piece.text, draft.passage.piece.text)
    return (draft.kind, *place, wording.passage.name, wording.variant.name)


def _write_table(path: Path, rows: Iterable[Sequence[object]]) -> None:
    path.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
