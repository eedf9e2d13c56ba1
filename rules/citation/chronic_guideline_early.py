from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    quote,
)

EARLY = 80  # days after the injury within which there is no doubt; later the day from which one counts may decide
GUIDELINES = ("CPMTG2009", "CPMTG2016", "PAIN2017")


class ChronicGuidelineEarly(Rule):
    """The guideline on chronic pain is cited for an injury that is less than three months old.

    The MTUS calls pain chronic that lasts three months or longer from its onset (8 CCR 9792.20), and its guideline on
    chronic pain applies once the chapter on the part of the body has been gone through without recovery
    (8 CCR 9792.23). A few weeks after an injury that chapter decides. The finding stands at the first such citation of
    the reviewer. It is a note where only the claims administrator cites the guideline, in the last days of the third
    month, and where the harm was done over a long time, so that the pain may be older than the date of injury.

    ```diff
    -Date of Injury:      03/22/2017
    +Date of Injury:      05/09/2017
    ```

    ```findings
    "Chronic Pain Medical Treatment 2016, Section(s): Muscle relaxants (for pain), Opioid hyperalgesia" "Chronic Pain Medical Treatment" is on pain of three months or more, but the request was denied "42" days after the injury
      "05/09/2017" the date of injury
    ```
    """

    code = "CIT020"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        background, injury = reading.background, reading.injury
        cited = [each for each in reading.citations if each.citation.document in GUIDELINES]
        if not cited or injury is None or not background.is_recent:
            return
        own = [each for each in cited if each.is_reviewers]
        first, *others = own or cited
        name = first.citation.name
        days = quote(str(background.days_since_injury))
        notes = [Note(injury.span, "the date of injury")]
        notes += [Note(each.citation.span, "cited again") for each in others]
        evidence = [] if own else [Feature.REPEATED]
        if (background.days_since_injury or 0) >= EARLY:
            evidence.append(Feature.ANOTHER_FITS)
        if background.is_gradual:
            evidence.append(Feature.ANOTHER_FITS)
        yield Finding(
            first.citation.span,
            f"{quote(name.raw)} is on pain of three months or more, but the request was denied {days} days after the injury",
            notes=tuple(notes),
            evidence=tuple(evidence),
        )
