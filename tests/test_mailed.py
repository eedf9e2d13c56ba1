"""Letters as they are mailed: with a notice or a covering letter before them, with heads on their pages.

Nothing of that is misread, and files that are no letters have one finding.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import imrlint
from imrlint.document.letter import Generation, Letter
from imrlint.document.page_heads import blank_page_heads
from imrlint.engine.findings import Severity
from imrlint.settings.config import Config, ConfigError, build_config
from imrlint.settings.files import Settings

ROOT = Path(__file__).parent.parent
LETTERS = [
    *sorted((ROOT / "benchmarks" / "letters").glob("*.txt"))[::4],
    *sorted((ROOT / "examples").glob("*.txt")),
    *sorted((ROOT / "tests" / "letters").glob("*.txt")),
]
MAILED = build_config({"stage": "mailed"}, "here")

# Invented pages; where a letter has no cover of its own, they have no dates either.
PAGES = {
    "notice-uphold": """\
MAXIMUS FEDERAL SERVICES, INC.
Independent Medical Review
P.O. Box 138009
Sacramento, CA 95813-8009
(855) 865-8873     Fax: (916) 605-4270

Notice of Independent Medical Review Determination

Dated: {decided}

Jordan Quillon
100 North Elm Street
Oakland, CA 94612

IMR Case Number: {case}          Date of Injury: {injury}
Claims Number: WC-4471208        UR Denial Date: {denied}
Priority: STANDARD               Application Received: {received}
Employee Name: Jordan Quillon
Provider Name: Xiomara Vesper, MD
Treatment(s) in Dispute Listed on IMR Application:
See the attached list of disputed treatments.

Dear Mr. Quillon:

MAXIMUS Federal Services has completed the Independent Medical Review ("IMR") of the above
workers' compensation case. This letter gives you the Final Determination and explains how it was
made. A detailed explanation of the decision for each of the disputed items is provided later in
this letter.

The determination of MAXIMUS Federal Services is deemed to be the final determination of the
Administrative Director, Division of Workers' Compensation. It is binding on all parties. In
certain limited circumstances you can appeal it to the Workers' Compensation Appeals Board within
30 days from the date of this letter. For more information see Labor Code Section 4610.6(h).

Sincerely,

Paula Marchbank, MD, MPH
Medical Director

cc: Department of Industrial Relations, Division of Workers' Compensation

""",
    "covering-letter": """\
MAXIMUS Federal Services
Independent Medical Review
625 Coolidge Drive, Suite 150
Folsom, CA 95630
Telephone: (916) 555-0100
Fax: (916) 555-0101

{decided}

Xiomara Vesper, Esq.
Vesper & Marlow
200 Broad Street, Suite 12
Fresno, CA 93721

RE: Jordan Quillon v. Hartline Roofing
Case Number: {case}
Claim Number: ADJ-8812345

Dear Ms. Vesper:

Enclosed is the Final Determination of the Independent Medical Review requested for your client.
The reviewer is independent of the parties. Please call our office at (916) 555-0100 if you have
questions about the process.

Sincerely,

IMR Department
MAXIMUS Federal Services

Enclosures: Final Determination
            Information on appeals

cc: Claims Administrator
    Treating physician

""",
    "appeal-notice": """\
STATE OF CALIFORNIA
Department of Industrial Relations
Division of Workers' Compensation

NOTICE OF APPEAL RIGHTS

The enclosed determination is final and binding on all parties. You may appeal it by filing a
verified petition with the Workers' Compensation Appeals Board within 30 days of the date on which
it was mailed. The grounds of appeal are: the determination was without or in excess of the powers
of the administrative director; it was procured by fraud; the reviewer had a material conflict of
interest; it was the result of bias; or it was the result of a plainly erroneous express or
implied finding of fact that is not a matter subject to expert opinion.

1. The petition must be served on all parties.
2. It must state the reasons in full.

For help call the Information and Assistance Unit at 1-800-736-7401.

""",
    "notice-announced": """\
