from collections.abc import Iterator
from typing import NamedTuple

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

Kind = annotation.ScopeKind
SURGERY = knowledge.terminology.SURGERY
# Regions whose findings are reasons for or against a nerve test of another region.
ROOTS = {"arm": ("neck",), "leg": ("low back",), "neck": ("arm",), "low back": ("leg",)}
BACK = frozenset(("neck", "thoracic", "low back"))
# Kinds of requests that treat a disease without being a remedy for any one: what a text says on another disease than
# the worker's is of no use for them. A drug is described by all that it is for, a study by all that it may find.
TREATING = (
    model.RequestKind.THERAPY,
    model.RequestKind.ACUPUNCTURE,
    model.RequestKind.CHIROPRACTIC,
    model.RequestKind.PROGRAMME,
)
# Kinds whose titles name what is requested exactly enough to compare criteria with them.
EXACT = (
    *TREATING,
    model.RequestKind.INJECTION,
    model.RequestKind.SURGERY,
    model.RequestKind.IMAGING,
    model.RequestKind.ELECTRODIAGNOSTIC,
    model.RequestKind.DEVICE,
)
ANOTHER = "another worker"  # what parts and diseases of another case are about
ARGUABLE = (Feature.ARGUABLE,)
# What a repeated study or treatment repeats: another of its sort.
SORTS = ("advanced imaging", "imaging", "electrodiagnosis", "injections", "interventional procedure")


class Foreign(NamedTuple):
    """Words of a rationale that are about another case.

    `subject` is what they are about. A mere clue is reported beside others on the same subject, never alone.
    `evidence` is why they may be right.
    """

    place: Place
    subject: str
    reason: str
    evidence: tuple[Feature, ...] = ()
    is_clue: bool = False


class WrongCriteria(Rule):
    """The rationale measures the request by the criteria of another case.

    Guideline text is copied from letter to letter, with what it says of another part of the body, of a disease
    that the worker does not have, of an operation that was not done, of a repeated study where there was none
    before, or of long-term opioids a few weeks after the injury. The request is then measured by what does not
    apply to it. What is named only in comparison, as an example, or as what a drug is recommended for, is not
    reported, nor a part or a disease that the summary names, too.

    ```diff
    -point to a specific nerve root and treatment has not helped. This worker has weakness of the left
    +point to a specific nerve root and treatment has not helped. A repeat MRI is reserved for a
    +marked change of symptoms. This worker has weakness of the left
    ```

    ```findings
    "repeat MRI" criteria for what is repeated: "repeat MRI" here, none before in the summary
      "MRI of the lumbar spine without contrast" the disputed item
    ```
    """

    code = "RAT018"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.rationale is None:
                continue
            found: dict[str, list[Foreign]] = {}
            known = _find_known_criteria(item, item.rationale)
            for foreign in (*known, *_find_foreign(item, item.rationale, reading)):
                found.setdefault(foreign.subject, []).append(foreign)
            for each in found.values():
                if chief := min((foreign for foreign in each if not foreign.is_clue), key=_count_doubts, default=None):
                    notes = [Note(other.place.span, other.reason) for other in each if other is not chief]
                    notes.append(Note(item.dispute.title.span, "the disputed item"))
                    yield Finding(chief.place.span, chief.reason, notes=tuple(notes), evidence=chief.evidence)


def _count_doubts(foreign: Foreign) -> int:
    return len(foreign.evidence)


def _find_foreign(item: Item, rationale: Passage, reading: Reading) -> Iterator[Foreign]:
    """What the rationale of an item says of another case."""
    background = reading.background
    title = quote(item.title.text)
    cited = frozenset[str]().union(
        *(each.regions for each in reading.citations if each.dispute is item.dispute and each.is_reviewers)
    )
    for scope in rationale.scopes:
        words, sentence = quote(scope.place.text), scope.place.sentence
        match scope.kind:
            case Kind.PARTS | Kind.NORM if not _concerns(scope, item, background, cited):
                reason = f"on another part of the body: {words} here, {title} in dispute"
                yield Foreign(sentence, ANOTHER, reason, _weigh_parts(scope, item, background))
            case Kind.DISEASE if scope.term and _is_unknown_disease(scope, scope.term, item, background):
                reason = f"on a disease that the letter does not ascribe to the worker: {words}"
                yield Foreign(sentence, ANOTHER, reason)
            case Kind.TREATMENT if (
                scope.treatment and item.kind in EXACT and not _is_named(scope.treatment, item, background)
            ):
                reason = f"criteria for another treatment: {words} here, {title} in dispute"
                yield Foreign(scope.place, scope.treatment.name, reason)
            case Kind.SURGERY if not background.tells_of_operation:
                reason = f"criteria for an operation: {words} here, none in the summary or in a title"
                yield Foreign(scope.place, SURGERY, reason)
            case Kind.SURGERY if scope.term and (other := _find_other_operation(scope.term, background)):
                reason = f"criteria for another operation: {words} here, {quote(other.text)} in the letter"
                yield Foreign(scope.place, SURGERY, reason)
            case Kind.REPEAT if (
                scope.term
                and "repeat" not in item.title.lower
                and not scope.place.before.rstrip().endswith(";")  # in a list of indications
                and not background.has_had(_widen(scope.term))
            ):
                reason = f"criteria for what is repeated: {words} here, none before in the summary"
                doubts = ARGUABLE if item.kind is model.RequestKind.INJECTION else ()  # from the list of its criteria
                yield Foreign(scope.place, "repeat", reason, doubts)
            case Kind.CHRONIC if _is_postoperative(item) and "chronic pain" not in background.terms:
                reason = f"criteria for chronic pain: {words} here, {title} in dispute"
                yield Foreign(scope.place, "chronic pain", reason)
            case Kind.LONG_TERM | Kind.LONG_TERM_GROUP if background.is_recent and not background.tells_of_long_use:
                days = quote(str(background.days_since_injury))
                reason = f"criteria for long use: {words} here, {days} days after the injury"
                yield Foreign(scope.place, "long use", reason, is_clue=scope.kind is Kind.LONG_TERM_GROUP)


