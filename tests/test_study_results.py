"""Studies that a text says were done, or what they showed."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.passage import Passage
from imrlint.reading.study_results import find_recorded_studies, find_study_results, has_study


def read(text: str) -> Passage:
    return Passage(Prose(Source(text), Span(0, len(text))))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The MRI of the left knee showed a tear in this worker.", "MRI of the left knee showed"),
        ("This worker's EMG was performed on 05-02-2017.", "EMG was performed"),
        ("The MRI does not show a fracture in this worker.", "MRI does not show"),
    ],
)
def test_a_study_that_showed_something_was_done(text: str, words: str) -> None:
    (found,) = find_study_results(read(text))
    assert found.place.text == words


@pytest.mark.parametrize(
    "text",
    [
        "An MRI of the left knee is requested for this worker.",
        "If the MRI showed a tear, this worker would need surgery.",
        "No MRI was performed in this worker.",
        "The guideline states that an MRI showed benefit in trials.",
    ],
)
def test_a_study_that_is_only_named_was_not_done(text: str) -> None:
    assert list(find_study_results(read(text))) == []


@pytest.mark.parametrize(
    ("summary", "done"),
    [
        ("The MRI of the knee showed a tear.", True),
        ("The treatment plan included an MRI dated 05-02-2017.", True),
        ("The nerve conduction study was normal.", False),
        ("An MRI of the knee was requested.", False),
        ("No MRI was performed.", False),
        ("She takes naproxen.", False),
    ],
)
def test_a_summary_has_a_study_that_was_not_only_requested(summary: str, done: bool) -> None:
    (found,) = find_study_results(read("The MRI of the knee showed a tear in this worker."))
    assert has_study(read(summary), found.study) is done


def test_the_tests_of_nerves_and_muscles_are_one_study() -> None:
    (found,) = find_study_results(read("The EMG of the left leg showed a lesion in this worker."))
    assert has_study(read("The nerve conduction study was normal."), found.study)


def test_a_recorded_study_has_a_result_of_its_own() -> None:
    (record,) = find_recorded_studies(read("This worker's radiographs of 05-02-2017 were reviewed."))
    assert record.place.text == "radiographs"
    assert list(find_recorded_studies(read("This worker has completed acupuncture."))) == []
    assert list(find_recorded_studies(read("If radiographs were taken, this worker would know more."))) == []
