from collections.abc import Iterator

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
    Rule,
    Safety,
    annotation,
    knowledge,
    report_doubt,
)

FORMS = knowledge.function_words.members("combining form")
JOINING = frozenset(("and", "or", "to", "versus"))


class SplitWord(Rule):
    """One word written as two, or two as one, where each part is a word: "over all", "may be" for "maybe".

    A spelling checker accepts the parts. Most are found by the trained reader, where it is installed; a first part that
    is no word by itself, as in "electro diagnostic", is found without it.

    ```diff
    -She takes naproxen.
    +She takes naproxen with fair relief over all, and an electro diagnostic study is planned.
    ```

    ```findings
    "over all" did you mean "overall"?
      fix (suggested): write overall
    "electro diagnostic" did you mean "electrodiagnostic"?
      fix (suggested): write electrodiagnostic
    ```
    """

    code = "LAN020"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        yield from (report_doubt(each) for each in reading.doubts if each.slip is annotation.Slip.SPLIT)
        for passage in reading.written:
            for place in _find_forms(passage):
                joined = place.text.replace(" ", "")
                fix = Fix(f"write {joined}", (Edit(place.span, joined),), Safety.SUGGESTED)
                yield Finding(place.span, f'did you mean "{joined}"?', fix=fix)


def _find_forms(passage: Passage) -> Iterator[Place]:
    """First parts of words that are no words by themselves, each with the word behind it that it belongs to."""
    tokens = passage.tokens
    if tokens.distinct.isdisjoint(FORMS):
        return
    for at in [at for at, word in enumerate(tokens.lower[:-1]) if word in FORMS]:
        place = passage.place(tokens[at].place.start, tokens[at + 1].place.end)
        is_apart = place.lower == f"{tokens.lower[at]} {tokens.lower[at + 1]}" and not place.before.endswith("-")
        is_word = knowledge.lexicon.is_known(place.lower.replace(" ", "")) and tokens.lower[at + 1] not in JOINING
        if is_apart and is_word and not passage.is_quoted(place.start):
            yield place
