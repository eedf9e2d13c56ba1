import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Pattern, Reading, Rule, Trait, knowledge, quote

# Words with which no sentence ends; "given", "since" and "as well" may end one.
ENDS = Pattern(
    r"\b(?P<last>(?:the|a|an|and|or|but|than|because|although|whereas|while|until|is a|is an|due to"
    r"|such as|as well as|in order to"
    r"|(?:does|do|did) not (?:specifically )?address|potential(?:ly)? aberrant|reveals?|indicates? that"
    r"|states? that|documented that|showing"
    r"|will be|would be|has not been|have not been|which is|which was|into|during|between|upon|of"
    r"|with|(?:due|according|related|prior|secondary|able|unable|failed"
    r"|needs?|order) to|(?:request|indicated|necessary|criteria|evidence|support) for|that the \w+ has"
    r"|what the \w+ has))[.?!]?$",
    re.IGNORECASE,
)
# A preposition may end a sentence after a verb that goes with it ("acted upon"), or far from the word that it
# belongs to ("what it consists of").
STRANDED = Pattern(
    rf"\b(?:{knowledge.function_words.alternatives('be')}) (?:[a-z]+ )?"
    rf"(?:{knowledge.function_words.alternatives('participle with of')}) of[.?!]?$"
    r"|\b(?:(?:act|reli|agree|decid|call|insist|improv|expand|depend|elaborat|touch|rul|operat)(?:e?d)? (?:up)?on"
    r"|(?:dispos|approv|heard|thought|taken care|made use|taken advantage|made)(?:e?d)? of"
    r"|(?:dealt|cope|compli|worked|dispensed|interfer|tamper|done away|reckon|to begin|to start)(?:ed|d)? with"
    r"|(?:look|inquir|enter|taken)(?:e?d)? into"
    r"|(?:adhere|attend|object|agree|refer|respond|resort|account|listen|return|look|hop|care|ask|pay|paid|call)(?:e?d|red)? (?:to|for))[.?!]?$"
    r"|\b(?:what|which|whom|whose|who)\b[^,;]{1,50}(?<!able )(?<!failed )(?<!order )(?<!due )(?<!need )(?<!needs )\b(?:upon|of|with|into|to|for)[.?!]?$"
    r"|\b(?:what|which|whom|that)\b[^,;]{1,90}\baddress[.?!]?$",
    re.IGNORECASE,
)
LONGEST = 60  # characters that these words take at most
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATED = Pattern(
    rf"\b(?P<last>dated)(?= (?!(?:on|as|and|back|from|in|the same|{MONTHS})\b|(?:{MONTHS})\w*)[a-z]|[.;,])",
    re.IGNORECASE,
)


class UnfinishedSentence(Rule):
    """A sentence of a rationale breaks off.

    "… and any potential aberrant." or "the Guidelines do not address." leaves out what the argument is
    about: a line was lost, or a template was not filled in.

    ```diff
    -records describe no spasm that it would treat. Therefore, the request for orphenadrine is not
    +records describe no spasm that it would treat and the. Therefore, the request for orphenadrine is not
    ```

    ```findings
    "the" the sentence breaks off after "the"
    ```
    """

    code = "RAT011"
    category = Category.SUSPECT
    importance = Importance.MEDIUM
    traits = frozenset({Trait.UNFINISHED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            rationale = item.rationale
            for sentence in rationale.prose.sentences if rationale else ():
                if rationale is None or rationale.is_quoted(sentence.end - 1):
                    continue
                near = max(sentence.start, sentence.end - LONGEST)
                ended = sentence.text.endswith((".", "?", "!"))
                match = ENDS.search(rationale.text, near, sentence.end) if ended else None
                if match and not STRANDED.search(rationale.text, sentence.start, sentence.end):
                    last = rationale.place(*match.span("last"))
                    yield Finding(last.span, f"the sentence breaks off after {quote(last.text)}")
                for match in DATED.finditer(rationale.text, sentence.start, sentence.end):
                    last = rationale.place(*match.span("last"))
                    yield Finding(last.span, f"no date after {quote(last.text)}")
