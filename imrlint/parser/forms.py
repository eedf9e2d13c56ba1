"""The form of a letter, recognised by its sections."""

from __future__ import annotations

from imrlint.document.letter import Generation, SectionKind

_FEWEST_OF_COVER = 4  # labels of a cover, which has seven

# The sections by which each form is recognised, the latest form first.
_FORMS = {
    Generation.COVER: frozenset({SectionKind.HOW, SectionKind.SUMMARY, SectionKind.ISSUES}),
    Generation.NUMBERED: frozenset({SectionKind.HOW, SectionKind.SUMMARY, SectionKind.NUMBERED_ISSUES}),
    Generation.PROFESSIONAL: frozenset(
        {SectionKind.PROFESSIONAL, SectionKind.ISSUE, SectionKind.RELIED_UPON, SectionKind.WHY_NOT}
    ),
    Generation.NOTICE: frozenset(
        {SectionKind.NOTICE_DECISION, SectionKind.NOTICE_QUALIFICATIONS, SectionKind.NOTICE_DOCUMENTS}
    ),
}


def recognise_generation(kinds: frozenset[SectionKind], *, labels: int, is_announced: bool) -> Generation:
    """The form of which a letter has most sections; a notice above a later determination is no form of 2013.

    `labels` is the number of labels of a cover that the letter has, `is_announced` whether it has decisions as a
    notice of 2013 announces them.
    """
    best = max(_FORMS, key=lambda form: len(kinds & _FORMS[form]))  # of equals, the later form
    if not kinds & _FORMS[best]:
        best = Generation.NOTICE if is_announced or SectionKind.NOTICE in kinds else Generation.COVER
    # A covering letter names the case, and a date or two; it is no cover.
    has_cover = labels >= _FEWEST_OF_COVER
    return Generation.PLAIN if best is Generation.COVER and not has_cover else best
