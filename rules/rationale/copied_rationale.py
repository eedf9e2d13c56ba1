from collections.abc import Iterator

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Note, Reading, Rule

SERVED_TOGETHER = {"neck", "thoracic", "spine"}  # one chapter of the guidelines is about all of them
SHORTEST = 40  # words that two rationales share, sentence by sentence


class CopiedRationale(Rule):
    """The same long rationale stands under items of different kind or region.

    Twin items (the left and the right one, EMG and NCS) are rightly argued alike, and so is what goes
    with a refused operation. Under a neck and a back, or a test and a drug, the same facts cannot both
    be to the point.

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
    "The MTUS supports imaging of the lumbar spine when objective findings point to a specific nerve root and treatment has not helped." the rationale of another item
      "The MTUS supports imaging of the lumbar spine when objective findings point to a specific nerve root and treatment has not helped. This worker has weakness of the left great toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six visits of therapy brought little relief. Therefore, the request for the lumbar MRI is medically necessary." the same rationale
    ```
    """

    code = "RAT012"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        seen: list[tuple[Dispute, frozenset[str]]] = []
        for dispute in letter.disputes:
            own = _sentences(dispute)
            for other, theirs in seen:
                shared = own & theirs
                words = sum(len(sentence.split()) for sentence in shared)
                mostly = words >= SHORTEST and words > sum(len(s.split()) for s in own) * 0.8
                if mostly and _apart(dispute, other) and dispute.rationale and other.rationale:
                    notes = (Note(other.rationale.span, "the same rationale"),)
                    yield Finding(dispute.rationale.sentences[0].span, "the rationale of another item", notes=notes)
                    break
            seen.append((dispute, own))


def _sentences(dispute: Dispute) -> frozenset[str]:
    """The sentences of a rationale but for its conclusion."""
    if dispute.rationale is None:
        return frozenset()
    found = [s.text for s in dispute.rationale.sentences if not recitals.mandatory(s)]
    return frozenset(" ".join(text.split()) for text in found[:-1])


def _apart(dispute: Dispute, other: Dispute) -> bool:
    """Whether two items cannot be argued by the same facts: another kind, or another region."""
    one, two = asked.of(dispute), asked.of(other)
    if any(one.has_treatment(t) for t in two.treatments[:1]) or any(two.has_drug(d) for d in one.drugs):
        neighbours = {*one.regions, *two.regions} <= SERVED_TOGETHER
        return bool(one.regions and two.regions) and not neighbours and not any(map(one.has_region, two.regions))
    if one.kind in asked.DRUGS and two.kind in asked.DRUGS:
        return False
    return dispute.request.kind is not other.request.kind
