"""Arguments of a rationale: what speaks for the disputed request, and what against it."""

from __future__ import annotations

import pytest

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.reading.arguments import Direction, find_arguments
from imrlint.reading.passage import Passage


def read_directions(text: str) -> set[Direction]:
    """The directions of the arguments in a rationale."""
    passage = Passage(Prose(Source(text), Span(0, len(text))))
    return {argument.direction for argument in find_arguments(passage.sentences, NAMES) if argument.is_certain}


NAMES = frozenset(("stimulator", "trial", "norco"))
CRITERIA = "The guideline lists four criteria for the injection: pain, loss of motion, a scan, and failed therapy. "


@pytest.mark.parametrize(
    "text",
    [
        "There is every reason to allow the requested brace.",
        "The requested study should go forward.",
        CRITERIA + "Each of these is present here.",
        CRITERIA + "All of these are present in this patient.",
        CRITERIA + "The patient satisfies each of them.",
        CRITERIA + "He fulfills all four.",
        CRITERIA + "Every one of these has been documented in this case.",
        "The carrier was wrong to refuse it.",
        "The claims administrator erred in denying the study.",
        "The denial cannot stand.",
        "The refusal of the injection is set aside.",
        "I see no ground on which to withhold the medication.",
        "I can find no reason to deny the request.",
        "The request ought to be granted.",
        "Approval of the request is in order.",
        "The number of visits requested stays within what the guideline allows.",
        "The requested duration does not exceed what the guideline allows.",
        "Nothing in the guideline speaks against the requested study.",
        "It would be unreasonable to withhold the requested surgery.",
        "The request is far from premature.",
        "A strong case has been made for the requested treatment.",
        "I would allow the study.",
        "The reviewer cannot agree with the denial.",
        "The denial of the brace finds no support in this record.",
        "The grounds for denying the request do not hold up.",
        "The requested surgery is a sound and timely choice.",
        "There is ample justification for the requested imaging.",
        "The request deserves to be approved.",
        "Denial of the request was not justified.",
        "This request has merit.",
        "The weight of the evidence is in favor of the request, and it speaks for the stimulator.",
        "Nothing speaks against the trial.",
        "Nothing stands in the way of the requested operation.",
        "There was good reason to introduce Norco.",
        "This stimulator is a sensible choice.",
        "The stimulator has to be approved.",
        "He qualifies for the trial.",
        "He is a good candidate for the stimulator.",
        "The usefulness of the stimulator is evident.",
        "It would be wrong to postpone the trial.",
        "I side with the request, and the arguments of the denial fail.",
        "The stimulator itself is not unreasonable.",
        "The denial fails.",
    ],
)
def test_what_speaks_for_the_request(text: str) -> None:
    assert read_directions(text) == {Direction.FOR}


@pytest.mark.parametrize(
    "text",
    [
        "The request cannot be supported.",
        "The denial stands.",
        "The carrier was right to decline it.",
        "The utilization reviewer was justified in denying the request.",
        CRITERIA + "None of these is present here.",
        CRITERIA + "The patient satisfies none of them.",
        CRITERIA + "Not one of these has been documented in this case.",
        "The request falls short of the criteria.",
        "There is scant ground to repeat the requested study.",
        "The request goes well beyond what the guideline allows.",
        "No case has been made for the requested surgery.",
        "The requested treatment would be futile.",
        "I find nothing that would justify the requested surgery.",
        "The request must fail.",
        "The request comes too soon.",
        "There is good reason to refuse the request.",
        "Two of the three criteria are not met.",
        "I see no ground to allow the request, because it is excessive.",
        "The requirements of the guideline remain unfulfilled.",
        "The request is out of keeping with the guideline.",
        "The request should be turned down.",
        "The requested number of visits is more than the guideline allows.",
        "There is no justification for the requested imaging.",
        "The request is without merit.",
        "I cannot endorse the request.",
        "It would be unwise to approve the requested surgery.",
        "The requested drug ought to be withheld.",
        "The denial of the brace is well founded.",
        "The request is premature.",
        "The case for the requested surgery has not been made.",
        "Nothing in this record speaks for the requested study.",
        "All this argues against the stimulator.",
        "The scales tip against the requested operation.",
        "There was scant reason to introduce Norco.",
        "This stimulator is ill-advised.",
        "The trial has to be refused.",
        "He does not qualify for the trial.",
        "He is a poor candidate for the stimulator.",
        "The usefulness of the stimulator is doubtful.",
        "It would be right to postpone the trial.",
        "The reviewer sides with the denial.",
        "The stimulator is no longer appropriate.",
        "I would not authorize the stimulator.",
    ],
)
def test_what_speaks_against_the_request(text: str) -> None:
    assert read_directions(text) == {Direction.AGAINST}


@pytest.mark.parametrize(
    "text",
    [
        "Surgery was approved in March.",
        "The utilization reviewer found no reason to approve the request.",
        "If the criteria were met, the request could be granted.",
        "The guideline recommends an MRI where red flags are present.",
        "It is unclear whether the criteria are met.",
        "The physician says that there is every reason to allow the study.",
        "The worker was turned down for surgery.",
        "Only when all of these are present should an injection be given.",
        "The question is whether the denial can stand.",
        "Manipulation is appropriate as an option for the low back.",
        "The first six visits were reasonable.",
        "A shorter course could be supported.",
        "The claims administrator allowed four visits.",
        "He may proceed with home exercises.",
        "The request was denied on 12/07/2016.",
        "There is no reason to suspect a fracture.",
        "The earlier request was premature.",
        "The injection is contraindicated in patients with an infection.",
        "The denial states that the request is excessive.",
        "All of these were present in the emergency room in 2015.",
        "The physician wrote that the request is reasonable.",
        "Unless the pain returns, the request cannot be supported.",
        "Denial of the request was based on a lack of progress.",
        "The surgeon was right to order a scan before the operation.",
        "The worker is able to stand and walk.",
        "She satisfies herself with heat and rest.",
        "A stimulator is appropriate for patients with neuropathic pain.",
        "He is a good candidate for surgery.",
        "Norco was begun in May.",
        "The trial of ibuprofen was reasonable.",
        "The fracture argues against early weight bearing.",
        "The worker was right to stop the drug.",
        "The surgeon was wrong to give the first injection.",
        "The surgery was approved last year.",
        "There is reason to continue exercise.",
        "Several of the criteria are satisfied.",
        "Two of the three criteria are met.",
        "The sessions requested lie within that limit, but the other conditions are unmet.",
        "The reasoning that supports the first request cannot be carried over to the second.",
    ],
)
def test_what_does_neither(text: str) -> None:
    assert read_directions(text) == set()