Notice of Independent Medical Review Determination

Dear Injured Worker:

MAXIMUS Federal Services, Inc. has reviewed the dispute about your treatment. The decisions are
listed on the following pages:

Final Determination: see the attached pages.

DOCUMENTS ENCLOSED
1) Final Determination
2) Proof of service

""",
    "proof-of-service": """\
PROOF OF SERVICE

I am over the age of 18 and not a party to this action. On {decided} I served the attached
determination on the parties listed below by placing a true copy in a sealed envelope with postage
prepaid in the United States mail at Folsom, California.

Jordan Quillon, 100 North Elm Street, Oakland, CA 94612
Hartline Roofing, P.O. Box 1200, Fresno, CA 93721

I declare under penalty of perjury that the foregoing is true and correct.

Signed: Morgan Tessaly

""",
    "short": """\
IMR Final Determination

Case: {case}

Dear Dr. Vesper:

The attached determination concerns a service that you requested.

""",
    "notice-upper": """\
NOTICE OF INDEPENDENT MEDICAL REVIEW DETERMINATION

Mailed {decided}

To: Jordan Quillon
From: MAXIMUS Federal Services, Independent Medical Review
Re: Final Determination, Case {case}

This notice is sent to you under Labor Code section 4610.6. Case Summary and rationale follow.

