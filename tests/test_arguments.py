"""The options of a check, read without Typer: what it would read, or left to it."""

from __future__ import annotations

import pytest
from running import run

from imrlint.session import arguments
from imrlint.session.arguments import read_options
from imrlint.session.options import RunOptions

_USUAL = (
    "",
    "a.txt b.txt",
    "-q a.txt -",
    "--quiet --no-reader --no-excerpts --excerpts letters",
    "--select dates,wrong-drug --select DEC001 a.txt --ignore=batch, x.txt",
    "--fail-on note --level warning --importance high",
    "--output-format jsonl --output csv=a.csv --output=json=b.json",
    "--jobs 3 --time-limit=0.5 --jobs 2",
    "--memory house.memory --config=house.toml --profile draft --encoding latin-1",
    "--fix --suggested --track --backup --show-fixes",
    "-i a.txt",
    "--diff",
)
_UNUSUAL = (
    "--help",
    "-h",
    "-qi",
    "--watch",
    "--nothing",
    "--select",
    "--jobs",
    "--jobs 0",
    "--jobs many",
    "--time-limit 0.01",
    "--fail-on NOTE",
    "--output-format yaml",
    "--output a.csv",
    "--quiet=yes",
    "--no-fix",
    "--track",
    "--select --fix",
    "-- -q",
    "--config=",
)


def read_with_typer(words: str, monkeypatch: pytest.MonkeyPatch) -> RunOptions | None:
    given: list[RunOptions] = []

    def check_letters(options: RunOptions) -> int:
        given.append(options)
        return 0

    monkeypatch.setattr("imrlint.session.run.check_letters", check_letters)
    monkeypatch.setattr(arguments, "read_options", lambda _: None)
    run("check", *words.split())
    return given[0] if given else None


@pytest.mark.parametrize("words", _USUAL)
def test_usual_options_are_what_typer_reads(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_options(words.split())
    assert read is not None
    assert read == read_with_typer(words, monkeypatch)


@pytest.mark.parametrize("words", _UNUSUAL)
def test_what_is_unusual_is_left_to_typer(words: str) -> None:
    assert read_options(words.split()) is None
