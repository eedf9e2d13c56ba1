"""Whole letters: every part found, no word lost, in every layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from census import expected, found, lost

import imrlint
from imrlint.document.letter import Decision, Generation, Letter, SectionKind
from imrlint.document.text import Source
from imrlint.parser import parse

EXAMPLES = Path(__file__).parent.parent / "examples"


def read(name: str) -> Letter:
    return parse(Source((EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")))


def test_census_over_real_letters(real_letters: dict[str, str]) -> None:
    wrong = {
        name: (expected(text), counted)
        for name, text in real_letters.items()
        if (counted := found(parse(Source(text)))) != expected(text)
    }
    assert wrong == {}


def test_no_word_of_a_real_letter_is_lost(real_letters: dict[str, str]) -> None:
    assert {name: left for name, text in real_letters.items() if (left := lost(parse(Source(text))))} == {}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("clean-*.txt")), ids=lambda path: path.stem)
def test_census_over_examples(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert found(parse(Source(text))) == expected(text)
    assert lost(parse(Source(text))) == ""


def test_the_cover_with_two_fields_a_line(clean: str) -> None:
    header = parse(Source(clean)).header
    printed = {slot: getattr(header, slot).raw for slot in header.__slots__}
    assert printed == {
        "case_number": "CM17-9900001",
        "priority": "Standard",
        "assigned": "07/18/2017",
        "decided": "08/14/2017",
        "injury": "03/22/2017",
        "denied": "06/20/2017",
        "received": "07/10/2017",
    }


def test_a_field_is_absent_unreadable_or_read(clean: str) -> None:
    header = parse(Source(clean.replace("07/18/2017", "soon").replace("08/14/2017", ""))).header
    assert header.assigned is not None
    assert (header.assigned.raw, header.assigned.value) == ("soon", None)
    assert header.decided is not None
    assert (header.decided.raw, header.decided.value) == ("", None)
    assert parse(Source("Case Number: CM17-9900001\n")).header.injury is None


def test_both_layouts_of_credentials(clean: str) -> None:
    block = parse(Source(clean)).reviewer
    assert [state.value for state in block.states] == ["California", "Oregon"]
    assert [field.value for field in block.specialties] == ["Physical Medicine & Rehabilitation", "Pain Management"]
    sentence = read("clean-2014-low-back").reviewer
    assert [state.value for state in sentence.states] == ["California"]
    assert [field.value for field in sentence.specialties] == ["Physical Medicine & Rehabilitation", "Pain Medicine"]


@pytest.mark.parametrize(
    ("name", "generation", "decisions"),
    [
        ("clean-2017-shoulder", Generation.COVER, "UUO"),
        ("clean-2014-low-back", Generation.PLAIN, "OUU"),
        ("slips-2015-therapy", Generation.PLAIN, "U?OO"),
        ("slips-2013-notice", Generation.NOTICE, "UUUU"),
        ("older-2013-professional", Generation.PROFESSIONAL, "U"),
        ("older-2014-format2", Generation.NUMBERED, "UO"),
    ],
)
def test_every_generation_has_the_same_model(name: str, generation: Generation, decisions: str) -> None:
    letter = read(name)
    assert letter.generation is generation
    signs = {Decision.UPHELD: "U", Decision.OVERTURNED: "O", None: "?"}
    assert "".join(signs[d.decision.value] for d in letter.disputes if d.decision) == decisions
    assert letter.summary is not None
    assert letter.reviewer.states
    for dispute in letter.disputes:
        assert dispute.title.value
        assert dispute.rationale is not None
        assert dispute.reviewer is not None


def test_the_notice_announces_what_it_decides() -> None:
    letter = read("slips-2013-notice")
    assert [announcement.number for announcement in letter.announcements] == [1, 2, 3, 4]
    assert [a.title.value for a in letter.announcements] == [d.title.value for d in letter.disputes]


def relaid(text: str, how: str) -> str:
    """The same letter in another layout."""
    match how:
        case "crlf":
            return text.replace("\n", "\r\n")
        case "no final newline":
            return text.rstrip()
        case "double-spaced":
            lines = text.split("\n")
            return "\n".join(f"{line} \n" if line.strip() else " " for line in lines)
        case "page break in a sentence":
            at = text.index("truck bed onto")
            return text[:at].rstrip() + "\n\f\n\n" + text[at:]
        case "page break before a decision":
            return text.replace("contrast: Overturned", "contrast:\n\f\nOverturned")
        case "decision on the next line":
            return text.replace(": Overturned", ":\nOverturned")
        case "titles not capitals":
            return text.replace("CLINICAL CASE SUMMARY", "Clinical Case Summary:")
        case "byte order mark":
            return "\ufeff" + text
        case "no-break spaces":
            return text.replace("Case Number:", "Case\xa0Number:").replace("MAXIMUS guideline", "MAXIMUS\xa0guideline")
        case "tabs in the cover":
            return text.replace("07/18/2017         ", "07/18/2017\t").replace("Date:        08", "Date:\t08")
        case "gaps collapsed in the cover":
            return "\n".join(" ".join(line.split()) for line in text.split("\n")[:5]) + text[text.index("\n\n  ") :]
        case "old Macintosh":
            return text.replace("\n", "\r")
        case "indented":
            return "\n".join(f"    {line}" for line in text.split("\n"))
    return text


LAYOUTS = (
    "crlf", "no final newline", "double-spaced", "page break in a sentence", "page break before a decision",
    "decision on the next line", "titles not capitals", "indented", "byte order mark", "no-break spaces",
    "tabs in the cover", "gaps collapsed in the cover", "old Macintosh",
)  # fmt: skip


@pytest.mark.parametrize("how", LAYOUTS)
def test_the_layout_changes_nothing(clean: str, how: str) -> None:
    def said(text: str) -> list[object]:
        letter = parse(Source(text))
        header = letter.header
        return [
            [getattr(header, slot) and getattr(header, slot).value for slot in header.__slots__],
            [section.kind for section in letter.sections],
            [section.prose.text for section in letter.sections if section.prose],
            [
                (
                    d.title.value,
                    d.decision and d.decision.value,
                    [(c.kind, c.prose and c.prose.text) for c in d.clauses],
                )
                for d in letter.disputes
            ],
        ]

    assert said(relaid(clean, how)) == said(clean)


def test_paragraphs_of_one_long_line_are_not_taken_for_double_spacing(clean: str) -> None:
    paragraphs = [" ".join(p.split()) for p in clean.split("\n\n")]
    letter = parse(Source("\n\n".join(paragraphs)))
    assert [len(dispute.clauses) for dispute in letter.disputes] == [3, 3, 3]


def test_a_title_of_several_sentences_and_colons() -> None:
    title = (
        "Retrospective: Naproxen 500mg #60 day supply: 30 was the original request. Naproxen 500mg #40 was authorized"
        " by the Claims Administrator. The remaining IMR eligible portion of the original request, Naproxen 500mg #20"
    )
    wrapped = title.replace("request. ", "request. \n").replace("portion of", "portion\nof")
    letter = parse(
        Source(f"IMR ISSUES, DECISIONS AND RATIONALES\nA lead-in.\n\n{wrapped} is: Upheld\n\nDecision rationale: No.\n")
    )
    (dispute,) = letter.disputes
    assert dispute.title.value == f"{title} is"
    request = dispute.request
    assert request.original is not None
    assert request.authorized is not None
    quantities = [portion.quantities[0].value for portion in (request.original, request.authorized, request.disputed)]
    assert quantities == [60, 40, 20]
    assert letter.source[request.disputed.span].endswith("#20")


def test_a_title_set_as_several_paragraphs_stays_one() -> None:
    letter = parse(
        Source(
            "IMR ISSUES, DECISIONS AND RATIONALES\nA lead-in.\n\n"
            "Massage times 8 was the original request.\n\n"
            "Massage times 4 was authorized by the Claims Administrator.\n\n"
            "The remaining IMR eligible portion of the original request, Massage times 4 is: Upheld\n\n"
            "Claims Administrator guideline: None.\n"
        )
    )
    (dispute,) = letter.disputes
    assert dispute.request.original is not None


def test_an_item_directly_under_a_rationale_is_found() -> None:
    letter = parse(Source("First: Upheld\nDecision rationale: Because.\nSecond: Overturned\nDecision rationale: So.\n"))
    assert [dispute.title.value for dispute in letter.disputes] == ["First", "Second"]


def test_labels_in_prose_are_words(clean: str) -> None:
    text = clean.replace("She takes naproxen.", "\nDate of Injury: 01/01/2001\nThe Claims Administrator based it so.")
    letter = parse(Source(text))
    assert letter.header.injury is not None
    assert letter.header.injury.raw == "03/22/2017"
    assert letter.summary is not None
    assert "Date of Injury: 01/01/2001 The Claims Administrator based it so." in letter.summary.text


def test_a_misspelt_heading_still_begins_its_section(clean: str) -> None:
    letter = parse(Source(clean.replace("CLINICAL CASE SUMMARY", "CLINCAL CASE SUMARY")))
    section = letter.section(SectionKind.SUMMARY)
    assert section is not None
    assert section.title.raw == "CLINCAL CASE SUMARY"


@pytest.mark.parametrize(
    "how", ["crlf", "no final newline", "double-spaced", "indented", "byte order mark", "old Macintosh"]
)
def test_the_layout_of_a_real_letter_changes_no_finding(real_letters: dict[str, str], how: str) -> None:
    def findings(text: str) -> list[tuple[str, str]]:
        report = imrlint.check(text)
        return [(d.name, " ".join(report.source[d.finding.span].split())) for d in report.diagnostics]

    single_spaced = {name: text for name, text in real_letters.items() if name.startswith("CM")}
    assert [name for name, text in single_spaced.items() if findings(relaid(text, how)) != findings(text)] == []
