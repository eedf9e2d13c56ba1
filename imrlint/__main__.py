"""Where the command `imrlint` begins.

`imrlint check FILE…` without options, as pre-commit calls it, does not wait for the command-line
library: loading it takes longer than linting a letter.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    _speak_utf8()
    try:
        if arguments[:1] == ["check"] and not any(word.startswith("-") for word in arguments[1:]):
            from imrlint.session.order import Order
            from imrlint.session.run import check

            return check(Order(paths=tuple(arguments[1:]) or (".",)))
        from imrlint.cli.commands import app

        app(prog_name="imrlint")
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        return 2
    except OSError as error:
        sys.stderr.write(f"imrlint: cannot go on: {error.strerror or error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not _is_told_in_a_line(error):
            raise
        sys.stderr.write(f"imrlint: {error}\n")
        return 2
    return 0


def _is_told_in_a_line(error: Exception) -> bool:
    """Whether the message of an error says to users what is wrong: rules cannot be used, or parts of imrlint."""
    from imrlint.engine.ruleset import BadRules
    from imrlint.installation import BrokenInstallation

    return isinstance(error, (BadRules, BrokenInstallation))


def _speak_utf8() -> None:
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller; the exit code still speaks
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
