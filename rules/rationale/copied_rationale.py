from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Item, Letter, Note, Passage, Reading, Rule, quote

SERVED_TOGETHER = {"neck", "thoracic", "spine"}  # one chapter of the guidelines is about all of them
FEWEST_SHARED = 40  # words in sentences that two rationales share
LEAST_SHARE = 0.8  # of the words of the rationale


class CopiedRationale(Rule):
    """Two items of different kinds or regions have the same long rationale.

    Twin items (the left and the right knee, EMG and NCS) may share their reasons, and so may the
    services that go with a refused operation, and so may items each of which has a sentence on its own
    part, treatment or drug. The same facts cannot support decisions on a neck and a
    back, or on a test and a drug.

    ```diff
    -Decision rationale: A few visits of therapy are supported by the MTUS to teach exercises, then
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    -would achieve what those did not.
    +Decision rationale: The MTUS supports imaging of the lumbar spine when objective findings
    +point to a specific nerve root and treatment has not helped. This worker has weakness of the left
    +great toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six
    +visits of therapy brought little relief.
    ```

    ```findings
    "The MTUS supports imaging of the lumbar spine when objective findings point to a specific nerve root and treatment has not helped." the same rationale for two different requests: "Physical therapy for the right shoulder, two times a week …" here, "MRI of the lumbar spine without contrast" before
      "The MTUS supports imaging of the lumbar spine when objective findings point to a specific nerve root and treatment has not helped. This worker has weakness of the left great toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six visits of therapy brought little relief. Therefore, the request for the lumbar MRI is medically necessary." the rationale of the earlier item
    ```
    """

    code = "RAT012"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        earlier: list[tuple[Item, Passage, frozenset[str]]] = []
        for item in reading.items:
            rationale = item.rationale
            if rationale is None:
                continue
            sentences = _reasons(rationale)
            words = sum(len(sentence.split()) for sentence in sentences)
            for other, original, theirs in earlier:
                shared = sum(len(sentence.split()) for sentence in sentences & theirs)
                if shared >= FEWEST_SHARED and shared > words * LEAST_SHARE and _are_apart(item, other):
                    if _is_adapted(item, rationale, sentences - theirs):
                        continue
                    message = (
                        f"the same rationale for two different requests: {quote(item.title.text)} here, "
                        f"{quote(other.title.text)} before"
                    )
                    notes = (Note(original.prose.span, "the rationale of the earlier item"),)
                    yield Finding(rationale.sentences[0].place.span, message, notes=notes)
                    break
            earlier.append((item, rationale, sentences))


def _reasons(rationale: Passage) -> frozenset[str]:
    """The sentences of a rationale without the last, which is its conclusion."""
    found = [sentence.text for sentence in rationale.sentences if not sentence.is_opioid_notice]
    return frozenset(" ".join(text.split()) for text in found[:-1])


def _is_adapted(item: Item, rationale: Passage, own: frozenset[str]) -> bool:
    """Whether one of the sentences that only this rationale has names the treatment, the drug or the part of its item."""
    for sentence in rationale.sentences:
        if " ".join(sentence.text.split()) not in own:
            continue
        named = any(item.has_region(part.region) for _, part in rationale.parts_in(sentence.place))
        named = named or any(item.has_treatment(each.meaning) for each in rationale.treatments_in(sentence.place))
        if named or any(
            item.has_drug(each.meaning) for each in rationale.drugs if sentence.place.holds(each.place.start)
        ):
            return True
    return False


def _are_apart(one: Item, two: Item) -> bool:
    """Whether the same facts cannot be reasons for both items: they differ in kind or region."""
    if any(one.has_treatment(t) for t in two.treatments[:1]) or any(two.has_drug(d) for d in one.drugs):
        neighbours = {*one.regions, *two.regions} <= SERVED_TOGETHER
        return bool(one.regions and two.regions) and not neighbours and not any(map(one.has_region, two.regions))
    if one.is_drug and two.is_drug:
        return False
    return one.kind is not two.kind
