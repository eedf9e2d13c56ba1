"""Whether a finding is affirmed, denied or left open, by kind of sentence: each kind in several wordings."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.annotation import Polarity
from imrlint.reading.passage import Passage

SAID = {
    Polarity.DENIED: {
        "a list under one denial": [
            "There was no swelling, warmth, or *redness* of the ankle.",
            "The wrist had no warmth, *swelling* or deformity.",
            "There was no pain with motion, *spasm*, or guarding.",
            "There was no redness, marked *swelling*, or warmth.",
            "There was neither wasting nor *weakness*.",
        ],
        "a verb of having or showing": [
            "The nerve test did not reveal *weakness*.",
            "He does not complain of *numbness*.",
            "She has never had *seizures*.",
            "Motor testing failed to show *weakness*.",
            "At no visit did he report *numbness*.",
            "Not once did he report *weakness*.",
            "Examination failed to reveal *stiffness*.",
            "He is too young to have *osteoporosis*.",
            "The culture excluded *infection*.",
        ],
        "records that do not have it": [
            "There is no documentation of *headaches*.",
            "There is no evidence that she has *headaches*.",
            "Nothing in the chart shows *weakness* of the foot.",
            "None of the notes mentions *numbness*.",
            "No *redness* was noted.",
            "*Redness* has not been documented.",
        ],
        "a list that was denied behind it": ["*Fever*, weight loss and trouble with the bladder are denied."],
        "complaints of it that were not heard": ["Complaints of *nausea* were not recorded."],
        "the denial of a test": ["The scan was negative for *fracture*.", "A *fracture* was ruled out."],
    },
    Polarity.AFFIRMED: {
        "a part of a list that says itself what was found": [
            "There was no redness, mild *swelling*, and a positive drawer test.",
            "The elbow had no effusion, some *tenderness*, flexion of 120 degrees and a stable ligament.",
            "No spasm, motion of 40 degrees, and *numbness* of the thumb.",
            "Without deformity, a small *effusion* and good motion.",
        ],
        "what is too much for something": [
            "There was too much *swelling* to test the knee.",
            "The leg was too weak to hold him up and had *numbness*.",
            "He was not too weak to stand, and had *numbness*.",
        ],
        "a denial that has ended": [
            "There was no warmth, and *swelling* was noted over the ankle.",
            "No crepitus, with *tenderness* over the joint line.",
            "She is not on insulin, has *numbness*, and tires easily.",
            "He is not febrile; *swelling* persists.",
            "Without a brace he reports *swelling*.",
        ],
        "two denials": [
            "The ankle was not without *swelling*.",
            "She is never free of *headaches*.",
            "There was no lack of *swelling*.",
        ],
        "a doubt that is denied": [
            "There is no doubt that she has *weakness* of the hand.",
            "There is no question that she has *numbness*.",
        ],
        "a denial of a clause beside it": [
            "The worker has a *murmur* that was not noted at the first visit.",
            "Not surprisingly, *weakness* was found.",
            "Not only *weakness* but wasting was found.",
        ],
        "a clause of its own behind a comma": [
            "She denies numbness and tingling, the Phalen test is *negative*, and the grip is equal.",
            "There is no arm symptom, Spurling testing was *negative*.",
            "The worker denies fever, and his *pain* is worse.",
        ],
    },
    Polarity.THOUGHT: {
        "a denial that was denied": [
            "At no time has he denied *numbness*.",
            "Never has she denied *weakness*.",
            "He did not deny *headaches*.",
        ],
        "a definite object, which is taken for granted": [
            "There is no explanation for the *weakness* of the arm.",
            "He did not report that the *numbness* had eased.",
            "It was his fatigue rather than his *headaches* that kept him home.",
        ],
        "the subject of a denied clause": [
            "There is no sign that *numbness* of the hand has grown.",
            "Nothing suggests that *swelling* has come back.",
        ],
        "the object of another verb": [
            "She could not type with *numbness* in the hand.",
            "He was not treated for *headaches*.",
            "Gabapentin did not relieve *numbness*.",
        ],
        "a purpose or another noun": [
            "The file has no trial of bed rest for *spasm*.",
            "The number of *headaches* was not recorded.",
            "The cause of *weakness* was not found.",
        ],
        "one of two nouns": [
            "She reported lack of appetite and *nausea*.",
            "He was unable to eat, and had lack of rest and *nausea*.",
        ],
        "a denial that is denied": ["She did not deny *nausea*.", "A *fracture* was not ruled out."],
        "a condition": [
            "If there were fever or *infection*, a scan would be needed.",
            "Had there been locking or *instability*, I would have agreed.",
            "If no *weakness* were present, the answer would differ.",
        ],
        "an open question": ["It is unclear whether she has *weakness*.", "A *fracture* is possible."],
        "another person": [
            "A sister had *seizures*.",
            "Family history of *depression*.",
            "Her father suffered from *depression*.",
        ],
        "another time": [
            "She had *numbness* of the hand in 2009, which had cleared.",
            "Before the injury he had no *weakness*.",
            "He had *swelling* that has since resolved.",
        ],
    },
}  # fmt: skip
CASES = [
    pytest.param(polarity, text, id=f"{kind}: {text[:50]}")
    for polarity, kinds in SAID.items()
    for kind, texts in kinds.items()
    for text in texts
]


@pytest.mark.parametrize(("polarity", "marked"), CASES)
def test_polarity(polarity: Polarity, marked: str) -> None:
    before, word, after = marked.split("*")
    text = before + word + after
    passage = Passage(Prose(Source(text), Span(0, len(text))))
    assert passage.judge_polarity(passage.place(len(before), len(before) + len(word))) is polarity


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("She has *nausea*.", True),
        ("There is evidence of *nausea*.", True),
        ("The examination showed redness and *swelling*.", True),
        ("She takes ginger for *nausea*.", False),
        ("She was warned of *nausea*.", False),
        ("She fears *infection*.", False),
        ("She filled in a form on *depression*.", False),
    ],
)
def test_what_is_only_named_is_not_asserted(text: str, asserted: bool) -> None:
    before, word, after = text.split("*")
    plain = before + word + after
    passage = Passage(Prose(Source(plain), Span(0, len(plain))))
    place = passage.place(len(before), len(before) + len(word))
    assert passage.sentence_of(place).is_asserted(place) is asserted
