import re
from collections.abc import Iterator
from dataclasses import replace

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Note, Prose, Reading, Rule, knowledge, model

REQUEST = re.compile(
    r"\b(?:request(?:s|ed|ing)?|rfa|authorization|prescri\w+|treatment plan|non-?certif\w+|denied"
    r"|recommend(?:s|ed)?|asked for|refill\w*)\b",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"\b(?:completed|attended|received|had|has had|undergone|underwent|prior|previous(?:ly)?|past|authorized"
    r"|approved|(?<!-)certified|so far|to date|tried|trialed"
    r"|discontinu\w+|chang\w+|increas\w+|decreas\w+|switch\w+|stopped|current(?:ly)?|medications? includ\w+"
    r"|modified)\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:utilization review|non-?certified|denied|rfa|request for authorization|current request)\b", re.IGNORECASE
)
OF = re.compile(r" (?:of|for|to) (?:the )?(?:(?:left|right|bilateral) )?", re.IGNORECASE)
LOCAL = (
    model.RequestKind.IMAGING,
    model.RequestKind.INJECTION,
    model.RequestKind.THERAPY,
    model.RequestKind.ACUPUNCTURE,
    model.RequestKind.CHIROPRACTIC,
)
MEDICATIONS = re.compile(
    r"\brequest(?:ed|s|ing)? (?:for )?authorization for (?:the )?(?P<what>medications?)\b", re.IGNORECASE
)


class RequestedItemMismatch(Rule):
    """The summary has another strength or number requested than the title of the item.

    One of the two is not what the physician asked for, and the decision binds on the title. Earlier
    prescriptions and courses are no error, nor is a summary that tells of both.

    ```diff
    -the left great toe extensor, and decreased sensation over the top of the left foot. Six visits of
    +the left great toe extensor, and decreased sensation over the top of the left foot. The physician
    +requested orphenadrine 50mg #60. Six visits of
    ```

    ```findings
    "orphenadrine 50mg" another strength than in the title of the item
      "Orphenadrine ER 100mg, one tablet twice daily as needed, #60" the item
    ```
    """

    code = "SUM001"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = letter.summary
        if summary is None:
            return
        for dispute in letter.disputes:
            note = Note(dispute.title.span, "the item")
            for start, end, what in (
                *_strengths(summary, dispute),
                *_visits(summary, dispute, letter),
                *_parts(summary, dispute, letter),
            ):
                yield Finding(summary.place(start, end), f"another {what} than in the title of the item", notes=(note,))
        if letter.disputes and not any(
            dispute.request.kind in asked.DRUGS or asked.of(dispute).drugs for dispute in letter.disputes
        ):
            for prose in (summary, *(dispute.rationale for dispute in letter.disputes if dispute.rationale)):
                for hit in prose.find(MEDICATIONS):
                    yield Finding(
                        hit.place("what"),
                        "no item of the letter is a medication",
                        notes=(Note(letter.disputes[0].title.span, "the first item"),),
                    )


def _strengths(summary: Prose, dispute: Dispute) -> Iterator[tuple[int, int, str]]:
    known = {field.value for portion in dispute.request.portions for field in portion.strengths if field.value}
    if dispute.request.kind is not model.RequestKind.DRUG or not known:
        return
    own = asked.of(dispute)
    found = []
    for mention in mentions.of_drugs(summary):
        printed = knowledge.strengths.after(summary.text, mention.end)
        if printed and any(mention.meaning.ingredients == drug.ingredients for drug in own.drugs):
            found.append((mention.start, printed[1], printed[2]))
    if any(sorted(strength.amounts) == sorted(each.amounts) for *_, strength in found for each in known):
        return
    for start, end, strength in found:
        sentence = summary.sentence_at(start)
        before = summary.text[sentence.start : start]
        units = {each.unit for each in known}
        if strength.unit in units and REQUEST.search(before) and not EARLIER.search(before[-80:]):
            yield start, end, "strength"


def _visits(summary: Prose, dispute: Dispute, letter: Letter) -> Iterator[tuple[int, int, str]]:
    own = asked.of(dispute)
    if (
        own.kind not in (model.RequestKind.THERAPY, model.RequestKind.ACUPUNCTURE, model.RequestKind.CHIROPRACTIC)
        or own.visits is None
    ):
        return
    alike = [
        d for d in letter.disputes if d is not dispute and any(own.has_treatment(t) for t in asked.of(d).treatments)
    ]
    found = []
    for amount in amounts.of(summary):
        sentence = summary.sentence_at(amount.start)
        near = [
            t
            for t in mentions.of_treatments(summary)
            if amount.start - 40 <= t.start <= amount.end + 40 and sentence.start <= t.start < sentence.end
        ]
        if amount.unit == "visit" and near and all(t.meaning == own.treatments[0] for t in near):
            found.append((amount, sentence))
    spread = [span for portion in dispute.request.portions if (span := asked.visits(portion))]
    spread += [span for portion in dispute.request.portions if (span := asked.visits(replace(portion, quantities=())))]
    numbers = own.numbers | {
        amount.number for amount, _ in found if any(low <= amount.number <= high for low, high in spread)
    }
    if alike or any(amount.number in numbers for amount, _ in found):
        return
    for amount, sentence in found:
        before = summary.text[sentence.start : amount.start]
        if DENIED.search(before) and not EARLIER.search(summary.text, sentence.start, sentence.end):
            yield amount.start, amount.end, "number"


def _parts(summary: Prose, dispute: Dispute, letter: Letter) -> Iterator[tuple[int, int, str]]:
    """The disputed study or treatment, denied for a part of the body for which no item asks it."""
    own = asked.of(dispute)
    alike = [asked.of(d) for d in letter.disputes if any(own.has_treatment(t) for t in asked.of(d).treatments)]
    if not own.regions or not own.treatments or own.kind not in LOCAL:
        return
    here = []
    for term in mentions.of_treatments(summary):
        sentence = summary.sentence_at(term.start)
        of = OF.match(summary.text, term.end)
        part = next(
            (p for p in mentions.of_parts(summary) if of and p.start >= of.end() and p.start - of.end() < 12), None
        )
        if term.meaning == own.treatments[0] and part and DENIED.search(summary.text, sentence.start, term.start):
            here.append((term.start, part))
    if not any(own.has_region(part.meaning.region) for _, part in here):
        for start, part in here:
            if not any(each.has_region(part.meaning.region) for each in alike):
                yield start, part.end, "part of the body"
