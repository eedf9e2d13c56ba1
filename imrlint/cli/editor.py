"""The command for editors: `lsp`."""

from __future__ import annotations

from typing import Annotated

import typer

from imrlint.cli.failure import fail


def serve(
    stdio: Annotated[  # noqa: ARG001
        bool, typer.Option("--stdio", help="Talk over standard input and output, which imrlint always does.")
    ] = False,
) -> None:
    """Show findings in an editor, as a letter is typed. The editor starts this command, not you."""
    try:
        from imrlint.lsp import answers
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "imrlint":
            raise
        fail('for editors, install the missing extra: pip install "imrlint[lsp]"')
    from imrlint.session.loading import load

    load()
    answers.start()
