"""Which terminals follow links in their output (OSC 8). None can be asked: each is known by its own variables."""

from __future__ import annotations

from collections.abc import Mapping

FORCED = "FORCE_HYPERLINK"  # the variable by which users turn links on, or off with 0, in other programs too
_VARIABLES = ("DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WEZTERM_PANE", "WT_SESSION")  # only such terminals set
_PROGRAMS = ("ghostty", "Hyper", "iTerm.app", "Tabby", "vscode", "WezTerm")  # in TERM_PROGRAM
_TYPES = ("alacritty", "contour", "foot", "xterm-ghostty", "xterm-kitty")  # in TERM, with or without a suffix
_VTE = 5_000  # GNOME Terminal and its relatives follow links from version 0.50 on


def follows_links(environment: Mapping[str, str]) -> bool:
    """Whether the terminal that set these variables follows links; no for one that is not known."""
    if FORCED in environment:
        return environment[FORCED] != "0"
    terminal = environment.get("TERM", "")
    if terminal == "dumb" or terminal.startswith(("screen", "tmux")):
        return False
    version = environment.get("VTE_VERSION", "")
    return (
        any(environment.get(name) for name in _VARIABLES)
        or environment.get("TERM_PROGRAM") in _PROGRAMS
        or any(terminal == known or terminal.startswith(f"{known}-") for known in _TYPES)
        or (version.isdecimal() and int(version) >= _VTE)
    )