""",
}
HEADS = {
    "case number": "\f Final Determination Letter for IMR Case Number {case}     {page}\n",
    "no page break": "\nFinal Determination Letter for IMR Case Number {case}     {page}\n\n",
    "page number": "\fPage {page} of 9\n\n",
    "footer": "\n                 Page {page}\n\f",
}
NO_LETTERS = {
    "nothing": "",
    "blank pages": "  \n\n\f \n",
    "resume": "JORDAN QUILLON, M.D.\n100 North Elm Street\nOakland, CA 94612\n\nEXPERIENCE\nPhysician, 2009 to 2016\n"
    "\nBoard Certified in Internal Medicine. Licensed to practice in California.\n",
    "invoice": "INVOICE\nBill to: Hartline Roofing\n\n1) MRI of the lumbar spine    $900.00\nPriority: Standard\n",
    "progress report": "PROGRESS REPORT\nPatient Name: Jordan Quillon\nDate of Injury: 1/2/2013\n\nDOCUMENTS REVIEWED\n"
    "MRI of 1/2/2014.\n\nCase Summary:\nThe patient is a 45 year old male with low back pain.\n",
    "denial": "UTILIZATION REVIEW\nDate of Injury: 1/2/2013\nDate of UR Decision: 3/2/2014\nDecision: Non-certified\n",
    "list of cases": "case,decision\nCM17-9900001,Upheld\nCM17-9900002,Overturned\n",
    "notice alone": PAGES["notice-uphold"],
}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def reported(text: str, config: Config) -> Counter[tuple[str, str]]:
    """The warnings and errors, each with the words that it is about."""
    found = imrlint.check(text, config=config).diagnostics
    return Counter((d.name, text[slice(*d.finding.span)]) for d in found if d.severity >= Severity.WARNING)


def fill(page: str, letter: Letter) -> str:
    """The page with the numbers and dates of the letter."""
    header = letter.header
    values = {
        name: field.raw if (field := getattr(header, slot)) else "CM16-9900777"
        for name, slot in (
            ("case", "case_number"),
            ("decided", "decided"),
            ("injury", "injury"),
            ("denied", "denied"),
            ("received", "received"),
        )
    }
    dated = ("{decided}", "{injury}", "{denied}", "{received}")
    lines = page.splitlines(keepends=True)
    if not header.injury:
        lines = [line for line in lines if not any(name in line for name in dated)]
    return "".join(lines).format(**values)


@pytest.mark.parametrize("name", PAGES)
def test_pages_before_a_determination_change_nothing(name: str) -> None:
    for path in LETTERS:
        text = read(path)
        letter = imrlint.parse(text)
        mailed = fill(PAGES[name], letter) + "\f" + text
        read_again = imrlint.parse(mailed)
        assert read_again.generation in (letter.generation, Generation.COVER), path.name
        assert reported(mailed, MAILED) == reported(text, MAILED), path.name


@pytest.mark.parametrize("name", HEADS)
def test_heads_of_pages_change_nothing(name: str) -> None:
    for path in LETTERS:
        text = read(path)
        number = imrlint.parse(text).header.case_number
        lines = []
        for i, line in enumerate(text.split("\n"), 1):
            lines.append(line)
            if i % 41 == 0:
                lines.append(HEADS[name].format(case=number.raw if number else "CM14-9900012", page=i // 41 + 1))
        found, expected = reported("\n".join(lines), MAILED), reported(text, MAILED)
        assert Counter(rule for rule, _ in found.elements()) == Counter(rule for rule, _ in expected.elements()), (
            path.name
        )


def test_heads_are_blanked_and_keep_every_place() -> None:
    text = "one\n\fPage 2 of 3\ntwo\nsee page 4 of it\nCase Number: CM17-9900001   12\nCase Number: CM17-9900001\n"
    blanked = blank_page_heads(text)
    assert len(blanked) == len(text)
    assert blanked.split() == ["one", "two", "see", "page", "4", "of", "it", "Case", "Number:", "CM17-9900001"]
    assert "\f" in blanked


@pytest.mark.parametrize("name", NO_LETTERS)
def test_what_is_no_letter_has_one_finding(name: str) -> None:
    (found,) = imrlint.check(NO_LETTERS[name]).diagnostics
    assert (found.name, found.severity) == ("not-a-letter", Severity.ERROR)


def test_a_posted_letter_names_nobody_and_a_mailed_one_its_parties_before_the_determination() -> None:
    clean = read(ROOT / "tests" / "letters" / "clean.txt")
    mailed = fill(PAGES["notice-uphold"], imrlint.parse(clean)) + "\f" + clean
    posted = Counter(name for name, _ in reported(mailed, Config()).elements())
    assert posted == {"person-name": 4, "postal-address": 2, "record-number": 1}
    assert reported(mailed, MAILED) == Counter()
    named = mailed.replace("She takes naproxen.", "Dr. Quillon saw her; her SSN ends in 3456.")
    assert reported(named, MAILED) == {("person-name", "Quillon"): 1, ("social-security-number", "SSN ends in 3456"): 1}
    signed = clean + "\n\nSincerely,\n\nMorgan Quillon\nReview Coordinator\n\ncc: Jordan Vesper, Esq.\n"
    assert reported(signed, MAILED) == Counter()
    assert reported(signed, Config()).keys() == {("person-name", "Morgan Quillon"), ("person-name", "Jordan Vesper")}


def test_what_a_house_calls_its_own_is_no_finding(tmp_path: Path) -> None:
    clean = read(ROOT / "tests" / "letters" / "clean.txt")
    text = clean.replace("She takes naproxen.", "Call Dr. Quillon at (555) 555-0100 or (555) 555-0199.")
    (tmp_path / "own.txt").write_text("(555) 555 0100  # the desk\nquillon\n", encoding="utf-8")
    own = build_config({"own": "own.txt"}, str(tmp_path / "imrlint.toml"))
    assert reported(text, own) == {("phone-number", "(555) 555-0199"): 1}
    layered = Settings(
        {"own": ["Quillon"], "profiles": {"out": {"own": ["(555) 555-0100"], "stage": "mailed"}}}, "here"
    )
    assert layered.config(profile="out").own == ("Quillon", "(555) 555-0100")
    assert layered.config(profile="out").stage == "mailed"
    assert layered.config().stage == "posted"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"stage": "sent"}, "here: stage is 'sent'; it can be posted or mailed"),
        ({"own": 3}, 'here: own must be a list, such as ["(555) 555-0100"], or the name of a file'),
    ],
)
def test_a_stage_that_there_is_not_is_an_error(content: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError) as error:
        build_config(content, "here")
    assert str(error.value) == message
