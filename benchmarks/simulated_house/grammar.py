r"""Sentences that are written for one case, expanded from the rules in `grammar/`.

A rule has a name, a colon, and an alternative on each indented line below. In an alternative,

  {slot}           stands for a fact of the case, or for a habit of the reviewer
  <rule>           for a text of a rule; `<exam.{region}>` for one of the rule that a fact completes
  (this|that|)     for one of some texts
  #2-9, ##2-9      for a number, which with one `#` may be written as a word
  3* at the start  makes an alternative three times as likely
  \( and \)          are parentheses
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from .tables import HERE


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that a fact fills."""

    name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A place for a text of a rule, whose name a fact completes where `slot` is not empty."""

    rule: str
    slot: str


@dataclass(frozen=True, slots=True)
class Range:
    """A place for a number."""

    least: int
    most: int
    digits: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A place for one of some texts; an alternative stands in it as often as it is likely."""

    alternatives: tuple[tuple[Part, ...], ...]


Part = str | Slot | Reference | Range | Choice

_TOKEN = re.compile(
    r"\\(?P<escaped>[()])|\{(?P<slot>[^}]+)\}|<(?P<rule>[^>{]+)(?:\{(?P<completed>\w+)\})?>"
    r"|(?P<digits>##?)(?P<least>\d+)-(?P<most>\d+)|(?P<open>\()|(?P<close>\))|(?P<bar>\|)|(?P<text>[^\\{<#()|]+|.)"
)
_WEIGHT = re.compile(r"(\d+)\* ")


@cache
def read_rules() -> dict[str, Choice]:
    """The rules of all files, by name. Raises `ValueError` for a rule of which nothing can be made."""
    rules: dict[str, list[tuple[Part, ...]]] = {}
    alternatives: list[tuple[Part, ...]] = []
    for path in sorted((HERE / "grammar").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                alternatives += parse_alternatives(line.strip())
            else:
                alternatives = rules.setdefault(line.removesuffix(":"), [])
    if empty := [name for name, texts in rules.items() if not texts]:
        raise ValueError(f"rules without alternatives: {', '.join(empty)}")
    return {name: Choice(tuple(texts)) for name, texts in rules.items()}


def parse_alternatives(text: str) -> list[tuple[Part, ...]]:
    """An alternative, as often as it is likely. Raises `ValueError` where its parentheses do not match."""
    weight = _WEIGHT.match(text)
    tokens = list(_TOKEN.finditer(text, weight.end() if weight else 0))
    choice, end = _parse_choice(tokens, 0)
    if end != len(tokens) or len(choice.alternatives) != 1:
        raise ValueError(f"cannot be read: {text}")
    return list(choice.alternatives) * (int(weight[1]) if weight else 1)


def _parse_choice(tokens: list[re.Match[str]], at: int) -> tuple[Choice, int]:
    """The choice that begins at a token, up to its closing parenthesis or the end, and where that is."""
    alternatives: list[tuple[Part, ...]] = []
    parts: list[Part] = []
    weight = 1
    while at < len(tokens) and not tokens[at]["close"]:
        token = tokens[at]
        if token["open"]:
            choice, at = _parse_choice(tokens, at + 1)
            if at == len(tokens):
                raise ValueError("a parenthesis is not closed")
            parts.append(choice)
        elif token["bar"]:
            alternatives += [tuple(parts)] * weight
            parts, weight = [], 1
        elif not parts and (weighted := _WEIGHT.match(token["text"] or "")):
            weight = int(weighted[1])
            parts.append(token["text"][weighted.end() :])
        else:
            parts.append(_parse_token(token))
        at += 1
    alternatives += [tuple(parts)] * weight
    return Choice(tuple(alternatives)), at


def _parse_token(token: re.Match[str]) -> Part:
    if token["slot"]:
        return Slot(token["slot"])
    if token["rule"]:
        return Reference(token["rule"], token["completed"] or "")
    if token["digits"]:
        return Range(int(token["least"]), int(token["most"]), token["digits"] == "##")
    return token["escaped"] or token["text"]


class Grammar:
    """The rules as one reviewer follows them.

    `habits` fill the slots that do not depend on the case, and `spell` writes a small number. A choice between mere
    words becomes a tuple of them, any other choice a list of sequences of parts.
    """

    def __init__(self, habits: Mapping[str, str], spell: Callable[[int], str]) -> None:
        self._habits = habits
        self._spell = spell
        self._rules: dict[str, _Choice] = {}
        for name in read_rules():
            self._bind_rule(name)

    def _bind_rule(self, name: str) -> _Choice:
        if name not in self._rules:
            self._rules[name] = self._bind_choice(read_rules()[name])
        return self._rules[name]

    def _bind_choice(self, choice: Choice) -> _Choice:
        sequences = [self._bind_sequence(parts) for parts in choice.alternatives]
        if len(sequences) == len(sequences[0]) == 1 and isinstance(sequences[0][0], (tuple, list)):
            return sequences[0][0]
        words = ["".join(part for part in parts if isinstance(part, str)) for parts in sequences]
        if all(isinstance(part, str) for parts in sequences for part in parts):
            return tuple(words)
        return sequences

    def _bind_sequence(self, parts: tuple[Part, ...]) -> _Sequence:
        bound: list[_Bound] = []
        for part in parts:
            new = self._bind_part(part)
            if isinstance(new, str) and bound and isinstance(bound[-1], str):
                bound[-1] += new
            else:
                bound.append(new)
        return bound

    def _bind_part(self, part: Part) -> _Bound:
        match part:
            case str():
                return part.replace("'", self._habits["'"])
            case Slot(name):
                return self._habits.get(name, part)
            case Reference(rule, ""):
                return self._bind_rule(rule)
            case Reference():
                return part
            case Range(least, most, digits):
                return tuple(map(str if digits else self._spell, range(least, most + 1)))
            case Choice():
                return self._bind_choice(part)

    def has_rule(self, name: str) -> bool:
        return name in self._rules

    def write(self, rule: str, facts: Mapping[str, str], chance: Callable[[], float]) -> str:
        """A text of a rule. Raises `KeyError` where the case lacks a fact."""
        words: list[str] = []
        self._expand(self._rules[rule], facts, chance, words.append)
        return "".join(words)

    def _expand(
        self, choice: _Choice, facts: Mapping[str, str], chance: Callable[[], float], add: Callable[[str], None]
    ) -> None:
        chosen = choice[int(chance() * len(choice))]
        if isinstance(chosen, str):
            add(chosen)
            return
        for part in chosen:
            if type(part) is str:
                add(part)
            elif type(part) is tuple:
                add(part[int(chance() * len(part))])
            elif type(part) is Slot:
                add(facts[part.name])
            elif type(part) is list:
                self._expand(part, facts, chance, add)
            elif type(part) is Reference:
                self._expand(self._rules[part.rule + facts[part.slot]], facts, chance, add)

    def write_sentence(self, rule: str, facts: Mapping[str, str], chance: Callable[[], float]) -> str:
        """A sentence of a rule, with a capital at its beginning, and with spaces and articles put right."""
        text = self.write(rule, facts, chance)
        for written, right in _REPAIRS:
            text = text.replace(written, right)
        if " a " in text:
            for vowel in _VOWELS:
                text = text.replace(" a " + vowel, " an " + vowel)
        return text[0].upper() + text[1:]


_REPAIRS = (("  ", " "), (" .", "."), (" ,", ","))
_VOWELS = "aeio"
_Bound = str | Slot | Reference | tuple[str, ...] | list["_Sequence"]
_Sequence = list[_Bound]
_Choice = tuple[str, ...] | list[_Sequence]
