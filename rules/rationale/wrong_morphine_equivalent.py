import math
from collections.abc import Iterator, Sequence
from itertools import combinations

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

ROOM = 0.1  # of the dose, by which a statement may be rounded


class WrongMorphineEquivalent(Rule):
    """A daily dose in morphine does not follow from the opioids that the letter names.

    OxyContin 40 mg twice a day equals 120 mg of morphine, by the factors of the CDC guideline of 2016; "an MED of 160"
    puts the worker above a limit that he does not reach. The dose is checked where the letter says how much is taken
    of every opioid that it names for the worker.

    ```diff
    -physical therapy in April and May of 2017 gave little relief. She takes naproxen. The
    +physical therapy in April and May of 2017 gave little relief. She takes OxyContin 20 mg twice a day. The
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    +done at home. Her daily MED is 120 mg, and no record says why twelve more
    ```

    ```findings
    "120 mg" "120 mg" of morphine here, but "OxyContin 20 mg" make "60"
      "OxyContin 20 mg" the dose
    ```
    """

    code = "RAT021"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        claims = [claim for passage in reading.composed for claim in passage.morphine_claims]
        if not claims:
            return
        doses = _list_doses(reading)
        for claim in claims if doses else ():
            least = sum(min(dose.least for dose in same) for same in doses)
            most = sum(dose.most for same in doses for dose in same)
            if not any(low * (1 - ROOM) <= claim.milligrams <= high * (1 + ROOM) for low, high in _sum_up(doses)):
                made = f"{least:.4g}" if math.isclose(least, most) else f"{least:.4g} to {most:.4g}"
                words = " and ".join(quote(dose.place.text) for same in doses for dose in same)
                message = f"{quote(claim.place.text)} of morphine here, but {words} make {quote(made)}"
                notes = tuple(Note(same[0].place.span, "the dose") for same in doses)
                yield Finding(claim.place.span, message, notes=notes, evidence=(Feature.ARGUABLE,))


def _sum_up(doses: Sequence[Sequence[annotation.OpioidDose]]) -> Iterator[tuple[float, float]]:
    """The fewest and the most milligrams of each opioid, of several, and of all."""
    for number in range(1, len(doses) + 1):
        for chosen in combinations(doses, number):
            yield (
                sum(min(dose.least for dose in same) for same in chosen),
                sum(dose.most for same in chosen for dose in same),
            )


def _list_doses(reading: Reading) -> list[list[annotation.OpioidDose]]:
    """The doses of each opioid that the worker takes, each different one once; empty where an opioid has none.

    Two different doses of one opioid are of two products, or are the same at another time.
    """
    given: list[list[annotation.OpioidDose]] = []
    for passage in reading.written:
        for dose in passage.opioid_doses:
            same = next((each for each in given if each[0].ingredients == dose.ingredients), None)
            if same is None:
                given.append([dose])
            elif not any(math.isclose(dose.most, each.most) for each in same):
                same.append(dose)
    known = {each for same in given for each in same[0].ingredients}
    for passage in reading.written:
        for place, drug in passage.drugs:
            if knowledge.morphine.find_factor(drug.ingredients) and not drug.ingredients & known:
                sentence = passage.sentence_of(place)
                if (
                    place.lower != "morphine"
                    and not sentence.speaks_for_guideline
                    and sentence.kind is not annotation.SentenceKind.GUIDELINE
                ):
                    return []
    return given
