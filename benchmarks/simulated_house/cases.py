"""The facts of an invented case: who was hurt, when and where, and what is in dispute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from .house import Style
from .requests import REGIONS, Kind, choose_kinds, read_drugs

T = TypeVar("T")
Chance = Callable[[], float]

_BEGINNING = date(2014, 3, 1).toordinal()  # of the archive
_DAYS = date(2017, 11, 30).toordinal() - _BEGINNING
_ITEMS = (1, 1, 2, 2, 2, 2, 3, 3, 3, 4)
_UPHELD = 0.68  # share of the requests
_VERDICTS = {"upheld": "not medically necessary", "overturned": "medically necessary"}
_LEVELS = {
    "lumbar": ("L3-L4", "L4-L5", "L5-S1", "L3-L4 and L4-L5", "L4-L5 and L5-S1"),
    "cervical": ("C4-C5", "C5-C6", "C6-C7", "C4-C5 and C5-C6", "C5-C6 and C6-C7"),
}
_QUANTITIES = (20, 28, 30, 30, 42, 45, 56, 60, 60, 90, 90, 100, 112, 120, 150, 180)
_PERSONS = (
    {"man": "male", "he": "he", "He": "He", "his": "his", "His": "His", "him": "him"},
    {"man": "female", "he": "she", "He": "She", "his": "her", "His": "Her", "him": "her"},
)


class Item(NamedTuple):
    """A disputed item: its kind, its decision (upheld or overturned), and the facts of the case with its own."""

    kind: Kind
    decision: str
    facts: dict[str, str]


class Case(NamedTuple):
    """A case. `days` are the ordinals of its dates, by name."""

    number: str
    facts: dict[str, str]
    days: Mapping[str, int]
    items: list[Item]


def invent_case(number: str, time: float, style: Style, chance: Chance) -> Case:
    """A case that is decided at a time from 0, the beginning of the archive, to 1, its end."""
    days = _invent_days(time, chance)
    facts = _describe_worker(chance)
    facts |= {name: style.reviewer.write_date(day) for name, day in days.items()}
    facts["job"] = style.grammar.write("job", facts, chance)
    facts |= _describe_pain(style.reviewer.habits["of_ten"], chance)
    year = "2016" if days["decided"] >= date(2016, 7, 28).toordinal() else "2009"
    items = []
    for kind in choose_kinds(facts["region"], _choose(_ITEMS, chance), chance):
        decision = "upheld" if chance() < _UPHELD else "overturned"
        own = _describe_request(kind, facts, style, chance)
        own |= {"year": year, "verdict": _VERDICTS[decision]}
        items.append(Item(kind, decision, facts | own))
    facts["services"] = "services" if len(items) > 1 else "service"
    for item in items:
        item.facts["services"] = facts["services"]
    return Case(number, facts, days, items)


def _choose(choices: Sequence[T], chance: Chance) -> T:
    return choices[int(chance() * len(choices))]


def _draw(least: int, most: int, chance: Chance) -> int:
    """A number from the least up to and including the most."""
    return least + int(chance() * (most - least + 1))


def _invent_days(time: float, chance: Chance) -> dict[str, int]:
    decided = _BEGINNING + int(time * _DAYS) + _draw(0, 20, chance)
    assigned = decided - _draw(14, 40, chance)
    received = assigned - _draw(3, 14, chance)
    denied = received - _draw(5, 28, chance)
    requested = denied - _draw(4, 12, chance)
    seen = requested - _draw(1, 20, chance)
    injured = seen - int(200 + 2600 * chance() ** 2)
    spent = seen - injured
    return {
        "decided": decided,
        "assigned": assigned,
        "received": received,
        "denied": denied,
        "requested": requested,
        "seen": seen,
        "injured": injured,
        "earlier": seen - _draw(25, 150, chance),
        "earlier_2": seen - _draw(20, 90, chance),
        "earlier_3": seen - _draw(60, 190, chance),
        "earlier_4": injured + _draw(10, spent - 20, chance),
        "study": injured + _draw(20, spent - 10, chance),
        "surgery": injured + _draw(60, spent - 20, chance),
    }


def _describe_worker(chance: Chance) -> dict[str, str]:
    age = str(_draw(21, 68, chance))
    region = _choose(REGIONS, chance)
    side = _choose(("left", "right"), chance)
    spine = region in _LEVELS
    site = f"{region} spine" if spine else f"{side} {region}"
    return {
        **_choose(_PERSONS, chance),
        "age": age,
        "an_age": "a " + age,
        "region": region,
        "side": side,
        "site": site,
        "joint": "spine" if spine else region,
        "level": _choose(_LEVELS[region], chance) if spine else "the " + site,
    }


def _describe_pain(of_ten: str, chance: Chance) -> dict[str, str]:
    score = _draw(2, 8, chance)
    return {"score": f"{score}{of_ten}", "worse": f"{_draw(score + 1, 10, chance)}{of_ten}"}


def _describe_request(kind: Kind, case: Mapping[str, str], style: Style, chance: Chance) -> dict[str, str]:
    """The facts of a request, of which only some concern its kind."""
    spell, grammar = style.reviewer.write_number, style.grammar
    per_week, weeks = _draw(1, 3, chance), _draw(3, 8, chance)
    number = spell(per_week * weeks)
    facts = {
        "kind": kind.name,
        "class": kind.group,
        "per_week": spell(per_week),
        "weeks": f"{spell(weeks)} weeks",
        "number": number,
        "number_capital": number.capitalize(),
        "visits": f"{number} visits",
        "prior": spell(_draw(3, 30, chance)),
        "days": f"{spell(_choose((10, 14, 21, 28, 30), chance))} days",
        "tests": spell(_draw(2, 5, chance)),
        "med": str(5 * _draw(3, 44, chance)),
        "quantity": f"#{_choose(_QUANTITIES, chance)}",
        "level": case["level"],
    }
    if drugs := read_drugs().get(kind.name):
        drug = _choose(drugs, chance)
        facts |= {"drug": drug.name, "Drug": drug.name[0].upper() + drug.name[1:], "dose": _choose(drug.doses, chance)}
    known = {**case, **facts}
    item = grammar.write(f"item.{kind.wording}", known, chance)
    return {
        **facts,
        "relief": grammar.write("relief", known, chance),
        "item": item,
        "Item": item[0].upper() + item[1:],
    }
