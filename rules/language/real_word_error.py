from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Prose, Reading, Rule, Safety, knowledge

# What is due cannot be written in the place of what stands there.
UNSAID = ("the verb first", "the participle", "the plain verb", "woman or man", "test, without of,")


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
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        confused = list(_confused(letter))
        yield from confused
        for slip in (slip for slip in grammar.slips(letter) if slip.kind == "word"):
            span = slip.prose.place(slip.start, slip.end)
            if any(finding.span.covers(span) or span.covers(finding.span) for finding in confused):
                continue  # one slip, one finding
            if slip.right in UNSAID:
                yield Finding(span, f"{slip.right} is due here")
            else:
                fix = Fix(f"write {slip.right}", (Edit(span, slip.right),), Safety.SUGGESTED)
                yield Finding(span, f'"{slip.right}" is meant here, it seems', fix=fix)


def _confused(letter: Letter) -> Iterator[Finding]:
    """Words that the words around betray."""
    table = knowledge.lexicon.confusions()
    misspelt = {(prose, word) for prose, word, _, _ in spelling.misspellings(letter)}
    for prose in spelling.texts(letter):
        found = words.of(prose)
        suspects = table.keys() & words.distinct(prose)
        for i in [i for i, lower in enumerate(found.lower) if lower in suspects]:
            for confusion in table[found.lower[i]]:
                if _betrayed(prose, found, i, confusion) and (prose, found[i]) not in misspelt:
                    span = prose.place(found[i].start, found[i].end)
                    meant = spelling.cased(confusion.right, found[i].text)
                    fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SUGGESTED)
                    yield Finding(span, f'"{meant}" is meant here, it seems', fix=fix)
                    break


def _betrayed(prose: Prose, found: words.Words, at: int, confusion: knowledge.lexicon.Confusion) -> bool:
    """Whether the words around show that another was meant."""
    first, last = max(at - confusion.window, 0), at + confusion.window + 1
    before, after = found.lower[first:at], found.lower[at + 1 : last]
    if not _fits(confusion, before, after):
        return False
    # Words of another sentence betray nothing; looking for its end is dear, so it comes last.
    before = [w for i, w in enumerate(before, first) if not _parted(prose, found[i].end, found[at].start)]
    after = [w for i, w in enumerate(after, at + 1) if not _parted(prose, found[at].end, found[i].start)]
    return _fits(confusion, before, after)


def _fits(confusion: knowledge.lexicon.Confusion, before: list[str], after: list[str]) -> bool:
    around = {*before, *after}
    if around & confusion.never or (after and after[0] in confusion.never_after):
        return False
    if confusion.always and around & knowledge.lexicon.clinical():
        return True
    return bool(
        around & confusion.near or confusion.before.intersection(before) or (after and after[0] in confusion.after)
    )


def _parted(prose: Prose, start: int, end: int) -> bool:
    """Whether a sentence ends between two places."""
    return any(sign in prose.text[start:end] for sign in ".;:?!")
