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


@pytest.mark.parametrize(
    ("text", "necessary"),
    [
        ("At no point does the chart demonstrate that the second scan is medically necessary.", False),
        ("At no time has any treating clinician shown that the second scan is medically necessary.", False),
        ("Nowhere in the file is it shown that the second scan is medically necessary.", False),
        ("In none of the notes does the physician establish that the brace is medically necessary.", False),
        ("Under no reading of the chart is the brace medically necessary.", False),
        ("Not once do the records establish that the brace is medically necessary.", False),
        ("Only with a new injury would the second scan be medically necessary.", None),
        ("Not only is the second scan appropriate, it is medically necessary.", True),
        ("With no other option left, the brace is medically necessary.", True),
        ("On no fewer than six occasions the notes show that the brace is medically necessary.", True),
        ("In this case the notes show that the brace is medically necessary.", True),
        ("In no note is the brace shown to be medically necessary.", False),
        ("Nowhere do the records demonstrate that the brace is medically necessary.", False),
        ("On no account can a second brace be medically necessary.", False),
        ("Never has the chart shown that the brace is medically necessary.", False),
        ("By no means does this establish that the brace is medically necessary.", False),
        ("Not only do the notes show pain, they establish that the brace is medically necessary.", True),
        ("Not only is the request late, it is not medically necessary.", False),
    ],
)
def test_denial_before_its_verb(text: str, necessary: bool | None) -> None:
    """A denial with which a clause begins denies what it says: "at no point does the chart show"."""
    assert concludes(text) is necessary


@pytest.mark.parametrize(
    ("text", "necessary"),
    [
        ("The documentation is too thin to conclude that the second scan is medically necessary.", False),
        ("The notes are too brief and too old to establish that the brace is medically necessary.", False),
        ("The notes are not too brief to establish that the brace is medically necessary.", True),
        ("The worker is too weak to climb stairs, so the lift is medically necessary.", True),
        ("The pain is too severe to allow work, and the injection is medically necessary.", True),
        (
            "The two notes are far too vague, even when read together, to prove that the brace is medically necessary.",
            False,
        ),
    ],
)
def test_too_much_of_something(text: str, necessary: bool | None) -> None:
    """What is too thin to show something does not show it."""
    assert concludes(text) is necessary


@pytest.mark.parametrize(
    ("text", "necessary"),
    [
        ("The case for holding the second scan medically necessary has not been made.", False),
        ("The case for holding the second scan medically necessary has been made.", True),
        ("No case for finding the second scan medically necessary has been made.", False),
        ("The claim that the second scan is medically necessary is not borne out by the record.", False),
        ("The claim that the second scan is medically necessary is borne out by the record.", True),
        ("The contention that the second scan is medically necessary finds no support in the file.", False),
        ("The contention that the second scan is medically necessary finds ample support in the file.", True),
        ("The assertion that the brace is medically necessary lacks support.", False),
        ("The argument that the brace is medically necessary is unpersuasive.", False),
        ("The argument that the brace is medically necessary is persuasive.", True),
        ("The argument that the brace is not medically necessary is unpersuasive.", True),
        (
            "The requesting provider did not carry the burden of proving that the second scan is medically necessary.",
            False,
        ),
        ("The requesting provider carried the burden of proving that the second scan is medically necessary.", True),
        ("The physician did not meet the burden of showing that the second scan is medically necessary.", False),
        ("A finding that the second scan is medically necessary would be premature.", False),
        ("The chart may one day warrant the view that the brace is medically necessary.", None),
        ("The reviewer disagrees with the claim that the second scan is medically necessary.", False),
        ("I reject the claim that the brace is medically necessary.", False),
        ("I accept the claim that the brace is medically necessary.", True),
        ("The claim is that the brace is medically necessary.", None),
        ("The chart does not bear out the view that the brace is medically necessary.", False),
        ("The belief that the brace is medically necessary puzzles the panel.", None),
        ("The evidence that the brace is medically necessary is absent from the chart.", False),
        ("The evidence that the brace is medically necessary is convincing.", True),
        ("The view that the brace is medically necessary is mistaken.", False),
        ("The view that the brace is not medically necessary is mistaken.", True),
        ("The conclusion that the brace is medically necessary is correct.", True),
        ("A conclusion that the brace is medically necessary cannot be supported.", False),
        ("A conclusion that the brace is medically necessary is not warranted.", False),
        ("A conclusion that the brace is medically necessary is warranted.", True),
        ("The burden of showing that the brace is medically necessary has not been met.", False),
        ("The burden of showing that the brace is medically necessary has been met.", True),
        ("The provider has the burden of showing that the brace is medically necessary.", None),
        ("No claim that the brace is medically necessary is borne out by the chart.", False),
        ("The physician's claim is that the brace is medically necessary.", None),
        ("I do not accept the physician's claim that the brace is medically necessary.", False),
        ("The premise that the brace is medically necessary has no support in the records.", False),
        ("The suggestion that the brace is medically necessary came from the worker.", None),
        ("The idea that twelve more visits are medically necessary is unsupported.", False),
        ("I am not persuaded by the argument that the brace is medically necessary.", False),
        ("I am persuaded by the argument that the brace is medically necessary.", True),
        ("No reasonable reading of these notes would support the view that the brace is medically necessary.", False),
        ("The proposition that the brace is medically necessary is doubtful.", False),
    ],
)
def test_nouns_of_claim(text: str, necessary: bool | None) -> None:
    """A clause that a noun names is meant as the verb of the noun says."""
    assert concludes(text) is necessary


