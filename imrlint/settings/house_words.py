"""The words of a house: reading those in its settings, adding to them and taking out, touching nothing else there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from imrlint.engine.report import MASK
from imrlint.settings.config import ConfigError
from imrlint.settings.files import FILE_NAMES, Settings, SettingsReader
from imrlint.source.errors import Unreadable

_EXAMPLE = re.compile(r"^#[ \t]*words[ \t]*=[^\n]*\n", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[tool\.imrlint\][^\n]*\n", re.MULTILINE)
_FIRST_TABLE = re.compile(r"^(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*\[", re.MULTILINE)  # with the comments before it
_INDENT = re.compile(r"\n([ \t]+)")
_HEADER = "# Settings of imrlint; `imrlint config` shows which apply.\n"


class ChangedWords(NamedTuple):
    """Words that were added or removed, and the file that lists the words."""

    words: tuple[str, ...]
    path: Path


def nearest_settings(folder: Path, named: Path | None = None) -> Settings:
    """The settings that words of letters in a folder belong to, or those in the named file. Raises ConfigError."""
    reader = SettingsReader()
    return reader.read_file(named) if named else reader.read_nearest(folder.absolute())


def list_words(settings: Settings) -> Sequence[str]:
    """The words that are right for all letters under these settings. Raises ConfigError."""
    return settings.config().words


def add_words(words: Iterable[str], settings: Settings, folder: Path) -> ChangedWords:
    """Add words to settings: to their list, or to the file that their list names.

    Where there is no file of settings yet, a new `imrlint.toml` in `folder` gets them. Comments, order and line ends
    of a file stay. Words that are there already, in whatever case, are left out. Raises ConfigError.
    """
    path = Path(settings.origin) if settings.content or Path(settings.origin).is_file() else folder / FILE_NAMES[0]
    known = {word.casefold() for word in list_words(settings)}
    new = []
    for word in map(str.strip, words):
        if not word or MASK in word or "#" in word or any(not sign.isprintable() for sign in word):
            raise ConfigError(f'"{word}" is not a word')
        if word.casefold() not in known:
            known.add(word.casefold())
            new.append(word)
    if not new:
        return ChangedWords((), path)
    if isinstance(listed := settings.content.get("words"), str):
        path = path.parent / listed
        _rewrite(path, lambda text: _append_lines(text, new))
    else:
        _rewrite(path, lambda text: _edit_list(text, [*_listed(text, path), *new], path))
    return ChangedWords(tuple(new), path)


def remove_words(words: Iterable[str], settings: Settings) -> ChangedWords:
    """Take words out of settings, in whatever case: out of their list, or of the file that their list names.

    All else in the file stays. Words that are not there are left out of the result. Raises ConfigError.
    """
    path = Path(settings.origin)
    unwanted = {word.strip().casefold() for word in words}
    gone = tuple(word for word in list_words(settings) if word.casefold() in unwanted)
    if not gone:
        return ChangedWords((), path)

    def is_kept(word: str) -> bool:
        return word.strip().casefold() not in unwanted

    def is_kept_line(line: str) -> bool:
        return is_kept(line.partition("#")[0])

    if isinstance(listed := settings.content.get("words"), str):
        path = path.parent / listed
        _rewrite(path, lambda text: "".join(filter(is_kept_line, text.splitlines(True))))
    else:
        _rewrite(path, lambda text: _edit_list(text, list(filter(is_kept, _listed(text, path))), path))
    return ChangedWords(gone, path)


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Give a file, which may be new, the text that `change` makes of its own. Raises ConfigError."""
    from imrlint.revision import write_file

    try:
        content = path.read_bytes() if path.exists() else None
        text = _HEADER if content is None else content.decode("utf-8")
        write_file(path, change(text).encode("utf-8"), content)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text") from error
    except Unreadable as error:
        raise ConfigError(str(error)) from error


def _append_lines(text: str, words: Sequence[str]) -> str:
    """A list of words, one a line, with these at its end."""
    end = "\r\n" if "\r\n" in text else "\n"
    start = text if not text.strip("\ufeff") or text.endswith("\n") else text + end
    return start + "".join(word + end for word in words)


def _listed(text: str, path: Path) -> list[str]:
    """The list `words` in the text of a file of settings."""
    import tomllib

    content = tomllib.loads(_plain(text))
    return list((content["tool"]["imrlint"] if path.name == FILE_NAMES[1] else content).get("words", ()))


def _plain(text: str) -> str:
    """A text without a mark of its encoding, and with the line ends of Unix."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _edit_list(text: str, words: Sequence[str], path: Path) -> str:
    """The text of a file of settings whose list `words` has these. Raises ConfigError."""
    import tomllib

    has_table = path.name == FILE_NAMES[1]
    plain = _plain(text)
    wanted = tomllib.loads(plain)
    (wanted["tool"]["imrlint"] if has_table else wanted)["words"] = list(words)
    for edit in (_insert_list, _change_list):
        written = edit(plain, words, has_table)
        if _means(written, wanted):
            mark = "\ufeff" if text.startswith("\ufeff") else ""
            return mark + (written.replace("\n", "\r\n") if "\r\n" in text else written)
    raise ConfigError(f"{path}: imrlint cannot change its list of words; please do so by hand")


def _means(text: str, wanted: dict[str, Any]) -> bool:
    """Whether this is TOML with the wanted content: an edit that lands in a wrong place makes something else of it."""
    import tomllib

    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _insert_list(text: str, words: Sequence[str], has_table: bool) -> str:
    """TOML with a new list of words: below the heading of its table, or else below all that comes before tables."""
    line = f"words = {json.dumps(list(words), ensure_ascii=False)}\n"
    if has_table:
        return _TABLE.sub(lambda heading: heading.group() + line, text, count=1)
    if example := _EXAMPLE.search(text):
        return text[: example.end()] + line + text[example.end() :]
    first = _FIRST_TABLE.search(text)
    if first is None:
        return text + ("" if text.endswith("\n") else "\n") + line
    before, after = text[: first.start()], text[first.start() :]
    return before + ("" if not before or before.endswith("\n") else "\n") + line + ("" if before else "\n") + after


def _change_list(text: str, words: Sequence[str], has_table: bool) -> str:
    """TOML whose list of words has these: what it lacks at its end, without what it has beyond them."""
    import tomlkit

    document = tomlkit.parse(text)
    table: Any = document["tool"]["imrlint"] if has_table else document
    array = table.get("words")
    if array is None:
        array = table["words"] = tomlkit.array()
    for number in reversed(range(len(array))):
        if array[number] not in words:
            del array[number]
    indent = _INDENT.search(array.as_string())
    for word in words:
        if word in array:
            continue
        if indent:
            array.add_line(word, indent=indent[1])
        else:
            array.append(word)
    return tomlkit.dumps(document)
