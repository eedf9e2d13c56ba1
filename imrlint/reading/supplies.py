"""How long a supply of tablets lasts."""

from __future__ import annotations

from imrlint.reading.calculations import Calculation
from imrlint.reading.figures import ROOM, OtherResult
from imrlint.reading.items import Item

_DOSE = 5  # tablets; more than that are a supply


def find_other_supply(found: Calculation, item: Item | None) -> OtherResult | None:
    """How many days so many tablets last at so many a day, where that is another time; None where it may be right.

    What the sentence lacks is in the title of its item. The figures are the number of tablets and the rate.
    """
    titled = item.title.quantities if item else ()
    for given in (found.operands, titled):
        rates = [each for each in given if each.per == 1]
        if rates:
            break
    counts = [
        each
        for given in (found.operands, titled)
        for each in given
        if each.dimension == "tablet" and each.most > _DOSE and not each.per
    ]
    doses = [each for each in (*found.operands, *titled) if each.dimension == "tablet" and each.most <= _DOSE]
    if len(rates) != 1 or not counts or (item is not None and "refill" in item.title.lower):
        return None
    rate, count, result = rates[0], counts[0], found.result
    most = count.most / rate.least / min((dose.least for dose in doses if dose is not rate), default=1)
    least = count.least / rate.most / max((dose.most for dose in doses if dose is not rate), default=1)
    if result.most < least * (1 - ROOM) - 1 or result.least > most * (1 + ROOM) + 1:
        return OtherResult(found.operation, result, (count, rate), least, most)
    return None
