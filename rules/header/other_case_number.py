import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Pattern,
    Reading,
    Rule,
    Span,
    knowledge,
    quote,
)

NUMBER = re.compile(r"CM(?<!\w..)\d\d-\d{7}(?!\w)")
ANOTHER = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('earlier', 'another')}|related|companion|see also)\b[^.\n]{{0,80}}$",
    re.IGNORECASE,
)
LABEL = re.compile(r"\bC(?:ase|ASE) N(?:umber|UMBER|o\.?)[: #]*$")
BEHIND = re.compile(r"[^\w\n]*(?:[Pp]age )?\d{0,3}(?: of \d{1,3})?[^\w\n]*")
AHEAD = 120  # characters before a number in which words may call it that of another case


class OtherCaseNumber(Rule):
    """Another case number stands in the head of a page, in a covering letter, or in the text.

    A page of another case was bound in, or a letter was written over that of another case. A letter that names
    an earlier or a related case by its number is not reported.

    ```diff
    -MAXIMUS Federal Services sent the complete case file
    +Final Determination Letter for IMR Case Number CM17-9900002    2
    +MAXIMUS Federal Services sent the complete case file
    ```

    ```findings
    "CM17-9900002" case number "CM17-9900002" here, "CM17-9900001" on the cover
      "CM17-9900001" the other case number
    ```
    """

    code = "HDR004"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        own = letter.header.case_number
        numbers = list(NUMBER.finditer(letter.source.text))
        cover = own.span if own and NUMBER.fullmatch(own.raw) else Span(*numbers[0].span()) if numbers else None
        if cover is None:
            return
        number = letter.source[cover]
        reported = set()
        for match in numbers:
            span = Span(*match.span())
            before = " ".join(letter.source.text[max(span.start - AHEAD, 0) : span.start].split())
            if match.group() == number or match.group() in reported or ANOTHER.search(before):
                continue
            reported.add(match.group())
            in_text = span.start >= letter.opening.end and not is_head(letter.source.text, span)
            yield Finding(
                span,
                f"case number {quote(match.group())} here, {quote(number)} {'on the cover' if own else 'elsewhere'}",
                notes=(Note(cover, "the other case number"),),
                evidence=(Feature.ANOTHER_FITS,) if in_text else (),
            )


def is_head(text: str, span: Span) -> bool:
    """Whether a number stands in a line such as the head of a page: after "Case Number", with only a page number behind."""
    end = text.find("\n", span.end)
    behind = text[span.end : end if end >= 0 else None]
    return bool(LABEL.search(text[max(span.start - 20, 0) : span.start]) and BEHIND.fullmatch(behind))