def _find_known_criteria(item: Item, rationale: Passage) -> Iterator[Foreign]:
    """Sentences with a guideline's criterion that the tables know to be for other regions or kinds of requests."""
    if item.is_drug or not item.regions:
        return
    regions = item.regions | (BACK if "spine" in item.regions else frozenset())
    for criterion in knowledge.criteria.criteria():
        for match in criterion.wording.finditer(rationale.lower):
            other_region = bool(criterion.regions) and not criterion.regions & regions
            other_kind = bool(criterion.kinds) and item.kind not in criterion.kinds
            if other_region or other_kind:
                place = rationale.place(*match.span())
                what = "another part of the body" if other_region else "another kind of request"
                reason = f"a criterion for {what}: {quote(place.text)} here, {quote(item.title.text)} in dispute"
                yield Foreign(place.sentence, f"criterion at {place.sentence.start}", reason)


def _concerns(scope: annotation.Scope, item: Item, background: annotation.Background, cited: frozenset[str]) -> bool:
    """Whether one of the parts of a scope is a part of the case, or of the chapters that the reviewer cites, which
    other rules compare. The criteria for an item whose title names parts are those for these parts.
    """
    regions = {region for part in scope.parts for region in part.regions}
    if regions & cited or (scope.is_indication and item.kind is not model.RequestKind.IMAGING):
        return True
    if scope.kind is Kind.NORM:
        return not item.regions or any(_fits(region, item) for region in regions)
    known = background.regions or item.regions
    return not known or any(background.has_region(region) or item.has_region(region) for region in regions)


def _weigh_parts(scope: annotation.Scope, item: Item, background: annotation.Background) -> tuple[Feature, ...]:
    """What speaks for criteria of other parts: the complaint may come from a part beside."""
    regions = {region for part in scope.parts for region in part.regions}
    own = item.regions or background.regions
    return ARGUABLE if any(knowledge.anatomy.adjoin(one, two) for one in regions for two in own) else ()


def _is_unknown_disease(
    scope: annotation.Scope,
    term: knowledge.terminology.ClinicalTerm,
    item: Item,
    background: annotation.Background,
) -> bool:
    """Whether a disease is one that the letter does not ascribe to the worker, told of as if it did."""
    return item.kind in TREATING and not scope.is_indication and not background.has_term(term)


def _fits(region: str, item: Item) -> bool:
    """Whether criteria for a region may be those for an item: its own, or that of the roots of its nerves."""
    return item.has_region(region) or any(region in ROOTS.get(own, ()) for own in item.regions)


def _is_postoperative(item: Item) -> bool:
    """Whether an item is requested for the time after an operation."""
    return any(record.term.is_operative for record in item.title.records)


def _is_named(treatment: knowledge.treatments.Treatment, item: Item, background: annotation.Background) -> bool:
    """Whether a treatment is the requested one, or the summary or a title names it."""
    named = (each.meaning for text in background.texts for each in text.treatments)
    return item.has_treatment(treatment) or any(
        treatment == each or annotation.is_alike(treatment, each) for each in named
    )


def _find_other_operation(term: knowledge.terminology.ClinicalTerm, background: annotation.Background) -> Place | None:
    """Where the letter names an operation that is neither a kind of another one nor that one a kind of it."""
    own = [record for record in background.surgeries if SURGERY in record.term.within - {record.term.name}]
    own = [record for record in own if record.term.name != "arthroscopy"]  # how, not what
    if len(term.within) < 3 or any(len(record.term.within) < 3 for record in own):  # "surgery of the knee"
        return None
    if any(term.is_within(record.term) or record.term.is_within(term) for record in own):
        return None
    return own[0].place if own else None


def _widen(term: knowledge.terminology.ClinicalTerm) -> knowledge.terminology.ClinicalTerm:
    """The sort of studies or treatments that a term is of."""
    return next((knowledge.terminology.term(sort) for sort in SORTS if sort in term.within), term)
