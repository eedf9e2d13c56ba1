"""The entry point of the command `imrlint`.

`imrlint check` and `imrlint --version` do not import the command-line library where nothing is unusual: importing it
takes longer than checking a letter.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys


def start() -> None:
    """Run the command of `sys.argv` as a process of its own, and end the process.

    Python takes apart all that was loaded when it ends, which takes a twentieth of the time of a check; the memory goes
    back as a whole without that.
    """
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, int) and _is_alone():
            _leave(end.code)
        raise


def main() -> None:
    """Run the command of `sys.argv`, and exit."""
    gc.disable()  # what is loaded at the start stays: looking through it again and again takes a tenth of the time
    try:
        sys.exit(_run(sys.argv[1:]))
    finally:
        gc.enable()


def _run(arguments: list[str]) -> int:
    _write_utf8()
    from imrlint.session.exit_codes import ExitCode

    try:
        if arguments == ["--version"]:
            from imrlint import __version__

            sys.stdout.write(f"imrlint {__version__}\n")
            return ExitCode.CLEAN
        from imrlint import kept_code, kept_modules

        with kept_modules.kept(), kept_code.kept():
            return _run_command(arguments)
    except BrokenPipeError:  # the reader of our output has gone, as with `| head`
        sys.stderr.close()
        return ExitCode.FAILURE
    except OSError as error:
        sys.stderr.write(f"imrlint: cannot continue: {error.strerror or error}\n")
        return ExitCode.FAILURE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception as error:
        if not _is_for_users(error):
            raise
        sys.stderr.write(f"imrlint: {error}\n")
        return ExitCode.FAILURE


def _run_command(arguments: list[str]) -> int:
    if arguments[:1] == ["check"]:
        from imrlint.session.arguments import read_options

        if options := read_options(arguments[1:]):
            from imrlint.session.loading import load

            load()
            from imrlint.session.run import check_letters

            return check_letters(options)
    from imrlint.cli.app import app

    app(prog_name="imrlint")
    return 0  # not reached: the library exits


def _is_alone() -> bool:
    """Whether no other thread is at work."""
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


def _leave(code: int) -> None:
    """End the process, once what is to be done at the end is done and what was written is written.

    Where that fails, return, so that Python says so.
    """
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(code)


def _is_for_users(error: Exception) -> bool:
    """Whether the message of an error tells users what is wrong: with rules, settings, or the installation."""
    from imrlint.engine.ruleset import BadRules
    from imrlint.installation import BrokenInstallation
    from imrlint.settings.config import ConfigError

    return isinstance(error, (BadRules, BrokenInstallation, ConfigError))


def _write_utf8() -> None:
    """Make standard output and standard error write UTF-8."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller; the exit code still tells the result
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    start()
