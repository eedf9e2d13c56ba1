"""The built-in profiles: settings for an occasion, which select rules by their traits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imrlint.engine.findings import Severity
from imrlint.engine.rule import Trait
from imrlint.engine.ruleset import Ruleset


@dataclass(frozen=True)
class Profile:
    """Settings for an occasion.

    Findings of rules with the trait `lenient_with` are notes; rules with the trait `ignored` do not run.
    """

    fail_on: Severity
    lenient_with: Trait | None = None
    ignored: Trait | None = None

    def settings_for(self, ruleset: Ruleset) -> Mapping[str, Any]:
        """The profile as a table of settings, with the names of these rules."""
        settings: dict[str, Any] = {"fail-on": self.fail_on.word}
        if self.lenient_with:
            settings["rules"] = {
                name: {"severity": Severity.NOTE.word} for name in ruleset.with_trait(self.lenient_with)
            }
        if self.ignored:
            settings["ignore"] = ruleset.with_trait(self.ignored)
        return settings


PROFILES: Mapping[str, Profile] = {
    "draft": Profile(Severity.ERROR, lenient_with=Trait.UNFINISHED),
    "release": Profile(Severity.WARNING),
    "archive": Profile(Severity.ERROR, ignored=Trait.MOOT_ONCE_MAILED),
}
"""The profiles that every house has. One of the same name in a file adds to it."""
