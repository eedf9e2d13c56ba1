"""What a rationale concludes: the polarity of a verdict, and what is none."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.passage import Passage


def concludes(text: str) -> bool | None:
    """Whether a rationale concludes that the item is necessary; None where it does not conclude."""
    conclusion = Passage(Prose(Source(text), Span(0, len(text)))).conclusion
    return None if conclusion is None else conclusion.necessary


@pytest.mark.parametrize(
    ("text", "necessary"),
    [
        ("The request is medically necessary.", True),
        ("The request for twelve visits is not medically necessary.", False),
        ("The records do not establish that a fourth injection is medically necessary.", False),
        ("Nothing in these notes shows it, and they fail to demonstrate that the brace is medically necessary.", False),
        ("The notes do not say so, but they establish that the brace is medically necessary.", True),
        ("The file does not show that therapy failed; however, this brace is medically necessary.", True),
        ("I do not find the taxi rides to be medically necessary.", False),
        ("This reviewer finds the request for a mattress not to be medically necessary.", False),
        ("This reviewer finds the request for a mattress to be medically necessary.", True),
        ("The panel cannot consider a second scooter to be medically necessary.", False),
        ("It cannot be said that a fourth injection is medically necessary.", False),
        ("Nothing submitted makes a hospital bed medically necessary.", False),
        ("No finding shows the scooter to be medically necessary.", False),
        ("The brace lacks medical necessity.", False),
        ("The notes fall short of proving that a scooter is medically necessary.", False),
        ("It is questionable that the visits are medically necessary.", False),
        ("I see no reason to believe that the brace is medically necessary.", False),
        ("There is scant evidence that 60 tablets, 1 by mouth twice a day, #60, are medically necessary.", False),
        ("I disagree that the brace is medically necessary.", False),
        ("I disagree with the view that the brace is not medically necessary.", True),
        ("There is no doubt that the walker is medically necessary.", True),
        ("I do not doubt that the walker is medically necessary.", True),
        ("Nobody disputes that it helps, and the walker is medically necessary.", True),
        ("The CT without contrast is medically necessary.", True),
        ("As nothing shows that rest failed, the visits are not medically necessary.", False),
        ("Although the physician states that it helps, the drug is not medically necessary.", False),
        ("The drug, given that no other has helped, is medically necessary.", True),
        ("The brace is, on this record, not medically necessary.", False),
        ("None of the requested items is medically necessary.", False),
        ("The surgeon has not shown that the brace is medically necessary.", False),
        ("That a scooter is medically necessary has not been shown.", False),
        ("The medical necessity of the scooter remains doubtful.", False),
        ("The medical necessity of the scooter has been established.", True),
        ("The request fails for want of medical necessity.", False),
        ("The requested scooter is medically unnecessary.", False),
        ("For these reasons, I would not approve the scooter.", False),
        ("The need for a scooter has not been established.", False),
        ("The denial was correct.", False),
        ("The denial of the scooter is not warranted, and the request should be granted.", True),
        ("A scooter is therefore unnecessary.", False),
        ("The chart has nothing that would make a scooter medically necessary.", False),
        ("I find no basis for concluding that a scooter is medically necessary.", False),
        ("Medical necessity cannot be inferred from one note.", False),
        ("The request does not rise to the level of medical necessity.", False),
        ("The scooter is anything but medically necessary.", False),
        ("The scooter hardly qualifies as medically necessary.", False),
        ("Proof is lacking that the scooter is medically necessary.", False),
        ("No cause was given, nor is the scooter medically necessary.", False),
        ("This reviewer remains unpersuaded that the ramp is medically necessary.", False),
        ("Evidence that the ramp is medically necessary is absent.", False),
        ("The notes do not permit the conclusion that the ramp is medically necessary.", False),
        ("In no way is the scooter medically necessary.", False),
        ("Neither the scooter nor the ramp is medically necessary.", False),
        ("In the opinion of this reviewer, the scooter is medically necessary.", True),
        ("Nothing in the guideline speaks against it, and the scooter is medically necessary.", True),
        (
            "Utilization review held that it was not medically necessary, but I find that it is medically necessary.",
            True,
        ),
        ("Medically necessary.", True),
        ("Not medically necessary.", False),
        ("The strength test was normal. Not medically necessary and appropriate.", False),
    ],
)
def test_a_verdict_is_read_with_its_main_clause(text: str, necessary: bool) -> None:
    assert concludes(text) is necessary


@pytest.mark.parametrize(
    "text",
    [
        "It is unclear whether another injection would be medically necessary.",
        "The question is whether a third visit is medically necessary.",
        "The patient has pain and stiffness.",
        "The note does not say why a brace is medically necessary.",
        "There is no record as to how a second brace is medically necessary.",
        "The physician did not explain what makes the study medically necessary.",
        "The surgeon wrote that the brace was medically necessary.",
        "It is argued that a scooter is medically necessary.",
        "The claim that a scooter is medically necessary rests on nothing.",
        "If the knee were unstable, a brace would be medically necessary.",
        "Had the knee been unstable, a brace would be medically necessary.",
        "A brace may be medically necessary after the operation.",
        "A shorter course would have been medically necessary.",
        "To be medically necessary, a study must answer a question.",
        "The worker must show that the drug is medically necessary.",
        "Transport is advised for medically necessary visits.",
        "A second study is seldom medically necessary.",
        "According to the surgeon, the brace is medically necessary.",
        "In the surgeon's opinion the brace is medically necessary.",
        "Only a new finding would make a brace medically necessary.",
        "It would have to be shown that the brace is medically necessary.",
        "The physician submitted a letter of medical necessity.",
    ],
)
def test_an_open_question_is_no_verdict(text: str) -> None:
    assert concludes(text) is None
