from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Item, Letter, Note, Prose, Reading, Rule, knowledge, model


class WrongStrength(Rule):
    """The rationale names another strength of the disputed drug than was asked for.

    10/352 for 10/325, or the 10 mg tablet where 7.5 mg was requested: what was decided on is then not
    what is printed in the title. Strengths of earlier prescriptions are no error; those in the
    conclusion, or where the request itself is named, are.

    ```diff
    -records describe no spasm that it would treat. Therefore, the request for orphenadrine is not
    +records describe no spasm that it would treat. Therefore, the request for orphenadrine 50mg is not
    ```

    ```findings
    "50mg" another strength than the disputed one
      "100mg" the disputed strength
    ```
    """

    code = "RAT008"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            rationale, own = dispute.rationale, asked.of(dispute)
            printed = [field for portion in dispute.request.portions for field in portion.strengths if field.value]
            if rationale is None or dispute.request.kind is model.RequestKind.COMPOUND or not printed:
                continue
            known = {tuple(sorted(field.value.amounts)) for field in printed if field.value}
            for start, end, amounts in _named(rationale, own):
                if tuple(sorted(amounts)) not in known:
                    note = Note(printed[0].span, "the disputed strength")
                    yield Finding(rationale.place(start, end), "another strength than the disputed one", notes=(note,))


def _named(rationale: Prose, own: Item) -> Iterator[tuple[int, int, tuple[float, ...]]]:
    """Each strength of the disputed drug where the request is spoken of."""
    for reference in references.of(rationale):
        for mention in mentions.of_drugs(rationale):
            here = reference.start <= mention.start < reference.end
            if not here or not any(mention.meaning.same_as(drug) for drug in own.drugs):
                continue
            printed = knowledge.strengths.after(rationale.text, mention.end)
            if printed and printed[2].unit in ("mg", "mcg", "%"):
                yield printed[0], printed[1], printed[2].amounts
