"""Preparing a run: its settings, accepted findings, letters, cache and outputs.

Mistakes on the command line, or in a file that imrlint needs, are found here, before any letter is read.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from imrlint import __version__
from imrlint.output import WriterOptions
from imrlint.session.examination import ExaminationOptions, Examiner
from imrlint.session.inputs import Decoding
from imrlint.session.options import RunOptions
from imrlint.session.outputs import CannotWrite, Outputs, describe_rules
from imrlint.settings import baseline, files, waivers
from imrlint.settings.acceptance import Acceptance, read_acceptance
from imrlint.settings.config import ConfigError
from imrlint.settings.files import Settings, SettingsReader
from imrlint.source import Unreadable, paths
from imrlint.source.paths import STDIN

if TYPE_CHECKING:
    from imrlint.session.cache import Cache
    from imrlint.session.keeping import RunKeeper

LetterPath: TypeAlias = str | Unreadable
"""The path of a letter, "-" for standard input, or why there is no letter."""


@dataclass(frozen=True)
class PreparedRun:
    """Everything that a run needs."""

    examiner: Examiner
    acceptance: Acceptance
    cache: Cache | None
    letters: Sequence[LetterPath]
    outputs: Outputs
    keeper: RunKeeper | None


def prepare_run(
    options: RunOptions,
    out: TextIO,
    settings: Settings | None = None,
    *,
    colour: bool,
    width: int,
    hyperlinks: bool,
    writes_findings: bool,
) -> PreparedRun:
    """Prepare a run with these options. Without `writes_findings`, standard output stays empty.

    With `settings`, these apply to every letter, whatever file the options name.

    Raises BadRules, ConfigError, CannotWrite.
    """
    reader = SettingsReader()
    examiner = Examiner(examination_options(options, reader, settings), reader)
    today = date.today()
    acceptance = read_acceptance(Path.cwd(), today) if options.waivers else Acceptance((), (), today)
    letters = list(paths.expand(options.paths))
    _check_choice(options, examiner, reader, letters)
    _check_targets(options, letters)
    cache = _open_cache(options)
    outputs = _open_outputs(options, examiner, out, colour, width, hyperlinks, writes_findings)
    try:
        keeper = _open_store(options, examiner)
    except CannotWrite:
        outputs.discard_unfinished()
        raise
    return PreparedRun(examiner, acceptance, cache, letters, outputs, keeper)


def examination_options(
    options: RunOptions, reader: SettingsReader, settings: Settings | None = None
) -> ExaminationOptions:
    """How letters are examined. Raises ConfigError where the command line names a file or profile that is missing."""
    named = settings or (reader.read_file(options.config) if options.config else None)
    (named or _folder_settings(reader)).config(profile=options.profile)
    return ExaminationOptions(
        options.select,
        options.ignore,
        options.fail_on,
        named,
        options.profile,
        Decoding(options.encoding, options.ocr),
        options.reader,
        options.memory,
    )


def _check_choice(
    options: RunOptions, examiner: Examiner, reader: SettingsReader, letters: Sequence[LetterPath]
) -> None:
    """Raises ConfigError where the command line names rules that do not exist, or selects none that a letter has."""
    if not options.select and not options.ignore:
        return
    for path in letters:
        if isinstance(path, str):
            with suppress(ConfigError):  # reported when the letter is examined
                examiner.plan_for(path if path != STDIN else options.stdin_filename or path)
    plans = examiner.plans()
    unknown = [
        name
        for name in (*options.select, *options.ignore)
        if not any(name in plan.config.ruleset.selectors for plan in plans)
    ]
    settings = examiner.options.settings or _folder_settings(reader)  # these may have the rule, and no letter here
    settings.config(profile=options.profile).with_choice(unknown, (), None)
    if options.select and plans and not any(plan.active_rules for plan in plans):
        raise ConfigError(
            f"no rule is left to run: none of the letters has one that is selected, {', '.join(options.select)}"
        )


def _folder_settings(reader: SettingsReader) -> Settings:
    """The settings of this folder, or the defaults where these are broken: its letters will report the error."""
    try:
        return reader.read_nearest(Path.cwd())
    except ConfigError:
        return Settings()


def _check_targets(options: RunOptions, letters: Sequence[LetterPath]) -> None:
    """Raises CannotWrite where a report would replace a letter, or a file that imrlint needs."""
    if not options.output:
        return
    own_files = {*files.FILE_NAMES, waivers.FILE_NAME, baseline.FILE_NAME}
    input_files = {os.path.realpath(path) for path in letters if isinstance(path, str) and path != STDIN}
    for target in options.output:
        if os.path.realpath(target.path) in input_files or target.path.name in own_files:
            raise CannotWrite(f"{target.path}: not written: it is one of the input files")


def _open_cache(options: RunOptions) -> Cache | None:
    """The cache, where the options want one. Raises CannotWrite."""
    if options.handles_fixes or not (options.cache or options.resume):
        return None
    from sqlite3 import Error

    from imrlint.session.cache import FOLDER, Cache

    if options.resume and not Path(FOLDER).is_dir():
        raise CannotWrite(f"{FOLDER}: there is no run to resume; run with --cache to be able to resume")
    try:
        return Cache(Path(FOLDER))
    except OSError as error:
        raise CannotWrite(f"{FOLDER}: cannot be written: {error.strerror or error}") from error
    except Error as error:
        raise CannotWrite(f"{FOLDER}: cannot be used ({error}); delete it, and imrlint makes a new one") from error


def _open_store(options: RunOptions, examiner: Examiner) -> RunKeeper | None:
    """What keeps the run in a store, where the options want that. Raises CannotWrite."""
    if options.store is None:
        return None
    from imrlint.archive.schema import BadStore
    from imrlint.session.keeping import RunKeeper

    chosen = (("--select", options.select), ("--ignore", options.ignore), ("--profile", (options.profile or "",)))
    choice = " ".join(f"{name} {','.join(values)}" for name, values in chosen if any(values))
    try:
        return RunKeeper(options.store, examiner, choice, excerpts=options.store_excerpts)
    except BadStore as error:
        raise CannotWrite(str(error)) from error


def _open_outputs(
    options: RunOptions,
    examiner: Examiner,
    out: TextIO,
    colour: bool,
    width: int,
    hyperlinks: bool,
    writes_findings: bool,
) -> Outputs:
    """The outputs that the findings go to. Raises CannotWrite."""
    writer_options = WriterOptions(
        version=__version__,
        began=datetime.now(UTC),
        excerpts=options.excerpts,
        colour=colour,
        hyperlinks=hyperlinks,
        marks=options.marks,
        by_item=options.by_item,
        width=width,
        fail_on=lambda letter: examiner.plan_for(letter).config.fail_on,
        rules=lambda: describe_rules(examiner.rules()),
        rule_page=lambda rule, letter: examiner.plan_for(letter).config.rule_page(rule),
    )
    format_ = options.output_format if writes_findings and not options.diff else None
    return Outputs(
        out,
        format_,
        options.output,
        writer_options,
        statistics=options.statistics,
        goes_on=options.changes_letters or options.store is not None,
    )
