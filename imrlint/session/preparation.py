"""What a run needs before its first letter: settings, what is accepted, where letters are and findings go.

A mistake on the command line, or in a file that imrlint needs, is told here, before any letter is read.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from imrlint import __version__
from imrlint.output import Setting
from imrlint.session.examination import Examiner, Terms
from imrlint.session.order import Order
from imrlint.session.outputs import CannotWrite, Outputs, rulebook
from imrlint.settings import files, waivers
from imrlint.settings.config import Config, ConfigError
from imrlint.settings.files import Settings
from imrlint.settings.waivers import Acceptance
from imrlint.source import Unreadable, paths
from imrlint.source.paths import STDIN

if TYPE_CHECKING:
    from imrlint.session.cache import Cache

Place: TypeAlias = str | Unreadable
"""Where a letter is: a file, "-" for standard input, or why there is none."""


@dataclass(frozen=True)
class Prepared:
    """A run that can begin."""

    examiner: Examiner
    acceptance: Acceptance
    cache: Cache | None
    places: Sequence[Place]
    outputs: Outputs


def prepared(order: Order, out: TextIO, *, colour: bool, shows: bool) -> Prepared:
    """What an order needs; without `shows`, standard output stays empty. Raises BadRules, ConfigError, CannotWrite."""
    examiner = Examiner(_terms(order))
    chosen = _chosen(order, examiner)
    acceptance = _accepted(order, chosen)
    places = list(paths.expand(order.paths))
    _spare(order, places)
    return Prepared(examiner, acceptance, _cache(order), places, _outputs(order, chosen, examiner, out, colour, shows))


def _terms(order: Order) -> Terms:
    """How letters are examined. Raises ConfigError."""
    given = files.named(order.config) if order.config else None
    house = given or _home()  # its rules may be the ones that the command line names
    house.config(profile=order.profile).with_choice(order.select, order.ignore, order.fail_on)
    return Terms(order.select, order.ignore, order.fail_on, given, order.profile, order.encoding)


def _home() -> Settings:
    """The settings of this folder; where they are broken, those that every house has: its letters will say so."""
    try:
        return files.nearest(Path.cwd())
    except ConfigError:
        return Settings()


def _chosen(order: Order, examiner: Examiner) -> Config:
    """What holds for the run as a whole: the configuration of this folder, the defaults where it is broken."""
    try:
        return examiner.plan_for(str(Path.cwd() / "letter"))[0]
    except ConfigError:
        return Config().with_choice(order.select, order.ignore, order.fail_on)


def _accepted(order: Order, chosen: Config) -> Acceptance:
    """What waivers and a baseline accept, those nearest to this folder. Raises ConfigError."""
    waived = waivers.nearest(Path.cwd(), waivers.WAIVERS) if order.waive else None
    baseline = waivers.nearest(Path.cwd(), waivers.BASELINE) if order.waive else None
    return Acceptance(
        waivers.load(waived) if waived else (),
        {entry.fingerprint for entry in waivers.load_baseline(baseline)} if baseline else (),
        chosen.never_waive,
        date.today(),
        waived.parent if waived else Path(),
    )


def _spare(order: Order, places: Sequence[Place]) -> None:
    """Raises CannotWrite where a report would take the place of a letter, or of what imrlint needs."""
    own = {*files.FILES, waivers.WAIVERS, waivers.BASELINE}
    letters = (
        {os.path.realpath(place) for place in places if isinstance(place, str) and place != STDIN}
        if order.targets
        else ()
    )
    for target in order.targets:
        if os.path.realpath(target.path) in letters or target.path.name in own:
            raise CannotWrite(f"{target.path}: not written, for it is one of the files that are read")


def _cache(order: Order) -> Cache | None:
    """The store of what is known of letters, where one is wanted. Raises CannotWrite."""
    if order.mends or not (order.cache or order.resume):
        return None
    from sqlite3 import Error

    from imrlint.session.cache import FOLDER, Cache

    if order.resume and not Path(FOLDER).is_dir():
        raise CannotWrite(f"{FOLDER}: there is no run to resume; a run keeps what it needs for that with --cache")
    try:
        return Cache(Path(FOLDER))
    except OSError as error:
        raise CannotWrite(f"{FOLDER}: cannot be written: {error.strerror or error}") from error
    except Error as error:
        raise CannotWrite(f"{FOLDER}: cannot be used ({error}); delete it, and it is made anew") from error


def _outputs(order: Order, chosen: Config, examiner: Examiner, out: TextIO, colour: bool, shows: bool) -> Outputs:
    """Where findings go. Raises CannotWrite."""
    setting = Setting(
        version=__version__,
        began=datetime.now(UTC),
        excerpts=order.excerpts,
        colour=colour,
        marks=order.marks,
        fail_on=chosen.fail_on,
        rules=lambda: rulebook(examiner.rules()),
    )
    shown = order.output_format if shows and not order.diff else None
    return Outputs(out, shown, order.targets, setting, statistics=order.statistics)