@pytest.mark.parametrize(
    ("text", "necessary"),
    [
        ("It is beyond dispute that the second scan is medically necessary.", True),
        ("It is beyond any reasonable doubt that the brace is medically necessary.", True),
        ("No one could dispute that the second scan is medically necessary.", True),
        ("Nobody would deny that the second scan is medically necessary.", True),
        ("No reasonable reviewer would doubt that the second scan is medically necessary.", True),
        ("It cannot be disputed that the second scan is medically necessary.", True),
        ("It cannot be denied that the second scan is medically necessary.", True),
        ("It is not in dispute that the second scan is medically necessary.", True),
        ("It is not in doubt that the second scan is medically necessary.", True),
        ("It is in dispute whether the second scan is medically necessary.", None),
        ("The provider does not dispute that the brace is medically necessary.", None),
        ("The facts are beyond question, and the brace is medically necessary.", True),
        ("There can be no dispute that the brace is medically necessary.", True),
        ("There is good reason to doubt that the brace is medically necessary.", False),
        ("There is no question that the brace is medically necessary.", True),
        ("Beyond any doubt, the brace is medically necessary.", True),
        ("It is undisputed that the brace is medically necessary.", True),
        ("Few would dispute that the brace is medically necessary.", True),
    ],
)
def test_doubt(text: str, necessary: bool | None) -> None:
    """What is beyond doubt, or what nobody disputes, is affirmed."""
    assert concludes(text) is necessary


@pytest.mark.parametrize(
    ("text", "necessary"),
    [
        ("The treating physician offers no reason to believe that the second scan is medically necessary.", False),
        ("There is no reason to think that the brace is medically necessary.", False),
        ("It is hard to see how the second scan could be medically necessary.", False),
        ("It is difficult to see why the second scan would be medically necessary.", False),
        ("I fail to see how the brace is medically necessary.", False),
        ("It is not hard to see why the brace is medically necessary.", True),
        ("The note does not say why the brace is medically necessary.", None),
        ("No reasonable physician would conclude that the brace is medically necessary.", False),
        ("The brace is not only useful but medically necessary.", True),
        ("The records fall short of showing that the brace is medically necessary.", False),
        ("The provider believes, in no uncertain terms, that the brace is medically necessary.", None),
        ("There is every reason to believe that the brace is medically necessary.", True),
        ("There is good reason to conclude that the brace is medically necessary.", True),
        ("The physician finds it hard to see why the brace is not medically necessary.", None),
        ("It is impossible to see how a second brace is medically necessary.", False),
        ("It is easy to see why the brace is medically necessary.", True),
        ("One cannot see how the brace would be medically necessary.", False),
        ("I cannot imagine how a third brace is medically necessary.", False),
        ("It is not explained how the brace is medically necessary.", None),
        ("It was wrong to ask whether the brace is medically necessary.", None),
        ("It would be wrong to say that the brace is medically necessary.", False),
        ("It is incorrect that the brace is medically necessary.", False),
        ("It is wrong to say that the brace is not medically necessary.", True),
        ("No physician has said that the brace is medically necessary.", None),
        ("There is a dearth of evidence that the brace is medically necessary.", False),
        ("The file is bereft of proof that the brace is medically necessary.", False),
        ("I search the file in vain for proof that the brace is medically necessary.", False),
        ("I am reluctant to find that the brace is medically necessary.", False),
        ("The physician neglected to show that the brace is medically necessary.", False),
        ("It does not follow that the brace is medically necessary.", False),
        ("From these findings it follows that the brace is medically necessary.", True),
    ],
)
def test_other_governors(text: str, necessary: bool | None) -> None:
    """Grounds, what is hard to see, and judgments."""
    assert concludes(text) is necessary


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("The notes show that the brace is medically necessary.", True),
        ("I reject the claim that the brace is medically necessary.", True),
        ("There is evidence that the brace is medically necessary.", True),
        ("There is no evidence that the brace is medically necessary.", True),
        ("It is clear from the chart that the brace is medically necessary.", True),
        ("There is a mere whisper of evidence that the brace is medically necessary.", False),
        ("It would take more than these notes to show that the brace is medically necessary.", False),
        ("The notes stop well before establishing that the brace is medically necessary.", False),
        ("I part company with those who say that the brace is medically necessary.", False),
        ("The panel frets that therapy is medically necessary.", False),
        ("It takes some effort to find evidence of medical necessity.", False),
        ("Nothing in the denial overcomes the showing that the brace is medically necessary.", False),
    ],
)
def test_an_unknown_governor_leaves_a_verdict_uncertain(text: str, certain: bool) -> None:
    """A word that is not known may turn what is said: such a verdict is no certain contradiction."""
    passage = Passage(Prose(Source(text), Span(0, len(text))))
    assert [verdict.is_certain for verdict in passage.verdicts] == [certain]


@pytest.mark.parametrize(
    ("text", "necessary"),
    [
        ("At no point does the chart establish medical necessity.", False),
        ("The notes are too thin to establish medical necessity.", False),
        ("The claim of medical necessity finds no support.", False),
        ("A finding of medical necessity is warranted.", True),
        ("A finding of medical necessity is not warranted.", False),
        ("Medical necessity is beyond dispute.", True),
        ("Medical necessity is not in question.", True),
        ("No one could dispute the medical necessity of the brace.", True),
        ("The medical necessity of the brace is not disputed.", True),
        ("The medical necessity of the brace is in doubt.", False),
    ],
)
def test_necessity_as_a_noun(text: str, necessary: bool) -> None:
    """The noun is meant as the adjective is."""
    assert concludes(text) is necessary
