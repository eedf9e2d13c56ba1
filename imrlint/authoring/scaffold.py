"""A new rule, empty, where it belongs."""

from __future__ import annotations

import re
from pathlib import Path

from imrlint.engine.ruleset import Ruleset

_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")

_HOUSE = "HSE"  # the prefix of a house's codes
_TEMPLATE = '''from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Rule


class {class_name}(Rule):
    """Say in one sentence what is wrong.

    Say why it matters: the legal or practical ground.

    ```diff
    -a passage of the clean letter
    +the same with the mistake
    ```

    ```findings
    "the words found" what is said about them
    ```
    """

    code = "{code}"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter) -> Iterator[Finding]:
        yield from ()
'''


class Refused(Exception):
    """A rule that cannot be begun. The message says why."""


def write(rule: str, ruleset: Ruleset, root: Path, house: Path | None = None) -> Path:
    """Write an empty rule `FAMILY/NAME` and return its path. Raises Refused.

    It goes to the folder of a house's rules, or under `root/rules` where imrlint itself is worked on.
    """
    family, _, name = rule.partition("/")
    if not _NAME.fullmatch(family) or not _NAME.fullmatch(name):
        raise Refused(f'"{rule}" is not FAMILY/NAME in small letters and hyphens, such as dates/late-decision')
    about = ruleset.families.get(family)
    if about is None and house is None:
        raise Refused(f'no family is called "{family}"; there are {", ".join(ruleset.families)}')
    if name in ruleset.by_name:
        raise Refused(f"there is a rule {name} already")
    folder = house / family if house else root / "rules" / family
    if house:
        folder.mkdir(parents=True, exist_ok=True)
    elif not folder.is_dir():
        raise Refused(f"{folder} is not there: run this at the top of the project, or set rule-paths in imrlint.toml")
    path = folder / f"{name.replace('-', '_')}.py"
    if path.exists():
        raise Refused(f"{path} is there already")
    class_name = "".join(word.capitalize() for word in name.split("-"))
    code = _next_code(_HOUSE if house else about or "", ruleset)
    path.write_text(_TEMPLATE.format(class_name=class_name, code=code), encoding="utf-8")
    return path


def _next_code(about: str, ruleset: Ruleset) -> str:
    prefix = about.partition(":")[0]
    taken = [int(rule.code[len(prefix) :]) for rule in ruleset.rules if rule.code.startswith(prefix)]
    return f"{prefix}{max(taken, default=0) + 1:03}"
