from collections.abc import Iterator, Sequence

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Letter,
    Prose,
    Rule,
    Safety,
    lexicon,
    spelling,
    words,
)  # fmt: skip


class RealWordError(Rule):
    """A right word in the wrong place: lumber for lumbar, form for from, palpitation for palpation.

    A spelling checker passes such words. Here the words around betray them: a spine has no lumber.

    ```diff
    -the request for the lumbar MRI is
    +the request for the lumber MRI is
    ```

    ```findings
    "lumber" "lumbar" is meant here, it seems
      fix (suggested): write lumbar
    ```
    """

    code = "LAN002"
    category = Category.SUSPECT

    def check(self, letter: Letter) -> Iterator[Finding]:
        table = lexicon.confusions()
        misspelt = {(prose, word) for prose, word, _, _ in spelling.misspellings(letter)}
        for prose in spelling.texts(letter):
            found = words.of(prose)
            for i, word in enumerate(found):
                for confusion in table.get(word.text.casefold(), ()):
                    if (prose, word) not in misspelt and _betrayed(prose, found, i, confusion):
                        span = prose.place(word.start, word.end)
                        meant = spelling.cased(confusion.right, word.text)
                        fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SUGGESTED)
                        yield Finding(span, f'"{meant}" is meant here, it seems', fix=fix)
                        break


def _betrayed(prose: Prose, found: Sequence[words.Word], at: int, confusion: lexicon.Confusion) -> bool:
    """Whether the words around show that another was meant."""
    first, last = max(at - confusion.window, 0), at + confusion.window + 1
    before = [w.text.casefold() for w in found[first:at] if not _parted(prose, w.end, found[at].start)]
    after = [w.text.casefold() for w in found[at + 1 : last] if not _parted(prose, found[at].end, w.start)]
    around = {*before, *after}
    if around & confusion.never or (after and after[0] in confusion.never_after):
        return False
    if confusion.always and around & lexicon.clinical():
        return True
    return bool(
        around & confusion.near or confusion.before.intersection(before) or (after and after[0] in confusion.after)
    )


def _parted(prose: Prose, start: int, end: int) -> bool:
    """Whether a sentence ends between two places."""
    return any(sign in prose.text[start:end] for sign in ".;:?!")
