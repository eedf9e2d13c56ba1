"""What stands behind each pattern: its alternatives are taken apart rightly, and what has no support only shrinks."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import support  # noqa: E402
from supporting import count_support  # noqa: E402
from supporting.alternatives import split_alternatives  # noqa: E402
from supporting.recorder import Recorder  # noqa: E402

from imrlint.document.patterns import Pattern  # noqa: E402
from imrlint.document.text import Source  # noqa: E402
from imrlint.reading import verdicts  # noqa: E402


@pytest.mark.parametrize(
    ("pattern", "alternatives"),
    [
        (r"\bpain\b", []),
        (r"left|right", ["left", "right"]),
        (r"(?:no|not) (?P<what>pain|ache)s?", ["no", "not", "pain", "ache"]),
        (r"a(?:b|c(?:d|e))", ["d", "e", "b", "c(?:d|e)"]),
        (r"[|(](?=x|y)\|", ["x", "y"]),
        (r"[^]|]|\)", [r"[^]|]", r"\)"]),
    ],
)
def test_a_pattern_is_taken_apart_into_its_alternatives(pattern: str, alternatives: list[str]) -> None:
    assert sorted(each.text for each in split_alternatives(re.compile(pattern))) == sorted(alternatives)


def test_each_alternative_stands_alone_in_the_whole_pattern() -> None:
    found = {each.text: each.alone for each in split_alternatives(re.compile(r"(?:no|not) (?:pain|ache)s?", re.I))}
    matching = {text for text, alone in found.items() if alone and alone.fullmatch("NO aches")}
    assert matching == {"no", "ache"}


def test_every_pattern_over_prose_can_be_taken_apart() -> None:
    """An alternative that cannot stand alone would count as one that never fires."""
    for name, pattern in vars(verdicts).items():
        if isinstance(pattern, re.Pattern | Pattern):
            assert all(each.alone for each in split_alternatives(pattern)), name


def test_a_recorder_matches_as_its_pattern_does_and_remembers() -> None:
    pattern = re.compile(r"(?<=the )(left|right) (?=knee)")
    recorder = Recorder(pattern)
    text = "the left knee, the right knee, right knees"
    assert [match.span() for match in recorder.finditer(text)] == [match.span() for match in pattern.finditer(text)]
    assert recorder.search(text, 10) is not None
    assert recorder.fullmatch("left ") is None
    assert recorder.pattern == pattern.pattern
    alone = {each.text: each.alone for each in split_alternatives(pattern)}
    right = alone["right"]
    assert right is not None
    assert [hit.matches(right) for hit in recorder.hits] == [False, True, True]


def test_what_fires_is_counted_and_patterns_are_put_back() -> None:
    letters = support.read_letters([ROOT / "examples"])
    before = {name: thing for name, thing in vars(verdicts).items() if isinstance(thing, re.Pattern | Pattern)}
    counted = count_support([*letters, Source("")])
    assert {name: thing for name, thing in vars(verdicts).items() if isinstance(thing, re.Pattern | Pattern)} == before
    reversals = [count for (where, _), count in counted.counts.items() if where == "reading.verdicts._REVERSAL"]
    assert set(reversals) == {0}  # no example says that it reverses or upholds the earlier decision
    standard = [count for (where, _), count in counted.counts.items() if where == "reading.verdicts._NECESSARY"]
    assert max(standard) >= len(letters) - 2


@pytest.mark.slow
def test_the_list_of_what_has_no_support_is_exact() -> None:
    letters = support.read_letters([support.LETTERS])
    if not letters:
        pytest.skip("no folder of real letters at hand")
    missing, stale = support.compare_list(count_support(letters))
    assert missing == []
    assert stale == [], "run benchmarks/support.py --write, and lower MOST"


def test_the_list_of_what_has_no_support_does_not_grow() -> None:
    assert 0 < len(support.read_list()) <= support.MOST
