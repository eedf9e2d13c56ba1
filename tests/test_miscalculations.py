"""Numbers that a passage works out, against the figures of the letter."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.calculations import Operation
from imrlint.reading.figures import Figures, MissingFigure, OtherResult, convert, is_near
from imrlint.reading.miscalculations import Miscalculation, find_miscalculations
from imrlint.reading.passage import Passage
from imrlint.reading.retold_changes import find_told_changes, find_unlike_changes
from imrlint.reading.stated_changes import OppositeChange


def read(text: str) -> Passage:
    return Passage(Prose(Source(text), Span(0, len(text))))


def gather(text: str, summary: str = "") -> Figures:
    """The figures of a letter that has a text and a summary."""
    passage, told = read(text), (read(summary),)
    return Figures(passage, None, (passage, *told), (passage, *told), told)


def find(text: str, summary: str = "") -> list[Miscalculation]:
    return list(find_miscalculations(gather(text, summary)))


@pytest.mark.parametrize(
    ("text", "operation", "figures", "made"),
    [
        ("Six plus twelve is sixteen.", Operation.TOTAL, ["Six", "twelve"], (18, 18)),
        (
            "Three a week over five weeks is a total of 18 appointments.",
            Operation.TOTAL,
            ["Three a week", "five weeks"],
            (15, 15),
        ),
        ("Of 24 visits 8 were used, which leaves 12 visits.", Operation.REST, ["24 visits", "8"], (16, 16)),
        (
            "A flexion of 40 degrees is 30 degrees less than 60 degrees.",
            Operation.DIFFERENCE,
            ["40 degrees", "60 degrees"],
            (20, 20),
        ),
        ("The pain eased by five points, from 7/10 to 4/10.", Operation.CHANGE, ["7/10", "4/10"], (3, 3)),
        ("Her pain went from 8/10 to 4/10, a reduction of 80 percent.", Operation.SHARE, ["8/10", "4/10"], (50, 50)),
        (
            "Taken two a day, sixty tablets last for two months.",
            Operation.SUPPLY,
            ["sixty tablets", "two a day"],
            (30, 30),
        ),
    ],
)
def test_the_figures_of_a_sentence_make_something_else(
    text: str, operation: Operation, figures: list[str], made: tuple[float, float]
) -> None:
    (wrong,) = find(text)
    assert isinstance(wrong, OtherResult)
    assert wrong.operation is operation
    assert [each.place.text for each in wrong.figures] == figures
    assert (wrong.least, wrong.most) == made


def test_a_figure_that_a_total_takes_may_be_anywhere_in_the_letter() -> None:
    text = "With the 12 visits sought the tally would come to a total of 30 visits, and 10 visits are allowed."
    (wrong,) = find(text)
    assert isinstance(wrong, MissingFigure)
    assert (wrong.operation, wrong.result.most, wrong.number) == (Operation.TOTAL, 30, 18)
    assert find(text, "She has had 18 visits.") == []


def test_a_fall_is_no_rise() -> None:
    (wrong,) = find("The pain rose by 3 points, from 7/10 to 4/10.")
    assert isinstance(wrong, OppositeChange)
    assert wrong.is_fall
    assert find("The pain fell by 3 points, from 7/10 to 4/10.") == []


def test_what_a_guideline_says_is_judged_by_its_own_figures_only() -> None:
    summary = "The PCL-5 came down from 58 to 39."
    assert find("The PCL-5 came down by 9 points.", summary)
    assert find("The guideline states that the PCL-5 came down by 9 points.", summary) == []


def test_a_change_is_of_the_measure_that_its_clause_names() -> None:
    figures = gather(
        "The PCL-5 came down by 9 points.", "The PCL-5 came down from 58 to 39. The PHQ-9 fell from 20 to 11."
    )
    (result,) = (each.result for each in figures.passage.calculations)
    found = find_told_changes(result, figures.passage, figures.told)
    assert [(each.before.most, each.after.most) for each in found] == [(58, 39)]


@pytest.mark.parametrize(
    ("text", "unlike"),
    [
        ("The PCL-5 came down from 58 to 33.", [("33", "39")]),
        ("The PCL-5 came down from 53 to 39.", [("53", "58")]),
        ("The PCL-5 came down from 58 to 39.", []),
        ("The PCL-5 came down from 50 to 40.", []),  # another change
        ("The PHQ-9 sank from 58 to 33.", []),
    ],
)
def test_a_change_is_told_alike(text: str, unlike: list[tuple[str, str]]) -> None:
    told = (read("The PCL-5 came down from 58 to 39."),)
    found = find_unlike_changes(read(text), told)
    assert [(each.here.place.text, each.there.place.text) for each in found] == unlike


def test_the_figures_elsewhere_are_those_of_other_sentences() -> None:
    figures = gather(
        "She had 6 visits. She is 47 years old. The request is for a total of 12 visits.", "She had 8 visits."
    )
    result = figures.passage.quantities[-1]
    assert [each.place.text for each in figures.list_elsewhere(result)] == ["6 visits", "8 visits"]
    assert figures.unit == "visit"


def test_a_bare_number_has_the_unit_of_the_one_beside_it() -> None:
    bare, weeks = read("Beyond 6, it would be 8 weeks.").quantities
    assert convert(bare, weeks) == 42
    assert convert(weeks, bare) == 56


def test_lengths_of_time_and_approximate_numbers_may_be_rounded() -> None:
    visits, about, weeks = read("She had 20 visits, about 20 injections and 20 weeks of rest.").quantities
    assert not is_near(20, 21, visits)
    assert is_near(20, 21, about)
    assert is_near(140, 150, weeks)
    assert not is_near(140, 170, weeks)
