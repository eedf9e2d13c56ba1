"""Mangled letters: no rule raises, no place is outside the text, every format is written."""

from __future__ import annotations

import fuzz
import pytest
from mangling import mangled
from running import slowly

from imrlint.engine import linter
from imrlint.engine.report import Report


@pytest.mark.parametrize("seeds", [range(150), slowly(range(1_000, 4_000))], ids=str)
def test_nothing_goes_wrong_with_a_mangled_letter(seeds: range) -> None:
    assert fuzz.try_letters(seeds) == []


def test_a_letter_is_mangled_the_same_way_each_time() -> None:
    texts = fuzz.read_letters()
    assert len(texts) > 50
    assert [mangled(texts, seed) for seed in range(20)] == [mangled(texts, seed) for seed in range(20)]


def test_a_failure_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(*_: object) -> Report:
        raise KeyError("secret words")

    monkeypatch.setattr(linter, "lint", raising)
    (failure,) = fuzz.try_letters(range(1))
    assert failure.kind.startswith("KeyError in test_fuzz.py")
