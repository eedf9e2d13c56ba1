"""Adding a word that is right in a house to its file of settings, of which all else stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from imrlint import revision
from imrlint.settings.config import ConfigError
from imrlint.settings.files import SettingsReader
from imrlint.source.errors import Unreadable


def add_word(word: str, path: Path) -> Path:
    """Add a word to the list `words` of a file of settings, which may be new, or to the file that it names.

    Returns the file that was changed. Raises ConfigError where the file of settings has mistakes or the extra is
    missing that edits it, Unreadable where a file cannot be written.
    """
    try:
        import tomlkit
    except ImportError as error:
        raise ConfigError(
            'to add words to the settings, install the missing extra: pip install "imrlint[lsp]"'
        ) from error
    content = path.read_bytes() if path.exists() else None
    if content is not None:
        SettingsReader().read_file(path)
    document = tomlkit.parse((content or b"").decode("utf-8-sig"))
    table: Any = document["tool"]["imrlint"] if path.name == "pyproject.toml" else document
    words = table.get("words")
    if isinstance(words, str):
        return _append_line(word, path.parent / words)
    if words is None:
        table["words"] = [word]
    elif word not in words:
        words.append(word)
    revision.write_file(path, tomlkit.dumps(document).encode("utf-8"), content)
    return path


def _append_line(word: str, path: Path) -> Path:
    content = path.read_bytes()
    text = content.decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    start = "" if text.endswith("\n") or not text else end
    if "#" in word:
        raise Unreadable(str(path), f'"{word}" cannot stand in a file of words, where # begins a comment')
    revision.write_file(path, f"{text}{start}{word}{end}".encode(), content)
    return path
