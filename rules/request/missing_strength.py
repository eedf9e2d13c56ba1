import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

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
    knowledge,
    model,
    quote,
)

# "Terocin patch (lidocaine 4%/menthol 4%)": a product, with its ingredients in brackets.
PRODUCT = Pattern(r"(?: [a-z]+){0,2} ?\(", re.IGNORECASE)


class MissingStrength(Rule):
    """The letter does not give the strength of a requested drug.

    The strength of the tablets decides whether the dose is within the guideline. A compound in which
    some ingredients have a percentage and others do not is a warning; a drug without its strength is a
    note, since requests are often printed as the physician wrote them. It is enough that the title, the
    summary or a rationale gives the strength. There is one finding a letter, at the first such drug.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Ketoprofen 10%, Baclofen, Lidocaine 5% cream, apply twice daily, 120 grams: Upheld
    ```

    ```findings
    "Baclofen" no percentage for "Baclofen", while other ingredients have one
    ```
    """

    code = "REQ007"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        given = {
            drug.meaning.name
            for passage in filter(None, (reading.summary, *(item.rationale for item in reading.items)))
            for drug in passage.drugs
            if knowledge.strengths.read_behind(passage.text, drug.place.end)
        }
        named = Counter(drug.name for item in reading.items for drug in item.drugs)
        given = {name for name in given if named[name] < 2}  # the words may be on another item with the same drug
        portions = [(dispute.request.kind, dispute.request.disputed) for dispute in letter.disputes]
        mixed = [
            drug
            for kind, portion in portions
            if kind is model.RequestKind.COMPOUND
            for drug in _find_ingredients_without(portion)
            if drug.value not in given
        ]
        plain = [
            portion.drugs[0]
            for kind, portion in portions
            if kind is model.RequestKind.DRUG and portion.drugs and not _is_strength_known(portion, given)
        ]
        if mixed:
            message = f"no percentage for {quote(mixed[0].raw)}, while other ingredients have one"
            yield Finding(mixed[0].span, message, notes=_list_others(mixed))
        if plain:
            message = f"the request does not give the strength of {quote(plain[0].raw)}"
            yield Finding(plain[0].span, message, notes=_list_others(plain), evidence=(Feature.REPEATED,))


def _list_others(drugs: Sequence[model.Field[str]]) -> tuple[Note, ...]:
    return tuple(Note(drug.span, "another without its strength") for drug in drugs[1:])


def _is_strength_known(portion: model.Portion, given: Set[str]) -> bool:
    """Whether a strength is printed, or the drug comes in only one."""
    if portion.strengths or any(character.isdigit() and "%" in portion.text for character in portion.text):
        return True
    drug = knowledge.drugs.look_up(portion.drugs[0].value or "")
    return drug is None or drug.name in given or len(knowledge.drugs.strengths_of(drug)) < 2


def _find_ingredients_without(portion: model.Portion) -> Iterator[model.Field[str]]:
    """The ingredients of a compound without a percentage, where others have one."""
    shares = [share for share in portion.strengths if share.value and share.value.unit == "%"]
    if any(share.value and len(share.value.amounts) > 1 for share in shares) or len(shares) < 2:
        return
    for drug, after in zip(portion.drugs, [*portion.drugs[1:], None], strict=False):
        end = after.span.start if after else portion.span.end
        named = portion.text.find(" ".join(drug.raw.split()))
        is_product = PRODUCT.match(portion.text, named + len(" ".join(drug.raw.split()))) if named >= 0 else None
        if not is_product and not any(drug.span.end <= share.span.start < end for share in shares):
            yield drug
