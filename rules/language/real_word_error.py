from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Passage,
    Place,
    Reading,
    RightWords,
    Rule,
    Safety,
    Trait,
    annotation,
    knowledge,
    match_case,
    quote,
    report_doubt,
)

# What the tables describe instead of writing it out, as a message says it of the wrong words.
DESCRIBED = {
    "the verb first": "the verb comes before its subject: {}",
    "the participle": "{} should be a past participle",
    "the past tense": "{} with a date in the past: the past tense belongs there",
    "the plain verb": "{} should be the plain form of the verb",
    "woman or man": "one person, but {} is a plural",
    "test, without of,": 'no "of" here: {}',
}
AUXILIARIES = knowledge.function_words.members("auxiliary")


@dataclass(frozen=True)
class RealWordError(Rule):
    """A right word in the wrong place: lumber for lumbar, form for from, palpitation for palpation.

    A spelling checker accepts such words. The words around them show the slip: a spine has no lumber. Tables have the
    commonest confusions. Where the trained reader is installed, it looks for all others: a small neural network reads each
    sentence, and reads it again with the words that may have been meant; a true slip leaves no doubt behind.

    ```diff
    -the request for the lumbar MRI is
    +the request for the lumber MRI is
    ```

    ```findings
    "lumber" did you mean "lumbar"?
      fix (suggested): write lumbar
    ```
    """

    code = "LAN002"
    category = Category.SUSPECT
    importance = Importance.MEDIUM
    traits = frozenset({Trait.KNOWN_WORDS})

    words: Annotated[tuple[str, ...], "words to accept as right"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        right = RightWords.of(self.words)
        yield from (each for each in _find_errors(reading) if letter.source[each.span] not in right)


def _find_errors(reading: Reading) -> Iterator[Finding]:
    """All wrong words, once each."""
    confused = [finding for passage in reading.written for finding in _find_confusions(passage, reading)]
    yield from confused
    for slip in (slip for passage in reading.written for slip in passage.phrase_slips):
        span = slip.place.span
        if slip.kind != "word" or any(each.span.covers(span) or span.covers(each.span) for each in confused):
            continue  # one slip, one finding
        if slip.right in DESCRIBED:
            yield Finding(span, DESCRIBED[slip.right].format(quote(slip.place.text)))
        else:
            fix = Fix(f"write {slip.right}", (Edit(span, slip.right),), Safety.SUGGESTED)
            yield Finding(span, f'did you mean "{slip.right}"?', fix=fix)
    for doubt in reading.doubts:
        span = doubt.place.span
        if doubt.slip is annotation.Slip.WORD and not any(each.span.covers(span) for each in confused):
            yield report_doubt(doubt)


def _find_confusions(passage: Passage, reading: Reading) -> Iterator[Finding]:
    """Words that the words around them show to be wrong."""
    tokens = passage.tokens
    suspects = knowledge.lexicon.confused_words() & tokens.distinct
    misspelt = {misspelling.token.place for misspelling in reading.misspellings} if suspects else set()
    for i in [i for i, lower in enumerate(tokens.lower) if lower in suspects]:
        for confusion in knowledge.lexicon.confusions_of(tokens.lower[i]):
            if _is_confused(passage, i, confusion) and tokens[i].place not in misspelt:
                meant, span = match_case(confusion.right, tokens[i].text), tokens[i].place.span
                fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SUGGESTED)
                yield Finding(span, f'did you mean "{meant}"?', fix=fix)
                break


def _is_confused(passage: Passage, at: int, confusion: knowledge.lexicon.Confusion) -> bool:
    """Whether the words around word number `at` show that another was meant."""
    tokens = passage.tokens
    if tokens[at].text[0].isupper() and tokens.lower[at] in AUXILIARIES:
        return False  # "Should surgery follow"
    first, last = max(at - confusion.window, 0), at + confusion.window + 1
    before, after = tokens.lower[first:at], tokens.lower[at + 1 : last]
    if not _fits(confusion, before, after):
        return False
    # Words of another sentence show nothing; looking for its end is slow, so it comes last.
    place = tokens[at].place
    before = [word for i, word in enumerate(before, first) if not _is_parted(tokens[i].place, place)]
    after = [word for i, word in enumerate(after, at + 1) if not _is_parted(place, tokens[i].place)]
    return _fits(confusion, before, after, is_adjoined=not place.after.lstrip().startswith(","))


def _fits(
    confusion: knowledge.lexicon.Confusion, before: list[str], after: list[str], *, is_adjoined: bool = True
) -> bool:
    """Whether the words before and after a word show the confusion; no comma follows one that `is_adjoined`."""
    around = {*before, *after}
    following = after[:1] if is_adjoined else []
    if around & confusion.never or confusion.never_after.intersection(following):
        return False
    if confusion.always and around & knowledge.lexicon.clinical_words():
        return True
    return bool(
        around & confusion.near or confusion.before.intersection(before) or confusion.after.intersection(following)
    )


def _is_parted(word: Place, other: Place) -> bool:
    """Whether a clause ends between two words."""
    return any(sign in word.prose.text[word.end : other.start] for sign in ".;:?!")
