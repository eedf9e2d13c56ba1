"""Findings written into the margin of a letter."""

from __future__ import annotations

from pathlib import Path

from imrlint import parser, revision, source
from imrlint.engine import linter
from imrlint.output.remarks import remarks
from imrlint.reading import Reading
from imrlint.settings import files
from imrlint.settings.files import Settings
from imrlint.source import Kind, kinds
from imrlint.source.errors import Refused, Unreadable


def beside(path: Path) -> Path:
    """Where the annotated copy goes when nobody says: `draft.docx` to `draft-reviewed.docx`."""
    return path.with_name(f"{path.stem}-reviewed{path.suffix}")


def annotate(
    path: Path, out: Path, *, select: tuple[str, ...] = (), ignore: tuple[str, ...] = (), chosen: Settings | None = None
) -> str:
    """Write a copy of a Word or PDF letter with its findings in the margin, and say in one line what was done.

    Raises Unreadable, ConfigError.
    """
    if out.suffix.lower() != path.suffix.lower():
        raise Unreadable(str(path), f"its copy must end with {path.suffix}, and {out} does not")
    content = source.content_of(path)
    reading = Reading(parser.parse(source.decoded(content, str(path))))
    house = (chosen or files.nearest(path.parent.absolute())).config(path).with_choice(select, ignore, None)
    report = linter.lint(reading, house.active_rules())
    for crash in report.crashes:
        raise Unreadable(str(path), f"not annotated, for {crash.told}")
    unlocked = ""
    try:
        match kinds.recognised(content, path.name):
            case Kind.WORD:
                from imrlint.revision import comments

                new, number = comments.annotated(content, list(remarks(report)))
            case Kind.PDF:
                from imrlint.revision import highlights

                new, number = highlights.annotated(content, list(remarks(report)))
                if highlights.protected(content):
                    unlocked = "; the letter is protected against notes, the copy is not: do not send it on"
            case kind:
                raise Refused(f"only Word and PDF files have a margin, and this is {kind.value}")
    except Refused as refused:
        raise Unreadable(str(path), str(refused)) from refused
    except ImportError as error:
        raise Unreadable(
            str(path), 'to annotate a PDF file, install what is missing: pip install "imrlint[pdf]"'
        ) from error
    revision.write(out, new, content if out.exists() and out.samefile(path) else None)
    unread = "".join(f"; {part}" for part in reading.letter.source.unread)
    return f"{out}: {number:,} {'remark' if number == 1 else 'remarks'}{unread}{unlocked}"
