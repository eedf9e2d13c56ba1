"""The benchmarks measure what they say: edits and pairs are what they claim to be, and know nothing of the rules."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import forecast  # noqa: E402
import paraphrase  # noqa: E402
from editing import KINDS, Edit, RightLetter, Span, make_edits, read_letters  # noqa: E402
from editing.lexicon import Lexicon  # noqa: E402
from observation import Found, drop_known, find_defects  # noqa: E402

DECIDED = ("side", "part", "drug", "number", "date-year", "date-swapped", "date-day")

opened: list[str] | None = None


def note_opening(event: str, arguments: tuple[Any, ...]) -> None:
    if opened is not None and event == "open":
        opened.append(str(arguments[0]))


sys.addaudithook(note_opening)


@pytest.fixture(scope="module")
def letters() -> list[RightLetter]:
    return read_letters(BENCHMARKS / "letters")


@pytest.fixture(scope="module")
def lexicon(letters: list[RightLetter]) -> Lexicon:
    return Lexicon(letters)


def all_edits(letters: list[RightLetter], lexicon: Lexicon, seed: int = 1) -> list[Edit]:
    return [edit for kind in KINDS for edit in make_edits(letters, lexicon, kind, 12, seed)]


def test_one_seed_makes_the_same_edits_again_and_another_one_others(
    letters: list[RightLetter], lexicon: Lexicon
) -> None:
    first = all_edits(letters, lexicon)
    assert first == all_edits(letters, Lexicon(letters))
    assert first != all_edits(letters, lexicon, seed=2)
    assert min(Counter(edit.kind for edit in first).values()) == 12
    assert len(Counter(edit.kind for edit in first)) == len(KINDS)


def test_an_edit_changes_the_letter_at_its_place_and_nowhere_else(letters: list[RightLetter], lexicon: Lexicon) -> None:
    for edit in all_edits(letters, lexicon):
        right, wrong = edit.letter.text, edit.text
        assert wrong != right
        assert wrong[: edit.place.start] == right[: edit.place.start]
        rest = len(wrong) - edit.place.end
        assert wrong[edit.place.end :] == right[len(right) - rest :]
        assert wrong[edit.place.start : edit.place.end].strip()


def test_an_edit_of_a_fact_has_a_witness_that_still_says_what_is_right(
    letters: list[RightLetter], lexicon: Lexicon
) -> None:
    for edit in all_edits(letters, lexicon):
        if edit.kind in DECIDED:
            assert edit.witnesses
            for witness in edit.witnesses:
                assert edit.text[witness.start : witness.end] in edit.letter.text
                assert not witness.overlaps(edit.place)


def test_the_generator_imports_nothing_but_the_public_interface() -> None:
    for path in (*BENCHMARKS.glob("editing/*.py"), *(BENCHMARKS / f"{name}.py" for name in ("edits", "paraphrase"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.startswith(("imrlint.", "rules"))], path.name


def test_the_generator_opens_no_file_of_imrlint(letters: list[RightLetter]) -> None:
    global opened
    opened = []
    try:
        all_edits(letters, Lexicon(letters))
        seen = opened
    finally:
        opened = None
    assert not [name for name in seen if Path(name).is_relative_to(ROOT / "imrlint") and not name.endswith(".pyc")]


def test_right_letters_have_no_warning(letters: list[RightLetter]) -> None:
    found = [
        (letter.name, defect.rule)
        for letter in letters
        for defect in find_defects(letter.text, letter.name)
        if defect.serious
    ]
    assert not found


def test_a_finding_is_known_again_where_an_edit_has_moved_it() -> None:
    old, new = Found("a", True, Span(10, 12), ()), Found("a", True, Span(13, 15), ())
    assert drop_known([new], [old], lambda span: Span(span.start + 3, span.end + 3)) == []
    assert drop_known([new, new], [old], lambda span: Span(span.start + 3, span.end + 3)) == [new]


# Pairs

LETTER = "The knee is left of\nthe hip. The left knee hurts. It is so."
PAIR = paraphrase.Pair(
    kind="side",
    id="one",
    letter="letter",
    replace="left of the hip",
    right="lower than the hip",
    wrong="the right knee, below the hip",
    place="right knee",
    other="left knee",
    hard=False,
    also=(("It is so.", "So it is."),),
)


def finds(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    """Makes the linter report every occurrence of some words."""

    def find(text: str, _: str) -> list[Found]:
        return [Found(word, True, place, ()) for word in words for place in paraphrase.find_words(text, word)]

    monkeypatch.setattr(paraphrase, "find_defects", find)


def test_a_twin_has_the_passage_where_it_says() -> None:
    twin = paraphrase.build_twin(PAIR, LETTER, PAIR.wrong)
    assert twin.text == "The knee is the right knee, below the hip. The left knee hurts. So it is."
    assert twin.text[twin.passage.start : twin.passage.end] == PAIR.wrong


@pytest.mark.parametrize(
    ("words", "found", "false_alarm"),
    [
        (["right knee"], True, False),
        (["hurts"], False, False),  # is in both, and elsewhere
        (["left knee"], False, False),  # at the other place, but in both
        (["the hip"], False, True),  # at the passage of both
        (["lower"], False, True),
        (["right knee", "lower"], True, True),
    ],
)
def test_a_pair_is_judged(monkeypatch: pytest.MonkeyPatch, words: list[str], found: bool, false_alarm: bool) -> None:
    finds(monkeypatch, *words)
    verdict = paraphrase.judge_pair(PAIR, LETTER)
    assert (verdict.found, verdict.false_alarm) == (found, false_alarm)
    assert verdict.told_apart == (found and not false_alarm)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"replace": "knee"}, 'side.toml, one: "knee" occurs 2 times'),
        ({"place": "left hip"}, "side.toml, one: `place` occurs 0 times"),
        ({"other": "elbow"}, "side.toml, one: `other` does not occur"),
        ({"also": (("The knee is left", "x"),)}, "side.toml, one: passages to replace overlap"),
    ],
)
def test_a_pair_that_does_not_fit_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(paraphrase.Invalid, match=said.replace("(", r"\(")):
        paraphrase.judge_pair(PAIR._replace(**change), LETTER)


def test_pairs_are_read_from_files_and_each_mistake_is_named(tmp_path: Path) -> None:
    path = tmp_path / "side.toml"
    row = '[[pair]]\nid = "one"\nletter = "letter"\nreplace = "a"\nright = "b"\nwrong = "c"\nplace = "c"\n'
    path.write_text(row)
    assert [(pair.kind, pair.id, pair.hard) for pair in paraphrase.read_pairs(tmp_path)] == [("side", "one", False)]
    for text, said in (
        (row + row, "another pair has the same id"),
        (row + "note = 1\n", "has unknown fields: note"),
        ('[[pair]]\nid = "one"\n', "side.toml, one: lacks letter"),
        (row + 'also = [{ replace = "a" }]\n', "`also` must be a list"),
        ("[[pair]", "side.toml: "),
    ):
        path.write_text(text)
        with pytest.raises(paraphrase.Invalid, match=said):
            paraphrase.read_pairs(tmp_path)


def test_the_pairs_of_the_repository_fit_their_letters() -> None:
    for pair in paraphrase.read_pairs(paraphrase.PAIRS):
        text = (paraphrase.LETTERS / f"{pair.letter}.txt").read_text(encoding="utf-8")
        paraphrase.build_twin(pair, text, pair.right)
        wrong = paraphrase.build_twin(pair, text, pair.wrong)
        assert len(paraphrase.find_words(wrong.text, pair.place, wrong.passage)) == 1, (pair.kind, pair.id)


# Forecasts


def test_a_forecast_counts_the_rows_at_which_something_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.txt").write_text("The knee hurts\nbadly, the hip does not.")
    gold = tmp_path / "gold.tsv"
    gold.write_text(
        "case\tclass\timportance\tquote\tother\tright\tnote\n"
        "one\tB\thigh\tHurts badly\t\t\t\n"
        "one\tF\tlow\tdoes not\t\t\t\n"
        "one\tF\tlow\tno such words\t\t\t\n"
    )
    finding = Found("rule", True, Span(4, 20), ())
    monkeypatch.setattr(forecast, "find_defects", lambda *_: [finding, finding._replace(serious=False)])
    measured = forecast.measure_letters(tmp_path, forecast.read_gold(gold))
    assert (measured.rows["all"], measured.found["all"], measured.lost) == (2, 1, 1)
    assert (measured.letters, measured.findings, measured.on_rows) == (1, 1, 1)
    about = dict.fromkeys(forecast.COLUMNS, "")
    recall = {row["class_or_importance"]: row["recall"] for row in forecast.build_rows(measured, about)}
    assert recall == {"high": "1.00", "low": "0.00", "B": "1.00", "F": "0.00", "all": "0.50"}


def test_the_table_of_forecasts_has_its_columns_in_every_row() -> None:
    rows = forecast.read_forecasts()
    assert rows
    for row in rows:
        assert tuple(row) == forecast.COLUMNS
        assert row["envelope"]
        for name in ("recall", "precision_overall", "precision_errors"):
            assert not row[name] or 0 <= float(row[name]) <= 1
