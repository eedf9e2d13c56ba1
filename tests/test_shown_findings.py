"""What studies and examinations showed, as records of the abnormality that they would show."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.annotation import Polarity
from imrlint.reading.passage import Passage


def results(text: str) -> dict[str, Polarity]:
    """The polarity of the abnormalities that a text records, by the names of their terms."""
    passage = Passage(Prose(Source(text), Span(0, len(text))))
    shown = (
        "imaging abnormality", "electrodiagnostic abnormality", "abnormal mri finding", "abnormal x-ray finding",
        "electrodiagnostic radiculopathy", "electrodiagnostic neuropathy", "muscle weakness",
    )  # fmt: skip
    return {each.term.name: each.polarity for each in passage.records if each.term.name in shown}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The CT scan of 3-4-16 was read as normal.", {"imaging abnormality": Polarity.DENIED}),
        ("The bone scan was negative.", {"imaging abnormality": Polarity.DENIED}),
        ("The bone scan was suspicious for a tumor.", {"imaging abnormality": Polarity.AFFIRMED}),
        ("The sonogram of 3-4-16 was positive for a hernia.", {"imaging abnormality": Polarity.AFFIRMED}),
        ("The MRI of 3-4-16 showed a small disc protrusion.", {"abnormal mri finding": Polarity.AFFIRMED}),
        ("X-rays revealed a fracture of the radius.", {"abnormal x-ray finding": Polarity.AFFIRMED}),
        ("An EMG demonstrated an S1 radiculopathy.", {"electrodiagnostic radiculopathy": Polarity.AFFIRMED}),
        ("EMG consistent with carpal tunnel syndrome.", {"electrodiagnostic neuropathy": Polarity.AFFIRMED}),
        ("Motor strength testing was normal.", {"muscle weakness": Polarity.DENIED}),
    ],
)
def test_a_result_is_recorded(text: str, expected: dict[str, Polarity]) -> None:
    assert results(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The MRI was relatively benign.",
        "X-rays showed no fracture of the radius.",
        "The MRI is requested; the knee has an effusion.",
        "The EMG showed healing.",
    ],
)
def test_one_finding_that_is_missing_says_nothing_of_the_others(text: str) -> None:
    assert results(text) == {}
